//! The timers that should be running now. The life knows no time: the guardian does.

use super::stage::{Mode, Stage};
use super::{Life, Request, Ticket};

/// A timer, as a level: it runs while the life lists it. One with a ticket starts when the ticket
/// first appears; the idle timers start again at every sign of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Nobody has touched the notice or the choice: back to the welcome.
    IdleBefore,
    /// Nobody has touched anything during a visit. Not while a helper acts or a print runs.
    IdleVisit,
    /// An unanswered question is a No.
    Question(Ticket),
    /// The time that was granted.
    Grant(Ticket, Request),
    /// A pause that is not taken up ends the visit.
    Pause(Ticket),
    /// The farewell does not wait for ever.
    Farewell(Ticket),
}

impl Life {
    /// The timers that should be running now.
    pub fn timers(&self) -> Vec<Timer> {
        match &self.stage {
            Stage::Notice { .. } | Stage::Choosing { .. } => vec![Timer::IdleBefore],
            Stage::Guest(guest) => match &guest.mode {
                Mode::Helper { grant } => vec![Timer::Grant(grant.ticket(), grant.request())],
                Mode::Asking { ticket, .. } => vec![Timer::Question(*ticket)],
                Mode::Paused { ticket } => vec![Timer::Pause(*ticket)],
                Mode::Person | Mode::Choosing | Mode::Private { .. } | Mode::Gone
                    if guest.printing =>
                {
                    vec![]
                }
                Mode::Person | Mode::Choosing | Mode::Private { .. } | Mode::Gone => {
                    vec![Timer::IdleVisit]
                }
            },
            Stage::Farewell(farewell) => vec![Timer::Farewell(farewell.ticket)],
            Stage::Auditing { .. }
            | Stage::Welcome { .. }
            | Stage::Wiping { .. }
            | Stage::Quarantined(_) => vec![],
        }
    }
}
