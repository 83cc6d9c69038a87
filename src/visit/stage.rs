//! Where a visit stands. Private to the room: others read [`super::View`] and [`super::Policy`].

use serde::{Deserialize, Serialize};

use super::consent::Withheld;
use super::{Asks, Browser, Destination, Grant, Request, Ticket};

/// The station may welcome someone. Only a clean audit makes one; a guest uses it up.
///
/// ```compile_fail
/// let clean = estran::visit::Clean::default();
/// ```
/// ```compile_fail
/// fn twice(clean: estran::visit::Clean) { let again = clean.clone(); drop((clean, again)); }
/// ```
/// ```compile_fail
/// let clean = estran::visit::Clean::certified();
/// ```
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a station is only clean while somebody holds the proof"]
pub struct Clean(());

impl Clean {
    /// For `audit::verdict` alone, which calls it after every probe has spoken (the architecture
    /// test looks for any other caller).
    pub(crate) const fn certified() -> Self {
        Self(())
    }
}

/// Why a station refuses to welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quarantine {
    /// The audit found something, or could not look.
    Residue,
    /// The wipe failed as often as it was tried.
    WipeFailed,
    /// The custodian is gone.
    CustodianLost,
}

/// What led to the farewell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FarewellCause {
    /// The visitor said so.
    Finished,
    /// Nobody was there any more.
    Idle,
    /// A pause was not taken up again.
    PauseOver,
    /// Staff ended the visit.
    Staff,
    /// The house closes.
    Closing,
    /// The visit had lasted as long as it may while others wait.
    LongEnough,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Auditing { after_visit: bool },
    Welcome { clean: Clean, after_visit: bool },
    Notice { clean: Clean },
    Choosing { clean: Clean },
    Guest(Guest),
    Farewell(Farewell),
    Wiping { attempt: u8 },
    Quarantined(Quarantine),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Guest {
    pub destination: Destination,
    pub browser: Browser,
    /// Counts the starts and openings of this visit, so that the guardian acts once on each.
    pub opening: u32,
    /// Whether a sensitive field has the focus.
    pub sensitive: bool,
    pub printing: bool,
    pub mode: Mode,
}

/// Whose hands the guest is in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Person,
    Choosing,
    Asking(Question),
    Helper {
        grant: Grant,
    },
    Private {
        ticket: Ticket,
        confirmed: bool,
        by_field: bool,
        after: After,
    },
    Paused {
        ticket: Ticket,
    },
    Gone,
}

/// What becomes of a helper once the visitor is no longer alone with a secret.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum After {
    /// None was there.
    Alone,
    /// They are asked for again.
    Asks(Request),
    /// They had the hand when a field asked for privacy: asked again, unless the visitor chose on
    /// the private screen that they go on.
    Withheld { grant: Withheld, returns: bool },
}

/// A question on screen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub ticket: Ticket,
    /// The hand that is asked for, or of which more is asked.
    pub request: Request,
    pub asks: Asks,
    /// There was time to read it.
    pub ready: bool,
    /// How often its time was extended.
    pub more: u8,
    /// The right that waits while more is asked. A No leaves it as it was.
    pub held: Option<Grant>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Farewell {
    pub ticket: Ticket,
    pub cause: FarewellCause,
    /// The visit to return to, when the visitor opened the farewell themselves.
    pub guest: Guest,
    /// The visitor or the clock said "erase"; only a print job is still awaited.
    pub leaving: bool,
}
