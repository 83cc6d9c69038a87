//! Identifiers that every room may share.

use serde::{Deserialize, Serialize};

/// A démarche of the catalogue: its rank in the checked configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DemarcheId(pub u16);

/// Where a visitor asked to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A démarche of the catalogue.
    Demarche(DemarcheId),
    /// The open web, where the configuration allows it ("Naviguer librement").
    Free,
    /// The practice démarche with fictitious data ("M'entraîner").
    Practice,
    /// A program of the house beside the browsers, by its rank in the house's list.
    App(AppId),
}

/// A program of the house beside the browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AppId(pub u8);

/// Which of the station's two browsers shows the démarche.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Browser {
    /// The browser that the configuration names first.
    First,
    /// The other one, because some site always fails in one of the two.
    Second,
}

impl Browser {
    /// The other browser of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}
