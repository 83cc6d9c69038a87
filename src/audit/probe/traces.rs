//! Files of the guests' uids where the machine keeps files. A guest's own folder is counted and
//! never entered; no link is followed, and a folder that is exchanged for one is not either. Only
//! folders that a guest could have passed through are entered.
#![forbid(unsafe_code)]

use std::ops::Range;
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, statat};
use rustix::io::Errno;

use super::super::{Outcome, Premises};

/// More entries than this are not looked at: the audit is then blind, and says so.
const ENTRIES: usize = 500_000;
/// Folders deeper than this below a top are not looked at: the same.
const DEPTH: usize = 16;

struct Walk<'a> {
    guests: &'a Range<u32>,
    left: usize,
    found: usize,
}

/// Each file or folder counts once.
pub fn look(premises: &Premises) -> Outcome {
    let mut walk = Walk {
        guests: &premises.guests,
        left: ENTRIES,
        found: 0,
    };
    for top in &premises.places.tops {
        // The tops are root's own, and may themselves be links (/var/lock and the like).
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let walked = match openat(rustix::fs::CWD, top, flags, Mode::empty()) {
            Ok(folder) => walk.enter(&folder, DEPTH),
            Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error),
        };
        if walked.is_err() {
            return Outcome::Blind;
        }
    }
    super::outcome(walk.found)
}

impl Walk<'_> {
    fn enter(&mut self, folder: &OwnedFd, depth: usize) -> Result<(), Errno> {
        for entry in Dir::read_from(folder)? {
            let entry = match entry {
                Ok(entry) => entry,
                // The folder itself was removed meanwhile.
                Err(Errno::NOENT) => return Ok(()),
                Err(error) => return Err(error),
            };
            let name = entry.file_name();
            if [c".", c".."].contains(&name) {
                continue;
            }
            self.left = self.left.checked_sub(1).ok_or(Errno::FBIG)?;
            match statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(about) if self.guests.contains(&about.st_uid) => self.found += 1,
                Ok(about) => {
                    let folder_of_others = FileType::from_raw_mode(about.st_mode)
                        == FileType::Directory
                        && Mode::from_raw_mode(about.st_mode).contains(Mode::XOTH);
                    if folder_of_others {
                        self.below(folder, name, depth)?;
                    }
                }
                // Gone meanwhile, or a private mount of a living user.
                Err(Errno::NOENT | Errno::ACCESS) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn below(
        &mut self,
        folder: impl AsFd,
        name: &std::ffi::CStr,
        depth: usize,
    ) -> Result<(), Errno> {
        let depth = depth.checked_sub(1).ok_or(Errno::FBIG)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match openat(folder, name, flags, Mode::empty()) {
            Ok(below) => match self.enter(&below, depth) {
                // Removed while it was read.
                Err(Errno::NOENT) => Ok(()),
                entered => entered,
            },
            // Gone, exchanged for something else, or private to a living user.
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::ACCESS) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
