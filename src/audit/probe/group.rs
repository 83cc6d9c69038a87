//! Control groups of sessions. Empty or not: the wipe removes them.
#![forbid(unsafe_code)]

use super::super::{Outcome, Premises};

/// The name of a session's control group begins so.
pub const PREFIX: &str = "session-";

/// Each group counts once.
pub fn look(premises: &Premises) -> Outcome {
    let Ok(entries) = std::fs::read_dir(&premises.groups) else {
        return Outcome::Blind;
    };
    let ours = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    super::outcome(ours.count())
}
