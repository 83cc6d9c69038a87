//! What `--json` prints, as types: their schema is printed by `estranctl schema` and kept beside the
//! code (`docs/schema/estranctl.schema.json`).
#![forbid(unsafe_code)]

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::seats::Whose;
use crate::config::{ConfigError, Finding};
use crate::counter::{Answer, VERSION};
use crate::wording::{Lang, Wording};

/// Whatever `estranctl … --json` prints; `prove` and `receipt` are told in `docs/preuve.md`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "its schema alone is wanted")]
enum Printed {
    /// Of a running station: `status`, `reset`, `quarantine release`, `health`, `close`, `open`,
    /// `waiting`, `acts`, `config status`.
    Station(Answer),
    /// `config check`.
    Check(Check),
    /// `seats list`.
    Seats(Seats),
    /// `secrets list`.
    Secrets(Secrets),
    /// `stats`.
    Numbers(Numbers),
}

/// The JSON Schema of what is printed.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(Printed).to_value()
}

/// A configuration folder that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Check {
    /// The version of this form.
    version: u16,
    /// It can be used.
    valid: bool,
    /// What is wrong, file by file.
    mistakes: Vec<Mistake>,
}

/// One mistake of a configuration.
#[derive(Debug, Serialize, JsonSchema)]
struct Mistake {
    /// The file.
    file: String,
    /// From 1; absent when the file could not be read.
    line: Option<usize>,
    /// From 1, in characters.
    column: Option<usize>,
    /// What is wrong, in the language asked for.
    sentence: String,
    /// What to write instead.
    remedy: String,
}

impl Check {
    /// A folder that can be used.
    pub(super) const fn valid() -> Self {
        Self {
            version: VERSION,
            valid: true,
            mistakes: Vec::new(),
        }
    }

    /// One that cannot.
    pub(super) fn of(error: &ConfigError, words: &Wording, lang: Lang) -> Self {
        let mistake = |finding: &Finding| {
            let (line, column) = finding.position().unzip();
            Mistake {
                file: finding.file.display().to_string(),
                line,
                column,
                sentence: finding.problem.sentence(words, lang),
                remedy: finding.problem.remedy(words, lang),
            }
        };
        Self {
            version: VERSION,
            valid: false,
            mistakes: error.findings.iter().map(mistake).collect(),
        }
    }
}

/// The keyboards and mice of the machine.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Seats {
    /// The version of this form.
    version: u16,
    /// Each plug.
    plugs: Vec<Plugged>,
}

/// What is plugged in at one place.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Plugged {
    /// Its place on the machine.
    pub(super) place: String,
    /// It has keys.
    pub(super) keyboard: bool,
    /// It points.
    pub(super) mouse: bool,
    /// Whose it is now.
    pub(super) whose: Whose,
    /// Whose it is after the next start.
    pub(super) next: Whose,
}

impl Seats {
    pub(super) const fn of(plugs: Vec<Plugged>) -> Self {
        Self {
            version: VERSION,
            plugs,
        }
    }
}

/// Which secrets the station has; never what they are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Secrets {
    /// The version of this form.
    version: u16,
    /// Each, by name.
    secrets: Vec<Secret>,
}

/// A secret, by name.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Secret {
    /// Its name.
    pub(super) name: String,
    /// It is there.
    pub(super) set: bool,
}

impl Secrets {
    pub(super) const fn of(secrets: Vec<Secret>) -> Self {
        Self {
            version: VERSION,
            secrets,
        }
    }
}

/// The months that the staff screen shows.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Numbers {
    /// The version of this form.
    version: u16,
    /// Each month, in the form of an export (`docs/fiche-statistiques.md`).
    months: Vec<Value>,
}

impl Numbers {
    pub(super) const fn of(months: Vec<Value>) -> Self {
        Self {
            version: VERSION,
            months,
        }
    }
}
