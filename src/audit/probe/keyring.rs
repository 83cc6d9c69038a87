//! Keys that appeared in the kernel during the session under our user: nobody else here makes
//! user keys, and the sandbox refuses the calls.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::BTreeSet;

use super::super::{Marks, Outcome};

/// Each new key that can carry data counts once.
pub fn look(marks: &Marks) -> Outcome {
    match (serials(), &marks.keys) {
        (Some(now), Some(before)) => super::outcome(now.difference(before).count()),
        // A kernel without key rings has nowhere to put a key.
        (None, None) => Outcome::Nothing,
        (Some(_), None) if marks.namespace.is_none() => Outcome::Nothing,
        (Some(_), None) | (None, Some(_)) => Outcome::Blind,
    }
}

/// The keys of our user that can carry data.
pub(in crate::audit) fn serials() -> Option<BTreeSet<u32>> {
    let table = std::fs::read_to_string("/proc/keys").ok()?;
    let uid = rustix::process::getuid().as_raw().to_string();
    Some(
        table
            .lines()
            .filter_map(|line| serial(line, &uid))
            .collect(),
    )
}

/// A line of `/proc/keys`: serial, flags, usage, expiry, permissions, uid, gid, type …
fn serial(line: &str, uid: &str) -> Option<u32> {
    let fields: Vec<&str> = line.split_ascii_whitespace().take(8).collect();
    let [serial, _, _, _, _, owner, _, kind] = fields.as_slice() else {
        return None;
    };
    let carries = ["user", "logon", "big_key"].contains(&kind.trim_end_matches(':'));
    (carries && *owner == uid).then(|| u32::from_str_radix(serial, 16).ok())?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::serial;

    #[test]
    fn only_keys_of_ours_that_carry_data() {
        let line = "1a2b3c4d I--Q---     1 perm 3f010000  1000  1000 user      secret: 5";
        assert_eq!(serial(line, "1000"), Some(0x1a2b_3c4d));
        assert_eq!(serial(line, "1001"), None);
        let ring = "1a2b3c4d I--Q---     1 perm 3f010000  1000  1000 keyring   _ses: 1";
        assert_eq!(serial(ring, "1000"), None);
        assert_eq!(serial("", "1000"), None);
    }
}
