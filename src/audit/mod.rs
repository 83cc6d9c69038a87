//! Probes → findings → verdict. Findings are closed enums and counts: never a name from the guest.

mod marks;
mod namespace;
mod premises;
mod probe;
mod words;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use marks::{Marks, OuterMarks, mounts_now};
pub use premises::{Limits, Places, Premises};
pub use probe::group::PREFIX as GROUP_PREFIX;
pub use probe::machine::{core_pattern, swap};
pub use probe::network::TOKEN as NETWORK_TOKEN;
pub use probe::processes::left as left_sandboxes;
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
    /// Station: the session's control group, which must be empty and removed.
    Group,
    /// Station: file systems that the custodian itself mounted for the session.
    Mounts,
    /// Station: processes that run under any uid of the guests.
    Guests,
    /// Station: kernel keys of any uid of the guests.
    Keys,
    /// Station: System V shared memory, semaphores and queues of any uid of the guests.
    SharedMemory,
    /// Station: POSIX message queues of any uid of the guests.
    Queues,
    /// Station: files of any uid of the guests where the machine keeps files.
    Traces,
    /// Station: crash reports written since the session began.
    Crashes,
    /// Station: print jobs, their history and their page log.
    Spool,
    /// Station: the session's network namespace, held by anyone.
    Network,
    /// Station: the names that a session asks for go through a cache of this machine.
    Resolver,
    /// Station: swap that is neither off nor encrypted.
    Swap,
    /// Station: core dumps that would leave the session.
    CorePattern,
    /// Station: freed memory is cleared, as the house declares.
    FreedMemory,
    /// Station: the kernel does not bound a session's memory and processes.
    Limits,
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
    /// The kernel lacks what it asks for, and the house has declared a machine for trials: no
    /// residue, and not nothing either. Only [`Probe::Limits`] knows this.
    Excused,
}

/// All that one audit saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Each probe once.
    pub outcomes: Vec<(Probe, Outcome)>,
}

impl Outcome {
    /// The one of two looks that weighs more.
    const fn worst(self, other: Self) -> Self {
        match (self, other) {
            (Self::Found(a), Self::Found(b)) => Self::Found(if a > b { a } else { b }),
            (Self::Found(n), _) | (_, Self::Found(n)) => Self::Found(n),
            (Self::Blind, _) | (_, Self::Blind) => Self::Blind,
            (Self::Excused, _) | (_, Self::Excused) => Self::Excused,
            (Self::Nothing, Self::Nothing) => Self::Nothing,
        }
    }
}

impl Report {
    /// Of two looks of the same probes, for each the outcome that weighs more.
    #[must_use]
    pub fn worst(mut self, other: Self) -> Self {
        for (probe, outcome) in other.outcomes {
            match self.outcomes.iter_mut().find(|(known, _)| *known == probe) {
                Some((_, seen)) => *seen = seen.worst(outcome),
                None => self.outcomes.push((probe, outcome)),
            }
        }
        self
    }
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

    /// Every probe that the station form demands.
    pub const STATION: [Self; 22] = [
        Self::Processes,
        Self::Namespaces,
        Self::Files,
        Self::HeldFiles,
        Self::Runtime,
        Self::Keyring,
        Self::Print,
        Self::Group,
        Self::Mounts,
        Self::Guests,
        Self::Keys,
        Self::SharedMemory,
        Self::Queues,
        Self::Traces,
        Self::Crashes,
        Self::Spool,
        Self::Network,
        Self::Resolver,
        Self::Swap,
        Self::CorePattern,
        Self::FreedMemory,
        Self::Limits,
    ];
}

/// Looks everywhere once, as the desk form can. `runtime` is the directory that holds the
/// front-ends' own directories.
pub fn look(marks: &Marks, runtime: &Path) -> Report {
    all(&Probe::DESK, marks, runtime, None)
}

/// Looks everywhere once, as root.
pub fn look_station(marks: &Marks, runtime: &Path, premises: &Premises) -> Report {
    all(&Probe::STATION, marks, runtime, Some(premises))
}

fn all(probes: &[Probe], marks: &Marks, runtime: &Path, premises: Option<&Premises>) -> Report {
    let seen = Seen::now(marks);
    let outcomes = probes
        .iter()
        .map(|probe| (*probe, one(*probe, marks, &seen, runtime, premises)))
        .collect();
    Report { outcomes }
}

/// What the processes of the machine show, of the visit and of its print service: read once for
/// both, because there are many.
struct Seen {
    processes: Outcome,
    namespaces: Outcome,
    held: Outcome,
    printer: [Outcome; 3],
}

impl Seen {
    fn now(marks: &Marks) -> Self {
        if let Some(printer) = marks.printer() {
            let both = [marks, printer];
            let [processes, of_printer] = probe::processes::look(both);
            let [namespaces, kept] = probe::namespaces::look(both);
            let [held, open] = probe::held::look(both);
            return Self {
                processes,
                namespaces,
                held,
                printer: [of_printer, kept, open],
            };
        }
        let [processes] = probe::processes::look([marks]);
        let [namespaces] = probe::namespaces::look([marks]);
        let [held] = probe::held::look([marks]);
        Self {
            processes,
            namespaces,
            held,
            printer: [Outcome::Nothing; 3],
        }
    }
}

fn one(
    probe: Probe,
    marks: &Marks,
    seen: &Seen,
    runtime: &Path,
    premises: Option<&Premises>,
) -> Outcome {
    let on = |look: fn(&Premises) -> Outcome| premises.map_or(Outcome::Blind, look);
    match probe {
        Probe::Processes => seen.processes,
        Probe::Namespaces => seen.namespaces,
        Probe::Files => probe::files::look(marks),
        Probe::HeldFiles => seen.held,
        Probe::Runtime => probe::runtime::look(runtime),
        Probe::Keyring => probe::keyring::look(marks),
        Probe::Print => probe::print::look(marks, seen.printer),
        Probe::Group => on(probe::group::look),
        Probe::Mounts => on(probe::mounts::look),
        Probe::Guests => on(probe::guests::look),
        Probe::Keys => on(probe::keys::look),
        Probe::SharedMemory => on(probe::ipc::shared),
        Probe::Queues => on(probe::ipc::queues),
        Probe::Traces => on(probe::traces::look),
        Probe::Crashes => premises.map_or(Outcome::Blind, |p| probe::crashes::look(marks, p)),
        Probe::Spool => on(probe::spool::look),
        Probe::Network => probe::network::look(marks),
        Probe::Resolver => on(|p| probe::outcome(usize::from(p.caching_resolver))),
        Probe::Swap => probe::machine::swap(),
        Probe::CorePattern => probe::machine::core_pattern(),
        Probe::FreedMemory => on(probe::machine::freed_memory),
        Probe::Limits => on(probe::machine::limits),
    }
}

/// The verdict: clean only when every demanded probe ran and saw nothing.
pub fn verdict(report: &Report, demanded: &[Probe]) -> Verdict {
    let outcomes = &report.outcomes;
    let ran = |probe: &Probe| outcomes.iter().any(|(p, _)| p == probe);
    let clean = demanded.iter().all(ran)
        && outcomes.iter().all(|(probe, outcome)| match outcome {
            Outcome::Nothing => true,
            Outcome::Excused => *probe == Probe::Limits,
            Outcome::Found(_) | Outcome::Blind => false,
        });
    if clean {
        Verdict::Clean(Clean::certified())
    } else {
        Verdict::Residue
    }
}

#[cfg(test)]
mod tests {
    #![allow(missing_docs)]

    use super::*;

    #[test]
    fn of_two_looks_the_one_that_weighs_more_stays() {
        let look = |processes, files| Report {
            outcomes: vec![(Probe::Processes, processes), (Probe::Files, files)],
        };
        let first = look(Outcome::Found(2), Outcome::Nothing);
        let second = look(Outcome::Nothing, Outcome::Blind);
        let both = look(Outcome::Found(2), Outcome::Blind);
        assert_eq!(first.clone().worst(second.clone()), both);
        assert_eq!(second.worst(first), both);
        let clean = look(Outcome::Nothing, Outcome::Nothing);
        assert_eq!(clean.clone().worst(clean.clone()), clean);
    }
}
