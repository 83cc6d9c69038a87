//! The counter: what staff may ask of a running station, at its screen or from a shell.
//!
//! One handle answers both, so that both say the same. Nothing here knows anything of a visitor:
//! states, numbers and closed words.
#![forbid(unsafe_code)]

mod acts;
mod client;
mod clock;
mod health;
mod numbers;
mod proving;
mod rows;
mod socket;
mod status;
mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#[allow(clippy::disallowed_methods, reason = "tests write files")]
mod proving_tests;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::config::{Config, ConfigError, Edit};
use crate::guardian::{self, Renewal, Rules, Shut, Word};
use crate::secrets::{Code, Door, Name, Store, StoreError, Tried};
use crate::usage::Tray;
use crate::visit::{Event, Staff, View};
use crate::wording::{Lang, Wording};

pub use acts::{Act, Entry, Journal, Role};
pub use client::{ClientError, ask};
pub use clock::keep_hours;
pub use health::{Disk, Health, Level, Memory, Swap};
pub use numbers::{Export, Exported, Shape, Way};
pub use proving::{Proved, Proving};
pub use rows::{Row, health_rows, shut_key, state_key, statistics_key};
pub use socket::{default_place, listen, place_to_ask};
pub use status::{
    ConfigurationState, Reason, State, StatisticsState, Status, Wiped, state_of, wiped_of,
};
pub use words::{Answer, Ask, VERSION, Why};

use clock::Watch;
use proving::Prover;

/// Makes the guardian's rules out of a configuration.
pub type RulesOf = Box<dyn Fn(&Arc<Config>) -> Rules + Send>;

/// What a counter is made of.
pub struct Setting {
    /// The owner of the visit.
    pub guardian: guardian::Handle,
    /// The settings that count at the start.
    pub config: Arc<Config>,
    /// Makes rules out of later ones.
    pub rules: RulesOf,
    /// Where the code of staff is kept.
    pub store: Arc<dyn Store>,
    /// The folder of the journal of acts; without one, none is kept.
    pub journal: Option<PathBuf>,
    /// The clerk's tray; none where visits cannot be counted.
    pub statistics: Option<Tray>,
    /// `estranctl`, which makes a proof beside the station; none where only root can.
    pub prover: Option<PathBuf>,
}

/// The counter. Cheap to clone.
#[derive(Clone)]
pub struct Counter(Arc<Inner>);

struct Inner {
    guardian: guardian::Handle,
    rules: Mutex<RulesOf>,
    shelf: Mutex<Shelf>,
    door: Mutex<Door>,
    journal: Mutex<Option<Journal>>,
    health: Mutex<health::Eyes>,
    statistics: Option<Tray>,
    prover: Prover,
    watch: Watch,
    /// Never used while the shelf holds anything, which is always.
    first: Arc<Config>,
}

/// The configurations at hand.
struct Shelf {
    /// Each with its number; the first is the one that counts.
    configs: Vec<(u32, Arc<Config>)>,
    last: u32,
    broken: Option<ConfigError>,
}

impl Counter {
    /// A counter.
    #[must_use]
    pub fn new(setting: Setting) -> Self {
        Self(Arc::new(Inner {
            guardian: setting.guardian,
            rules: Mutex::new(setting.rules),
            shelf: Mutex::new(Shelf {
                configs: vec![(0, Arc::clone(&setting.config))],
                last: 0,
                broken: None,
            }),
            door: Mutex::new(Door::new(setting.store, Name::StaffCode)),
            journal: Mutex::new(setting.journal.map(|folder| Journal::in_folder(&folder))),
            health: Mutex::new(health::Eyes::default()),
            statistics: setting.statistics,
            prover: Prover::new(setting.prover),
            watch: Watch::start(),
            first: setting.config,
        }))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        self.0.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of the house were edited. What can be used counts from the next welcome on.
    pub fn edited(&self, edit: Edit) {
        match edit {
            Edit::Good(config) => {
                let rules = self.0.rules.lock().unwrap_or_else(PoisonError::into_inner);
                let rules = rules(&config);
                let mut shelf = self.shelf();
                shelf.last += 1;
                shelf.broken = None;
                let number = shelf.last;
                // One that waits and never counted gives way to the newer one.
                shelf.configs.truncate(1);
                shelf.configs.push((number, config));
                let renewal = Box::new(Renewal { rules, number });
                drop(shelf);
                self.0.guardian.tell(Word::Renew(renewal));
                tracing::info!("an edit of the configuration waits for the next welcome");
            }
            Edit::Broken(error) => {
                self.shelf().broken = Some(error);
                tracing::warn!("an edit of the configuration cannot be used");
            }
        }
    }

    /// The configuration that counts under this number, if it is another one than before.
    #[must_use]
    pub fn config(&self, number: u32) -> Option<Arc<Config>> {
        let mut shelf = self.shelf();
        let at = shelf
            .configs
            .iter()
            .position(|(known, _)| *known == number)?;
        shelf.configs.drain(..at);
        shelf.configs.first().map(|(_, config)| Arc::clone(config))
    }

    /// The configuration that counts.
    #[must_use]
    pub fn counting(&self) -> Arc<Config> {
        let number = self.0.guardian.published().settings;
        let shelf = self.shelf();
        let found = shelf.configs.iter().find(|(known, _)| *known == number);
        let found = found.or(shelf.configs.first());
        found.map_or_else(
            || Arc::clone(&self.0.first),
            |(_, config)| Arc::clone(config),
        )
    }

    /// Where the configuration stands, its mistakes in `lang`.
    #[must_use]
    pub fn configuration(&self, lang: Lang) -> ConfigurationState {
        let settings = self.0.guardian.published().settings;
        let shelf = self.shelf();
        match &shelf.broken {
            Some(error) => ConfigurationState::Broken {
                findings: error.lines(&Wording::embedded(), lang),
            },
            None if shelf.last != settings => ConfigurationState::Pending,
            None => ConfigurationState::Current,
        }
    }

    /// What the station is doing.
    #[must_use]
    pub fn status(&self, lang: Lang) -> Status {
        let published = self.0.guardian.published();
        let code = self.is_code_set().unwrap_or(true);
        let (configuration, statistics) = (self.configuration(lang), self.statistics());
        status::of(&published, configuration, statistics, code)
    }

    /// The machine's health, looked at now. Takes some milliseconds.
    #[must_use]
    pub fn health(&self) -> Health {
        let limits = self
            .shelf()
            .configs
            .first()
            .map(|(_, config)| config.health);
        let printer = self.0.guardian.published().printer;
        let mut eyes = self.0.health.lock().unwrap_or_else(PoisonError::into_inner);
        eyes.look(limits, printer)
    }

    /// "Remettre à zéro": ends what runs. A visit is taken to its farewell, which tells the
    /// visitor; `now` skips what is left of a farewell.
    ///
    /// # Errors
    /// [`Why::NotNow`] when there is nothing to end.
    pub fn reset(&self, role: Role, now: bool) -> Result<(), Why> {
        let view = self.0.guardian.published().view;
        let times = match view {
            View::Guest(_) if now => 2,
            View::Notice | View::Choosing | View::Guest(_) | View::Farewell(_) => 1,
            View::Welcome { .. } | View::Auditing { .. } | View::Wiping { .. } => {
                return Err(Why::NotNow);
            }
            View::Quarantined(_) => return self.release(role),
        };
        for _ in 0..times {
            self.0.guardian.say(Event::Staff(Staff::Reset));
        }
        self.wrote(role, Act::Reset);
        Ok(())
    }

    /// Releases a station from quarantine: it wipes, and welcomes only if the audit is clean.
    ///
    /// # Errors
    /// [`Why::NotNow`] when it is not in quarantine.
    pub fn release(&self, role: Role) -> Result<(), Why> {
        let View::Quarantined(_) = self.0.guardian.published().view else {
            return Err(Why::NotNow);
        };
        self.0.guardian.say(Event::Staff(Staff::Release));
        self.wrote(role, Act::Released);
        Ok(())
    }

    /// Closes from the next welcome on.
    pub fn close(&self, role: Role, shut: Shut) {
        self.0.guardian.tell(Word::Close(shut));
        let act = match shut {
            Shut::Maintenance | Shut::Proof => Act::StoppedForMaintenance,
            Shut::Early | Shut::Hours => Act::ClosedEarly,
        };
        self.wrote(role, act);
    }

    /// Opens again, or stays open beyond the hours.
    ///
    /// # Errors
    /// [`Why::Proof`] while a proof runs: whoever came in would be taken for its traces.
    pub fn open(&self, role: Role) -> Result<(), Why> {
        if self.0.prover.runs() {
            return Err(Why::Proof);
        }
        self.0.guardian.tell(Word::Reopen);
        self.wrote(role, Act::Opened);
        Ok(())
    }

    /// Says whether others wait.
    pub fn others_wait(&self, wait: bool) {
        self.0.guardian.tell(Word::OthersWait(wait));
    }

    /// Whether staff have a code.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_code_set(&self) -> Result<bool, StoreError> {
        self.door().is_set()
    }

    /// Sets the code of staff: the first one, or a new one behind the old.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn set_code(&self, code: &Code) -> Result<(), StoreError> {
        self.door().set(code)?;
        self.wrote(Role::Staff, Act::CodeSet);
        Ok(())
    }

    /// Tries a code. Takes a noticeable part of a second: not from a thread that draws.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attempt(&self, code: &Code) -> Result<Tried, StoreError> {
        let tried = self.door().attempt(code, self.0.watch.now())?;
        match tried {
            Tried::Right => self.wrote(Role::Staff, Act::Unlocked),
            Tried::Wrong(_) => self.wrote(Role::Staff, Act::WrongCode),
            Tried::TooSoon(_) | Tried::NotSet => {}
        }
        Ok(tried)
    }

    /// How long the next try must still wait.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.door().wait(self.0.watch.now())
    }

    /// The journal of acts, newest last.
    #[must_use]
    pub fn acts(&self) -> Vec<Entry> {
        let journal = self
            .0
            .journal
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        journal.as_ref().map(Journal::read).unwrap_or_default()
    }

    fn wrote(&self, role: Role, act: Act) {
        let journal = self
            .0
            .journal
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(journal) = journal.as_ref() {
            journal.write(role, act);
        }
    }
}
