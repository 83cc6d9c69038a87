//! The languages that the station speaks.

use serde::{Deserialize, Serialize};

/// A language of the station. French is always complete: it alone has legal value here.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Every language, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag, which is also the name of its wording folder.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
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
            Self::En => "English",
        }
    }

    /// Whether the language is written from right to left, so that the layout is mirrored.
    #[must_use]
    pub const fn rtl(self) -> bool {
        match self {
            Self::Fr | Self::En => false,
        }
    }

    /// Its place in [`Lang::ALL`].
    pub(super) const fn rank(self) -> usize {
        self as usize
    }
}
