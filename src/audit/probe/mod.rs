//! The probes. Each looks at one kind of place and answers with a number, never with a name.
#![forbid(unsafe_code)]

pub mod crashes;
pub mod files;
pub mod group;
pub mod guests;
pub mod held;
pub mod ipc;
pub mod keyring;
pub mod keys;
pub mod machine;
pub mod mounts;
pub mod namespaces;
pub mod network;
pub mod print;
pub mod processes;
pub mod runtime;
pub mod spool;
pub mod traces;

use super::Outcome;

/// The numeric entries of /proc. `None` when there is no /proc to look at.
pub(super) fn pids() -> Option<Vec<u32>> {
    let entries = std::fs::read_dir("/proc").ok()?;
    let pids: Vec<u32> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    // We ourselves must be among them, or the view is not the machine's.
    pids.contains(&std::process::id()).then_some(pids)
}

/// A count as an outcome.
pub(super) fn outcome(count: usize) -> Outcome {
    match u32::try_from(count).unwrap_or(u32::MAX) {
        0 => Outcome::Nothing,
        count => Outcome::Found(count),
    }
}
