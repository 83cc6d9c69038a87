//! Guests of a station that will not go, that multiply, or that reach for what is root's.

use std::time::{Duration, Instant};

use estran::guest::Session;
use estran::guest::sandbox::Network;

use super::{Stand, assert_clean};
use crate::hostile::{answered, script};
use crate::sandbox::{PATIENCE, plan, run, told};
use crate::stubborn::{AGAINST_ITS_KEEPER, WALLS_WITHIN, gone_by_itself};

/// Ends the session, looks, and has the next visit do something.
fn ends_well(stand: &Stand, session: Session) {
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    assert_clean(&stand.look(&marks));
    let mut next = stand.start(&plan(Network::None));
    run(
        &mut next,
        "ls -A ~/Documents > /tmp/seen; echo end >> /tmp/seen; sleep 600",
    );
    assert_eq!(told(&next, "/tmp/seen"), "end\n", "an empty home");
    next.wipe(PATIENCE).unwrap();
}

#[test]
fn a_guest_that_takes_its_own_keeper_down_is_wiped_all_the_same() {
    let Some(stand) = Stand::new() else { return };
    for noticed in [true, false] {
        let mut session = stand.start(&plan(Network::Machine));
        run(&mut session, AGAINST_ITS_KEEPER);
        gone_by_itself(&session);
        if noticed {
            session.reap();
        }
        ends_well(&stand, session);
    }
}

#[test]
fn walls_within_the_walls_hold_nothing() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    run(
        &mut session,
        &format!("{WALLS_WITHIN}\necho end >> /tmp/answers; sleep 600"),
    );
    assert_eq!(told(&session, "/tmp/answers"), "up\nend\n", "control");
    ends_well(&stand, session);
}

/// Living processes under this uid, threads included, as the machine counts them.
fn tasks_of(uid: u32) -> usize {
    let uid = format!("\nUid:\t{uid}\t");
    let tasks = |status: &str| {
        let threads = status.lines().find_map(|l| l.strip_prefix("Threads:"));
        threads.and_then(|count| count.trim().parse().ok())
    };
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("status")).ok())
        .filter(|status| status.contains(&uid))
        .filter_map(|status| tasks(&status).or(Some(1)))
        .sum()
}

/// The kernel counts for the guest's uid, in whatever namespaces: this holds where the control
/// groups do not.
#[test]
fn a_fork_bomb_stops_at_the_bound_and_the_machine_works_on() {
    const MOST: u32 = 120;
    let Some(stand) = Stand::with(|settings| settings.bounds.processes = MOST) else {
        return;
    };
    let mut session = stand.start(&plan(Network::None));
    let guest = session.outer().unwrap().guest();
    let bomb = "for (;;) { defined(fork) or last }  open F, q(>), q(/tmp/met); print F qq(end\\n); close F;
        for (;;) { fork; select(undef, undef, undef, 0.01) }";
    let bomb = bomb.replace("\\n", "\n");
    // Once as it is, and once from a user namespace of its own.
    run(
        &mut session,
        &format!("(setsid perl -e '{bomb}' &); (setsid unshare -Ur perl -e '{bomb}' &); sleep 600"),
    );
    told(&session, "/tmp/met");
    let mut most = 0;
    let until = Instant::now() + Duration::from_secs(2);
    while Instant::now() < until {
        most = most.max(tasks_of(guest));
        let works = std::process::Command::new("/usr/bin/true").status();
        assert!(
            works.unwrap().success(),
            "the machine still starts programs"
        );
    }
    assert!(most > 60, "control: it did multiply: {most}");
    assert!(most <= MOST as usize, "{most}");
    ends_well(&stand, session);
}

#[test]
fn the_guest_is_the_first_to_go_when_memory_ends_and_cannot_change_it() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    run(
        &mut session,
        "cat /proc/self/oom_score_adj > /tmp/answers
         (echo -900 > /proc/self/oom_score_adj) 2> /dev/null && echo changed >> /tmp/answers
         echo end >> /tmp/answers; sleep 600",
    );
    assert_eq!(told(&session, "/tmp/answers"), "1000\nend\n");
    ends_well(&stand, session);
}

/// Pairs as in the desk form: what an honest program needs works, the rest does not.
#[test]
fn nothing_makes_the_guest_more_than_a_guest() {
    let Some(stand) = Stand::new() else { return };
    let terminal = "open my $f, q(+<), q(/dev/ptmx) or die; my $b = q(x) x 8";
    let size = format!("perl -e '{terminal}; exit(ioctl($f, 0x5413, $b) ? 0 : 1)'");
    let typing = format!("perl -e '{terminal}; exit(ioctl($f, 0x5412, $b) ? 0 : 1)'");
    let tries = [
        ("the time", true, "date"),
        ("another time", false, "date -s 2001-01-01"),
        (
            "another clock",
            false,
            "perl -e 'exit(syscall(227, 0, pack(q(qq), 1, 1)) == 0 ? 0 : 1)'",
        ),
        ("the size of a terminal", true, &size),
        ("typing into a terminal", false, &typing),
        (
            "a key",
            false,
            "perl -e 'my ($t, $d) = (q(user), q(x)); exit(syscall(248, $t, $d, $d, 1, -3) > 0 ? 0 : 1)'",
        ),
        ("a link", true, "touch ~/a && ln ~/a ~/b"),
        ("a link to the machine", false, "ln /usr/bin/id ~/id"),
        (
            "another uid by su",
            false,
            "/usr/bin/su -c true root < /dev/null",
        ),
        (
            "a core dump",
            false,
            "cd ~; ulimit -c unlimited || sh -c 'kill -SEGV $$'; ls | grep core",
        ),
        ("a higher priority", false, "renice -n -5 $$"),
        ("more processes", false, "ulimit -u unlimited"),
    ];
    let lines: Vec<(&str, &str)> = tries.iter().map(|(name, _, line)| (*name, *line)).collect();
    let mut session = stand.start(&plan(Network::None));
    run(&mut session, &script(&lines));
    let answers = answered(&told(&session, "/tmp/answers"));
    let expected: Vec<(String, bool)> = tries
        .iter()
        .map(|(name, expected, _)| ((*name).to_owned(), *expected))
        .collect();
    assert_eq!(answers, expected);
    ends_well(&stand, session);
}
