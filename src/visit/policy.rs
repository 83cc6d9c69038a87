//! What the seat and the custodian must do now.

use super::stage::{Guest, Mode, Stage};
use super::{Browser, Destination, Gesture, Level, Life, Ticket};

/// Where input of the station's own keyboard, mouse and screen goes below the trusted bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Desk {
    /// Nothing reaches the guest.
    Shell,
    /// The guest takes it.
    Guest,
}

/// What a helper's own device may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelperGate {
    /// Its events are dropped.
    Dropped,
    /// Its motion moves the large pointer; nothing reaches the page.
    Pointer(Ticket),
    /// Its events reach the page.
    Acts(Ticket),
}

/// What the custodian must bring about. Each value names one piece of work: the guardian carries
/// it out once, and a repeated order is no new work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// No guest, nothing to do.
    Nothing,
    /// A guest shows this.
    Guest {
        /// What to open.
        destination: Destination,
        /// In which browser.
        browser: Browser,
        /// Counts the openings of this visit; a new number means "open it (again)".
        opening: u32,
    },
    /// Kill, then wipe.
    Wipe {
        /// Unique for each attempt.
        round: u32,
    },
    /// Look whether anything remains.
    Audit {
        /// Unique for each audit.
        round: u32,
    },
}

/// What must be true now, for the seat and the custodian. Total: every stage has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// The custodian's order.
    pub order: Order,
    /// The desk's input.
    pub desk: Desk,
    /// The helper's devices.
    pub helper: HelperGate,
    /// The key that sends a form reaches the page from the helper's devices: only after the
    /// visitor's Yes to that very act.
    pub sends: bool,
    /// The guest's picture is covered.
    pub veiled: bool,
}

impl Life {
    /// What must be true now.
    pub fn policy(&self) -> Policy {
        let shell = |order| Policy {
            order,
            desk: Desk::Shell,
            helper: HelperGate::Dropped,
            sends: false,
            veiled: true,
        };
        match &self.stage {
            Stage::Auditing { .. } => shell(Order::Audit { round: self.round }),
            Stage::Welcome { .. }
            | Stage::Notice { .. }
            | Stage::Choosing { .. }
            | Stage::Quarantined(_) => shell(Order::Nothing),
            Stage::Guest(guest) => guest_policy(guest),
            Stage::Farewell(farewell) => shell(order(&farewell.guest)),
            Stage::Wiping { .. } => shell(Order::Wipe { round: self.round }),
        }
    }
}

const fn order(guest: &Guest) -> Order {
    Order::Guest {
        destination: guest.destination,
        browser: guest.browser,
        opening: guest.opening,
    }
}

fn guest_policy(guest: &Guest) -> Policy {
    let order = order(guest);
    let closed = Policy {
        order,
        desk: Desk::Shell,
        helper: HelperGate::Dropped,
        sends: false,
        veiled: true,
    };
    let person = Policy {
        desk: Desk::Guest,
        veiled: false,
        ..closed
    };
    match &guest.mode {
        Mode::Person
        | Mode::Private {
            confirmed: true, ..
        } => person,
        Mode::Helper { grant } => match grant.request().level {
            Level::Show => Policy {
                helper: HelperGate::Pointer(grant.ticket()),
                ..person
            },
            Level::See => person,
            Level::Act => Policy {
                helper: HelperGate::Acts(grant.ticket()),
                sends: matches!(grant.act(), Some(Gesture::Submit | Gesture::Pay)),
                ..person
            },
        },
        Mode::Choosing
        | Mode::Asking(_)
        | Mode::Private {
            confirmed: false, ..
        }
        | Mode::Paused { .. }
        | Mode::Gone => closed,
    }
}
