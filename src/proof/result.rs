//! What a proof says: each plant with what was seen before and found after, each place with how
//! much of it was looked at.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::canary::Plant;
use super::search::Tally;
use crate::audit::{self, Probe, Report};
use crate::receipt::{Form, HalfDay};
use crate::visit;

/// The form of the JSON.
pub const VERSION: u16 = 1;

/// Where a search looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Files on disks.
    Files,
    /// Files in memory that the machine shows: /tmp, /dev/shm, /run and the like.
    RamFiles,
    /// Logs.
    Logs,
    /// Print queues and mail.
    Spool,
    /// What processes were started with.
    Processes,
    /// Memory of processes.
    Memory,
    /// Deleted files that a process still holds open.
    OpenFiles,
    /// System V memory and semaphores, POSIX queues.
    Ipc,
    /// Key rings of the kernel.
    Keys,
    /// A disk or its image, byte by byte.
    Disk,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 10] = [
        Self::Files,
        Self::RamFiles,
        Self::Logs,
        Self::Spool,
        Self::Processes,
        Self::Memory,
        Self::OpenFiles,
        Self::Ipc,
        Self::Keys,
        Self::Disk,
    ];
}

/// What a search saw of one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files, processes or other things that were read.
    pub items: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Things that this user may not read.
    pub refused: u64,
    /// What was found.
    pub tally: Tally,
}

impl Seen {
    /// One more thing was read.
    pub const fn looked(&mut self, bytes: u64) {
        self.items += 1;
        self.bytes += bytes;
    }

    /// One could not be; what is gone is no fault.
    pub fn refused(&mut self, error: &io::Error) {
        let gone =
            error.kind() == io::ErrorKind::NotFound || error.raw_os_error() == Some(libc::ESRCH);
        self.refused += u64::from(!gone);
    }
}

/// What a whole search saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(BTreeMap<Place, Seen>);

impl Findings {
    /// Of one place; looked at from now on.
    pub fn seen(&mut self, place: Place) -> &mut Seen {
        self.0.entry(place).or_default()
    }

    /// Of every place that was looked at.
    pub fn all(&self) -> impl Iterator<Item = (Place, &Seen)> {
        self.0.iter().map(|(place, seen)| (*place, seen))
    }

    /// Everything that another search saw.
    pub fn merge(&mut self, other: &Self) {
        for (place, seen) in &other.0 {
            let all = self.seen(*place);
            all.items += seen.items;
            all.bytes += seen.bytes;
            all.refused += seen.refused;
            all.tally.merge(&seen.tally);
        }
    }

    /// Without what a process of ours knows by itself: of its `place`, this plant alone; its open
    /// files stay.
    pub(super) fn only(mut self, plant: Plant, place: Place) -> Self {
        self.0.remove(&Place::Processes);
        let seen = self.seen(place);
        seen.tally = seen.tally.only(plant);
        self
    }

    /// How often a plant was found where it is to be seen before the wipe.
    fn expected(&self, plant: Plant) -> u64 {
        let found = |place: &Place| self.0.get(place).map(|seen| seen.tally.of(Some(plant)));
        expected(plant).iter().filter_map(found).sum()
    }

    /// Everything that was found, wherever.
    pub fn tally(&self) -> Tally {
        let mut all = Tally::default();
        for seen in self.0.values() {
            all.merge(&seen.tally);
        }
        all
    }
}

/// What the planter says of one plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Planted {
    /// It is there, and must be seen by the search before the wipe.
    Planted,
    /// The sandbox or the browser's policy does not allow it: nothing can be left there.
    Refused,
    /// Not possible here: without a display, or without a print service.
    Impossible,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where it was planted.
    pub plant: Plant,
    /// Whether it was.
    pub planted: Planted,
    /// How often the search found it before the wipe.
    pub before: u64,
    /// How often after.
    pub after: u64,
}

/// One place that was searched after the wipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// Which.
    pub place: Place,
    /// How many things were read there.
    pub items: u64,
    /// How many bytes.
    pub bytes: u64,
    /// How many things this user may not read.
    pub refused: u64,
    /// How often any plant was found there.
    pub found: u64,
}

/// What a proof is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every plant was seen before, none is left, and the audit is clean.
    Clean,
    /// Something is left, or the audit is not clean.
    Residue,
    /// A plant was never seen: that it is not found afterwards says nothing.
    Unproven,
}

/// A whole proof. It names no person, no file and no page; its time is a half-day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// [`VERSION`].
    pub version: u16,
    /// Of the program.
    pub software: String,
    /// When.
    pub when: HalfDay,
    /// Which form of the station.
    pub form: Form,
    /// It was made by root: nothing of the machine was refused to the search.
    pub root: bool,
    /// "firefox", "chromium", or "program".
    pub guest: String,
    /// What was planted.
    pub rows: Vec<Row>,
    /// Where it was looked for.
    pub searched: Vec<Searched>,
    /// Found after the wipe without a mark of a plant.
    pub unmarked: u64,
    /// Searches that left out compressed data, because there was too much of it.
    pub clipped: u64,
    /// Milliseconds from the order to the end of the wipe; `None` when the wipe failed.
    pub wipe_millis: Option<u32>,
    /// The audit after the wipe.
    pub audit: Report,
    /// The kernel clears memory when it is freed.
    pub init_on_free: bool,
}

impl Proof {
    /// What it is worth.
    pub fn verdict(&self) -> Verdict {
        let clean = matches!(
            audit::verdict(&self.audit, demanded(self.form)),
            visit::Verdict::Clean(_)
        );
        let found = self.searched.iter().any(|searched| searched.found > 0);
        let left = self.rows.iter().any(|row| row.after > 0) || self.unmarked > 0 || found;
        let planted = |row: &&Row| row.planted == Planted::Planted;
        let mut planted = self.rows.iter().filter(planted).peekable();
        if !clean || left || self.wipe_millis.is_none() {
            Verdict::Residue
        } else if planted.peek().is_none() || planted.any(|row| row.before == 0) {
            Verdict::Unproven
        } else {
            Verdict::Clean
        }
    }
}

/// Where a plant must be seen before the wipe: elsewhere it may be the planter's own knowledge.
const fn expected(plant: Plant) -> &'static [Place] {
    match plant {
        // A browser writes much of it later: until then it is in its memory.
        Plant::Address
        | Plant::Title
        | Plant::Cookie
        | Plant::LocalStorage
        | Plant::SessionStorage
        | Plant::IndexedDb
        | Plant::CacheStorage
        | Plant::ServiceWorker
        | Plant::CompressedPage
        | Plant::FormText
        | Plant::BasicAuth
        | Plant::Password
        | Plant::Clipboard
        | Plant::Upload => &[Place::RamFiles, Place::Memory],
        Plant::Download
        | Plant::PdfPrint
        | Plant::HomeFile
        | Plant::Tmp
        | Plant::VarTmp
        | Plant::SharedMemoryFile
        | Plant::RuntimeFile
        | Plant::RecentFiles => &[Place::RamFiles],
        Plant::PrintJob => &[Place::Spool],
        Plant::SysvMemory | Plant::SysvSemaphore | Plant::PosixQueue => &[Place::Ipc],
        Plant::KernelKey => &[Place::Keys],
        Plant::SystemLog => &[Place::Logs],
        Plant::LingeringProcess => &[Place::Memory],
        Plant::UnlinkedFile => &[Place::OpenFiles],
        Plant::Program => &Place::ALL,
    }
}

/// What the audit of a form must have looked at.
const fn demanded(form: Form) -> &'static [Probe] {
    match form {
        Form::Desk => &Probe::DESK,
        Form::Station => &Probe::STATION,
    }
}

/// The table's lines from what was planted and what was seen.
pub(super) fn rows(
    planted: &BTreeMap<Plant, Planted>,
    before: &Findings,
    after: &Tally,
) -> Vec<Row> {
    Plant::ALL
        .into_iter()
        .filter_map(|plant| {
            let row = Row {
                plant,
                planted: *planted.get(&plant)?,
                before: before.expected(plant),
                after: after.of(Some(plant)),
            };
            Some(row)
        })
        .collect()
}

/// One line for each place that was searched.
pub(super) fn searched(findings: &Findings) -> Vec<Searched> {
    findings
        .all()
        .map(|(place, seen)| Searched {
            place,
            items: seen.items,
            bytes: seen.bytes,
            refused: seen.refused,
            found: seen.tally.total(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use crate::audit::Outcome;

    fn proof() -> Proof {
        Proof {
            version: VERSION,
            software: "0".into(),
            when: HalfDay::from_text("2026-11-25 matin").unwrap(),
            form: Form::Desk,
            root: false,
            guest: "firefox".into(),
            rows: vec![Row {
                plant: Plant::Cookie,
                planted: Planted::Planted,
                before: 3,
                after: 0,
            }],
            searched: Vec::new(),
            unmarked: 0,
            clipped: 0,
            wipe_millis: Some(100),
            audit: Report {
                outcomes: Probe::DESK.map(|probe| (probe, Outcome::Nothing)).into(),
            },
            init_on_free: false,
        }
    }

    #[test]
    fn only_a_proof_that_saw_before_and_finds_nothing_after_is_clean() {
        assert_eq!(proof().verdict(), Verdict::Clean);
        let change = |change: fn(&mut Proof)| {
            let mut proof = proof();
            change(&mut proof);
            proof.verdict()
        };
        assert_eq!(change(|p| p.rows[0].after = 1), Verdict::Residue);
        assert_eq!(change(|p| p.rows[0].before = 0), Verdict::Unproven);
        assert_eq!(
            change(|p| p.rows[0].planted = Planted::Refused),
            Verdict::Unproven
        );
        assert_eq!(change(|p| p.rows.clear()), Verdict::Unproven);
        assert_eq!(change(|p| p.unmarked = 1), Verdict::Residue);
        assert_eq!(change(|p| p.wipe_millis = None), Verdict::Residue);
        assert_eq!(
            change(|p| p.audit.outcomes[2].1 = Outcome::Blind),
            Verdict::Residue
        );
        assert_eq!(change(|p| p.audit.outcomes.truncate(1)), Verdict::Residue);
    }
}
