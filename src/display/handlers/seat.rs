//! The seat, and the cursor that its client wants.

use smithay::input::pointer::{CursorIcon, CursorImageStatus};
use smithay::input::{Seat, SeatHandler, SeatState};
use smithay::reexports::wayland_server::Resource;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::wayland::selection::data_device::set_data_device_focus;
use smithay::wayland::selection::primary_selection::set_primary_focus;
use smithay::wayland::tablet_manager::TabletSeatHandler;
use smithay::{delegate_cursor_shape, delegate_seat};

use crate::display::state::State;
use crate::display::{Cursor, Notice};

impl SeatHandler for State {
    type KeyboardFocus = WlSurface;
    type PointerFocus = WlSurface;
    type TouchFocus = WlSurface;

    fn seat_state(&mut self) -> &mut SeatState<Self> {
        &mut self.seats
    }

    fn focus_changed(&mut self, seat: &Seat<Self>, focused: Option<&WlSurface>) {
        let client = focused.and_then(|surface| self.display.get_client(surface.id()).ok());
        set_data_device_focus(&self.display, seat, client.clone());
        set_primary_focus(&self.display, seat, client);
        self.text_inputs.focus(focused);
    }

    fn cursor_image(&mut self, _seat: &Seat<Self>, image: CursorImageStatus) {
        self.cursor = image;
        self.dirty = true;
    }
}

impl TabletSeatHandler for State {}

impl State {
    /// Tells the shell which cursor to show, when it is another one than before.
    pub(in crate::display) fn refresh_cursor(&mut self) {
        if let CursorImageStatus::Surface(surface) = &self.cursor
            && !surface.is_alive()
        {
            self.cursor = CursorImageStatus::default_named();
            self.dirty = true;
        }
        let cursor = match &self.cursor {
            CursorImageStatus::Hidden | CursorImageStatus::Surface(_) => Cursor::Hidden,
            CursorImageStatus::Named(icon) => named(*icon),
        };
        if self.shown_cursor != Some(cursor) {
            self.shown_cursor = Some(cursor);
            self.notices.push(Notice::Cursor(cursor));
        }
    }
}

/// The shell knows few cursors; any other name of the guest's is an arrow.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the protocol's list grows; what is new there is an arrow here"
)]
fn named(icon: CursorIcon) -> Cursor {
    match icon {
        CursorIcon::Pointer => Cursor::Pointer,
        CursorIcon::Text | CursorIcon::VerticalText => Cursor::Text,
        CursorIcon::Wait | CursorIcon::Progress => Cursor::Wait,
        CursorIcon::Move
        | CursorIcon::Grab
        | CursorIcon::Grabbing
        | CursorIcon::AllScroll
        | CursorIcon::ColResize
        | CursorIcon::RowResize
        | CursorIcon::EResize
        | CursorIcon::NResize
        | CursorIcon::NeResize
        | CursorIcon::NwResize
        | CursorIcon::SResize
        | CursorIcon::SeResize
        | CursorIcon::SwResize
        | CursorIcon::WResize
        | CursorIcon::EwResize
        | CursorIcon::NsResize
        | CursorIcon::NeswResize
        | CursorIcon::NwseResize => Cursor::Move,
        CursorIcon::NotAllowed | CursorIcon::NoDrop => Cursor::NotAllowed,
        _ => Cursor::Default,
    }
}

delegate_seat!(State);
delegate_cursor_shape!(State);
