//! Files of the session that someone outside still holds open or mapped: their pages would
//! outlive the session.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;

use super::super::{Marks, Outcome, marks};

/// Those of each session, in one look at the machine. Each process that holds something counts once.
pub fn look<const N: usize>(sessions: [&Marks; N]) -> [Outcome; N] {
    let Some(pids) = super::pids() else {
        return [Outcome::Blind; N];
    };
    let devices = sessions.map(|marks| -> BTreeSet<&str> {
        let devices = marks.mounts.iter();
        devices.map(|(device, _)| device.as_str()).collect()
    });
    if devices.iter().all(BTreeSet::is_empty) {
        return [Outcome::Nothing; N];
    }
    let mut holders = [0; N];
    for pid in pids {
        let all: BTreeSet<String> = open(pid).chain(mapped(pid)).collect();
        for (devices, holders) in devices.iter().zip(&mut holders) {
            *holders += usize::from(holds(pid, &all, devices));
        }
    }
    holders.map(super::outcome)
}

fn holds(pid: u32, all: &BTreeSet<String>, devices: &BTreeSet<&str>) -> bool {
    let held = || {
        all.iter()
            .filter(|device| devices.contains(device.as_str()))
    };
    if held().next().is_none() {
        return false;
    }
    // Device numbers are reused: a process that sees this device mounted has a newer file system
    // under the same number. The session's own mounts are what the other probes look for.
    let visible = marks::mounts(&pid.to_string()).unwrap_or_default();
    !held().all(|device| visible.iter().any(|(seen, _)| seen == device))
}

fn open(pid: u32) -> impl Iterator<Item = String> {
    std::fs::read_dir(format!("/proc/{pid}/fd"))
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| std::fs::metadata(entry.path()).ok())
        .map(|about| {
            let device = about.dev();
            format!(
                "{}:{}",
                rustix::fs::major(device),
                rustix::fs::minor(device)
            )
        })
}

/// `proc_pid_maps(5)`: the fourth field is the device, in hexadecimal.
fn mapped(pid: u32) -> impl Iterator<Item = String> {
    let table = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default();
    let devices: BTreeSet<String> = table
        .lines()
        .filter_map(|line| device(line.split_ascii_whitespace().nth(3)?))
        .collect();
    devices.into_iter()
}

fn device(text: &str) -> Option<String> {
    let (major, minor) = text.split_once(':')?;
    let number = |text| u32::from_str_radix(text, 16).ok();
    Some(format!("{}:{}", number(major)?, number(minor)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    #[test]
    fn devices_of_maps_are_hexadecimal() {
        assert_eq!(super::device("00:2c"), Some("0:44".into()));
        assert_eq!(super::device("fe:00"), Some("254:0".into()));
        assert_eq!(super::device("x"), None);
    }
}
