//! The journal of acts of staff: by role and act, with the day and the hour, for six months.
//! Nothing of a visitor has a word in it.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock;

/// A journal longer than this is not one of ours (bytes).
const LONGEST: u64 = 4 << 20;

/// As whom somebody acted. Never a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// At the station's screen, behind the code.
    Staff,
    /// From a shell of the machine.
    Shell,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The right code was given.
    Unlocked,
    /// A wrong code was given.
    WrongCode,
    /// A code was set.
    CodeSet,
    /// "Remettre à zéro".
    Reset,
    /// Released from quarantine.
    Released,
    /// Closed before the hour.
    ClosedEarly,
    /// Stopped for maintenance.
    StoppedForMaintenance,
    /// Opened again, or kept open.
    Opened,
    /// A proof of the last wipe was asked for.
    Proved,
    /// The house's numbers were exported: all of them arrived.
    Exported,
    /// An export was begun, and is not known to have arrived.
    ExportFailed,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The day, `2026-11-25`.
    pub day: String,
    /// The hour, 0 to 23, local time.
    pub hour: i8,
    /// As whom.
    pub role: Role,
    /// What.
    pub act: Act,
}

/// The journal's file.
#[derive(Debug)]
pub struct Journal(PathBuf);

impl Journal {
    /// The journal of this folder, which is made when it is not there.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        // Without a folder the writing fails, and says so.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .ok();
        Self(folder.join("acts.jsonl"))
    }

    /// The acts of the last six months, oldest first. A line that is none is left out.
    #[must_use]
    pub fn read(&self) -> Vec<Entry> {
        let (today, _) = clock::day_and_hour();
        self.since(clock::oldest_kept(today))
    }

    fn since(&self, oldest: Date) -> Vec<Entry> {
        let sized = std::fs::metadata(&self.0).is_ok_and(|found| found.len() <= LONGEST);
        let text = if sized {
            std::fs::read_to_string(&self.0).unwrap_or_default()
        } else {
            String::new()
        };
        text.lines()
            .filter_map(|line| serde_json::from_str::<Entry>(line).ok())
            .filter(|entry| entry.day.parse::<Date>().is_ok_and(|day| day >= oldest))
            .collect()
    }

    /// Adds an act, and lets go of what is older than six months.
    pub fn write(&self, role: Role, act: Act) {
        let (day, hour) = clock::day_and_hour();
        let entry = Entry {
            day: day.to_string(),
            hour,
            role,
            act,
        };
        if self.keep(entry, clock::oldest_kept(day)).is_err() {
            tracing::warn!("the journal of acts cannot be written");
        }
    }

    fn keep(&self, entry: Entry, oldest: Date) -> std::io::Result<()> {
        let mut all = self.since(oldest);
        all.push(entry);
        let beside = self.0.with_extension("new");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        for entry in all {
            let line = serde_json::to_string(&entry)?;
            writeln!(file, "{line}")?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, &self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    #[test]
    fn acts_are_kept_for_six_months_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::in_folder(folder.path());
        let entry = |day: &str| Entry {
            day: day.to_owned(),
            hour: 9,
            role: Role::Shell,
            act: Act::Reset,
        };
        let date = |text: &str| text.parse::<Date>().unwrap();
        let old = date("2026-01-01");
        for day in ["2026-01-10", "2026-03-01", "2026-07-09"] {
            journal.keep(entry(day), old).unwrap();
        }
        assert_eq!(journal.since(old).len(), 3, "positive control");
        journal
            .keep(entry("2026-07-11"), date("2026-01-11"))
            .unwrap();
        let text = std::fs::read_to_string(folder.path().join("acts.jsonl")).unwrap();
        assert!(!text.contains("2026-01-10") && text.contains("2026-03-01"));
        assert_eq!(
            text.lines().last(),
            Some(r#"{"day":"2026-07-11","hour":9,"role":"shell","act":"reset"}"#)
        );
        journal.write(Role::Staff, Act::Unlocked);
        assert_eq!(journal.read().last().map(|e| e.act), Some(Act::Unlocked));
    }
}
