//! What the conformance suite needs and a guest never gets: windows with their own size and
//! place, and a way to wait until the display has caught up.

use std::sync::mpsc::{Sender, channel};

use smithay::reexports::wayland_server::Resource;

use super::Handle;
use super::state::{GuestClient, State};
use super::thread::Command;

/// An order of the suite.
pub(super) enum Probe {
    Float,
    Place {
        client: usize,
        surface: u32,
        at: (i32, i32),
    },
    Settled(Sender<()>),
}

impl Handle {
    /// Lets the windows of the present guest keep their own size and place.
    pub fn float_windows(&self) {
        self.send(Command::Probe(Probe::Float));
    }

    /// Moves the window of this surface of the n-th client (in the order of connection).
    pub fn place(&self, client: usize, surface: u32, x: i32, y: i32) {
        let at = (x, y);
        self.send(Command::Probe(Probe::Place {
            client,
            surface,
            at,
        }));
    }

    /// Waits until the orders before this one are carried out.
    pub fn settled(&self) {
        let (done, wait) = channel();
        self.send(Command::Probe(Probe::Settled(done)));
        // An error means that the thread is gone: nothing more will change.
        if wait.recv().is_err() {
            tracing::debug!("the display thread is gone");
        }
    }
}

impl State {
    pub(super) fn probe(&mut self, probe: Probe) {
        match probe {
            Probe::Float => self.floating = true,
            Probe::Place {
                client,
                surface,
                at,
            } => self.put_window(client, surface, at),
            Probe::Settled(done) => answer(&done),
        }
    }

    fn put_window(&mut self, client: usize, surface: u32, at: (i32, i32)) {
        let window = self.space.elements().find(|window| {
            let Some(toplevel) = window.toplevel() else {
                return false;
            };
            let this = toplevel.wl_surface();
            let rank = this
                .client()
                .and_then(|client| client.get_data::<GuestClient>().map(|data| data.rank));
            this.id().protocol_id() == surface && rank == Some(client)
        });
        if let Some(window) = window.cloned() {
            self.space.map_element(window, at, false);
            self.dirty = true;
        }
    }
}

/// The suite may have stopped waiting.
pub(super) fn answer(done: &Sender<()>) {
    if done.send(()).is_err() {
        tracing::debug!("nobody waits");
    }
}
