//! Kernel keys of the guests' uids. `/proc/keys` shows a key only to those who may see it, not
//! even to root; the count for each uid in `/proc/key-users` hides nothing.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::ops::Range;
use std::path::Path;

use super::super::{Outcome, Premises};

/// Each key or key ring counts once.
pub fn look(premises: &Premises) -> Outcome {
    match std::fs::read_to_string("/proc/key-users") {
        Ok(table) => super::outcome(count(&table, &premises.guests)),
        // A kernel without key rings has nowhere to put a key.
        Err(_) if !Path::new("/proc/keys").exists() => Outcome::Nothing,
        Err(_) => Outcome::Blind,
    }
}

/// A line of `/proc/key-users`: `uid: usage keys/instantiated …`.
fn count(table: &str, guests: &Range<u32>) -> usize {
    let keys = |line: &str| {
        let (uid, rest) = line.split_once(':')?;
        let uid: u32 = uid.trim().parse().ok()?;
        let keys = rest.split_ascii_whitespace().nth(1)?.split('/').next()?;
        guests.contains(&uid).then(|| keys.parse::<usize>().ok())?
    };
    table.lines().filter_map(keys).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::count;

    #[test]
    fn keys_of_guests_are_counted_and_those_of_others_are_not() {
        let table = "    0:   118 117/117 72/1000000 1700/25000000\n\
                     60100:     3 3/3 3/200 61/20000\n60105:     1 1/1 1/200 9/20000\n";
        assert_eq!(count(table, &(60_100..60_110)), 4);
        assert_eq!(count(table, &(60_106..60_110)), 0);
        assert_eq!(count("nonsense: x\n:", &(0..9)), 0);
    }
}
