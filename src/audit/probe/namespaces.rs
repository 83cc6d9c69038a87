//! Namespaces of the session that someone still lives in or holds open. An inter-process
//! communication namespace that is gone takes shared memory, semaphores and queues with it.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::{Marks, Outcome};

/// Those of each session, in one look at the machine. Each namespace that is found counts once.
pub fn look<const N: usize>(sessions: [&Marks; N]) -> [Outcome; N] {
    let owners = sessions.map(|marks| marks.namespace.as_ref());
    if owners.iter().all(Option::is_none) {
        return [Outcome::Nothing; N];
    }
    let Some(pids) = super::pids() else {
        return [Outcome::Blind; N];
    };
    let mut seen = BTreeSet::new();
    let mut found = [0; N];
    for pid in pids {
        for (link, path) in lived_in(pid).into_iter().chain(held_open(pid)) {
            if !seen.insert(link) {
                continue;
            }
            for (owner, found) in owners.iter().zip(&mut found) {
                let owned = owner.is_some_and(|owner| owner.owns(&path) == Some(true));
                *found += usize::from(owned);
            }
        }
    }
    found.map(super::outcome)
}

fn lived_in(pid: u32) -> Vec<(PathBuf, PathBuf)> {
    links(Path::new(&format!("/proc/{pid}/ns")))
}

/// A file descriptor keeps a namespace alive without any process in it. User namespaces hold no
/// data and are left out: the custodian itself keeps one as the session's mark.
fn held_open(pid: u32) -> Vec<(PathBuf, PathBuf)> {
    links(Path::new(&format!("/proc/{pid}/fd")))
        .into_iter()
        .filter(|(link, _)| {
            let link = link.to_string_lossy();
            ["mnt:[", "ipc:[", "pid:[", "net:["]
                .iter()
                .any(|kind| link.starts_with(kind))
        })
        .collect()
}

fn links(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| Some((std::fs::read_link(entry.path()).ok()?, entry.path())))
        .collect()
}
