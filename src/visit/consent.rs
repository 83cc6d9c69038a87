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

/// What was seen at the seat while a helper had the hand, in closed words: that it happened, never
/// what was written or where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A key went to the page.
    Wrote,
    /// A button or a finger went to the page.
    Clicked,
    /// The large pointer moved.
    Showed,
}

/// Where the helper sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Beside the visitor: the station's own devices, or a second keyboard and mouse.
    Here,
    /// At the remote console.
    Far,
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

    /// The gestures that are asked again at the moment of the act, whatever was ticked before
    /// (Aidants Connect; CNIL kit).
    pub const AGAIN: [Self; 3] = [Self::ReadMail, Self::Submit, Self::Pay];

    /// Whether it is asked again at the moment of the act.
    #[must_use]
    pub const fn is_asked_again(self) -> bool {
        match self {
            Self::ReadMail | Self::Submit | Self::Pay => true,
            Self::Write | Self::Upload | Self::CreateMail | Self::CreateAccount | Self::Print => {
                false
            }
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of gestures; empty by default, because nothing is pre-ticked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gestures(u8);

impl Gestures {
    /// The set of `gesture` alone.
    #[must_use]
    pub const fn only(gesture: Gesture) -> Self {
        Self(gesture.bit())
    }

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

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in one of both sets at least.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
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
    /// Where they sit.
    pub place: Place,
    /// What they wish to do; none for the other levels than *Faire*.
    pub asked: Gestures,
    /// For how long, in minutes (1 to 120; the configuration's default is 15).
    pub minutes: u8,
}

impl Request {
    /// Whether it may be put to a visitor at all: it lasts, *Voir* is for the remote console
    /// alone, and *Faire* says what is to be done.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        let place = match (self.level, self.place) {
            (Level::See, Place::Here) => false,
            (Level::See, Place::Far) | (Level::Show | Level::Act, Place::Here | Place::Far) => true,
        };
        let said = match self.level {
            Level::Act => !self.asked.is_empty(),
            Level::Show | Level::See => true,
        };
        place && said && self.minutes >= 1 && self.minutes <= 120
    }
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// The hand itself.
    Hand,
    /// One act, at the moment of the act.
    Act(Gesture),
    /// More time for the same gestures.
    Longer {
        /// Minutes more, from the Yes on.
        minutes: u8,
        /// What was ticked before.
        gestures: Gestures,
    },
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
/// let grant = Grant { ticket: todo!(), since: todo!(), request: todo!(), gestures: Gestures::default(), act: None };
/// ```
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a grant that nobody holds is a grant taken back"]
pub struct Grant {
    ticket: Ticket,
    since: Ticket,
    request: Request,
    gestures: Gestures,
    act: Option<Gesture>,
}

impl Grant {
    /// Made by the visitor's Yes to `ticket`, in `Life` alone.
    pub(super) const fn new(ticket: Ticket, request: Request, gestures: Gestures) -> Self {
        Self {
            ticket,
            since: ticket,
            request,
            gestures,
            act: None,
        }
    }

    /// The same right, and one act more, by the visitor's Yes to `ticket`. Its time goes on.
    pub(super) const fn with_act(self, ticket: Ticket, act: Gesture) -> Self {
        Self {
            ticket,
            act: Some(act),
            ..self
        }
    }

    /// The act is done, or its time is over.
    pub(super) const fn without_act(self) -> Self {
        Self { act: None, ..self }
    }

    /// Put aside while the visitor is alone with a secret.
    pub(super) const fn withheld(self) -> Withheld {
        Withheld(self.without_act())
    }

    /// The ticket of the question that was answered last.
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// The ticket of the question that gave the hand: its time runs from that answer.
    pub const fn since(&self) -> Ticket {
        self.since
    }

    /// The act to which the visitor has just agreed.
    pub const fn act(&self) -> Option<Gesture> {
        self.act
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

/// A right that nobody can use: the visitor is alone with a secret. Only the visitor makes a
/// [`Grant`] of it again, and its time goes on meanwhile.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Withheld(Grant);

impl Withheld {
    /// The same right, under a new ticket: whatever was refused under the old one stays refused.
    pub(super) const fn given_back(self, ticket: Ticket) -> Grant {
        let Self(grant) = self;
        Grant { ticket, ..grant }
    }

    /// What was asked.
    pub(super) const fn request(&self) -> Request {
        self.0.request
    }

    /// From when its time runs.
    pub(super) const fn since(&self) -> Ticket {
        self.0.since
    }
}
