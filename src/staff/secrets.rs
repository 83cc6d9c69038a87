//! `estranctl secrets`: codes are typed or piped in, never given as an argument that others see.
#![forbid(unsafe_code)]

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::answers::{Secret, Secrets};
use super::{Outcome, print, say};
use crate::secrets::{Code, Door, Name, Place, Store, StoreError, Weakness};
use crate::wording::{Arg, Lang, Wording};

/// The fewest characters of a code.
const LEAST: usize = 6;

/// `estranctl secrets …`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Which secrets are set. Their content is never shown.
    List {
        /// As JSON; `estranctl schema` prints its form.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: At,
    },
    /// Sets a code, read from standard input; on a terminal it is asked for twice, unseen.
    Code {
        /// staff-code or helper-code.
        #[arg(value_parser = a_code)]
        name: Name,
        #[command(flatten)]
        at: At,
    },
    /// Takes a secret out of the store, and reads back that it is gone.
    Forget {
        /// staff-code, helper-code, receipt-key or console-key.
        #[arg(value_parser = any_name)]
        name: Name,
        #[command(flatten)]
        at: At,
    },
}

/// Which store.
#[derive(Debug, Args)]
pub(super) struct At {
    /// Where the station keeps its secrets: keyutils or folder:/path.
    #[arg(long, value_name = "PLACE", default_value = "keyutils")]
    secrets: Place,
}

fn any_name(word: &str) -> Result<Name, String> {
    Name::of(word).ok_or_else(|| {
        let words = Name::ALL.map(Name::word).join(", ");
        format!("not a secret of Estran; allowed: {words}")
    })
}

fn a_code(word: &str) -> Result<Name, String> {
    any_name(word).and_then(|name| match name {
        Name::StaffCode | Name::HelperCode => Ok(name),
        Name::ReceiptKey | Name::ConsoleKey => {
            Err("a key is no code; Estran makes its keys itself".to_owned())
        }
    })
}

pub(super) fn run(command: Command, lang: Lang) -> std::io::Result<Outcome> {
    let words = Wording::embedded();
    let done = match command {
        Command::List { json, at } => match at.secrets.open().and_then(|store| which(&*store)) {
            Ok(found) if json => return print(&Secrets::of(found)),
            found => found.map(|found| list(&found, &words, lang)),
        },
        Command::Code { name, at } => match at.secrets.open() {
            Ok(store) => return code(store, name, &words, lang),
            Err(error) => Err(error),
        },
        Command::Forget { name, at } => at
            .secrets
            .open()
            .and_then(|store| store.delete(name))
            .map(|()| words.text(lang, "secrets-forgotten")),
    };
    match done {
        Ok(said) => say(&said),
        Err(error) => failed(&error),
    }
}

fn failed(error: &StoreError) -> std::io::Result<Outcome> {
    writeln!(std::io::stderr().lock(), "estranctl: {error}")?;
    Ok(Outcome::Failed)
}

fn which(store: &dyn Store) -> Result<Vec<Secret>, StoreError> {
    let look = |name: Name| {
        Ok(Secret {
            name: name.word().to_owned(),
            set: store.get(name)?.is_some(),
        })
    };
    Name::ALL.into_iter().map(look).collect()
}

fn list(found: &[Secret], words: &Wording, lang: Lang) -> String {
    let line = |secret: &Secret| {
        let key = if secret.set {
            "secrets-set"
        } else {
            "secrets-not-set"
        };
        words.text_with(lang, key, &[("name", Arg::Text(&secret.name))])
    };
    let lines: Vec<String> = found.iter().map(line).collect();
    lines.join("\n")
}

fn code(
    store: Arc<dyn Store>,
    name: Name,
    words: &Wording,
    lang: Lang,
) -> std::io::Result<Outcome> {
    let stdin = std::io::stdin();
    let ask = |key| -> std::io::Result<Code> {
        if stdin.is_terminal() {
            let mut out = std::io::stderr().lock();
            write!(out, "{} ", words.text(lang, key))?;
            out.flush()?;
        }
        Code::read(&stdin)
    };
    let first = ask("secrets-type")?;
    let mistake = match first.weakness(LEAST) {
        Some(Weakness::Short) => Some("secrets-short"),
        Some(Weakness::Same | Weakness::Counting) => Some("secrets-easy"),
        None if stdin.is_terminal() && !first.same(&ask("secrets-again")?) => {
            Some("secrets-differ")
        }
        None => None,
    };
    if let Some(key) = mistake {
        let least = [("least", Arg::Number(LEAST as i64))];
        writeln!(
            std::io::stderr().lock(),
            "{}",
            words.text_with(lang, key, &least)
        )?;
        return Ok(Outcome::Mistakes);
    }
    match Door::new(store, name).set(&first) {
        Ok(()) => say(&words.text(lang, "secrets-done")),
        Err(error) => failed(&error),
    }
}
