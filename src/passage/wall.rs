//! The passage's own sandbox, and its end.
#![allow(clippy::disallowed_methods, reason = "door: starts the passage")]

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};

use super::serve::Orders;
use crate::guest::frame::{self, FrameError};
use crate::guest::outer::{Outer, give_files, listen_inside};
use crate::guest::sandbox::{Generated, PASSAGE_ADDRESS, encode};
use crate::guest::{Session, SessionError, memory, seccomp};

/// The account that owns nothing.
const NOBODY: u32 = 65534;

/// How long it may take to come up.
const START: Duration = Duration::from_secs(20);

/// Why there is no passage: the session must not begin then.
#[derive(Debug, thiserror::Error)]
pub enum PassageError {
    /// The desk form has none.
    #[error("only the station form has a network of its own")]
    NoWalls,
    /// Its sandbox did not start.
    #[error("starting the passage: {0}")]
    Start(#[from] SessionError),
    /// The machine refused something.
    #[error("preparing the passage: {0}")]
    Machine(#[from] io::Error),
    /// It cannot be spoken to.
    #[error("speaking to the passage: {0}")]
    Frame(#[from] FrameError),
}

/// A running passage. Dropping it ends it.
#[derive(Debug)]
pub struct Passage {
    bwrap: Child,
    socket: UnixStream,
}

impl Passage {
    /// Opens one for the session. `told` hears when an upload begins and ends. Must be called from a
    /// thread that outlives it.
    ///
    /// # Errors
    /// [`PassageError`]; nothing is left running then.
    pub fn open(
        session: &Session,
        orders: &Orders,
        mut told: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, PassageError> {
        let outer = session.outer().ok_or(PassageError::NoWalls)?;
        let listener = listen_inside(session.init(), PASSAGE_ADDRESS)?;
        let (mut ours, theirs) = UnixStream::pair()?;
        let bwrap = spawn(outer, theirs)?;
        let passage = Self {
            bwrap,
            socket: ours.try_clone()?,
        };
        ours.set_read_timeout(Some(START))?;
        give_files(&ours, &[listener.into()])?;
        frame::write(&mut ours, orders, frame::LIMIT)?;
        frame::read::<bool>(&mut ours, frame::GUEST_LIMIT)?;
        ours.set_read_timeout(None)?;
        let hear = move || {
            while let Ok(uploading) = frame::read(&mut ours, frame::GUEST_LIMIT) {
                told(uploading);
            }
        };
        std::thread::Builder::new()
            .name("passage".into())
            .spawn(hear)?;
        Ok(passage)
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        self.socket.shutdown(std::net::Shutdown::Both).ok();
        self.bwrap.kill().ok();
        self.bwrap.wait().ok();
    }
}

fn spawn(outer: &Outer, custodian: UnixStream) -> Result<Child, PassageError> {
    let walls = outer.helper().ok_or(PassageError::NoWalls)?;
    let resolvers = std::fs::read_to_string(outer.resolvers())?;
    let files = [
        Generated::text("/etc/hosts", "127.0.0.1 localhost\n"),
        Generated::text("/etc/nsswitch.conf", "hosts: files dns\n"),
        Generated::text("/etc/resolv.conf", resolvers),
    ];
    let numbers: Vec<i32> = (5..).take(files.len()).collect();
    let arguments = arguments(walls.program(), &files, &numbers);
    let filter = seccomp::filter().map_err(SessionError::from)?;
    let mut mappings = vec![
        mapping(memory(&arguments)?, 3),
        mapping(memory(&filter)?, 4),
    ];
    for (file, number) in files.iter().zip(numbers) {
        mappings.push(mapping(memory(&file.content)?, number));
    }
    let mut bwrap = walls.enter(NOBODY, "/usr/bin/bwrap");
    bwrap
        .args(["--args", "3", "--seccomp", "4", "--"])
        .args(["/run/estrand", "passage"])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(OwnedFd::from(custodian)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .fd_mappings(mappings)
        .map_err(|_| SessionError::NotUp)?;
    bwrap
        .spawn()
        .map_err(|error| SessionError::Bwrap(error).into())
}

const fn mapping(parent_fd: OwnedFd, child_fd: i32) -> FdMapping {
    FdMapping {
        parent_fd,
        child_fd,
    }
}

/// Nothing to write to, nothing to read but the libraries and whom to ask for names.
fn arguments(program: &Path, files: &[Generated], numbers: &[i32]) -> Vec<u8> {
    let mut all: Vec<std::ffi::OsString> = Vec::new();
    let mut say = |words: &str| all.extend(words.split(' ').map(Into::into));
    say("--unshare-user --unshare-ipc --unshare-pid --unshare-uts --unshare-cgroup-try");
    say("--hostname poste --die-with-parent --new-session --clearenv --ro-bind /usr /usr");
    for name in ["bin", "lib", "lib32", "lib64"] {
        if Path::new("/").join(name).is_symlink() {
            say(&format!("--symlink usr/{name} /{name}"));
        } else {
            say(&format!("--ro-bind-try /{name} /{name}"));
        }
    }
    say("--ro-bind-try /etc/ld.so.cache /etc/ld.so.cache --proc /proc --dev /dev");
    for (file, number) in files.iter().zip(numbers) {
        say(&format!(
            "--perms 0644 --file {number} {}",
            file.path.display()
        ));
    }
    say("--ro-bind");
    all.push(program.into());
    all.extend(
        [
            "/run/estrand",
            "--chdir",
            "/",
            "--remount-ro",
            "/dev",
            "--remount-ro",
            "/",
        ]
        .map(Into::into),
    );
    encode(&all)
}
