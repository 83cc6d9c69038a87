//! What happens to the station.

mod boot;
mod seat;
mod staff;
mod taking;
mod upkeep;
mod visit;

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::image::{Guest, Image};
use super::machine::{Machine, Start, Whose, count};
use crate::Result;

/// Where everything is.
pub struct Place {
    /// The machine's disks.
    pub image: Image,
    /// The packages that are installed in it.
    pub debs: Vec<PathBuf>,
    /// The folder of runs and pictures.
    pub out: PathBuf,
    /// What a visit opens.
    pub guest: Guest,
}

/// One scenario.
pub struct Scenario {
    /// Its short name.
    pub name: &'static str,
    /// In words, for the report.
    pub what: &'static str,
    /// Whether it is run with the real browsers, too: what it shows depends on them.
    pub browsers: bool,
    /// Lets it happen; returns what was seen.
    pub run: fn(&Place) -> Result<Vec<String>>,
}

/// The one that leaves the saved moment from which the others begin.
pub const FIRST: &str = "accueil";

/// All of them, in the order of the report.
pub const ALL: [Scenario; 13] = [
    scenario(FIRST, "démarrage à froid", boot::welcome).with_browsers(),
    scenario("touches", "Ctrl+Alt+F2, Ctrl+Alt+Suppr, SysRq", seat::keys),
    scenario(
        "visite",
        "visite au clavier seul, puis effacement",
        visit::whole,
    )
    .with_browsers(),
    scenario(
        "inactif",
        "personne ne touche rien : question, réponse, puis silence",
        visit::idle,
    ),
    scenario(
        "clé",
        "clé USB (FAT) branchée, document copié, clé retirée",
        taking::stick,
    ),
    scenario(
        "papier",
        "document imprimé par une imprimante du réseau",
        taking::paper,
    ),
    scenario(
        "aidant",
        "clavier de l’aidant : avant l’accord, pendant, après",
        seat::helper,
    ),
    scenario(
        "résidu",
        "résidu posé exprès : quarantaine, puis libération",
        staff::residue,
    ),
    scenario(
        "paquets",
        "paquets remplacés pendant une visite",
        staff::upgrade,
    ),
    scenario(
        "panne",
        "nouvelle version dont l’écran ne démarre pas",
        upkeep::broken,
    ),
    scenario(
        "nuit",
        "redémarrage de la nuit demandé pendant une visite",
        upkeep::night,
    ),
    scenario(
        "prise",
        "prise tirée pendant la visite, puis démarrage",
        boot::plug,
    )
    .with_browsers(),
    scenario(
        "disque",
        "disque inscriptible malgré la déclaration",
        boot::gate,
    ),
];

const fn scenario(
    name: &'static str,
    what: &'static str,
    run: fn(&Place) -> Result<Vec<String>>,
) -> Scenario {
    Scenario {
        name,
        what,
        browsers: false,
        run,
    }
}

impl Scenario {
    const fn with_browsers(self) -> Self {
        Self {
            browsers: true,
            ..self
        }
    }
}

/// Only letters that are on the same key in every layout.
const CANARY: &str = "estrogkvbnfucu";
/// Written to the disk on purpose: the search sees what is there.
const CONTROL: &str = "controlpithjbd";

const STATUS: &str = "estranctl status --json --counter /run/estran-screen/counter.sock";
const STATE: &str = "estranctl status --json --counter /run/estran-screen/counter.sock \
                     | sed -n 's/.*\"state\": *\"\\([a-z]*\\)\".*/\\1/p' | head -n 1";
/// A cold start, emulated, on a busy machine.
const BOOT: u64 = 1500;
/// How often a browser is tried that is still starting.
const PATIENCE: u32 = 20;
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
        let saved = self.folder(FIRST);
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

/// By keys alone from the welcome into the guest's program, and types there.
fn go_in(place: &Place, machine: &mut Machine, prefix: &str) -> Result {
    for (step, keys) in ENTER.iter().enumerate() {
        machine.step(keys)?;
        place.picture(machine, &format!("{prefix}-{}-pas", step + 1))?;
    }
    let started = format!("pgrep {} | wc -l", place.guest.program());
    machine.wait("the guest's program", STEP, &started, |count| count != "0")?;
    if place.guest != Guest::Light {
        return type_address(place, machine, prefix);
    }
    sleep(Duration::from_secs(15));
    machine.type_line(Whose::Visitor, CANARY)?;
    // Asked without the word: it would stay in the memory of whoever answers.
    let typed = digest(&format!("{CANARY}\n"))?;
    let found = "sha256sum </proc/$(pgrep -xo foot)/root/home/visitor/lettre.txt";
    machine.wait("what was typed", STEP, found, |said| {
        said.split(' ').next() == Some(typed.as_str())
    })?;
    place.picture(machine, &format!("{prefix}-dans-la-visite"))
}

/// Types the word as an address into a real browser, as soon as it takes it: in memory it is then seen.
/// Until it shows itself the keys are the bar's, where letters do nothing.
fn type_address(place: &Place, machine: &mut Machine, prefix: &str) -> Result {
    let folder = machine.folder().to_owned();
    for _ in 0..PATIENCE {
        sleep(Duration::from_secs(20));
        machine.press(Whose::Visitor, &["ctrl", "l"])?;
        let letters: Vec<String> = CANARY.chars().map(String::from).collect();
        machine.keys(&letters.iter().map(String::as_str).collect::<Vec<_>>())?;
        sleep(Duration::from_secs(10));
        if visit::dumped(machine, &folder)? > 0 {
            return place.picture(machine, &format!("{prefix}-dans-la-visite"));
        }
        place.picture(machine, &format!("{prefix}-navigateur-attendu"))?;
    }
    Err("the browser did not take what was typed".into())
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

impl Machine {
    fn keys(&mut self, keys: &[&str]) -> Result {
        for key in keys {
            self.press(Whose::Visitor, &[key])?;
        }
        Ok(())
    }

    /// Presses keys that lead to another screen, and waits until it stands still: a machine beside other
    /// work takes its time. A minute at most; whoever goes on finds out what is there.
    fn step(&mut self, keys: &[&str]) -> Result {
        let before = self.look()?;
        self.keys(keys)?;
        let (mut last, mut still) = (before.clone(), 0);
        for _ in 0..60 {
            sleep(Duration::from_secs(1));
            let now = self.look()?;
            still = if now == last && now != before {
                still + 1
            } else {
                0
            };
            if still == 3 {
                break;
            }
            last = now;
        }
        Ok(())
    }

    fn asked_for(&mut self, line: &str) -> Result<String> {
        Ok(self.ask(line).ok_or("nobody answers")?)
    }
}

/// Ends the visit by keys alone, up to the next welcome.
fn leave(place: &Place, machine: &mut Machine, prefix: &str) -> Result {
    for (step, keys) in LEAVE.iter().enumerate() {
        machine.step(keys)?;
        place.picture(machine, &format!("{prefix}-{}-fin", step + 1))?;
    }
    machine.wait("the next welcome", STEP, STATE, |state| state == "ready")?;
    Ok(())
}
fn on_disks(folder: &Path, word: &str) -> Result<usize> {
    Ok(count(&folder.join("root.qcow2"), word)? + count(&folder.join("state.qcow2"), word)?)
}
