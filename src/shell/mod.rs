//! The iced front-end: it routes, and holds projections only.
//!
//! The guardian says which screen must show; a screen says what the visitor did. Nothing here
//! decides anything about the visit.
#![forbid(unsafe_code)]

mod app;
mod broken;
pub mod buttons;
pub mod control;
pub mod delay;
pub mod desk;
pub mod door;
pub mod focus;
pub mod fonts;
pub mod guest_area;
pub mod guest_side;
#[cfg(any(test, feature = "shots"))]
pub mod headless;
pub mod icon;
pub mod keypad;
pub mod kit;
pub mod layout;
pub mod look;
pub mod model;
mod node;
pub mod ports;
#[cfg(feature = "probe")]
mod probe;
pub mod reader;
pub mod said;
#[cfg(any(test, feature = "shots"))]
pub mod sample;
#[cfg(any(test, feature = "shots"))]
pub mod sample_visit;
pub mod screen;
#[cfg(feature = "shots")]
pub mod shots;
#[cfg(any(test, feature = "shots"))]
mod shots_staff;
#[cfg(any(test, feature = "shots"))]
mod shots_visit;
pub mod signal;
mod split;
pub mod theme;
pub mod tiles;
pub mod tools;
pub mod wave;

pub use app::{Start, run};
pub use broken::{Ended, out_of_service};
#[cfg(feature = "probe")]
pub use probe::RecordedHelper;
