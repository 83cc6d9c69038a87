//! The thread that keeps the ledger: it counts in memory, and writes at closing time and at the
//! end, never after a visit.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::book::Pair;
use super::calendar::{Hour, this_month, until};
use super::ledger::{Found, Ledger, LedgerError, kept_aside};
use super::line::Line;

/// How long the end of the program waits for a slow disk.
const LAST_WAIT: Duration = Duration::from_secs(10);

#[derive(Debug)]
enum Word {
    Count(Line),
    Follow(Vec<Pair>, Hour),
    Save(SyncSender<()>),
    End,
}

/// Speaks to the thread. Dropping it writes the counters and waits for it.
pub struct Clerk {
    tray: Tray,
    thread: Option<JoinHandle<()>>,
}

/// Hands lines to the clerk, and knows how it fares.
#[derive(Clone, Debug)]
pub struct Tray {
    words: Sender<Word>,
    directory: Arc<Path>,
    unwritten: Arc<AtomicBool>,
}

/// How the counting fares, for staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The last writing failed: the counters are in memory alone.
    pub unwritten: bool,
    /// Stores that could not be read and were kept aside, for somebody to look at. They are told
    /// for as long as they lie there.
    pub aside: Vec<PathBuf>,
}

impl Tray {
    /// Hands a line over.
    pub fn count(&self, line: Line) {
        drop(self.words.send(Word::Count(line)));
    }

    /// From now on these pairs are counted, and the counters are written at this hour.
    pub fn follow(&self, pairs: Vec<Pair>, hour: Hour) {
        drop(self.words.send(Word::Follow(pairs, hour)));
    }

    /// The folder of the store.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// How the counting fares now.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        Keeping {
            unwritten: self.unwritten.load(Ordering::Acquire),
            aside: kept_aside(&self.directory),
        }
    }

    /// Writes now, at the end of the program; returns when it is done, or after some seconds.
    pub fn save_now(&self) {
        let (done, wait) = sync_channel(1);
        if self.words.send(Word::Save(done)).is_ok() {
            let _ = wait.recv_timeout(LAST_WAIT);
        }
    }
}

impl Tray {
    /// A system that shuts down ends the program by a signal: from now on the counters are written
    /// first, then the signal does what it always did.
    ///
    /// # Errors
    /// When the signals or a thread for them cannot be had.
    pub fn save_before_death(self) -> std::io::Result<()> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])?;
        let wait = move || {
            if let Some(signal) = signals.forever().next() {
                self.save_now();
                drop(signal_hook::low_level::emulate_default_handler(signal));
            }
        };
        let thread = std::thread::Builder::new().name("signals".to_owned());
        thread.spawn(wait).map(drop)
    }
}

impl Clerk {
    /// Starts the thread; it writes every day at `hour`, until
    /// [`Tray::follow`] says another one.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(ledger: Ledger, hour: Hour) -> std::io::Result<Self> {
        Self::with(ledger, hour, until)
    }

    /// The same, under a clock: how long until an hour.
    pub(super) fn with(
        ledger: Ledger,
        hour: Hour,
        until: fn(Hour) -> Duration,
    ) -> std::io::Result<Self> {
        let (words, inbox) = channel();
        let tray = Tray {
            words,
            directory: ledger.directory().into(),
            unwritten: Arc::default(),
        };
        let unwritten = Arc::clone(&tray.unwritten);
        let thread = std::thread::Builder::new()
            .name("clerk".to_owned())
            .spawn(move || keep(ledger, (hour, until), &inbox, &unwritten))?;
        Ok(Self {
            tray,
            thread: Some(thread),
        })
    }

    /// Opens the station's ledger and starts the thread.
    ///
    /// # Errors
    /// When the folder cannot be used, or another program counts there.
    pub fn open(directory: &Path, pairs: Vec<Pair>, hour: Hour) -> Result<Self, LedgerError> {
        let ledger = Ledger::open(directory, pairs, this_month())?;
        if let Found::Aside(place, why) = ledger.found() {
            let place = place.display();
            tracing::error!(%place, %why, "the statistics were unreadable: kept aside, begun anew");
        }
        Self::start(ledger, hour).map_err(|cause| LedgerError::Disk {
            doing: "starting the thread for",
            place: directory.to_owned(),
            cause,
        })
    }

    /// Where lines are handed in. What comes after the clerk's end is lost.
    #[must_use]
    pub fn tray(&self) -> Tray {
        self.tray.clone()
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        drop(self.tray.words.send(Word::End));
        if let Some(thread) = self.thread.take() {
            // A clerk that panicked has nothing left to write.
            drop(thread.join());
        }
    }
}

fn keep(
    mut ledger: Ledger,
    (mut hour, until): (Hour, fn(Hour) -> Duration),
    inbox: &Receiver<Word>,
    unwritten: &AtomicBool,
) {
    let save = |ledger: &mut Ledger| {
        let saved = ledger.save(this_month());
        unwritten.store(saved.is_err(), Ordering::Release);
        if let Err(error) = saved {
            tracing::error!(%error, "the statistics stay in memory");
        }
    };
    loop {
        match inbox.recv_timeout(until(hour)) {
            Ok(Word::Count(line)) => ledger.count(&line, this_month()),
            Ok(Word::Follow(pairs, at)) => {
                ledger.follow(pairs);
                hour = at;
            }
            Ok(Word::Save(done)) => {
                save(&mut ledger);
                let _ = done.send(());
            }
            Err(RecvTimeoutError::Timeout) => save(&mut ledger),
            Ok(Word::End) | Err(RecvTimeoutError::Disconnected) => {
                save(&mut ledger);
                return;
            }
        }
    }
}
