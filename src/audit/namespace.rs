//! The kernel's word on who owns a namespace. Namespace numbers are reused as soon as they are
//! free, so a number seen after a session proves nothing; the owner does, because the custodian
//! keeps the session's user namespace open (it holds no data) and its number cannot be reused.
#![allow(clippy::disallowed_methods, reason = "door: reads /proc")]

use std::fs::File;
use std::os::fd::{AsFd, FromRawFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::io::Errno;
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode, ioctl, opcode};

/// `ioctl_ns(2)`: the namespace that a namespace depends on.
struct Relative(Opcode);

/// The user namespace that owns the given one.
const OWNER: Opcode = opcode::none(0xb7, 0x1);
/// The parent of a user namespace.
const PARENT: Opcode = opcode::none(0xb7, 0x2);

// SAFETY: NS_GET_USERNS and NS_GET_PARENT take no argument, so the null pointer is never read,
// and return a new file descriptor that nobody else owns.
#[allow(unsafe_code, reason = "rustix has no safe call for these two requests")]
unsafe impl Ioctl for Relative {
    type Output = OwnedFd;

    const IS_MUTATING: bool = false;

    fn opcode(&self) -> Opcode {
        self.0
    }

    fn as_ptr(&mut self) -> *mut rustix::ffi::c_void {
        std::ptr::null_mut()
    }

    unsafe fn output_from_ptr(
        out: IoctlOutput,
        _: *mut rustix::ffi::c_void,
    ) -> rustix::io::Result<OwnedFd> {
        // SAFETY: see above; rustix calls this only when the request succeeded.
        Ok(unsafe { OwnedFd::from_raw_fd(out) })
    }
}

fn relative(fd: impl AsFd, request: Opcode) -> Result<OwnedFd, Errno> {
    // SAFETY: see the implementation of `Ioctl` above.
    #[allow(unsafe_code, reason = "see the implementation of `Ioctl` above")]
    unsafe {
        ioctl(fd, Relative(request))
    }
}

/// A user namespace, kept open.
#[derive(Debug)]
pub struct UserNamespace {
    fd: OwnedFd,
    number: u64,
}

impl UserNamespace {
    fn new(fd: OwnedFd) -> Result<Self, Errno> {
        let number = rustix::fs::fstat(&fd)?.st_ino;
        Ok(Self { fd, number })
    }

    /// The outermost user namespace of a process that is not our own.
    ///
    /// # Errors
    /// When the process is gone, or lives in our own user namespace.
    pub fn outermost_of(pid: u32) -> Result<Self, Errno> {
        let open = |path: String| File::open(path).map_err(|_| Errno::SRCH);
        let ours = Self::new(open("/proc/self/ns/user".to_owned())?.into())?;
        let mut found = Self::new(open(format!("/proc/{pid}/ns/user"))?.into())?;
        if found.number == ours.number {
            return Err(Errno::INVAL);
        }
        loop {
            let above = Self::new(relative(&found.fd, PARENT)?)?;
            if above.number == ours.number {
                return Ok(found);
            }
            found = above;
        }
    }

    /// Whether the namespace behind `path` (of any kind) belongs to this user namespace or to one
    /// below it. `None` when it cannot be looked at.
    pub fn owns(&self, path: &Path) -> Option<bool> {
        let file = File::open(path).ok()?;
        let itself = file.metadata().ok()?.ino();
        if itself == self.number {
            return Some(true);
        }
        // Our own namespaces belong to a user namespace above ours: EPERM, so not the session's.
        let Ok(mut above) = relative(&file, OWNER).and_then(Self::new) else {
            return Some(false);
        };
        loop {
            if above.number == self.number {
                return Some(true);
            }
            match relative(&above.fd, PARENT).and_then(Self::new) {
                Ok(next) => above = next,
                Err(_) => return Some(false),
            }
        }
    }
}
