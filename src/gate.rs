//! Whether the machine is what the house declares, looked at once, before the custodian starts: the
//! form of the root, swap, core dumps. Every fault keeps the station closed; the front-end shows
//! them to staff.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads /proc, writes the verdict"
)]

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::audit::{self, Outcome};
use crate::wording::{Lang, Wording};

/// Where the verdict of a station is.
pub const VERDICT: &str = "/run/estran-gate/verdict.json";

/// What a station keeps beyond a restart: statistics, receipts, codes.
const STATE: &str = "/var/lib/estran";

/// The longest table or verdict that is read, bytes.
const LONGEST: u64 = 1 << 20;

/// The form of the root that a house declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Root {
    /// An ordinary writable disk: a desk, or a machine that is still being installed.
    Plain,
    /// The disk is never written to: what the system writes goes to memory and is gone at the next
    /// start.
    Overlay,
    /// The whole root is read-only, as in an image.
    ReadOnly,
}

/// What keeps the station closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The root does not have the declared form.
    Root,
    /// What the station keeps would be lost at the next start.
    State,
    /// Memory can go to a disk in clear.
    Swap,
    /// A crashed program's memory would be written to a disk, or given to another program.
    CorePattern,
    /// Nobody has looked, or what was seen cannot be read.
    NotLooked,
}

/// What was seen; no fault is an open gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What keeps the station closed.
    pub faults: Vec<Fault>,
}

impl Fault {
    /// The wording key of what is wrong and what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Root => "gate-root",
            Self::State => "gate-state",
            Self::Swap => "gate-swap",
            Self::CorePattern => "gate-core-pattern",
            Self::NotLooked => "gate-not-looked",
        }
    }
}

impl Seen {
    /// One sentence for each fault.
    #[must_use]
    pub fn lines(&self, wording: &Wording, lang: Lang) -> Vec<String> {
        let faults = self.faults.iter();
        faults
            .map(|fault| wording.text(lang, fault.key()))
            .collect()
    }
}

/// Looks at this machine.
#[must_use]
pub fn look(declared: Root) -> Seen {
    let mut faults = match read("/proc/self/mountinfo".as_ref()) {
        Ok(table) => of_mounts(&table, declared),
        Err(_) => vec![Fault::NotLooked],
    };
    if audit::swap() != Outcome::Nothing {
        faults.push(Fault::Swap);
    }
    if audit::core_pattern() != Outcome::Nothing {
        faults.push(Fault::CorePattern);
    }
    Seen { faults }
}

/// Writes what was seen for the front-end.
///
/// # Errors
/// When the file cannot be written; the front-end then finds none and stays closed.
pub fn write(seen: &Seen, place: &Path) -> io::Result<()> {
    let text = serde_json::to_vec(seen)?;
    let new = place.with_extension("new");
    std::fs::write(&new, text)?;
    std::fs::rename(new, place)
}

/// What was written; a missing or strange file is a fault of its own.
#[must_use]
pub fn read_verdict(place: &Path) -> Seen {
    let read = read(place).ok();
    let seen = read.and_then(|text| serde_json::from_str(&text).ok());
    seen.unwrap_or_else(|| Seen {
        faults: vec![Fault::NotLooked],
    })
}

fn read(place: &Path) -> io::Result<String> {
    let mut text = String::new();
    let file = std::fs::File::open(place)?;
    file.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// One line of `mountinfo`, see `proc(5)`.
struct Mount<'a> {
    place: &'a Path,
    options: &'a str,
    kind: &'a str,
    more: &'a str,
}

impl<'a> Mount<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (front, back) = line.split_once(" - ")?;
        let mut front = front.split(' ').skip(4);
        let mut back = back.split(' ');
        Some(Self {
            place: Path::new(front.next()?),
            options: front.next()?,
            kind: back.next()?,
            more: back.nth(1)?,
        })
    }

    fn is_read_only(&self) -> bool {
        let mut words = self.options.split(',').chain(self.more.split(','));
        words.any(|word| word == "ro")
    }

    fn option(&self, name: &str) -> Option<PathBuf> {
        let mut words = self.more.split(',');
        words.find_map(|word| Some(word.strip_prefix(name)?.strip_prefix('=')?.into()))
    }
}

fn of_mounts(table: &str, declared: Root) -> Vec<Fault> {
    let mounts: Vec<Mount<'_>> = table.lines().filter_map(Mount::parse).collect();
    let Some(root) = holds(&mounts, Path::new("/")) else {
        return vec![Fault::NotLooked];
    };
    let right = match declared {
        Root::Plain => true,
        Root::ReadOnly => root.is_read_only(),
        Root::Overlay => is_overlay(&mounts, root),
    };
    let mut faults = Vec::new();
    if !right {
        faults.push(Fault::Root);
    }
    if declared != Root::Plain && !holds(&mounts, Path::new(STATE)).is_some_and(is_kept) {
        faults.push(Fault::State);
    }
    faults
}

/// The mount that a path lies on: the deepest, and the last of those on one place.
fn holds<'a>(mounts: &'a [Mount<'a>], path: &Path) -> Option<&'a Mount<'a>> {
    let above = mounts.iter().filter(|mount| path.starts_with(mount.place));
    above.max_by_key(|mount| mount.place.components().count())
}

/// Writes go to memory, and the disk below is read-only.
fn is_overlay(mounts: &[Mount<'_>], root: &Mount<'_>) -> bool {
    let on = |name: &str| root.option(name).and_then(|path| holds(mounts, &path));
    root.kind == "overlay"
        && on("upperdir").is_some_and(|upper| upper.kind == "tmpfs")
        && on("lowerdir").is_some_and(|lower| lower.place != root.place && lower.is_read_only())
}

/// A file system that outlives a restart and can be written to.
fn is_kept(mount: &Mount<'_>) -> bool {
    let lost = ["tmpfs", "ramfs", "overlay"].contains(&mount.kind);
    !lost && !mount.is_read_only()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    const PLAIN: &str = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n";
    const OVER: &str = "22 1 0:20 / / rw,relatime shared:1 - overlay overlay rw,lowerdir=/run/estran-root/disk,upperdir=/run/estran-root/ram/up,workdir=/run/estran-root/ram/work\n\
        23 22 0:5 / /run rw,nosuid - tmpfs tmpfs rw\n\
        24 23 8:1 / /run/estran-root/disk ro,noatime - ext4 /dev/sda1 ro\n\
        25 23 0:21 / /run/estran-root/ram rw - tmpfs tmpfs rw,size=200k\n";
    const KEPT: &str = "26 22 8:2 / /var/lib/estran rw,nosuid - ext4 /dev/sda2 rw\n";

    #[test]
    fn the_declared_form_must_be_the_real_one() {
        let over = format!("{OVER}{KEPT}");
        let image = format!("{}{KEPT}", PLAIN.replace("rw,relatime", "ro,relatime"));
        assert_eq!(of_mounts(PLAIN, Root::Plain), []);
        assert_eq!(of_mounts(&over, Root::Overlay), []);
        assert_eq!(of_mounts(&image, Root::ReadOnly), []);
        assert_eq!(
            of_mounts(PLAIN, Root::Overlay),
            [Fault::Root],
            "an overlay that failed open"
        );
        assert_eq!(of_mounts(&over, Root::ReadOnly), [Fault::Root]);
        assert_eq!(of_mounts("", Root::Plain), [Fault::NotLooked]);
    }

    #[test]
    fn an_overlay_that_writes_to_the_disk_is_none() {
        let faults = |from: &str, to: &str| {
            let table = format!("{OVER}{KEPT}");
            assert!(table.contains(from));
            of_mounts(&table.replace(from, to), Root::Overlay)
        };
        let root = [Fault::Root];
        assert_eq!(faults("upperdir=/run/estran-root", "upperdir=/srv"), root);
        assert_eq!(
            faults("ro,noatime - ext4 /dev/sda1 ro", "rw - ext4 x rw"),
            root
        );
        assert_eq!(
            faults("lowerdir=/run/estran-root/disk", "lowerdir=/x"),
            root
        );
    }

    #[test]
    fn what_the_station_keeps_must_outlive_a_restart() {
        assert_eq!(of_mounts(OVER, Root::Overlay), [Fault::State]);
        let lost = KEPT.replace("ext4", "tmpfs");
        assert_eq!(
            of_mounts(&format!("{OVER}{lost}"), Root::Overlay),
            [Fault::State]
        );
    }

    #[test]
    fn a_verdict_that_is_not_there_keeps_the_station_closed() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("verdict.json");
        let closed = Seen {
            faults: vec![Fault::NotLooked],
        };
        assert_eq!(read_verdict(&place), closed);
        std::fs::write(&place, "{}").unwrap();
        assert_eq!(read_verdict(&place), closed);
        let open = Seen { faults: Vec::new() };
        write(&open, &place).unwrap();
        assert_eq!(read_verdict(&place), open);
    }
}
