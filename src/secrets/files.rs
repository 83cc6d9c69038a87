//! Secrets in a folder that only its owner can read: one file for each, written whole or not at
//! all. Disk encryption protects them when the machine is carried away.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyring_core::api::{CredentialApi, CredentialPersistence, CredentialStoreApi};
use keyring_core::{Credential, Entry, Error, Result};
use rustix::fs::{AtFlags, CWD, Mode, OFlags, RawMode, Stat, openat, renameat, unlinkat};
use rustix::io::Errno;
use zeroize::Zeroizing;

/// No secret of the station is longer (bytes).
const LONGEST: usize = 64 * 1024;

/// A folder of secrets.
pub struct Folder(PathBuf);

/// One file in it.
struct Place {
    folder: PathBuf,
    name: String,
}

impl Folder {
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Folder({})", self.0.display())
    }
}

impl CredentialStoreApi for Folder {
    fn vendor(&self) -> String {
        "Estran, folder".to_owned()
    }

    fn id(&self) -> String {
        self.0.display().to_string()
    }

    fn build(&self, service: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let plain = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        };
        if !plain(service) || !plain(user) {
            let problem = "only small letters and -".to_owned();
            return Err(Error::Invalid("name".to_owned(), problem));
        }
        Ok(Entry::new_with_credential(Arc::new(Place {
            folder: self.0.clone(),
            name: user.to_owned(),
        })))
    }

    fn persistence(&self) -> CredentialPersistence {
        CredentialPersistence::UntilDelete
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What may go wrong with the folder, in words for staff.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    System(#[from] Errno),
    #[error("it belongs to another user")]
    Owner,
    #[error("others can read it; chmod 700 the folder and 600 what is in it")]
    Open,
    #[error("it is longer than a secret can be")]
    TooLong,
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::System(Errno::NOENT) => Self::NoEntry,
            Trouble::System(_) | Trouble::Owner | Trouble::Open | Trouble::TooLong => {
                Self::NoStorageAccess(Box::new(trouble))
            }
        }
    }
}

/// Ours alone, or it is not used: a secret that another could read or replace is none.
fn ours_alone(found: &Stat) -> std::result::Result<(), Trouble> {
    if found.st_uid != rustix::process::geteuid().as_raw() {
        Err(Trouble::Owner)
    } else if found.st_mode & 0o077 != 0 {
        Err(Trouble::Open)
    } else {
        Ok(())
    }
}

/// What a file holds; nothing when it is longer than any secret. Its whole room at once: a buffer
/// that grows leaves copies behind.
pub(super) fn whole(file: &OwnedFd) -> rustix::io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut room = Zeroizing::new(vec![0; LONGEST + 1]);
    let mut filled = 0;
    loop {
        let rest = room.get_mut(filled..).unwrap_or_default();
        match rustix::io::retry_on_intr(|| rustix::io::read(file, &mut *rest))? {
            0 if filled > LONGEST => return Ok(None),
            0 => break,
            read => filled += read,
        }
    }
    room.truncate(filled);
    Ok(Some(room))
}

impl Place {
    fn folder(&self) -> std::result::Result<OwnedFd, Trouble> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = openat(CWD, &self.folder, flags, Mode::empty())?;
        ours_alone(&rustix::fs::fstat(&folder)?)?;
        Ok(folder)
    }

    fn read(&self) -> std::result::Result<Vec<u8>, Trouble> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = openat(self.folder()?, &self.name, flags, Mode::empty())?;
        ours_alone(&rustix::fs::fstat(&file)?)?;
        let secret = whole(&file)?.ok_or(Trouble::TooLong)?;
        Ok(secret.to_vec())
    }

    /// Writes beside, then takes the name: a reader finds the old secret or the new one.
    fn write(&self, secret: &[u8]) -> std::result::Result<(), Trouble> {
        if secret.len() > LONGEST {
            return Err(Trouble::TooLong);
        }
        self.make()?;
        let folder = self.folder()?;
        let beside = format!(
            ".{}.{}",
            self.name,
            rustix::process::getpid().as_raw_nonzero()
        );
        let written = write_new(&folder, &beside, secret)
            .and_then(|()| renameat(&folder, &beside, &folder, &self.name))
            .and_then(|()| rustix::fs::fsync(&folder));
        if written.is_err() {
            unlinkat(&folder, &beside, AtFlags::empty()).ok();
        }
        Ok(written?)
    }

    fn make(&self) -> std::result::Result<(), Trouble> {
        match rustix::fs::mkdir(&self.folder, Mode::from_raw_mode(0o700 as RawMode)) {
            Ok(()) | Err(Errno::EXIST) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn write_new(folder: &OwnedFd, name: &str, secret: &[u8]) -> rustix::io::Result<()> {
    // A leftover of a program that died here would stop every later change.
    unlinkat(folder, name, AtFlags::empty()).ok();
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = openat(folder, name, flags, Mode::RUSR | Mode::WUSR)?;
    let mut rest = secret;
    while !rest.is_empty() {
        let written = rustix::io::retry_on_intr(|| rustix::io::write(&file, rest))?;
        rest = rest.get(written..).unwrap_or_default();
    }
    rustix::fs::fsync(&file)
}

impl CredentialApi for Place {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        Ok(self.write(secret)?)
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        Ok(self.read()?)
    }

    fn delete_credential(&self) -> Result<()> {
        let delete = || -> std::result::Result<(), Trouble> {
            Ok(unlinkat(self.folder()?, &self.name, AtFlags::empty())?)
        };
        Ok(delete()?)
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        drop(Zeroizing::new(self.read()?));
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some(("estran".to_owned(), self.name.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({})", self.name)
    }
}
