//! `kill -9` of the custodian of root, of its sandbox, of the way to the network or of the browser, at
//! any moment of a visit: the next front-end finds a clean station or a closed one.
//! A short part runs with every test; `cargo xtask torture` runs the long one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use estran::audit::{Probe, Report, verdict};
use estran::custodian::{Client, Command, Notice, Target};
use estran::visit::{Browser, Verdict};
use estran_driver::trace;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::door::{Daemon, audited, living};
use crate::sandbox::PATIENCE;
use crate::torture::number;

/// The moments of the ordinary run.
const FEW: u64 = 4;

#[test]
fn whoever_is_killed_the_station_looks_before_it_welcomes() {
    moments(rand::random(), FEW);
}

#[test]
#[ignore = "cargo xtask torture"]
fn whoever_is_killed_at_many_moments() {
    assert!(rustix::process::geteuid().is_root(), "needs root");
    moments(
        number("ESTRAN_SEED", rand::random()),
        number("ESTRAN_MOMENTS", 200),
    );
}

fn moments(seed: u64, count: u64) {
    let Some(mut daemon) = Daemon::start() else {
        return;
    };
    println!("seed {seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let mut clean = 0;
    for number in 0..count {
        let outcome = moment(&mut daemon, &mut chance);
        assert!(outcome.is_ok(), "seed {seed}, moment {number}: {outcome:?}");
        clean += u64::from(outcome.is_ok_and(|clean| clean));
    }
    println!("{count} moments of a station: {clean} clean at once, the others closed until a wipe");
    assert!(clean > 0, "seed {seed}");
}

fn is_clean(report: &Report) -> bool {
    matches!(verdict(report, &Probe::STATION), Verdict::Clean(_))
}

/// One visit that is cut short. Whether the next front-end found the station clean.
fn moment(daemon: &mut Daemon, chance: &mut StdRng) -> Result<bool, String> {
    let display = daemon.folder.path().join("wayland-0");
    std::fs::remove_file(&display).ok();
    let _display = std::os::unix::net::UnixListener::bind(&display).unwrap();
    let (client, heard) = daemon.front_end();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let visits = std::thread::spawn(move || visits(client, &heard, &display, &stopped));
    std::thread::sleep(Duration::from_millis(chance.random_range(20..4000)));
    let custodian = daemon.process.id();
    let all = [vec![custodian], trace::descendants(custodian)].concat();
    let victim = all[chance.random_range(0..all.len())];
    // It may have ended by itself in between.
    if Path::new(&format!("/proc/{victim}")).exists() {
        let pid = rustix::process::Pid::from_raw(victim.cast_signed()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
    }
    std::thread::sleep(Duration::from_millis(chance.random_range(0..50)));
    // The front-end goes too, as the person's patience does.
    stop.store(true, Ordering::SeqCst);
    visits.join().unwrap();
    // A killed custodian with much memory takes a moment to be gone.
    let killed = victim == custodian && daemon.process.wait().is_ok();
    if killed || daemon.process.try_wait().unwrap().is_some() {
        daemon.again();
    }
    let (mut client, heard) = daemon.front_end();
    let first = audited(&mut client, &heard);
    let left = living(daemon);
    if is_clean(&first) && left > 0 {
        let words = daemon.last_words();
        return Err(format!(
            "welcomed beside {left} processes of a guest\n{words}"
        ));
    }
    let mut report = first.clone();
    let until = Instant::now() + PATIENCE;
    while !is_clean(&report) {
        if Instant::now() > until {
            let words = daemon.last_words();
            return Err(format!(
                "never clean again: {first:?}, then {report:?}\n{words}"
            ));
        }
        // What staff does: nothing but another wipe opens a closed station.
        client.send(&Command::Wipe { round: 1 }).unwrap();
        report = audited(&mut client, &heard);
    }
    Ok(is_clean(&first))
}

/// One visit after the other, until told to stop or until the custodian is gone.
fn visits(mut client: Client, heard: &Receiver<Notice>, display: &Path, stop: &AtomicBool) {
    let mut ask = |command: &Command, wanted: fn(&Notice) -> bool| -> bool {
        if client.send(command).is_err() {
            return false;
        }
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until && !stop.load(Ordering::SeqCst) {
            match heard.recv_timeout(Duration::from_millis(20)) {
                Ok(Notice::Lost) => return false,
                Ok(notice) if wanted(&notice) => return true,
                Ok(_) | Err(_) => {}
            }
        }
        false
    };
    for round in 0..1000 {
        for browser in [Browser::First, Browser::Second] {
            let open = Command::Open {
                browser,
                target: Target::Web {
                    url: "https://example.invalid/".into(),
                    allowed: Vec::new(),
                    refused: Vec::new(),
                },
                display: Some(display.to_owned()),
                language: "fr".into(),
                zoom: 100,
            };
            let opened = |notice: &Notice| matches!(notice, Notice::Opened | Notice::Refused(_));
            if !ask(&open, opened) {
                return;
            }
        }
        let wiped =
            |notice: &Notice| matches!(notice, Notice::Wiped { .. } | Notice::WipeFailed { .. });
        let audited = |notice: &Notice| matches!(notice, Notice::Audited { .. });
        if !(ask(&Command::Wipe { round }, wiped) && ask(&Command::Audit { round }, audited)) {
            return;
        }
    }
}
