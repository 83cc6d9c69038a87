//! Both browsers in the station form, without a display: each finds a site by its name through the
//! forwarder, draws it, keeps its own sandbox, and leaves nothing.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use estran::config::BrowserKind;
use estran::guest::Session;
use estran::guest::browser;
use estran::guest::sandbox::Network;

use super::world::{RESOLVER, World};
use super::{Stand, assert_clean};
use crate::sandbox::{PATIENCE, inside, plan};

/// A loaded machine starts a browser slowly.
const DRAWN: Duration = Duration::from_mins(2);

fn drawn(kind: BrowserKind, arguments: &[&str]) {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let program = browser::program(kind).expect("both browsers are installed for tests");
    let world = World::around_this_thread();
    let stand = Stand::with(|settings| settings.resolvers = vec![RESOLVER]).unwrap();
    let mut session = stand.start(&plan(Network::Machine));
    let mut argv = vec![program.to_str().unwrap().to_owned()];
    argv.extend(arguments.iter().map(|&argument| argument.to_owned()));
    argv.extend([
        "--screenshot=/home/visitor/Documents/page.png".to_owned(),
        "http://estran.test/".to_owned(),
    ]);
    session.start_program(argv).unwrap();
    let picture = inside(&session, "/home/visitor/Documents/page.png");
    let sandboxed = watch(&session, kind, &picture);
    assert!(
        sandboxed,
        "no process in the browser's own sandbox was seen"
    );
    assert!(
        world.seen.pages.load(Ordering::SeqCst) > 0,
        "the site was asked"
    );
    assert!(
        world.seen.names.load(Ordering::SeqCst) > 0,
        "its name was asked"
    );
    let (taken, marks) = session.wipe(PATIENCE).unwrap();
    println!("{kind:?} wiped in {taken:?}");
    assert_clean(&stand.look(&marks));
}

/// Waits for the picture; whether a process of the browser's own sandbox was seen meanwhile.
fn watch(session: &Session, kind: BrowserKind, picture: &PathBuf) -> bool {
    let until = Instant::now() + DRAWN;
    let mut sandboxed = false;
    loop {
        sandboxed |= confined(session, kind);
        let length = std::fs::metadata(picture).map_or(0, |about| about.len());
        if length > 500 {
            let picture = std::fs::read(picture).unwrap();
            assert!(picture.starts_with(b"\x89PNG"), "a picture");
            return sandboxed;
        }
        assert!(Instant::now() < until, "{kind:?} drew nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A content process of the browser with a filter of its own beside ours, and without a privilege.
fn confined(session: &Session, kind: BrowserKind) -> bool {
    let guest = session.outer().unwrap().guest().to_string();
    let content = match kind {
        BrowserKind::Firefox => "-contentproc",
        BrowserKind::Chromium => "--type=renderer",
    };
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|process| read(process.join("cmdline")).contains(content))
        .map(|process| read(process.join("status")))
        .any(|status| {
            let field = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name));
                line.unwrap_or_default().trim().to_owned()
            };
            field("Uid:").starts_with(&guest)
                && field("Seccomp_filters:")
                    .parse::<u32>()
                    .is_ok_and(|n| n >= 2)
                && field("CapEff:") == "0000000000000000"
        })
}

#[test]
fn firefox_draws_a_site_and_leaves_nothing() {
    drawn(BrowserKind::Firefox, &["--headless"]);
}

#[test]
fn chromium_draws_a_site_and_leaves_nothing() {
    drawn(
        BrowserKind::Chromium,
        &["--headless=new", "--hide-scrollbars"],
    );
}
