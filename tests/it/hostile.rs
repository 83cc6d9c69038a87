//! What a hostile guest may try, each beside what an honest guest needs: allow and deny in pairs.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]
#![cfg(target_arch = "x86_64")]

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use crate::sandbox::{PATIENCE, inside, plan, run, told};
use estran::guest::Session;
use estran::guest::sandbox::{Capacity, Network};

/// Runs one line of shell per name; the guest notes `name yes` or `name no`.
fn answers(network: Network, tries: &[(&str, &str)]) -> Vec<(String, bool)> {
    let mut session = Session::start(&plan(network)).unwrap();
    run(&mut session, &script(tries));
    let text = told(&session, "/tmp/answers");
    session.wipe(PATIENCE).unwrap();
    answered(&text)
}

/// The shell of such lines.
pub fn script(tries: &[(&str, &str)]) -> String {
    let mut script = String::new();
    for (name, line) in tries {
        script += "if ( ";
        script += line;
        script += " ) > /tmp/last 2>&1; then echo '";
        script += name;
        script += " yes'; else echo '";
        script += name;
        script += " no'; fi >> /tmp/answers\n";
    }
    script.push_str("echo end >> /tmp/answers\nsleep 600");
    script
}

/// What the guest noted.
pub fn answered(text: &str) -> Vec<(String, bool)> {
    text.lines()
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, answer)| (name.to_owned(), answer == "yes"))
        .collect()
}

fn check(network: Network, tries: &[(&str, bool, &str)]) {
    let lines: Vec<(&str, &str)> = tries.iter().map(|(name, _, line)| (*name, *line)).collect();
    let answers = answers(network, &lines);
    assert_eq!(answers.len(), tries.len());
    for ((name, expected, _), (said, answer)) in tries.iter().zip(answers) {
        assert_eq!((*name, *expected), (said.as_str(), answer));
    }
}

#[test]
fn writing_is_possible_in_memory_only() {
    check(
        Network::None,
        &[
            ("home", true, "touch ~/x"),
            ("tmp", true, "touch /tmp/x"),
            ("shm", true, "touch /dev/shm/x"),
            ("root", false, "touch /x"),
            ("etc", false, "touch /etc/x"),
            ("usr", false, "touch /usr/x"),
            ("dev", false, "touch /dev/x"),
            ("run", false, "touch /run/x"),
            ("ours", false, "touch /run/estran/x"),
            ("our program", false, "echo x >> /run/estran/estrand"),
            ("kernel settings", true, "cat /proc/sys/kernel/core_pattern"),
            (
                "kernel settings written",
                false,
                "echo core > /proc/sys/kernel/core_pattern",
            ),
            (
                "make the system writable",
                false,
                "unshare -Urm mount -o remount,bind,rw /usr",
            ),
            (
                "nested namespaces for the browsers",
                true,
                "unshare -Ur true",
            ),
            ("uncover what is below", false, "unshare -Urm umount /usr"),
            ("a device", false, "mknod /tmp/d b 254 0"),
            ("a name of the host", false, "hostname | grep -vx poste"),
        ],
    );
}

/// perl's `syscall` returns -1 and sets the error number; 1 is EPERM.
#[test]
fn system_calls_that_leave_traces_are_refused() {
    let refused = |call: &str| format!("perl -e '{call}; exit($! == 1 ? 0 : 1)'");
    let key = "my ($t, $d) = (q(user), q(x)); syscall(248, $t, $d, $d, 1, -3)";
    check(
        Network::None,
        &[
            ("any call", true, "perl -e 'exit(syscall(39) > 0 ? 0 : 1)'"),
            ("keyctl", true, &refused("syscall(250, 0, -3, 0)")),
            ("add_key", true, &refused(key)),
            ("bpf", true, &refused("syscall(321, 0, 0, 0)")),
            ("io_uring", true, &refused("syscall(425, 1, 0)")),
            (
                "no new privileges",
                true,
                "grep -q 'NoNewPrivs:.1' /proc/self/status",
            ),
            (
                "capabilities",
                true,
                "grep -q 'CapEff:.0000000000000000' /proc/self/status",
            ),
            (
                "core dumps",
                true,
                "grep -Eq 'Max core file size +1 +1 ' /proc/self/limits",
            ),
        ],
    );
}

#[test]
fn typing_into_a_terminal_is_refused() {
    let terminal = "open my $f, q(+<), q(/dev/ptmx) or die; my $b = q(x) x 8";
    let size = format!("perl -e '{terminal}; exit(ioctl($f, 0x5413, $b) ? 0 : 1)'");
    let typing = format!("perl -e '{terminal}; ioctl($f, 0x5412, $b); exit($! == 1 ? 0 : 1)'");
    let high = format!(
        "perl -e '{terminal}; syscall(16, fileno($f), 0x100005412, $b); exit($! == 1 ? 0 : 1)'"
    );
    check(
        Network::None,
        &[
            ("asking its size", true, &size),
            ("typing", true, &typing),
            ("typing, with high bits", true, &high),
        ],
    );
}

/// Outside, the call that the guest is refused works: the refusal is the sandbox's.
#[test]
fn the_refused_call_works_outside() {
    let outside = std::process::Command::new("perl")
        .args(["-e", "exit(syscall(250, 0, -3, 0) >= 0 ? 0 : 1)"])
        .status()
        .unwrap();
    assert!(outside.success());
}

#[test]
fn the_guest_sees_nobody_else() {
    let me = std::process::id();
    check(
        Network::None,
        &[
            ("itself", true, "test -d /proc/$$"),
            (
                "few processes",
                true,
                "test $(ls -d /proc/[0-9]* | wc -l) -lt 12",
            ),
            ("us", false, &format!("test -d /proc/{me}")),
            ("our environment", false, "env | grep -q CARGO"),
            (
                "a message bus",
                false,
                "test -e /run/dbus/system_bus_socket",
            ),
            ("an X server", false, "test -e /tmp/.X11-unix"),
            (
                "another home",
                false,
                "test -e /root || test $(ls /home | wc -l) -gt 1",
            ),
            ("its own account", true, "test $(id -un) = visitor"),
            ("other accounts", false, "grep -q root /etc/passwd"),
            (
                "the machine-id of the host",
                false,
                &format!("grep -q {} /etc/machine-id", host_machine_id()),
            ),
        ],
    );
}

fn host_machine_id() -> String {
    let id = std::fs::read_to_string("/etc/machine-id").unwrap_or_default();
    if id.trim().is_empty() {
        "no-id".to_owned()
    } else {
        id.trim().to_owned()
    }
}

#[test]
fn without_a_network_the_hosts_sockets_are_out_of_reach() {
    let name = format!("estran-test-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let _abstract = UnixListener::bind_addr(&address).unwrap();
    let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = tcp.local_addr().unwrap().port();
    let unix = format!(
        "perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0); exit(connect($s, pack(q(S a*), AF_UNIX, qq(\\0{name}))) ? 0 : 1)'"
    );
    let tcp = format!("timeout 2 bash -c '> /dev/tcp/127.0.0.1/{port}'");
    let own = "perl -MSocket -e 'socket(my $s, AF_INET, SOCK_STREAM, 0); bind($s, sockaddr_in(8099, inet_aton(q(127.0.0.1)))) or exit 1; listen($s, 1); socket(my $c, AF_INET, SOCK_STREAM, 0); exit(connect($c, sockaddr_in(8099, inet_aton(q(127.0.0.1)))) ? 0 : 1)'";
    check(
        Network::None,
        &[
            ("abstract", false, &unix),
            ("tcp", false, &tcp),
            ("its own loopback", true, own),
        ],
    );
    // The same tries where the network is shared: they can succeed.
    check(
        Network::Machine,
        &[("abstract", true, &unix), ("tcp", true, &tcp)],
    );
}

#[test]
fn a_full_home_harms_only_the_guest() {
    let mut small = plan(Network::None);
    small.capacity = Capacity {
        home: 8 << 20,
        scratch: 4 << 20,
        small: 1 << 20,
    };
    let mut session = Session::start(&small).unwrap();
    run(
        &mut session,
        "head -c 4M /dev/zero > ~/fits && echo fits >> /tmp/answers
         head -c 64M /dev/zero > ~/full || echo full >> /tmp/answers
         head -c 64M /dev/zero > /dev/shm/full || echo full >> /tmp/answers
         echo end >> /tmp/answers; sleep 600",
    );
    assert_eq!(told(&session, "/tmp/answers"), "fits\nfull\nfull\nend\n");
    session.wipe(PATIENCE).unwrap();
}

#[test]
fn links_out_of_the_session_lead_nowhere_and_are_not_followed_by_the_wipe() {
    let outside = tempfile::tempdir().unwrap();
    let kept = outside.path().join("kept");
    std::fs::write(&kept, "kept").unwrap();
    let mut session = Session::start(&plan(Network::None)).unwrap();
    let kept_name = kept.display();
    run(
        &mut session,
        &format!(
            "ln -s {kept_name} ~/link; ln -s / ~/root; mkfifo ~/fifo; ln -s ~ ~/Documents/loop
             cat ~/link && echo reached > /tmp/answers; echo end >> /tmp/answers; sleep 600"
        ),
    );
    assert_eq!(told(&session, "/tmp/answers"), "end\n");
    assert!(
        std::fs::symlink_metadata(inside(&session, "/home/visitor/link"))
            .unwrap()
            .is_symlink()
    );
    session.wipe(PATIENCE).unwrap();
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "kept");
}

#[test]
fn a_fork_storm_that_ignores_every_signal_ends_at_once() {
    let mut session = Session::start(&plan(Network::None)).unwrap();
    run(
        &mut session,
        "for i in $(seq 200); do (setsid bash -c \"trap '' TERM INT HUP; echo x >> /tmp/alive; kill -STOP \\$\\$; sleep 600\" &) & done
         while [ $(wc -l < /tmp/alive) -lt 200 ]; do sleep 0.1; done; echo end > /tmp/answers; sleep 600",
    );
    told(&session, "/tmp/answers");
    session.wipe(PATIENCE).unwrap();
}
