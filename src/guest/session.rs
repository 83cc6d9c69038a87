//! One session: bwrap with its agent, watched from outside, and its end.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: processes, files and clock of the sandbox"
)]

use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId};

use super::frame::{self, FrameError};
use super::inner::{Inner, Ram};
use super::outer::{Ground, Outer, OuterError};
use super::release::Release;
use super::sandbox::{self, Plan};
use super::seccomp;
use super::walled::{Walled, adopt_orphans, reap};
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
    walled: Walled,
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
        adopt_orphans()?;
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
        bwrap: Child,
        info: File,
        channel: UnixStream,
        outer: Option<Outer>,
    ) -> Result<Self, SessionError> {
        let walled = Walled::of(bwrap, info)?;
        let (release, marks) = Self::up(&walled, &channel, outer.as_ref())?;
        Ok(Self {
            walled,
            channel,
            release,
            marks,
            outer,
        })
    }

    fn up(
        walled: &Walled,
        channel: &UnixStream,
        outer: Option<&Outer>,
    ) -> Result<(Release, Marks), SessionError> {
        channel.set_read_timeout(Some(START))?;
        let mut reader = channel;
        match frame::read(&mut reader, frame::GUEST_LIMIT) {
            Ok(Told::Ready) => {}
            _ => return Err(SessionError::NotUp),
        }
        channel.set_read_timeout(None)?;
        // A guest that stops reading does not stop the custodian.
        channel.set_write_timeout(Some(ORDER))?;
        let (pid, bwrap) = (walled.init(), walled.bwrap());
        // The mounts are final once the agent runs.
        let release = Release::watch(pid, &sandbox::WRITABLE)?;
        let marks = match outer {
            None => Marks::of(pid, bwrap)?,
            Some(outer) => {
                let before = outer.before();
                Marks::since(pid, bwrap, before)?.with_outer(outer.marks(bwrap)?, before)?
            }
        };
        Ok((release, marks))
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
        self.walled.init()
    }

    /// A second end of the agent's channel, for the thread that reads it.
    ///
    /// # Errors
    /// When no file descriptor is left.
    pub fn listen(&self) -> std::io::Result<UnixStream> {
        self.channel.try_clone()
    }

    /// After the agent's death: ends what is left inside, so that no zombie stays until the wipe.
    pub fn reap(&mut self) {
        // What does not end now is the wipe's to say.
        self.walled.end(Instant::now() + ORDER).ok();
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
        self.walled.end(until)?;
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
        if let Some(group) = Pid::from_raw(self.walled.bwrap().cast_signed()) {
            reap(WaitId::Pgid(Some(group)), until)?;
        }
        outer.unmount(until)
    }
}
