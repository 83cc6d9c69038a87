//! The front-end's end of the custodian: starts `estrand`, sends commands, hears notices.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: starts the custodian")]

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc;

use super::protocol::{Command, Notice, VERSION};
use crate::config::BrowserKind;
use crate::guest::frame::{self, FrameError};

/// What the custodian is told when it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSettings {
    /// The station's first browser.
    pub first: BrowserKind,
    /// The other one.
    pub second: BrowserKind,
    /// RAM that a session's files may take at most, mebibytes.
    pub memory_mib: u32,
    /// The house's printer, ipp:// or ipps://.
    pub printer: Option<String>,
    /// A folder that stands for the visitor's stick (demonstration without privileges).
    pub stick: Option<PathBuf>,
    /// For a proof: the custodian allows its targets.
    pub proof: bool,
    /// The program of such a proof, in the place of a browser.
    pub program: Option<PathBuf>,
    /// Where the latest receipt is kept; none are made without.
    pub state: Option<PathBuf>,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            first: BrowserKind::Firefox,
            second: BrowserKind::Chromium,
            memory_mib: 2048,
            printer: None,
            stick: None,
            proof: false,
            program: None,
            state: None,
        }
    }
}

/// Why the custodian cannot be spoken to.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// It could not be started.
    #[error("starting {0}: {1}; is it installed beside estran?")]
    Spawn(PathBuf, #[source] io::Error),
    /// Nobody listens there.
    #[error("connecting to the custodian at {0}: {1}; is the service estrand running?")]
    Connect(PathBuf, #[source] io::Error),
    /// The socket failed.
    #[error("speaking to estrand: {0}")]
    Frame(#[from] FrameError),
    /// The machine refused a socket or a thread.
    #[error("preparing to speak to estrand: {0}")]
    Machine(#[from] io::Error),
}

/// The custodian's front-end. Dropping it ends the custodian, and the session with it.
#[derive(Debug)]
pub struct Client {
    socket: UnixStream,
    custodian: u32,
}

impl Client {
    /// Starts `estrand` in desk form as a child, greets it, and hears it on a thread of its own,
    /// which lives until the custodian is gone. The last notice is [`Notice::Lost`].
    ///
    /// # Errors
    /// [`ClientError`] when it cannot be started or greeted.
    pub fn spawn_desk(
        estrand: &Path,
        settings: ClientSettings,
        mut on_notice: impl FnMut(Notice) + Send + 'static,
    ) -> Result<Self, ClientError> {
        let (mut socket, theirs) = UnixStream::pair()?;
        let mut heard = socket.try_clone()?;
        let program = estrand.to_owned();
        let (started, start) = mpsc::channel();
        // The thread that starts the child waits for it: the custodian asks the kernel to be
        // killed when its parent *thread* ends.
        std::thread::Builder::new()
            .name("custodian".into())
            .spawn(move || {
                let child = spawn(&program, &settings, theirs);
                let (mut child, answer) = match child {
                    Ok(child) => {
                        let pid = child.id();
                        (Some(child), Ok(pid))
                    }
                    Err(error) => (None, Err(ClientError::Spawn(program, error))),
                };
                started.send(answer).ok();
                if let Some(child) = &mut child {
                    hear(&mut heard, &mut on_notice);
                    heard.shutdown(std::net::Shutdown::Both).ok();
                    child.wait().ok();
                    on_notice(Notice::Lost);
                }
            })?;
        let custodian = start.recv().map_err(io::Error::other)??;
        frame::write(
            &mut socket,
            &Command::Hello { version: VERSION },
            frame::LIMIT,
        )?;
        Ok(Self { socket, custodian })
    }

    /// The custodian's process.
    pub const fn custodian(&self) -> u32 {
        self.custodian
    }

    /// Connects to the root custodian of the station form, and hears it as the desk form's.
    ///
    /// # Errors
    /// [`ClientError`] when nobody listens at `path`.
    pub fn connect_station(
        path: &Path,
        mut on_notice: impl FnMut(Notice) + Send + 'static,
    ) -> Result<Self, ClientError> {
        let connect =
            UnixStream::connect(path).map_err(|error| ClientError::Connect(path.into(), error));
        let mut socket = connect?;
        let custodian = rustix::net::sockopt::socket_peercred(&socket).map_err(io::Error::from)?;
        let custodian = custodian.pid.as_raw_nonzero().get().unsigned_abs();
        let mut heard = socket.try_clone()?;
        std::thread::Builder::new()
            .name("custodian".into())
            .spawn(move || {
                hear(&mut heard, &mut on_notice);
                heard.shutdown(std::net::Shutdown::Both).ok();
                on_notice(Notice::Lost);
            })?;
        let hello = Command::Hello { version: VERSION };
        frame::write(&mut socket, &hello, frame::LIMIT)?;
        Ok(Self { socket, custodian })
    }

    /// Sends a command; answers come as notices.
    ///
    /// # Errors
    /// When the custodian is gone.
    pub fn send(&mut self, command: &Command) -> Result<(), ClientError> {
        Ok(frame::write(&mut self.socket, command, frame::LIMIT)?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.socket.shutdown(std::net::Shutdown::Both).ok();
    }
}

fn spawn(estrand: &Path, settings: &ClientSettings, socket: UnixStream) -> io::Result<Child> {
    let name = |browser| match browser {
        BrowserKind::Firefox => "firefox",
        BrowserKind::Chromium => "chromium",
    };
    let mut process = Process::new(estrand);
    process.arg("desk");
    if let Some(printer) = &settings.printer {
        process.args(["--printer", printer]);
    }
    if let Some(stick) = &settings.stick {
        process.arg("--stick").arg(stick);
    }
    process
        .args([
            "--first",
            name(settings.first),
            "--second",
            name(settings.second),
        ])
        .args(["--memory-mib", &settings.memory_mib.to_string()]);
    if settings.proof {
        process.arg("--proof").stderr(Stdio::null());
    }
    if let Some(state) = &settings.state {
        process.arg("--state").arg(state);
    }
    if let Some(program) = &settings.program {
        process.arg("--program").arg(program);
    }
    process
        .stdin(Stdio::from(OwnedFd::from(socket)))
        .stdout(Stdio::null())
        .spawn()
}

fn hear(socket: &mut UnixStream, on_notice: &mut impl FnMut(Notice)) {
    loop {
        match frame::read(socket, frame::LIMIT) {
            Ok(notice) => on_notice(notice),
            // A custodian of another version: say nothing false, the greeting settles it.
            Err(FrameError::NotValid) => {}
            Err(FrameError::Closed | FrameError::TooLong | FrameError::Io(_)) => return,
        }
    }
}
