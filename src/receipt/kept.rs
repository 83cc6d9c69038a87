//! Where the latest receipt is kept, with two counters and nothing else.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the one file of receipts")]

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Timespec, Timestamps};
use serde::{Deserialize, Serialize};

use super::{PublicKey, Signed};

/// The file's name.
const NAME: &str = "receipt.json";
/// The file of the public key.
const PUBLIC: &str = "receipt-key.pub";
/// The file is shorter, bytes.
const LONGEST: u64 = 64 << 10;

/// How many wipes there were. No time belongs to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// After which nothing was found.
    pub clean: u64,
    /// After which something was, or which failed.
    pub residue: u64,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The latest receipt.
    pub latest: Signed,
    /// All wipes.
    pub counters: Counters,
}

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The file cannot be read or written.
    #[error(
        "reading or writing {0}: {1}; check that the folder belongs to the user of the custodian"
    )]
    Io(PathBuf, #[source] io::Error),
    /// It is not a receipt.
    #[error("reading {0}: not a receipt of this version; the next wipe writes a new one")]
    NotValid(PathBuf),
}

/// The usual folder: of the station for root, otherwise of this user.
pub fn directory() -> Option<PathBuf> {
    if rustix::process::getuid().is_root() && std::env::var_os("XDG_STATE_HOME").is_none() {
        return Some("/var/lib/estran".into());
    }
    let asked = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let usual = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state"));
    let base = asked.filter(|path| path.is_absolute()).or_else(usual)?;
    Some(base.join("estran"))
}

/// Makes the folder, for its owner alone.
///
/// # Errors
/// When it cannot be made.
pub fn prepare(folder: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// The folder of the station's secrets, in that folder.
pub fn secrets(folder: &Path) -> PathBuf {
    folder.join("secrets")
}

/// Writes down with which key this station's receipts are checked: the key itself may be one that
/// the service manager hands to the custodian alone.
///
/// # Errors
/// When it cannot be written.
pub fn publish(folder: &Path, key: &PublicKey) -> io::Result<()> {
    let beside = folder.join(format!(".{PUBLIC}.{}", std::process::id()));
    std::fs::write(&beside, format!("{key}\n"))?;
    std::fs::rename(beside, folder.join(PUBLIC))
}

/// The key with which this station's receipts are checked, as its custodian wrote it down.
pub fn published(folder: &Path) -> Option<PublicKey> {
    let mut text = String::new();
    let file = File::open(folder.join(PUBLIC)).ok()?;
    file.take(1024).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// The latest receipt; nothing when there was no wipe yet.
///
/// # Errors
/// [`KeptError`].
pub fn latest(folder: &Path) -> Result<Option<Kept>, KeptError> {
    let path = folder.join(NAME);
    let mut text = Vec::new();
    match File::open(&path) {
        Ok(file) => file.take(LONGEST).read_to_end(&mut text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => Err(error),
    }
    .map_err(|error| KeptError::Io(path.clone(), error))?;
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|_| KeptError::NotValid(path))
}

/// Keeps this receipt in the place of the one before, and counts it.
///
/// # Errors
/// [`KeptError::Io`].
pub fn keep(folder: &Path, signed: Signed) -> Result<(), KeptError> {
    let before = latest(folder).ok().flatten();
    let mut counters = before.map_or(Counters::default(), |kept| kept.counters);
    let counter = if signed.receipt.clean {
        &mut counters.clean
    } else {
        &mut counters.residue
    };
    *counter = counter.saturating_add(1);
    let kept = Kept {
        latest: signed,
        counters,
    };
    let path = folder.join(NAME);
    write(folder, &path, &kept).map_err(|error| KeptError::Io(path, error))
}

/// A whole file or the one before, readable by its owner alone. Its time is that of the half-day.
fn write(folder: &Path, path: &Path, kept: &Kept) -> io::Result<()> {
    prepare(folder)?;
    let half = folder.join(format!(".{NAME}.{}", std::process::id()));
    std::fs::remove_file(&half).ok();
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&half)?;
    file.write_all(&serde_json::to_vec(kept)?)?;
    let time = Timespec {
        tv_sec: kept.latest.receipt.when.start(),
        tv_nsec: 0,
    };
    rustix::fs::futimens(
        &file,
        &Timestamps {
            last_access: time,
            last_modification: time,
        },
    )?;
    file.sync_all()?;
    std::fs::rename(half, path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::os::unix::fs::MetadataExt as _;

    use super::super::{Form, Key, Receipt};
    use super::*;
    use crate::audit::{Outcome, Probe, Report};

    #[test]
    fn only_the_latest_is_kept_and_its_file_tells_no_time() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state");
        assert_eq!(latest(&folder).unwrap(), None);
        let key = Key::fresh();
        for (outcome, millis) in [
            (Outcome::Nothing, 100),
            (Outcome::Blind, 0),
            (Outcome::Nothing, 900),
        ] {
            let report = Report {
                outcomes: Probe::DESK.map(|probe| (probe, outcome)).into(),
            };
            let receipt = Receipt::of(Form::Desk, &Probe::DESK, &report, millis);
            keep(&folder, receipt.signed(&key)).unwrap();
        }
        let kept = latest(&folder).unwrap().unwrap();
        assert!(kept.latest.is_from(&key.public()));
        assert_eq!(kept.latest.receipt.wipe_millis, 900);
        assert_eq!(
            kept.counters,
            Counters {
                clean: 2,
                residue: 1
            }
        );
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        let about = std::fs::metadata(folder.join(NAME)).unwrap();
        assert_eq!(about.mode() & 0o777, 0o600);
        assert_eq!(about.mtime(), kept.latest.receipt.when.start());
        std::fs::write(folder.join(NAME), "{}").unwrap();
        assert!(matches!(latest(&folder), Err(KeptError::NotValid(_))));
    }
}
