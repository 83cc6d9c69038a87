//! The sandbox, its wipe and the audit, with a real bwrap and a real guest program.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use estran::audit::{self, Marks, Outcome, Probe, Report};
use estran::guest::Session;
use estran::guest::sandbox::{Capacity, Network, Plan};

pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn plan(network: Network) -> Plan {
    Plan {
        agent: PathBuf::from(env!("CARGO_BIN_EXE_estrand")),
        practice: None,
        display: None,
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
    for place in ["/tmp", "/var/tmp", "/dev/shm", "/run/user"] {
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
        perl -e 'my $id = shmget(0x4553, 4096, 01600) // die; shmwrite($id, "'"$c"'", 0, 20) or die; print "shm\n"' > /tmp/shm
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
