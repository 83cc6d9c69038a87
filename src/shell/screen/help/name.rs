//! The helper's first name: typed for one visit, kept in wiped memory, and nowhere else.

use std::fmt;

use zeroize::Zeroizing;

/// The longest first name, characters.
const LONGEST: usize = 24;

/// A first name, or nothing. Its `Debug` tells nothing.
#[derive(Clone, Default)]
pub struct FirstName(Zeroizing<String>);

impl fmt::Debug for FirstName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FirstName(…)")
    }
}

impl FirstName {
    /// What was typed, without what is no name: at most 24 letters, spaces, hyphens and
    /// apostrophes.
    pub fn typed(text: &str) -> Self {
        let plain = |c: &char| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\'');
        Self(Zeroizing::new(
            text.chars().filter(plain).take(LONGEST).collect(),
        ))
    }

    /// For the screen.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_a_name_and_it_tells_nothing() {
        assert_eq!(
            FirstName::typed("Zoé-Lou d’A 7<b>\u{202e}").as_str(),
            "Zoé-Lou d’A b"
        );
        assert_eq!(
            FirstName::typed(&"é".repeat(90)).as_str().chars().count(),
            24
        );
        assert_eq!(format!("{:?}", FirstName::typed("Samira")), "FirstName(…)");
    }
}
