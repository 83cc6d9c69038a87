//! The runtime directory, and what earlier front-ends left in it.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the runtime directory")]

use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, unlinkat};

use crate::audit::stale_runtimes;

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
