//! Seeing a RAM file system really go. The kernel unmounts a dead session's file systems a little
//! after its last process; an inotify watch on their roots does not hold them, and receives
//! `IN_UNMOUNT` when each is taken down with all its pages.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::time::Instant;

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use rustix::io::Errno;

use super::walled::wait_readable;

/// The file systems of one session that are still there.
#[derive(Debug)]
pub struct Release {
    inotify: OwnedFd,
    left: BTreeSet<i32>,
}

impl Release {
    /// Watches the writable `places` of the sandbox whose first process is `pid`.
    ///
    /// # Errors
    /// When one of the places cannot be watched: then its end could not be seen either.
    pub fn watch(pid: u32, places: &[&str]) -> Result<Self, Errno> {
        let inotify = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
        let mut left = BTreeSet::new();
        for place in places {
            // The guest cannot replace these roots: they are mount points of ours.
            let path = format!("/proc/{pid}/root{place}");
            let flags = WatchFlags::DELETE_SELF | WatchFlags::ONLYDIR | WatchFlags::DONT_FOLLOW;
            left.insert(inotify::add_watch(&inotify, path.as_str(), flags)?);
        }
        Ok(Self { inotify, left })
    }

    /// Waits until all are gone; false when `until` passed before.
    ///
    /// # Errors
    /// When the kernel lost events.
    pub fn wait(&mut self, until: Instant) -> Result<bool, Errno> {
        let mut buffer = [MaybeUninit::<u8>::uninit(); 1024];
        while !self.left.is_empty() {
            if !wait_readable(&self.inotify, until)? {
                return Ok(false);
            }
            let mut reader = inotify::Reader::new(&self.inotify, &mut buffer);
            loop {
                match reader.next() {
                    Ok(event) if event.events().contains(ReadFlags::UNMOUNT) => {
                        self.left.remove(&event.wd());
                    }
                    Ok(event) if event.events().contains(ReadFlags::QUEUE_OVERFLOW) => {
                        return Err(Errno::OVERFLOW);
                    }
                    Ok(_) => {}
                    Err(Errno::AGAIN) => break,
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(true)
    }
}
