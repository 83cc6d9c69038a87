//! Processes of any guest: whoever runs under a uid that only guests take.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::ops::Range;

use super::super::{Outcome, Premises};

/// Each process that is no zombie counts once: a zombie holds nothing but its number.
pub fn look(premises: &Premises) -> Outcome {
    let Some(pids) = super::pids() else {
        return Outcome::Blind;
    };
    let living = pids.into_iter().filter(|pid| {
        std::fs::read_to_string(format!("/proc/{pid}/status"))
            .is_ok_and(|status| belongs(&status, &premises.guests))
    });
    super::outcome(living.count())
}

/// Real, effective, saved and file system uid: any of them is enough.
fn belongs(status: &str, guests: &Range<u32>) -> bool {
    let field = |name| status.lines().find_map(|line| line.strip_prefix(name));
    let zombie = field("State:").is_some_and(|state| state.trim_start().starts_with(['Z', 'X']));
    !zombie
        && field("Uid:").is_some_and(|uids| {
            uids.split_ascii_whitespace()
                .filter_map(|uid| uid.parse().ok())
                .any(|uid: u32| guests.contains(&uid))
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::belongs;

    #[test]
    fn any_of_the_four_uids_is_enough_and_a_zombie_is_none() {
        let status =
            |state, uids| format!("Name:\tcat\nState:\t{state} (x)\nUid:\t{uids}\nGid:\t0\n");
        for uids in ["60100\t0\t0\t0", "0\t60109\t0\t0", "0\t0\t0\t60100"] {
            assert!(belongs(&status("S", uids), &(60_100..60_110)), "{uids}");
        }
        assert!(!belongs(&status("S", "60110\t0\t0\t0"), &(60_100..60_110)));
        assert!(!belongs(&status("Z", "60100\t0\t0\t0"), &(60_100..60_110)));
        assert!(!belongs("", &(60_100..60_110)));
    }
}
