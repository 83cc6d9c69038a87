//! Whether nobody but the visitor may type now: what the guest's window announces and what the
//! companion says, taken together. In doubt it is so.

use crate::guest::sensor::Sensed;
use crate::visit::Field;

/// Both signals, and the visitor's own word about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sensor {
    /// What the window announces.
    pub(super) field: Field,
    /// What the companion says.
    pub(super) sensed: Sensed,
    /// "Ce champ n'est pas secret": the visitor said, for this visit, that doubt is no reason.
    pub(super) trusted: bool,
}

impl Sensor {
    /// A secret field has the keyboard, or one that nobody can tell from a secret one.
    pub(super) const fn sensitive(self) -> bool {
        match (self.field, self.sensed) {
            (Field::Sensitive, _) => true,
            (Field::Plain, Sensed::Silent | Sensed::Unknown) => !self.trusted,
            (Field::Plain | Field::None, sensed) => sensed.is_secret(),
        }
    }

    /// No signal says secret, and none says that it is not.
    pub(super) const fn is_doubt(self) -> bool {
        matches!(self.sensed, Sensed::Silent | Sensed::Unknown)
            && matches!(self.field, Field::Plain)
    }

    /// The companion does not speak.
    pub(super) const fn is_mute(self) -> bool {
        matches!(self.sensed, Sensed::Silent)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn sensitive(field: Field, sensed: Sensed, trusted: bool) -> bool {
        Sensor {
            field,
            sensed,
            trusted,
        }
        .sensitive()
    }

    #[test]
    fn either_signal_is_enough() {
        use Sensed::{Bank, Card, Code, Identity, Password, Plain};
        for secret in [Password, Code, Card, Bank, Identity] {
            for field in [Field::None, Field::Plain, Field::Sensitive] {
                assert!(sensitive(field, secret, true), "{field:?} {secret:?}");
            }
        }
        assert!(sensitive(Field::Sensitive, Plain, true));
        assert!(!sensitive(Field::Plain, Plain, false));
        assert!(!sensitive(Field::None, Plain, false));
    }

    #[test]
    fn doubt_counts_in_a_field_until_the_visitor_says_otherwise() {
        for doubt in [Sensed::Silent, Sensed::Unknown] {
            assert!(sensitive(Field::Plain, doubt, false));
            assert!(!sensitive(Field::Plain, doubt, true));
            assert!(sensitive(Field::Sensitive, doubt, true));
            assert!(!sensitive(Field::None, doubt, false));
        }
    }
}
