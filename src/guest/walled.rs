//! A running bwrap and the first process inside it, from their start to their end.
//!
//! bwrap ends together with its program and leaves the first process of the sandbox to whoever
//! adopts orphans. We do: an orphan that nobody has reaped yet looks like a survivor.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the sandbox's processes")]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, getpid, pidfd_open, pidfd_send_signal,
    set_child_subreaper, waitid,
};
use serde::Deserialize;

use super::session::{NotEnded, SessionError};

/// How long a sandbox that nobody wants any more may take to end.
const DROPPED: Duration = Duration::from_secs(5);

/// Orphans of our sandboxes come to this process from now on.
///
/// # Errors
/// When the kernel refuses.
pub fn adopt_orphans() -> io::Result<()> {
    Ok(set_child_subreaper(Some(getpid()))?)
}

/// Both processes. Dropping them kills them; only [`Walled::end`] says whether they are gone.
#[derive(Debug)]
pub struct Walled {
    bwrap: Child,
    init: OwnedFd,
    pid: u32,
}

impl Walled {
    /// Takes a `bwrap` that was just started, with what it tells under `--info-fd`.
    ///
    /// # Errors
    /// [`SessionError::NotUp`] when it ended before it had a first process; it is dead then.
    pub fn of(mut bwrap: Child, mut info: File) -> Result<Self, SessionError> {
        let mut first = || -> Result<(u32, OwnedFd), SessionError> {
            let mut text = String::new();
            info.read_to_string(&mut text)?;
            let pid = first_process(&text).ok_or(SessionError::NotUp)?;
            let raw = i32::try_from(pid).ok().and_then(Pid::from_raw);
            let raw = raw.ok_or(SessionError::NotUp)?;
            Ok((pid, pidfd_open(raw, PidfdFlags::empty())?))
        };
        match first() {
            Ok((pid, init)) => Ok(Self { bwrap, init, pid }),
            Err(error) => {
                bwrap.kill().ok();
                bwrap.wait().ok();
                Err(error)
            }
        }
    }

    /// bwrap's outer process.
    pub fn bwrap(&self) -> u32 {
        self.bwrap.id()
    }

    /// The sandbox's first process, as it is seen from outside.
    pub const fn init(&self) -> u32 {
        self.pid
    }

    /// Kills the sandbox, waits until each process in it is gone, and takes their exits.
    ///
    /// # Errors
    /// [`NotEnded::Processes`] when that did not happen before `until`.
    pub fn end(&mut self, until: Instant) -> Result<(), NotEnded> {
        // An error means that it is dead already.
        pidfd_send_signal(&self.init, Signal::KILL).ok();
        // The first process of a pid namespace is only a zombie once all others are gone.
        if !matches!(wait_readable(&self.init, until), Ok(true)) {
            return Err(NotEnded::Processes);
        }
        while !matches!(self.bwrap.try_wait(), Ok(Some(_))) {
            if Instant::now() > until {
                return Err(NotEnded::Processes);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        // bwrap took its child's exit or left it to us.
        reap(WaitId::PidFd(self.init.as_fd()), until)
    }
}

impl Drop for Walled {
    fn drop(&mut self) {
        pidfd_send_signal(&self.init, Signal::KILL).ok();
        self.bwrap.kill().ok();
        self.end(Instant::now() + DROPPED).ok();
    }
}

/// Takes the exits of children of ours; who is no child of ours is nobody's zombie here.
pub(super) fn reap(who: WaitId<'_>, until: Instant) -> Result<(), NotEnded> {
    loop {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
        match waitid(who.clone(), options) {
            Ok(Some(_)) | Err(Errno::INTR) => {}
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(1)),
            Ok(None) => return Err(NotEnded::Processes),
            // No child of ours, or none any more.
            Err(_) => return Ok(()),
        }
    }
}

/// The first process of a sandbox, from what `bwrap --info-fd` says.
fn first_process(info: &str) -> Option<u32> {
    #[derive(Deserialize)]
    struct Info {
        #[serde(rename = "child-pid")]
        child_pid: u32,
    }
    let info: Info = serde_json::from_str(info).ok()?;
    (info.child_pid > 0).then_some(info.child_pid)
}

/// Waits until `fd` is readable; false when `until` has passed.
///
/// # Errors
/// When the kernel refuses.
pub fn wait_readable(fd: &impl AsFd, until: Instant) -> Result<bool, Errno> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec {
            tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(left.subsec_nanos()),
        };
        match poll(&mut [PollFd::new(fd, PollFlags::IN)], Some(&left)) {
            Ok(0) => return Ok(false),
            Ok(_) => return Ok(true),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::first_process;

    #[test]
    fn what_bwrap_tells() {
        assert_eq!(first_process("{\"child-pid\": 41, \"x\": 1}"), Some(41));
        for bad in ["", "{}", "{\"child-pid\": 0}", "{\"child-pid\": -1}"] {
            assert_eq!(first_process(bad), None, "{bad}");
        }
    }
}
