//! Facts of the machine that must hold whatever a session did.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::path::Path;

use sysinfo::{MemoryRefreshKind, System};

use super::super::{Limits, Outcome, Premises};

/// Each swap area that is neither in memory nor encrypted counts once.
pub fn swap() -> Outcome {
    let Ok(mut system) = System::new() else {
        return Outcome::Blind;
    };
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_swap());
    match std::fs::read_to_string("/proc/swaps") {
        Ok(table) => {
            let areas: Vec<&str> = areas(&table).collect();
            if areas.is_empty() && system.total_swap() > 0 {
                return Outcome::Blind;
            }
            super::outcome(readable(&areas))
        }
        // A kernel without swap.
        Err(_) if system.total_swap() == 0 => Outcome::Nothing,
        Err(_) => Outcome::Blind,
    }
}

/// Areas from which a thief of the disk reads memory.
fn readable(areas: &[&str]) -> usize {
    areas.iter().filter(|area| !harmless(area)).count()
}

/// The first line is the head of the table.
fn areas(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_ascii_whitespace().next())
}

/// Encrypted by the device mapper, or compressed memory without a disk behind it.
fn harmless(area: &str) -> bool {
    let Ok(real) = std::fs::canonicalize(area) else {
        return false;
    };
    let Some(name) = real.strip_prefix("/dev").ok().and_then(Path::to_str) else {
        return false;
    };
    let about = |file: &str| std::fs::read_to_string(format!("/sys/block/{name}/{file}"));
    about("dm/uuid").is_ok_and(|uuid| uuid.starts_with("CRYPT-"))
        || (name.starts_with("zram")
            && about("backing_dev").map_or(true, |behind| behind.trim() == "none"))
}

/// Core dumps that leave the crashed program's own folder: to a path, a pipe or a socket.
pub fn core_pattern() -> Outcome {
    match std::fs::read_to_string("/proc/sys/kernel/core_pattern") {
        Ok(pattern) => super::outcome(usize::from(!stays(pattern.trim_end()))),
        Err(_) => Outcome::Blind,
    }
}

fn stays(pattern: &str) -> bool {
    let nowhere = [
        "|/bin/false",
        "|/usr/bin/false",
        "|/bin/true",
        "|/usr/bin/true",
    ];
    nowhere.contains(&pattern) || !(pattern.contains('/') || pattern.starts_with(['|', '@']))
}

/// A house that declares cleared memory must have it.
pub fn freed_memory(premises: &Premises) -> Outcome {
    if !premises.memory_cleared {
        return Outcome::Nothing;
    }
    match std::fs::read_to_string("/proc/cmdline") {
        Ok(line) => super::outcome(usize::from(!cleared(&line))),
        Err(_) => Outcome::Blind,
    }
}

/// The kernel believes the last word.
fn cleared(line: &str) -> bool {
    line.split_ascii_whitespace()
        .filter_map(|word| word.strip_prefix("init_on_free="))
        .next_back()
        .is_some_and(|value| ["1", "y", "on"].contains(&value))
}

/// A session that the kernel does not bound is a finding, unless the house excuses it.
pub fn limits(premises: &Premises) -> Outcome {
    match premises.limits {
        Limits::Whole => Outcome::Nothing,
        Limits::Excused => Outcome::Excused,
        Limits::Absent => Outcome::Found(1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_plain_disk_is_no_place_for_memory() {
        let table = "Filename\tType\tSize\tUsed\tPriority\n/dev/sda2 partition 975868 0 -2\n";
        let found: Vec<&str> = areas(table).collect();
        assert_eq!(found, ["/dev/sda2"]);
        assert_eq!(readable(&found), 1);
        assert_eq!(areas("Filename Type\n").count(), 0);
        assert!(!harmless("/dev/null"));
        assert!(!harmless("/nonexistent"));
    }

    #[test]
    fn core_dumps_stay_with_the_program_or_go_nowhere() {
        for pattern in ["core", "core.%p", "", "|/bin/false"] {
            assert!(stays(pattern), "{pattern:?}");
        }
        for pattern in [
            "|/usr/lib/systemd/systemd-coredump %P",
            "/var/crash/core",
            "|/bin/false-not",
            "@@/run/coredump.socket",
            "@coredump",
            "../core",
        ] {
            assert!(!stays(pattern), "{pattern:?}");
        }
    }

    #[test]
    fn the_kernels_last_word_counts() {
        assert!(cleared("quiet init_on_free=1 ro"));
        assert!(!cleared("quiet ro"));
        assert!(!cleared("init_on_free=1 init_on_free=0"));
        assert!(!cleared("xinit_on_free=1"));
    }
}
