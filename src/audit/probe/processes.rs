//! Processes of the session: those inside its namespaces and those that descend from bwrap. At
//! boot: agents of an earlier session whose custodian is gone.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::HashMap;
use std::path::Path;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::super::{Marks, Outcome};

/// Processes and zombies count alike: both mean that the end was not seen.
pub fn look(marks: &Marks) -> Outcome {
    if super::pids().is_none() {
        return Outcome::Blind;
    }
    let Ok(mut system) = System::new() else {
        return Outcome::Blind;
    };
    system.refresh_processes_specifics(
        ProcessesToUpdate::All,
        true,
        ProcessRefreshKind::nothing()
            .with_exe(UpdateKind::Always)
            .without_tasks(),
    );
    let parents: HashMap<u32, u32> = system
        .processes()
        .iter()
        .map(|(pid, process)| {
            (
                pid.as_u32(),
                process.parent().map_or(0, sysinfo::Pid::as_u32),
            )
        })
        .collect();
    let found = system.processes().iter().filter(|(pid, process)| {
        let pid = pid.as_u32();
        inside(marks, pid)
            || descends(&parents, pid, marks.roots)
            || (process.exe() == Some(Path::new("/run/estran/estrand"))
                && orphan(&system, &parents, pid))
    });
    super::outcome(found.count())
}

fn inside(marks: &Marks, pid: u32) -> bool {
    let Some(session) = &marks.namespace else {
        return false;
    };
    ["user", "pid", "mnt"]
        .iter()
        .any(|kind| session.owns(Path::new(&format!("/proc/{pid}/ns/{kind}"))) == Some(true))
}

fn descends(parents: &HashMap<u32, u32>, pid: u32, roots: [u32; 2]) -> bool {
    ancestors(parents, pid).any(|above| above != 0 && roots.contains(&above))
}

fn ancestors(parents: &HashMap<u32, u32>, pid: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(pid), |pid| {
        parents.get(pid).copied().filter(|pid| *pid != 0)
    })
    .take(1000)
}

/// The outermost bwrap above an agent belongs to its custodian; adopted by the machine's first
/// process or a service manager, it belongs to nobody.
fn orphan(system: &System, parents: &HashMap<u32, u32>, agent: u32) -> bool {
    let name = |pid: u32| {
        system
            .process(sysinfo::Pid::from_u32(pid))
            .map(|process| process.name().to_owned())
    };
    ancestors(parents, agent)
        .skip(1)
        .find(|pid| name(*pid).is_some_and(|name| name != "bwrap"))
        .is_none_or(|above| above == 1 || name(above).is_some_and(|name| name == "systemd"))
}
