//! Checks values one by one and collects what is wrong.

use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::raw::RawText;
use super::{Finding, Problem};
use crate::catalogue::Text;
use crate::wording::Lang;

/// One file under examination. Its methods give a value in any case, so that one reading finds
/// every mistake; the values count only if nothing was found.
pub struct Checker {
    file: PathBuf,
    text: Arc<str>,
    findings: Vec<Finding>,
}

/// The keys allowed in the table at a path; `None` where the names are the house's own.
pub type Keys = fn(&[&str]) -> Option<&'static [&'static str]>;

impl Checker {
    pub fn new(file: &Path, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            text: Arc::from(text),
            findings: Vec::new(),
        }
    }

    pub fn findings(self) -> Vec<Finding> {
        self.findings
    }

    pub fn report(&mut self, span: Range<usize>, problem: Problem) {
        self.findings.push(Finding {
            file: self.file.clone(),
            text: Arc::clone(&self.text),
            span,
            problem,
        });
    }

    /// Reads the file into its raw type. Unknown keys are reported and put aside, so that the
    /// rest is still read.
    pub fn raw<T: DeserializeOwned>(&mut self, keys: Keys) -> Option<T> {
        let text = Arc::clone(&self.text);
        let mut table = match DeTable::parse(&text) {
            Ok(table) => table,
            Err(error) => {
                self.toml(&error, Problem::Syntax);
                return None;
            }
        };
        self.known_keys(table.get_mut(), &mut Vec::new(), keys);
        T::deserialize(toml::de::Deserializer::from(table))
            .map_err(|error| self.toml(&error, Problem::WrongKind))
            .ok()
    }

    fn toml(&mut self, error: &toml::de::Error, problem: fn(String) -> Problem) {
        let words = error.message().trim().replace('\n', ", ");
        self.report(error.span().unwrap_or(0..0), problem(words));
    }

    fn known_keys(&mut self, table: &mut DeTable<'_>, path: &mut Vec<String>, keys: Keys) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Some(allowed) = keys(&names) {
            let unknown: Vec<(String, Range<usize>)> = table
                .keys()
                .filter(|key| !allowed.contains(&key.get_ref().as_ref()))
                .map(|key| (key.get_ref().to_string(), key.span()))
                .collect();
            for (key, span) in unknown {
                table.remove(key.as_str());
                let problem = Problem::UnknownKey {
                    key: shortened(&key),
                    allowed: allowed.iter().map(ToString::to_string).collect(),
                };
                self.report(span, problem);
            }
        }
        for (key, value) in table.iter_mut() {
            path.push(key.get_ref().to_string());
            self.known_keys_in(value.get_mut(), path, keys);
            path.pop();
        }
    }

    fn known_keys_in(&mut self, value: &mut DeValue<'_>, path: &mut Vec<String>, keys: Keys) {
        match value {
            DeValue::Table(table) => self.known_keys(table, path, keys),
            DeValue::Array(array) => {
                for entry in array.iter_mut() {
                    self.known_keys_in(entry.get_mut(), path, keys);
                }
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }

    /// A value that must be there; `table` is the table that should hold it.
    pub fn required<T>(
        &mut self,
        value: Option<Spanned<T>>,
        key: &'static str,
        table: &Range<usize>,
    ) -> Option<Spanned<T>> {
        if value.is_none() {
            self.report(table.clone(), Problem::Missing(key));
        }
        value
    }

    /// A number within its bounds, or the default when the file is silent.
    pub fn number(
        &mut self,
        value: Option<Spanned<i64>>,
        default: u32,
        bounds: RangeInclusive<u32>,
    ) -> u32 {
        let Some(value) = value else { return default };
        match u32::try_from(*value.get_ref()) {
            Ok(number) if bounds.contains(&number) => number,
            Ok(_) | Err(_) => {
                let problem = Problem::OutOfRange {
                    value: *value.get_ref(),
                    min: i64::from(*bounds.start()),
                    max: i64::from(*bounds.end()),
                };
                self.report(value.span(), problem);
                default
            }
        }
    }

    /// A word of a closed list.
    pub fn choice<T: Copy>(&mut self, value: &Spanned<String>, list: &[(&str, T)]) -> Option<T> {
        let found = list.iter().find(|(name, _)| name == value.get_ref());
        if found.is_none() {
            let problem = Problem::NotAmong {
                value: shortened(value.get_ref()),
                allowed: list.iter().map(|(name, _)| (*name).to_owned()).collect(),
            };
            self.report(value.span(), problem);
        }
        found.map(|(_, value)| *value)
    }

    /// A text of 1 to `max` characters, without control and direction characters.
    pub fn words(&mut self, value: Spanned<String>, max: usize) -> String {
        let text = value.get_ref();
        if text.trim().is_empty() || text.chars().count() > max {
            self.report(value.span(), Problem::Length { max });
        } else if text.chars().any(invisible) {
            self.report(value.span(), Problem::ControlCharacter);
        }
        value.into_inner()
    }

    /// A text in the languages of the house; French must be there.
    pub fn text(&mut self, value: Spanned<RawText>, max: usize) -> Text {
        let span = value.span();
        let RawText { fr, falc, en, ar } = value.into_inner();
        let french = self
            .required(fr, "fr", &span)
            .map_or_else(String::new, |text| self.words(text, max));
        let others = [(Lang::FrFalc, falc), (Lang::En, en), (Lang::Ar, ar)];
        let others: Vec<_> = others
            .into_iter()
            .filter_map(|(lang, text)| Some((lang, self.words(text?, max))))
            .collect();
        Text::new(french, others)
    }

    /// A text that must be there; see [`Checker::text`].
    pub fn required_text(
        &mut self,
        value: Option<Spanned<RawText>>,
        key: &'static str,
        table: &Range<usize>,
        max: usize,
    ) -> Text {
        self.required(value, key, table).map_or_else(
            || Text::new(String::new(), []),
            |value| self.text(value, max),
        )
    }
}

/// Control characters, and those that change the direction of the text after them.
fn invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What was written, short enough for one line.
pub fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
