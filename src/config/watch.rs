//! Follows the files of a house: an edit is read once it is whole.
#![allow(clippy::disallowed_methods, reason = "door: waits for edits")]

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Config, ConfigError};

/// Edits come in several steps: so long must be quiet before the files are read.
const QUIET: Duration = Duration::from_millis(150);

/// Steps without end are not waited for any longer than this.
const LONGEST: Duration = Duration::from_millis(700);

/// A file that is open for writing is half-written; a writer that never ends is not believed.
const HALF_WRITTEN: Duration = Duration::from_secs(5);

/// What became of an edit.
#[derive(Clone, Debug)]
pub enum Edit {
    /// It can be used.
    Good(Arc<Config>),
    /// It cannot; whatever ran goes on.
    Broken(ConfigError),
}

/// Follows the files in `dir` on a thread of its own, for as long as the program runs, and tells
/// every change of their content once.
///
/// # Errors
/// When the system does not let the folder be watched.
pub fn watch(dir: &Path, mut tell: impl FnMut(Edit) + Send + 'static) -> notify::Result<()> {
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(sender)?;
    let mut watched = Watched {
        dir: dir.to_owned(),
        watcher,
        paths: BTreeSet::new(),
    };
    watched.follow();
    let mut known = fingerprint(dir);
    let dir = dir.to_owned();
    std::thread::Builder::new()
        .name("configuration".to_owned())
        .spawn(move || {
            while let Some(()) = settled(&events) {
                watched.follow();
                let now = fingerprint(&dir);
                if now != known {
                    known = now;
                    tell(match Config::load(&dir) {
                        Ok(config) => Edit::Good(Arc::new(config)),
                        Err(error) => Edit::Broken(error),
                    });
                }
            }
        })
        .map_err(notify::Error::io)?;
    Ok(())
}

/// Waits for an event, then until the edit is whole. `None` when nothing comes any more.
fn settled(events: &Receiver<notify::Result<notify::Event>>) -> Option<()> {
    let mut half = BTreeMap::new();
    note(&mut half, events.recv().ok()?);
    let first = Instant::now();
    loop {
        match events.recv_timeout(QUIET) {
            Ok(event) => note(&mut half, event),
            Err(RecvTimeoutError::Timeout) if half.is_empty() => return Some(()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        half.retain(|_, since: &mut Instant| since.elapsed() < HALF_WRITTEN);
        if half.is_empty() && first.elapsed() >= LONGEST {
            return Some(());
        }
    }
}

/// Keeps which files are open for writing, and since when.
fn note(half: &mut BTreeMap<PathBuf, Instant>, event: notify::Result<notify::Event>) {
    // A lost event is like one that tells nothing: the files are read in any case.
    let Ok(event) = event else { return };
    for path in event.paths {
        match event.kind {
            EventKind::Modify(ModifyKind::Data(_)) => {
                half.entry(path).or_insert_with(Instant::now);
            }
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_)) => {
                half.remove(&path);
            }
            EventKind::Any
            | EventKind::Access(_)
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Other => {}
        }
    }
}

/// The folders that are watched now.
struct Watched {
    dir: PathBuf,
    watcher: RecommendedWatcher,
    paths: BTreeSet<PathBuf>,
}

impl Watched {
    /// Watches what the files stand in now: links may lead elsewhere since the last edit.
    fn follow(&mut self) {
        let now = folders(&self.dir);
        for gone in self.paths.difference(&now) {
            self.watcher.unwatch(gone).ok();
        }
        for path in &now {
            // Again each time: the same name may be another folder by now.
            if self
                .watcher
                .watch(path, RecursiveMode::NonRecursive)
                .is_err()
            {
                tracing::warn!("a configuration folder cannot be watched");
            }
        }
        self.paths = now;
    }
}

/// The folder itself, those in it, the one above it, and wherever links lead.
fn folders(dir: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    let mut add = |path: &Path| {
        for path in [Some(path.to_owned()), path.canonicalize().ok()] {
            if let Some(path) = path.filter(|path| path.is_dir()) {
                all.insert(path);
            }
        }
    };
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    absolute.parent().into_iter().for_each(&mut add);
    add(&absolute);
    for file in files(&absolute) {
        let real = file.canonicalize().ok();
        for path in [Some(file), real].into_iter().flatten() {
            path.parent().into_iter().for_each(&mut add);
        }
    }
    add(&absolute.join("wording"));
    all
}

/// Every file that a configuration may consist of and that is there.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = [
        "station.toml",
        "demarches.toml",
        "theme.toml",
        "apps.toml",
        "rights.fr.md",
    ]
    .map(|name| dir.join(name))
    .into();
    let inside = |dir: &Path| {
        let entries = std::fs::read_dir(dir).into_iter().flatten();
        entries.flatten().map(|entry| entry.path()).take(1000)
    };
    for language in inside(&dir.join("wording")) {
        all.extend(inside(&language).filter(|path| path.extension().is_some_and(|e| e == "ftl")));
    }
    all.sort();
    all
}

/// Changes whenever the content of a file does.
fn fingerprint(dir: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files(dir) {
        file.hash(&mut hasher);
        let content = std::fs::metadata(&file)
            .ok()
            .filter(std::fs::Metadata::is_file)
            .filter(|found| found.len() <= 4 << 20)
            .and_then(|_| std::fs::read(&file).ok());
        content.hash(&mut hasher);
    }
    hasher.finish()
}
