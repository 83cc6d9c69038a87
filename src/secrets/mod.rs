//! The station's own secrets: the codes of staff and helpers, and the keys of receipt and console.
//!
//! Every store is one of the keyring ecosystem (`keyring-core`), chosen by the situation: the
//! kernel's key rings on a desk, a folder of files that only their owner reads on a station,
//! memory for tests and demonstrations. What the service manager hands in counts before them
//! (systemd's credentials, sealed to the machine). A visitor's pause code is no secret of the station: it
//! lives in the front-end's wiped memory, and there is no [`Name`] under which it could be kept.
#![forbid(unsafe_code)]

mod attempts;
mod code;
mod door;
mod files;
mod given;
mod keyring;
mod memory;
mod place;
mod verifier;

#[cfg(test)]
mod tests;

use zeroize::Zeroizing;

pub use attempts::Attempts;
pub use code::{Code, MOST as LONGEST_CODE, Weakness};
pub use door::{Door, Tried};
pub use keyring::{Keyring, Session, session_credential};
pub use place::Place;
pub use verifier::{BadVerifier, Verifier, Verifiers};

/// A secret of the station. The list is closed: nothing of a visitor has a name here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// The verifier of the code of staff.
    StaffCode,
    /// The verifiers of the codes of helpers, one a line.
    HelperCode,
    /// The key that signs receipts.
    ReceiptKey,
    /// The key of the helper console.
    ConsoleKey,
}

impl Name {
    /// Every name.
    pub const ALL: [Self; 4] = [
        Self::StaffCode,
        Self::HelperCode,
        Self::ReceiptKey,
        Self::ConsoleKey,
    ];

    /// What a store calls it; also the name of its file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::StaffCode => "staff-code",
            Self::HelperCode => "helper-code",
            Self::ReceiptKey => "receipt-key",
            Self::ConsoleKey => "console-key",
        }
    }

    /// The name that a store calls so.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

/// Where secrets are kept.
pub trait Store: Send + Sync {
    /// The secret, or nothing when none was set.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn get(&self, name: Name) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError>;

    /// Keeps a secret in the place of any earlier one.
    ///
    /// # Errors
    /// When it could not be kept; then the earlier one is still there.
    fn set(&self, name: Name, secret: &[u8]) -> Result<(), StoreError>;

    /// Takes a secret out, and reads back that it is gone. Nothing to take out is no mistake.
    ///
    /// # Errors
    /// When it may still be there.
    fn delete(&self, name: Name) -> Result<(), StoreError>;
}

/// Why a store did not do what it was asked. For staff; it quotes no secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store is out of reach.
    #[error(
        "{doing} the secret « {} »: {cause}; check that the store exists and belongs to the user \
         who runs Estran",
        name.word()
    )]
    Unreachable {
        /// What was being done.
        doing: &'static str,
        /// With which secret.
        name: Name,
        /// The system's words.
        cause: String,
    },
    /// It was handed in by the service manager, and is not ours to change.
    #[error(
        "{doing} the secret « {} »: the service manager hands it in; change it where \
         LoadCredentialEncrypted= of the unit says",
        name.word()
    )]
    Given {
        /// What was to be done.
        doing: &'static str,
        /// With which secret.
        name: Name,
    },
    /// A secret was deleted and can still be read.
    #[error("deleting the secret « {} »: it can still be read; restart the station", .0.word())]
    StillThere(Name),
    /// The place of the store makes no sense.
    #[error("opening the store of secrets: {0}")]
    Place(String),
}
