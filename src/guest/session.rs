//! One session: bwrap with its agent, watched from outside, and its end.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: processes, files and clock of the sandbox"
)]

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt, FdMapping};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::MemfdFlags;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use serde::Deserialize;

use super::frame::{self, FrameError};
use super::release::Release;
use super::sandbox::{self, Generated, Plan};
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
}

impl Session {
    /// Builds the sandbox and waits for its agent. Must be called from a thread that outlives the
    /// session: bwrap dies with the thread that started it.
    ///
    /// # Errors
    /// [`SessionError`]; whatever was started is dead again then.
    pub fn start(plan: &Plan) -> Result<Self, SessionError> {
        let (channel, inside) = UnixStream::pair()?;
        let (info, info_write) = std::io::pipe()?;
        let mut bwrap = spawn(plan, inside, info_write.into())?;
        let result = Self::watch(&bwrap, File::from(OwnedFd::from(info)), &channel);
        match result {
            Ok((pid, init, release, marks)) => Ok(Self {
                bwrap,
                init,
                pid,
                channel,
                release,
                marks,
            }),
            Err(error) => {
                bwrap.kill().ok();
                bwrap.wait().ok();
                Err(error)
            }
        }
    }

    fn watch(
        bwrap: &Child,
        mut info: File,
        channel: &UnixStream,
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
        let marks = Marks::of(pid, bwrap.id())?;
        Ok((pid, init, release, marks))
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
        if !self.release.wait(until)? {
            return Err(NotEnded::FileSystems.into());
        }
        Ok(())
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

fn spawn(plan: &Plan, stdin: UnixStream, info: OwnedFd) -> Result<Child, SessionError> {
    let resolvers = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let mut files = sandbox::account_files(&resolvers, plan.network);
    files.extend(plan.files.iter().cloned());
    // 3 arguments, 4 filter, 5 information, then the generated files.
    let numbers: Vec<i32> = (6..).take(files.len()).collect();
    let arguments = sandbox::encode(&sandbox::arguments(plan, &files, &numbers));
    let mut mappings = vec![
        FdMapping {
            parent_fd: memory(&arguments)?,
            child_fd: 3,
        },
        FdMapping {
            parent_fd: memory(&seccomp::filter()?)?,
            child_fd: 4,
        },
        FdMapping {
            parent_fd: info,
            child_fd: 5,
        },
    ];
    for (Generated { content, .. }, child_fd) in files.iter().zip(numbers) {
        mappings.push(FdMapping {
            parent_fd: memory(content)?,
            child_fd,
        });
    }
    let mut command = Command::new(bwrap());
    command
        .args(["--args", "3", "--seccomp", "4", "--info-fd", "5", "--"])
        .args(["/run/estran/estrand", "agent"])
        .env_clear()
        .stdin(Stdio::from(OwnedFd::from(stdin)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .fd_mappings(mappings)
        .map_err(|_| SessionError::NotUp)?;
    command.spawn().map_err(SessionError::Bwrap)
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

/// The program that builds walls.
pub(crate) fn bwrap() -> PathBuf {
    Path::new("/usr/bin/bwrap").to_owned()
}

/// Bytes that a child reads from a file descriptor, without a file.
pub(crate) fn memory(bytes: &[u8]) -> Result<OwnedFd, SessionError> {
    let mut file = File::from(rustix::fs::memfd_create("estran", MemfdFlags::CLOEXEC)?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
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
