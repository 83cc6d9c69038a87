//! What is asked at the counter and answered, over its socket: JSON in length-limited frames.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConfigurationState, Entry, Health, Status};

/// The version of the questions and of the answers' form.
pub const VERSION: u16 = 1;

/// What is asked. The first is always [`Ask::Hello`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Which version the asker speaks, and in which language sentences should be.
    Hello {
        /// [`VERSION`].
        version: u16,
        /// Of the configuration's mistakes.
        lang: crate::wording::Lang,
    },
    /// What the station is doing.
    Status,
    /// The machine's health.
    Health,
    /// Where the configuration stands.
    Config,
    /// The journal of acts.
    Acts,
    /// "Remettre à zéro".
    Reset {
        /// Skip the farewell.
        now: bool,
    },
    /// Release from quarantine.
    Release,
    /// Close from the next welcome on.
    Close {
        /// For maintenance; else for today.
        maintenance: bool,
    },
    /// Open again, or stay open.
    Open,
    /// Others wait, or no longer.
    OthersWait(bool),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// To `Hello`.
    Welcome {
        /// The station's version of this form.
        version: u16,
    },
    /// What the station is doing.
    Status(Status),
    /// The machine's health.
    Health(Health),
    /// Where the configuration stands.
    Config(ConfigurationState),
    /// The journal of acts, oldest first.
    Acts(Vec<Entry>),
    /// Done.
    Done,
    /// Not done.
    Refused(Why),
}

/// Why something was not done.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The asker speaks another version.
    #[error("another version: install estranctl and estran of the same version")]
    Version,
    /// Not a question.
    #[error("the question was not understood")]
    Garbage,
    /// It makes no sense in the station's present state.
    #[error("not possible in the station's present state")]
    NotNow,
    /// A proof runs, and the station stays closed until it has ended.
    #[error(
        "a proof of the wipe is being made; the station opens by itself when it has ended, in a \
         minute or two"
    )]
    Proof,
    /// The asker is not the station's own user, nor root.
    #[error("only the station's own user and root may ask")]
    NotAllowed,
}
