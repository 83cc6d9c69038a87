//! Which stick is plugged in: the kernel's list of block devices is the only thing believed.
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads /sys and the table of mounts"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::device::kind_of;

/// Where the kernel lists block devices.
pub const BLOCK: &str = "/sys/class/block";

/// A stick with a file system that is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugged {
    /// The file system's device.
    pub device: PathBuf,
    /// The kernel's number of this plugging in: another stick, or the same one plugged in again,
    /// has another.
    pub number: u64,
}

/// A device of the USB that the machine does not use itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// Partitions before whole devices, in the order of their names.
    whole: bool,
    name: String,
    number: u64,
}

/// The first file system on a device of the USB, if one is plugged in: a partition, or a whole
/// stick without partitions. What the machine itself runs from is no stick. `block` is [`BLOCK`].
pub fn find(block: &Path) -> Option<Plugged> {
    first(&candidates(block))
}

/// The first of these that holds a known file system.
pub(super) fn first(candidates: &[Candidate]) -> Option<Plugged> {
    candidates
        .iter()
        .map(|candidate| Plugged {
            device: Path::new("/dev").join(&candidate.name),
            number: candidate.number,
        })
        .find(|plugged| kind_of(&plugged.device).is_ok_and(|kind| kind.is_some()))
}

/// All of them. Where the machine's own mounts cannot be read there are none.
pub(super) fn candidates(block: &Path) -> Vec<Candidate> {
    let read = |path: &str| std::fs::read_to_string(path);
    // The first process sees what the machine mounted, and nothing of ours.
    let Ok(mounts) = read("/proc/1/mountinfo") else {
        return Vec::new();
    };
    let swaps = read("/proc/swaps").unwrap_or_default();
    among(block, &used(&mounts, &swaps))
}

fn among(block: &Path, used: &BTreeSet<String>) -> Vec<Candidate> {
    let devices: Vec<Device> = std::fs::read_dir(block)
        .into_iter()
        .flatten()
        .filter_map(|entry| Device::at(&entry.ok()?.path()))
        .collect();
    let taken: BTreeSet<&str> = devices
        .iter()
        .filter(|device| device.held || device.names().iter().any(|name| used.contains(name)))
        .map(|device| device.disk.as_str())
        .collect();
    let mut candidates: Vec<Candidate> = devices
        .iter()
        .filter(|device| device.usb && device.sectors > 0)
        .filter(|device| !taken.contains(device.disk.as_str()))
        .map(|device| Candidate {
            whole: device.disk == device.name,
            name: device.name.clone(),
            number: device.number,
        })
        .collect();
    candidates.sort();
    candidates
}

/// One entry of the kernel's list.
struct Device {
    name: String,
    /// The whole device that it is a part of, or itself.
    disk: String,
    /// Its number, as `8:1`.
    dev: String,
    sectors: u64,
    number: u64,
    usb: bool,
    /// Another device of the machine is made of it (encryption, a volume).
    held: bool,
}

impl Device {
    fn at(entry: &Path) -> Option<Self> {
        let place = std::fs::canonicalize(entry).ok()?;
        let name = entry.file_name()?.to_str()?.to_owned();
        let whole = if place.join("partition").exists() {
            place.parent()?.to_owned()
        } else {
            place.clone()
        };
        let word = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
        let held = std::fs::read_dir(place.join("holders"))
            .is_ok_and(|mut holders| holders.next().is_some());
        Some(Self {
            name,
            disk: whole.file_name()?.to_str()?.to_owned(),
            dev: word(place.join("dev")).trim().to_owned(),
            sectors: word(place.join("size")).trim().parse().unwrap_or(0),
            number: word(whole.join("diskseq")).trim().parse().unwrap_or(0),
            usb: place
                .iter()
                .any(|part| part.to_str().is_some_and(|part| part.starts_with("usb"))),
            held,
        })
    }

    /// What the machine's tables may call it.
    fn names(&self) -> [String; 2] {
        [self.dev.clone(), format!("/dev/{}", self.name)]
    }
}

/// Numbers and names of the devices that the machine has mounted or swaps to.
/// `proc_pid_mountinfo(5)`: the third field, and the second one after the separator.
fn used(mounts: &str, swaps: &str) -> BTreeSet<String> {
    let number = |line: &str| Some(line.split(' ').nth(2)?.to_owned());
    let source = |line: &str| {
        let (_, back) = line.split_once(" - ")?;
        Some(back.split(' ').nth(1)?.to_owned())
    };
    let swap = |line: &str| Some(line.split_ascii_whitespace().next()?.to_owned());
    mounts
        .lines()
        .flat_map(|line| [number(line), source(line)])
        .chain(swaps.lines().map(swap))
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    /// A made-up `/sys`: each device by its place, number and plugging in.
    fn sys(devices: &[(&str, &str, u64)]) -> tempfile::TempDir {
        let sys = tempfile::tempdir().unwrap();
        let block = sys.path().join("class");
        std::fs::create_dir(&block).unwrap();
        for (place, dev, number) in devices {
            let place = sys.path().join(place);
            std::fs::create_dir_all(&place).unwrap();
            let write = |file: &str, text: String| std::fs::write(place.join(file), text).unwrap();
            write("size", "2048\n".to_owned());
            write("dev", format!("{dev}\n"));
            let name = place.file_name().unwrap();
            if name
                .to_str()
                .unwrap()
                .ends_with(|last: char| last.is_ascii_digit())
            {
                write("partition", "1\n".to_owned());
            } else {
                write("diskseq", format!("{number}\n"));
            }
            std::os::unix::fs::symlink(&place, block.join(name)).unwrap();
        }
        sys
    }

    const WORLD: [(&str, &str, u64); 5] = [
        ("devices/pci0/virtio1/block/vda", "254:0", 1),
        ("devices/pci0/usb1/1-1/block/sda", "8:0", 7),
        ("devices/pci0/usb1/1-1/block/sda/sda1", "8:1", 0),
        ("devices/pci0/usb1/1-2/block/sdb", "8:16", 8),
        ("devices/pci0/usb1/1-2/block/sdb/sdb1", "8:17", 0),
    ];

    fn names(used: &[&str]) -> Vec<(String, u64)> {
        let sys = sys(&WORLD);
        let used = used.iter().map(|&word| word.to_owned()).collect();
        among(&sys.path().join("class"), &used)
            .into_iter()
            .map(|candidate| (candidate.name, candidate.number))
            .collect()
    }

    #[test]
    fn only_devices_of_the_usb_count_and_partitions_come_first() {
        let all = [("sda1", 7), ("sdb1", 8), ("sda", 7), ("sdb", 8)];
        assert_eq!(
            names(&[]),
            all.map(|(name, number)| (name.to_owned(), number))
        );
    }

    #[test]
    fn what_the_machine_runs_from_is_no_stick_however_it_is_named() {
        let other = [("sdb1".to_owned(), 8), ("sdb".to_owned(), 8)];
        for used in ["8:1", "/dev/sda1", "8:0"] {
            assert_eq!(names(&[used]), other, "{used}");
        }
        let sys = sys(&WORLD);
        let holders = sys.path().join(WORLD[2].0).join("holders");
        std::fs::create_dir_all(holders.join("dm-0")).unwrap();
        let candidates = among(&sys.path().join("class"), &BTreeSet::new());
        assert!(candidates.iter().all(|candidate| candidate.number == 8));
    }

    #[test]
    fn tables_of_the_machine() {
        let mounts = "26 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      27 26 0:24 / /home rw - btrfs /dev/sda3 rw\nnonsense\n";
        let swaps = "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n";
        let used = used(mounts, swaps);
        for name in ["8:1", "/dev/sda1", "/dev/sda3", "/dev/sda2"] {
            assert!(used.contains(name), "{name}");
        }
        assert_eq!(find(Path::new("/nonexistent")), None);
    }
}
