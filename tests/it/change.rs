//! Another démarche in the same visit: other sites get walls of their own, the documents go along, and
//! the look at the end is for all of them.

use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};

use estran::audit::{Probe, verdict};
use estran::custodian::{
    Client, ClientSettings, Command, Document, Notice, Paper, Printer as State, Refused, Target,
};
use estran::visit::{Browser, Verdict};
use estran_driver::Printer;

use crate::sandbox::PATIENCE;
use crate::station::door::{Daemon, assert_welcomes, audited};
use crate::station::guests;

/// The memo card of a large house: more than one order can hold.
fn paper() -> Paper {
    Paper {
        name: "memo.pdf".into(),
        pdf: (0..200_000_u32).map(|n| (n % 251) as u8).collect(),
    }
}

fn small() -> Paper {
    Paper {
        name: "other.pdf".into(),
        pdf: vec![1],
    }
}

fn web(site: &str) -> Target {
    Target::Web {
        url: format!("https://{site}/"),
        allowed: vec![site.to_owned()],
        refused: Vec::new(),
    }
}

/// A visitor of one custodian.
struct Visit {
    client: Client,
    heard: Receiver<Notice>,
}

impl Visit {
    fn asks(&mut self, target: Target, display: Option<&Path>) {
        let open = Command::Open {
            browser: Browser::First,
            target,
            display: display.map(Path::to_owned),
            language: "fr".into(),
            zoom: 100,
        };
        self.client.send(&open).unwrap();
    }

    fn opens(&mut self, target: Target) {
        self.asks(target, None);
        loop {
            let notice = self.heard.recv_timeout(PATIENCE).unwrap();
            if notice == Notice::Opened {
                return;
            }
            let lost = matches!(
                notice,
                Notice::Refused(_) | Notice::GuestGone | Notice::Lost
            );
            assert!(!lost, "{notice:?}");
        }
    }

    /// The list of documents, once it is as it should be.
    fn documents(&self, right: impl Fn(&[Document]) -> bool) -> Vec<Document> {
        loop {
            if let Notice::Documents(list) = self.heard.recv_timeout(PATIENCE).unwrap() {
                if right(&list) {
                    return list;
                }
            }
        }
    }

    /// The answer is that it cannot be opened.
    fn is_refused(&self) {
        loop {
            let notice = self.heard.recv_timeout(PATIENCE * 3).unwrap();
            assert!(!matches!(notice, Notice::Opened), "it opened");
            if notice == Notice::Refused(Refused::CannotStart) {
                return;
            }
        }
    }

    fn whole(&self) -> Document {
        let size = paper().pdf.len() as u64;
        let list = self.documents(|list| list.iter().any(|one| one.size == size));
        assert_eq!(list.len(), 1, "{list:?}");
        list[0].clone()
    }

    fn is_wiped(&mut self) {
        self.client.send(&Command::Wipe { round: 1 }).unwrap();
        while !matches!(
            self.heard.recv_timeout(PATIENCE).unwrap(),
            Notice::Wiped { round: 1, .. }
        ) {}
    }
}

fn desk(settings: ClientSettings) -> Visit {
    let (tell, heard) = channel();
    let settings = ClientSettings {
        memory_mib: 512,
        ..settings
    };
    let estrand = Path::new(env!("CARGO_BIN_EXE_estrand"));
    let client = Client::spawn_desk(estrand, settings, move |notice| {
        tell.send(notice).ok();
    })
    .unwrap();
    Visit { client, heard }
}

#[test]
fn documents_go_along_to_the_next_demarche() {
    let stick = tempfile::tempdir().unwrap();
    let mut visit = desk(ClientSettings {
        stick: Some(stick.path().to_owned()),
        ..ClientSettings::default()
    });
    visit.opens(Target::Practice);
    visit.client.send(&Command::Paper(paper())).unwrap();
    let first = visit.whole();
    visit.client.send(&Command::Copy(first.id)).unwrap();
    let copied = visit.documents(|list| list.iter().any(|one| one.copied));
    assert_eq!(copied[0].id, first.id);
    std::fs::remove_file(stick.path().join("memo.pdf")).unwrap();

    // The web after the practice, other sites after these, and the practice again.
    for target in [web("impots.test"), web("caf.test"), Target::Practice] {
        visit.opens(target);
        let now = visit.whole();
        assert_eq!(
            (now.id, now.copied),
            (first.id, true),
            "what was done stays done"
        );
    }
    visit.client.send(&Command::Copy(first.id)).unwrap();
    visit.documents(|list| list.iter().any(|one| one.copied));
    let copy = std::fs::read(stick.path().join("memo.pdf")).unwrap();
    assert!(copy == paper().pdf, "another content: {} bytes", copy.len());

    visit.is_wiped();
    let report = audited(&mut visit.client, &visit.heard);
    assert!(
        matches!(verdict(&report, &Probe::DESK), Verdict::Clean(_)),
        "{report:?}"
    );
}

#[test]
fn walls_that_do_not_rise_lose_no_document() {
    let mut visit = desk(ClientSettings::default());
    visit.opens(Target::Practice);
    visit.client.send(&Command::Paper(paper())).unwrap();
    let first = visit.whole();
    for _ in 0..2 {
        visit.asks(web("impots.test"), Some(Path::new("/nowhere/wayland-9")));
        visit.is_refused();
    }
    visit.opens(web("impots.test"));
    assert_eq!(visit.whole().id, first.id);
    // The end of the visit is theirs, too.
    visit.asks(web("caf.test"), Some(Path::new("/nowhere/wayland-9")));
    visit.is_refused();
    visit.is_wiped();
    visit.opens(web("caf.test"));
    visit.client.send(&Command::Paper(small())).unwrap();
    let list = visit.documents(|list| !list.is_empty());
    assert_eq!(list.len(), 1, "of the visitor before: {list:?}");
}

/// Somebody of the machine holds a file of the session: its memory cannot go.
#[test]
fn beside_what_cannot_be_wiped_nothing_opens() {
    let mut visit = desk(ClientSettings::default());
    visit.opens(Target::Practice);
    let inside = estran_driver::trace::descendants(visit.client.custodian());
    let held: Vec<std::fs::File> = inside
        .iter()
        .filter_map(|pid| std::fs::File::open(format!("/proc/{pid}/root/tmp")).ok())
        .collect();
    assert!(!held.is_empty());
    for _ in 0..2 {
        visit.asks(web("impots.test"), None);
        visit.is_refused();
    }
    drop(held);
    visit.is_wiped();
    audited(&mut visit.client, &visit.heard);
    visit.opens(web("impots.test"));
}

/// What is on its way to the printer is on paper before its walls fall.
#[test]
fn the_next_demarche_waits_for_the_printer() {
    let printer = Printer::start().unwrap();
    let mut visit = desk(ClientSettings {
        printer: Some(printer.uri()),
        ..ClientSettings::default()
    });
    let until = |visit: &Visit, wanted: &Notice| {
        while visit.heard.recv_timeout(PATIENCE * 3).unwrap() != *wanted {}
    };
    until(&visit, &Notice::Printer(State::Ready));
    visit.asks(Target::Practice, None);
    until(&visit, &Notice::Opened);
    let sheet = Paper {
        name: "memo.pdf".into(),
        pdf: crate::printing::pdf("Ormeau"),
    };
    visit.client.send(&Command::PrintPaper(sheet)).unwrap();
    until(&visit, &Notice::Printing(true));
    visit.asks(web("impots.test"), None);
    until(&visit, &Notice::Printing(false));
    assert_eq!(printer.paper().len(), 1, "before the walls fall");
    until(&visit, &Notice::Opened);
    assert!(printer.wait_sheet("Ormeau").is_ok());
}

/// A process of the guest's account that has come out of its walls.
fn escaped() -> Child {
    let uid = (guests().end - 1).to_string();
    let mut process = std::process::Command::new("setpriv");
    process.args(["--reuid", &uid, "--regid", &uid, "--clear-groups"]);
    process.args(["sleep", "600"]).spawn().unwrap()
}

/// What is seen between two démarches closes the station at the end of the visit.
#[test]
fn what_is_left_between_two_demarches_closes_the_station() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let (client, heard) = daemon.front_end();
    let mut visit = Visit { client, heard };
    visit.opens(Target::Practice);
    let mut left = escaped();
    visit.opens(web("impots.test"));
    let words = daemon.last_words();
    assert!(words.contains("not clean between"), "{words}");
    visit.is_wiped();
    let report = audited(&mut visit.client, &visit.heard);
    let seen = verdict(&report, &Probe::STATION);
    assert!(!matches!(seen, Verdict::Clean(_)), "{report:?}");
    left.kill().unwrap();
    left.wait().unwrap();
    assert_welcomes(&audited(&mut visit.client, &visit.heard));
}

#[test]
fn on_a_station_the_next_demarche_has_a_way_of_its_own() {
    let Some(daemon) = Daemon::start() else {
        return;
    };
    let (client, heard) = daemon.front_end();
    let mut visit = Visit { client, heard };
    // The open web, some sites only, and none: three kinds of network.
    let open = Target::Web {
        url: "https://example.test/".into(),
        allowed: Vec::new(),
        refused: Vec::new(),
    };
    visit.opens(open);
    visit.client.send(&Command::Paper(paper())).unwrap();
    let first = visit.whole();
    for target in [web("impots.test"), web("caf.test"), Target::Practice] {
        visit.opens(target);
        assert_eq!(visit.whole().id, first.id);
    }
    let words = daemon.last_words();
    assert!(!words.contains("not clean between"), "{words}");
    visit.is_wiped();
    assert_welcomes(&audited(&mut visit.client, &visit.heard));
}
