//! Reading aloud: sentences of the wording, never a word of the guest.
//!
//! Whoever cannot read well hears the same sentences that the screen shows. The engine is a port
//! ([`Voice`]); the one in use is Speech Dispatcher, which knows the voices of the house. A voice
//! that is missing is said on the screen: silence would look like a screen with nothing to say.
#![forbid(unsafe_code)]

mod dispatcher;

#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::wording::Lang;

pub use dispatcher::Dispatcher;

/// Something that can read aloud.
pub trait Voice: Send + 'static {
    /// Reads `sentences` in `lang`, in the place of anything that is being read.
    ///
    /// # Errors
    /// When nothing will be heard.
    fn say(&mut self, lang: Lang, sentences: &[String]) -> Result<(), Missing>;

    /// Stops reading.
    fn hush(&mut self);
}

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The speech service does not answer.
    #[error(
        "speaking: Speech Dispatcher does not answer; install speech-dispatcher and check that it starts"
    )]
    Service,
    /// It has no voice for this language.
    #[error("speaking: there is no voice for this language; install espeak-ng")]
    Language,
}

/// Whether the last words were heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// They are being read.
    Speaking,
    /// They are not.
    Missing(Missing),
}

enum Order {
    Say(Lang, Vec<String>),
    Hush,
}

/// Speaks from a thread of its own, so that a slow speech service never holds the screen up.
#[derive(Clone)]
pub struct Speaker(Sender<Order>);

impl Speaker {
    /// Starts it. `told` hears of each order whether it is heard; it is called on the thread.
    ///
    /// # Errors
    /// When the system refuses the thread.
    pub fn start(
        mut voice: impl Voice,
        told: impl Fn(Heard) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, orders) = channel();
        std::thread::Builder::new()
            .name("voice".to_owned())
            .spawn(move || {
                while let Some(order) = latest(&orders) {
                    match order {
                        Order::Say(lang, sentences) => told(match voice.say(lang, &sentences) {
                            Ok(()) => Heard::Speaking,
                            Err(why) => Heard::Missing(why),
                        }),
                        Order::Hush => voice.hush(),
                    }
                }
            })?;
        Ok(Self(sender))
    }

    /// Reads these sentences, in the place of anything that is being read.
    pub fn say(&self, lang: Lang, sentences: Vec<String>) {
        // The thread ends with the program alone.
        drop(self.0.send(Order::Say(lang, sentences)));
    }

    /// Stops reading.
    pub fn hush(&self) {
        drop(self.0.send(Order::Hush));
    }
}

/// The newest order: what was asked before it is no longer on the screen.
fn latest(orders: &Receiver<Order>) -> Option<Order> {
    let mut order = orders.recv().ok()?;
    while let Ok(newer) = orders.try_recv() {
        order = newer;
    }
    Some(order)
}
