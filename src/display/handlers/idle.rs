//! `idle-inhibit`: a video or a call keeps the station from thinking that nobody is there.

use smithay::delegate_idle_inhibit;
use smithay::reexports::wayland_server::Resource;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::wayland::idle_inhibit::IdleInhibitHandler;

use crate::display::Notice;
use crate::display::state::State;

impl IdleInhibitHandler for State {
    fn inhibit(&mut self, surface: WlSurface) {
        if self.inhibitors.is_empty() {
            self.notices.push(Notice::IdleInhibited(true));
        }
        if !self.inhibitors.contains(&surface) {
            self.inhibitors.push(surface);
        }
    }

    fn uninhibit(&mut self, surface: WlSurface) {
        self.keep_inhibitors(|held| *held != surface);
    }
}

impl State {
    /// A surface that is gone inhibits nothing.
    pub(in crate::display) fn refresh_inhibitors(&mut self) {
        self.keep_inhibitors(Resource::is_alive);
    }

    fn keep_inhibitors(&mut self, keep: impl FnMut(&WlSurface) -> bool) {
        if self.inhibitors.is_empty() {
            return;
        }
        self.inhibitors.retain(keep);
        if self.inhibitors.is_empty() {
            self.notices.push(Notice::IdleInhibited(false));
        }
    }
}

delegate_idle_inhibit!(State);
