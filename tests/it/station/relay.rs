//! The door and the walls as two processes, as the package starts them: the one that hears outsiders
//! has no right, and the one that has every right hears nobody else.

use std::io::Read as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use estran::custodian::{Command, Notice, Refused};
use estran::guest::frame;

use super::door::{Daemon, assert_welcomes, audited, front_end_at, knock, living, open};
use crate::sandbox::PATIENCE;

/// An account of every machine that is neither root nor a guest.
const ACCOUNT: &str = "daemon";

/// The walls, and the door in front of them.
struct Station {
    walls: Daemon,
    door: Child,
}

impl Station {
    fn start() -> Option<Self> {
        let walls = Daemon::with(&|station| station, &["--behind".into(), ACCOUNT.into()])?;
        let door = door(walls.folder.path());
        let station = Self { walls, door };
        let until = Instant::now() + PATIENCE;
        while UnixStream::connect(station.socket()).is_err() {
            assert!(Instant::now() < until, "no door");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(station)
    }

    fn socket(&self) -> PathBuf {
        self.walls.folder.path().join("run/door")
    }

    fn front_end(&self) -> (estran::custodian::Client, std::sync::mpsc::Receiver<Notice>) {
        front_end_at(&self.socket(), &|| self.walls.last_words())
    }

    fn none_at_last(&self) {
        let until = Instant::now() + PATIENCE;
        while living(&self.walls) > 0 {
            assert!(Instant::now() < until, "somebody lives on");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        self.door.kill().ok();
        self.door.wait().ok();
    }
}

/// Its program lies where that account can read it; its socket in a folder of its own.
fn door(folder: &Path) -> Child {
    let program = folder.join("estrand");
    std::fs::copy(env!("CARGO_BIN_EXE_estrand"), &program).unwrap();
    for readable in ["estrand", "config"] {
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.join(readable), mode).unwrap();
    }
    let run = folder.join("run");
    std::fs::create_dir(&run).unwrap();
    std::os::unix::fs::chown(&run, Some(1), None).unwrap();
    Process::new("setpriv")
        .args(["--reuid", ACCOUNT, "--regid", ACCOUNT, "--groups", "root"])
        .args(["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"])
        .arg(program)
        .arg("door")
        .arg("--config")
        .arg(folder.join("config"))
        .arg("--socket")
        .arg(run.join("door"))
        .arg("--walls")
        .arg(folder.join("door"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_front_end_is_served_through_the_door_and_a_second_one_is_told_that_it_is_busy() {
    let Some(station) = Station::start() else {
        return;
    };
    let (mut first, heard) = station.front_end();
    let mut second = UnixStream::connect(station.socket()).unwrap();
    let answer: Notice = frame::read(&mut second, frame::LIMIT).unwrap();
    assert_eq!(answer, Notice::Refused(Refused::Busy));
    assert_welcomes(&audited(&mut first, &heard));
    drop(first);
    let (mut next, heard) = station.front_end();
    assert_welcomes(&audited(&mut next, &heard));
}

#[test]
fn the_door_has_no_right_and_its_socket_is_for_one_group() {
    let Some(station) = Station::start() else {
        return;
    };
    let status = format!("/proc/{}/status", station.door.id());
    let status = std::fs::read_to_string(status).unwrap();
    for line in ["CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"] {
        assert!(status.contains(line), "{status}");
    }
    let socket = std::fs::metadata(station.socket()).unwrap();
    assert_eq!((socket.mode() & 0o777, socket.gid()), (0o660, 0));
    let walls = std::fs::metadata(station.walls.socket()).unwrap();
    assert_eq!((walls.mode() & 0o777, walls.gid()), (0o660, 1));
}

/// Garbage ends at the door: it is answered there, and a word that is right still goes through.
#[test]
fn nonsense_is_answered_at_the_door() {
    let Some(station) = Station::start() else {
        return;
    };
    let knock = |bytes: &[u8]| knock(&station.socket(), bytes);
    assert_eq!(knock(b"\x05\0\0\0hello"), Notice::Refused(Refused::Garbage));
    assert_eq!(knock(&[0xff; 64]), Notice::Refused(Refused::Garbage));
    let mut strange = Vec::new();
    frame::write(&mut strange, &Command::Hello { version: 9 }, frame::LIMIT).unwrap();
    assert_eq!(knock(&strange), Notice::Refused(Refused::Version));
    let (mut client, heard) = station.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}

/// Whoever comes to the walls past the door, and does not say whom the kernel saw, is nobody.
#[test]
fn the_walls_hear_the_door_only() {
    let Some(station) = Station::start() else {
        return;
    };
    let past = || {
        let mut past = UnixStream::connect(station.walls.socket()).unwrap();
        past.set_read_timeout(Some(PATIENCE)).unwrap();
        frame::write(&mut past, &Command::Hello { version: 5 }, frame::LIMIT).ok();
        let mut answer = Vec::new();
        past.read_to_end(&mut answer).ok();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let until = Instant::now() + PATIENCE;
    let mut answer = past();
    // Whoever looked for the door a moment ago may still have the seat.
    while answer.contains("busy") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
        answer = past();
    }
    assert_eq!(answer, "");
    let (mut client, heard) = station.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}

/// `kill -9` of either one is an order to wipe; what comes again begins with a clean station.
#[test]
fn whichever_of_the_two_dies_the_session_ends() {
    let Some(mut station) = Station::start() else {
        return;
    };
    let display = station.walls.folder.path().join("wayland-0");
    let _display = UnixListener::bind(&display).unwrap();
    let (mut client, heard) = station.front_end();
    open(&mut client, &station.walls, &display);
    station.door.kill().unwrap();
    station.door.wait().unwrap();
    while heard.recv_timeout(PATIENCE).unwrap() != Notice::Lost {}
    station.none_at_last();

    std::fs::remove_dir_all(station.walls.folder.path().join("run")).unwrap();
    station.door = door(station.walls.folder.path());
    let (mut client, heard) = station.front_end();
    assert_welcomes(&audited(&mut client, &heard));
    open(&mut client, &station.walls, &display);
    station.walls.kill();
    while heard.recv_timeout(PATIENCE).unwrap() != Notice::Lost {}
    station.none_at_last();

    station.walls.again();
    let (mut client, heard) = station.front_end();
    assert_welcomes(&audited(&mut client, &heard));
}
