//! Probes → findings → verdict. Findings are closed enums and counts: never a name from the guest.
#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};

use crate::visit::{Clean, Verdict};

/// What a probe looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Probe {
    /// Processes of the session, by pid namespace and by descent.
    Processes,
    /// The session's namespaces (mount, pid, ipc, net, user) held by anyone.
    Namespaces,
    /// Files of the session outside its own file system.
    Files,
    /// The session's runtime directory and display socket.
    Runtime,
    /// Other credentials of the session.
    Keyring,
}

/// What a probe saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ran and saw nothing.
    Nothing,
    /// It saw so many.
    Found(u32),
    /// It could not look.
    Blind,
}

/// All that one audit saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Each probe once.
    pub outcomes: Vec<(Probe, Outcome)>,
}

impl Probe {
    /// Every probe that the desk form demands.
    pub const DESK: [Self; 5] = [
        Self::Processes,
        Self::Namespaces,
        Self::Files,
        Self::Runtime,
        Self::Keyring,
    ];
}

/// The verdict: clean only when every demanded probe ran and saw nothing.
pub fn verdict(report: &Report, demanded: &[Probe]) -> Verdict {
    let clean = demanded.iter().all(|probe| {
        report.outcomes.iter().any(|(p, _)| p == probe)
            && report
                .outcomes
                .iter()
                .filter(|(p, _)| p == probe)
                .all(|(_, o)| *o == Outcome::Nothing)
    }) && report
        .outcomes
        .iter()
        .all(|(_, o)| matches!(o, Outcome::Nothing));
    if clean {
        Verdict::Clean(Clean::certified())
    } else {
        Verdict::Residue
    }
}
