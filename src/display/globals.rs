//! The allow-list: every protocol that a guest may bind. Nothing that captures, injects, or lists
//! other windows is here, and a test holds the list to what is written down.

use smithay::reexports::wayland_protocols_misc::server_decoration::server::org_kde_kwin_server_decoration_manager::Mode;
use smithay::reexports::wayland_server::DisplayHandle;
use smithay::wayland::compositor::CompositorState;
use smithay::wayland::cursor_shape::CursorShapeManagerState;
use smithay::wayland::fractional_scale::FractionalScaleManagerState;
use smithay::wayland::idle_inhibit::IdleInhibitManagerState;
use smithay::wayland::output::OutputManagerState;
use smithay::wayland::presentation::PresentationState;
use smithay::wayland::selection::data_device::DataDeviceState;
use smithay::wayland::selection::primary_selection::PrimarySelectionState;
use smithay::wayland::shell::kde::decoration::KdeDecorationState;
use smithay::wayland::shell::xdg::XdgShellState;
use smithay::wayland::shell::xdg::decoration::XdgDecorationState;
use smithay::wayland::shm::ShmState;
use smithay::wayland::single_pixel_buffer::SinglePixelBufferState;
use smithay::wayland::viewporter::ViewporterState;
use smithay::wayland::xdg_activation::XdgActivationState;

use super::clock;
use super::handlers::text_input;
use super::state::State;

/// Every global that a guest sees, in alphabetical order.
#[cfg(test)]
pub(super) const ALLOWED: [&str; 19] = [
    "org_kde_kwin_server_decoration_manager",
    "wl_compositor",
    "wl_data_device_manager",
    "wl_output",
    "wl_seat",
    "wl_shm",
    "wl_subcompositor",
    "wp_cursor_shape_manager_v1",
    "wp_fractional_scale_manager_v1",
    "wp_presentation",
    "wp_single_pixel_buffer_manager_v1",
    "wp_viewporter",
    "xdg_activation_v1",
    "xdg_wm_base",
    "zwp_idle_inhibit_manager_v1",
    "zwp_primary_selection_device_manager_v1",
    "zwp_text_input_manager_v3",
    "zxdg_decoration_manager_v1",
    "zxdg_output_manager_v1",
];

/// The state behind the globals.
pub(super) struct Globals {
    pub(super) compositor: CompositorState,
    pub(super) shm: ShmState,
    pub(super) xdg_shell: XdgShellState,
    pub(super) data_device: DataDeviceState,
    pub(super) primary_selection: PrimarySelectionState,
    pub(super) activation: XdgActivationState,
    pub(super) kde_decoration: KdeDecorationState,
    _output: OutputManagerState,
    _xdg_decoration: XdgDecorationState,
    _viewporter: ViewporterState,
    _fractional_scale: FractionalScaleManagerState,
    _cursor_shape: CursorShapeManagerState,
    _presentation: PresentationState,
    _single_pixel: SinglePixelBufferState,
    _idle_inhibit: IdleInhibitManagerState,
}

impl Globals {
    pub(super) fn new(display: &DisplayHandle) -> Self {
        text_input::create_global(display);
        Self {
            compositor: CompositorState::new_v6::<State>(display),
            shm: ShmState::new::<State>(display, []),
            // No minimise and no window menu: there is nowhere to put them.
            xdg_shell: XdgShellState::new_with_capabilities::<State>(
                display,
                [
                    smithay::reexports::wayland_protocols::xdg::shell::server::xdg_toplevel::WmCapabilities::Fullscreen,
                    smithay::reexports::wayland_protocols::xdg::shell::server::xdg_toplevel::WmCapabilities::Maximize,
                ],
            ),
            data_device: DataDeviceState::new::<State>(display),
            primary_selection: PrimarySelectionState::new::<State>(display),
            activation: XdgActivationState::new::<State>(display),
            kde_decoration: KdeDecorationState::new::<State>(display, Mode::Server),
            _output: OutputManagerState::new_with_xdg_output::<State>(display),
            _xdg_decoration: XdgDecorationState::new::<State>(display),
            _viewporter: ViewporterState::new::<State>(display),
            _fractional_scale: FractionalScaleManagerState::new::<State>(display),
            _cursor_shape: CursorShapeManagerState::new::<State>(display),
            _presentation: PresentationState::new::<State>(display, clock::PRESENTATION_CLOCK),
            _single_pixel: SinglePixelBufferState::new::<State>(display),
            _idle_inhibit: IdleInhibitManagerState::new::<State>(display),
        }
    }
}
