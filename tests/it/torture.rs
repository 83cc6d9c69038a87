//! Faults: `kill -9` of anybody at any moment of a visit, and machines that lack something.
//! A short part runs with every test; `cargo xtask torture` runs the long one.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use estran::audit::{self, Outcome, Probe, Report};
use estran::custodian::{Client, ClientSettings, Command, Notice, Refused, Target, VERSION};
use estran::guest::frame;
use estran::visit::{Browser, Verdict};
use estran_driver::trace;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::sandbox::PATIENCE;

const ESTRAND: &str = env!("CARGO_BIN_EXE_estrand");

/// The moments of the ordinary run.
const FEW: u32 = 6;

#[test]
fn whoever_is_killed_the_station_looks_before_it_welcomes() {
    moments(rand::random(), FEW);
}

#[test]
#[ignore = "cargo xtask torture"]
fn whoever_is_killed_at_many_moments() {
    moments(
        number("ESTRAN_SEED", rand::random()),
        u32::try_from(number("ESTRAN_MOMENTS", 200)).unwrap(),
    );
}

/// A number that `cargo xtask torture` gives.
pub fn number(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[allow(clippy::print_stdout, reason = "the seed, to do it again")]
fn moments(seed: u64, count: u32) {
    println!("seed {seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let mut clean = 0;
    for number in 0..count {
        let outcome = moment(&mut chance);
        assert!(outcome.is_ok(), "seed {seed}, moment {number}: {outcome:?}");
        clean += u32::from(outcome.is_ok_and(|clean| clean));
    }
    println!("{count} moments: {clean} clean at once, the others quarantined");
    // Most are over before anybody looks: else nothing was killed in a visit.
    assert!(clean > 0, "seed {seed}");
}

/// One visit that is cut short. Whether the next custodian found the station clean.
fn moment(chance: &mut StdRng) -> Result<bool, String> {
    let runtime = tempfile::tempdir().unwrap();
    let mut front = stand_in(runtime.path());
    std::thread::sleep(Duration::from_millis(chance.random_range(20..2500)));
    let family = trace::descendants(front.id());
    let all = [vec![front.id()], family.clone()].concat();
    let victim = all[chance.random_range(0..all.len())];
    // It may have ended by itself in between.
    if Path::new(&format!("/proc/{victim}")).exists() {
        let pid = rustix::process::Pid::from_raw(i32::try_from(victim).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
    }
    std::thread::sleep(Duration::from_millis(chance.random_range(0..50)));
    // Whatever was hit: the machine comes up again, as after a power cut.
    front.kill().ok();
    front.wait().unwrap();
    let report = boot(runtime.path())?;
    let clean = matches!(verdict_of(&report), Verdict::Clean(_));
    let left: Vec<u32> = family
        .into_iter()
        .filter(|pid| in_a_session(*pid))
        .collect();
    if clean && !left.is_empty() {
        let who: Vec<_> = left.iter().map(|pid| described(*pid)).collect();
        return Err(format!("welcomed beside {who:?}: {report:?}"));
    }
    // And it does get clean, without anybody's help.
    let until = Instant::now() + PATIENCE;
    while !matches!(verdict_of(&boot(runtime.path())?), Verdict::Clean(_)) {
        if Instant::now() > until {
            return Err(format!("never clean again: {report:?}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(clean)
}

/// A living process in a pid namespace that is not ours.
fn in_a_session(pid: u32) -> bool {
    let ours = std::fs::read_link("/proc/self/ns/pid").unwrap();
    std::fs::read_link(format!("/proc/{pid}/ns/pid")).is_ok_and(|its| its != ours)
        && trace::resident(pid) > 0
}

/// Who that is, for the person who looks for the cause.
fn described(pid: u32) -> String {
    let read = |file: &str| std::fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
    let words = String::from_utf8_lossy(&read("cmdline")).replace('\0', " ");
    let status = read("stat");
    let status = String::from_utf8_lossy(&status);
    format!("{pid}: {words:.200} ({status:.60})")
}

/// A fresh custodian's first audit, as a station makes one before it welcomes anyone.
fn boot(runtime: &Path) -> Result<Report, String> {
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let mut estrand = custodian(Process::new(ESTRAND).arg("desk"), theirs, runtime);
    let mut ask = |command: &Command| -> Result<Notice, String> {
        frame::write(&mut ours, command, frame::LIMIT).map_err(|error| error.to_string())?;
        loop {
            match frame::read(&mut ours, frame::LIMIT) {
                Ok(Notice::Printer(_) | Notice::Stick(_)) => {}
                Ok(notice) => return Ok(notice),
                Err(error) => return Err(error.to_string()),
            }
        }
    };
    let answer =
        ask(&Command::Hello { version: VERSION }).and_then(|_| ask(&Command::Audit { round: 1 }));
    drop(ours);
    estrand.wait().unwrap();
    let answer = answer?;
    if let Notice::Audited { round: 1, report } = answer {
        Ok(report)
    } else {
        Err(format!("{answer:?}"))
    }
}

fn custodian(process: &mut Process, socket: UnixStream, runtime: &Path) -> Child {
    process
        .env("XDG_RUNTIME_DIR", runtime)
        .stdin(Stdio::from(OwnedFd::from(socket)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// This very program as a front-end that makes one short visit after the other.
fn stand_in(runtime: &Path) -> Child {
    Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "torture::a_front_end_with_visits", "--ignored"])
        .env("XDG_RUNTIME_DIR", runtime)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "not a test: the process that the tests above kill"]
fn a_front_end_with_visits() {
    let folder = tempfile::tempdir().unwrap();
    let display = folder.path().join("wayland-0");
    let _display = std::os::unix::net::UnixListener::bind(&display).unwrap();
    let (say, said) = std::sync::mpsc::channel();
    let mut client = Client::spawn_desk(Path::new(ESTRAND), ClientSettings::default(), move |n| {
        say.send(n).ok();
    })
    .unwrap();
    let target = Target::Web {
        url: "https://example.invalid/".into(),
        allowed: Vec::new(),
        refused: Vec::new(),
    };
    let wait = |wanted: fn(&Notice) -> bool| {
        while let Ok(notice) = said.recv_timeout(PATIENCE) {
            if wanted(&notice) {
                return;
            }
        }
        panic!("not told");
    };
    for round in 0..20 {
        for browser in [Browser::First, Browser::Second] {
            let open = Command::Open {
                browser,
                target: target.clone(),
                display: Some(display.clone()),
                language: "fr".into(),
                zoom: 100,
            };
            client.send(&open).unwrap();
            wait(|notice| matches!(notice, Notice::Opened | Notice::Refused(_)));
        }
        client.send(&Command::Wipe { round }).unwrap();
        wait(|notice| matches!(notice, Notice::Wiped { .. }));
        client.send(&Command::Audit { round }).unwrap();
        wait(|notice| matches!(notice, Notice::Audited { .. }));
    }
}

/// A custodian on a machine that something was taken from: a script of `unshare -rm`, which may
/// change its own mounts. What it answers to an opening, a wipe and an audit.
fn on_a_machine(lack: &str) -> (Notice, Notice, Report) {
    let runtime = tempfile::tempdir().unwrap();
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.set_read_timeout(Some(PATIENCE)).unwrap();
    let script = format!("{lack}\nexec {ESTRAND} desk \"$@\"");
    let mut unshare = Process::new("unshare");
    unshare.args(["-rm", "sh", "-ec", &script]);
    let mut estrand = custodian(&mut unshare, theirs, runtime.path());
    let mut ask = |command: &Command, wanted: fn(&Notice) -> bool| -> Notice {
        frame::write(&mut ours, command, frame::LIMIT).unwrap();
        loop {
            let notice: Notice = frame::read(&mut ours, frame::LIMIT).unwrap();
            if wanted(&notice) {
                return notice;
            }
        }
    };
    ask(&Command::Hello { version: VERSION }, |n| {
        matches!(n, Notice::Welcome { .. })
    });
    let display = runtime.path().join("wayland-0");
    let _display = std::os::unix::net::UnixListener::bind(&display).unwrap();
    let open = Command::Open {
        browser: Browser::First,
        target: Target::Web {
            url: "https://example.invalid/".into(),
            allowed: Vec::new(),
            refused: Vec::new(),
        },
        display: Some(display),
        language: "fr".into(),
        zoom: 100,
    };
    let opened = ask(&open, |n| matches!(n, Notice::Opened | Notice::Refused(_)));
    let wiped = ask(&Command::Wipe { round: 1 }, |n| {
        matches!(n, Notice::Wiped { .. } | Notice::WipeFailed { .. })
    });
    let audited = ask(&Command::Audit { round: 2 }, |n| {
        matches!(n, Notice::Audited { .. })
    });
    drop(ours);
    estrand.wait().unwrap();
    let Notice::Audited { report, .. } = audited else {
        panic!("{audited:?}")
    };
    (opened, wiped, report)
}

fn refuses_and_is_clean(lack: &str) {
    let (opened, wiped, report) = on_a_machine(lack);
    assert_eq!(opened, Notice::Refused(Refused::CannotStart), "{lack}");
    assert!(matches!(wiped, Notice::Wiped { .. }), "{lack}: {wiped:?}");
    let seen = |(_, outcome): &(Probe, Outcome)| *outcome == Outcome::Nothing;
    assert!(report.outcomes.iter().all(seen), "{lack}: {report:?}");
}

#[test]
fn a_machine_that_lacks_something_refuses_the_visit_and_stays_clean() {
    // The control: the same way round, with nothing missing, opens.
    let (opened, ..) = on_a_machine("true");
    assert_eq!(opened, Notice::Opened);
    refuses_and_is_clean("mount --bind /dev/null /usr/bin/bwrap");
    refuses_and_is_clean(
        "for b in /usr/bin/firefox-esr /usr/lib/firefox-esr/firefox-esr; do mount --bind /dev/null $b; done",
    );
    // No further mounts: bwrap's file systems are refused.
    refuses_and_is_clean("echo 0 > /proc/sys/user/max_mnt_namespaces");
    refuses_and_is_clean("echo 0 > /proc/sys/user/max_user_namespaces");
}

/// A disk on which nothing more goes: of the state, of the home, of temporary files. The visit needs
/// none of it; its receipt, which cannot be written, does not keep the station from looking.
#[test]
fn a_full_disk_of_the_machine_hinders_neither_the_visit_nor_its_wipe() {
    let full = "mount -t tmpfs -o size=256k none /mnt
        mkdir -p /mnt/state /mnt/home; head -c 1M /dev/zero > /mnt/fill 2> /dev/null || true
        if (head -c 4096 /dev/zero > /mnt/more) 2> /dev/null; then exit 9; fi
        mount --bind /mnt /var/tmp; export HOME=/mnt/home TMPDIR=/mnt
        set -- --state /mnt/state";
    let (opened, wiped, report) = on_a_machine(full);
    assert_eq!(opened, Notice::Opened);
    assert!(matches!(wiped, Notice::Wiped { .. }), "{wiped:?}");
    let seen = |(_, outcome): &(Probe, Outcome)| *outcome == Outcome::Nothing;
    assert!(report.outcomes.iter().all(seen), "{report:?}");
}

#[test]
fn a_flooded_custodian_still_answers() {
    use std::io::Write;
    let runtime = tempfile::tempdir().unwrap();
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    let mut estrand = custodian(Process::new(ESTRAND).arg("desk"), theirs, runtime.path());
    frame::write(
        &mut ours,
        &Command::Hello { version: VERSION },
        frame::LIMIT,
    )
    .unwrap();
    let mut ears = ours.try_clone().unwrap();
    let flood = std::thread::spawn(move || {
        for _ in 0..20_000 {
            ours.write_all(b"\x07\x00\x00\x00garbage").unwrap();
        }
        frame::write(&mut ours, &Command::Audit { round: 9 }, frame::LIMIT).unwrap();
        ours
    });
    let mut refused = 0;
    loop {
        let notice = frame::read(&mut ears, frame::LIMIT).unwrap();
        if notice == Notice::Refused(Refused::Garbage) {
            refused += 1;
        } else if matches!(notice, Notice::Audited { round: 9, .. }) {
            break;
        }
    }
    assert_eq!(refused, 20_000);
    drop(flood.join().unwrap());
    drop(ears);
    assert!(estrand.wait().unwrap().success());
}

/// The folder of the print service's socket cannot be made: no custodian, so no welcome.
#[test]
fn a_full_runtime_directory_keeps_the_station_closed() {
    let welcomed = |inodes: u32| {
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        ours.set_read_timeout(Some(PATIENCE)).unwrap();
        let script = format!(
            "mount -t tmpfs -o size=1m,nr_inodes={inodes} none /mnt; export XDG_RUNTIME_DIR=/mnt
             exec {ESTRAND} desk --printer ipp://localhost:9/ipp/print"
        );
        let mut estrand = {
            // The command holds the other end of the socket until it goes.
            let mut unshare = Process::new("unshare");
            unshare.args(["-rm", "sh", "-ec", &script]);
            custodian(&mut unshare, theirs, Path::new("/nonexistent"))
        };
        let hello = Command::Hello { version: VERSION };
        frame::write(&mut ours, &hello, frame::LIMIT).ok();
        let answer = frame::read::<Notice>(&mut ours, frame::LIMIT);
        drop(ours);
        let ended = estrand.wait().unwrap();
        (answer.is_ok(), ended.success())
    };
    assert_eq!(welcomed(100), (true, true), "control: with room");
    assert_eq!(welcomed(1), (false, false));
}

/// What a custodian leaves that is killed while its sandbox comes up: bwrap, adopted by the machine.
/// No other test runs meanwhile (.config/nextest.toml): its audits would see it, and rightly.
#[test]
fn alone_a_sandbox_without_a_custodian_is_seen_and_ended_at_the_next_start() {
    let runtime = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = runtime.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let arguments = file(
        "arguments",
        b"--unshare-pid\0--ro-bind\0/\0/\0--dev\0/dev\0",
    );
    // One instruction: everything is allowed.
    let filter = file("filter", &[6, 0, 0, 0, 0, 0, 0xff, 0x7f]);
    let left = format!(
        "(setsid /usr/bin/bwrap --args 3 --seccomp 4 --info-fd 5 -- /usr/bin/sleep 600 \
          3< {arguments} 4< {filter} 5> /dev/null &) > /dev/null 2>&1"
    );
    let seen = || audit::left_sandboxes().unwrap();
    assert_eq!(seen(), Vec::<u32>::new(), "somebody's sandbox is left here");
    let started = Process::new("bash").args(["-c", &left]).status().unwrap();
    assert!(started.success());
    let until = Instant::now() + PATIENCE;
    while seen().len() < 2 {
        assert!(Instant::now() < until, "control: it never came up");
        std::thread::sleep(Duration::from_millis(20));
    }
    let report = audit::look(&audit::Marks::default(), runtime.path());
    assert!(
        matches!(verdict_of(&report), Verdict::Residue),
        "{report:?}"
    );
    let report = boot(runtime.path()).unwrap();
    assert!(
        matches!(verdict_of(&report), Verdict::Clean(_)),
        "{report:?}"
    );
    assert_eq!(seen(), Vec::<u32>::new());
}

fn verdict_of(report: &Report) -> Verdict {
    audit::verdict(report, &Probe::DESK)
}
