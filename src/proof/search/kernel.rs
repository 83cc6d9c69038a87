//! What the kernel keeps for programs: System V memory and semaphores, POSIX queues, keys.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use super::super::canary::{Canary, Plant};
use super::super::ipc;
use super::super::result::{Findings, Place};
use super::{Patterns, Tally};

/// Counts in the IPC namespace of whoever calls; returns how many things were looked at.
pub fn ipc(canary: &Canary, patterns: &Patterns, tally: &mut Tally) -> u64 {
    let mut looked = 0;
    for (number, id) in table("shm") {
        looked += 1;
        let content = ipc::memory(id).unwrap_or_default();
        if !patterns.in_text(&content, tally) && number == canary.number() {
            tally.add(Some(Plant::SysvMemory));
        }
    }
    for (number, _) in table("sem") {
        looked += 1;
        if number == canary.number() {
            tally.add(Some(Plant::SysvSemaphore));
        }
    }
    if ipc::queue_is_there(&queue(canary)) {
        tally.add(Some(Plant::PosixQueue));
    }
    for entry in std::fs::read_dir("/dev/mqueue")
        .into_iter()
        .flatten()
        .flatten()
    {
        looked += 1;
        patterns.in_text(entry.file_name().as_encoded_bytes(), tally);
    }
    looked
}

/// The name of the planted queue.
pub fn queue(canary: &Canary) -> String {
    format!("/{}", canary.token(Plant::PosixQueue))
}

/// Numbers and ids of `/proc/sysvipc/…` (`proc(5)`): key, then permissions and id in either order
/// of the kinds.
fn table(kind: &str) -> Vec<(i32, i32)> {
    let table = std::fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
    let line = |line: &str| {
        let mut fields = line.split_ascii_whitespace();
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    table.lines().skip(1).filter_map(line).collect()
}

/// Counts in the machine's own IPC namespace and in the descriptions of keys.
pub fn machine(canary: &Canary, patterns: &Patterns, findings: &mut Findings) {
    let seen = findings.seen(Place::Ipc);
    seen.items += ipc(canary, patterns, &mut seen.tally);
    let seen = findings.seen(Place::Keys);
    // A kernel without key rings has nowhere to put one.
    let keys = std::fs::read("/proc/keys").unwrap_or_default();
    seen.items += memchr::memchr_iter(b'\n', &keys).count() as u64;
    patterns.in_text(&keys, &mut seen.tally);
}
