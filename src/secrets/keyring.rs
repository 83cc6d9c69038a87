//! A store of the keyring ecosystem, as the station uses it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::files::Folder;
use super::memory::Memory;
use super::{Name, Store, StoreError};

/// Under this service a store files all that is Estran's.
const SERVICE: &str = "estran";

/// The name under which a credential of a visit would stand, if one were ever kept.
const SESSION: &str = "session";

/// The kernel's collector takes a deleted key away a little later: so often and so long it is
/// read back.
const READ_BACK: (u32, Duration) = (100, Duration::from_millis(20));

/// A store of secrets. Cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<CredentialStore>);

impl Keyring {
    /// The kernel's key rings of this user: kept until the machine restarts, or for three days
    /// after the last use. They outlive a log-out: what must be gone is deleted and read back.
    ///
    /// # Errors
    /// Never in today's library; kept as it may.
    pub fn keyutils() -> Result<Self, StoreError> {
        let store = linux_keyutils_keyring_store::Store::new()
            .map_err(|error| StoreError::Place(error.to_string()))?;
        Ok(Self(store))
    }

    /// A folder of files that only their owner can read. It is made when it is not there.
    #[must_use]
    pub fn folder(path: &Path) -> Self {
        Self(Arc::new(Folder::at(path)))
    }

    /// This program's memory: gone at its end.
    #[must_use]
    pub fn memory() -> Self {
        Self(Arc::new(Memory::default()))
    }

    /// The desktop's own Secret Service, where there is one.
    ///
    /// # Errors
    /// When no such service answers.
    #[cfg(feature = "desktop-keyring")]
    pub fn desktop() -> Result<Self, StoreError> {
        keyring::Entry::store_status()
            .as_ref()
            .map_err(|error| StoreError::Place(error.to_string()))?;
        keyring_core::get_default_store()
            .map(Self)
            .ok_or_else(|| StoreError::Place("no Secret Service answers".to_owned()))
    }

    fn entry(&self, doing: &'static str, name: Name) -> Result<Entry, StoreError> {
        Entry::new_in_store(&self.0, SERVICE, name.word()).map_err(|e| failed(doing, name, &e))
    }

    /// The raw entry of a visit's credential, for the audit and its positive control.
    fn session(&self) -> Result<Entry, Error> {
        Entry::new_in_store(&self.0, SERVICE, SESSION)
    }
}

impl Store for Keyring {
    fn get(&self, name: Name) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let doing = "reading";
        match self.entry(doing, name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(doing, name, &error)),
        }
    }

    fn set(&self, name: Name, secret: &[u8]) -> Result<(), StoreError> {
        let doing = "keeping";
        self.entry(doing, name)?
            .set_secret(secret)
            .map_err(|error| failed(doing, name, &error))
    }

    fn delete(&self, name: Name) -> Result<(), StoreError> {
        let doing = "deleting";
        match self.entry(doing, name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => {}
            Err(error) => return Err(failed(doing, name, &error)),
        }
        for _ in 0..READ_BACK.0 {
            if self.get(name)?.is_none() {
                return Ok(());
            }
            std::thread::sleep(READ_BACK.1);
        }
        Err(StoreError::StillThere(name))
    }
}

/// The library's own words may quote what a store holds: only those that cannot are passed on.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list may grow"
)]
fn failed(doing: &'static str, name: Name, error: &Error) -> StoreError {
    let cause = match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
        Error::TooLong(..) | Error::Invalid(..) => "the store does not take it".to_owned(),
        _ => "the store holds something else".to_owned(),
    };
    StoreError::Unreachable { doing, name, cause }
}

/// Whether a credential of a visit stands in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// Read back, and nothing is there.
    NoEntry,
    /// One is there.
    Present,
    /// The store could not be read.
    Unreadable,
    /// This system lends this program no key ring: nothing can have been put there.
    NoStore,
}

/// Reads the kernel's key rings back for a credential of a visit. Nobody ever puts one there; the
/// audit does not take that for granted.
#[must_use]
pub fn session_credential() -> Session {
    Keyring::keyutils().map_or(Session::Unreadable, |store| look(&store))
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list may grow"
)]
fn look(store: &Keyring) -> Session {
    match store.session().map(|entry| entry.get_secret()) {
        Ok(Ok(secret)) => {
            drop(Zeroizing::new(secret));
            Session::Present
        }
        Ok(Err(Error::NoEntry)) => Session::NoEntry,
        Err(Error::NoStorageAccess(_)) => Session::NoStore,
        Ok(Err(_)) | Err(_) => Session::Unreadable,
    }
}

#[cfg(test)]
pub(super) mod control {
    //! Puts a visit's credential into a store, so that the audit's look has something to find.

    #![allow(
        clippy::unwrap_used,
        reason = "a positive control that fails must stop its test"
    )]

    use super::{Keyring, Session, look};

    pub fn plant(store: &Keyring) {
        store.session().unwrap().set_secret(b"planted").unwrap();
    }

    pub fn take_out(store: &Keyring) {
        store.session().unwrap().delete_credential().unwrap();
    }

    pub fn seen(store: &Keyring) -> Session {
        look(store)
    }
}
