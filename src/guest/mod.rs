//! The guest: a sandbox whose every writable place is RAM, the browsers inside, and their end.

pub mod agent;
pub mod browser;
mod companion;
mod documents;
pub mod frame;
mod inner;
pub mod outer;
mod release;
pub mod sandbox;
pub mod seccomp;
pub mod sensor;
mod session;
mod walled;
pub mod words;

pub use documents::open_document;
pub(crate) use inner::memory;
pub(crate) use release::Release;
pub use session::{Form, NotEnded, Session, SessionError};
pub(crate) use walled::{Walled, adopt_orphans};
