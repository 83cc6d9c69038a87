//! The timers that should be running now. The life knows no time: the guardian does.

use super::stage::{After, Mode, Stage};
use super::{Grant, Life, Request, Ticket};

/// A timer, as a level: it runs while the life lists it. One with a ticket starts when the ticket
/// first appears; the idle timers start again at every sign of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Nobody has touched the notice or the choice: back to the welcome.
    IdleBefore,
    /// Nobody has touched anything during a visit. Not while a helper acts or a print runs.
    IdleVisit,
    /// An unanswered question is a No. The number counts how often its time was extended.
    Question(Ticket, u8),
    /// The time to read a question, before a Yes is heard.
    Reading(Ticket),
    /// The time that was granted.
    Grant(Ticket, Request),
    /// An act that was agreed to is done soon, or asked again.
    Act(Ticket),
    /// A pause that is not taken up ends the visit.
    Pause(Ticket),
    /// The farewell does not wait for ever.
    Farewell(Ticket),
}

const fn of(grant: &Grant) -> Timer {
    Timer::Grant(grant.since(), grant.request())
}

impl Life {
    /// The timers that should be running now.
    pub fn timers(&self) -> Vec<Timer> {
        match &self.stage {
            Stage::Notice { .. } | Stage::Choosing { .. } => vec![Timer::IdleBefore],
            Stage::Guest(guest) => match &guest.mode {
                Mode::Helper { grant } => {
                    let act = grant.act().map(|_| Timer::Act(grant.ticket()));
                    std::iter::once(of(grant)).chain(act).collect()
                }
                Mode::Asking(question) => {
                    let reading = (!question.ready).then_some(Timer::Reading(question.ticket));
                    let held = question.held.as_ref().map(of);
                    std::iter::once(Timer::Question(question.ticket, question.more))
                        .chain(reading)
                        .chain(held)
                        .collect()
                }
                Mode::Paused { ticket } => vec![Timer::Pause(*ticket)],
                Mode::Private {
                    after: After::Withheld { grant, .. },
                    ..
                } => {
                    let idle = (!guest.printing).then_some(Timer::IdleVisit);
                    std::iter::once(Timer::Grant(grant.since(), grant.request()))
                        .chain(idle)
                        .collect()
                }
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
