//! What the machine does with memory that is given back.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads what the kernel was started with"
)]

use std::path::Path;

use serde::{Deserialize, Serialize};

/// Where memory may be swapped out to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Swap {
    /// Nowhere.
    None,
    /// Only into memory (zram).
    Memory,
    /// Only to encrypted disks.
    Encrypted,
    /// To a disk that can be read afterwards.
    Plain,
}

/// Whether the kernel overwrites memory when it is freed: as it was started, or else as it was
/// built.
pub fn init_on_free() -> bool {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let built = || {
        let release = read("/proc/sys/kernel/osrelease");
        read(&format!("/boot/config-{}", release.trim()))
    };
    started_with(&read("/proc/cmdline"))
        .unwrap_or_else(|| built().contains("\nCONFIG_INIT_ON_FREE_DEFAULT_ON=y\n"))
}

/// The last one counts.
fn started_with(line: &str) -> Option<bool> {
    let words = line.split_ascii_whitespace();
    let mut said = words.filter_map(|word| word.strip_prefix("init_on_free="));
    said.next_back()
        .map(|value| matches!(value, "1" | "y" | "Y" | "on"))
}

/// Where memory may go.
pub fn swap() -> Swap {
    let table = std::fs::read_to_string("/proc/swaps").unwrap_or_default();
    worst(&table, |name| {
        let uuid = format!("/sys/class/block/{name}/dm/uuid");
        std::fs::read_to_string(uuid).is_ok_and(|uuid| uuid.starts_with("CRYPT-"))
    })
}

fn worst(table: &str, encrypted: impl Fn(&str) -> bool) -> Swap {
    let one = |line: &str| {
        let place = Path::new(line.split_ascii_whitespace().next()?);
        let place = std::fs::canonicalize(place).unwrap_or(place.to_owned());
        let name = place.file_name()?.to_str()?;
        Some(if name.starts_with("zram") {
            Swap::Memory
        } else if encrypted(name) {
            Swap::Encrypted
        } else {
            Swap::Plain
        })
    };
    let all: Vec<Swap> = table.lines().skip(1).filter_map(one).collect();
    [Swap::Plain, Swap::Encrypted, Swap::Memory]
        .into_iter()
        .find(|kind| all.contains(kind))
        .unwrap_or(Swap::None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_kernels_words() {
        assert_eq!(
            started_with("quiet init_on_free=0 init_on_free=1"),
            Some(true)
        );
        assert_eq!(started_with("init_on_free=0"), Some(false));
        assert_eq!(started_with("init_on_alloc=1"), None);
    }

    #[test]
    fn the_worst_swap_counts() {
        let head = "Filename Type Size Used Priority\n";
        let encrypted = |name: &str| name == "dm-0";
        let of = |lines: &str| worst(&format!("{head}{lines}"), encrypted);
        assert_eq!(of(""), Swap::None);
        assert_eq!(of("/dev/zram0 partition 1 0 100\n"), Swap::Memory);
        assert_eq!(of("/dev/zram0 x\n/dev/dm-0 partition\n"), Swap::Encrypted);
        assert_eq!(
            of("/dev/dm-0 partition\n/swapfile file 1 0 -2\n"),
            Swap::Plain
        );
    }
}
