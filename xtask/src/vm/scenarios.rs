//! What happens to the station.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::image::Image;
use super::machine::{Machine, Start, Whose, count, fresh_disks};
use crate::Result;

/// Where everything is.
pub struct Place {
    /// The machine's disks.
    pub image: Image,
    /// The folder of runs and pictures.
    pub out: PathBuf,
}

/// One scenario.
pub struct Scenario {
    /// Its short name.
    pub name: &'static str,
    /// In words, for the report.
    pub what: &'static str,
    /// Lets it happen; returns what was seen.
    pub run: fn(&Place) -> Result<Vec<String>>,
}

/// All of them, in order: the first leaves the saved moment from which the others begin.
pub const ALL: [Scenario; 7] = [
    Scenario {
        name: "accueil",
        what: "démarrage à froid",
        run: welcome,
    },
    Scenario {
        name: "touches",
        what: "Ctrl+Alt+F2, Ctrl+Alt+Suppr, SysRq",
        run: keys,
    },
    Scenario {
        name: "visite",
        what: "visite au clavier seul, puis effacement",
        run: visit,
    },
    Scenario {
        name: "clé",
        what: "clé USB (FAT) branchée, document copié, clé retirée",
        run: stick,
    },
    Scenario {
        name: "prise",
        what: "prise tirée pendant la visite, puis démarrage",
        run: plug,
    },
    Scenario {
        name: "aidant",
        what: "clavier de l’aidant avant tout accord",
        run: helper,
    },
    Scenario {
        name: "disque",
        what: "disque inscriptible malgré la déclaration",
        run: gate,
    },
];

/// Only letters that are on the same key in every layout.
const CANARY: &str = "estrogkvbnfucu";
/// Written to the disk on purpose: the search sees what is there.
const CONTROL: &str = "controlpithjbd";

const STATUS: &str = "estranctl status --json --counter /run/estran-screen/counter.sock";
const STATE: &str = "estranctl status --json --counter /run/estran-screen/counter.sock \
                     | sed -n 's/.*\"state\": *\"\\([a-z]*\\)\".*/\\1/p' | head -n 1";
/// A cold start, emulated, on a busy machine.
const BOOT: u64 = 1500;
/// Anything else.
const STEP: u64 = 240;

impl Place {
    fn folder(&self, name: &str) -> PathBuf {
        self.out.join(format!("run-{name}"))
    }

    fn picture(&self, machine: &mut Machine, name: &str) -> Result {
        machine.picture(&self.out.join("pictures").join(format!("{name}.png")))
    }

    /// A cold start with this form of the root.
    fn boot(&self, folder: &Path, form: &str) -> Result<Machine> {
        let start = Start {
            folder,
            kernel: &format!("estran.root={form}"),
            moment: None,
        };
        Machine::start(&self.image, &start)
    }

    /// From the moment of the first welcome, on disks of its own.
    fn at_welcome(&self, name: &str) -> Result<Machine> {
        let folder = self.folder(name);
        let saved = self.folder("accueil");
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder)?;
        for disk in ["root.qcow2", "state.qcow2"] {
            let from = saved.join(disk);
            std::fs::copy(&from, folder.join(disk))
                .map_err(|error| format!("{}: {error}; run `accueil` first", from.display()))?;
        }
        let mut machine = Machine::start(
            &self.image,
            &Start {
                folder: &folder,
                kernel: "estran.root=overlay",
                moment: Some("welcome"),
            },
        )?;
        machine.wait("the welcome", STEP, STATE, |state| state == "ready")?;
        Ok(machine)
    }
}

fn welcome(place: &Place) -> Result<Vec<String>> {
    let folder = place.folder("accueil");
    fresh_disks(&place.image, &folder)?;
    let mut machine = place.boot(&folder, "overlay")?;
    machine.wait("the welcome", BOOT, STATE, |state| state == "ready")?;
    sleep(Duration::from_secs(5));
    place.picture(&mut machine, "01-accueil")?;
    let mut seen = Vec::new();
    for (what, line) in [
        ("état", STATE),
        ("démarrage", "systemd-analyze | head -n 1 | sed 's/.*= //'"),
        ("racine", "findmnt -no FSTYPE /"),
        ("disque", "findmnt -no OPTIONS /run/estran-root/disk"),
        ("échange", "wc -l </proc/swaps"),
        ("vidages", "cat /proc/sys/kernel/core_pattern"),
        (
            "unités en échec",
            "systemctl --failed --no-legend --plain | wc -l",
        ),
        (
            "mémoire utilisée (Mio)",
            "free -m | awk '/^Mem/ {print $3}'",
        ),
    ] {
        let said = machine.ask(line).ok_or("the host's hand is gone")?;
        seen.push(format!("{what} : {said}"));
    }
    must(&seen, "racine : overlay")?;
    machine.monitor("savevm welcome")?;
    machine.pull_plug()?;
    Ok(seen)
}

fn must(seen: &[String], line: &str) -> Result {
    if seen.iter().any(|one| one == line) {
        Ok(())
    } else {
        Err(format!("not seen: {line}; seen: {}", seen.join("; ")).into())
    }
}

fn keys(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("touches")?;
    let look = "cat /sys/class/tty/tty0/active /proc/sys/kernel/random/boot_id; pgrep -xo cage";
    let before = machine.ask(look).ok_or("nobody answers")?;
    for keys in [
        ["ctrl", "alt", "f2"],
        ["ctrl", "alt", "f3"],
        ["ctrl", "alt", "delete"],
        ["alt", "sysrq", "i"],
        ["alt", "sysrq", "k"],
        ["alt", "sysrq", "b"],
    ] {
        machine.press(Whose::Visitor, &keys)?;
    }
    sleep(Duration::from_secs(8));
    let after = machine.ask(look).ok_or("nobody answers after the keys")?;
    if before != after {
        return Err(format!("before: {before}; after: {after}").into());
    }
    machine.wait("the station", STEP, STATUS, |said| said.contains("state"))?;
    machine.pull_plug()?;
    Ok(vec![
        "même console, même démarrage, même écran (tty1, boot_id et cage comparés)".to_owned(),
    ])
}

/// By keys alone from the welcome into the guest's program, and types there.
fn go_in(place: &Place, machine: &mut Machine, prefix: &str) -> Result {
    for (step, keys) in ENTER.iter().enumerate() {
        for key in *keys {
            machine.press(Whose::Visitor, &[key])?;
        }
        sleep(Duration::from_secs(4));
        place.picture(machine, &format!("{prefix}-{}-pas", step + 1))?;
    }
    machine.wait(
        "the guest's program",
        STEP,
        "pgrep -x foot | wc -l",
        |count| count != "0",
    )?;
    sleep(Duration::from_secs(15));
    machine.type_line(Whose::Visitor, CANARY)?;
    // Asked without the word: it would stay in the memory of whoever answers.
    let typed = digest(&format!("{CANARY}\n"))?;
    let found = "sha256sum </proc/$(pgrep -xo foot)/root/home/visitor/Documents/lettre.txt";
    machine.wait("what was typed", STEP, found, |said| {
        said.split(' ').next() == Some(typed.as_str())
    })?;
    place.picture(machine, &format!("{prefix}-dans-la-visite"))
}

fn digest(text: &str) -> Result<String> {
    let line = format!("printf '%s' '{text}' | sha256sum");
    let said = crate::tool::answer(std::process::Command::new("sh").args(["-c", &line]));
    let said = said.ok_or("sha256sum did not answer")?;
    Ok(said.split(' ').next().unwrap_or_default().to_owned())
}

/// The keys from one screen to the next: begin, understood, the tile of the open web.
const ENTER: [&[&str]; 3] = [
    &["ret"],
    &["ret"],
    &[
        "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "ret",
    ],
];
/// The keys out of the guest's program to the end: the bar, its last button, erase.
const LEAVE: [&[&str]; 3] = [
    &["f6"],
    &["tab", "tab", "tab", "tab", "tab", "ret"],
    &["ret"],
];

fn dumped(machine: &mut Machine, folder: &Path) -> Result<usize> {
    let file = folder.join("memory.dump");
    machine.memory(&file)?;
    let found = count(&file, CANARY);
    std::fs::remove_file(&file)?;
    found
}

fn visit(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("visite")?;
    let folder = place.folder("visite");
    go_in(place, &mut machine, "02")?;
    let before = dumped(&mut machine, &folder)?;
    if before == 0 {
        return Err("the positive control: the word is not in memory during the visit".into());
    }
    for (step, keys) in LEAVE.iter().enumerate() {
        for key in *keys {
            machine.press(Whose::Visitor, &[key])?;
        }
        sleep(Duration::from_secs(4));
        place.picture(&mut machine, &format!("03-{}-fin", step + 1))?;
    }
    machine.wait("the second welcome", STEP, STATE, |state| state == "ready")?;
    sleep(Duration::from_secs(5));
    place.picture(&mut machine, "04-accueil-suivant")?;
    let after = dumped(&mut machine, &folder)?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen = vec![
        format!("mémoire vive : {before} fois pendant la visite, {after} fois après"),
        format!("disques : {disks} fois"),
    ];
    if after + disks == 0 {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}

/// Copies the visitor's document to a stick by keys alone.
fn stick(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("cle")?;
    let folder = place.folder("cle");
    let file = folder.join("stick.img");
    std::fs::File::create(&file)?.set_len(32 << 20)?;
    let mut maker = std::process::Command::new("/usr/sbin/mkfs.vfat");
    crate::tool::go(maker.args(["-n", "VISITEUR"]).arg(&file))?;
    go_in(place, &mut machine, "09")?;
    machine.plug(&file)?;
    let told = "journalctl -u estrand -o cat | grep -c 'stick there=true'";
    machine.wait("the stick", STEP, told, |count| count != "0")?;
    for keys in [LEAVE[0], LEAVE[1], &["tab", "tab", "tab", "tab", "ret"]] {
        for key in keys {
            machine.press(Whose::Visitor, &[key])?;
        }
        sleep(Duration::from_secs(6));
    }
    place.picture(&mut machine, "09-copie")?;
    machine.unplug()?;
    sleep(Duration::from_secs(4));
    let copied = count(&file, CANARY)?;
    machine.press(Whose::Visitor, &["ret"])?;
    machine.wait("the next welcome", STEP, STATE, |state| state == "ready")?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen =
        format!("mot du visiteur sur la clé : {copied} fois ; sur les disques : {disks} fois");
    if copied > 0 && disks == 0 {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

fn on_disks(folder: &Path, word: &str) -> Result<usize> {
    Ok(count(&folder.join("root.qcow2"), word)? + count(&folder.join("state.qcow2"), word)?)
}

fn plug(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("prise")?;
    let folder = place.folder("prise");
    let write = format!("echo {CONTROL} >/var/lib/estran/control; sync");
    machine.ask(&write).ok_or("nobody answers")?;
    go_in(place, &mut machine, "05")?;
    machine.pull_plug()?;
    forget_moments(&folder)?;
    let (control, canary) = (on_disks(&folder, CONTROL)?, on_disks(&folder, CANARY)?);
    let found = format!("disques bruts : témoin {control} fois, mot du visiteur {canary} fois");
    if control == 0 || canary != 0 {
        return Err(found.into());
    }
    let mut machine = place.boot(&folder, "overlay")?;
    machine.wait("the next welcome", BOOT, STATE, |state| state == "ready")?;
    let audited = machine
        .ask("journalctl -u estrand -o cat | grep -c 'clean at boot'")
        .ok_or("nobody answers")?;
    // Its first picture takes a while.
    sleep(Duration::from_secs(20));
    place.picture(&mut machine, "06-apres-la-prise")?;
    machine.pull_plug()?;
    Ok(vec![
        found,
        format!("au démarrage suivant : vérifié ({audited}), puis accueil"),
    ])
}

/// The saved moment holds the machine's memory of before the visit; it goes, so that only what the
/// machine wrote is searched.
fn forget_moments(folder: &Path) -> Result {
    for disk in ["root.qcow2", "state.qcow2"] {
        let mut image = std::process::Command::new("qemu-img");
        image.args(["snapshot", "-d", "welcome"]);
        crate::tool::go(image.arg(folder.join(disk)))?;
    }
    Ok(())
}

fn helper(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("aidant")?;
    let listed = machine
        .ask("estranctl --lang en seats list; libinput list-devices --seat=seat-helper 2>&1 | head")
        .ok_or("nobody answers")?;
    let place_of = machine
        .ask(
            "for d in /sys/class/input/event*; do p=$(udevadm info -q property $d); \
              case $p in *ID_SERIAL_SHORT=helper*) echo \"$p\" | sed -n s/^ID_PATH=//p;; esac; \
              done | head -n 1",
        )
        .ok_or("nobody answers")?;
    // As docs/installation.md tells: a screen that runs keeps the keyboards that it has opened.
    machine.ask(&format!(
        "estranctl seats assign {place_of} helper; udevadm control --reload; \
         udevadm trigger -s usb; udevadm settle; udevadm trigger -s input; udevadm settle; \
         systemctl restart estran"
    ));
    sleep(Duration::from_secs(5));
    machine.wait("the welcome of a restarted screen", STEP, STATE, |state| {
        state == "ready"
    })?;
    let seat = machine
        .ask(
            "for d in /sys/class/input/event*; do udevadm info -q property $d; done | \
              grep -c ID_SEAT=seat-helper",
        )
        .ok_or("nobody answers")?;
    for key in ["ret", "ret", "spc", "tab", "ret"] {
        machine.press(Whose::Helper, &[key])?;
    }
    sleep(Duration::from_secs(6));
    let state = machine.ask(STATE).ok_or("nobody answers")?;
    place.picture(&mut machine, "07-clavier-de-l-aidant")?;
    machine.press(Whose::Visitor, &["ret"])?;
    let touched = machine.wait("a visit", STEP, STATE, |state| state == "visit");
    machine.pull_plug()?;
    touched?;
    let seen = vec![
        format!("place {place_of} donnée à l’aidant, {seat} périphériques sur seat-helper"),
        format!("état après ses touches : {state} ; après celles du visiteur : visit"),
    ];
    if state == "ready" && seat != "0" && !listed.is_empty() {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}

fn gate(place: &Place) -> Result<Vec<String>> {
    let folder = place.folder("disque");
    fresh_disks(&place.image, &folder)?;
    let mut machine = place.boot(&folder, "plain")?;
    let units = "systemctl is-active estran-gate estrand estran | tr '\\n' ' '";
    let held = machine.wait("the closed gate", BOOT, units, |said| {
        said.starts_with("failed") && said.ends_with(" active")
    })?;
    sleep(Duration::from_mins(1));
    place.picture(&mut machine, "08-poste-ferme")?;
    let verdict = machine
        .ask("cat /run/estran-gate/verdict.json; ls /run/estran 2>&1")
        .ok_or("nobody answers")?;
    machine.pull_plug()?;
    let seen = vec![
        format!("gate, estrand, estran : {held}"),
        verdict.replace('\n', " "),
    ];
    if held == "failed inactive active" && verdict.contains("\"root\"") {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}
