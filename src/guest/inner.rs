//! The inner sandbox as a command: `bwrap` with everything that it reads from file descriptors. The
//! desk form starts it; the station form hands its files to the process that becomes it.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the sandbox's command")]

use std::fs::File;
use std::io::{Seek, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use command_fds::{CommandFdExt, FdMapping};
use rustix::fs::MemfdFlags;

use super::sandbox::{self, Plan};
use super::seccomp;
use super::session::SessionError;

pub use super::sandbox::Ram;

/// What bwrap needs besides its program, in the order of [`Inner::into_files`].
#[derive(Debug)]
pub struct Inner {
    agent: OwnedFd,
    arguments: OwnedFd,
    filter: OwnedFd,
    info: OwnedFd,
    generated: Vec<OwnedFd>,
}

/// bwrap finds the arguments under 3, the filter under 4, tells its child under 5, and finds the
/// generated files from here on.
const GENERATED: i32 = 6;

impl Inner {
    /// Writes everything into memory. `agent` becomes the agent's standard input.
    ///
    /// # Errors
    /// When the machine has no file descriptor or memory left.
    pub fn new(
        plan: &Plan,
        ram: Ram<'_>,
        resolvers: &str,
        agent: UnixStream,
        info: OwnedFd,
    ) -> Result<Self, SessionError> {
        let mut files = sandbox::account_files(resolvers, plan.network);
        files.extend(plan.files.iter().cloned());
        let numbers: Vec<i32> = (GENERATED..).take(files.len()).collect();
        let arguments = sandbox::encode(&sandbox::arguments(plan, ram, &files, &numbers));
        Ok(Self {
            agent: agent.into(),
            arguments: memory(&arguments)?,
            filter: memory(&seccomp::filter()?)?,
            info,
            generated: files
                .iter()
                .map(|file| memory(&file.content))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The files in a fixed order.
    pub fn into_files(self) -> Vec<OwnedFd> {
        let mut files = vec![self.agent, self.arguments, self.filter, self.info];
        files.extend(self.generated);
        files
    }

    /// From files in that order.
    pub fn from_files(files: Vec<OwnedFd>) -> Option<Self> {
        let mut files = files.into_iter();
        Some(Self {
            agent: files.next()?,
            arguments: files.next()?,
            filter: files.next()?,
            info: files.next()?,
            generated: files.collect(),
        })
    }

    /// The command.
    ///
    /// # Errors
    /// Never in practice: the numbers are all different.
    pub fn command(self) -> Result<Command, SessionError> {
        let first = [self.arguments, self.filter, self.info];
        let mappings = (3..)
            .zip(first.into_iter().chain(self.generated))
            .map(|(child_fd, parent_fd)| FdMapping {
                parent_fd,
                child_fd,
            })
            .collect();
        let mut command = Command::new("/usr/bin/bwrap");
        command
            .args(["--args", "3", "--seccomp", "4", "--info-fd", "5", "--"])
            .args(["/run/estran/estrand", "agent"])
            .env_clear()
            .stdin(Stdio::from(self.agent))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .fd_mappings(mappings)
            .map_err(|_| SessionError::NotUp)?;
        Ok(command)
    }
}

/// Bytes that a child reads from a file descriptor, without a file.
pub(crate) fn memory(bytes: &[u8]) -> Result<OwnedFd, SessionError> {
    let mut file = File::from(rustix::fs::memfd_create("estran", MemfdFlags::CLOEXEC)?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
}
