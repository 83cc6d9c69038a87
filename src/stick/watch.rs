//! Watching for sticks: the kernel says that something about its devices changed, and what is
//! there now is looked up. What it says is never read: a message is a reason to look, no more.

use std::io;
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::netlink::{KOBJECT_UEVENT, SocketAddrNetlink};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, bind, recv, socket_with};

use super::find::{self, Plugged};

/// The kernel's own messages (`udev`'s come in group 2).
const KERNEL: u32 = 1;

/// Looked up this often in any case: a lost message costs no more than this.
const ANYWAY: Timespec = Timespec {
    tv_sec: 3,
    tv_nsec: 0,
};

/// Plugging in is a burst of messages, and the device's file comes with the last.
const SETTLE: Duration = Duration::from_millis(150);

/// A watch. Dropping it ends it.
#[derive(Debug)]
pub struct Watch {
    over: Arc<AtomicBool>,
}

impl Watch {
    /// Tells `told` which stick is there: at once, and whenever that changes. `block` is
    /// [`super::BLOCK`].
    ///
    /// # Errors
    /// When the machine refuses a thread.
    pub fn start(
        block: PathBuf,
        mut told: impl FnMut(Option<Plugged>) + Send + 'static,
    ) -> io::Result<Self> {
        let over = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&over);
        let bell = Bell::new()
            .inspect_err(|error| tracing::warn!(%error, "the kernel tells nothing of devices"))
            .ok();
        let look = move || {
            let mut seen = Vec::new();
            let mut known: Option<Option<Plugged>> = None;
            while !ended.load(Ordering::Acquire) {
                let now = find::candidates(&block);
                // A known stick is not read again and again.
                let same = now == seen && matches!(known, Some(Some(_)));
                if !same {
                    let plugged = find::first(&now);
                    if known.as_ref() != Some(&plugged) {
                        told(plugged.clone());
                        known = Some(plugged);
                    }
                    seen = now;
                }
                if let Some(bell) = &bell {
                    bell.wait(&ANYWAY);
                } else {
                    std::thread::sleep(Duration::from_secs(3));
                }
            }
        };
        std::thread::Builder::new()
            .name("sticks".into())
            .spawn(look)?;
        Ok(Self { over })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
    }
}

/// What the kernel says of its devices.
struct Bell(OwnedFd);

impl Bell {
    fn new() -> Result<Self, Errno> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let kind = SocketType::DGRAM;
        let socket = socket_with(AddressFamily::NETLINK, kind, flags, Some(KOBJECT_UEVENT))?;
        bind(&socket, &SocketAddrNetlink::new(0, KERNEL))?;
        Ok(Self(socket))
    }

    /// Waits until it rings, or so long.
    fn wait(&self, limit: &Timespec) -> bool {
        let rang = poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(limit));
        if !matches!(rang, Ok(1..)) {
            return false;
        }
        std::thread::sleep(SETTLE);
        let mut message = [0; 64];
        // Cut off and thrown away; ENOBUFS (messages were lost) is a message too.
        while matches!(
            recv(&self.0, &mut message[..], RecvFlags::empty()),
            Ok(_) | Err(Errno::NOBUFS | Errno::INTR)
        ) {}
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn what_is_there_is_told_at_once_and_the_end_is_the_end() {
        let block = tempfile::tempdir().unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let watch = Watch::start(block.path().to_owned(), move |plugged| {
            tell.send(plugged).unwrap();
        })
        .unwrap();
        assert_eq!(told.recv().unwrap(), None);
        drop(watch);
        // The thread has gone, and the sender with it.
        told.recv().unwrap_err();
    }

    #[test]
    fn the_bell_is_silent_until_the_kernel_speaks() {
        let bell = Bell::new().unwrap();
        let soon = Timespec {
            tv_sec: 0,
            tv_nsec: 1,
        };
        // Other tests may plug something in at this moment; it must only not fail.
        bell.wait(&soon);
        let path = "/sys/class/block/loop0/uevent";
        if !rustix::process::geteuid().is_root() || !std::path::Path::new(path).exists() {
            eprintln!("not run: only root may have the kernel speak, and a device must be there");
            return;
        }
        #[allow(clippy::disallowed_methods, reason = "the test has the kernel speak")]
        std::fs::write(path, "change").unwrap();
        assert!(bell.wait(&ANYWAY), "the kernel spoke");
    }
}
