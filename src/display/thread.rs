//! The display thread: one loop that takes orders, serves the guest's clients and composes.

use std::os::unix::net::UnixListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use smithay::reexports::calloop::channel::{Channel, Event};
use smithay::reexports::calloop::{EventLoop, LoopHandle};

use super::helper::{Hand, HelperEvent, PointerSlot};
use super::picture::Picture;
use super::seat::{Gate, Verdict};
use super::session::Session;
use super::socket::Socket;
use super::state::REFRESH_HZ;
use super::{Cursor, Error, FrameSlot, Input, Notice, Settings, Size, Source, clock};
use crate::visit::{Field, Policy};

const FRAME: Duration = Duration::from_nanos(1_000_000_000 / REFRESH_HZ as u64);

/// A covered guest may draw this often: enough for its timers, no work for anyone.
const COVERED: Duration = Duration::from_secs(1);

/// How long a composition that failed waits for its next try.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// A browser's start-up helpers connect and leave before its first window does.
const START_GRACE: Duration = Duration::from_secs(5);

/// What a handle asks.
pub(super) enum Command {
    Apply(Policy),
    Revoked,
    Input(Source, Input),
    Helper(HelperEvent),
    Chord(Vec<u32>),
    Resize(Size, f64),
    Open(Socket),
    Close,
    #[cfg(feature = "conformance")]
    Probe(super::conformance::Probe),
    #[cfg(test)]
    Panic,
}

/// What the shell was last told, so that it hears of changes only.
#[derive(Default)]
struct Told {
    connected: bool,
    field: Field,
    idle_inhibited: bool,
    cursor: Option<Cursor>,
}

/// The owner of everything on this thread.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact about the guest"
)]
pub(super) struct Worker {
    settings: Settings,
    gate: Gate,
    session: Option<Session>,
    frames: Arc<FrameSlot>,
    picture: Picture,
    on_notice: Box<dyn Fn(Notice) + Send>,
    on_frame: Box<dyn Fn() + Send + Sync>,
    events: LoopHandle<'static, Self>,
    told: Told,
    veiled: bool,
    pointer_open: bool,
    next_frame: Duration,
    /// The guest awaits word that its pictures were shown.
    owes_word: bool,
    next_word: Duration,
    alone_since: Option<Duration>,
    stop: bool,
    hand: Hand,
    pointer: Arc<PointerSlot>,
}

/// Where pictures and notices go.
pub(super) struct Outlets {
    pub(super) frames: Arc<FrameSlot>,
    pub(super) pointer: Arc<PointerSlot>,
    pub(super) on_notice: Box<dyn Fn(Notice) + Send>,
    pub(super) on_frame: Box<dyn Fn() + Send + Sync>,
}

/// Makes the loop and runs it until every handle is gone.
pub(super) fn run(
    settings: Settings,
    gate: Gate,
    commands: Channel<Command>,
    outlets: Outlets,
    ready: impl FnOnce(Result<(), Error>),
) {
    let Outlets {
        frames,
        pointer,
        on_notice,
        on_frame,
    } = outlets;
    let Ok(mut events) = EventLoop::try_new() else {
        return ready(Err(Error::Display));
    };
    let mut worker = Worker {
        settings,
        gate,
        session: None,
        frames,
        picture: Picture::default(),
        on_notice,
        on_frame,
        events: events.handle(),
        told: Told::default(),
        veiled: true,
        pointer_open: false,
        next_frame: Duration::ZERO,
        owes_word: false,
        next_word: Duration::ZERO,
        alone_since: None,
        stop: false,
        hand: Hand::default(),
        pointer,
    };
    let inserted = events
        .handle()
        .insert_source(commands, |event, (), worker| match event {
            Event::Msg(command) => worker.guarded(|worker| worker.order(command)),
            Event::Closed => worker.stop = true,
        });
    if inserted.is_err() {
        return ready(Err(Error::Display));
    }
    ready(Ok(()));
    while !worker.stop {
        if events.dispatch(worker.wait(), &mut worker).is_err() {
            tracing::error!("the display's event loop failed");
            break;
        }
        worker.guarded(Worker::tick);
    }
    worker.guarded(Worker::close);
}

impl Worker {
    /// Runs work on the guest's behalf. A panic in it ends the guest and nothing else: what it
    /// left half done goes with the session.
    pub(super) fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_ok() {
            return;
        }
        tracing::error!("the display panicked; the guest is ended");
        if catch_unwind(AssertUnwindSafe(|| self.close())).is_err() {
            tracing::error!("the display panicked again while it ended the guest");
            // Its drop has run or cannot be trusted to; the sockets go with the session.
            self.session = None;
        }
        (self.on_notice)(Notice::Disconnected);
    }

    fn order(&mut self, command: Command) {
        match command {
            Command::Apply(policy) => self.apply(&policy),
            // The gate reads the revocation itself; this only wakes the loop.
            Command::Revoked => {}
            Command::Input(source, input) => self.offer(source, input),
            Command::Helper(event) => self.helper(event),
            Command::Chord(codes) => {
                if let Some(session) = self.session.as_mut().filter(|_| self.gate.desk_open()) {
                    session.state.chord(&codes);
                }
            }
            Command::Resize(size, scale) => self.resize(size, scale),
            Command::Open(socket) => self.open(socket),
            Command::Close => self.close(),
            #[cfg(feature = "conformance")]
            Command::Probe(probe) => match &mut self.session {
                Some(session) => session.state.probe(probe),
                None => {
                    if let super::conformance::Probe::Settled(done) = probe {
                        super::conformance::answer(&done);
                    }
                }
            },
            #[cfg(test)]
            Command::Panic => {
                #[allow(clippy::panic, reason = "the containment is what is tested")]
                {
                    panic!("on purpose")
                }
            }
        }
        self.settle();
    }

    fn apply(&mut self, policy: &Policy) {
        self.gate.apply(policy);
        if self.veiled && !policy.veiled {
            // The reader may have missed frames while the guest was covered.
            if let Some(session) = &mut self.session {
                session.composer.start_over();
                session.state.dirty = true;
            }
            self.next_frame = clock::now();
        }
        self.veiled = policy.veiled;
    }

    /// An event of the helper's own devices, in the guest's coordinates from here on.
    fn helper(&mut self, event: HelperEvent) {
        if let HelperEvent::Here(there) = event {
            self.second_seat(there);
        }
        if let Some(input) = self.hand.place(event, self.settings.size) {
            self.offer(Source::Helper, input);
        }
    }

    fn second_seat(&mut self, there: bool) {
        self.gate.set_second_seat(there);
        let releases = if there {
            Vec::new()
        } else {
            self.gate.helper_gone()
        };
        if let Some(session) = &mut self.session {
            for input in releases {
                session.state.input(input);
            }
        }
        (self.on_notice)(Notice::SecondSeat(there));
    }

    fn offer(&mut self, source: Source, input: Input) {
        self.gate.at(clock::now());
        let verdict = self.gate.admit(source, &input);
        if let (Source::Helper, Verdict::Page | Verdict::Pointer, Input::Motion { x, y }) =
            (source, verdict, input)
        {
            self.pointer.put(Some((x, y)));
            (self.on_frame)();
        }
        let Some(session) = &mut self.session else {
            return;
        };
        match (verdict, input) {
            (Verdict::Page, _) => session.state.input(input),
            (Verdict::Locks, Input::Key { code, pressed }) => session.state.lock_key(code, pressed),
            (Verdict::Locks | Verdict::Pointer | Verdict::Drop, _) => {}
        }
    }

    fn resize(&mut self, size: Size, scale: f64) {
        self.settings.size = size.clamped();
        self.settings.scale = super::clamped_scale(scale);
        if let Some(session) = &mut self.session {
            session
                .state
                .resize(self.settings.size, self.settings.scale);
        }
    }

    fn open(&mut self, socket: Socket) {
        self.close();
        let session = Session::new(
            socket,
            &self.settings.keymap,
            self.settings.size,
            self.settings.scale,
            &self.events,
        );
        match session {
            Ok(session) => self.session = Some(session),
            Err(error) => {
                tracing::error!(%error, "the guest's display could not be made");
                (self.on_notice)(Notice::Disconnected);
            }
        }
    }

    /// Ends the guest and leaves nothing of it: clients, socket, selections, pictures.
    fn close(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        self.owes_word = false;
        session.end(&self.events);
        self.picture
            .resize(self.settings.size.width, self.settings.size.height);
        let blank = self.picture.blank();
        self.frames.put(blank);
        (self.on_frame)();
        self.alone_since = None;
        self.pointer_open = false;
        self.gate.set_sensitive(false);
        self.gate.set_unsettled(false);
        self.gate.forget_held();
        let told = std::mem::take(&mut self.told);
        if told.field != Field::None {
            (self.on_notice)(Notice::Field(Field::None));
        }
        if told.idle_inhibited {
            (self.on_notice)(Notice::IdleInhibited(false));
        }
        if told.cursor.is_some_and(|cursor| cursor != Cursor::Default) {
            (self.on_notice)(Notice::Cursor(Cursor::Default));
        }
    }

    pub(super) fn accept(&mut self, listener: &UnixListener) {
        let uids = self.settings.guest_uids.clone();
        if let Some(session) = &mut self.session {
            session.accept(listener, &uids);
        }
    }

    pub(super) fn dispatch_clients(&mut self) {
        if let Some(session) = &mut self.session
            && session
                .display
                .dispatch_clients(&mut session.state)
                .is_err()
        {
            tracing::warn!("a client's requests could not be read");
        }
    }

    /// What must be true now, whatever happened: who may type, what is held, what is focused.
    fn settle(&mut self) {
        self.gate.at(clock::now());
        if !self.gate.helper_granted() && self.pointer.put(None) {
            (self.on_frame)();
        }
        for deed in self.gate.new_deeds() {
            (self.on_notice)(Notice::Deed(deed));
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let state = &mut session.state;
        let inputs = &mut state.text_inputs;
        let unknown = inputs.unknown() && self.gate.helper_granted();
        let field = if unknown {
            Field::Sensitive
        } else {
            inputs.field()
        };
        self.gate.set_sensitive(field == Field::Sensitive);
        self.gate.set_unsettled(inputs.unsettled());
        for release in self.gate.releases() {
            state.input(release);
        }
        state.keyboard_open = self.gate.keyboard_open();
        let open = self.gate.pointer_open();
        if std::mem::replace(&mut self.pointer_open, open) && !open {
            state.close_pointer();
        }
        state.refresh();
        if std::mem::replace(&mut self.told.field, field) != field {
            state.notices.push(Notice::Field(field));
        }
    }

    /// After each round of events.
    fn tick(&mut self) {
        self.settle();
        self.compose();
        self.tell();
        if let Some(session) = &mut self.session {
            // A client that does not read is ended by the library.
            if session.display.flush_clients().is_err() {
                tracing::debug!("a client's events could not be written");
            }
        }
    }

    fn compose(&mut self) {
        let now = clock::now();
        let Some(session) = &mut self.session else {
            return;
        };
        if session.state.dirty && now >= self.next_frame {
            session.state.dirty = false;
            if self.veiled {
                self.next_frame = now + COVERED;
            } else {
                match session.composer.compose(&session.state, &mut self.picture) {
                    Ok(Some(frame)) => {
                        self.next_frame = beat(self.next_frame, now);
                        self.frames.put(frame);
                        (self.on_frame)();
                    }
                    // A browser asks for a beat before it paints what a key changed: that
                    // question must not make the painting wait for the beat after.
                    Ok(None) => {}
                    Err(_) => {
                        tracing::warn!("the guest's picture could not be composed");
                        // A client that took its memory away has been cut off: once its end is
                        // dispatched, the picture is whole without it.
                        session.composer.start_over();
                        session.state.dirty = true;
                        self.next_frame = now + AFTER_FAILURE;
                        return self.dispatch_clients();
                    }
                }
            }
            self.owes_word = true;
        }
        if self.owes_word && now >= self.next_word {
            self.owes_word = false;
            self.next_word = beat(self.next_word, now);
            session.composer.shown(&session.state);
        }
    }

    fn tell(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.connected && !std::mem::replace(&mut self.told.connected, true) {
            (self.on_notice)(Notice::Connected);
        }
        session.state.note_picture();
        for notice in session.state.notices.drain(..) {
            match notice {
                Notice::IdleInhibited(inhibited) => self.told.idle_inhibited = inhibited,
                Notice::Cursor(cursor) => self.told.cursor = Some(cursor),
                Notice::Field(_)
                | Notice::Connected
                | Notice::FirstFrame
                | Notice::NoPicture
                | Notice::Disconnected
                | Notice::SecondSeat(_)
                | Notice::Deed(_) => {}
            }
            (self.on_notice)(notice);
        }
        if session.connected && session.clients() == 0 {
            let since = *self.alone_since.get_or_insert_with(clock::now);
            if session.state.first_frame || clock::now() >= since + START_GRACE {
                session.connected = false;
                self.told.connected = false;
                self.alone_since = None;
                (self.on_notice)(Notice::Disconnected);
            }
        } else {
            self.alone_since = None;
        }
    }

    /// How long the loop may sleep; `None` when only an event can change anything.
    fn wait(&mut self) -> Option<Duration> {
        let session = self.session.as_mut()?;
        let mut deadlines = Vec::new();
        if session.state.dirty {
            deadlines.push(self.next_frame);
        }
        if self.owes_word {
            deadlines.push(self.next_word);
        }
        deadlines.extend(session.state.text_inputs.settles_at());
        deadlines.extend(self.alone_since.map(|since| since + START_GRACE));
        let next = deadlines.into_iter().min()?;
        Some(next.saturating_sub(clock::now()))
    }
}

/// The next beat: in step with the last one when that is late by less than one frame.
fn beat(last: Duration, now: Duration) -> Duration {
    let on_time = last + FRAME;
    if on_time > now { on_time } else { now + FRAME }
}
