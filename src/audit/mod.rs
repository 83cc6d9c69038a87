//! Probes → findings → verdict. Findings are closed enums and counts: never a name from the guest.

mod marks;
mod namespace;
mod probe;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use marks::Marks;
pub use probe::runtime::{PREFIX as RUNTIME_PREFIX, stale as stale_runtimes};

use crate::visit::{Clean, Verdict};

/// What a probe looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Probe {
    /// Processes of the session, by pid namespace and by descent.
    Processes,
    /// The session's namespaces (mount, pid, ipc, net, user) held by anyone.
    Namespaces,
    /// File systems of the session where the machine can see them.
    Files,
    /// Files of the session that someone outside still holds open or mapped.
    HeldFiles,
    /// The session's runtime directory and display socket.
    Runtime,
    /// Other credentials of the session.
    Keyring,
    /// The visit's print service, and the machine's, which a visit must not have used.
    Print,
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
    pub const DESK: [Self; 7] = [
        Self::Processes,
        Self::Namespaces,
        Self::Files,
        Self::HeldFiles,
        Self::Runtime,
        Self::Keyring,
        Self::Print,
    ];
}

/// Looks everywhere once. `runtime` is the directory that holds the front-ends' own directories.
pub fn look(marks: &Marks, runtime: &Path) -> Report {
    let outcomes = Probe::DESK
        .into_iter()
        .map(|probe| {
            let outcome = match probe {
                Probe::Processes => probe::processes::look(marks),
                Probe::Namespaces => probe::namespaces::look(marks),
                Probe::Files => probe::files::look(marks),
                Probe::HeldFiles => probe::held::look(marks),
                Probe::Runtime => probe::runtime::look(runtime),
                Probe::Keyring => probe::keyring::look(marks),
                Probe::Print => probe::print::look(marks),
            };
            (probe, outcome)
        })
        .collect();
    Report { outcomes }
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
