//! `estranctl config`.
#![forbid(unsafe_code)]

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Outcome, say};
use crate::config::{Config, ConfigError, Problem};
use crate::wording::{Arg, Lang, Wording};

/// `estranctl config …`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable.
    Check {
        /// The folder that holds station.toml.
        #[arg(default_value = "/etc/estran")]
        dir: PathBuf,
    },
}

pub(super) fn run(command: Command, lang: Lang) -> std::io::Result<Outcome> {
    match command {
        Command::Check { dir } => check(&dir, lang),
    }
}

fn check(dir: &Path, lang: Lang) -> std::io::Result<Outcome> {
    let words = Wording::embedded();
    match Config::load(dir) {
        Ok(config) => {
            let count = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
            let args = [
                ("demarches", count(config.catalogue.demarches().len())),
                ("groups", count(config.catalogue.groups().len())),
                ("languages", count(config.languages.len())),
            ];
            say(&words.text_with(lang, "config-ok", &args))
        }
        Err(error) => show(&error, &words, lang),
    }
}

fn show(error: &ConfigError, words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let count = i64::try_from(error.findings.len()).unwrap_or(i64::MAX);
    let count = words.text_with(lang, "config-count-found", &[("count", Arg::Number(count))]);
    let mut out = stderr.lock();
    write!(out, "{}", error.report(words, lang, colours))?;
    writeln!(out, "{count}")?;
    let unreadable = |problem: &Problem| matches!(problem, Problem::Unreadable(_));
    Ok(
        if error.findings.iter().all(|one| unreadable(&one.problem)) {
            Outcome::Failed
        } else {
            Outcome::Mistakes
        },
    )
}
