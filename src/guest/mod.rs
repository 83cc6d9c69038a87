//! The guest: a sandbox whose every writable place is RAM, the browsers inside, and their end.

pub mod agent;
pub mod browser;
pub mod frame;
mod inner;
pub mod outer;
mod release;
pub mod sandbox;
pub mod seccomp;
mod session;
pub mod words;

pub use session::{Form, NotEnded, Session, SessionError};
