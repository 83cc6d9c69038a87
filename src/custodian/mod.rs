//! The door to the operating system: owner of the guest, the wipe and the audit.
#![forbid(unsafe_code)]

mod client;
mod daemon;
mod devices;
mod documents;
mod door;
mod ending;
mod errand;
mod hear;
mod journey;
mod protocol;
mod receipts;
mod relay;
mod runtime;
mod station;
mod sticks;
mod uploads;
mod ways;

pub use client::{Client, ClientError, ClientSettings};
pub use daemon::{Daemon, Settings, desk};
pub use protocol::{
    Command, Document, DocumentId, Notice, Paper, Printer, Receipted, Refused, Stick, Target,
    VERSION,
};
pub use relay::{DoorPaths, keep_door};
pub use runtime::{runtime_directory, stale_runtimes_removed};
pub use station::{STATION_SOCKET, StationPaths, station};
