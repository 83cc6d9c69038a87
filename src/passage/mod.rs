//! The passage: the one way out of a session that may open some sites and no others. A small forward
//! proxy at which every request names the site that it wants, before a name is looked up and before
//! anything is sent. Nothing of TLS is opened: a request for `https` names its site (RFC 9110,
//! 9.3.6), and what follows is carried unread.
//!
//! It listens inside the session's network, where nothing else leads out, and runs outside it, in a
//! sandbox of its own, as nobody, in the session's control group.
#![forbid(unsafe_code)]

mod ask;
mod list;
mod meter;
mod page;
mod serve;
mod wall;

pub use ask::{Ask, LONGEST, Refusal, read};
pub use list::List;
pub use meter::Meter;
pub use page::{Words, page};
pub use serve::{Orders, run};
pub use wall::{Passage, PassageError};

/// Where it listens, inside the session's own network.
pub use crate::guest::sandbox::PASSAGE_ADDRESS as ADDRESS;
