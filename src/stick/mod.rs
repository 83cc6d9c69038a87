//! The visitor's own USB stick. What lies on it is never read: documents are added, whole or not
//! at all, and what was added is on the stick before anybody says so.
#![forbid(unsafe_code)]

mod copy;
mod device;
mod find;
mod name;
mod watch;

pub use copy::{Copied, add_all, copy};
pub use device::{Kind, Mounted};
pub use find::{BLOCK, Plugged, find};
pub use watch::Watch;
