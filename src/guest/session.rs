//! One session: bwrap with its agent, watched from outside, and its end.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: processes, files and clock of the sandbox"
)]

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, pidfd_open, pidfd_send_signal, waitid,
};
use serde::Deserialize;

use super::frame::{self, FrameError};
use super::inner::{Inner, Ram};
use super::outer::{Ground, Outer, OuterError};
use super::release::Release;
use super::sandbox::{self, Plan};
use super::seccomp;
use super::words::{Order, Told};
use crate::audit::Marks;

/// How long bwrap and the agent may take to come up.
const START: Duration = Duration::from_secs(20);

/// How long the agent may leave an order unread.
const ORDER: Duration = Duration::from_secs(5);

/// Why a session did not start or did not end.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// `bwrap` could not be started.
    #[error("starting bwrap: {0}; install the package bubblewrap")]
    Bwrap(#[source] std::io::Error),
    /// A system call of ours failed.
    #[error("preparing the sandbox: {0}")]
    System(#[from] std::io::Error),
    /// The filter of system calls did not compile.
    #[error(transparent)]
    Seccomp(#[from] seccomp::SeccompError),
    /// bwrap ended or stayed silent before the agent was there.
    #[error("the sandbox did not come up; are user namespaces allowed on this machine?")]
    NotUp,
    /// The agent cannot be spoken to.
    #[error("the agent inside the sandbox: {0}")]
    Agent(#[from] FrameError),
    /// The outer walls of the station form.
    #[error(transparent)]
    Outer(#[from] OuterError),
    /// Something survived or is still held.
    #[error("the session did not end: {0}")]
    NotEnded(#[from] NotEnded),
}

/// What did not end in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEnded {
    /// The sandbox's first process, and so perhaps others.
    #[error("its processes are still there")]
    Processes,
    /// A RAM file system is still mounted or held.
    #[error("its file systems are still held")]
    FileSystems,
    /// The control group cannot be removed.
    #[error("its control group cannot be removed")]
    Group,
}

/// The two strengths of one design.
#[derive(Debug)]
pub enum Form {
    /// As the user that runs it, without privileges.
    Desk,
    /// As root, with outer walls.
    Station(Box<Ground>),
}

impl Form {
    /// Starts a session. `front_end` is the uid that owns the display's socket.
    ///
    /// # Errors
    /// [`SessionError`]; whatever was started is dead again then.
    pub fn start(&self, plan: &Plan, front_end: u32) -> Result<Session, SessionError> {
        match self {
            Self::Desk => Session::start(plan),
            Self::Station(ground) => Session::start_on(ground, plan, front_end),
        }
    }

    /// Ends what an earlier session left. The desk form's sessions leave nothing to end: they die
    /// with their custodian.
    ///
    /// # Errors
    /// When something resists.
    pub fn sweep(&self) -> Result<(), SessionError> {
        match self {
            Self::Desk => Ok(()),
            Self::Station(ground) => Ok(ground.sweep()?),
        }
    }
}

impl From<rustix::io::Errno> for SessionError {
    fn from(error: rustix::io::Errno) -> Self {
        Self::System(error.into())
    }
}

/// A running session. Dropping it kills it; only [`Session::wipe`] says whether it is gone.
#[derive(Debug)]
pub struct Session {
    bwrap: Child,
    init: OwnedFd,
    pid: u32,
    channel: UnixStream,
    release: Release,
    marks: Marks,
    outer: Option<Outer>,
}

impl Session {
    /// Builds the sandbox and waits for its agent. Must be called from a thread that outlives the
    /// session: bwrap dies with the thread that started it.
    ///
    /// # Errors
    /// [`SessionError`]; whatever was started is dead again then.
    pub fn start(plan: &Plan) -> Result<Self, SessionError> {
        let (channel, inside) = UnixStream::pair()?;
        let (info, tell) = std::io::pipe()?;
        let resolvers = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
        let inner = Inner::new(plan, Ram::Own, &resolvers, inside, tell.into())?;
        // The command, and with it our end of the pipe that tells, is gone after this line.
        let bwrap = inner.command()?.spawn().map_err(SessionError::Bwrap)?;
        Self::watch(bwrap, File::from(OwnedFd::from(info)), channel, None)
    }

    /// The same inside outer walls, as root.
    ///
    /// # Errors
    /// [`SessionError`]; whatever was started is dead again then.
    pub fn start_on(ground: &Ground, plan: &Plan, front_end: u32) -> Result<Self, SessionError> {
        let mut outer = ground.raise(plan, front_end)?;
        let (channel, inside) = UnixStream::pair()?;
        let (info, tell) = std::io::pipe()?;
        let placed = outer.inside(plan);
        let ram = Ram::Outer(outer.root());
        let inner = Inner::new(&placed, ram, &ground.inner_resolvers(), inside, tell.into())?;
        let bwrap = outer.spawn(&plan.agent, inner)?;
        Self::watch(bwrap, File::from(OwnedFd::from(info)), channel, Some(outer))
    }

    fn watch(
        mut bwrap: Child,
        info: File,
        channel: UnixStream,
        outer: Option<Outer>,
    ) -> Result<Self, SessionError> {
        match Self::up(bwrap.id(), info, &channel, outer.as_ref()) {
            Ok((pid, init, release, marks)) => Ok(Self {
                bwrap,
                init,
                pid,
                channel,
                release,
                marks,
                outer,
            }),
            Err(error) => {
                bwrap.kill().ok();
                bwrap.wait().ok();
                Err(error)
            }
        }
    }

    fn up(
        bwrap: u32,
        mut info: File,
        channel: &UnixStream,
        outer: Option<&Outer>,
    ) -> Result<(u32, OwnedFd, Release, Marks), SessionError> {
        let mut text = String::new();
        info.read_to_string(&mut text)?;
        let pid = first_process(&text).ok_or(SessionError::NotUp)?;
        let raw = i32::try_from(pid).ok().and_then(Pid::from_raw);
        let init = pidfd_open(raw.ok_or(SessionError::NotUp)?, PidfdFlags::empty())?;
        channel.set_read_timeout(Some(START))?;
        let mut reader = channel;
        match frame::read(&mut reader, frame::GUEST_LIMIT) {
            Ok(Told::Ready) => {}
            _ => return Err(SessionError::NotUp),
        }
        channel.set_read_timeout(None)?;
        // A guest that stops reading does not stop the custodian.
        channel.set_write_timeout(Some(ORDER))?;
        // The mounts are final once the agent runs.
        let release = Release::watch(pid, &sandbox::WRITABLE)?;
        let marks = match outer {
            None => Marks::of(pid, bwrap)?,
            Some(outer) => {
                let before = outer.before();
                Marks::since(pid, bwrap, before)?.with_outer(outer.marks(bwrap)?, before)?
            }
        };
        Ok((pid, init, release, marks))
    }

    /// The outer walls; none in the desk form.
    pub const fn outer(&self) -> Option<&Outer> {
        self.outer.as_ref()
    }

    /// What the audit has to look for after this session.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The pid, seen from outside, of the sandbox's first process.
    pub fn init(&self) -> u32 {
        self.pid
    }

    /// A second end of the agent's channel, for the thread that reads it.
    ///
    /// # Errors
    /// When no file descriptor is left.
    pub fn listen(&self) -> std::io::Result<UnixStream> {
        self.channel.try_clone()
    }

    /// After the agent's death: takes bwrap's exit, so that no zombie stays until the wipe.
    pub fn reap(&mut self) {
        self.kill();
        self.bwrap.wait().ok();
    }

    /// Tells the agent to do something.
    ///
    /// # Errors
    /// When the agent is gone.
    pub fn order(&mut self, order: &Order) -> Result<(), SessionError> {
        Ok(frame::write(&mut self.channel, order, frame::LIMIT)?)
    }

    /// Runs any program as the guest, in the place of a browser.
    ///
    /// # Errors
    /// When the agent is gone.
    pub fn start_program(&mut self, argv: Vec<String>) -> Result<(), SessionError> {
        self.order(&Order::Launch(super::words::Launch {
            argv,
            env: Vec::new(),
            files: Vec::new(),
            forward: false,
        }))
    }

    /// Kills every process of the session and waits until the kernel has taken down its process
    /// table and each of its RAM file systems.
    ///
    /// # Errors
    /// [`SessionError::NotEnded`] when one of these did not happen within `patience`.
    #[allow(
        clippy::result_large_err,
        reason = "once a visit, and the marks are wanted either way"
    )]
    pub fn wipe(mut self, patience: Duration) -> Result<(Duration, Marks), (SessionError, Marks)> {
        let begun = Instant::now();
        let ended = self.end(begun + patience);
        let taken = begun.elapsed();
        // Nothing is lost by taking the marks: the rest of `self` only kills once more.
        let marks = std::mem::take(&mut self.marks);
        match ended {
            Ok(()) => Ok((taken, marks)),
            Err(error) => Err((error, marks)),
        }
    }

    fn end(&mut self, until: Instant) -> Result<(), SessionError> {
        self.kill();
        // The first process of a pid namespace is only reaped once all others are gone.
        wait_readable(&self.init, until)?
            .then_some(())
            .ok_or(NotEnded::Processes)?;
        while self.bwrap.try_wait()?.is_none() {
            if Instant::now() > until {
                return Err(NotEnded::Processes.into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        self.channel.shutdown(std::net::Shutdown::Both).ok();
        self.end_outer(until)?;
        if !self.release.wait(until)? {
            return Err(NotEnded::FileSystems.into());
        }
        Ok(())
    }

    /// What lives outside the inner sandbox (the way to the network), then the walls themselves.
    fn end_outer(&mut self, until: Instant) -> Result<(), NotEnded> {
        let Some(outer) = &mut self.outer else {
            return Ok(());
        };
        outer.kill();
        outer.empty(until)?;
        let number = |pid: u32| Pid::from_raw(pid.cast_signed());
        if let (Some(init), Some(group)) = (number(self.pid), number(self.bwrap.id())) {
            reap(WaitId::Pid(init), until)?;
            reap(WaitId::Pgid(Some(group)), until)?;
        }
        outer.unmount(until)
    }

    fn kill(&mut self) {
        // An error means that it is dead already.
        pidfd_send_signal(&self.init, Signal::KILL).ok();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.kill();
        self.bwrap.kill().ok();
        self.bwrap.wait().ok();
    }
}

/// Reaps orphans that came to us, if any did: a zombie would look like a survivor.
fn reap(who: WaitId<'_>, until: Instant) -> Result<(), NotEnded> {
    loop {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
        match waitid(who.clone(), options) {
            Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(1)),
            Ok(None) => return Err(NotEnded::Processes),
            // No child of ours, or none any more.
            Err(_) => return Ok(()),
        }
    }
}

/// The first process of a sandbox, from what `bwrap --info-fd` says.
pub(crate) fn first_process(info: &str) -> Option<u32> {
    #[derive(Deserialize)]
    struct Info {
        #[serde(rename = "child-pid")]
        child_pid: u32,
    }
    let info: Info = serde_json::from_str(info).ok()?;
    (info.child_pid > 0).then_some(info.child_pid)
}

/// Waits until `fd` is readable; false when `until` has passed.
pub(crate) fn wait_readable(fd: &impl AsFd, until: Instant) -> Result<bool, rustix::io::Errno> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec {
            tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(left.subsec_nanos()),
        };
        match poll(&mut [PollFd::new(fd, PollFlags::IN)], Some(&left)) {
            Ok(0) => return Ok(false),
            Ok(_) => return Ok(true),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
}
