//! The visitor's stick at a station: watched for, mounted, written to, and safe to take. Real file
//! systems on loop devices stand for sticks; a made-up list of the kernel's says that they are
//! on the USB.

use std::path::{Path, PathBuf};

use estran::custodian::{Command, Notice, Paper, Refused, Stick as State};

use super::visit::Visit;
use crate::stick::{Dying, Stick, noise};

const PAPER: &str = "printf '%%PDF-1.4 releve' > ~/Documents/releve.pdf";

/// The kernel's list of block devices, as these tests have it.
struct Kernel {
    folder: tempfile::TempDir,
}

impl Kernel {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("class")).unwrap();
        Self { folder }
    }

    fn list(&self) -> PathBuf {
        self.folder.path().join("class")
    }

    fn words(&self) -> [String; 2] {
        ["--block".to_owned(), self.list().display().to_string()]
    }

    /// Puts the stick in, for the so-manieth time.
    fn plug(&self, stick: &Stick, number: u32) {
        let name = stick.device.file_name().unwrap();
        let place = self.folder.path().join("usb1").join(name);
        std::fs::create_dir_all(&place).unwrap();
        let real = Path::new("/sys/class/block").join(name);
        for file in ["size", "dev"] {
            std::fs::copy(real.join(file), place.join(file)).unwrap();
        }
        std::fs::write(place.join("diskseq"), number.to_string()).unwrap();
        std::os::unix::fs::symlink(&place, self.list().join(name)).unwrap();
    }

    fn pull(&self, stick: &Stick) {
        let name = stick.device.file_name().unwrap();
        std::fs::remove_file(self.list().join(name)).unwrap();
    }
}

fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        crate::left_out("the station form needs root");
    }
    root
}

const fn state(state: State) -> Notice {
    Notice::Stick(state)
}

/// What lies on the stick, read as another computer would.
fn on_it(stick: &Stick, name: &str) -> Option<String> {
    let mounted = stick.mount().unwrap();
    let read = std::fs::read_to_string(mounted.place().join(name)).ok();
    mounted.release().unwrap();
    read
}

#[test]
fn a_document_is_taken_along_and_the_stick_is_nobodys_afterwards() {
    if !is_root() {
        return;
    }
    let (kernel, stick) = (Kernel::new(), Stick::new(16, &["mkfs.ext4", "-q"]));
    let script = format!("{PAPER}; while :; do ls -A /media > /tmp/seen; sleep 0.1; done");
    let mut visit = Visit::of(&script, "", &kernel.words()).unwrap();
    visit.open();
    visit.wait(&state(State::Absent));
    let paper = visit.document("releve.pdf");
    visit.tell(&Command::Copy(paper));
    visit.wait(&Notice::Refused(Refused::NoStick));

    kernel.plug(&stick, 1);
    visit.wait(&state(State::Ready));
    let device = stick.device.display().to_string();
    assert!(visit.mounts(&device).is_empty(), "not before it is needed");
    visit.tell(&Command::Copy(paper));
    visit.wait(&state(State::Copying));
    visit.wait(&state(State::SafeToRemove));
    assert!(visit.mounts(&device).is_empty(), "unmounted by then");
    assert_eq!(
        std::fs::read_to_string(visit.place("tmp/seen")).unwrap(),
        ""
    );
    kernel.pull(&stick);
    visit.wait(&state(State::Absent));
    assert_eq!(on_it(&stick, "releve.pdf").unwrap(), "%PDF-1.4 releve");

    // Plugged in again and forgotten: the next visitor's copies do not go there.
    kernel.plug(&stick, 2);
    visit.wait(&state(State::Ready));
    visit.end();
    visit.open();
    visit.wait(&state(State::Absent));
    let paper = visit.document("releve.pdf");
    visit.tell(&Command::Copy(paper));
    visit.wait(&Notice::Refused(Refused::NoStick));
    kernel.pull(&stick);
    visit.wait(&state(State::Absent));
    kernel.plug(&stick, 3);
    visit.wait(&state(State::Ready));
    // A wipe in the middle of a copy, if it comes so early, leaves nothing mounted.
    visit.tell(&Command::Copy(paper));
    visit.end();
    assert!(visit.mounts(&device).is_empty());
}

#[test]
fn what_is_on_the_stick_can_be_read_and_not_touched_where_the_house_says_so() {
    if !is_root() {
        return;
    }
    let (kernel, stick) = (Kernel::new(), Stick::new(16, &["mkfs.ext4", "-q"]));
    let mounted = stick.mount().unwrap();
    std::fs::write(mounted.place().join("identite.pdf"), "carte").unwrap();
    mounted.release().unwrap();
    kernel.plug(&stick, 1);
    // It stays open for reading all along: that keeps nobody from copying.
    let script = format!(
        "{PAPER}
         until exec 9< /media/stick/identite.pdf; do sleep 0.05; done
         cat <&9 > /tmp/seen; echo end >> /tmp/seen
         touch /media/stick/x /media/stick/identite.pdf && echo written > /tmp/written
         echo end >> /tmp/written
         while test -e /media/stick; do sleep 0.05; done; sleep 600"
    );
    let lines = "[usb]\npolicy = \"bring_and_take\"";
    let mut visit = Visit::of(&script, lines, &kernel.words()).unwrap();
    visit.open();
    visit.wait(&state(State::Ready));
    assert_eq!(visit.told("tmp/seen"), "carte");
    assert_eq!(
        visit.told("tmp/written"),
        "",
        "the guest cannot write there"
    );
    let paper = visit.document("releve.pdf");
    visit.tell(&Command::Copy(paper));
    visit.wait(&state(State::SafeToRemove));
    let device = stick.device.display().to_string();
    let mounts = visit.mounts(&device);
    assert!(!mounts.is_empty());
    for flag in [" ro,", "nosuid", "nodev", "noexec", "nosymfollow"] {
        assert!(mounts.iter().all(|line| line.contains(flag)), "{mounts:?}");
    }
    visit.end();
    assert!(visit.mounts(&device).is_empty());
    assert_eq!(on_it(&stick, "releve.pdf").unwrap(), "%PDF-1.4 releve");
    assert_eq!(on_it(&stick, "x"), None);
}

fn papers(first: &str, length: usize) -> Command {
    let paper = |name: &str| Paper {
        name: name.to_owned(),
        pdf: vec![b'n'; length],
    };
    Command::Deliver(vec![paper(first), paper("statistiques-2026-11.pdf")])
}

#[test]
fn papers_of_the_house_get_onto_the_stick_of_staff_between_two_visits_alone() {
    if !is_root() {
        return;
    }
    let (kernel, stick) = (Kernel::new(), Stick::new(16, &["mkfs.ext4", "-q"]));
    let mut visit = Visit::of("sleep 600", "", &kernel.words()).unwrap();
    let november = || papers("statistiques-2026-11.csv", 100);
    visit.tell(&november());
    visit.wait(&state(State::Absent));
    kernel.plug(&stick, 1);
    visit.wait(&state(State::Ready));
    // A visitor's stick is written to neither during the visit nor after it.
    visit.open();
    visit.wait(&state(State::Ready));
    visit.wait(&Notice::Opened);
    visit.tell(&november());
    visit.wait(&state(State::Ready));
    visit.end();
    visit.tell(&november());
    visit.wait(&state(State::Absent));
    assert_eq!(on_it(&stick, "statistiques-2026-11.csv"), None);

    kernel.pull(&stick);
    visit.wait(&state(State::Absent));
    kernel.plug(&stick, 2);
    visit.wait(&state(State::Ready));
    let device = stick.device.display().to_string();
    for papers in [november(), papers("statistiques-2026-12.csv", 100)] {
        visit.tell(&papers);
        visit.wait(&state(State::Copying));
        visit.wait(&state(State::SafeToRemove));
        assert!(visit.mounts(&device).is_empty(), "unmounted by then");
    }
    // Forgotten by staff: the next visitor neither sees it nor gets documents onto it.
    visit.open();
    visit.wait(&state(State::Absent));
    visit.end();
    for name in ["statistiques-2026-11.csv", "statistiques-2026-12.csv"] {
        assert_eq!(on_it(&stick, name), Some("n".repeat(100)), "{name}");
    }
}

#[test]
fn a_stick_of_staff_that_is_full_locked_or_gone_says_so() {
    if !is_root() {
        return;
    }
    let (kernel, stick) = (Kernel::new(), Stick::new(4, &["mkfs.ext4", "-q"]));
    let mut visit = Visit::of("sleep 600", "", &kernel.words()).unwrap();
    let mut deliver = |stick: &Stick, number, becomes| {
        kernel.plug(stick, number);
        visit.wait(&state(State::Ready));
        visit.tell(&papers("statistiques-2026-11.csv", 40_000));
        visit.wait(&state(State::Copying));
        visit.wait(&state(becomes));
        kernel.pull(stick);
        visit.wait(&state(State::Absent));
    };
    // The control.
    deliver(&stick, 1, State::SafeToRemove);
    let locked = stick.locked();
    deliver(&locked, 2, State::Unreadable);

    let full = Stick::new(4, &["mkfs.ext4", "-q"]);
    let mounted = full.mount().unwrap();
    let filling = vec![0; 8 << 20];
    let error = std::fs::write(mounted.place().join("film"), filling).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "control");
    mounted.release().unwrap();
    deliver(&full, 3, State::Full);
    let mounted = full.mount().unwrap();
    let names = std::fs::read_dir(mounted.place()).unwrap();
    let names: Vec<_> = names.map(|one| one.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "film and lost+found alone: {names:?}");
    mounted.release().unwrap();

    // Out before the kernel has said so.
    let gone = Stick::new(4, &["mkfs.ext4", "-q"]);
    kernel.plug(&gone, 4);
    visit.wait(&state(State::Ready));
    gone.pull();
    visit.tell(&papers("statistiques-2026-11.csv", 100));
    visit.wait(&state(State::Copying));
    visit.wait(&state(State::Unreadable));
}

#[test]
fn a_stick_of_staff_that_dies_in_the_middle_of_a_write_is_told_and_the_station_goes_on() {
    if !is_root() {
        return;
    }
    let Some(dying) = Dying::new() else { return };
    let kernel = Kernel::new();
    let mut visit = Visit::of("sleep 600", "", &kernel.words()).unwrap();
    let paper = Paper {
        name: "statistiques-2026-11.pdf".into(),
        pdf: noise(200_000),
    };
    let november = || Command::Deliver(vec![paper.clone()]);
    dying.after(100_000);
    kernel.plug(&dying.stick, 1);
    visit.wait(&state(State::Ready));
    visit.tell(&november());
    visit.wait(&state(State::Copying));
    visit.wait(&Notice::Delivered(false));
    visit.wait(&state(State::Unreadable));
    let device = dying.stick.device.display().to_string();
    assert!(visit.mounts(&device).is_empty(), "it is let go of");
    kernel.pull(&dying.stick);
    visit.wait(&state(State::Absent));
    dying.revive();
    let mounted = dying.stick.mount().unwrap();
    assert!(!mounted.place().join(&paper.name).exists());
    mounted.release().unwrap();

    // The station goes on: the same paper onto a good stick, which is the control, and a visit.
    let good = Stick::new(16, &["mkfs.ext4", "-q"]);
    kernel.plug(&good, 2);
    visit.wait(&state(State::Ready));
    visit.tell(&november());
    visit.wait(&Notice::Delivered(true));
    visit.wait(&state(State::SafeToRemove));
    let mounted = good.mount().unwrap();
    let arrived = std::fs::read(mounted.place().join(&paper.name)).unwrap();
    assert!(arrived == paper.pdf);
    mounted.release().unwrap();
    visit.open();
    visit.wait(&Notice::Opened);
    visit.end();
}

#[test]
fn a_house_without_sticks_looks_at_none() {
    if !is_root() {
        return;
    }
    let (kernel, stick) = (Kernel::new(), Stick::new(16, &["mkfs.ext4", "-q"]));
    kernel.plug(&stick, 1);
    let lines = "[usb]\npolicy = \"off\"";
    let mut visit = Visit::of(&format!("{PAPER}; sleep 600"), lines, &kernel.words()).unwrap();
    visit.open();
    visit.wait(&state(State::Never));
    let paper = visit.document("releve.pdf");
    visit.tell(&Command::Copy(paper));
    visit.wait(&Notice::Refused(Refused::NoStick));
    visit.end();
    visit.tell(&papers("statistiques-2026-11.csv", 100));
    visit.wait(&state(State::Never));
    for name in ["releve.pdf", "statistiques-2026-11.csv"] {
        assert_eq!(on_it(&stick, name), None);
    }
}
