//! What a station is doing, in closed words and numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::audit::{Outcome, Report};
use crate::guardian::{Published, Shut};
use crate::visit::{Quarantine, View};

/// The big word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It looks whether anything is there, before its first welcome.
    Starting,
    /// Clean and free.
    Ready,
    /// Clean, and closed by hours or by staff.
    Closed,
    /// Somebody is there.
    Visit,
    /// It wipes or checks.
    Cleaning,
    /// It welcomes nobody until staff have looked.
    Quarantine,
}

/// Why a station is in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The audit found something, or could not look.
    Residue,
    /// The wipe failed.
    WipeFailed,
    /// The custodian is gone.
    CustodianLost,
}

/// The last wipe and its audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wiped {
    /// Every probe ran and found nothing.
    pub verified: bool,
    /// How long the wipe took; absent before the first visit.
    pub millis: Option<u32>,
    /// How many things the probes found.
    pub found: u32,
    /// How many probes could not look.
    pub blind: u32,
}

/// Where the configuration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ConfigurationState {
    /// What the files say is what counts.
    Current,
    /// An edit waits for the next welcome.
    Pending,
    /// The last edit cannot be used; the earlier configuration goes on.
    Broken {
        /// Place, mistake and remedy of each.
        findings: Vec<String>,
    },
}

/// Whether and how visits are counted for the statistics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum StatisticsState {
    /// They are, and the file can be written.
    Kept,
    /// They are, in memory alone: the last writing failed.
    InMemory,
    /// They are. An earlier file could not be read and lies beside, for somebody to look at.
    SetAside {
        /// Each such file.
        files: Vec<String>,
    },
    /// They are not: the folder could not be used at the start.
    NotKept,
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// The version of this form.
    pub version: u16,
    /// The big word.
    pub state: State,
    /// Why it is in quarantine, if it is.
    pub quarantine: Option<Reason>,
    /// Why nobody is welcomed although it is clean.
    pub closed: Option<Shut>,
    /// The last wipe; absent until an audit has ended.
    pub last_wipe: Option<Wiped>,
    /// Where the configuration stands.
    pub configuration: ConfigurationState,
    /// Whether visits are counted.
    pub statistics: StatisticsState,
    /// Staff say that others wait.
    pub others_wait: bool,
    /// Staff have a code.
    pub code_set: bool,
    /// The program's version.
    pub program: String,
}

/// The big word of what the guardian published.
#[must_use]
pub fn state_of(published: &Published) -> State {
    match published.view {
        View::Auditing { after_visit: false } => State::Starting,
        View::Auditing { after_visit: true } | View::Wiping { .. } => State::Cleaning,
        View::Welcome { .. } if published.shut.is_some() => State::Closed,
        View::Welcome { .. } => State::Ready,
        View::Notice | View::Choosing | View::Guest(_) | View::Farewell(_) => State::Visit,
        View::Quarantined(_) => State::Quarantine,
    }
}

/// The last wipe and its audit, if one has ended.
#[must_use]
pub fn wiped_of(published: &Published) -> Option<Wiped> {
    let report = published.report.as_ref()?;
    Some(wiped(report, published.wipe_millis))
}

pub(super) fn of(
    published: &Published,
    configuration: ConfigurationState,
    statistics: StatisticsState,
    code_set: bool,
) -> Status {
    let state = state_of(published);
    let quarantine = match published.view {
        View::Quarantined(Quarantine::Residue) => Some(Reason::Residue),
        View::Quarantined(Quarantine::WipeFailed) => Some(Reason::WipeFailed),
        View::Quarantined(Quarantine::CustodianLost) => Some(Reason::CustodianLost),
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Guest(_)
        | View::Farewell(_)
        | View::Wiping { .. } => None,
    };
    Status {
        version: VERSION,
        state,
        quarantine,
        closed: published.shut,
        last_wipe: wiped_of(published),
        configuration,
        statistics,
        others_wait: published.others_wait,
        code_set,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn wiped(report: &Report, millis: Option<u32>) -> Wiped {
    let mut wiped = Wiped {
        verified: !report.outcomes.is_empty(),
        millis,
        found: 0,
        blind: 0,
    };
    for (_, outcome) in &report.outcomes {
        match outcome {
            Outcome::Nothing | Outcome::Excused => {}
            Outcome::Found(count) => wiped.found = wiped.found.saturating_add(*count),
            Outcome::Blind => wiped.blind += 1,
        }
    }
    wiped.verified &= wiped.found == 0 && wiped.blind == 0;
    wiped
}
