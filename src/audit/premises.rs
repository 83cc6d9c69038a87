//! What the station form knows of the machine that it audits.
#![forbid(unsafe_code)]

use std::ops::Range;
use std::path::PathBuf;

/// Whether the kernel bounds a session's memory and processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// It does.
    Whole,
    /// It does not: the controllers of control groups are not to be had.
    Absent,
    /// It does not, and the house declares that this is a test machine.
    Excused,
}

/// Where a guest or a service of the machine could have left something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Searched for files of the guests' uids.
    pub tops: Vec<PathBuf>,
    /// Where crash reports are written.
    pub crashes: Vec<PathBuf>,
    /// The print service's spool.
    pub spool: PathBuf,
    /// The print service's history of jobs.
    pub history: PathBuf,
    /// The print service's log of pages.
    pub pages: PathBuf,
}

impl Default for Places {
    /// Those of Debian.
    fn default() -> Self {
        let list = |places: &[&str]| places.iter().map(PathBuf::from).collect();
        Self {
            tops: list(&[
                "/tmp",
                "/var/tmp",
                "/dev/shm",
                "/run",
                "/var/spool",
                "/var/lib",
                "/var/crash",
                "/home",
            ]),
            crashes: list(&["/var/crash", "/var/lib/systemd/coredump"]),
            spool: "/var/spool/cups".into(),
            history: "/var/cache/cups/job.cache".into(),
            pages: "/var/log/cups/page_log".into(),
        }
    }
}

/// The station's fixed facts.
#[derive(Clone, Debug)]
pub struct Premises {
    /// The uids that guests take in turn.
    pub guests: Range<u32>,
    /// Below this the custodian mounts a session's file systems.
    pub session: PathBuf,
    /// Below this are the control groups of sessions.
    pub groups: PathBuf,
    /// Where the machine's POSIX message queues can be listed.
    pub queues: PathBuf,
    /// Whether sessions are bounded.
    pub limits: Limits,
    /// The house declares that freed memory is cleared.
    pub memory_cleared: bool,
    /// A session's names are asked of a service of this machine, which may keep them.
    pub caching_resolver: bool,
    /// Where to look for files.
    pub places: Places,
}
