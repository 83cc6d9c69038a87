//! What can be wrong with a configuration, where, and what to do about it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::catalogue::DomainError;
use crate::wording::{Arg, Lang, Wording};

/// A configuration that cannot be used. Every mistake that could be found in one reading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has {} mistake(s), the first in {}", findings.len(), first(findings))]
pub struct ConfigError {
    /// The mistakes, in file order. Never empty.
    pub findings: Vec<Finding>,
}

fn first(findings: &[Finding]) -> String {
    findings.first().map_or_else(String::new, Finding::place)
}

/// One mistake, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, as its path was given.
    pub file: PathBuf,
    /// The whole text of the file, to show the line; empty when it could not be read.
    pub text: Arc<str>,
    /// The bytes in question.
    pub span: Range<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong. Texts in it are the house's own, from its own files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be read.
    Unreadable(std::io::ErrorKind),
    /// The file is not UTF-8.
    NotUtf8,
    /// The file is longer than 1 MiB.
    TooLongFile,
    /// Not TOML, or not Fluent; with the parser's own words.
    Syntax(String),
    /// A value of the wrong kind; with the reader's own words.
    WrongKind(String),
    /// A key that means nothing here.
    UnknownKey {
        /// As written.
        key: String,
        /// What may be written here.
        allowed: Vec<String>,
    },
    /// A key that is needed is absent.
    Missing(&'static str),
    /// A number out of its bounds.
    OutOfRange {
        /// As written.
        value: i64,
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// A word that is not of the closed list.
    NotAmong {
        /// As written.
        value: String,
        /// The list.
        allowed: Vec<String>,
    },
    /// A text that is empty, or longer than so many characters.
    Length {
        /// Most, characters.
        max: usize,
    },
    /// A list that is empty, or longer than so many entries.
    Count {
        /// Most, entries.
        max: usize,
    },
    /// A text with control or direction characters.
    ControlCharacter,
    /// Not a site.
    Domain(DomainError),
    /// Not an address to start from.
    Start(DomainError),
    /// The first page lies outside the démarche's own sites.
    StartOutside,
    /// Twice the same key or entry.
    Twice(String),
    /// The second browser is the first one again.
    SameBrowser,
    /// Not the address of a printer.
    Printer,
    /// Not a plain XKB name.
    Keyboard,
    /// Not a plain key: small letters, digits and `-`.
    Key,
    /// Not of the form that this key asks for.
    Unfit(Unfit),
    /// The strict list leaves this démarche out.
    LeftOut(String),
    /// Not an address that guests could be allowed to reach.
    Address,
    /// Not the plain name of an account or a group.
    Account,
    /// Not a time of day.
    Hour,
    /// Not an id of the national cartography.
    PlaceId,
    /// Not an address that metrics may be sent to.
    Collector,
    /// Not the whole path of a folder.
    Folder,
}

/// A form that a value does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Opening hours.
    Hours,
    /// A colour.
    Colour,
    /// A colour that can be read where it is used.
    Contrast,
    /// The whole path of a program.
    Program,
    /// A strict list with at least one site.
    StrictEmpty,
    /// A known form of a line of the rights sheet.
    RightsForm,
    /// The order of the rights sheet.
    RightsPlace,
    /// A day of the calendar.
    Day,
    /// A number in the register of companies.
    Siret,
}

impl Unfit {
    const fn key(self) -> &'static str {
        match self {
            Self::Hours => "config-hours",
            Self::Colour => "config-colour",
            Self::Contrast => "config-contrast",
            Self::Program => "config-program",
            Self::StrictEmpty => "config-strict-empty",
            Self::RightsForm => "config-rights-form",
            Self::RightsPlace => "config-rights-place",
            Self::Day => "config-day",
            Self::Siret => "config-siret",
        }
    }
}

/// Beside a close word, a list longer than this hides more than it tells.
const LONG_LIST: usize = 16;

impl Problem {
    const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "config-unreadable",
            Self::NotUtf8 => "config-not-utf8",
            Self::TooLongFile => "config-too-long-file",
            Self::Syntax(_) => "config-syntax",
            Self::WrongKind(_) => "config-wrong-kind",
            Self::UnknownKey { .. } => "config-unknown-key",
            Self::Missing(_) => "config-missing",
            Self::OutOfRange { .. } => "config-out-of-range",
            Self::NotAmong { .. } => "config-not-among",
            Self::Length { .. } => "config-length",
            Self::Count { .. } => "config-count",
            Self::ControlCharacter => "config-control-character",
            Self::Domain(DomainError::NotAHost | DomainError::NotHttps) => "config-domain",
            Self::Domain(DomainError::TooBroad) => "config-domain-broad",
            Self::Start(_) => "config-start",
            Self::StartOutside => "config-start-outside",
            Self::Twice(_) => "config-twice",
            Self::SameBrowser => "config-same-browser",
            Self::Printer => "config-printer",
            Self::Keyboard => "config-keyboard",
            Self::Key => "config-key",
            Self::Unfit(unfit) => unfit.key(),
            Self::LeftOut(_) => "config-left-out",
            Self::Address => "config-address",
            Self::Account => "config-account",
            Self::Hour => "config-hour",
            Self::PlaceId => "config-place-id",
            Self::Collector => "config-collector",
            Self::Folder => "config-folder",
        }
    }

    /// What is wrong, in one sentence.
    pub fn sentence(&self, words: &Wording, lang: Lang) -> String {
        self.filled(words, lang, self.key())
    }

    /// What to do about it: the closest allowed word where there is one, else what is allowed.
    pub fn remedy(&self, words: &Wording, lang: Lang) -> String {
        match self {
            Self::UnknownKey {
                key: value,
                allowed,
            }
            | Self::NotAmong { value, allowed } => {
                let list = allowed.join(", ");
                let list = words.text_with(lang, "config-allowed", &[("list", Arg::Text(&list))]);
                let Some(near) = closest(value, allowed) else {
                    return list;
                };
                let near = words.text_with(lang, "config-closest", &[("near", Arg::Text(near))]);
                if allowed.len() > LONG_LIST {
                    near
                } else {
                    format!("{near} {list}")
                }
            }
            Self::Unreadable(_)
            | Self::NotUtf8
            | Self::TooLongFile
            | Self::Syntax(_)
            | Self::WrongKind(_)
            | Self::Missing(_)
            | Self::OutOfRange { .. }
            | Self::Length { .. }
            | Self::Count { .. }
            | Self::ControlCharacter
            | Self::Domain(_)
            | Self::Start(_)
            | Self::StartOutside
            | Self::Twice(_)
            | Self::SameBrowser
            | Self::Printer
            | Self::Keyboard
            | Self::Key
            | Self::Unfit(_)
            | Self::LeftOut(_)
            | Self::Address
            | Self::Account => self.filled(words, lang, &format!("{}-remedy", self.key())),
            Self::Hour | Self::PlaceId | Self::Collector | Self::Folder => {
                self.filled(words, lang, &format!("{}-remedy", self.key()))
            }
        }
    }

    fn filled(&self, words: &Wording, lang: Lang, key: &str) -> String {
        let number =
            |name, value: usize| (name, Arg::Number(i64::try_from(value).unwrap_or(i64::MAX)));
        match self {
            Self::Unreadable(kind) => {
                let cause = if *kind == std::io::ErrorKind::NotFound {
                    "absent"
                } else if *kind == std::io::ErrorKind::PermissionDenied {
                    "forbidden"
                } else {
                    "other"
                };
                words.text_with(lang, key, &[("cause", Arg::Text(cause))])
            }
            Self::Syntax(text)
            | Self::WrongKind(text)
            | Self::Twice(text)
            | Self::LeftOut(text)
            | Self::UnknownKey { key: text, .. }
            | Self::NotAmong { value: text, .. } => {
                words.text_with(lang, key, &[("text", Arg::Text(text))])
            }
            Self::Missing(text) => words.text_with(lang, key, &[("text", Arg::Text(text))]),
            Self::OutOfRange { value, min, max } => {
                let args = [
                    ("value", Arg::Number(*value)),
                    ("min", Arg::Number(*min)),
                    ("max", Arg::Number(*max)),
                ];
                words.text_with(lang, key, &args)
            }
            Self::Length { max } | Self::Count { max } => {
                words.text_with(lang, key, &[number("max", *max)])
            }
            Self::NotUtf8
            | Self::TooLongFile
            | Self::ControlCharacter
            | Self::Domain(_)
            | Self::Start(_)
            | Self::StartOutside
            | Self::SameBrowser
            | Self::Printer
            | Self::Keyboard
            | Self::Key
            | Self::Unfit(_)
            | Self::Address
            | Self::Account
            | Self::Hour
            | Self::PlaceId
            | Self::Collector
            | Self::Folder => words.text(lang, key),
        }
    }
}

/// The allowed word nearest to what was written, if it is near enough to be meant.
fn closest<'a>(written: &str, allowed: &'a [String]) -> Option<&'a str> {
    // A longer text is no misspelling of a key, and the comparison is quadratic.
    if written.len() > 64 {
        return None;
    }
    allowed
        .iter()
        .map(|word| (strsim::normalized_damerau_levenshtein(written, word), word))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, word)| word.as_str())
}

impl Finding {
    /// `file:line:column`, from 1, columns in characters.
    #[must_use]
    pub fn place(&self) -> String {
        let file = self.file.display();
        match self.position() {
            Some((line, column)) => format!("{file}:{line}:{column}"),
            None => file.to_string(),
        }
    }

    /// Line and column, from 1, the column in characters; nothing when the file could not be read.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        if self.text.is_empty() {
            return None;
        }
        let mut end = self.span.start.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Some((line, column))
    }

    /// Place, sentence and remedy, for the staff's part of the out-of-service screen.
    #[must_use]
    pub fn line(&self, words: &Wording, lang: Lang) -> String {
        format!(
            "{} — {} {}",
            self.place(),
            self.problem.sentence(words, lang),
            self.problem.remedy(words, lang)
        )
    }
}

impl ConfigError {
    /// One line for each mistake: place, what is wrong, what to do.
    #[must_use]
    pub fn lines(&self, words: &Wording, lang: Lang) -> Vec<String> {
        self.findings
            .iter()
            .map(|finding| finding.line(words, lang))
            .collect()
    }
}
