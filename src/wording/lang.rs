//! The languages that the station speaks.

use serde::{Deserialize, Serialize};

/// A language of the station. French is always complete: it alone has legal value here.
///
/// Another one needs a variant here, a folder of wording, and a voice; the compiler and the tests
/// of this room name every place that then is to be filled.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// French that is easy to read and to understand (FALC).
    #[serde(rename = "fr-x-falc")]
    FrFalc,
    /// English.
    En,
    /// Arabic, written from right to left.
    Ar,
}

impl Lang {
    /// Every language, French first.
    pub const ALL: [Self; 4] = [Self::Fr, Self::FrFalc, Self::En, Self::Ar];

    /// The languages in which every sentence is written, key by key. The others say the rest in
    /// French, and a test shows what they lack.
    pub const WHOLE: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag, which is also the name of its wording folder.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::FrFalc => "fr-x-falc",
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The tag that browsers and voices know: no private part.
    #[must_use]
    pub const fn plain_tag(self) -> &'static str {
        match self {
            Self::Fr | Self::FrFalc => "fr",
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The language of this BCP 47 tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language's name in the language itself: who looks for it reads only that.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::FrFalc => "Français facile",
            Self::En => "English",
            Self::Ar => "العربية",
        }
    }

    /// Whether the language is written from right to left, so that the layout is mirrored.
    #[must_use]
    pub const fn rtl(self) -> bool {
        match self {
            Self::Fr | Self::FrFalc | Self::En => false,
            Self::Ar => true,
        }
    }

    /// Its place in [`Lang::ALL`].
    pub(super) const fn rank(self) -> usize {
        self as usize
    }
}
