//! "Something changed", from any thread to the shell, without a queue: who missed one ring hears
//! the next, and what must be true is read elsewhere.

use std::sync::{Arc, Mutex, PoisonError};

use iced::futures::Stream;
use iced::futures::channel::mpsc::{Receiver, Sender, channel};

/// Rings. Cheap to clone, never waits.
#[derive(Clone)]
pub struct Bell(Arc<Mutex<Sender<()>>>);

impl Bell {
    /// Rings once; a ring that waits to be heard stands for this one too.
    pub fn ring(&self) {
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Full: a ring waits already. Closed: the shell has ended.
        drop(sender.try_send(()));
    }
}

/// Hears the rings.
pub struct Ear(Receiver<()>);

impl Ear {
    /// The rings, as they come.
    pub fn rings(self) -> impl Stream<Item = ()> + Send + 'static {
        self.0
    }
}

/// A bell and its ear.
pub fn signal() -> (Bell, Ear) {
    let (sender, receiver) = channel(1);
    (Bell(Arc::new(Mutex::new(sender))), Ear(receiver))
}
