//! What custodian and agent say to each other. The agent lives in the guest's trust zone: every
//! report is hostile input and stays inside these limits.
#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};

use super::sensor::Sensed;

/// Longest list of documents that is believed.
pub const DOCUMENTS: usize = 200;

/// Custodian → agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Starts the practice démarche and waits until it listens.
    Practice,
    /// Starts the planter of a proof and waits until it serves its page.
    Plant(Planting),
    /// Runs a program as the guest; a program that runs already is stopped first.
    Launch(Launch),
    /// Puts a paper of ours among the session's documents: file name, bytes.
    Paper(String, Vec<u8>),
    /// What follows of such a paper.
    More(String, Vec<u8>),
}

/// What the planter of a proof is told, on its standard input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planting {
    /// What is planted everywhere: lower case letters and digits.
    pub canary: String,
    /// Prints the planter's page into the documents, as [`super::browser::PRINTED`]; nothing when
    /// the browser cannot.
    pub print: Option<Launch>,
}

/// A program to run inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// Program and arguments; never empty.
    pub argv: Vec<String>,
    /// Added to the session's environment.
    pub env: Vec<(String, String)>,
    /// Files to write into the home first: path relative to the home, content.
    pub files: Vec<(String, String)>,
    /// A running program started with the same arguments but the last takes the order itself: it
    /// is not stopped (a second `chromium` hands its address to the first).
    pub forward: bool,
}

/// Agent → custodian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The agent runs and the session's folders exist.
    Ready,
    /// The order was followed.
    Done,
    /// The order could not be followed.
    Failed,
    /// The guest's program stopped by itself.
    Exited,
    /// The browser did not open a page, by its own rules.
    Closed,
    /// The documents folder, whenever it changes: name and bytes.
    Documents(Vec<(String, u64)>),
    /// The kind of field that has the keyboard, whenever it changes; silent until it is told.
    Sensed(Sensed),
}
