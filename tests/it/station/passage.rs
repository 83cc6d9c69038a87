//! Allowed sites at the network: a guest reaches them by the passage, and nothing else by any way.
//! Each refusal is first seen to be possible without the passage (`network.rs`).
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "it waits for one notice among all"
)]

use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::time::Instant;

use estran::custodian::{Command, Notice, Target};
use estran::guest::sandbox::Network;
use estran::passage::{List, Orders, Passage, Words};
use estran::visit::Browser;
use estran::wording::Wording;

use super::door::{Daemon, assert_welcomes, audited};
use super::world::{NEIGHBOUR, RESOLVER, SITE, STATION, World};
use super::{Stand, assert_clean};
use crate::hostile::{answered, script};
use crate::sandbox::{PATIENCE, plan, run, told};

fn orders() -> Orders {
    let list = List::new(&["antai.gouv.fr".into()], &["faux.antai.gouv.fr".into()]);
    Orders {
        list: list.unwrap(),
        home: "https://www.antai.gouv.fr/".into(),
        words: Words::of(&Wording::embedded()).for_visitor("fr"),
        services: Vec::new(),
    }
}

/// Says `lines` at the passage and looks for `wanted` in the answer.
fn ask(lines: &str, wanted: &str) -> String {
    format!(
        "exec 5<> /dev/tcp/127.0.0.1/3128 && printf '{lines}' >&5 && timeout 10 grep -aq '{wanted}' <&5"
    )
}

fn page(url: &str, wanted: &str) -> String {
    ask(
        &format!("GET {url} HTTP/1.1\\r\\nHost: www.antai.gouv.fr\\r\\n\\r\\n"),
        wanted,
    )
}

fn tunnel(target: &str, wanted: &str) -> String {
    ask(
        &format!("CONNECT {target} HTTP/1.1\\r\\n\\r\\nGET / HTTP/1.1\\r\\n\\r\\n"),
        wanted,
    )
}

fn tcp(address: impl std::fmt::Display, port: u16) -> String {
    format!("timeout 5 bash -c '> /dev/tcp/{address}/{port}'")
}

/// What is tried, whether it must succeed, and the command that does.
type Try = (&'static str, bool, String);

/// By the passage.
fn through() -> Vec<Try> {
    let (site, closed) = ("<title>Estran", "403 Forbidden");
    vec![
        (
            "a page of the site",
            true,
            page("http://www.antai.gouv.fr/", site),
        ),
        (
            "the site by tunnel",
            true,
            tunnel("www.antai.gouv.fr:443", site),
        ),
        (
            "a look-alike",
            false,
            page("http://antai.gouv.fr.example.com/", site),
        ),
        (
            "said in French",
            true,
            page("http://antai.gouv.fr.example.com/", "ouvre pas ici"),
        ),
        (
            "and in English",
            true,
            page("http://antai.gouv.fr.example.com/", "does not open"),
        ),
        (
            "with the way back",
            true,
            page("http://example.com/", "href=.https://www.antai.gouv.fr/"),
        ),
        (
            "a look-alike by tunnel",
            false,
            tunnel("antai.gouv.fr.example.com:443", site),
        ),
        (
            "refused as such",
            true,
            tunnel("antai.gouv.fr.example.com:443", closed),
        ),
    ]
}

/// By the passage, where it must say no.
fn refused() -> Vec<Try> {
    let closed = "403 Forbidden";
    vec![
        (
            "an imitation",
            true,
            tunnel("faux.antai.gouv.fr:443", closed),
        ),
        (
            "another port",
            true,
            tunnel("www.antai.gouv.fr:8080", closed),
        ),
        ("an address", true, tunnel(&format!("{SITE}:443"), closed)),
        (
            "an address as a page",
            true,
            page(&format!("http://{SITE}/"), closed),
        ),
        (
            "a user before the name",
            true,
            page("http://www.antai.gouv.fr@example.com/", "400 Bad"),
        ),
        ("noise", true, ask("\\001\\002\\003\\r\\n\\r\\n", "400 Bad")),
    ]
}

/// Around it.
fn around() -> Vec<Try> {
    vec![
        ("the web itself", false, tcp(SITE, 80)),
        ("the secure web itself", false, tcp(SITE, 443)),
        ("the neighbour", false, tcp(NEIGHBOUR, 80)),
        ("the station", false, tcp(STATION, 80)),
        ("the door of slirp", false, tcp("10.0.2.2", 80)),
        (
            "names of the house",
            false,
            format!("getent ahostsv4 www.antai.gouv.fr || {}", tcp(RESOLVER, 80)),
        ),
        ("the forwarder", false, tcp("10.0.2.3", 53)),
        ("another port inside", false, tcp("127.0.0.1", 3129)),
        ("a raw packet", false, "ping -c1 -W1 9.9.9.10".to_owned()),
        (
            "the rules",
            false,
            "unshare -Urn true && nft flush ruleset".to_owned(),
        ),
    ]
}

#[test]
fn only_the_named_sites_are_reached_and_nothing_goes_around() {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let world = World::around_this_thread();
    let stand = Stand::with(|settings| settings.resolvers = vec![RESOLVER]).unwrap();
    let mut session = stand.start(&plan(Network::Passage));
    let (tell, uploads) = channel();
    let passage = Passage::open(&session, &orders(), move |now| {
        tell.send(now).ok();
    })
    .unwrap();
    let tries = [through(), refused(), around()].concat();
    let lines: Vec<(&str, &str)> = tries
        .iter()
        .map(|(name, _, line)| (*name, line.as_str()))
        .collect();
    // At the end something is sent for some seconds.
    let upload = "exec 5<> /dev/tcp/127.0.0.1/3128
         printf 'CONNECT www.antai.gouv.fr:443 HTTP/1.1\\r\\n\\r\\nPOST / HTTP/1.1\\r\\n\\r\\n' >&5
         for i in {1..60}; do head -c 30000 /dev/zero >&5; sleep 0.1; done; sleep 600";
    let script = script(&lines).replace("sleep 600", upload);
    run(&mut session, &script);
    let answers = answered(&told(&session, "/tmp/answers"));
    let wrong: Vec<_> = tries
        .iter()
        .zip(&answers)
        .filter(|((_, expected, _), (_, answer))| expected != answer)
        .map(|((name, _, _), _)| *name)
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
    assert_eq!(answers.len(), tries.len());
    assert!(
        world.seen.names.load(Ordering::SeqCst) > 0,
        "names were asked"
    );
    assert_eq!(uploads.recv_timeout(PATIENCE), Ok(true), "it is on its way");
    assert_eq!(uploads.recv_timeout(PATIENCE), Ok(false), "it is there");
    drop(passage);
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    assert_clean(&stand.look(&marks));
}

/// A passage that died, or that nobody ended, keeps no session from its end.
#[test]
fn a_passage_goes_with_the_session() {
    let Some(stand) = Stand::new() else { return };
    let mut session = stand.start(&plan(Network::Passage));
    let passage = Passage::open(&session, &orders(), |_| {}).unwrap();
    run(&mut session, "sleep 600");
    let (_, marks) = session.wipe(PATIENCE).unwrap();
    drop(passage);
    assert_clean(&stand.look(&marks));
}

/// Both browsers, as the custodian starts them for a démarche with sites of its own.
fn through_the_passage(browser: Browser) {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let world = World::around_this_thread();
    let resolvers = format!("guests = 10\nresolvers = [\"{RESOLVER}\"]");
    let daemon = Daemon::with(&|station| station.replace("guests = 10", &resolvers), &[]).unwrap();
    let (mut client, heard) = daemon.front_end();
    let open = Command::Open {
        browser,
        target: Target::Web {
            url: "http://www.estran.test/".into(),
            allowed: vec!["estran.test".into()],
            refused: Vec::new(),
        },
        display: None,
        language: "fr".into(),
        zoom: 100,
    };
    client.send(&open).unwrap();
    let until = Instant::now() + PATIENCE * 6;
    while world.seen.pages.load(Ordering::SeqCst) == 0 {
        assert!(Instant::now() < until, "the site was never asked");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    client.send(&Command::Wipe { round: 2 }).unwrap();
    loop {
        match heard.recv_timeout(PATIENCE * 2).unwrap() {
            Notice::Wiped { .. } => break,
            Notice::WipeFailed { .. } => panic!("the wipe failed"),
            // Anything else may be said in between.
            _ => {}
        }
    }
    assert_welcomes(&audited(&mut client, &heard));
}

#[test]
fn firefox_goes_through_the_passage() {
    through_the_passage(Browser::First);
}

#[test]
fn chromium_goes_through_the_passage() {
    through_the_passage(Browser::Second);
}
