//! Another démarche in the same visit: other sites get walls of their own, the documents go along, and
//! the look at the end is for all of them.

use std::sync::mpsc::{Receiver, channel};

use estran::audit::{Probe, verdict};
use estran::custodian::{Client, ClientSettings, Command, Document, Notice, Paper, Target};
use estran::visit::{Browser, Verdict};

use crate::sandbox::PATIENCE;
use crate::station::door::{Daemon, assert_welcomes, audited};

/// The memo card of a large house: more than one order can hold.
fn paper() -> Paper {
    Paper {
        name: "memo.pdf".into(),
        pdf: (0..200_000_u32).map(|n| (n % 251) as u8).collect(),
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
    fn opens(&mut self, target: Target) {
        let open = Command::Open {
            browser: Browser::First,
            target,
            display: None,
            language: "fr".into(),
            zoom: 100,
        };
        self.client.send(&open).unwrap();
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

fn desk(stick: &std::path::Path) -> Visit {
    let (tell, heard) = channel();
    let settings = ClientSettings {
        memory_mib: 512,
        stick: Some(stick.to_owned()),
        ..ClientSettings::default()
    };
    let estrand = std::path::Path::new(env!("CARGO_BIN_EXE_estrand"));
    let client = Client::spawn_desk(estrand, settings, move |notice| {
        tell.send(notice).ok();
    })
    .unwrap();
    Visit { client, heard }
}

#[test]
fn documents_go_along_to_the_next_demarche() {
    let stick = tempfile::tempdir().unwrap();
    let mut visit = desk(stick.path());
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
