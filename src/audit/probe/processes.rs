//! Processes of the session: those inside its namespaces and those that descend from bwrap. At
//! boot: agents of an earlier session whose custodian is gone.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::HashMap;
use std::path::Path;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::super::{Marks, Outcome};

/// Our agent, as the sandbox sees it.
const AGENT: &str = "/run/estran/estrand";

/// What is left of each session, in one look at the machine. Processes and zombies count alike: both
/// mean that the end was not seen.
pub fn look<const N: usize>(sessions: [&Marks; N]) -> [Outcome; N] {
    let Some(table) = Table::now() else {
        return [Outcome::Blind; N];
    };
    sessions.map(|marks| {
        let found = table.system.processes().keys().filter(|pid| {
            let pid = pid.as_u32();
            inside(marks, pid) || table.descends(pid, marks.roots) || table.is_left(pid)
        });
        super::outcome(found.count())
    })
}

/// Sandboxes of ours, and agents in them, whose custodian is gone. `None` when the machine does not
/// tell.
pub fn left() -> Option<Vec<u32>> {
    let table = Table::now()?;
    let pids = table.system.processes().keys().map(|pid| pid.as_u32());
    Some(pids.filter(|pid| table.is_left(*pid)).collect())
}

/// Every process of the machine at one moment, and its parent.
struct Table {
    system: System,
    parents: HashMap<u32, u32>,
}

impl Table {
    fn now() -> Option<Self> {
        super::pids()?;
        let mut system = System::new().ok()?;
        system.refresh_processes_specifics(
            ProcessesToUpdate::All,
            true,
            ProcessRefreshKind::nothing()
                .with_exe(UpdateKind::Always)
                .without_tasks(),
        );
        let parent = |process: &sysinfo::Process| process.parent().map_or(0, sysinfo::Pid::as_u32);
        let parents = system
            .processes()
            .iter()
            .map(|(pid, process)| (pid.as_u32(), parent(process)))
            .collect();
        Some(Self { system, parents })
    }

    fn descends(&self, pid: u32, roots: [u32; 2]) -> bool {
        self.ancestors(pid)
            .any(|above| above != 0 && roots.contains(&above))
    }

    fn ancestors(&self, pid: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(pid), |pid| {
            self.parents.get(pid).copied().filter(|pid| *pid != 0)
        })
        .take(1000)
    }

    fn is_left(&self, pid: u32) -> bool {
        let process = self.system.process(sysinfo::Pid::from_u32(pid));
        let agent = process.is_some_and(|process| process.exe() == Some(Path::new(AGENT)));
        (agent || is_sandbox(pid)) && self.is_orphan(pid)
    }

    /// The outermost bwrap above belongs to its custodian; adopted by the machine's first process
    /// or a service manager, it belongs to nobody.
    fn is_orphan(&self, pid: u32) -> bool {
        let name = |pid: u32| {
            let process = self.system.process(sysinfo::Pid::from_u32(pid));
            process.map(|process| process.name().to_owned())
        };
        self.ancestors(pid)
            .skip(1)
            .find(|pid| name(*pid).is_some_and(|name| name != "bwrap"))
            .is_none_or(|above| {
                (above == 1 && std::process::id() != 1)
                    || name(above).is_some_and(|name| name == "systemd")
            })
    }
}

/// A sandbox of ours, also one that has no program in it yet. Unlike the file of a program,
/// everybody may read what it was started with.
fn is_sandbox(pid: u32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|words| is_ours(&words))
}

/// How the custodian starts bwrap, for a visit and for its print service.
fn is_ours(words: &[u8]) -> bool {
    words.starts_with(b"/usr/bin/bwrap\0--args\x003\0--seccomp\x004\0--info-fd\x005\0--\0")
}

fn inside(marks: &Marks, pid: u32) -> bool {
    let Some(session) = &marks.namespace else {
        return false;
    };
    ["user", "pid", "mnt"]
        .iter()
        .any(|kind| session.owns(Path::new(&format!("/proc/{pid}/ns/{kind}"))) == Some(true))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::is_ours;

    #[test]
    fn a_sandbox_of_ours_is_known_by_how_it_was_started() {
        let start = "/usr/bin/bwrap\0--args\x003\0--seccomp\x004\0--info-fd\x005\0--\0";
        for what in ["/run/estran/estrand\0agent\0", "/run/cupsd\0-f\0"] {
            assert!(is_ours(format!("{start}{what}").as_bytes()));
        }
        for other in [
            "",
            "/usr/bin/bwrap\0--args\x0040\0--\0somebody-else\0",
            "/run/estran/estrand\0agent\0",
            "grep\0/usr/bin/bwrap --args 3 --seccomp 4 --info-fd 5 --\0",
        ] {
            assert!(!is_ours(other.as_bytes()), "{other:?}");
        }
    }
}
