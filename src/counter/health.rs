//! The machine's health, for staff: numbers, and a word for what needs a hand.
#![allow(clippy::disallowed_methods, reason = "door: reads the machine's state")]

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sysinfo::{Components, Disks, MemoryRefreshKind, RefreshKind, System};

use crate::config;
use crate::custodian::Printer;

/// The most of a system file that is read (bytes); the list of installed packages is the longest.
const LONGEST: u64 = 32 << 20;

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Good,
    /// Staff should look at it.
    Attention,
    /// It cannot be known here.
    Unknown,
}

/// Memory, mebibytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Memory {
    /// In use.
    pub used_mib: u64,
    /// All of it.
    pub total_mib: u64,
    /// Less free than the configuration wishes is worth attention.
    pub level: Level,
}

/// The disk that the system stands on, mebibytes. Nothing of a visit is ever written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disk {
    /// Free.
    pub free_mib: u64,
    /// All of it.
    pub total_mib: u64,
    /// Less free than the configuration wishes is worth attention.
    pub level: Level,
}

/// Swap could keep pages of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Swap {
    /// There is none.
    Off,
    /// All of it is in memory (zram) or encrypted.
    Protected,
    /// Some of it is on a disk as it is.
    Plain,
}

/// The machine's health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Health {
    /// Memory.
    pub memory: Memory,
    /// Disk.
    pub disk: Option<Disk>,
    /// The hottest sensor, degrees Celsius.
    pub temperature_celsius: Option<i32>,
    /// Whether that is too hot.
    pub temperature: Level,
    /// Swap.
    pub swap: Swap,
    /// The kernel clears memory that is freed (`init_on_free=1`); without it no memory is called
    /// clean.
    pub init_on_free: bool,
    /// The version of Firefox ESR, when it is installed from a package.
    pub firefox: Option<String>,
    /// The version of Chromium.
    pub chromium: Option<String>,
    /// The house's printer, as the custodian last heard of it.
    pub printer: Printer,
    /// There is a way out of this machine.
    pub network: bool,
}

impl Health {
    /// Whether anything needs a hand.
    #[must_use]
    pub fn level(&self) -> Level {
        let all = [
            self.memory.level,
            self.disk.map_or(Level::Unknown, |disk| disk.level),
            self.temperature,
            printer_level(self.printer),
            if self.swap == Swap::Plain || !self.init_on_free || !self.network {
                Level::Attention
            } else {
                Level::Good
            },
        ];
        if all.contains(&Level::Attention) {
            Level::Attention
        } else {
            Level::Good
        }
    }
}

/// What looks; it keeps what does not change while the program runs.
#[derive(Default)]
pub(super) struct Eyes {
    versions: Option<(Option<String>, Option<String>)>,
}

impl Eyes {
    pub(super) fn look(&mut self, limits: Option<config::Health>, printer: Printer) -> Health {
        let limits = limits.unwrap_or(config::Health {
            free_memory_percent: 10,
            free_disk_percent: 10,
            temperature_celsius: 85,
        });
        let memory = RefreshKind::nothing().with_memory(MemoryRefreshKind::everything());
        let system = System::new_with_specifics(memory);
        let hottest = hottest();
        let (firefox, chromium) = self.versions.get_or_insert_with(versions).clone();
        Health {
            memory: memory_of(system.as_ref().ok(), limits.free_memory_percent),
            disk: disk(limits.free_disk_percent),
            temperature_celsius: hottest,
            temperature: hottest.map_or(Level::Unknown, |celsius| {
                attention(celsius > i32::from(limits.temperature_celsius))
            }),
            swap: swap(&read("/proc/swaps")),
            init_on_free: init_on_free(&read("/proc/cmdline")),
            firefox,
            chromium,
            printer,
            network: has_way_out(&read("/proc/net/route"), &read("/proc/net/ipv6_route")),
        }
    }
}

/// A house without a printer is no house with a fault.
pub(super) const fn printer_level(printer: Printer) -> Level {
    match printer {
        Printer::None => Level::Unknown,
        Printer::Ready => Level::Good,
        Printer::NotReached | Printer::NoPaper | Printer::NeedsHand => Level::Attention,
    }
}

const fn attention(needed: bool) -> Level {
    if needed {
        Level::Attention
    } else {
        Level::Good
    }
}

/// Whether less than `percent` of `total` is free.
const fn scarce(free: u64, total: u64, percent: u8) -> bool {
    free.saturating_mul(100) < total.saturating_mul(percent as u64)
}

fn memory_of(system: Option<&System>, percent: u8) -> Memory {
    let (total, free) = system.map_or((0, 0), |system| {
        (system.total_memory(), system.available_memory())
    });
    Memory {
        used_mib: total.saturating_sub(free) >> 20,
        total_mib: total >> 20,
        level: if total == 0 {
            Level::Unknown
        } else {
            attention(scarce(free, total, percent))
        },
    }
}

fn disk(percent: u8) -> Option<Disk> {
    let disks = Disks::new_with_refreshed_list().ok()?;
    let root = disks
        .iter()
        .find(|disk| disk.mount_point() == Path::new("/"))?;
    let (total, free) = (root.total_space(), root.available_space());
    Some(Disk {
        free_mib: free >> 20,
        total_mib: total >> 20,
        level: attention(scarce(free, total, percent)),
    })
}

fn hottest() -> Option<i32> {
    let sensors = Components::new_with_refreshed_list().ok()?;
    let temperatures = sensors.iter().filter_map(sysinfo::Component::temperature);
    temperatures
        .filter(|celsius| (-50.0..200.0).contains(celsius))
        .map(|celsius| celsius.round() as i32)
        .max()
}

fn read(path: &str) -> String {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(path);
    // A file that is not there says nothing.
    opened
        .and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
        .ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The kernel's table of swaps: a heading, then one swap a line.
fn swap(table: &str) -> Swap {
    let mut swap = Swap::Off;
    for line in table.lines().skip(1) {
        let device = line.split_ascii_whitespace().next().unwrap_or_default();
        let name = device.rsplit('/').next().unwrap_or_default();
        let crypt = read(&format!("/sys/block/{name}/dm/uuid"));
        if device.starts_with("/dev/zram") || crypt.starts_with("CRYPT-") {
            if swap == Swap::Off {
                swap = Swap::Protected;
            }
        } else if !device.is_empty() {
            swap = Swap::Plain;
        }
    }
    swap
}

/// The last word on the kernel's command line counts.
fn init_on_free(command_line: &str) -> bool {
    let last = command_line
        .split_ascii_whitespace()
        .filter_map(|word| word.strip_prefix("init_on_free="))
        .next_back();
    matches!(last, Some("1" | "on" | "y" | "Y"))
}

/// Whether either table has a route to everywhere that goes out of the machine.
fn has_way_out(four: &str, six: &str) -> bool {
    let four = four.lines().skip(1).any(|line| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        matches!(fields.as_slice(), [interface, "00000000", ..] if *interface != "lo")
    });
    let six = six.lines().any(|line| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let anywhere = fields
            .first()
            .is_some_and(|to| to.bytes().all(|b| b == b'0'));
        let whole = fields.get(1) == Some(&"00");
        anywhere && whole && fields.last().is_some_and(|interface| *interface != "lo")
    });
    four || six
}

fn versions() -> (Option<String>, Option<String>) {
    let installed = read("/var/lib/dpkg/status");
    (
        version(&installed, "firefox-esr"),
        version(&installed, "chromium"),
    )
}

/// The version of an installed package, without what the distribution added.
fn version(installed: &str, package: &str) -> Option<String> {
    let heading = format!("Package: {package}");
    let paragraph = installed
        .split("\n\n")
        .find(|paragraph| paragraph.lines().next() == Some(heading.as_str()))?;
    let field = |name| paragraph.lines().find_map(|line| line.strip_prefix(name));
    if !field("Status: ")?.ends_with(" installed") {
        return None;
    }
    let version = field("Version: ")?;
    let version = version.split_once(':').map_or(version, |(_, rest)| rest);
    let end = version.find(['-', '~', '+']).unwrap_or(version.len());
    Some(version.get(..end)?.chars().take(30).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    #[test]
    fn this_machine_is_seen() {
        let health = Eyes::default().look(None, Printer::None);
        assert!(health.memory.total_mib > 100 && health.memory.used_mib > 0);
        assert!(health.memory.used_mib <= health.memory.total_mib);
        let json = serde_json::to_string(&health).unwrap();
        let again: Health = serde_json::from_str(&json).unwrap();
        assert_eq!(again, health);
    }

    #[test]
    fn the_kernels_words_are_read() {
        assert!(init_on_free("quiet init_on_free=1 splash"));
        assert!(!init_on_free("quiet splash") && !init_on_free("init_on_free=1 init_on_free=0"));
        assert!(!init_on_free("xinit_on_free=1"));
        assert_eq!(swap("Filename Type Size Used Priority\n"), Swap::Off);
        assert_eq!(
            swap("Filename\n/dev/zram0 partition 1 0 100\n"),
            Swap::Protected
        );
        assert_eq!(
            swap("Filename\n/dev/zram0 p\n/swapfile file 1 0 -2\n"),
            Swap::Plain
        );
        let four = "Iface Destination Gateway\neth0 00000000 0102A8C0 0003\n";
        assert!(has_way_out(four, ""));
        assert!(!has_way_out(
            "Iface Destination\neth0 0002A8C0 00000000\n",
            ""
        ));
        let zeros = "0".repeat(32);
        assert!(has_way_out(
            "",
            &format!("{zeros} 00 {zeros} 00 fe80 00 eth0\n")
        ));
        assert!(!has_way_out(
            "",
            &format!("{zeros} 00 {zeros} 00 {zeros} 00 lo\n")
        ));
    }

    #[test]
    fn a_package_is_found_by_its_whole_name() {
        let status = "Package: chromium-common\nStatus: install ok installed\nVersion: 1.0-1\n\n\
                      Package: chromium\nStatus: install ok installed\nVersion: 156.0.7~deb12u1\n\n\
                      Package: firefox-esr\nStatus: deinstall ok config-files\nVersion: 153.0esr-1\n";
        assert_eq!(version(status, "chromium").as_deref(), Some("156.0.7"));
        assert_eq!(version(status, "firefox-esr"), None);
        assert_eq!(version("", "chromium"), None);
    }

    #[test]
    fn little_room_is_worth_attention() {
        assert!(scarce(9, 100, 10) && !scarce(10, 100, 10));
        assert!(!scarce(u64::MAX, u64::MAX, 10));
    }
}
