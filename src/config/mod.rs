//! From the files of a house to a checked configuration, or to an error that says what to do.
//!
//! Raw types are what a file may say; [`Config`] is what the rest of Estran may rely on. Between
//! them every bound is checked, once.
#![forbid(unsafe_code)]

mod apps;
mod checked;
mod checker;
mod custody;
mod demarches;
mod devices;
mod keyboard;
mod load;
mod opening;
mod problem;
mod raw;
mod report;
mod rights;
mod schema;
mod sites;
mod station;
mod statistics;
#[cfg(test)]
mod tests;
mod theme;
mod watch;

pub use apps::App;
pub use checked::{
    BrowserKind, Browsers, Config, Help, NetworkJournal, Place, Printer, Role, Screen, Session,
    Statistics, TextSize, Timers, VisitLimit,
};
pub use custody::Custody;
pub use devices::{Health, UsbPolicy};
pub use keyboard::Keyboard;
pub use opening::{Moment, Opening, Stretch};
pub use problem::{ConfigError, Finding, Problem, Unfit};
pub use schema::{FILES, File, Setting, schema, settings, table};
pub use sites::{Reach, Sites, SitesMode};
pub use theme::{Colour, Theme};
pub use watch::{Edit, watch};
