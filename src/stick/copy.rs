//! Adding one document to a folder of the stick.
#![allow(
    clippy::disallowed_methods,
    reason = "door: writes to the visitor's stick"
)]

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{
    AtFlags, Mode, OFlags, RenameFlags, ResolveFlags, fsync, open, openat2, renameat_with, syncfs,
    unlinkat,
};
use rustix::io::Errno;

use super::name;

/// After so many documents of one name the visitor is told that it does not work.
const SAME_NAME: u32 = 99;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// All of it is on the stick, past every cache of this machine.
    Whole,
    /// The stick has no room for it; nothing of it was left there.
    Full,
    /// The stick is gone, broken or write-protected.
    Unreadable,
    /// The visit ended first.
    Stopped,
}

/// Copies `size` bytes of `document` into `folder` under a plain form of `named`; an existing file
/// is never touched. Ends early once `stop` is set.
pub fn copy(document: File, size: u64, folder: &Path, named: &str, stop: &AtomicBool) -> Copied {
    let added = opened(folder).and_then(|folder| add(document, size, &folder, named, stop));
    match added {
        Ok(Some(_)) => Copied::Whole,
        Ok(None) => Copied::Stopped,
        Err(error) => failed(&error),
    }
}

/// Adds papers of the house, each under a plain form of its name: all of them, or none.
pub fn add_all(papers: &[(String, Vec<u8>)], folder: &Path) -> Copied {
    let never = AtomicBool::new(false);
    let opened = match opened(folder) {
        Ok(opened) => opened,
        Err(error) => return failed(&error),
    };
    let mut there = Vec::new();
    for (name, bytes) in papers {
        match add(bytes.as_slice(), bytes.len() as u64, &opened, name, &never) {
            Ok(Some(name)) => there.push(name),
            Ok(None) => return Copied::Stopped,
            Err(error) => {
                for name in there {
                    unlinkat(&opened, name.as_str(), AtFlags::empty()).ok();
                }
                return failed(&error);
            }
        }
    }
    Copied::Whole
}

fn failed(error: &io::Error) -> Copied {
    match Errno::from_io_error(error) {
        Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => Copied::Full,
        Some(_) | None => Copied::Unreadable,
    }
}

fn opened(folder: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(open(folder, flags, Mode::empty())?)
}

/// Adds one, and returns its name; `None` once `stop` is set. Until all of it is on the stick it has
/// another name: a stick that is pulled out too early holds no half document under its own.
fn add(
    document: impl Read,
    size: u64,
    folder: &OwnedFd,
    named: &str,
    stop: &AtomicBool,
) -> io::Result<Option<String>> {
    let part = format!("estran-{:08x}.part", rand::random::<u32>());
    let copied = fill(document, size, create(folder, &part)?, stop).and_then(|whole| {
        if whole {
            rename(folder, &part, &name::plain(named)).map(Some)
        } else {
            Ok(None)
        }
    });
    if matches!(copied, Ok(Some(_))) {
        fsync(folder)?;
        // The whole stick, whatever the guest wrote to it before.
        syncfs(folder)?;
    } else {
        unlinkat(folder, part.as_str(), AtFlags::empty()).ok();
    }
    copied
}

fn create(folder: &OwnedFd, part: &str) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let here = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    Ok(File::from(openat2(
        folder,
        part,
        flags,
        Mode::from(0o644),
        here,
    )?))
}

/// Gives it the first free name.
fn rename(folder: &OwnedFd, part: &str, plain: &str) -> io::Result<String> {
    let mut name = plain.to_owned();
    for count in 2..=SAME_NAME {
        match renameat_with(folder, part, folder, name.as_str(), RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(name),
            Err(Errno::EXIST) => name = name::next(plain, count),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Errno::EXIST.into())
}

fn fill(document: impl Read, size: u64, mut copy: File, stop: &AtomicBool) -> io::Result<bool> {
    let mut document = document.take(size);
    let mut buffer = vec![0; 128 * 1024];
    let mut left = size;
    loop {
        if stop.load(Ordering::Acquire) {
            return Ok(false);
        }
        let read = document.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        copy.write_all(bytes)?;
        left = left.saturating_sub(read as u64);
    }
    if left > 0 {
        // The guest cut it short while we read: half a document is none.
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    copy.sync_all()?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn document(content: &[u8]) -> (File, u64) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        (file, content.len() as u64)
    }

    #[test]
    fn a_document_is_added_and_no_other_is_touched() {
        let stick = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let kept = outside.path().join("kept");
        std::fs::write(&kept, "kept").unwrap();
        std::fs::write(stick.path().join("facture.pdf"), "old").unwrap();
        std::os::unix::fs::symlink(&kept, stick.path().join("facture (2).pdf")).unwrap();
        let go = AtomicBool::new(false);
        let (file, size) = document(b"new");
        let copied = copy(file, size, stick.path(), "../facture.pdf", &go);
        assert_eq!(copied, Copied::Whole);
        let read = |name: &str| std::fs::read_to_string(stick.path().join(name)).unwrap();
        assert_eq!(read("facture.pdf"), "old");
        assert_eq!(read("facture (3).pdf"), "new");
        assert_eq!(std::fs::read_to_string(kept).unwrap(), "kept");
    }

    #[test]
    fn what_does_not_get_there_whole_is_not_left_there() {
        let stick = tempfile::tempdir().unwrap();
        let go = AtomicBool::new(false);
        let (file, size) = document(b"half");
        let cut = copy(file, size + 1, stick.path(), "a.pdf", &go);
        assert_eq!(cut, Copied::Unreadable);
        let (file, size) = document(b"late");
        let stopped = copy(file, size, stick.path(), "b.pdf", &AtomicBool::new(true));
        assert_eq!(stopped, Copied::Stopped);
        assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 0);
        let (file, size) = document(b"gone");
        let gone = copy(file, size, Path::new("/nonexistent"), "c.pdf", &go);
        assert_eq!(gone, Copied::Unreadable);
    }

    #[test]
    fn papers_of_the_house_get_there_all_or_none() {
        let stick = tempfile::tempdir().unwrap();
        let paper = |name: &str| (name.to_owned(), name.as_bytes().to_vec());
        let all = [paper("a.csv"), paper("a.pdf")];
        assert_eq!(add_all(&all, stick.path()), Copied::Whole);
        assert_eq!(std::fs::read(stick.path().join("a.pdf")).unwrap(), b"a.pdf");
        let there = || std::fs::read_dir(stick.path()).unwrap().count();
        assert_eq!(there(), 2, "and nothing else");
        // Every name of the second one is taken.
        for count in 1..=SAME_NAME {
            let name = if count == 1 {
                "b.pdf".to_owned()
            } else {
                name::next("b.pdf", count)
            };
            std::fs::write(stick.path().join(name), "taken").unwrap();
        }
        let before = there();
        let all = [paper("c.csv"), paper("b.pdf")];
        assert_eq!(add_all(&all, stick.path()), Copied::Unreadable);
        assert_eq!(there(), before, "the first one is taken back");
    }

    #[test]
    fn a_full_stick_says_so() {
        let (file, size) = document(b"no room");
        let mut copy = File::options().write(true).open("/dev/full").unwrap();
        let error = copy.write_all(b"x").unwrap_err();
        assert_eq!(Errno::from_io_error(&error), Some(Errno::NOSPC), "control");
        let filled = fill(file, size, copy, &AtomicBool::new(false)).unwrap_err();
        assert_eq!(Errno::from_io_error(&filled), Some(Errno::NOSPC));
    }
}
