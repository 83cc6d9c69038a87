//! The life of one visit, as a pure function.
//!
//! One owner (the guardian) applies [`Event`]s to a [`Life`]. What must be true *now* is read
//! back as levels: [`View`] for the screen, [`Policy`] for the seat and the custodian, and the
//! [`Timer`]s that should be running. Nothing here knows of clocks, files, processes or screens.
#![forbid(unsafe_code)]

mod consent;
mod event;
mod field;
mod ids;
mod life;
mod person;
mod policy;
mod question;
mod stage;
mod timer;
mod view;

#[cfg(test)]
mod explorer;

pub use consent::{Asks, Deed, Gesture, Gestures, Grant, Level, Place, Request, RoleId, Ticket};
pub use event::{Clock, Event, Helper, Machine, Person, Staff, Verdict};
pub use field::Field;
pub use ids::{AppId, Browser, DemarcheId, Destination};
pub use life::{Heard, Life, Refusal};
pub use policy::{Desk, HelperGate, Order, Policy};
pub use stage::{Clean, FarewellCause, Quarantine};
pub use timer::Timer;
pub use view::{FarewellView, GuestView, Hands, View};
