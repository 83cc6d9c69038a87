//! Who may act, with whose yes.
//!
//! Guiding needs no mandate; typing, filling in or validating for somebody does (Aidants Connect,
//! éléments juridiques 2024). So taking the hand is a question, and only the visitor's answer to
//! that very question makes a [`Grant`].

use serde::{Deserialize, Serialize};

/// Names one question, one grant, one pause or one farewell. A stale ticket is refused everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket(pub(super) u32);

impl Ticket {
    /// The ticket's number, for display handles and test probes.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// The function of the person who asks to help: its rank in the configured list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoleId(pub u8);

/// How far a helper may go. *Rien* is the absence of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Montrer: a large pointer, no click reaches the page.
    Show,
    /// Voir: see the page from afar (remote console only).
    See,
    /// Faire: type and click.
    Act,
}

/// One gesture that a visitor may allow (CNIL kit: granular, nothing pre-ticked).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gesture {
    /// Write in a form.
    Write,
    /// Send a document.
    Upload,
    /// Create an e-mail address.
    CreateMail,
    /// Create an account.
    CreateAccount,
    /// Read the confirmation message.
    ReadMail,
    /// Validate or send.
    Submit,
    /// Pay.
    Pay,
    /// Print.
    Print,
}

impl Gesture {
    /// Every gesture, in the order in which the screen lists them.
    pub const ALL: [Self; 8] = [
        Self::Write,
        Self::Upload,
        Self::CreateMail,
        Self::CreateAccount,
        Self::ReadMail,
        Self::Submit,
        Self::Pay,
        Self::Print,
    ];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of gestures; empty by default, because nothing is pre-ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gestures(u8);

impl Gestures {
    /// The set with `gesture` added if absent, removed if present.
    #[must_use]
    pub const fn toggled(self, gesture: Gesture) -> Self {
        Self(self.0 ^ gesture.bit())
    }

    /// Whether `gesture` is in the set.
    #[must_use]
    pub const fn contains(self, gesture: Gesture) -> bool {
        self.0 & gesture.bit() != 0
    }

    /// Whether nothing was ticked.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The gestures of the set, in screen order.
    pub fn iter(self) -> impl Iterator<Item = Gesture> {
        Gesture::ALL.into_iter().filter(move |g| self.contains(*g))
    }
}

/// What a helper asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    /// The function of the person who asks.
    pub role: RoleId,
    /// How far they wish to go.
    pub level: Level,
    /// For how long, in minutes (1 to 120; the configuration's default is 15).
    pub minutes: u8,
}

/// The right of a helper to act, given by the visitor's current Yes and by nothing else.
///
/// It cannot be copied, built from outside, or found by default:
///
/// ```compile_fail
/// fn twice(grant: estran::visit::Grant) { let again = grant.clone(); drop((grant, again)); }
/// ```
/// ```compile_fail
/// let grant = estran::visit::Grant::default();
/// ```
/// ```compile_fail
/// # use estran::visit::{Grant, Level, Gestures};
/// let grant = Grant { ticket: todo!(), request: todo!(), gestures: Gestures::default() };
/// ```
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a grant that nobody holds is a grant taken back"]
pub struct Grant {
    ticket: Ticket,
    request: Request,
    gestures: Gestures,
}

impl Grant {
    /// Made by the visitor's Yes to `ticket`, in `Life` alone.
    pub(super) const fn new(ticket: Ticket, request: Request, gestures: Gestures) -> Self {
        Self {
            ticket,
            request,
            gestures,
        }
    }

    /// The ticket of the question that was answered.
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// What was asked and granted.
    pub const fn request(&self) -> Request {
        self.request
    }

    /// The gestures that the visitor ticked.
    pub const fn gestures(&self) -> Gestures {
        self.gestures
    }
}
