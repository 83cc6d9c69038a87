//! The door to the operating system: owner of the guest, the wipe and the audit.

mod protocol;

pub use protocol::{Command, Document, DocumentId, Notice, Refused, Target, VERSION};
