//! The proof: a real visit with a canary everywhere, and a search of the machine after its wipe.
//!
//! `estranctl prove` is for staff, IT and the data protection officer. It starts the very
//! custodian of a visit, lets a planter leave the canary wherever a visitor leaves traces, shows
//! that each was there, has the custodian wipe and audit, and then looks everywhere it may.

mod canary;
mod custody;
mod ipc;
pub mod plant;
pub mod result;
pub mod search;
mod sheet;
mod table;
mod turn;
mod visit;

pub use canary::{Canary, Plant};
pub use custody::Custody;
pub use result::{Proof, Verdict};
pub use sheet::sheet;
pub use table::{plants, remarks, table, verdict};
pub use visit::{Guest, LOOK_INSIDE, ProofError, Step, Wanted, look, look_inside, prove};
