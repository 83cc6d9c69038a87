//! The way out of a session: to the web and to the house's name server, and to nothing else of the
//! house but what it names. Each refusal is first seen to be possible from the station itself.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::Duration;

use estran::guest::sandbox::Network;

use super::world::{NEIGHBOUR, PORTS, RESOLVER, SITE, STATION, World};
use super::{Stand, assert_clean};
use crate::hostile::{answered, script};
use crate::sandbox::{PATIENCE, plan, run, told};

fn connects(address: &str) -> bool {
    let address: SocketAddr = address.parse().unwrap();
    TcpStream::connect_timeout(&address, Duration::from_secs(10)).is_ok()
}

fn tcp(address: impl std::fmt::Display, port: u16) -> String {
    format!("timeout 5 bash -c '> /dev/tcp/{address}/{port}'")
}

fn udp(address: impl std::fmt::Display) -> String {
    // An identifier, one question, no flags: "a." of type A.
    let question = r"\0\1\1\0\0\1\0\0\0\0\0\0\1a\0\0\1\0\1";
    format!(
        "perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Proto => q(udp), PeerAddr => q({address}), PeerPort => 53) or exit 1; $s->send(qq({question})) or exit 1; $SIG{{ALRM}} = sub {{ exit 1 }}; alarm 3; my $a; exit(defined($s->recv($a, 512)) && length($a) ? 0 : 1)'"
    )
}

#[test]
fn the_way_out_leads_to_the_web_and_to_nothing_of_the_house() {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let world = World::around_this_thread();
    let named = format!("{NEIGHBOUR}:631");
    let stand = Stand::with(|settings| {
        settings.resolvers = vec![RESOLVER];
        settings.services = vec![named.parse().unwrap()];
    })
    .unwrap();
    let _listening = all_of_it_is_there();
    let tries = tries();
    let mut session = stand.start(&plan(Network::Machine));
    let lines: Vec<(&str, &str)> = tries
        .iter()
        .map(|(n, _, line)| (*n, line.as_str()))
        .collect();
    run(&mut session, &script(&lines));
    let answers = answered(&told(&session, "/tmp/answers"));
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    assert_clean(&stand.look(&marks));
    assert_eq!(answers.len(), tries.len());
    let wrong: Vec<_> = tries
        .iter()
        .zip(&answers)
        .filter(|((_, expected, _), (_, answer))| expected != answer)
        .map(|((name, _, _), _)| *name)
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
    assert!(
        world.seen.names.load(Ordering::SeqCst) > 0,
        "names were asked"
    );
}

/// Positive control: from the station itself, all that the guest is refused can be reached.
fn all_of_it_is_there() -> [TcpListener; 2] {
    let own = TcpListener::bind((STATION, 80)).unwrap();
    let loopback = TcpListener::bind(("127.0.0.1", 80)).unwrap();
    for address in [NEIGHBOUR, RESOLVER, SITE] {
        for port in PORTS {
            assert!(connects(&format!("{address}:{port}")), "{address}:{port}");
        }
    }
    assert!(connects(&format!("{STATION}:80")) && connects("127.0.0.1:80"));
    for server in [RESOLVER, SITE] {
        let asked = Command::new("bash").args(["-c", &udp(server)]).status();
        assert!(asked.unwrap().success(), "the name server answers");
    }
    [own, loopback]
}

fn tries() -> Vec<(&'static str, bool, String)> {
    vec![
        (
            "a name",
            true,
            "getent ahostsv4 estran.test | grep -q 9.9.9.10".to_owned(),
        ),
        ("the web", true, tcp(SITE, 80)),
        ("the secure web", true, tcp(SITE, 443)),
        ("another service of the Internet", false, tcp(SITE, 8080)),
        ("a service that the house names", true, tcp(NEIGHBOUR, 631)),
        ("another port of it", false, tcp(NEIGHBOUR, 80)),
        ("the same port elsewhere", false, tcp(RESOLVER, 631)),
        ("the station by its address", false, tcp(STATION, 80)),
        (
            "the station by the door of slirp",
            false,
            tcp("10.0.2.2", 80),
        ),
        (
            "its own loopback, where nobody listens",
            false,
            tcp("127.0.0.1", 80),
        ),
        ("link-local", false, tcp("169.254.169.254", 80)),
        ("the forwarder", true, udp("10.0.2.3")),
        ("the name server itself", false, udp(RESOLVER)),
        ("a name server of the Internet", false, udp(SITE)),
        ("version 6", false, tcp("2001:db8::1", 80)),
        ("a raw packet", false, "ping -c1 -W1 9.9.9.10".to_owned()),
        (
            "the rules",
            false,
            "unshare -Urn true && nft flush ruleset".to_owned(),
        ),
    ]
}

/// Without a way out there is none, not even a name.
#[test]
fn a_practice_session_has_no_way_out() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::None));
    let tries = [
        (
            "only its own loopback",
            "test $(ls /sys/class/net 2>/dev/null | wc -l) -le 1 && test $(grep -c : /proc/net/dev) = 1",
        ),
        ("a name", "getent hosts estran.test"),
        ("the web", "timeout 5 bash -c '> /dev/tcp/9.9.9.10/80'"),
    ];
    run(&mut session, &script(&tries));
    let answers = answered(&told(&session, "/tmp/answers"));
    let said: Vec<bool> = answers.iter().map(|(_, answer)| *answer).collect();
    assert_eq!(said, [true, false, false]);
    session.wipe(PATIENCE).unwrap();
}
