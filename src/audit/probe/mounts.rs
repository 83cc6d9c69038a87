//! File systems that the custodian mounted for a session and that are still mounted.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::path::Path;

use super::super::{Outcome, Premises};

/// Each mount at or below the session's place counts once.
pub fn look(premises: &Premises) -> Outcome {
    match std::fs::read_to_string("/proc/thread-self/mountinfo") {
        Ok(table) => super::outcome(below(&table, &premises.session)),
        Err(_) => Outcome::Blind,
    }
}

/// `proc_pid_mountinfo(5)`: the fifth field is the mount point. Our own paths hold no character
/// that the kernel would escape.
fn below(table: &str, session: &Path) -> usize {
    table
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .filter(|point| Path::new(point).starts_with(session))
        .count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    #[test]
    fn what_lies_at_or_below_counts_and_a_like_name_does_not() {
        let line = |point| format!("78 65 0:44 / {point} rw,nosuid - tmpfs tmpfs rw\n");
        let table = ["/run/e/session", "/run/e/session/home", "/run/e/session2"].map(line);
        let session = std::path::Path::new("/run/e/session");
        assert_eq!(super::below(&table.concat(), session), 2);
        assert_eq!(super::below("nonsense", session), 0);
    }
}
