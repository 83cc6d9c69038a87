//! Keys that appeared in the kernel during the session under our user: nobody else here makes
//! user keys but systemd, whose own are known by their form, and the sandbox refuses the calls.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::BTreeSet;

use super::super::{Marks, Outcome};
use crate::secrets::{Session, session_credential};

/// Each new key that can carry data counts once; so does a credential of a visit in the station's
/// own store, which is read back for it.
pub fn look(marks: &Marks) -> Outcome {
    match (new_keys(marks), session_credential()) {
        (keys, Session::NoEntry | Session::NoStore)
        | (keys @ Outcome::Found(_), Session::Unreadable) => keys,
        (Outcome::Found(keys), Session::Present) => Outcome::Found(keys + 1),
        (Outcome::Nothing | Outcome::Blind | Outcome::Excused, Session::Present) => {
            Outcome::Found(1)
        }
        (Outcome::Nothing | Outcome::Blind | Outcome::Excused, Session::Unreadable) => {
            Outcome::Blind
        }
    }
}

fn new_keys(marks: &Marks) -> Outcome {
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
    serials_of(rustix::process::getuid().as_raw())
}

fn serials_of(uid: u32) -> Option<BTreeSet<u32>> {
    let table = std::fs::read_to_string("/proc/keys").ok()?;
    let uid = uid.to_string();
    Some(
        table
            .lines()
            .filter_map(|line| serial(line, &uid))
            .collect(),
    )
}

/// A line of `/proc/keys`: serial, flags, usage, expiry, permissions, uid, gid, type …
fn serial(line: &str, uid: &str) -> Option<u32> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let [serial, _, _, _, rights, owner, _, kind, name @ ..] = fields.as_slice() else {
        return None;
    };
    let carries = ["user", "logon", "big_key"].contains(&kind.trim_end_matches(':'));
    let of_a_service = (*rights, *owner, *kind, name) == INVOCATION;
    (carries && *owner == uid && !of_a_service).then(|| u32::from_str_radix(serial, 16).ok())?
}

/// What systemd gives to each service of root that it starts, a timer's during a visit too: sixteen
/// random bytes under this name, which nobody may write again (systemd.exec(5), `KeyringMode=`).
const INVOCATION: (&str, &str, &str, &[&str]) =
    ("0b0b0000", "0", "user", &["invocation_id:", "16"]);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::process::Command;

    use super::{serial, serials_of};

    /// Adds a key to the user's key ring (perl, to stay without unsafe code), keeps it until its
    /// standard input ends, then takes it away again.
    const KEEP_A_KEY: &str = r#"
        if ($> == 0) { $) = $( = $ARGV[0]; $< = $> = $ARGV[0]; }
        my ($type, $name, $secret) = ("user", "estran-probe-$$", "canary");
        my $key = syscall(248, $type, $name, $secret, 6, -4);
        die "add_key: $!" if $key < 0;
        # Seen by others too: as root this test uses another user's key, because the whole machine's
        # tests look for keys of their own user at the same time.
        syscall(250, 5, $key, 0x3f3f0001) == 0 or die "setperm: $!";
        $| = 1; print "$key\n"; <STDIN>;
        syscall(250, 21, $key) == 0 or die "invalidate: $!";
    "#;

    #[test]
    #[cfg(target_arch = "x86_64")]
    #[allow(clippy::disallowed_methods)]
    fn a_real_key_is_seen_and_then_gone() {
        use std::io::{BufRead, BufReader};
        let us = rustix::process::getuid();
        let uid = if us.is_root() { 54_321 } else { us.as_raw() };
        let mut keeper = Command::new("perl")
            .args(["-e", KEEP_A_KEY, &uid.to_string()])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let key: u32 = line.trim().parse().unwrap();
        assert!(serials_of(uid).unwrap().contains(&key), "positive control");
        drop(keeper.stdin.take());
        assert!(keeper.wait().unwrap().success());
        // The kernel's collector takes an invalidated key out of the list a little later.
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while serials_of(uid).unwrap().contains(&key) {
            assert!(std::time::Instant::now() < until);
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    #[test]
    fn only_keys_of_ours_that_carry_data() {
        let line = "1a2b3c4d I--Q---     1 perm 3f010000  1000  1000 user      secret: 5";
        assert_eq!(serial(line, "1000"), Some(0x1a2b_3c4d));
        assert_eq!(serial(line, "1001"), None);
        let ring = "1a2b3c4d I--Q---     1 perm 3f010000  1000  1000 keyring   _ses: 1";
        assert_eq!(serial(ring, "1000"), None);
        assert_eq!(serial("", "1000"), None);
    }

    #[test]
    fn a_service_that_starts_during_a_visit_is_no_residue() {
        let service =
            "014d228b I--Q---     1 perm 0b0b0000     0     0 user      invocation_id: 16";
        assert_eq!(serial(service, "0"), None);
        for (part, other) in [
            ("invocation_id", "invocation_ie"),
            (": 16", ": 17"),
            ("0b0b0000", "3f3f0000"),
            ("user ", "logon "),
        ] {
            let line = service.replace(part, other);
            assert_eq!(serial(&line, "0"), Some(0x014d_228b), "{line}");
        }
        let guest = service.replace("    0     0", "60100 60100");
        assert_eq!(serial(&guest, "60100"), Some(0x014d_228b));
    }
}
