//! What the compositor knows of one guest. Made when its socket opens, dropped when it closes:
//! nothing of one visitor's session is there for the next.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use smithay::desktop::{PopupManager, Space, Window};
use smithay::input::keyboard::{KeyboardHandle, ModifiersState, XkbConfig};
use smithay::input::pointer::{CursorImageStatus, PointerHandle};
use smithay::input::touch::TouchHandle;
use smithay::input::{Seat, SeatState};
use smithay::output::{Mode, Output, PhysicalProperties, Scale, Subpixel};
use smithay::reexports::wayland_server::backend::{ClientData, ClientId, DisconnectReason};
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::reexports::wayland_server::{Display, DisplayHandle};
use smithay::utils::{Logical, Rectangle, Transform};
use smithay::wayland::compositor::CompositorClientState;

use super::globals::Globals;
use super::handlers::text_input::TextInputs;
use super::input::{Finger, Under};
use super::{Cursor, Error, Keymap, Notice, Size};

/// Frames a second that the output claims and keeps.
pub(super) const REFRESH_HZ: u32 = 60;

/// Clients that one guest may have at a time: a browser has a handful.
pub(super) const MAX_CLIENTS: usize = 64;

/// What is kept for each client.
#[derive(Debug)]
pub(super) struct GuestClient {
    pub(super) compositor: CompositorClientState,
    /// The how-manieth client of this guest.
    #[cfg(feature = "conformance")]
    pub(super) rank: usize,
    alive: Arc<AtomicUsize>,
}

impl GuestClient {
    #[cfg_attr(
        not(feature = "conformance"),
        allow(
            unused_variables,
            reason = "only the conformance suite counts its clients"
        )
    )]
    pub(super) fn new(alive: Arc<AtomicUsize>, rank: usize) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        Self {
            #[cfg(feature = "conformance")]
            rank,
            compositor: CompositorClientState::default(),
            alive,
        }
    }
}

impl ClientData for GuestClient {
    fn disconnected(&self, _client: ClientId, _reason: DisconnectReason) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The seat's three devices.
#[derive(Debug)]
pub(super) struct Devices {
    pub(super) keyboard: KeyboardHandle<State>,
    pub(super) pointer: PointerHandle<State>,
    pub(super) touch: TouchHandle<State>,
}

/// The compositor of one guest.
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts, each true or false at any time"
)]
pub(super) struct State {
    pub(super) display: DisplayHandle,
    pub(super) globals: Globals,
    pub(super) seats: SeatState<Self>,
    pub(super) devices: Devices,
    pub(super) output: Output,
    pub(super) space: Space<Window>,
    pub(super) popups: PopupManager,
    pub(super) cursor: CursorImageStatus,
    pub(super) shown_cursor: Option<Cursor>,
    pub(super) drag_icon: Option<WlSurface>,
    pub(super) text_inputs: TextInputs,
    pub(super) inhibitors: Vec<WlSurface>,
    /// The gate lets some source type.
    pub(super) keyboard_open: bool,
    /// The pointer is over the guest area.
    pub(super) pointer_inside: bool,
    /// What the pointer was last told to be over.
    pub(super) pointed: Under,
    /// Where the fingers that are down were last.
    pub(super) fingers: BTreeMap<u64, Finger>,
    /// Something may have changed since the last composition.
    pub(super) dirty: bool,
    pub(super) first_frame: bool,
    /// A window has a picture now.
    pub(super) picture: bool,
    /// Windows keep their own size and place: for the conformance suite only.
    pub(super) floating: bool,
    pub(super) notices: Vec<Notice>,
    /// Clients connected now.
    pub(super) alive: Arc<AtomicUsize>,
}

impl State {
    pub(super) fn new(
        display: &Display<Self>,
        keymap: &Keymap,
        size: Size,
        scale: f64,
    ) -> Result<Self, Error> {
        let handle = display.handle();
        let globals = Globals::new(&handle);
        let mut seats = SeatState::new();
        let mut seat = seats.new_wl_seat(&handle, "seat");
        let devices = devices(&mut seat, keymap)?;
        let output = output(&handle);
        let mut space = Space::default();
        space.map_output(&output, (0, 0));
        let mut state = Self {
            display: handle,
            globals,
            seats,
            devices,
            output,
            space,
            popups: PopupManager::default(),
            cursor: CursorImageStatus::default_named(),
            shown_cursor: None,
            drag_icon: None,
            text_inputs: TextInputs::default(),
            inhibitors: Vec::new(),
            keyboard_open: false,
            pointer_inside: false,
            pointed: None,
            fingers: BTreeMap::new(),
            dirty: false,
            first_frame: false,
            picture: false,
            floating: false,
            notices: Vec::new(),
            alive: Arc::default(),
        };
        state.resize(size, scale);
        Ok(state)
    }

    /// Gives the output another size and scale, and every window with it.
    pub(super) fn resize(&mut self, size: Size, scale: f64) {
        let mode = Mode {
            size: (size.width as i32, size.height as i32).into(),
            refresh: (REFRESH_HZ * 1000) as i32,
        };
        for old in self.output.modes() {
            if old != mode {
                self.output.delete_mode(old);
            }
        }
        self.output.change_current_state(
            Some(mode),
            Some(Transform::Normal),
            Some(Scale::Fractional(scale)),
            Some((0, 0).into()),
        );
        self.output.set_preferred(mode);
        self.rescale_surfaces();
        self.arrange_all();
        self.dirty = true;
    }

    /// The output in the guest's own units.
    pub(super) fn output_area(&self) -> Rectangle<i32, Logical> {
        self.space
            .output_geometry(&self.output)
            .unwrap_or_else(Rectangle::zero)
    }

    /// Physical pixels for each of the guest's units.
    pub(super) fn scale(&self) -> f64 {
        self.output.current_scale().fractional_scale()
    }

    /// What must be true after any change: popups and windows that are gone are forgotten, the
    /// keyboard is where the gate allows it to be.
    pub(super) fn refresh(&mut self) {
        self.space.refresh();
        self.popups.cleanup();
        self.refresh_inhibitors();
        self.refresh_focus();
        self.refresh_pointer();
        self.refresh_cursor();
    }
}

fn xkb(keymap: &Keymap) -> XkbConfig<'_> {
    XkbConfig {
        layout: &keymap.layout,
        variant: &keymap.variant,
        options: (!keymap.options.is_empty()).then(|| keymap.options.clone()),
        ..XkbConfig::default()
    }
}

/// Compiles the keymap once, so that a wrong layout is told at the start and not to a visitor.
pub(super) fn check_keymap(keymap: &Keymap) -> Result<(), Error> {
    let mut seat = SeatState::<State>::new().new_seat("check");
    seat.add_keyboard(xkb(keymap), 600, 25)
        .map(|_| ())
        .map_err(|_| Error::Keymap)
}

fn devices(seat: &mut Seat<State>, keymap: &Keymap) -> Result<Devices, Error> {
    // The usual delay and rate of a desktop; clients repeat by themselves.
    let keyboard = seat
        .add_keyboard(xkb(keymap), 600, 25)
        .map_err(|_| Error::Keymap)?;
    keyboard.set_modifier_state(ModifiersState {
        num_lock: true,
        ..ModifiersState::default()
    });
    Ok(Devices {
        keyboard,
        pointer: seat.add_pointer(),
        touch: seat.add_touch(),
    })
}

/// The one output. Its names are the same on every station: nothing to recognise one by.
fn output(display: &DisplayHandle) -> Output {
    let output = Output::new(
        "GUEST-1".to_owned(),
        PhysicalProperties {
            size: (0, 0).into(),
            subpixel: Subpixel::Unknown,
            make: "Unknown".to_owned(),
            model: "Unknown".to_owned(),
        },
    );
    output.create_global::<State>(display);
    output
}
