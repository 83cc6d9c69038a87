//! What earlier front-ends and custodians left: directories, and sandboxes that nobody owns.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the runtime directory")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, unlinkat};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use crate::audit::{left_sandboxes, stale_runtimes};

/// How long a sandbox that is killed may take to be gone.
const ENDING: Duration = Duration::from_secs(5);

/// Where front-ends make their own directory: `XDG_RUNTIME_DIR`, or /run for root, or /tmp.
pub fn runtime_directory() -> PathBuf {
    let asked = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let fallback = if rustix::process::getuid().is_root() {
        "/run"
    } else {
        "/tmp"
    };
    asked
        .filter(|path| path.is_absolute() && path.is_dir())
        .unwrap_or_else(|| fallback.into())
}

/// Where the front-end of this account makes its own directory, as its custodian knows it.
pub fn directory_of(front_end: u32) -> PathBuf {
    if front_end == rustix::process::getuid().as_raw() {
        return runtime_directory();
    }
    let own = PathBuf::from(format!("/run/user/{front_end}"));
    if own.is_dir() { own } else { "/tmp".into() }
}

/// Removes directories of dead front-ends: sockets, locks and plain files directly inside, then
/// the directory. Nothing is followed and nothing is walked; whatever resists stays for the audit.
pub fn stale_runtimes_removed(runtime: &Path) {
    for stale in stale_runtimes(runtime).unwrap_or_default() {
        remove(&stale).ok();
    }
}

/// Ends sandboxes whose custodian is gone. A bwrap that loses its custodian before it has asked the
/// kernel to die with it waits for ever, and holds what the visit was to begin with; whatever
/// resists stays for the audit.
pub fn left_sandboxes_ended() {
    let left = left_sandboxes().unwrap_or_default();
    if left.is_empty() {
        return;
    }
    tracing::warn!(
        count = left.len(),
        "ending sandboxes of an earlier custodian"
    );
    let raw = |pid: u32| i32::try_from(pid).ok().and_then(Pid::from_raw);
    let open = |pid| Some((pid, pidfd_open(raw(pid)?, PidfdFlags::empty()).ok()?));
    let open: Vec<_> = left.into_iter().filter_map(open).collect();
    // Looked at once more: a number may have gone to somebody else before it was opened.
    let still = left_sandboxes().unwrap_or_default();
    let until = Instant::now() + ENDING;
    let killed: Vec<u32> = open
        .iter()
        .filter(|(pid, _)| still.contains(pid))
        .filter(|(_, process)| pidfd_send_signal(process, Signal::KILL).is_ok())
        .map(|(pid, _)| *pid)
        .collect();
    // Whoever adopted them takes their exits.
    let there = |pid: &u32| Path::new(&format!("/proc/{pid}")).exists();
    while Instant::now() < until && killed.iter().any(there) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn remove(stale: &Path) -> rustix::io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = openat(rustix::fs::CWD, stale, flags, Mode::empty())?;
    if rustix::fs::fstat(&folder)?.st_uid != rustix::process::getuid().as_raw() {
        return Err(rustix::io::Errno::PERM);
    }
    for entry in Dir::read_from(&folder)? {
        let entry = entry?;
        if entry.file_type() != FileType::Directory {
            unlinkat(&folder, entry.file_name(), AtFlags::empty())?;
        }
    }
    unlinkat(rustix::fs::CWD, stale, AtFlags::REMOVEDIR)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_dead_front_ends_directory_goes_and_links_are_not_followed() {
        let runtime = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("kept"), "kept").unwrap();
        let dead = runtime.path().join("estran-4194400");
        std::fs::create_dir(&dead).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dead.join("wayland-0")).unwrap();
        std::os::unix::fs::symlink(outside.path(), dead.join("link")).unwrap();
        let full = runtime.path().join("estran-4194401");
        std::fs::create_dir_all(full.join("folder")).unwrap();
        stale_runtimes_removed(runtime.path());
        assert!(!dead.exists());
        assert!(outside.path().join("kept").exists());
        assert_eq!(
            stale_runtimes(runtime.path()).unwrap(),
            [full],
            "never walked, so still seen"
        );
    }
}
