//! Secrets that the service manager hands to the program for as long as it runs
//! (`LoadCredentialEncrypted=`, systemd.exec(5)): on the disk they are sealed to the machine, here
//! they are files in a folder of memory. They count before what the store keeps.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fstat, openat};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::files::whole;
use super::{Name, Store, StoreError};

/// Where the service manager puts them, as it tells in the environment.
const DIRECTORY: &str = "CREDENTIALS_DIRECTORY";

/// A store behind the secrets that were handed in.
pub(super) struct Given {
    folder: PathBuf,
    store: Arc<dyn Store>,
}

/// What may be wrong with one, in words for staff.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    System(#[from] Errno),
    #[error("it is no file")]
    NoFile,
    #[error("others can read or change it")]
    Open,
    #[error("it is longer than a secret can be")]
    TooLong,
}

impl Given {
    /// `store`, behind what the service manager has handed to this program; `store` itself where it
    /// has handed in nothing.
    pub(super) fn before(store: Arc<dyn Store>) -> Arc<dyn Store> {
        let folder = std::env::var_os(DIRECTORY).map(PathBuf::from);
        match folder.filter(|folder| folder.is_absolute()) {
            Some(folder) => Arc::new(Self::at(&folder, store)),
            None => store,
        }
    }

    pub(super) fn at(folder: &Path, store: Arc<dyn Store>) -> Self {
        Self {
            folder: folder.to_owned(),
            store,
        }
    }

    /// One that was handed in; nothing when it was not.
    fn given(&self, name: Name) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match self.read(name) {
            Ok(secret) => Ok(Some(secret)),
            Err(Trouble::System(Errno::NOENT)) => Ok(None),
            Err(trouble) => Err(StoreError::Unreachable {
                doing: "reading from the service manager",
                name,
                cause: trouble.to_string(),
            }),
        }
    }

    fn read(&self, name: Name) -> Result<Zeroizing<Vec<u8>>, Trouble> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let path = self.folder.join(credential(name));
        let file = openat(CWD, path, flags, Mode::empty())?;
        closed_to_others(&fstat(&file)?)?;
        whole(&file)?.ok_or(Trouble::TooLong)
    }

    /// What was handed in is not ours to change.
    fn refuse(&self, doing: &'static str, name: Name) -> Result<(), StoreError> {
        match self.given(name) {
            Ok(None) => Ok(()),
            Ok(Some(_)) | Err(_) => Err(StoreError::Given { doing, name }),
        }
    }
}

/// What the service manager calls it: its own name, and whose it is.
fn credential(name: Name) -> String {
    format!("estran.{}", name.word())
}

/// The folder is root's or ours, and the service manager lets the service's user in by an access
/// list, which shows as rights of the group.
fn closed_to_others(found: &Stat) -> Result<(), Trouble> {
    if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
        return Err(Trouble::NoFile);
    }
    let us = rustix::process::geteuid().as_raw();
    let known = found.st_uid == us || found.st_uid == 0;
    if known && found.st_mode & 0o027 == 0 {
        Ok(())
    } else {
        Err(Trouble::Open)
    }
}

impl Store for Given {
    fn get(&self, name: Name) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match self.given(name)? {
            Some(secret) => Ok(Some(secret)),
            None => self.store.get(name),
        }
    }

    fn set(&self, name: Name, secret: &[u8]) -> Result<(), StoreError> {
        self.refuse("keeping", name)?;
        self.store.set(name, secret)
    }

    fn delete(&self, name: Name) -> Result<(), StoreError> {
        self.refuse("deleting", name)?;
        self.store.delete(name)
    }
}
