//! Files: every file system that the machine shows, and every file in it that was changed since
//! the canary was made. An older file cannot hold it.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads the machine's files")]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::super::result::{Findings, Place};
use super::Search;

/// File systems that hold no files of anyone.
const PSEUDO: [&str; 20] = [
    "autofs",
    "binfmt_misc",
    "bpf",
    "cgroup",
    "cgroup2",
    "configfs",
    "debugfs",
    "devpts",
    "efivarfs",
    "fusectl",
    "hugetlbfs",
    "mqueue",
    "nsfs",
    "proc",
    "pstore",
    "rpc_pipefs",
    "securityfs",
    "selinuxfs",
    "sysfs",
    "tracefs",
];

/// Those in memory.
const RAM: [&str; 3] = ["tmpfs", "ramfs", "devtmpfs"];

/// One mounted file system.
#[derive(Debug)]
struct Mount {
    device: String,
    root: String,
    point: PathBuf,
    kind: String,
}

fn mounts() -> io::Result<Vec<Mount>> {
    let table = std::fs::read_to_string("/proc/self/mountinfo")?;
    Ok(table.lines().filter_map(mount).collect())
}

/// `proc_pid_mountinfo(5)`.
fn mount(line: &str) -> Option<Mount> {
    let (front, back) = line.split_once(" - ")?;
    let mut fields = front.split(' ').skip(2);
    Some(Mount {
        device: fields.next()?.to_owned(),
        root: fields.next()?.to_owned(),
        point: unescaped(fields.next()?),
        kind: back.split(' ').next()?.to_owned(),
    })
}

/// Blanks and the like are written as a backslash and three octal digits.
fn unescaped(text: &str) -> PathBuf {
    let mut parts = text.split('\\');
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let code = part
            .get(..3)
            .and_then(|code| u8::from_str_radix(code, 8).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                bytes.extend(&part.as_bytes()[3..]);
            }
            None => bytes.extend(part.as_bytes()),
        }
    }
    OsString::from_vec(bytes).into()
}

/// Searches every file system of the machine, each once. `since` is in seconds since 1970. The file
/// `image`, if any, is a disk: [`disk`] searches it, and what it holds is no file of the machine.
///
/// # Errors
/// When the machine does not tell what is mounted.
pub fn machine(
    search: &mut Search<'_>,
    since: i64,
    image: Option<&Path>,
    findings: &mut Findings,
) -> io::Result<()> {
    let image = image.and_then(|image| std::fs::metadata(image).ok());
    let image = image.map(|about| (about.dev(), about.ino()));
    let mounts = mounts()?;
    let points: BTreeSet<&Path> = mounts.iter().map(|mount| mount.point.as_path()).collect();
    let mut done: BTreeSet<(&str, &str)> = BTreeSet::new();
    for mount in &mounts {
        let whole = (mount.device.as_str(), "/");
        let part = (mount.device.as_str(), mount.root.as_str());
        if PSEUDO.contains(&mount.kind.as_str()) || done.contains(&whole) || !done.insert(part) {
            continue;
        }
        let ram = RAM.contains(&mount.kind.as_str());
        let class = |path: &Path| class(path, ram);
        let stop = |path: &Path, about: &Metadata| {
            if about.is_dir() {
                points.contains(path)
            } else {
                image == Some((about.dev(), about.ino()))
            }
        };
        walk(&mount.point, search, since, &stop, &class, findings);
    }
    Ok(())
}

fn class(path: &Path, ram: bool) -> Place {
    let below = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    if below(&["/var/log", "/run/log"]) {
        Place::Logs
    } else if below(&["/var/spool", "/var/cache/cups"]) {
        Place::Spool
    } else if ram {
        Place::RamFiles
    } else {
        Place::Files
    }
}

/// Searches everything below a folder; links are not followed. What `stop` names is not gone into:
/// other file systems are left to their own turn.
pub fn walk(
    folder: &Path,
    search: &mut Search<'_>,
    since: i64,
    stop: &dyn Fn(&Path, &Metadata) -> bool,
    class: &dyn Fn(&Path) -> Place,
    findings: &mut Findings,
) {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                findings.seen(class(&folder)).refused(&error);
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            // Of the link itself, not of what it names.
            let Ok(about) = entry.metadata() else {
                continue;
            };
            let seen = findings.seen(class(&path));
            seen.items += 1;
            search
                .patterns()
                .in_text(entry.file_name().as_bytes(), &mut seen.tally);
            if stop(&path, &about) {
                continue;
            }
            if about.is_dir() {
                folders.push(path);
            } else if about.ctime() >= since {
                one(&path, &about, search, seen);
            }
        }
    }
}

fn one(
    path: &Path,
    about: &Metadata,
    search: &mut Search<'_>,
    seen: &mut super::super::result::Seen,
) {
    if about.is_symlink() {
        if let Ok(target) = std::fs::read_link(path) {
            let target = target.as_os_str().as_bytes();
            search.patterns().in_text(target, &mut seen.tally);
        }
    } else if about.is_file() {
        match open(path).and_then(|file| search.read(file, &mut seen.tally)) {
            Ok(bytes) => seen.bytes += bytes,
            Err(error) => seen.refused(&error),
        }
    }
}

/// A name may have become a link or a pipe meanwhile: neither is followed or waited for.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Searches a disk, or its image, from its first byte to its last.
///
/// # Errors
/// When it cannot be read to its end.
pub fn disk(device: &Path, search: &mut Search<'_>, findings: &mut Findings) -> io::Result<()> {
    rustix::fs::sync();
    let seen = findings.seen(Place::Disk);
    let bytes = search.read(File::open(device)?, &mut seen.tally)?;
    seen.looked(bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::super::super::canary::{Canary, Plant};
    use super::super::{Depth, Patterns};
    use super::*;

    #[test]
    fn lines_of_mountinfo() {
        let line = r"36 35 98:0 /mnt1 /mnt\0402 rw,noatime master:1 - ext3 /dev/root rw";
        let mount = mount(line).unwrap();
        assert_eq!(mount.point, Path::new("/mnt 2"));
        assert_eq!(
            (mount.root.as_str(), mount.kind.as_str()),
            ("/mnt1", "ext3")
        );
        assert_eq!(unescaped(r"a\b\"), Path::new(r"ab"), "not ours to judge");
    }

    #[test]
    fn names_contents_and_links_are_seen_and_old_files_are_not_read() {
        let canary = Canary::fresh();
        let patterns = Patterns::of(&canary).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let word = canary.token(Plant::Tmp);
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("deep").join(&word), "").unwrap();
        std::fs::write(folder.path().join("inside"), format!("… {word} …")).unwrap();
        std::os::unix::fs::symlink(&word, folder.path().join("link")).unwrap();
        std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let found = |since: i64| {
            let mut findings = Findings::default();
            let mut search = Search::new(&patterns, Depth::Inside);
            let class = |_: &Path| Place::Files;
            walk(
                folder.path(),
                &mut search,
                since,
                &|_, _| false,
                &class,
                &mut findings,
            );
            findings.seen(Place::Files).tally.of(Some(Plant::Tmp))
        };
        assert_eq!(found(0), 3);
        assert_eq!(found(i64::MAX), 1, "only the name");
    }
}
