//! The helper's code, asked of the station's store away from the thread that draws.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use iced::futures::Stream;
use iced::futures::channel::mpsc as answers;

use crate::secrets::{self, Code, Tried};

/// What is known of the helper's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// Nothing yet.
    #[default]
    Unknown,
    /// The house has set no code: the set-up says so, and the visitor's answer protects alone.
    Open,
    /// A code is asked for.
    Closed,
    /// A code is being tried.
    Asked,
    /// The last code was wrong; the next try waits for so many seconds.
    Wrong {
        #[allow(missing_docs)]
        seconds: u32,
    },
    /// The store cannot be read: nobody asks for the hand.
    Broken,
}

/// What the keeper of the door says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The right code.
    Right,
    /// Anything else.
    Is(Door),
}

/// Asks the keeper of the door.
pub struct Doorman(mpsc::Sender<Option<Code>>);

impl Doorman {
    /// Whether a code was set.
    pub fn look(&self) {
        // The keeper ends with the program alone.
        drop(self.0.send(None));
    }

    /// Whether this is the code.
    pub fn knock(&self, code: Code) {
        drop(self.0.send(Some(code)));
    }
}

/// Starts the keeper of `door` on a thread of its own. Without a door, or a thread, nobody passes.
pub fn keep(door: Option<secrets::Door>) -> (Doorman, impl Stream<Item = Answer> + Send + 'static) {
    let (sender, asked) = mpsc::channel::<Option<Code>>();
    let (told, answers) = answers::unbounded();
    let unheard = told.clone();
    let keeper = move || {
        let mut door = door;
        let clock = started();
        while let Ok(code) = asked.recv() {
            let answer = door
                .as_mut()
                .map_or(Answer::Is(Door::Broken), |door| of(door, code, clock));
            if told.unbounded_send(answer).is_err() {
                return;
            }
        }
    };
    let thread = std::thread::Builder::new().name("door".to_owned());
    if thread.spawn(keeper).is_err() {
        drop(unheard.unbounded_send(Answer::Is(Door::Broken)));
    }
    (Doorman(sender), answers)
}

#[allow(
    clippy::disallowed_methods,
    reason = "the wait after a wrong code needs a clock, and nothing else here"
)]
fn started() -> Instant {
    Instant::now()
}

fn of(door: &mut secrets::Door, code: Option<Code>, clock: Instant) -> Answer {
    let Some(code) = code else {
        return Answer::Is(match door.is_set() {
            Ok(true) => Door::Closed,
            Ok(false) => Door::Open,
            Err(error) => broken(&error),
        });
    };
    match door.attempt(&code, clock.elapsed()) {
        Ok(Tried::Right) => Answer::Right,
        Ok(Tried::Wrong(wait) | Tried::TooSoon(wait)) => Answer::Is(Door::Wrong {
            seconds: seconds(wait),
        }),
        Ok(Tried::NotSet) => Answer::Is(Door::Open),
        Err(error) => Answer::Is(broken(&error)),
    }
}

fn broken(error: &secrets::StoreError) -> Door {
    tracing::warn!(%error, "the helper's code cannot be checked");
    Door::Broken
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}
