//! A text of the house, in the languages in which the house wrote it.

use std::collections::BTreeMap;

use crate::wording::Lang;

/// A text written in a configuration file: always in French, in other languages when there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    french: String,
    others: BTreeMap<Lang, String>,
}

impl Text {
    /// A text with its translations.
    #[must_use]
    pub fn new(french: String, others: impl IntoIterator<Item = (Lang, String)>) -> Self {
        Self {
            french,
            others: others.into_iter().collect(),
        }
    }

    /// The text in `lang`, else in French.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.others
            .get(&lang)
            .map_or(self.french.as_str(), String::as_str)
    }

    /// The text in every language in which it is written.
    pub fn every(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.french.as_str()).chain(self.others.values().map(String::as_str))
    }
}
