//! Printing at a station: the visit's own print service lives inside the session's walls, and goes
//! with them.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "it waits for one notice among all"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::time::SystemTime;

use estran::custodian::{Command, Notice, Paper, Printer as State, Refused};
use estran_driver::{Printer, trace, wait_until};

use super::visit::Visit;
use crate::printing::pdf;
use crate::sandbox::PATIENCE;

fn word() -> String {
    format!("Patelle{:08x}", rand::random::<u32>())
}

#[test]
fn a_document_is_printed_and_its_spool_goes_with_the_visit() {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let (word, since) = (word(), SystemTime::now());
    let printer = Printer::start().unwrap();
    let papers = tempfile::tempdir().unwrap();
    let page = papers.path().join("page.pdf");
    std::fs::write(&page, pdf(&format!("Lettre {word}"))).unwrap();
    // The guest prints by itself, and leaves the same document to be printed at the end.
    let encoded = escaped(&std::fs::read(&page).unwrap());
    let script = format!(
        "printf '{encoded}' > /tmp/page.pdf; cp /tmp/page.pdf ~/Documents/lettre.pdf
         until lp -t {word} /tmp/page.pdf; do sleep 0.2; done
         echo end > /tmp/asked; sleep 600"
    );
    let lines = format!("[printer]\nuri = {:?}", printer.uri());
    let mut visit = Visit::of(&script, &lines, &[]).unwrap();
    visit.wait(&Notice::Printer(State::Ready));
    printer.hang(true);
    visit.open();
    let letter = visit.document("lettre.pdf");
    visit.told("tmp/asked");

    // Positive control: the page is in the session's own memory, which is never swapped, and the
    // print service is in the session's group.
    let spool = visit.place("print");
    let spooled = || Ok(!trace::in_files(&spool, &word, since).is_empty());
    wait_until("the page in the spool", PATIENCE, spooled).unwrap();
    let mounts = visit.mounts("session/print");
    assert!(mounts.iter().all(|line| line.contains("noswap")) && mounts.len() == 1);
    let group = group_of("cupsd", 7);
    assert!(group.contains("session-"), "{group}");

    printer.hang(false);
    let sheet = printer.wait_sheet(&word).unwrap();
    assert!(sheet.contains("Lettre"), "{sheet}");
    let sheets = printer.paper().len();
    visit.tell(&Command::Print(letter));
    visit.wait(&Notice::Printing(true));
    wait_until("the letter on paper", PATIENCE * 4, || {
        Ok(printer.paper().len() > sheets)
    })
    .unwrap();
    visit.wait(&Notice::Printing(false));
    // A job that never ends goes with the visit, too.
    printer.hang(true);
    visit.tell(&Command::Print(letter));
    let spooled = || Ok(!trace::in_files(&spool, &word, since).is_empty());
    wait_until("the letter in the spool", PATIENCE, spooled).unwrap();
    visit.end();
    printer.hang(false);
    drop((printer, papers));
    assert_nowhere(&word, since);
}

#[test]
fn a_paper_of_the_station_is_printed_from_memory_and_is_no_document() {
    if !rustix::process::geteuid().is_root() {
        crate::left_out("the station form needs root");
        return;
    }
    let (word, since) = (word(), SystemTime::now());
    let paper = |name: &str, line: String| Paper {
        name: name.to_owned(),
        pdf: pdf(&line),
    };
    let printer = Printer::start().unwrap();
    let lines = format!("[printer]\nuri = {:?}", printer.uri());
    let mut visit = Visit::of("echo end > /tmp/here; sleep 600", &lines, &[]).unwrap();
    visit.wait(&Notice::Printer(State::Ready));
    // Nobody is there to take it.
    let early = paper("Trop tôt.pdf", format!("Trop {word}"));
    visit.tell(&Command::PrintPaper(early));
    visit.wait(&Notice::Refused(Refused::NoPrinter));
    visit.open();
    visit.told("tmp/here");
    let memo = paper("Ma carte mémo.pdf", format!("Papier {word}"));
    visit.tell(&Command::PrintPaper(memo));
    let sheet = printer.wait_sheet(&word).unwrap();
    assert!(sheet.contains("Papier"), "{sheet}");
    visit.wait(&Notice::Printing(false));
    // The control: what is to be a document is one, and it is the only one.
    visit.tell(&Command::Paper(paper("Mandat.pdf", "Mandat".to_owned())));
    let list = visit.until("a document", |notice| match notice {
        Notice::Documents(list) if !list.is_empty() => Some(list),
        _ => None,
    });
    let names: Vec<_> = list.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Mandat.pdf"]);
    assert_eq!(printer.paper().len(), 1, "once, and not before the visit");
    visit.end();
    drop(printer);
    assert_nowhere(&word, since);
}

/// The bytes as `printf` takes them.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        write!(text, "\\x{byte:02x}").unwrap();
    }
    text
}

fn assert_nowhere(word: &str, since: SystemTime) {
    for place in [
        "/tmp",
        "/var/tmp",
        "/dev/shm",
        "/run",
        "/var/spool",
        "/var/cache",
        "/var/log",
    ] {
        let mut found = trace::in_files(Path::new(place), word, since);
        // What the test itself gave the guest.
        found.retain(|file| !file.ends_with("program"));
        assert!(found.is_empty(), "{found:?}");
    }
}

/// The control group of the process of this name and account.
fn group_of(name: &str, uid: u32) -> String {
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|process| read(process.join("comm")).trim() == name)
        .filter(|process| {
            let status = read(process.join("status"));
            status
                .lines()
                .any(|line| line.starts_with(&format!("Uid:\t{uid}\t")))
        })
        .map(|process| read(process.join("cgroup")))
        .find(|group| group.contains("session-"))
        .unwrap_or_default()
}
