//! The counters in memory, their file, and the exports that were made of it. The room's only door
//! to the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Timespec, Timestamps, flock, futimens};

use super::book::{Book, Pair};
use super::calendar::first_second;
use super::export::{csv, read_csv};
use super::line::Line;
use super::period::{Month, Period};
use super::private::{self, Budget, Privacy};
use super::protect::{Thresholds, Withheld, for_export};
use super::release::Release;
use super::store::{self, LARGEST, Unreadable};

const STORE: &str = "statistiques.csv";
const NEW: &str = "statistiques.nouveau";
const LOCK: &str = "statistiques.verrou";
const EXPORTS: &str = "exports";
const EXPORTS_LOCK: &str = "exports.verrou";

/// What was found on the disk at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing: a new station.
    Nothing,
    /// A store, read.
    Store,
    /// Something that is no store of ours. It was kept under this name, for staff to look at, and
    /// counting starts anew.
    Aside(PathBuf, Unreadable),
}

/// Why the disk cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The disk says no.
    #[error("{doing} {}: {cause}; check that the folder exists and belongs to this account", place.display())]
    Disk {
        /// What was tried.
        doing: &'static str,
        /// On what.
        place: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Another program counts here.
    #[error("using {}: another program is counting there; stop it, or give another folder", .0.display())]
    Taken(PathBuf),
    /// The store is not readable.
    #[error("reading {}: {cause}; the program that counts keeps such a file aside at its next start", place.display())]
    Unreadable {
        /// The file.
        place: PathBuf,
        /// Why.
        cause: Unreadable,
    },
}

fn disk<T>(doing: &'static str, place: &Path, done: io::Result<T>) -> Result<T, LedgerError> {
    done.map_err(|cause| LedgerError::Disk {
        doing,
        place: place.to_owned(),
        cause,
    })
}

/// Where the statistics of this station are: the folder that systemd gives, or the account's own.
#[must_use]
pub fn directory() -> Option<PathBuf> {
    let of = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    of("STATE_DIRECTORY")
        .or_else(|| of("XDG_STATE_HOME").map(|state| state.join("estran")))
        .or_else(|| of("HOME").map(|home| home.join(".local/state/estran")))
}

/// The counters of a station, for the one program that counts.
#[derive(Debug)]
pub struct Ledger {
    directory: PathBuf,
    book: Book,
    pairs: Vec<Pair>,
    found: Found,
    _lock: File,
}

impl Ledger {
    /// Takes the folder, reads the store or keeps an unreadable one aside, and closes the months
    /// that are over.
    ///
    /// # Errors
    /// When the folder cannot be used, or another program counts there.
    pub fn open(directory: &Path, pairs: Vec<Pair>, month: Month) -> Result<Self, LedgerError> {
        let made = fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory);
        disk("making", directory, made)?;
        let lock = locked(&directory.join(LOCK))?;
        let place = directory.join(STORE);
        let (book, found) = match bytes(&place)? {
            None => (Book::new(month), Found::Nothing),
            Some(bytes) => match store::read(&bytes) {
                Ok(book) => (book, Found::Store),
                Err(why) => (Book::new(month), Found::Aside(aside(&place)?, why)),
            },
        };
        let mut ledger = Self {
            directory: directory.to_owned(),
            book,
            pairs,
            found,
            _lock: lock,
        };
        ledger.save(month)?;
        Ok(ledger)
    }

    /// What was found at the start.
    #[must_use]
    pub const fn found(&self) -> &Found {
        &self.found
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The counters.
    #[must_use]
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// Counts these pairs from now on. A quarter in which they changed shows no pair that it does
    /// not know from its beginning.
    pub(super) fn follow(&mut self, pairs: Vec<Pair>) {
        self.pairs = pairs;
    }

    /// Counts a line, in memory alone.
    pub fn count(&mut self, line: &Line, month: Month) {
        self.book.count(line, month, &self.pairs);
    }

    /// Writes the counters: a whole new file in the place of the old one, whose blocks are
    /// overwritten first. Its time is the first second of the month. Also without a change, so that
    /// a writing says nothing about a visit.
    ///
    /// # Errors
    /// When the disk says no; the counters stay in memory.
    pub fn save(&mut self, month: Month) -> Result<(), LedgerError> {
        self.book.close(month);
        let place = self.directory.join(STORE);
        let bytes = store::write(&self.book);
        replace(&self.directory, &place, &bytes, self.book.written)
    }
}

/// The store of a station, for a program that only reads.
///
/// # Errors
/// When there is no store, or it is not readable.
pub fn look(directory: &Path) -> Result<Option<Book>, LedgerError> {
    let place = directory.join(STORE);
    let Some(bytes) = bytes(&place)? else {
        return Ok(None);
    };
    let unreadable = |cause| LedgerError::Unreadable { place, cause };
    store::read(&bytes).map(Some).map_err(unreadable)
}

/// What may leave the station for a period. What has left once leaves again unchanged; what leaves
/// for the first time is hidden enough beside everything that left before, and remembered.
///
/// # Errors
/// When there is nothing to export, when it cannot be protected, or when the disk says no.
pub fn export(
    directory: &Path,
    period: Period,
    thresholds: Thresholds,
) -> Result<Release, ExportError> {
    let folder = directory.join(EXPORTS);
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder);
    disk("making", &folder, made)?;
    let _alone = locked(&directory.join(EXPORTS_LOCK))?;
    let book = look(directory)?.ok_or(ExportError::Nothing)?;
    if let Period::Quarter(quarter) = period {
        for month in quarter.months() {
            export_one(&folder, &book, Period::Month(month), thresholds)?;
        }
    }
    export_one(&folder, &book, period, thresholds)
}

fn export_one(
    folder: &Path,
    book: &Book,
    period: Period,
    thresholds: Thresholds,
) -> Result<Release, ExportError> {
    let before = exported(folder)?;
    let again = |one: &&Release| one.period == period && one.threshold == thresholds.export();
    if let Some(known) = before.iter().find(again) {
        return Ok(known.clone());
    }
    let release = for_export(book, period, thresholds, &before)?;
    let place = folder.join(format!("{period}-{}.csv", release.threshold));
    replace(folder, &place, csv("", &release).as_bytes(), book.written)?;
    Ok(release)
}

/// What the exports with noise of a year have cost; `None` where the house has no noise.
///
/// # Errors
/// When the disk says no.
pub fn budget(
    directory: &Path,
    year: u16,
    privacy: Privacy,
) -> Result<Option<Budget>, LedgerError> {
    let folder = directory.join(EXPORTS);
    if privacy == Privacy::Off {
        return Ok(None);
    }
    let left = if folder.exists() {
        exported(&folder)?
    } else {
        Vec::new()
    };
    Ok(Some(private::budget(year, &left, privacy)))
}

/// Why nothing is exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no store.
    #[error("reading the statistics: there are none yet; they are first written at closing time")]
    Nothing,
    /// It cannot be protected.
    #[error("exporting: {0}")]
    Withheld(#[from] Withheld),
    /// The disk says no.
    #[error(transparent)]
    Disk(#[from] LedgerError),
}

/// Everything that has left the station before, as it left. What is not readable cannot be
/// protected from, so it is an error.
fn exported(folder: &Path) -> Result<Vec<Release>, LedgerError> {
    let mut releases = Vec::new();
    for entry in disk("reading", folder, fs::read_dir(folder))? {
        let place = disk("reading", folder, entry)?.path();
        if place.file_name().is_some_and(|name| name == NEW) {
            continue;
        }
        let text = String::from_utf8(bytes(&place)?.unwrap_or_default());
        let read = text.ok().and_then(|text| read_csv(&text).ok());
        let odd = || io::Error::new(io::ErrorKind::InvalidData, "not an export of this station");
        let read = read.ok_or_else(odd).map(|(_, release)| release);
        releases.push(disk("reading", &place, read)?);
    }
    releases.sort_by_key(|release| (release.period, release.threshold));
    Ok(releases)
}

/// The lock of the folder, held as long as the file lives.
fn locked(place: &Path) -> Result<File, LedgerError> {
    let opened = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
        .open(place);
    let file = disk("opening", place, opened)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(LedgerError::Taken(place.to_owned())),
        Err(errno) => disk("locking", place, Err(errno.into())),
    }
}

/// At most one byte more than a store can have.
fn bytes(place: &Path) -> Result<Option<Vec<u8>>, LedgerError> {
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
        .open(place);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return disk("opening", place, Err(error)),
    };
    let mut bytes = Vec::new();
    let read = file.take(LARGEST as u64 + 1).read_to_end(&mut bytes);
    disk("reading", place, read)?;
    Ok(Some(bytes))
}

/// The names that an unreadable store may be kept under.
fn names_aside(place: &Path) -> impl Iterator<Item = PathBuf> {
    (1..1000).map(|number| place.with_extension(format!("illisible-{number}.csv")))
}

/// The unreadable stores that lie in the folder.
pub(super) fn kept_aside(directory: &Path) -> Vec<PathBuf> {
    let place = directory.join(STORE);
    let mine = |name: &PathBuf| names_aside(&place).any(|one| one == *name);
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let names = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut aside: Vec<PathBuf> = names.filter(mine).collect();
    aside.sort();
    aside
}

/// Moves an unreadable store out of the way, under the first free name.
fn aside(place: &Path) -> Result<PathBuf, LedgerError> {
    for name in names_aside(place) {
        if !name.exists() {
            disk("keeping aside", place, fs::rename(place, &name))?;
            return Ok(name);
        }
    }
    let full = io::Error::new(
        io::ErrorKind::AlreadyExists,
        "999 unreadable stores are there",
    );
    disk("keeping aside", place, Err(full))
}

/// Puts a new file in the place of an old one, all or nothing.
fn replace(folder: &Path, place: &Path, bytes: &[u8], written: Month) -> Result<(), LedgerError> {
    let new = folder.join(NEW);
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return disk("removing", &new, Err(error));
        }
        Ok(()) | Err(_) => {}
    }
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new);
    let mut file = disk("making", &new, opened)?;
    disk("writing", &new, file.write_all(bytes))?;
    let neutral = Timespec {
        tv_sec: first_second(written),
        tv_nsec: 0,
    };
    let times = Timestamps {
        last_access: neutral,
        last_modification: neutral,
    };
    disk("writing", &new, futimens(&file, &times).map_err(Into::into))?;
    disk("writing", &new, file.sync_all())?;
    let old = OpenOptions::new().write(true).open(place).ok();
    disk("writing", place, fs::rename(&new, place))?;
    if let Some(old) = old {
        // Best effort: what a disk does below is out of reach (PRIVACY.md).
        drop(overwrite(&old));
    }
    disk(
        "writing",
        folder,
        File::open(folder).and_then(|folder| folder.sync_all()),
    )
}

/// The counters of yesterday, beside those of today, would show a day.
fn overwrite(mut old: &File) -> io::Result<()> {
    let length = old.metadata()?.len();
    io::copy(&mut io::repeat(0).take(length), &mut old)?;
    old.sync_all()
}
