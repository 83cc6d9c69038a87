//! Guests that will not go, that fill what can be filled, and that reach for what is not theirs.
//! After each: the host is as it was, the wipe ends, the audit is clean, the next visit works.
#![cfg(target_arch = "x86_64")]

use std::time::{Duration, Instant};

use estran::audit::{self, Outcome};
use estran::custodian::{Client, ClientSettings, Command, Notice, Target};
use estran::guest::Session;
use estran::guest::sandbox::{Capacity, Network};
use estran::visit::Browser;

use crate::sandbox::{PATIENCE, inside, plan, run, told};

/// A guest that ends the one who watches it: the agent has the guest's own powers and no more.
pub const AGAINST_ITS_KEEPER: &str =
    "echo here > ~/x; kill -STOP $PPID; kill -9 $PPID; kill -9 -1; sleep 600";

/// Namespaces within namespaces, each with mounts of its own.
pub const WALLS_WITHIN: &str = r"for i in $(seq 5); do
        (setsid unshare -Urmpfi sh -c 'mount -t tmpfs none /tmp && echo kept > /tmp/inner &&
           ipcmk -M 4096 > /tmp/ipc && touch ~/up$0; sleep 600' $i &)
    done
    while [ $(ls ~/up* 2> /dev/null | wc -l) -lt 5 ]; do sleep 0.1; done; echo up >> /tmp/answers";

/// Memory that files in RAM take on the whole machine, bytes.
fn taken_by_files() -> u64 {
    let table = std::fs::read_to_string("/proc/meminfo").unwrap();
    let mut lines = table.lines();
    let line = lines.find_map(|line| line.strip_prefix("Shmem:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap() * 1024
}

/// Waits until the guest has taken its own sandbox down.
pub fn gone_by_itself(session: &Session) {
    let until = Instant::now() + PATIENCE;
    while inside(session, "/home").exists() {
        assert!(Instant::now() < until, "the sandbox still stands");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Ends the session, looks, and has the next visit do something.
fn ends_well(session: Session) {
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let report = audit::look(&marks, empty.path());
    assert!(
        report.outcomes.iter().all(|(_, o)| *o == Outcome::Nothing),
        "{report:?}"
    );
    let mut next = Session::start(&plan(Network::None)).unwrap();
    run(
        &mut next,
        "ls -A ~/Documents > /tmp/seen; echo end >> /tmp/seen; sleep 600",
    );
    assert_eq!(told(&next, "/tmp/seen"), "end\n", "an empty home");
    next.wipe(PATIENCE).unwrap();
}

/// A guest that runs this script, until it has said "end" in /tmp/answers.
fn after(script: &str) -> (Session, String) {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    run(
        &mut session,
        &format!("{script}\necho end >> /tmp/answers; sleep 600"),
    );
    let said = told(&session, "/tmp/answers");
    (session, said)
}

#[test]
fn thousands_of_names_go_at_once() {
    let (session, said) = after(
        "perl -e 'for (1..20000) { open my $f, q(>), qq($ENV{HOME}/x$_) or die; }
           my $d = $ENV{HOME}; for (1..200) { $d .= q(/deep); mkdir $d or last; }
           for (1..500) { link qq($ENV{HOME}/x1), qq($ENV{HOME}/hard$_); }'
         ls ~ | wc -l >> /tmp/answers",
    );
    assert_eq!(said, "20502\nend\n", "control: they are there");
    ends_well(session);
}

#[test]
fn pipes_sockets_and_files_without_a_name_are_left_behind() {
    let (session, said) = after(
        r"cd ~; for i in $(seq 50); do mkfifo pipe$i; (setsid cat pipe$i &) ; done
        perl -MIO::Socket::UNIX -e 'my @s = map { IO::Socket::UNIX->new(Local => qq(socket$_), Listen => 1) } 1..50;
            open my $f, q(+>), q(nameless) or die; print $f q(x) x 5_000_000; $f->flush; unlink q(nameless);
            open my $g, q(>), q(/tmp/ready); close $g; sleep 600' &
        while [ ! -e /tmp/ready ]; do sleep 0.1; done
        ls | grep -c '^pipe' >> /tmp/answers; ls | grep -c '^socket' >> /tmp/answers",
    );
    assert_eq!(said, "50\n50\nend\n");
    ends_well(session);
}

#[test]
fn long_words_and_false_names_hide_nobody() {
    let (session, said) = after(
        r"long=$(head -c 120000 /dev/zero | tr '\0' x)
        for i in $(seq 20); do (setsid perl -e '$0 = q(estrand desk); sleep 600' $long $long &) ; done
        (exec -a systemd setsid sleep 600 &); (exec -a /sbin/init setsid sleep 600 &)
        sleep 0.5; pgrep -c . >> /tmp/answers || true",
    );
    let count: u32 = said.lines().next().unwrap().parse().unwrap();
    assert!(count >= 22, "control: {said}");
    ends_well(session);
}

#[test]
fn nothing_makes_the_guest_more_than_a_guest() {
    let (session, said) = after(
        r"cp /usr/bin/id ~/id && chmod 6755 ~/id && ~/id -u >> /tmp/answers
        /usr/bin/su -c id root < /dev/null > /dev/null 2>&1 && echo su >> /tmp/answers
        date -s '2001-01-01' > /dev/null 2>&1 && echo clock >> /tmp/answers
        perl -e 'my @t = (0, 0); exit(syscall(227, 0, pack(q(qq), 1, 1)) == 0 ? 0 : 1)' && echo clock >> /tmp/answers
        renice -n -5 $$ > /dev/null 2>&1 && echo nice >> /tmp/answers
        chroot / true > /dev/null 2>&1 && echo chroot >> /tmp/answers
        (cd ~; ulimit -c unlimited 2>/dev/null && echo core >> /tmp/answers; sh -c 'kill -SEGV $$'; ls | grep core >> /tmp/answers)
        for pid in $(seq 1 60); do
            [ -e /proc/$pid ] || continue
            tr '\0' ' ' < /proc/$pid/environ 2> /dev/null | grep -q CARGO && echo spied >> /tmp/answers
        done
        true",
    );
    // `id` outside the home answers 0 for nobody: the copy must still be the visitor's own.
    assert_eq!(said, "1000\nend\n");
    ends_well(session);
}

#[test]
fn another_process_of_the_machine_cannot_be_named() {
    let me = std::process::id();
    let (session, said) = after(&format!(
        r"perl -e 'exit(kill(0, $$) == 1 ? 0 : 1)' && echo itself >> /tmp/answers
        perl -e 'exit(kill(0, {me}) == 1 ? 0 : 1)' && echo signal >> /tmp/answers
        perl -e 'exit(syscall(101, 16, {me}, 0, 0) == 0 ? 0 : 1)' && echo trace >> /tmp/answers
        perl -e 'my $b = q(x) x 8; my $v = pack(q(pQ), $b, 8); my $r = pack(q(QQ), 4096, 8);
            exit(syscall(310, {me}, $v, 1, $r, 1, 0) >= 0 ? 0 : 1)' && echo memory >> /tmp/answers
        perl -e 'exit(syscall(434, {me}, 0) >= 0 ? 0 : 1)' && echo pidfd >> /tmp/answers
        true"
    ));
    assert_eq!(said, "itself\nend\n");
    ends_well(session);
}

#[test]
fn a_guest_that_fills_every_place_takes_no_more_than_it_may() {
    const MIB: u64 = 1024 * 1024;
    let mut small = plan(Network::None);
    small.capacity = Capacity {
        home: 64 * MIB,
        scratch: 32 * MIB,
        small: 4 * MIB,
    };
    let mut session = Session::start(&small).unwrap();
    run(
        &mut session,
        r#"for place in ~ /tmp /var/tmp /dev/shm "$XDG_RUNTIME_DIR"; do
            head -c 1G /dev/zero > "$place/full" 2>/dev/null; stat -c %s "$place/full" >> ~/sizes 2>/dev/null
        done
        rm ~/full; du -sk /tmp /var/tmp /dev/shm "$XDG_RUNTIME_DIR" 2>/dev/null | cut -f1 > ~/taken
        rm /tmp/full; (cat ~/taken; echo end) > /tmp/answers; sleep 600"#,
    );
    let said = told(&session, "/tmp/answers");
    let taken: u64 = said
        .lines()
        .filter_map(|line| line.parse::<u64>().ok())
        .sum();
    assert!((60..=80).contains(&(taken / 1024)), "{said}");
    ends_well(session);
}

#[test]
fn walls_within_the_walls_hold_nothing() {
    let (session, said) = after(WALLS_WITHIN);
    assert_eq!(said, "up\nend\n", "control: they stand");
    ends_well(session);
}

#[test]
fn links_to_files_of_the_machine_cannot_be_made() {
    let (session, said) = after(
        r"touch ~/own && ln ~/own ~/second && echo own >> /tmp/answers
        for file in /usr/bin/id /etc/passwd /run/estran/estrand; do
            for place in ~ /tmp /dev/shm; do
                ln $file $place/linked 2> /dev/null && echo $file >> /tmp/answers
            done
        done; true",
    );
    assert_eq!(said, "own\nend\n");
    ends_well(session);
}

#[test]
fn a_guest_that_takes_its_own_keeper_down_is_wiped_all_the_same() {
    for noticed in [true, false] {
        let mut session = Session::start(&plan(Network::None)).unwrap();
        run(&mut session, AGAINST_ITS_KEEPER);
        gone_by_itself(&session);
        if noticed {
            session.reap();
        }
        ends_well(session);
    }
}

/// The same by the custodian's own way: a visitor's page that did this must not close a station.
#[test]
fn whoever_takes_the_keeper_down_closes_no_station() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("guest");
    let script = format!("#!/usr/bin/bash\n{AGAINST_ITS_KEEPER}\n");
    std::fs::write(&program, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, mode).unwrap();
    let settings = ClientSettings {
        proof: true,
        program: Some(program),
        ..ClientSettings::default()
    };
    let (told, heard) = std::sync::mpsc::channel();
    let estrand = std::path::Path::new(env!("CARGO_BIN_EXE_estrand"));
    let mut client = Client::spawn_desk(estrand, settings, move |notice| {
        told.send(notice).ok();
    })
    .unwrap();
    let mut ask = |command: Command, wanted: fn(&Notice) -> bool| {
        client.send(&command).unwrap();
        loop {
            let notice = heard.recv_timeout(PATIENCE).unwrap();
            if wanted(&notice) {
                return notice;
            }
        }
    };
    for round in 0..5 {
        let open = Command::Open {
            browser: Browser::First,
            target: Target::Program {
                canary: "abcdefghijklmnopqrst".into(),
            },
            display: None,
            language: "fr".into(),
            zoom: 100,
        };
        ask(open, |notice| matches!(notice, Notice::GuestGone));
        ask(Command::Wipe { round }, |notice| {
            matches!(notice, Notice::Wiped { .. })
        });
        let audited = ask(Command::Audit { round }, |notice| {
            matches!(notice, Notice::Audited { .. })
        });
        let Notice::Audited { report, .. } = audited else {
            unreachable!()
        };
        let nothing = |(_, outcome): &(_, Outcome)| *outcome == Outcome::Nothing;
        assert!(report.outcomes.iter().all(nothing), "{round}: {report:?}");
    }
}

#[test]
fn memory_comes_back() {
    const FILLED: u64 = 1000 << 20;
    // Other programs run here, too: most of it must be seen.
    const SEEN: u64 = 700 << 20;
    let before = taken_by_files();
    let (session, _) = after(&format!("head -c {FILLED} /dev/zero > ~/big"));
    let full = taken_by_files();
    assert!(full > before + SEEN, "control: {before} → {full}");
    session.wipe(PATIENCE).unwrap();
    let empty = taken_by_files();
    assert!(empty + SEEN < full, "{full} → {empty}");
}
