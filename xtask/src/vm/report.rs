//! What is written down: date, versions, and a line for each scenario.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::machine::{MEMORY, accelerated, version};
use super::scenarios::ALL;
use crate::Result;
use crate::tool::{answer, root};

/// What became of a scenario.
pub enum Held {
    /// It held; what was seen.
    Yes(Vec<String>),
    /// It did not, or could not be run.
    No(String),
}

/// Where a scenario's line stands: those with a light program first, then each browser's.
fn rank(name: &str) -> (&str, Option<usize>) {
    let (short, guest) = name.split_once(" (").unwrap_or((name, ""));
    (guest, ALL.iter().position(|one| one.name == short))
}

/// All that was run.
pub struct Report {
    head: Vec<String>,
    lines: Vec<(String, bool, String)>,
}

impl Report {
    /// Begins with what was tested, on what.
    pub fn new(debs: &[PathBuf]) -> Self {
        let said = |program: &str, words: &[&str]| {
            let mut command = Command::new(program);
            answer(command.args(words).current_dir(root()))
                .map_or_else(|| "?".to_owned(), |said| said.trim().to_owned())
        };
        let names: Vec<String> = debs
            .iter()
            .filter_map(|deb| Some(deb.file_name()?.to_string_lossy().into_owned()))
            .collect();
        let how = if accelerated() {
            "avec l’accélération du processeur"
        } else {
            "émulée par logiciel : un programme léger remplace le navigateur, sauf où son nom est dit"
        };
        Self {
            head: vec![
                format!("Date : {}", said("date", &["--utc", "+%Y-%m-%d %H:%M UTC"])),
                format!(
                    "Source : {}",
                    said("git", &["rev-parse", "--short", "HEAD"])
                ),
                format!("Paquets : {}", names.join(", ")),
                "Système invité : Debian 13 (trixie), installé par apt".to_owned(),
                format!(
                    "Machine : {}, {MEMORY} Mio, {how}",
                    version().unwrap_or_default()
                ),
            ],
            lines: Vec::new(),
        }
    }

    /// Adds a scenario.
    pub fn add(&mut self, name: &str, what: &str, held: Held, time: Duration) {
        let (good, seen) = match held {
            Held::Yes(seen) => (true, seen.join("<br>")),
            Held::No(error) => (false, error.replace('\n', " ")),
        };
        println!("{}: {seen}", if good { "held" } else { "NOT HELD" });
        let seen = seen.replace('|', "\\|");
        let word = if good { "tenu" } else { "**non tenu**" };
        let seconds = time.as_secs();
        self.lines.push((
            name.to_owned(),
            good,
            format!("| {name} | {what} | {word} | {seen} | {seconds} s |"),
        ));
        // Machines that run side by side end in any order.
        self.lines
            .sort_by(|(one, ..), (other, ..)| rank(one).cmp(&rank(other)));
    }

    /// How long all of it took, and how many machines ran at a time.
    pub fn took(&mut self, time: Duration, machines: usize) {
        let minutes = time.as_secs().div_ceil(60);
        self.head.push(format!(
            "Durée : {minutes} min, {machines} machines à la fois au plus"
        ));
    }

    /// Adds what was not run here, and why: loudly, and no failure.
    pub fn skip(&mut self, name: &str, what: &str, why: &str) {
        println!("SKIPPED {name}: {why}");
        let line = format!("| {name} | {what} | **SAUTÉ** | {why} | – |");
        self.lines.push((name.to_owned(), true, line));
    }

    /// As a page.
    pub fn text(&self) -> String {
        let head: Vec<String> = self.head.iter().map(|line| format!("- {line}")).collect();
        let head = head.join("\n");
        let lines: Vec<&str> = self
            .lines
            .iter()
            .map(|(_, _, line)| line.as_str())
            .collect();
        let lines = lines.join("\n");
        format!(
            "# Le poste installé, dans une machine virtuelle\n\nÉcrit par `cargo xtask vm`.\n\n{head}\n\n\
             | scénario | ce qui arrive | résultat | ce qui a été vu | durée |\n\
             |---|---|---|---|---|\n{lines}\n"
        )
    }

    /// Good when every scenario held.
    ///
    /// # Errors
    /// Names those that did not.
    pub fn verdict(&self) -> Result {
        let failed: Vec<&str> = self
            .lines
            .iter()
            .filter(|(_, good, _)| !good)
            .map(|(name, _, _)| name.as_str())
            .collect();
        if failed.is_empty() {
            Ok(())
        } else {
            Err(format!("not held: {}", failed.join(", ")).into())
        }
    }
}
