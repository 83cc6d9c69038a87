//! Looking for a démarche by a few words, whatever the accents and the case.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Catalogue, Demarche};

impl Catalogue {
    /// The démarches in which every word of `query` begins some word of the label, the
    /// documents' titles left aside, the tile, the operator or the aliases. Those that match by
    /// label come first, then file order. An empty query finds nothing.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&Demarche> {
        // Longer queries are not words of anybody.
        let wanted = words(&query.chars().take(100).collect::<String>());
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(bool, &Demarche)> = self
            .demarches
            .iter()
            .filter_map(|demarche| {
                let label = demarche.label.every().flat_map(words).collect::<Vec<_>>();
                if covers(&label, &wanted) {
                    return Some((false, demarche));
                }
                let all = [label, self.other_words(demarche)].concat();
                covers(&all, &wanted).then_some((true, demarche))
            })
            .collect();
        found.sort_by_key(|(by_other_words, demarche)| (*by_other_words, demarche.id));
        found.into_iter().map(|(_, demarche)| demarche).collect()
    }

    fn other_words(&self, demarche: &Demarche) -> Vec<String> {
        let group = self.groups.get(usize::from(demarche.group.0));
        demarche
            .aliases
            .iter()
            .map(String::as_str)
            .chain(group.into_iter().flat_map(|group| group.label.every()))
            .chain(std::iter::once(demarche.operator.name()))
            .chain(demarche.domains.iter().map(super::Domain::as_str))
            .flat_map(words)
            .collect()
    }
}

/// Every wanted word begins some word.
pub(crate) fn covers(words: &[String], wanted: &[String]) -> bool {
    wanted
        .iter()
        .all(|start| words.iter().any(|word| word.starts_with(start.as_str())))
}

/// The words of a text without accents, in lower case; `œ` and `æ` as two letters.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
        .replace('æ', "ae");
    folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
