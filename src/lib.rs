//! Estran: a privacy-preserving kiosk for assisted-access public terminals.
//!
//! The rooms, and the law of who may name whom (checked by `tests/it/architecture.rs`):
//!
//! | room | what lives there | may name |
//! |---|---|---|
//! | [`visit`] | the life of one visit, pure | nobody |
//! | [`catalogue`] | démarches: closed list, allowed origins | visit, wording |
//! | [`wording`] | every sentence, by key | visit |
//! | [`usage`] | closed counters, their store, suppression, exports | visit, catalogue |
//! | [`rights`] | "Ai-je le droit de… ?": the checked sheet | catalogue |
//! | [`config`] | raw files → checked configuration | visit, catalogue, usage, wording, rights |
//! | [`secrets`] | codes of staff and helpers, the station's keys | nobody |
//! | [`audit`] | probes → findings → verdict | visit, secrets |
//! | [`gate`] | whether the machine is what the house declares | audit, wording |
//! | [`guest`] | sandbox, home, browsers and their policies | visit, config, audit |
//! | [`printer`] | the visit's own print queue, in its own sandbox | audit, guest |
//! | [`stick`] | the visitor's USB stick | nobody |
//! | [`passage`] | the one way out of a session that may open some sites only | catalogue, wording, guest |
//! | [`custodian`] | owner of the guest, wipe and audit; its socket | visit, config, audit, guest, printer, stick, passage, secrets, receipt |
//! | [`journal`] | the programs' own log, in closed words | nobody |
//! | [`guardian`] | the one owner of the visit: timers, ports | visit, audit, guest, custodian, usage |
//! | [`mandate`] | mandate, summary and memo card | visit, catalogue, wording, config, paper |
//! | [`paper`] | typesetting: what is printed or offered as PDF | nobody |
//! | [`bulletin`] | the statistics of a period as files: CSV, JSON, a page | wording, usage, paper |
//! | [`counter`] | what staff may ask of a running station; its socket | visit, audit, config, custodian, guest, guardian, proof, secrets, usage, bulletin, wording |
//! | [`receipt`] | the signed receipt of a wipe | visit, audit, secrets |
//! | [`proof`] | a real visit with a canary, and the search after it | visit, config, wording, audit, guest, printer, custodian, receipt, paper |
//! | [`staff`] | the command line of staff and IT | wording, config, audit, secrets, receipt, proof, usage, bulletin, counter, gate |
//! | `voice` | reading the wording aloud | wording |
//! | `practice` | the practice démarche, served inside the guest | paper |
//! | `display` | nested compositor, seat gate, frames | visit |
//! | `shell` | the iced front-end | visit, catalogue, wording, config, secrets, guardian, custodian, display, paper, usage, bulletin, voice, mandate, counter, audit, receipt, rights |

pub mod audit;
pub mod bulletin;
pub mod catalogue;
pub mod config;
pub mod counter;
pub mod custodian;
#[cfg(feature = "display")]
pub mod display;
pub mod gate;
pub mod guardian;
pub mod guest;
pub mod journal;
pub mod mandate;
pub mod paper;
pub mod passage;
#[cfg(feature = "practice")]
pub mod practice;
pub mod printer;
pub mod proof;
pub mod receipt;
pub mod rights;
pub mod secrets;
#[cfg(feature = "shell")]
pub mod shell;
pub mod staff;
pub mod stick;
pub mod usage;
pub mod visit;
#[cfg(feature = "shell")]
pub mod voice;
pub mod wording;
