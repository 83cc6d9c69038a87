//! `estranctl gate`: may this machine be a station at all?
#![forbid(unsafe_code)]

use std::path::PathBuf;

use super::{Outcome, say};
use crate::gate::{self, Root};
use crate::wording::{Lang, Wording};

/// Looks whether the machine is what the house declares. Exit code 1 when it is not.
#[derive(Debug, clap::Args)]
pub(super) struct Gate {
    /// The form of the root that is declared.
    #[arg(long, value_enum)]
    root: Root,
    /// Write the verdict here, for the front-end.
    #[arg(long, value_name = "PATH")]
    verdict: Option<PathBuf>,
}

pub(super) fn run(wanted: &Gate, lang: Lang) -> std::io::Result<Outcome> {
    let seen = gate::look(wanted.root);
    if let Some(place) = &wanted.verdict {
        gate::write(&seen, place)?;
    }
    let words = Wording::embedded();
    if seen.faults.is_empty() {
        return say(&words.text(lang, "gate-open"));
    }
    say(&seen.lines(&words, lang).join("\n"))?;
    Ok(Outcome::Mistakes)
}
