//! A visit in the station form without a browser: the front-end's words over the real socket, and a
//! script of shell as a program of the house.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "it waits for one notice among all"
)]

use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use estran::custodian::{Client, Command, Document, DocumentId, Notice, Target};
use estran::visit::Browser;

use super::door::{Daemon, assert_welcomes, audited};
use crate::sandbox::PATIENCE;

/// A custodian with its front-end.
pub struct Visit {
    script: String,
    pub daemon: Daemon,
    pub client: Client,
    pub heard: Receiver<Notice>,
}

impl Visit {
    /// A custodian with these lines of `station.toml` and these words; its guests run `script`.
    pub fn of(script: &str, lines: &str, more: &[String]) -> Option<Self> {
        let add = |station: String| match lines.split_once('\n') {
            // A table that is there already is written anew.
            Some((table, keys)) if station.contains(&format!("\n{table}\n")) => {
                let (before, after) = station.split_once(&format!("\n{table}\n")).unwrap();
                let rest = after.find("\n[").map_or("", |at| &after[at..]);
                format!("{before}\n{table}\n{keys}\n{rest}")
            }
            _ => format!("{station}\n{lines}\n"),
        };
        let daemon = Daemon::with(&add, more)?;
        let (client, heard) = daemon.front_end();
        Some(Self {
            script: script.to_owned(),
            daemon,
            client,
            heard,
        })
    }

    /// Begins a visit.
    pub fn open(&mut self) {
        self.tell(&Command::Open {
            browser: Browser::First,
            target: Target::App {
                command: ["/usr/bin/bash", "-c", &self.script]
                    .map(str::to_owned)
                    .into(),
            },
            display: None,
            language: "fr".into(),
            zoom: 100,
        });
    }

    pub fn tell(&mut self, command: &Command) {
        self.client.send(command).unwrap();
    }

    /// Waits for this notice, and passes over others.
    pub fn wait(&self, wanted: &Notice) {
        self.until(&format!("{wanted:?}"), |notice| {
            (notice == *wanted).then_some(())
        });
    }

    /// Waits for a notice that `found` knows.
    pub fn until<T>(&self, what: &str, mut found: impl FnMut(Notice) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE * 3;
        let mut heard = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(notice) = self.heard.recv_timeout(left) else {
                panic!("never heard {what}, but {heard:?}");
            };
            heard.push(format!("{notice:?}"));
            if let Some(found) = found(notice) {
                return found;
            }
        }
    }

    /// The document of this name, once it is whole.
    pub fn document(&self, name: &str) -> DocumentId {
        self.until(name, |notice| match notice {
            Notice::Documents(list) => list.iter().find(|each| each.name == name).map(id),
            _ => None,
        })
    }

    /// A place of the session, as the custodian sees it.
    pub fn place(&self, path: &str) -> PathBuf {
        let session = self.daemon.folder.path().join("state/session");
        let root = format!("/proc/{}/root", self.daemon.process.id());
        PathBuf::from(format!("{root}{}/{path}", session.display()))
    }

    /// Waits for a file of the guest that ends in "end", and reads it.
    pub fn told(&self, path: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = std::fs::read_to_string(self.place(path)).unwrap_or_default();
            if let Some(text) = text.strip_suffix("end\n") {
                return text.to_owned();
            }
            assert!(Instant::now() < until, "the guest never wrote {path}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Lines of the custodian's table of mounts that hold this word.
    pub fn mounts(&self, word: &str) -> Vec<String> {
        let table = format!("/proc/{}/mountinfo", self.daemon.process.id());
        let table = std::fs::read_to_string(table).unwrap();
        let lines = table.lines().filter(|line| line.contains(word));
        lines.map(str::to_owned).collect()
    }

    /// Ends the visit: wiped, and nothing found.
    pub fn end(&mut self) {
        self.tell(&Command::Wipe { round: 3 });
        self.until("a wipe", |notice| match notice {
            Notice::Wiped { round: 3, .. } => Some(()),
            Notice::WipeFailed { .. } => panic!("the wipe failed"),
            _ => None,
        });
        assert_welcomes(&audited(&mut self.client, &self.heard));
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.daemon.process.kill().ok();
        self.daemon.process.wait().ok();
    }
}

fn id(document: &Document) -> DocumentId {
    document.id
}
