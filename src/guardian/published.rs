//! What the guardian publishes for the screen.

use super::{Ending, Given, Helped, Shut};
use crate::audit::Report;
use crate::custodian::{Document, Printer, Receipted, Refused, Stick};
use crate::usage::Preview;
use crate::visit::View;

/// A level: the screen shows exactly this, and missing one is harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact for the screen"
)]
pub struct Published {
    /// Which screen, with what the life knows.
    pub view: View,
    /// Seconds left of the question, grant, pause or farewell on screen. Above two minutes it is
    /// rounded up to whole minutes, so that the screen is not drawn for nothing.
    pub remaining: Option<u32>,
    /// "Êtes-vous toujours là ?": seconds left, once the warning is due.
    pub idle_left: Option<u32>,
    /// The visit's documents. Empty outside a visit.
    pub documents: Vec<Document>,
    /// The guest has a picture to show.
    pub picture: bool,
    /// The last audit's findings, for staff.
    pub report: Option<Report>,
    /// How long the last wipe took, in milliseconds.
    pub wipe_millis: Option<u32>,
    /// Why the last document that was to be taken could not be.
    pub refused: Option<Refused>,
    /// The printer.
    pub printer: Printer,
    /// The visitor's stick.
    pub stick: Stick,
    /// The house's papers on their way to the stick of staff.
    pub delivered: Delivered,
    /// "Capteur muet": the companion in the guest's browser does not speak, so every field counts
    /// as secret while a helper has the hand.
    pub sensor_mute: bool,
    /// The field that asked for privacy counts as secret only because nobody can judge it.
    pub sensor_doubt: bool,
    /// Nobody is welcomed now, and why.
    pub shut: Option<Shut>,
    /// The visit's end comes nearer: said at ten and at five minutes.
    pub ending: Option<Ending>,
    /// Staff say that others wait.
    pub others_wait: bool,
    /// Which settings count, by the number of their renewal; 0 at the start.
    pub settings: u32,
    /// How the last helper's hand ended, until the next question or the end of the visit.
    pub helped: Option<Helped>,
    /// All the help of the visit that has ended, until the visit's own end.
    pub given: Option<Given>,
    /// A page has just not been opened, because the visit's rules do not allow it.
    pub closed: bool,
    /// A helper has a keyboard and a mouse of their own here.
    pub second_seat: bool,
    /// What the statistics would count of the visit, at its farewell.
    pub line: Option<Preview>,
    /// The latest receipt, for staff.
    pub receipt: Option<Receipted>,
}

/// What became of the house's papers for a stick of staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// How many times the custodian has said how that ended.
    pub ended: u32,
    /// Whether all of them arrived, the last time.
    pub whole: bool,
}
