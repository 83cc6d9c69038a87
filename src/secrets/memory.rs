//! Secrets in this program's memory: for tests and demonstrations.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyring_core::api::{CredentialApi, CredentialPersistence, CredentialStoreApi};
use keyring_core::{Credential, Entry, Error, Result};
use zeroize::Zeroizing;

type Kept = Arc<Mutex<HashMap<String, Zeroizing<Vec<u8>>>>>;

/// A store that is gone with this program. Its `Debug` tells nothing.
#[derive(Default)]
pub struct Memory(Kept);

/// One place in it.
struct Place {
    kept: Kept,
    name: String,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory(…)")
    }
}

impl CredentialStoreApi for Memory {
    fn vendor(&self) -> String {
        "Estran, memory".to_owned()
    }

    fn id(&self) -> String {
        "memory".to_owned()
    }

    fn build(&self, service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        Ok(Entry::new_with_credential(Arc::new(Place {
            kept: Arc::clone(&self.0),
            name: format!("{service}/{user}"),
        })))
    }

    fn persistence(&self) -> CredentialPersistence {
        CredentialPersistence::ProcessOnly
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Place {
    fn open(&self) -> MutexGuard<'_, HashMap<String, Zeroizing<Vec<u8>>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CredentialApi for Place {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        self.open()
            .insert(self.name.clone(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        let kept = self.open();
        let secret = kept.get(&self.name).ok_or(Error::NoEntry)?;
        Ok(secret.to_vec())
    }

    fn delete_credential(&self) -> Result<()> {
        self.open()
            .remove(&self.name)
            .map(drop)
            .ok_or(Error::NoEntry)
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.open()
            .contains_key(&self.name)
            .then_some(None)
            .ok_or(Error::NoEntry)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        let (service, user) = self.name.split_once('/')?;
        Some((service.to_owned(), user.to_owned()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place(…)")
    }
}
