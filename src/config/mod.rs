//! From the files of a house to a checked configuration, or to an error that says what to do.
//!
//! Raw types are what a file may say; [`Config`] is what the rest of Estran may rely on. Between
//! them every bound is checked, once.
#![forbid(unsafe_code)]

mod checked;
mod checker;
mod custody;
mod demarches;
mod keyboard;
mod load;
mod problem;
mod raw;
mod report;
mod station;
mod statistics;
#[cfg(test)]
mod tests;

pub use checked::{
    BrowserKind, Browsers, Config, Help, NetworkJournal, Place, Printer, Role, Screen, Session,
    Statistics, TextSize, Timers,
};
pub use custody::Custody;
pub use keyboard::Keyboard;
pub use problem::{ConfigError, Finding, Problem};
