//! The private socket of one guest.

use std::io;
use std::ops::RangeInclusive;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rand::TryRngCore;
use rand::rngs::OsRng;

/// A listening socket whose file goes with it.
#[derive(Debug)]
pub(super) struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

impl Socket {
    /// Binds a fresh name that nobody can guess (128 random bits) inside the private directory.
    pub(super) fn bind(directory: &Path, guest_uids: &RangeInclusive<u32>) -> io::Result<Self> {
        let mut name = [0u8; 16];
        OsRng.try_fill_bytes(&mut name).map_err(io::Error::other)?;
        let path = directory.join(format!("w-{:032x}", u128::from_le_bytes(name)));
        let listener = UnixListener::bind(&path)?;
        let socket = Self { listener, path };
        socket.listener.set_nonblocking(true)?;
        // Another uid can only connect when the file lets it write. The directory's 0700 and the
        // check of each peer's uid are what keeps the others out.
        let us = rustix::process::getuid().as_raw();
        let own = *guest_uids == (us..=us);
        let mode = if own { 0o600 } else { 0o666 };
        socket.set_mode(mode)?;
        Ok(socket)
    }

    fn set_mode(&self, mode: u32) -> io::Result<()> {
        #[allow(
            clippy::disallowed_methods,
            reason = "the door of the guest's socket file"
        )]
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(mode))
    }

    /// Where the guest finds it.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// For the event loop to watch.
    pub(super) fn watched(&self) -> io::Result<UnixListener> {
        self.listener.try_clone()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        #[allow(
            clippy::disallowed_methods,
            reason = "the door of the guest's socket file"
        )]
        // Already gone is as good as removed.
        if std::fs::remove_file(&self.path).is_err() {
            tracing::debug!("the guest's socket was already gone");
        }
    }
}

/// The kernel says that the peer runs as one of these uids.
pub(super) fn comes_from(peer: &UnixStream, uids: &RangeInclusive<u32>) -> bool {
    rustix::net::sockopt::socket_peercred(peer).is_ok_and(|peer| uids.contains(&peer.uid.as_raw()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn each_socket_has_its_own_name_and_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let uid = rustix::process::getuid().as_raw();
        let first = Socket::bind(directory.path(), &(uid..=uid)).unwrap();
        let second = Socket::bind(directory.path(), &(uid..=uid)).unwrap();
        assert_ne!(first.path(), second.path());
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 2);
        drop((first, second));
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_the_guest_s_uid_passes() {
        let (ours, _theirs) = UnixStream::pair().unwrap();
        let uid = rustix::process::getuid().as_raw();
        assert!(comes_from(&ours, &(uid..=uid)));
        assert!(!comes_from(&ours, &(uid + 1..=uid + 9)));
    }
}
