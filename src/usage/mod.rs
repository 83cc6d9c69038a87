//! What a house may count of its visits: closed lists, months and quarters, never a person.
//!
//! A visit is one [`Line`] of ten choices, made in memory and counted once, each choice for itself
//! ([`Book`]). The counters go to one small file at a fixed hour and at shutdown ([`Ledger`]). What
//! is shown goes through [`protect()`]: thresholds, secondary suppression, rounding, and an
//! attacker that tries to work out what is hidden.
#![forbid(unsafe_code)]

mod attack;
mod board;
mod book;
mod calendar;
mod clerk;
mod export;
mod ledger;
mod line;
mod period;
mod private;
mod protect;
mod release;
mod solve;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod trace;
mod words;

pub use attack::{Bounds, Knowledge, Number};
pub use board::Board;
pub use book::{Book, Cell, Counts, Pair};
pub use calendar::Hour;
pub use clerk::{Clerk, Keeping, Tray};
pub use export::{NotAnExport, csv, json, read_csv};
pub use ledger::{ExportError, Found, Ledger, LedgerError, budget, directory, export, look};
pub use line::{
    Consentement, Dimension, Duree, Effacement, Fin, Issue, Line, Mode, Operateur, Orientation,
    Posture, Rank, Thematique,
};
pub use period::{Month, NoPeriod, Period, Quarter};
pub use private::{Budget, NoNoise, Privacy};
pub use protect::{
    Onlooker, Thresholds, Withheld, for_export, for_staff, gives_away, guard, protect,
};
pub use release::{ROUNDING, Release, Shown, Total};
pub use store::{Unreadable, VERSION, read as read_store, write as write_store};
pub use trace::{Note, Preview, Subject, Trace};
