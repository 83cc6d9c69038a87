//! `estranctl config`.
#![forbid(unsafe_code)]

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::answers::Check;
use super::{Outcome, print, say};
use crate::config::{self, Config, ConfigError, FILES, File, Problem, Setting};
use crate::wording::{Arg, Lang, Wording};

/// `estranctl config …`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable.
    Check {
        /// The folder that holds station.toml.
        #[arg(default_value = "/etc/estran")]
        dir: PathBuf,
        /// As JSON; `estranctl schema` prints its form.
        #[arg(long)]
        json: bool,
    },
    /// Prints the JSON Schema of a file, for editors.
    Schema {
        /// station, demarches, theme or apps.
        #[arg(default_value = "station", value_parser = file)]
        file: File,
    },
    /// Explains a setting: what it is for, what may be written, what counts without it.
    Explain {
        /// As in timers.pause_minutes; the last part is enough.
        key: String,
    },
    /// Prints every setting as a table in Markdown.
    Keys,
    /// Where the configuration of the running station stands. Exit code 1: the last edit is broken.
    Status(super::station::Via),
}

fn file(stem: &str) -> Result<File, String> {
    FILES
        .into_iter()
        .find(|file| file.stem() == stem)
        .ok_or_else(|| {
            let stems = FILES.map(File::stem).join(", ");
            format!("not a file with a schema; allowed: {stems}")
        })
}

pub(super) fn run(command: Command, lang: Lang) -> std::io::Result<Outcome> {
    let words = Wording::embedded();
    match command {
        Command::Check { dir, json } => check(&dir, json, &words, lang),
        Command::Schema { file } => say(&format!("{:#}", config::schema(file, &words, lang))),
        Command::Explain { key } => explain(&key, &words, lang),
        Command::Status(via) => super::station::configuration(&via, lang),
        Command::Keys => say(&config::table(&words, lang)),
    }
}

fn check(dir: &Path, json: bool, words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    match Config::load(dir) {
        Ok(_) if json => print(&Check::valid()),
        Ok(config) => {
            let count = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
            let args = [
                ("demarches", count(config.catalogue.demarches().len())),
                ("groups", count(config.catalogue.groups().len())),
                ("languages", count(config.languages.len())),
            ];
            say(&words.text_with(lang, "config-ok", &args))
        }
        Err(error) if json => {
            print(&Check::of(&error, words, lang))?;
            Ok(outcome(&error))
        }
        Err(error) => show(&error, words, lang),
    }
}

/// Files that cannot be read, or mistakes in them.
fn outcome(error: &ConfigError) -> Outcome {
    let unreadable = |problem: &Problem| matches!(problem, Problem::Unreadable(_));
    if error.findings.iter().all(|one| unreadable(&one.problem)) {
        Outcome::Failed
    } else {
        Outcome::Mistakes
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
    Ok(outcome(error))
}

fn explain(key: &str, words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    let all = config::settings(words, lang);
    let plain = |path: &str| path.replace("[]", "");
    let asked = plain(key);
    let found: Vec<&Setting> = all
        .iter()
        .filter(|setting| {
            let path = plain(&setting.path);
            path == asked || path.rsplit('.').next() == Some(asked.as_str())
        })
        .collect();
    if found.is_empty() {
        return unknown(&asked, &all, words, lang);
    }
    let told: Vec<String> = found.iter().map(|one| tell(one, words, lang)).collect();
    say(&told.join("\n\n"))
}

fn tell(setting: &Setting, words: &Wording, lang: Lang) -> String {
    let file = format!("{}.toml", setting.file.stem());
    let values = setting.values(words, lang);
    let mut lines = vec![
        setting.path.clone(),
        format!("  {}", setting.description()),
        format!(
            "  {}",
            words.text_with(lang, "explain-values", &[("values", Arg::Text(&values))])
        ),
    ];
    lines.extend(setting.default().map(|default| {
        let args = [("default", Arg::Text(default.as_str()))];
        format!("  {}", words.text_with(lang, "explain-default", &args))
    }));
    let head = words.text_with(lang, "explain-file", &[("file", Arg::Text(&file))]);
    format!("{head} {}", lines.join("\n"))
}

fn unknown(asked: &str, all: &[Setting], words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    let likeness = |setting: &Setting| {
        let last = setting.path.rsplit('.').next().unwrap_or_default();
        strsim::normalized_damerau_levenshtein(asked, &setting.path)
            .max(strsim::normalized_damerau_levenshtein(asked, last))
    };
    let short: String = asked.chars().take(60).collect();
    let mut said = words.text_with(lang, "explain-unknown", &[("key", Arg::Text(&short))]);
    let near = all
        .iter()
        .map(|setting| (likeness(setting), setting))
        .filter(|(likeness, _)| *likeness > 0.5 && asked.len() <= 64)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    if let Some((_, near)) = near {
        let args = [("near", Arg::Text(near.path.as_str()))];
        said = format!("{said} {}", words.text_with(lang, "explain-near", &args));
    }
    writeln!(std::io::stderr().lock(), "{said}")?;
    Ok(Outcome::Mistakes)
}
