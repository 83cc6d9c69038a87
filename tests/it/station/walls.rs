//! What the guest of a station can and cannot do: the same pairs as in the desk form, and those
//! that only root's walls give.

use estran::guest::sandbox::{Capacity, Network};

use super::Stand;
use crate::hostile::{answered, script};
use crate::sandbox::{PATIENCE, plan, run, told};

fn check(stand: &Stand, network: Network, tries: &[(&str, bool, &str)]) {
    let mut session = stand.start(&plan(network));
    let lines: Vec<(&str, &str)> = tries.iter().map(|(name, _, line)| (*name, *line)).collect();
    run(&mut session, &script(&lines));
    let answers = answered(&told(&session, "/tmp/answers"));
    session.wipe(PATIENCE).unwrap();
    assert_eq!(answers.len(), tries.len());
    for ((name, expected, _), (said, answer)) in tries.iter().zip(answers) {
        assert_eq!((*name, *expected), (said.as_str(), answer));
    }
}

#[test]
fn the_guest_has_a_uid_of_its_own_and_no_privilege() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    run(&mut session, "echo end > /tmp/done; sleep 600");
    told(&session, "/tmp/done");
    let guest = session.outer().unwrap().guest();
    assert!(stand.settings.guests.contains(&guest));
    // As the machine sees the sandbox's first process.
    let status = std::fs::read_to_string(format!("/proc/{}/status", session.init())).unwrap();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_ascii_whitespace().skip(1).collect::<Vec<_>>()
    };
    assert_eq!(field("Uid:"), [guest.to_string().as_str(); 4]);
    assert_eq!(field("Gid:"), [guest.to_string().as_str(); 4]);
    assert_eq!(field("Groups:"), Vec::<&str>::new());
    assert_eq!(field("NoNewPrivs:"), ["1"]);
    for set in ["CapPrm:", "CapEff:", "CapInh:", "CapAmb:", "CapBnd:"] {
        assert_eq!(field(set), ["0000000000000000"], "{set}");
    }
    session.wipe(PATIENCE).unwrap();
    let mut next = stand.start(&plan(Network::None));
    run(&mut next, "true");
    assert_ne!(next.outer().unwrap().guest(), guest, "uids rest");
    next.wipe(PATIENCE).unwrap();
}

#[test]
fn the_guest_writes_in_memory_only_and_starts_nothing_from_there() {
    let Some(stand) = Stand::new() else { return };
    let program = "cp /usr/bin/true ~/x && chmod +x ~/x";
    let tries = [
        ("home", true, "touch ~/x"),
        ("tmp", true, "touch /tmp/x"),
        ("shm", true, "touch /dev/shm/x"),
        ("runtime", true, "touch $XDG_RUNTIME_DIR/x"),
        ("root", false, "touch /x"),
        ("usr", false, "touch /usr/x"),
        ("a stick that is not there", false, "touch /media/x"),
        ("a program of its own", true, program),
        ("started", false, &format!("{program} && ~/x")),
        (
            "setuid",
            false,
            "cp /usr/bin/id ~/s && chmod u+s ~/s && ~/s",
        ),
        (
            "nested namespaces for the browsers",
            true,
            "unshare -Ur true",
        ),
        (
            "the folder of the custodian",
            false,
            &format!("ls {}", stand.state().display()),
        ),
        (
            "another uid",
            false,
            "grep -qv \" $(id -u) \" /proc/self/uid_map && test -e /root",
        ),
        ("the firewall", false, "nft list ruleset"),
        (
            "the token",
            false,
            "echo '0 2147483647' > /proc/sys/net/ipv4/ping_group_range",
        ),
    ];
    check(&stand, Network::None, &tries);
}

#[test]
fn a_full_home_and_too_many_files_harm_only_the_guest() {
    let Some(stand) = Stand::new() else { return };
    let mut small = plan(Network::None);
    small.capacity = Capacity {
        home: 64 << 20,
        scratch: 4 << 20,
        small: 1 << 20,
    };
    let mut session = stand.start(&small);
    run(
        &mut session,
        "head -c 4M /dev/zero > ~/fits && echo fits >> /tmp/answers
         head -c 96M /dev/zero > ~/full || echo full >> /tmp/answers
         rm ~/full; perl -e 'for (1..210000) { open(my $f, q(>), qq($ENV{HOME}/f$_)) or exit 1 }' || echo inodes >> /tmp/answers
         echo end >> /tmp/answers; sleep 600",
    );
    assert_eq!(told(&session, "/tmp/answers"), "fits\nfull\ninodes\nend\n");
    session.wipe(PATIENCE).unwrap();
}

/// Where the kernel has the controllers in version 2; elsewhere it says that it could not.
#[test]
fn memory_and_processes_are_bounded_where_the_kernel_can() {
    let Some(stand) = Stand::with(|settings| {
        settings.bounds.memory = 256 << 20;
        settings.bounds.processes = 64;
    }) else {
        return;
    };
    let session = stand.start(&plan(Network::None));
    let groups = stand.ground.premises().groups;
    let leaf = std::fs::read_dir(&groups)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.join("cgroup.kill").exists() && path.is_dir())
        .unwrap();
    assert!(leaf.join("cgroup.kill").exists());
    let limits = stand.ground.premises().limits;
    let read = |file: &str| std::fs::read_to_string(leaf.join(file)).unwrap_or_default();
    match limits {
        estran::audit::Limits::Whole => {
            assert_eq!(read("memory.max").trim(), (256_u64 << 20).to_string());
            assert_eq!(read("memory.swap.max").trim(), "0");
            assert_eq!(read("pids.max").trim(), "64");
        }
        estran::audit::Limits::Excused => {
            crate::left_out(
                "a session's bounds on memory and processes: this kernel has these controllers in version 1",
            );
            let controllers = std::fs::read_to_string(groups.join("cgroup.controllers")).unwrap();
            assert!(!(controllers.contains("memory") && controllers.contains("pids")));
        }
        estran::audit::Limits::Absent => panic!("the stand excuses it"),
    }
    session.wipe(PATIENCE).unwrap();
}

#[test]
fn a_station_that_must_bound_and_cannot_starts_no_session() {
    let Some(stand) = Stand::with(|settings| settings.must_bound = true) else {
        return;
    };
    let premises = stand.ground.premises();
    let started = stand.ground.raise(&plan(Network::None), 0);
    match premises.limits {
        estran::audit::Limits::Whole => drop(started.unwrap()),
        estran::audit::Limits::Absent => {
            assert!(matches!(
                started.unwrap_err(),
                estran::guest::outer::OuterError::NotBounded
            ));
        }
        estran::audit::Limits::Excused => panic!("nobody excused it"),
    }
}

/// A fork storm meets the group's kill, whatever it does.
#[test]
fn a_fork_storm_ends_with_its_group() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    run(
        &mut session,
        "for i in $(seq 200); do (setsid bash -c \"trap '' TERM INT HUP; echo x >> /tmp/alive; kill -STOP \\$\\$; sleep 600\" &) & done
         while [ $(wc -l < /tmp/alive) -lt 200 ]; do sleep 0.1; done; echo end > /tmp/answers; sleep 600",
    );
    told(&session, "/tmp/answers");
    session.wipe(PATIENCE).unwrap();
}
