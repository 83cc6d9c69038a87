//! The sandbox, its wipe and the audit, with a real bwrap and a real guest program.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]
#![allow(
    clippy::print_stdout,
    reason = "measured numbers, shown with --nocapture"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use estran::audit::{self, Marks, Outcome, Probe, Report};
use estran::custodian::{
    Client, ClientError, ClientSettings, Command, DocumentId, Notice, Refused, Target, VERSION,
};
use estran::guest::frame;
use estran::guest::sandbox::{Capacity, Network, Plan};
use estran::guest::words::Told;
use estran::guest::{NotEnded, Session, SessionError};
use estran::visit::Browser;

pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn plan(network: Network) -> Plan {
    Plan {
        agent: PathBuf::from(env!("CARGO_BIN_EXE_estrand")),
        practice: None,
        program: None,
        display: None,
        printing: None,
        network,
        capacity: Capacity::default(),
        language: "fr".into(),
        files: Vec::new(),
    }
}

/// Runs a shell script as the guest.
pub fn run(session: &mut Session, script: &str) {
    let argv = ["/usr/bin/bash", "-c", script].map(str::to_owned);
    session.start_program(argv.into()).unwrap();
}

/// A path of the guest, seen from outside.
pub fn inside(session: &Session, path: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root{path}", session.init()))
}

/// Waits for a file of the guest and reads it.
pub fn told(session: &Session, path: &str) -> String {
    let path = inside(session, path);
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Ok(text) = std::fs::read_to_string(&path) {
            if text.ends_with("end\n") {
                return text;
            }
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the guest never wrote {}", path.display());
}

pub fn outcome(report: &Report, probe: Probe) -> Outcome {
    report.outcomes.iter().find(|(p, _)| *p == probe).unwrap().1
}

fn look(marks: &Marks) -> Report {
    let empty = tempfile::tempdir().unwrap();
    audit::look(marks, empty.path())
}

/// The canary: never in one piece in this program's own memory image.
fn canary() -> String {
    let random: u64 = rand::random();
    format!("K{random:016x}Z")
}

#[test]
fn nothing_is_left_of_a_session_and_the_probes_saw_it_before() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    let canary = canary();
    run(&mut session, &planting(&canary));
    told(&session, "/tmp/done");

    // Positive control: each plant is there, and the probes see a living session.
    for place in [
        "/home/visitor/c",
        "/tmp/c",
        "/var/tmp/c",
        "/dev/shm/c",
        "/run/user/1000/c",
    ] {
        let text = std::fs::read_to_string(inside(&session, place)).unwrap();
        assert_eq!(text.trim(), canary, "{place}");
    }
    let plants = std::fs::read_to_string(inside(&session, "/tmp/plants")).unwrap();
    assert_eq!(plants, "shared memory\nqueue\n");
    let before = look(session.marks());
    assert!(
        matches!(outcome(&before, Probe::Processes), Outcome::Found(n) if n >= 3),
        "{before:?}"
    );
    assert!(
        matches!(outcome(&before, Probe::Namespaces), Outcome::Found(n) if n >= 5),
        "{before:?}"
    );
    assert!(holders(&canary) > 0, "process memory");

    let (taken, marks) = session.wipe(PATIENCE).unwrap();
    let after = look(&marks);
    assert!(
        after.outcomes.iter().all(|(_, o)| *o == Outcome::Nothing),
        "{after:?}"
    );
    assert_eq!(after.outcomes.len(), Probe::DESK.len());
    assert_eq!(holders(&canary), 0, "process memory");
    let shared = std::fs::read_to_string("/proc/sysvipc/shm").unwrap();
    assert!(!shared.contains(&0x4553.to_string()), "{shared}");
    for place in ["/tmp", "/var/tmp", "/dev/shm", "/run/user", "/dev/mqueue"] {
        assert!(!named(Path::new(place), &canary), "{place}");
    }
    println!("wiped in {taken:?}");
}

fn planting(canary: &str) -> String {
    format!(
        r#"c={canary}
        for place in "$HOME" /tmp /var/tmp /dev/shm "$XDG_RUNTIME_DIR"; do
            echo "$c" > "$place/c"; echo x > "$place/name-$c"
        done
        exec 9> /tmp/unlinked; echo "$c" >&9; rm /tmp/unlinked
        (setsid bash -c "trap '' TERM HUP; name=$c; while :; do sleep 1; done" &) &
        perl -e 'my $id = shmget(0x4553, 4096, 01600) // die; shmwrite($id, "'"$c"'", 0, 20) or die; print "shared memory\n"' > /tmp/plants
        perl -e 'my $n = "'"$c"'"; exit(syscall(240, $n, 0x42, 0600, 0) >= 0 ? 0 : 1)' && echo queue >> /tmp/plants
        echo end > /tmp/done
        while :; do sleep 1; done"#
    )
}

/// Processes other than this one with the canary in their command line or environment.
fn holders(canary: &str) -> usize {
    let mine = std::process::id().to_string();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|n| n != mine && n.parse::<u32>().is_ok())
        })
        .filter(|entry| {
            ["cmdline", "environ"].iter().any(|file| {
                std::fs::read(entry.path().join(file)).is_ok_and(|bytes| {
                    bytes
                        .windows(canary.len())
                        .any(|window| window == canary.as_bytes())
                })
            })
        })
        .count()
}

fn named(folder: &Path, canary: &str) -> bool {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().to_string_lossy().contains(canary))
}

#[test]
fn an_open_file_of_the_session_is_found_and_the_wipe_does_not_claim_success() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    run(
        &mut session,
        "echo secret > ~/held; echo end > /tmp/done; sleep 600",
    );
    told(&session, "/tmp/done");
    let held = std::fs::File::open(inside(&session, "/home/visitor/held")).unwrap();
    let (error, marks) = session.wipe(Duration::from_millis(500)).unwrap_err();
    assert!(
        matches!(error, SessionError::NotEnded(NotEnded::FileSystems)),
        "{error}"
    );
    assert_eq!(outcome(&look(&marks), Probe::HeldFiles), Outcome::Found(1));
    drop(held);
    assert_eq!(outcome(&look(&marks), Probe::HeldFiles), Outcome::Nothing);
}

#[test]
fn a_namespace_that_someone_holds_open_is_found() {
    let session = Session::start(&plan(Network::None)).unwrap();
    let ipc = std::fs::File::open(format!("/proc/{}/ns/ipc", session.init())).unwrap();
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    let report = look(&marks);
    assert_eq!(outcome(&report, Probe::Namespaces), Outcome::Found(1));
    assert_eq!(outcome(&report, Probe::Processes), Outcome::Nothing);
    drop(ipc);
    assert_eq!(outcome(&look(&marks), Probe::Namespaces), Outcome::Nothing);
}

#[test]
fn finished_documents_are_announced_with_their_size() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    let mut agent = session.listen().unwrap();
    agent.set_read_timeout(Some(PATIENCE)).unwrap();
    run(
        &mut session,
        "cd ~/Documents; head -c 70 /dev/zero > half.part; head -c 1234 /dev/zero > 'reçu.pdf'; sleep 600",
    );
    let list = loop {
        match frame::read(&mut agent, frame::GUEST_LIMIT).unwrap() {
            Told::Documents(list) => break list,
            Told::Done | Told::Sensed(_) | Told::Closed => {}
            Told::Ready | Told::Failed | Told::Exited => panic!("not what was awaited"),
        }
    };
    assert_eq!(list, [("reçu.pdf".to_owned(), 1234)]);
    session.wipe(PATIENCE).unwrap();
}

#[test]
fn a_program_that_ends_by_itself_is_announced_and_the_session_lives_on() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    let mut agent = session.listen().unwrap();
    agent.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut hear = || frame::read::<Told>(&mut agent, frame::GUEST_LIMIT).unwrap();
    run(&mut session, "echo kept > ~/kept; kill -9 $$");
    assert_eq!((hear(), hear()), (Told::Done, Told::Exited));
    let kept = inside(&session, "/home/visitor/kept");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "kept\n");
    session.start_program(vec!["/nonexistent".into()]).unwrap();
    assert_eq!(hear(), Told::Failed);
    session.wipe(PATIENCE).unwrap();
}

/// The first process of the session that this custodian runs, once its agent is there.
fn init_of(custodian: u32) -> (u32, u32) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(bwrap) = children(custodian).first() {
            if let Some(init) = children(*bwrap).first() {
                let agent = |pid: &u32| {
                    std::fs::read_link(format!("/proc/{pid}/exe"))
                        .is_ok_and(|exe| exe == Path::new("/run/estran/estrand"))
                };
                if children(*init).iter().any(agent) {
                    return (*init, *bwrap);
                }
            }
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("no session came up");
}

pub fn children(parent: u32) -> Vec<u32> {
    let read = |pid: u32| std::fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| {
            read(*pid).is_some_and(|stat| {
                let after = stat.rsplit_once(") ").unwrap().1;
                after.split(' ').nth(1) == Some(&parent.to_string())
            })
        })
        .collect()
}

fn kill(pid: u32) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

fn clean_at_last(marks: &Marks) {
    let until = Instant::now() + PATIENCE;
    let mut report = look(marks);
    while Instant::now() < until && report.outcomes.iter().any(|(_, o)| *o != Outcome::Nothing) {
        std::thread::sleep(Duration::from_millis(20));
        report = look(marks);
    }
    assert!(
        report.outcomes.iter().all(|(_, o)| *o == Outcome::Nothing),
        "{report:?}"
    );
}

/// What kill -9 leaves: whoever is killed first, the session goes with it.
fn after_the_death_of(victim: impl Fn(u32, u32, u32) -> u32) {
    let mut front_end = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "sandbox::a_stand_in_for_the_front_end",
            "--ignored",
        ])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + PATIENCE;
    while children(front_end.id()).is_empty() {
        assert!(Instant::now() < until, "no custodian came up");
        std::thread::sleep(Duration::from_millis(10));
    }
    let custodian = children(front_end.id())[0];
    let (init, bwrap) = init_of(custodian);
    let marks = Marks::of(init, bwrap).unwrap();
    assert!(matches!(outcome(&look(&marks), Probe::Processes), Outcome::Found(n) if n >= 3));
    kill(victim(front_end.id(), custodian, bwrap));
    clean_at_last(&marks);
    front_end.kill().ok();
    front_end.wait().unwrap();
}

#[test]
fn the_session_dies_with_the_front_end() {
    after_the_death_of(|front_end, _, _| front_end);
}

#[test]
fn the_session_dies_with_the_custodian() {
    after_the_death_of(|_, custodian, _| custodian);
}

#[test]
fn the_session_dies_with_bwrap() {
    after_the_death_of(|_, _, bwrap| bwrap);
}

#[test]
#[ignore = "not a test: the process that the tests above kill"]
fn a_stand_in_for_the_front_end() {
    let folder = tempfile::tempdir().unwrap();
    let display = folder.path().join("wayland-0");
    let _display = std::os::unix::net::UnixListener::bind(&display).unwrap();
    let estrand = Path::new(env!("CARGO_BIN_EXE_estrand"));
    let mut client = Client::spawn_desk(estrand, ClientSettings::default(), |_| {}).unwrap();
    let target = Target::Web {
        url: "https://example.invalid/".into(),
        allowed: Vec::new(),
        refused: Vec::new(),
    };
    let open = Command::Open {
        browser: Browser::First,
        target,
        display: Some(display),
        language: "fr".into(),
        zoom: 100,
    };
    client.send(&open).unwrap();
    std::thread::sleep(Duration::from_mins(1));
}

#[test]
fn the_client_greets_hears_and_notices_the_end() {
    let (told, heard) = std::sync::mpsc::channel();
    let estrand = Path::new(env!("CARGO_BIN_EXE_estrand"));
    let settings = ClientSettings::default();
    let mut client = Client::spawn_desk(estrand, settings.clone(), move |notice| {
        told.send(notice).ok();
    })
    .unwrap();
    let hear = || loop {
        let notice = heard.recv_timeout(PATIENCE).unwrap();
        if !matches!(notice, Notice::Stick(_)) {
            return notice;
        }
    };
    assert_eq!(hear(), Notice::Welcome { version: VERSION });
    client.send(&Command::Audit { round: 3 }).unwrap();
    let Notice::Audited { round: 3, report } = hear() else {
        panic!()
    };
    // The audit at boot has no session to look for; every probe still answers.
    assert_eq!(report.outcomes.len(), Probe::DESK.len());
    drop(client);
    assert_eq!(hear(), Notice::Lost);
    let missing = Client::spawn_desk(Path::new("/nonexistent"), settings, |_| {});
    assert!(matches!(missing, Err(ClientError::Spawn(..))));
}

#[test]
fn garbage_and_strangers_get_a_typed_answer() {
    use std::io::Write;
    let (mut ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let mut estrand = std::process::Command::new(env!("CARGO_BIN_EXE_estrand"))
        .arg("desk")
        .stdin(std::process::Stdio::from(std::os::fd::OwnedFd::from(
            theirs,
        )))
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // What is said about sticks comes when it comes.
    let mut ask = |command: &Command| {
        frame::write(&mut ours, command, frame::LIMIT).unwrap();
        loop {
            let notice = frame::read::<Notice>(&mut ours, frame::LIMIT).unwrap();
            if !matches!(notice, Notice::Stick(_)) {
                return notice;
            }
        }
    };
    assert_eq!(
        ask(&Command::Wipe { round: 1 }),
        Notice::Refused(Refused::Version)
    );
    assert_eq!(
        ask(&Command::Hello { version: 9 }),
        Notice::Refused(Refused::Version)
    );
    assert_eq!(
        ask(&Command::Hello { version: VERSION }),
        Notice::Welcome { version: VERSION }
    );
    assert_eq!(
        ask(&Command::Wipe { round: 7 }),
        Notice::Wiped {
            round: 7,
            millis: 0
        }
    );
    assert_eq!(
        ask(&Command::Print(DocumentId(0))),
        Notice::Refused(Refused::NoDocument)
    );
    ours.write_all(b"\x05\x00\x00\x00hello").unwrap();
    let answer = frame::read::<Notice>(&mut ours, frame::LIMIT).unwrap();
    assert_eq!(answer, Notice::Refused(Refused::Garbage));
    // Still there after garbage; gone after a length that cannot be.
    ours.write_all(&[0xff; 8]).unwrap();
    let answer = frame::read::<Notice>(&mut ours, frame::LIMIT).unwrap();
    assert_eq!(answer, Notice::Refused(Refused::Garbage));
    assert!(estrand.wait().unwrap().success());
}
