//! One guest's compositor and its sources in the event loop.

use std::ops::RangeInclusive;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use smithay::reexports::calloop::generic::Generic;
use smithay::reexports::calloop::{Interest, LoopHandle, Mode, PostAction, RegistrationToken};
use smithay::reexports::wayland_server::Display;
use smithay::reexports::wayland_server::backend::DisconnectReason;

use super::render::Composer;
use super::socket::{Socket, comes_from};
use super::state::{GuestClient, MAX_CLIENTS, State};
use super::thread::Worker;
use super::{Error, Keymap, Size};

/// Everything that exists because a guest does.
pub(super) struct Session {
    pub(super) display: Display<State>,
    pub(super) state: State,
    pub(super) composer: Composer,
    arrived: usize,
    /// A client has connected since the socket opened.
    pub(super) connected: bool,
    tokens: Vec<RegistrationToken>,
    socket: Socket,
}

impl Session {
    pub(super) fn new(
        socket: Socket,
        keymap: &Keymap,
        size: Size,
        scale: f64,
        events: &LoopHandle<'static, Worker>,
    ) -> Result<Self, Error> {
        let mut display = Display::new().map_err(|_| Error::Display)?;
        let state = State::new(&display, keymap, size, scale)?;
        let composer = Composer::new(&state.output).map_err(|_| Error::Display)?;
        let fd = display.backend().poll_fd().try_clone_to_owned()?;
        let mut session = Self {
            display,
            state,
            composer,
            arrived: 0,
            connected: false,
            tokens: Vec::new(),
            socket,
        };
        let listener = session.socket.watched()?;
        let source = Generic::new(listener, Interest::READ, Mode::Level);
        let token = events.insert_source(source, |_, listener, worker: &mut Worker| {
            worker.guarded(|worker| worker.accept(listener));
            Ok(PostAction::Continue)
        });
        session.tokens.push(token.map_err(|_| Error::Display)?);
        let source = Generic::new(fd, Interest::READ, Mode::Level);
        let token = events.insert_source(source, |_, _, worker: &mut Worker| {
            worker.guarded(Worker::dispatch_clients);
            Ok(PostAction::Continue)
        });
        let Ok(token) = token else {
            // The first source must not outlive the failure of the second.
            session.end(events);
            return Err(Error::Display);
        };
        session.tokens.push(token);
        Ok(session)
    }

    /// Lets one waiting peer in, if it is the guest.
    pub(super) fn accept(&mut self, listener: &UnixListener, guest_uids: &RangeInclusive<u32>) {
        let Ok((stream, _)) = listener.accept() else {
            return;
        };
        if !comes_from(&stream, guest_uids) {
            tracing::warn!("a peer of another uid was refused");
            return;
        }
        if self.clients() >= MAX_CLIENTS {
            tracing::warn!("the guest has too many connections");
            return;
        }
        self.connected |= self.insert(stream);
    }

    fn insert(&mut self, stream: UnixStream) -> bool {
        let data = Arc::new(GuestClient::new(
            Arc::clone(&self.state.alive),
            self.arrived,
        ));
        self.arrived += 1;
        self.display.handle().insert_client(stream, data).is_ok()
    }

    /// Clients connected now.
    pub(super) fn clients(&self) -> usize {
        self.state.alive.load(Ordering::SeqCst)
    }

    /// Ends every client and takes the sources out of the loop; dropping it removes the socket.
    pub(super) fn end(mut self, events: &LoopHandle<'static, Worker>) {
        for token in self.tokens.drain(..) {
            events.remove(token);
        }
        let handle = self.display.handle().backend_handle();
        let mut clients = Vec::new();
        handle.with_all_clients(|client| clients.push(client));
        for client in clients {
            handle.kill_client(client, DisconnectReason::ConnectionClosed);
        }
        // The backend notices the ends when it next looks.
        if self.display.dispatch_clients(&mut self.state).is_err() {
            tracing::debug!("the ended clients could not be dispatched");
        }
    }
}
