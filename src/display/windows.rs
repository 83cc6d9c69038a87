//! Where windows are and which one has the keyboard.

use smithay::backend::renderer::utils::with_renderer_surface_state;
use smithay::desktop::{PopupManager, Window};
use smithay::reexports::wayland_protocols::xdg::shell::server::xdg_toplevel;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::utils::{Logical, Point, SERIAL_COUNTER};
use smithay::wayland::shell::xdg::ToplevelSurface;

use super::state::State;
use super::{Notice, clock};

fn shows_something(surface: &WlSurface) -> bool {
    with_renderer_surface_state(surface, |state| state.buffer().is_some()).unwrap_or(false)
}

fn fills(toplevel: &ToplevelSurface) -> bool {
    let states = toplevel.current_state().states;
    states.contains(xdg_toplevel::State::Maximized)
        || states.contains(xdg_toplevel::State::Fullscreen)
}

impl State {
    /// The window whose toplevel this surface is.
    pub(super) fn window_of(&self, surface: &WlSurface) -> Option<Window> {
        self.space
            .elements()
            .find(|window| {
                window
                    .toplevel()
                    .is_some_and(|toplevel| toplevel.wl_surface() == surface)
            })
            .cloned()
    }

    /// Says in the pending state what a window of this kind is: a window without a parent fills
    /// the guest area, a dialog has its own size but may not be larger.
    pub(super) fn arrange(&self, toplevel: &ToplevelSurface) {
        let size = self.output_area().size;
        let dialog = toplevel.parent().is_some() || self.floating;
        toplevel.with_pending_state(|state| {
            state.bounds = Some(size);
            if !dialog {
                state.states.set(xdg_toplevel::State::Maximized);
            }
            let filling = state.states.contains(xdg_toplevel::State::Maximized)
                || state.states.contains(xdg_toplevel::State::Fullscreen);
            state.size = filling.then_some(size);
        });
        // Before the initial configure the maximised state would be lost.
        if toplevel.is_initial_configure_sent() {
            toplevel.send_pending_configure();
        }
    }

    /// As [`State::arrange`], for a request that the protocol wants answered in any case.
    pub(super) fn answer(&self, toplevel: &ToplevelSurface) {
        let before = toplevel.is_initial_configure_sent() && toplevel.has_pending_changes();
        self.arrange(toplevel);
        if toplevel.is_initial_configure_sent() && !before {
            toplevel.send_configure();
        }
    }

    /// Arranges every window, after the output changed.
    pub(super) fn arrange_all(&mut self) {
        let windows: Vec<_> = self.space.elements().cloned().collect();
        for window in windows {
            if let Some(toplevel) = window.toplevel() {
                self.arrange(toplevel);
            }
            self.place(&window);
        }
    }

    /// A toplevel's commit: its first configure, its first picture, its place.
    pub(super) fn commit_toplevel(&mut self, surface: &WlSurface) {
        let Some(window) = self.window_of(surface) else {
            return;
        };
        let Some(toplevel) = window.toplevel().cloned() else {
            return;
        };
        if !toplevel.is_initial_configure_sent() {
            self.arrange(&toplevel);
            toplevel.send_configure();
            return;
        }
        self.place(&window);
    }

    /// Whether a window of the guest has a picture: told whenever that changes, because a browser
    /// that is opened again starts without one.
    pub(super) fn note_picture(&mut self) {
        let shown = self
            .space
            .elements()
            .filter_map(Window::toplevel)
            .any(|t| t.parent().is_none() && shows_something(t.wl_surface()));
        if shown != std::mem::replace(&mut self.picture, shown) {
            self.first_frame |= shown;
            self.notices.push(if shown {
                Notice::FirstFrame
            } else {
                Notice::NoPicture
            });
        }
    }

    /// Puts a window where it belongs: a filling one at the corner, a dialog in the middle of its
    /// parent once it has a size.
    fn place(&mut self, window: &Window) {
        let Some(toplevel) = window.toplevel() else {
            return;
        };
        if self.floating {
            return;
        }
        let at = if fills(toplevel) || toplevel.parent().is_none() {
            Some((0, 0).into())
        } else if shows_something(toplevel.wl_surface()) {
            Some(self.middle(window, toplevel))
        } else {
            None
        };
        if let Some(at) = at
            && self.space.element_location(window) != Some(at)
        {
            self.space.map_element(window.clone(), at, false);
            self.dirty = true;
        }
    }

    fn middle(&self, window: &Window, toplevel: &ToplevelSurface) -> Point<i32, Logical> {
        let area = self.output_area();
        let around = toplevel
            .parent()
            .and_then(|parent| self.window_of(&parent))
            .and_then(|parent| self.space.element_geometry(&parent))
            .unwrap_or(area);
        let size = window.geometry().size;
        let x = around.loc.x + (around.size.w - size.w) / 2;
        let y = around.loc.y + (around.size.h - size.h) / 2;
        // Its top left corner, where its close button or title is, stays reachable.
        let right = (area.size.w - size.w).max(0);
        let bottom = (area.size.h - size.h).max(0);
        (x.clamp(0, right), y.clamp(0, bottom)).into()
    }

    /// Brings a window to the front, its dialogs above it.
    pub(super) fn raise(&mut self, window: &Window) {
        // Dialogs of dialogs are few; the depth is bounded against a client's loop of parents.
        let mut family = vec![window.clone()];
        for depth in 0..8 {
            let Some(parent) = family.get(depth).and_then(Window::toplevel).cloned() else {
                break;
            };
            let children = self.space.elements().filter(|child| {
                child
                    .toplevel()
                    .and_then(ToplevelSurface::parent)
                    .is_some_and(|of| of == *parent.wl_surface())
            });
            let children: Vec<_> = children
                .filter(|child| !family.contains(child))
                .cloned()
                .collect();
            family.extend(children);
        }
        for member in &family {
            self.space.raise_element(member, false);
        }
        self.dirty = true;
    }

    /// The window in front, if any shows something.
    pub(super) fn front(&self) -> Option<Window> {
        self.space
            .elements()
            .rev()
            .find(|window| {
                window
                    .toplevel()
                    .is_some_and(|toplevel| shows_something(toplevel.wl_surface()))
            })
            .cloned()
    }

    /// The keyboard is with the window in front while the gate lets somebody type, else nowhere.
    pub(super) fn refresh_focus(&mut self) {
        let front = self.front();
        for window in self.space.elements() {
            let changed = window.set_activated(Some(window) == front.as_ref());
            if let Some(toplevel) = window.toplevel()
                && changed
                && toplevel.is_initial_configure_sent()
            {
                toplevel.send_pending_configure();
            }
        }
        let wanted = front
            .filter(|_| self.keyboard_open)
            .and_then(|window| Some(window.toplevel()?.wl_surface().clone()));
        let keyboard = self.devices.keyboard.clone();
        if wanted.is_none() && keyboard.is_grabbed() {
            keyboard.unset_grab(self);
        }
        // A popup's grab decides by itself whether the focus may move.
        if keyboard.current_focus() != wanted {
            keyboard.set_focus(self, wanted, SERIAL_COUNTER.next_serial());
        }
    }

    /// Ends the grabs of open menus, and the menus with them.
    pub(super) fn end_popup_grabs(&mut self) {
        let (keyboard, pointer) = (self.devices.keyboard.clone(), self.devices.pointer.clone());
        if !keyboard.is_grabbed() {
            return;
        }
        keyboard.unset_grab(self);
        pointer.unset_grab(self, SERIAL_COUNTER.next_serial(), clock::millis());
        self.dismiss_popups();
    }

    /// Closes every popup: nobody may act in the guest now.
    pub(super) fn dismiss_popups(&mut self) {
        for window in self.space.elements() {
            let Some(toplevel) = window.toplevel() else {
                continue;
            };
            let surface = toplevel.wl_surface();
            let popups: Vec<_> = PopupManager::popups_for_surface(surface).collect();
            for (popup, _) in popups {
                if PopupManager::dismiss_popup(surface, &popup).is_err() {
                    tracing::debug!("a popup was gone before it was dismissed");
                }
            }
        }
    }
}
