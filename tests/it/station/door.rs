//! The custodian of the station as a daemon: who may speak to it, what it answers to nonsense, and
//! what is left when somebody dies.

use std::io::Write;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use estran::audit::{Probe, Report, verdict};
use estran::custodian::{Client, Command, Notice, Refused, Target, VERSION};
use estran::guest::frame;
use estran::visit::{Browser, Verdict};

use super::guests;
use crate::sandbox::PATIENCE;

/// A running `estrand station` of its own.
pub struct Daemon {
    pub folder: tempfile::TempDir,
    pub process: Child,
    more: Vec<String>,
}

impl Daemon {
    pub fn start() -> Option<Self> {
        Self::with(&|station| station, &[])
    }

    /// With a changed `station.toml`, and these words at the end of the command.
    pub fn with(change: &dyn Fn(String) -> String, more: &[String]) -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            crate::left_out("the station form needs root");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o711);
        std::fs::set_permissions(folder.path(), mode).unwrap();
        let config = folder.path().join("config");
        std::fs::create_dir(&config).unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
        let station = std::fs::read_to_string(shipped.join("station.toml")).unwrap();
        let (before, after) = station.split_once("[custodian]").unwrap();
        // The sections that follow stay as they are.
        let after = after.find("\n[").map_or("", |at| &after[at..]);
        let first = guests().start;
        let station = format!(
            "{before}[custodian]\nfront_end = \"root\"\nstaff = \"root\"\nfirst_guest = {first}\n\
             guests = 10\nbounded = false\n{after}"
        );
        std::fs::write(config.join("station.toml"), change(station)).unwrap();
        std::fs::copy(
            shipped.join("demarches.toml"),
            config.join("demarches.toml"),
        )
        .unwrap();
        let process = spawn(folder.path(), more);
        let more = more.to_vec();
        let mut daemon = Self {
            folder,
            process,
            more,
        };
        daemon.wait_for_the_door();
        Some(daemon)
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("door")
    }

    fn wait_for_the_door(&mut self) {
        let until = Instant::now() + PATIENCE;
        while UnixStream::connect(self.socket()).is_err() {
            assert!(self.process.try_wait().unwrap().is_none(), "it ended");
            assert!(Instant::now() < until, "no door");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The end of what the custodian said.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("said")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn again(&mut self) {
        self.process = spawn(self.folder.path(), &self.more);
        self.wait_for_the_door();
    }

    /// A front-end, once the seat is free.
    pub fn front_end(&self) -> (Client, Receiver<Notice>) {
        front_end_at(&self.socket(), &|| self.last_words())
    }
}

/// A front-end at this socket, once the seat is free.
pub fn front_end_at(socket: &Path, said: &dyn Fn() -> String) -> (Client, Receiver<Notice>) {
    let until = Instant::now() + PATIENCE;
    loop {
        let (told, heard) = channel();
        let client = Client::connect_station(socket, move |notice| {
            told.send(notice).ok();
        });
        if let Ok(client) = client {
            let answer = heard.recv_timeout(PATIENCE).unwrap();
            if answer == (Notice::Welcome { version: VERSION }) {
                return (client, heard);
            }
            let waits = matches!(answer, Notice::Refused(Refused::Busy) | Notice::Lost);
            assert!(waits, "{answer:?}\n{}", said());
        }
        assert!(Instant::now() < until, "the seat stays taken");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        let name = self
            .folder
            .path()
            .join("state")
            .to_string_lossy()
            .replace(['/', '.'], "-");
        for top in ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] {
            std::fs::remove_dir(format!("{top}/estran{name}")).ok();
        }
    }
}

fn spawn(folder: &Path, more: &[String]) -> Child {
    Process::new(env!("CARGO_BIN_EXE_estrand"))
        .arg("station")
        .arg("--config")
        .arg(folder.join("config"))
        .arg("--socket")
        .arg(folder.join("door"))
        .arg("--state")
        .arg(folder.join("state"))
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said(folder))
        .spawn()
        .unwrap()
}

/// What the custodian has to say, for whoever looks for the cause of a failure.
fn said(folder: &Path) -> std::fs::File {
    let mut file = std::fs::File::options();
    let file = file.append(true).create(true);
    file.open(folder.join("said")).unwrap()
}

pub fn audited(client: &mut Client, heard: &Receiver<Notice>) -> Report {
    client.send(&Command::Audit { round: 1 }).unwrap();
    loop {
        if let Notice::Audited { report, .. } = heard.recv_timeout(PATIENCE).unwrap() {
            return report;
        }
    }
}

pub fn assert_welcomes(report: &Report) {
    assert!(
        matches!(verdict(report, &Probe::STATION), Verdict::Clean(_)),
        "{report:?}"
    );
}

/// Opens a browser on a display that is none: it has started when its group has processes.
pub fn open(client: &mut Client, daemon: &Daemon, display: &Path) {
    let open = Command::Open {
        browser: Browser::First,
        target: Target::Web {
            url: "https://example.invalid/".into(),
            allowed: Vec::new(),
            refused: Vec::new(),
        },
        display: Some(display.to_owned()),
        language: "fr".into(),
        zoom: 100,
    };
    client.send(&open).unwrap();
    let until = Instant::now() + PATIENCE;
    while living(daemon) < 3 {
        assert!(Instant::now() < until, "no session came up");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Processes under the guests' uids.
pub fn living(_: &Daemon) -> usize {
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("status")).ok())
        .filter(|status| {
            let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"));
            let uid = uid.and_then(|uids| uids.split_ascii_whitespace().next()?.parse().ok());
            !status.contains("State:\tZ") && uid.is_some_and(|uid: u32| guests().contains(&uid))
        })
        .count()
}

fn none_at_last(daemon: &Daemon) {
    let until = Instant::now() + PATIENCE;
    while living(daemon) > 0 {
        assert!(Instant::now() < until, "somebody lives on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn one_front_end_at_a_time_and_a_clean_audit_for_it() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let (mut first, heard) = daemon.front_end();
    let (told, second_heard) = channel();
    let second = Client::connect_station(&daemon.socket(), move |notice| {
        told.send(notice).ok();
    });
    assert_eq!(
        second_heard.recv_timeout(PATIENCE).unwrap(),
        Notice::Refused(Refused::Busy)
    );
    drop(second);
    assert_welcomes(&audited(&mut first, &heard));
    client_leaves(first, &heard);
    let (mut next, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut next, &heard));
}

fn client_leaves(client: Client, heard: &Receiver<Notice>) {
    drop(client);
    assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), Notice::Lost);
}

/// What somebody who says these bytes is answered.
pub fn knock(socket: &Path, bytes: &[u8]) -> Notice {
    let until = Instant::now() + PATIENCE;
    loop {
        let mut stream = UnixStream::connect(socket).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(bytes).ok();
        let answer = frame::read::<Notice>(&mut stream, frame::LIMIT).unwrap();
        // An earlier knock may still have the seat.
        if answer != Notice::Refused(Refused::Busy) || Instant::now() > until {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn nonsense_gets_a_typed_answer_and_a_flood_harms_nobody() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let knock = |bytes: &[u8]| knock(&daemon.socket(), bytes);
    let framed = |command: &Command| {
        let mut bytes = Vec::new();
        frame::write(&mut bytes, command, frame::LIMIT).unwrap();
        bytes
    };
    let strange = framed(&Command::Hello { version: 9 });
    assert_eq!(knock(&strange), Notice::Refused(Refused::Version));
    let early = framed(&Command::Wipe { round: 1 });
    assert_eq!(knock(&early), Notice::Refused(Refused::Version));
    assert_eq!(knock(b"\x05\0\0\0hello"), Notice::Refused(Refused::Garbage));
    assert_eq!(knock(&[0xff; 64]), Notice::Refused(Refused::Garbage));
    // A flood of callers who say nothing, and of callers who never stop.
    let silent: Vec<_> = (0..200)
        .filter_map(|_| UnixStream::connect(daemon.socket()).ok())
        .collect();
    drop(silent);
    let noise = vec![0x41; 1 << 16];
    for _ in 0..200 {
        if let Ok(mut stream) = UnixStream::connect(daemon.socket()) {
            stream
                .set_write_timeout(Some(Duration::from_millis(50)))
                .unwrap();
            stream.write_all(&noise).ok();
        }
    }
    let (mut client, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}

/// The socket's mode keeps strangers out; where it did not, the kernel's word does.
#[test]
fn a_stranger_is_refused_twice() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let ask = || {
        let socket = daemon.socket();
        let script = format!(
            "perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un(q({}))) or die; $SIG{{ALRM}} = sub {{ exit 1 }}; alarm 15; sysread($s, my $b, 4096); print $b'",
            socket.display()
        );
        let asked = Process::new("setpriv")
            .args([
                "--reuid",
                "54321",
                "--regid",
                "54321",
                "--clear-groups",
                "sh",
                "-c",
            ])
            .arg(script)
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&asked.stdout).into_owned()
    };
    assert_eq!(ask(), "", "the mode keeps it out");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    std::fs::set_permissions(daemon.socket(), mode).unwrap();
    assert!(ask().contains("stranger"), "the kernel's word keeps it out");
    let (mut client, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}

#[test]
fn a_second_custodian_leaves_the_first_ones_session_alone() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let mut second = spawn(daemon.folder.path(), &[]);
    assert!(!second.wait().unwrap().success());
    let (mut client, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}

#[test]
fn the_session_ends_with_its_front_end_and_the_next_one_finds_a_clean_station() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let display = daemon.folder.path().join("wayland-0");
    let _display = UnixListener::bind(&display).unwrap();
    let (mut client, heard) = daemon.front_end();
    open(&mut client, &daemon, &display);
    drop(client);
    while heard.recv_timeout(PATIENCE).unwrap() != Notice::Lost {}
    let (mut next, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut next, &heard));
    none_at_last(&daemon);
}

/// `kill -9` of the custodian, as a pulled plug does it to everything at once: the session dies,
/// and the next start begins by ending what is left and looking.
#[test]
fn the_session_ends_with_its_custodian_and_the_next_start_is_clean() {
    let Some(mut daemon) = Daemon::start() else {
        return;
    };
    let display = daemon.folder.path().join("wayland-0");
    let _display = UnixListener::bind(&display).unwrap();
    let (mut client, heard) = daemon.front_end();
    open(&mut client, &daemon, &display);
    daemon.kill();
    while heard.recv_timeout(PATIENCE).unwrap() != Notice::Lost {}
    none_at_last(&daemon);
    daemon.again();
    let (mut client, heard) = daemon.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}
