//! The hands and eyes of a black-box test.
//!
//! A test drives Estran as a person would: it sees a screen ([`Picture`]), moves a mouse and
//! presses keys ([`Desk`]) on a private X server ([`Server`]), and asks the front-end's developer
//! socket where its controls are ([`Ui`]). What a person cannot do, a sceptic can: read the
//! practice site's own record, and search memory, files and IPC for a secret ([`trace`]).
//!
//! Nothing here knows the inside of Estran.
#![allow(
    clippy::disallowed_methods,
    reason = "a test driver is all doors: processes, files, time"
)]
#![forbid(unsafe_code)]

mod azerty;
mod desk;
mod helper;
mod kiosk;
mod page;
mod picture;
pub mod practice;
mod printer;
mod server;
pub mod trace;
mod ui;
pub mod visit;
mod wait;

pub use azerty::{Level, Stroke, key_code, strokes};
pub use desk::{Button, Desk};
pub use helper::Helper;
pub use kiosk::{Kiosk, Options, STAFF_CODE, STEP};
pub use page::Page;
pub use picture::{Colour, Picture, Rect};
pub use printer::Printer;
pub use server::Server;
pub use ui::{Control, Guest, Ui};
pub use wait::{wait_for, wait_until};

/// What can go wrong is said in words; a test only shows it.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The driver's result.
pub type Result<T = ()> = std::result::Result<T, Error>;
