//! A door with a code: the verifiers in the store, and the growing wait.

use std::sync::Arc;
use std::time::Duration;

use super::{Attempts, Code, Name, Store, StoreError, Verifiers};

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The right code.
    Right,
    /// A wrong code; how long the next try must wait.
    Wrong(Duration),
    /// Not looked at: it came before the wait was over.
    TooSoon(Duration),
    /// No code was ever set.
    NotSet,
}

/// A door behind a code.
pub struct Door {
    store: Arc<dyn Store>,
    name: Name,
    attempts: Attempts,
}

impl Door {
    /// The door whose code is kept in `store` under `name`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, name: Name) -> Self {
        Self {
            store,
            name,
            attempts: Attempts::default(),
        }
    }

    /// Whether a code was set.
    ///
    /// # Errors
    /// When the store cannot be read, or holds something else.
    pub fn is_set(&self) -> Result<bool, StoreError> {
        Ok(self.verifiers()?.is_some())
    }

    /// Makes this the only code of the door.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn set(&mut self, code: &Code) -> Result<(), StoreError> {
        let verifiers = Verifiers::one(code).map_err(|error| self.error("setting", error))?;
        self.store.set(self.name, verifiers.text().as_bytes())?;
        self.attempts.right();
        Ok(())
    }

    /// Tries a code at the time `now` of any monotonic clock. Takes a noticeable part of a second:
    /// never from a thread that draws.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attempt(&mut self, code: &Code, now: Duration) -> Result<Tried, StoreError> {
        if let Some(wait) = self.attempts.wait(now) {
            return Ok(Tried::TooSoon(wait));
        }
        let Some(verifiers) = self.verifiers()? else {
            return Ok(Tried::NotSet);
        };
        if verifiers.matches(code) {
            self.attempts.right();
            return Ok(Tried::Right);
        }
        self.attempts.wrong(now);
        Ok(Tried::Wrong(self.attempts.wait(now).unwrap_or_default()))
    }

    /// How long the next try must still wait.
    #[must_use]
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        self.attempts.wait(now)
    }

    fn verifiers(&self) -> Result<Option<Verifiers>, StoreError> {
        let Some(kept) = self.store.get(self.name)? else {
            return Ok(None);
        };
        let verifiers = Verifiers::parse(&kept).map_err(|error| self.error("reading", error))?;
        Ok(Some(verifiers))
    }

    fn error(&self, doing: &'static str, cause: super::BadVerifier) -> StoreError {
        StoreError::Unreachable {
            doing,
            name: self.name,
            cause: cause.to_string(),
        }
    }
}
