//! The thread around the guardian: the only place of this room with a clock.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Guardian, Keeper, Published, Rules, Seat, Word};
use crate::visit::{Event, Order, Staff};

/// How long a stopping guardian waits for the wipe before it gives up (the custodian wipes anyway
/// when the front-end goes).
const LAST_WAIT: Duration = Duration::from_secs(20);

/// Speaks to the guardian, and may do so before it runs: the display and the custodian need it
/// to start, and the guardian needs them.
#[derive(Clone)]
pub struct Mail(Sender<Word>);

impl Mail {
    /// Tells the guardian anything it understands. After its end, nothing happens.
    pub fn tell(&self, word: Word) {
        // A guardian that has ended has wiped: there is nobody left to tell.
        drop(self.0.send(word));
    }

    /// Says something about the visit.
    pub fn say(&self, event: Event) {
        self.tell(Word::Say(event));
    }
}

/// Where the guardian's mail arrives.
pub struct Inbox(Receiver<Word>);

/// A new mailbox.
pub fn mailbox() -> (Mail, Inbox) {
    let (mail, inbox) = channel();
    (Mail(mail), Inbox(inbox))
}

/// Speaks to the guardian and reads what it publishes. Cheap to clone.
#[derive(Clone)]
pub struct Handle {
    mail: Mail,
    published: Arc<Mutex<Published>>,
}

impl Handle {
    /// Says something about the visit.
    pub fn say(&self, event: Event) {
        self.mail.say(event);
    }

    /// Tells the guardian anything it understands.
    pub fn tell(&self, word: Word) {
        self.mail.tell(word);
    }

    /// What must be true now.
    pub fn published(&self) -> Published {
        self.published
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Starts the guardian on a thread of its own. `on_change` is called after each new level, from
/// that thread; it must return at once.
///
/// # Errors
/// When the thread cannot be started.
pub fn start<S, K>(
    seat: S,
    keeper: K,
    rules: Rules,
    (mail, inbox): (Mail, Inbox),
    on_change: impl Fn() + Send + 'static,
) -> std::io::Result<(Handle, JoinHandle<()>)>
where
    S: Seat + Send + 'static,
    K: Keeper + Send + 'static,
{
    let clock = Watch::start();
    let guardian = Guardian::new(seat, keeper, rules, clock.now());
    let published = Arc::new(Mutex::new(guardian.published(clock.now())));
    let handle = Handle {
        mail,
        published: Arc::clone(&published),
    };
    let thread = std::thread::Builder::new()
        .name("guardian".to_owned())
        .spawn(move || run(guardian, &inbox.0, clock, &published, &on_change))?;
    Ok((handle, thread))
}

/// A monotonic clock that starts at zero.
#[derive(Clone, Copy)]
struct Watch(Instant);

impl Watch {
    #[allow(
        clippy::disallowed_methods,
        reason = "the guardian's only door to time"
    )]
    fn start() -> Self {
        Self(Instant::now())
    }

    fn now(self) -> Duration {
        self.0.elapsed()
    }
}

fn run<S: Seat, K: Keeper>(
    mut guardian: Guardian<S, K>,
    inbox: &Receiver<Word>,
    clock: Watch,
    published: &Mutex<Published>,
    on_change: &dyn Fn(),
) {
    let mut stopping = None;
    loop {
        let now = clock.now();
        let wait = guardian
            .next(now)
            .map_or(Duration::from_hours(1), |at| at.saturating_sub(now));
        match inbox.recv_timeout(if stopping.is_some() {
            wait.min(Duration::from_secs(1))
        } else {
            wait
        }) {
            Ok(Word::Stop) => {
                stopping = Some(clock.now() + LAST_WAIT);
                guardian.hear(Word::Say(Event::Staff(Staff::Reset)), clock.now());
                guardian.hear(Word::Say(Event::Staff(Staff::Reset)), clock.now());
            }
            Ok(word) => guardian.hear(word, clock.now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        guardian.tick(clock.now());
        publish(guardian.published(clock.now()), published, on_change);
        if stopping.is_some_and(|until| guardian.at_rest() || clock.now() >= until) {
            return;
        }
    }
}

fn publish(next: Published, published: &Mutex<Published>, on_change: &dyn Fn()) {
    let mut current = published.lock().unwrap_or_else(PoisonError::into_inner);
    if *current != next {
        *current = next;
        drop(current);
        on_change();
    }
}

impl<S: Seat, K: Keeper> Guardian<S, K> {
    /// Nothing is running and nothing is awaited.
    fn at_rest(&self) -> bool {
        matches!(self.life.policy().order, Order::Nothing)
    }
}
