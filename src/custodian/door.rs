//! The custodian's door: a Unix socket that only the front-end's account, staff and root may use, and
//! one of them at a time. The kernel says who knocks; nobody is believed on their word.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: makes the custodian's socket"
)]

use std::collections::BTreeSet;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use rustix::fs::{Gid, Mode};
use rustix::net::UCred;

use super::daemon::Front;
use super::protocol::{Notice, Refused};
use crate::guest::frame;

/// A stranger's answer waits no longer than this.
const REFUSING: Duration = Duration::from_millis(500);

/// Who may come.
#[derive(Clone, Debug)]
pub struct DoorSettings {
    /// The socket.
    pub socket: PathBuf,
    /// The front-end's account.
    pub front_end: String,
    /// The group of staff.
    pub staff: String,
}

/// The open door.
#[derive(Debug)]
pub(super) struct Door {
    taken: Arc<AtomicBool>,
    fronts: Receiver<Front>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Admitted {
    uids: BTreeSet<u32>,
    gid: u32,
}

impl Door {
    /// Makes the socket, for root and the group alone, and listens on a thread of its own.
    ///
    /// # Errors
    /// When the account or the group does not exist, or the socket cannot be made.
    pub fn open(settings: DoorSettings) -> io::Result<Self> {
        let passwd = std::fs::read_to_string("/etc/passwd")?;
        let group = std::fs::read_to_string("/etc/group")?;
        let admitted = Admitted::from(&settings, &passwd, &group)?;
        let listener = listen(&settings.socket, admitted.gid)?;
        let taken = Arc::new(AtomicBool::new(false));
        let (send, fronts) = mpsc::channel();
        let seat = Arc::clone(&taken);
        std::thread::Builder::new()
            .name("door".into())
            .spawn(move || keep(&listener, &admitted, &seat, &send))?;
        Ok(Self { taken, fronts })
    }

    /// The next front-end; the seat is taken until [`Door::free`].
    pub fn next(&self) -> Option<Front> {
        self.fronts.recv().ok()
    }

    /// The seat is free again.
    pub fn free(&self) {
        self.taken.store(false, Ordering::Release);
    }
}

fn keep(listener: &UnixListener, admitted: &Admitted, taken: &AtomicBool, fronts: &Sender<Front>) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // No file descriptor is left for the moment.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let peer = rustix::net::sockopt::socket_peercred(&stream).ok();
        match peer.filter(|peer| admitted.admits(*peer)) {
            None => refuse(stream, Refused::Stranger),
            Some(_) if taken.swap(true, Ordering::AcqRel) => refuse(stream, Refused::Busy),
            Some(peer) => {
                let uid = peer.uid.as_raw();
                if fronts.send(Front { stream, uid }).is_err() {
                    return;
                }
            }
        }
    }
}

fn refuse(mut stream: UnixStream, why: Refused) {
    tracing::warn!(?why, "refused at the door");
    // Whoever does not read it does without.
    stream.set_write_timeout(Some(REFUSING)).ok();
    frame::write(&mut stream, &Notice::Refused(why), frame::LIMIT).ok();
}

fn listen(path: &Path, gid: u32) -> io::Result<UnixListener> {
    if let Ok(about) = std::fs::symlink_metadata(path) {
        // A dead custodian's; a living one keeps its state folder locked, so we are alone.
        if !about.file_type().is_socket() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        std::fs::remove_file(path)?;
    }
    let before = rustix::process::umask(Mode::from_raw_mode(0o177));
    let listener = UnixListener::bind(path);
    rustix::process::umask(before);
    let listener = listener?;
    rustix::fs::chown(path, None, Some(Gid::from_raw(gid))).map_err(|error| {
        let help = "the door's account must be in the group that station.toml names, [custodian]";
        io::Error::new(io::Error::from(error).kind(), help)
    })?;
    rustix::fs::chmod(path, Mode::from_raw_mode(0o660))?;
    Ok(listener)
}

impl Admitted {
    fn from(settings: &DoorSettings, passwd: &str, group: &str) -> io::Result<Self> {
        let absent = |kind: &str, name: &str| {
            io::Error::other(format!(
                "there is no {kind} {name}: make it, or name another in station.toml, [custodian]"
            ))
        };
        let front_end = uid_of(passwd, &settings.front_end)
            .ok_or_else(|| absent("account", &settings.front_end))?;
        let line = entry(group, &settings.staff).ok_or_else(|| absent("group", &settings.staff))?;
        let gid = line.get(2).and_then(|gid| gid.parse().ok());
        let gid = gid.ok_or_else(|| absent("group", &settings.staff))?;
        let members = line.get(3).copied().unwrap_or_default().split(',');
        let mut uids: BTreeSet<u32> = members.filter_map(|name| uid_of(passwd, name)).collect();
        uids.extend([0, front_end]);
        Ok(Self { uids, gid })
    }

    fn admits(&self, peer: UCred) -> bool {
        self.uids.contains(&peer.uid.as_raw()) || peer.gid.as_raw() == self.gid
    }
}

/// The line of `passwd(5)` or `group(5)` that begins with this name.
fn entry<'a>(table: &'a str, name: &str) -> Option<Vec<&'a str>> {
    table
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&name))
}

fn uid_of(passwd: &str, name: &str) -> Option<u32> {
    entry(passwd, name)?.get(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use rustix::fs::Uid;
    use rustix::process::Pid;

    use super::*;

    const PASSWD: &str = "root:x:0:0::/root:/bin/sh\nestran:x:990:990::/:/usr/sbin/nologin\n\
                          anne:x:1001:1001::/home/anne:/bin/sh\nbob:x:1002:1002::/:/bin/sh\n";
    const GROUP: &str = "root:x:0:\nestran:x:990:\naccueil:x:800:anne,absent\n";

    fn settings(front_end: &str, staff: &str) -> DoorSettings {
        DoorSettings {
            socket: PathBuf::new(),
            front_end: front_end.into(),
            staff: staff.into(),
        }
    }

    fn peer(uid: u32, gid: u32) -> UCred {
        UCred {
            pid: Pid::INIT,
            uid: Uid::from_raw(uid),
            gid: Gid::from_raw(gid),
        }
    }

    #[test]
    fn the_front_end_staff_and_root_come_in_and_nobody_else() {
        let admitted = Admitted::from(&settings("estran", "accueil"), PASSWD, GROUP).unwrap();
        for (uid, gid) in [(0, 0), (990, 990), (1001, 1001), (1002, 800)] {
            assert!(admitted.admits(peer(uid, gid)), "{uid}");
        }
        for (uid, gid) in [(1002, 1002), (60_100, 60_100)] {
            assert!(!admitted.admits(peer(uid, gid)), "{uid}");
        }
    }

    #[test]
    fn an_account_that_is_not_there_closes_the_station() {
        assert!(Admitted::from(&settings("nobody-here", "accueil"), PASSWD, GROUP).is_err());
        assert!(Admitted::from(&settings("estran", "nobody-here"), PASSWD, GROUP).is_err());
    }
}
