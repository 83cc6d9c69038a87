//! Windows and popups. A window without a parent always fills the guest area.

use smithay::delegate_xdg_shell;
use smithay::desktop::{
    PopupKeyboardGrab, PopupKind, PopupPointerGrab, PopupUngrabStrategy, Window,
    find_popup_root_surface, get_popup_toplevel_coords,
};
use smithay::input::Seat;
use smithay::input::pointer::Focus;
use smithay::reexports::wayland_protocols::xdg::shell::server::xdg_toplevel;
use smithay::reexports::wayland_server::protocol::{
    wl_output::WlOutput, wl_seat::WlSeat, wl_surface::WlSurface,
};
use smithay::utils::Serial;
use smithay::wayland::shell::xdg::{
    PopupSurface, PositionerState, ToplevelSurface, XdgShellHandler, XdgShellState,
};

use crate::display::state::State;

impl XdgShellHandler for State {
    fn xdg_shell_state(&mut self) -> &mut XdgShellState {
        &mut self.globals.xdg_shell
    }

    fn new_toplevel(&mut self, surface: ToplevelSurface) {
        // A menu that held the seat gives way to the window that it opened.
        self.end_popup_grabs();
        let window = Window::new_wayland_window(surface);
        self.space.map_element(window, (0, 0), false);
    }

    fn toplevel_destroyed(&mut self, surface: ToplevelSurface) {
        if let Some(window) = self.window_of(surface.wl_surface()) {
            self.space.unmap_elem(&window);
        }
        self.refresh_pointer();
        self.dirty = true;
    }

    fn parent_changed(&mut self, surface: ToplevelSurface) {
        self.arrange(&surface);
    }

    fn maximize_request(&mut self, surface: ToplevelSurface) {
        surface.with_pending_state(|state| {
            state.states.set(xdg_toplevel::State::Maximized);
        });
        self.answer(&surface);
    }

    fn unmaximize_request(&mut self, surface: ToplevelSurface) {
        surface.with_pending_state(|state| {
            state.states.unset(xdg_toplevel::State::Maximized);
        });
        self.answer(&surface);
    }

    fn fullscreen_request(&mut self, surface: ToplevelSurface, _output: Option<WlOutput>) {
        surface.with_pending_state(|state| {
            state.states.set(xdg_toplevel::State::Fullscreen);
        });
        self.answer(&surface);
    }

    fn unfullscreen_request(&mut self, surface: ToplevelSurface) {
        surface.with_pending_state(|state| {
            state.states.unset(xdg_toplevel::State::Fullscreen);
        });
        self.answer(&surface);
    }

    fn new_popup(&mut self, surface: PopupSurface, positioner: PositionerState) {
        self.constrain(&surface, positioner);
        // A popup whose surface is already gone is no popup.
        if self.popups.track_popup(PopupKind::Xdg(surface)).is_err() {
            tracing::debug!("a popup was gone before it was shown");
        }
    }

    fn reposition_request(
        &mut self,
        surface: PopupSurface,
        positioner: PositionerState,
        token: u32,
    ) {
        self.constrain(&surface, positioner);
        surface.send_repositioned(token);
    }

    fn grab(&mut self, surface: PopupSurface, seat: WlSeat, serial: Serial) {
        let Some(seat) = Seat::<Self>::from_resource(&seat) else {
            return;
        };
        let kind = PopupKind::Xdg(surface.clone());
        let root = find_popup_root_surface(&kind);
        let (true, Ok(root)) = (self.keyboard_open || self.pointer_inside, root) else {
            surface.send_popup_done();
            return;
        };
        self.grab_popup(root, kind, &seat, serial);
    }

    fn popup_destroyed(&mut self, _surface: PopupSurface) {
        self.popups.cleanup();
        self.refresh_pointer();
        self.dirty = true;
    }
}

impl State {
    fn grab_popup(&mut self, root: WlSurface, kind: PopupKind, seat: &Seat<Self>, serial: Serial) {
        let Ok(mut grab) = self.popups.grab_popup(root, kind, seat, serial) else {
            return;
        };
        let (keyboard, pointer) = (self.devices.keyboard.clone(), self.devices.pointer.clone());
        let previous = grab.previous_serial().unwrap_or_else(|| grab.serial());
        let foreign = |grabbed: bool, same: bool| grabbed && !same;
        let keyboard_taken = foreign(
            keyboard.is_grabbed(),
            keyboard.has_grab(serial) || keyboard.has_grab(previous),
        );
        let pointer_taken = foreign(
            pointer.is_grabbed(),
            pointer.has_grab(serial) || pointer.has_grab(previous) || self.click_grab(serial),
        );
        if keyboard_taken || pointer_taken {
            grab.ungrab(PopupUngrabStrategy::All);
            return;
        }
        if self.keyboard_open {
            keyboard.set_focus(self, grab.current_grab(), serial);
            keyboard.set_grab(self, PopupKeyboardGrab::new(&grab), serial);
        }
        pointer.set_grab(self, PopupPointerGrab::new(&grab), serial, Focus::Keep);
    }

    /// The pointer is held by the very press that asks for the popup.
    fn click_grab(&self, serial: Serial) -> bool {
        self.devices.pointer.has_grab(serial)
    }

    /// Moves and shrinks the popup so that it stays inside the guest area, as its positioner
    /// allows.
    fn constrain(&self, popup: &PopupSurface, positioner: PositionerState) {
        let kind = PopupKind::Xdg(popup.clone());
        let mut target = self.output_area();
        if let Some(window) = find_popup_root_surface(&kind)
            .ok()
            .and_then(|root| self.window_of(&root))
            && let Some(at) = self.space.element_location(&window)
        {
            target.loc -= get_popup_toplevel_coords(&kind) + at;
        }
        popup.with_pending_state(|state| {
            state.positioner = positioner;
            state.geometry = positioner.get_unconstrained_geometry(target);
        });
    }

    /// The popup's first configure, on its first commit.
    pub(in crate::display) fn commit_popup(&mut self, surface: &WlSurface) {
        let Some(PopupKind::Xdg(popup)) = self.popups.find_popup(surface) else {
            return;
        };
        if !popup.is_initial_configure_sent() && popup.send_configure().is_err() {
            tracing::debug!("a popup could not be configured");
        }
    }
}

delegate_xdg_shell!(State);
