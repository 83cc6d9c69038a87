//! `apps.toml`: programs beside the browsers, in the same sandbox.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;

use super::checker::Checker;
use super::problem::Unfit;
use super::raw::{RawApp, RawApps, RawText, keys_of};
use super::{Config, Finding, Problem};
use crate::catalogue::Text;
use crate::visit::AppId;

/// The most programs.
const MOST: usize = 12;

/// The most words of a command.
const WORDS: usize = 16;

/// A program of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Its name in the files.
    pub key: String,
    /// What the visitor reads.
    pub label: Text,
    /// The program, by its whole path, and its arguments. It runs inside the sandbox.
    pub command: Vec<String>,
}

impl Config {
    /// A program of the house.
    #[must_use]
    pub fn app(&self, id: AppId) -> Option<&App> {
        self.apps.get(usize::from(id.0))
    }
}

pub fn check(file: &Path, text: &str) -> Result<Vec<App>, Vec<Finding>> {
    let mut checker = Checker::new(file, text);
    let apps = checker
        .raw::<RawApps>(keys)
        .map(|raw| all(&mut checker, raw.app));
    let findings = checker.findings();
    match apps {
        Some(apps) if findings.is_empty() => Ok(apps),
        Some(_) | None => Err(findings),
    }
}

fn keys(path: &[&str]) -> Option<&'static [&'static str]> {
    match path {
        [] => Some(keys_of::<RawApps>()),
        ["app"] => Some(keys_of::<RawApp>()),
        ["app", "label"] => Some(keys_of::<RawText>()),
        _ => None,
    }
}

fn all(checker: &mut Checker, raw: Vec<Spanned<RawApp>>) -> Vec<App> {
    if raw.len() > MOST {
        let span = raw.last().map_or(0..0, Spanned::span);
        checker.report(span, Problem::Count { max: MOST });
    }
    let mut seen = BTreeSet::new();
    raw.into_iter()
        .filter_map(|raw| {
            let span = super::demarches::heading(&raw);
            let raw = raw.into_inner();
            let key = super::demarches::key(checker, raw.key, &span, &mut seen);
            let label = checker.required_text(raw.label, "label", &span, 60);
            if !(1..=WORDS).contains(&raw.command.len()) {
                checker.report(span, Problem::Missing("command"));
            }
            Some(App {
                key: key?,
                label,
                command: command(checker, raw.command),
            })
        })
        .collect()
}

fn command(checker: &mut Checker, raw: Vec<Spanned<String>>) -> Vec<String> {
    raw.into_iter()
        .enumerate()
        .map(|(rank, word)| {
            let path = Path::new(word.get_ref());
            let plain = path.components().all(|part| {
                !matches!(
                    part,
                    std::path::Component::ParentDir | std::path::Component::CurDir
                )
            });
            if rank == 0 && !(path.is_absolute() && plain) {
                checker.report(word.span(), Problem::Unfit(Unfit::Program));
            }
            checker.words(word, 200)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;
    use crate::wording::Lang;

    fn read(text: &str) -> Result<Vec<App>, Vec<Finding>> {
        check(Path::new("apps.toml"), text)
    }

    const VIEWER: &str = "[[app]]\nkey = \"pdf\"\nlabel = { fr = \"Lire un PDF\" }\n\
                          command = [\"/usr/bin/evince\"]\n";

    #[test]
    fn a_program_is_read() {
        let apps = read(VIEWER).unwrap();
        assert_eq!(apps.len(), 1);
        assert_eq!(apps[0].command, ["/usr/bin/evince"]);
        assert_eq!(apps[0].label.get(Lang::En), "Lire un PDF");
        let shipped = include_str!("../../kiosk-config/apps.toml");
        assert_eq!(read(shipped).unwrap(), []);
    }

    #[test]
    fn what_cannot_be_started_is_refused() {
        let problem = |from: &str, to: &str| {
            let found = read(&VIEWER.replacen(from, to, 1)).unwrap_err();
            found[0].problem.clone()
        };
        let program = Problem::Unfit(Unfit::Program);
        assert_eq!(problem("/usr/bin/evince", "evince"), program);
        assert_eq!(problem("/usr/bin/evince", "/usr/../x"), program);
        assert_eq!(
            problem("[\"/usr/bin/evince\"]", "[]"),
            Problem::Missing("command")
        );
        assert_eq!(
            problem("command", "commande"),
            Problem::UnknownKey {
                key: "commande".into(),
                allowed: ["key", "label", "command"].map(str::to_owned).into(),
            }
        );
    }
}
