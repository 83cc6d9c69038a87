//! One proof at a time: who searches the memory of every process holds for a moment a copy of what
//! another one looks for, and the other one would find its word there.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: a socket, and a clock")]

use std::io;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::time::{Duration, Instant};

/// How long another proof is waited for: longer than one takes.
const PATIENCE: Duration = Duration::from_mins(5);
/// How long between two looks.
const MOMENT: Duration = Duration::from_millis(100);

/// The turn of this user's proofs. A name without a file (`unix(7)`): nothing has to be cleaned up
/// after a proof that was killed. Another user's proof does not matter: either it may not read this
/// one's memory, or it is root's, which this one may not read.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "held")] UnixListener);

impl Turn {
    /// Waits for it; `waiting` is called once when it is not free.
    ///
    /// # Errors
    /// `AddrInUse` when another proof never ends; what the kernel says.
    pub(super) fn take(waiting: impl FnOnce()) -> io::Result<Self> {
        let name = format!("estran-proof-{}", rustix::process::getuid().as_raw());
        Self::named(&name, PATIENCE, waiting)
    }

    fn named(name: &str, patience: Duration, waiting: impl FnOnce()) -> io::Result<Self> {
        let address = SocketAddr::from_abstract_name(name)?;
        let until = Instant::now() + patience;
        let mut waiting = Some(waiting);
        loop {
            match UnixListener::bind_addr(&address) {
                Ok(held) => return Ok(Self(held)),
                Err(error) if error.kind() != io::ErrorKind::AddrInUse => return Err(error),
                Err(error) if Instant::now() >= until => return Err(error),
                Err(_) => {}
            }
            if let Some(waiting) = waiting.take() {
                waiting();
            }
            std::thread::sleep(MOMENT);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_second_waits_for_the_first_and_not_for_ever() {
        let name = format!("estran-turn-{}", std::process::id());
        let first = Turn::named(&name, Duration::ZERO, || panic!("it is free")).unwrap();
        let mut told = 0;
        let second = Turn::named(&name, MOMENT * 2, || told += 1);
        assert_eq!(second.unwrap_err().kind(), io::ErrorKind::AddrInUse);
        assert_eq!(told, 1);
        let mut first = Some(first);
        Turn::named(&name, MOMENT * 50, || drop(first.take())).unwrap();
        assert!(first.is_none(), "only after the first");
    }
}
