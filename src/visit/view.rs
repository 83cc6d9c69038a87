//! What the screen must show now.

use serde::{Deserialize, Serialize};

use super::question::EXTENSIONS;
use super::stage::{After, Guest, Mode, Stage};
use super::{
    Asks, Browser, Destination, FarewellCause, Gesture, Gestures, Life, Quarantine, Request, Ticket,
};

/// The screen, as a level: losing or repeating one is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The station is looking whether anything remains.
    Auditing {
        /// After a visit (true) or at start (false).
        after_visit: bool,
    },
    /// Ready for somebody.
    Welcome {
        /// A visit has just been wiped and verified: say so first.
        after_visit: bool,
    },
    /// What this station does with your data.
    Notice,
    /// What would you like to do?
    Choosing,
    /// A guest runs.
    Guest(GuestView),
    /// Before you leave.
    Farewell(FarewellView),
    /// Wiping.
    Wiping {
        /// 1 to `WIPE_ATTEMPTS`.
        attempt: u8,
    },
    /// Out of use until staff have looked.
    Quarantined(Quarantine),
}

/// A running guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GuestView {
    /// What is open.
    pub destination: Destination,
    /// In which browser.
    pub browser: Browser,
    /// In whose hands.
    pub hands: Hands,
}

/// Whose hands the guest is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hands {
    /// The visitor's.
    Person,
    /// The visitor is choosing another démarche; the guest waits.
    Choosing,
    /// A helper's question is on screen.
    Asking {
        /// Answers must carry it.
        ticket: Ticket,
        /// The hand that is asked for, or of which more is asked.
        request: Request,
        /// What it is about.
        asks: Asks,
        /// There was time to read it: a Yes is heard.
        ready: bool,
        /// Its time may be extended (once more).
        may_extend: bool,
    },
    /// A helper's, by the visitor's Yes.
    Helper {
        /// The question that was answered.
        ticket: Ticket,
        /// What was asked.
        request: Request,
        /// What was ticked.
        gestures: Gestures,
        /// The act to which the visitor has just agreed.
        act: Option<Gesture>,
    },
    /// A private moment.
    Private {
        /// Answers must carry it.
        ticket: Ticket,
        /// The visitor said "C'est moi": the page takes input again, theirs alone.
        confirmed: bool,
        /// A sensitive field, not the visitor, asked for it.
        by_field: bool,
        /// A helper's question comes back afterwards.
        helper_waits: bool,
        /// The helper goes on afterwards without a question, by the visitor's choice here; `None`
        /// where there is no such choice.
        returns: Option<bool>,
    },
    /// "Je reviens".
    Paused {
        /// Answers must carry it.
        ticket: Ticket,
    },
    /// The browser stopped by itself.
    Gone,
}

/// "Avant de partir".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FarewellView {
    /// Answers must carry it.
    pub ticket: Ticket,
    /// What led here.
    pub cause: FarewellCause,
    /// Whether "Revenir à ma démarche" is offered.
    pub may_come_back: bool,
    /// A print job is under way.
    pub printing: bool,
    /// Only that print job is still awaited.
    pub leaving: bool,
    /// What was open.
    pub destination: Destination,
}

impl Life {
    /// What the screen must show now.
    pub fn view(&self) -> View {
        match &self.stage {
            Stage::Auditing { after_visit } => View::Auditing {
                after_visit: *after_visit,
            },
            Stage::Welcome { after_visit, .. } => View::Welcome {
                after_visit: *after_visit,
            },
            Stage::Notice { .. } => View::Notice,
            Stage::Choosing { .. } => View::Choosing,
            Stage::Guest(guest) => View::Guest(GuestView {
                destination: guest.destination,
                browser: guest.browser,
                hands: hands(guest),
            }),
            Stage::Farewell(farewell) => View::Farewell(FarewellView {
                ticket: farewell.ticket,
                cause: farewell.cause,
                may_come_back: farewell.cause == FarewellCause::Finished && !farewell.leaving,
                printing: farewell.guest.printing,
                leaving: farewell.leaving,
                destination: farewell.guest.destination,
            }),
            Stage::Wiping { attempt } => View::Wiping { attempt: *attempt },
            Stage::Quarantined(why) => View::Quarantined(*why),
        }
    }
}

fn hands(guest: &Guest) -> Hands {
    match &guest.mode {
        Mode::Person => Hands::Person,
        Mode::Choosing => Hands::Choosing,
        Mode::Asking(question) => Hands::Asking {
            ticket: question.ticket,
            request: question.request,
            asks: question.asks,
            ready: question.ready,
            may_extend: question.more < EXTENSIONS,
        },
        Mode::Helper { grant } => Hands::Helper {
            ticket: grant.ticket(),
            request: grant.request(),
            gestures: grant.gestures(),
            act: grant.act(),
        },
        Mode::Private {
            ticket,
            confirmed,
            by_field,
            after,
        } => Hands::Private {
            ticket: *ticket,
            confirmed: *confirmed,
            by_field: *by_field,
            helper_waits: match after {
                After::Alone => false,
                After::Asks(_) | After::Withheld { .. } => true,
            },
            returns: match after {
                After::Alone | After::Asks(_) => None,
                After::Withheld { returns, .. } => Some(*returns),
            },
        },
        Mode::Paused { ticket } => Hands::Paused { ticket: *ticket },
        Mode::Gone => Hands::Gone,
    }
}
