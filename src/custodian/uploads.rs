//! What a desk's session sends: its network is the machine's, so its connections are told apart by
//! who holds them, and the kernel's counters of each (`sock_diag(7)`, `tcp(7)`) are added up. How
//! much, never what; no address is looked at.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads the kernel's table of connections, and /proc"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with,
    sockopt,
};

/// One answer of the kernel is shorter than this, bytes (`netlink(7)` advises 8 KiB).
const ANSWER: usize = 32 * 1024;

/// The kernel answers at once; a custodian does not wait for it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// A session has no more processes than a screen of browsers; more are not looked at.
const MOST: usize = 2000;

/// Bytes that went out and were acknowledged, and bytes that came in.
type Carried = (u64, u64);

/// The counters of a session's connections.
#[derive(Debug)]
pub(super) struct Connections {
    kernel: OwnedFd,
    /// Of every connection of the machine, by the number of its socket.
    known: BTreeMap<u32, Carried>,
    sum: Carried,
}

impl Connections {
    /// Asks the kernel for the first time.
    ///
    /// # Errors
    /// When this kernel does not tell.
    pub(super) fn look() -> io::Result<Self> {
        let kernel = socket_with(
            AddressFamily::NETLINK,
            SocketType::RAW,
            SocketFlags::CLOEXEC,
            Some(netlink::SOCK_DIAG),
        )?;
        sockopt::set_socket_timeout(&kernel, sockopt::Timeout::Recv, Some(PATIENCE))?;
        let known = table(&kernel)?;
        Ok(Self {
            kernel,
            known,
            sum: (0, 0),
        })
    }

    /// What the connections of `init` and of everything below it have carried since the first look;
    /// `None` once there is no such process.
    ///
    /// # Errors
    /// When the kernel does not tell any more.
    pub(super) fn carried(&mut self, init: u32) -> io::Result<Option<Carried>> {
        let now = table(&self.kernel)?;
        let mut grown = Vec::new();
        for (socket, (out, inward)) in &now {
            let (out_before, in_before) = self.known.get(socket).copied().unwrap_or_default();
            let more = (
                out.saturating_sub(out_before),
                inward.saturating_sub(in_before),
            );
            if more != (0, 0) {
                grown.push((*socket, more));
            }
        }
        self.known = now;
        if !process(init).exists() {
            return Ok(None);
        }
        // A machine on which nothing moves is not searched for who moves it.
        if !grown.is_empty() {
            let ours = sockets(init);
            for (_, (out, inward)) in grown.iter().filter(|(socket, _)| ours.contains(socket)) {
                self.sum = (self.sum.0 + out, self.sum.1 + inward);
            }
        }
        Ok(Some(self.sum))
    }
}

fn process(pid: u32) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}"))
}

/// The numbers of the sockets that `init` and everything below it hold.
fn sockets(init: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut left = vec![init];
    for _ in 0..MOST {
        let Some(pid) = left.pop() else { break };
        let process = process(pid);
        for task in names(&process.join("task")) {
            let children = std::fs::read_to_string(task.join("children")).unwrap_or_default();
            left.extend(
                children
                    .split(' ')
                    .filter_map(|pid| pid.parse::<u32>().ok()),
            );
        }
        let held = names(&process.join("fd")).into_iter().filter_map(|held| {
            let target = std::fs::read_link(held).ok()?;
            let number = target.to_str()?.strip_prefix("socket:[")?;
            number.strip_suffix(']')?.parse::<u32>().ok()
        });
        found.extend(held);
    }
    found
}

/// What stands in a folder; nothing in one that has gone.
fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.flatten().map(|entry| entry.path()).collect()
}

/// The counters of every TCP connection of this network, by the number of its socket.
fn table(kernel: &OwnedFd) -> io::Result<BTreeMap<u32, Carried>> {
    let mut all = BTreeMap::new();
    for family in [AddressFamily::INET, AddressFamily::INET6] {
        send(kernel, &question(family), SendFlags::empty())?;
        let mut answer = vec![0; ANSWER];
        loop {
            let (_, read) = recv(kernel, answer.as_mut_slice(), RecvFlags::empty())?;
            let heard = messages(answer.get(..read.min(ANSWER)).unwrap_or_default(), &mut all);
            match heard {
                Heard::More => {}
                Heard::End => break,
                Heard::Refused => return Err(io::ErrorKind::Unsupported.into()),
            }
        }
    }
    Ok(all)
}

/// `SOCK_DIAG_BY_FAMILY`, of linux/sock_diag.h.
const BY_FAMILY: u16 = 20;

/// A netlink header and an `inet_diag_req_v2` of linux/inet_diag.h: every TCP connection of the
/// family that is neither listening nor over, with the counters of `INET_DIAG_INFO`.
fn question(family: AddressFamily) -> [u8; 72] {
    /// `NLM_F_REQUEST | NLM_F_DUMP`.
    const ALL: u16 = 0x301;
    const TCP: u8 = 6;
    /// The bit of `INET_DIAG_INFO`.
    const COUNTERS: u8 = 1 << (INFO - 1);
    /// Every state but `TIME_WAIT` (6), `CLOSE` (7) and `LISTEN` (10).
    const STATES: u32 = 0xfff & !(1 << 6 | 1 << 7 | 1 << 10);
    let mut question = [0; 72];
    let mut put = |at: usize, bytes: &[u8]| {
        if let Some(place) = question.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    };
    put(0, &72_u32.to_ne_bytes());
    put(4, &BY_FAMILY.to_ne_bytes());
    put(6, &ALL.to_ne_bytes());
    put(8, &1_u32.to_ne_bytes());
    put(16, &[family.as_raw() as u8, TCP, COUNTERS]);
    put(20, &STATES.to_ne_bytes());
    question
}

/// What an answer of the kernel was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    More,
    End,
    Refused,
}

/// Reads the netlink messages of one answer: a length, a kind, and as many bytes, on four-byte
/// boundaries.
fn messages(mut answer: &[u8], into: &mut BTreeMap<u32, Carried>) -> Heard {
    const HEAD: usize = 16;
    const ERROR: u16 = 2;
    const DONE: u16 = 3;
    while let (Some(length), Some(kind)) = (number::<4>(answer, 0), number::<2>(answer, 4)) {
        let length = u32::from_ne_bytes(length) as usize;
        let Some(body) = answer.get(HEAD..length) else {
            return Heard::Refused;
        };
        match u16::from_ne_bytes(kind) {
            DONE => return Heard::End,
            ERROR => return Heard::Refused,
            BY_FAMILY => into.extend(connection(body)),
            _ => {}
        }
        answer = answer.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Heard::More
}

/// `INET_DIAG_INFO`, the attribute that holds a `tcp_info`.
const INFO: u16 = 2;

/// The socket's number and counters of an `inet_diag_msg` and the attributes behind it.
fn connection(message: &[u8]) -> Option<(u32, Carried)> {
    /// Of `idiag_inode`, and of the end of `inet_diag_msg`.
    const SOCKET: usize = 68;
    const END: usize = 72;
    /// Of `tcpi_bytes_acked` and `tcpi_bytes_received` in `tcp_info` (linux/tcp.h, since 4.1).
    const ACKED: usize = 120;
    const RECEIVED: usize = 128;
    let socket = u32::from_ne_bytes(number(message, SOCKET)?);
    let mut rest = message.get(END..)?;
    loop {
        let length = usize::from(u16::from_ne_bytes(number(rest, 0)?));
        let attribute = rest.get(4..length)?;
        if u16::from_ne_bytes(number(rest, 2)?) == INFO {
            let counter = |at| number(attribute, at).map(u64::from_ne_bytes);
            return Some((socket, (counter(ACKED)?, counter(RECEIVED)?)));
        }
        rest = rest.get(length.next_multiple_of(4)..)?;
    }
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::io::Read as _;
    use std::net::{TcpListener, TcpStream};
    use std::process::{Child, Command};
    use std::thread;
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::passage::Meter;

    /// A program that sends without end, as a child of a shell, so that it is not `init` itself.
    fn sender(port: u16) -> Child {
        let perl = "use IO::Socket::INET; my $to = IO::Socket::INET->new(PeerAddr => '127.0.0.1', \
                    PeerPort => shift) or die; syswrite($to, 'x' x 65536) while 1;";
        Command::new("sh")
            .args(["-c", "perl -e \"$0\" \"$1\"; true", perl, &port.to_string()])
            .spawn()
            .unwrap()
    }

    /// Takes a quarter of a mebibyte each second, as a slow line would.
    fn slow(mut line: TcpStream) {
        thread::spawn(move || {
            let mut taken = vec![0; 64 * 1024];
            while line.read(&mut taken).is_ok_and(|read| read > 0) {
                thread::sleep(Duration::from_millis(200));
            }
        });
    }

    #[test]
    fn what_a_session_sends_is_counted_and_what_others_send_is_not() {
        let there = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = there.local_addr().unwrap().port();
        let idle = Command::new("sleep").arg("60").spawn().unwrap();
        let mut connections = (Connections::look().unwrap(), Connections::look().unwrap());
        let mut session = sender(port);
        slow(there.accept().unwrap().0);
        let mut meter = Meter::default();
        let began = (0..20).any(|_| {
            thread::sleep(Duration::from_secs(1));
            let (out, inward) = connections.0.carried(session.id()).unwrap().unwrap();
            meter.second(out, inward) == Some(true)
        });
        assert!(began, "{:?}", connections.0.sum);
        let others = connections.1.carried(idle.id()).unwrap();
        assert_eq!(others, Some((0, 0)), "somebody else's");
        end(&mut session);
        let ended = (0..20).any(|_| {
            thread::sleep(Duration::from_secs(1));
            let sum = connections.0.sum;
            let (out, inward) = connections.0.carried(idle.id()).unwrap().unwrap_or(sum);
            meter.second(out, inward) == Some(false)
        });
        assert!(ended, "calm again");
        assert_eq!(connections.0.carried(session.id()).unwrap(), None);
        let mut idle = idle;
        end(&mut idle);
    }

    fn end(child: &mut Child) {
        for below in sockets_free_children(child.id()) {
            let pid = rustix::process::Pid::from_raw(below.cast_signed()).unwrap();
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
        }
        child.kill().ok();
        child.wait().unwrap();
    }

    fn sockets_free_children(pid: u32) -> Vec<u32> {
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        let children = children.unwrap_or_default();
        children
            .split(' ')
            .filter_map(|pid| pid.parse().ok())
            .collect()
    }

    #[test]
    fn an_answer_of_the_kernel() {
        let mut message = vec![0; 72];
        message[68..72].copy_from_slice(&7_u32.to_ne_bytes());
        // Another attribute comes first.
        message.extend(6_u16.to_ne_bytes());
        message.extend(9_u16.to_ne_bytes());
        message.extend([1, 2, 0, 0]);
        message.extend(140_u16.to_ne_bytes());
        message.extend(INFO.to_ne_bytes());
        let mut info = [0; 136];
        info[120..128].copy_from_slice(&4500_u64.to_ne_bytes());
        info[128..136].copy_from_slice(&120_u64.to_ne_bytes());
        message.extend(info);
        assert_eq!(connection(&message), Some((7, (4500, 120))));
        assert_eq!(connection(&message[..message.len() - 1]), None);
        let mut answer = Vec::new();
        answer.extend(u32::try_from(16 + message.len()).unwrap().to_ne_bytes());
        answer.extend(BY_FAMILY.to_ne_bytes());
        answer.extend([0; 10]);
        answer.extend(&message);
        let mut all = BTreeMap::new();
        assert_eq!(messages(&answer, &mut all), Heard::More);
        assert_eq!(all, BTreeMap::from([(7, (4500, 120))]));
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_answer_or_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _heard = messages(&bytes, &mut BTreeMap::new());
            let _connection = connection(&bytes);
        }
    }
}
