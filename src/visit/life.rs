//! The table of a visit's life: stage first, then speaker.

use super::event::{Clock, Event, Machine, Person, Staff, Verdict};
use super::stage::{After, Farewell, Guest, Mode, Stage};
use super::{Asks, Browser, Clean, Destination, FarewellCause, Quarantine, Ticket};

/// How often a wipe is tried before the station is quarantined.
pub const WIPE_ATTEMPTS: u8 = 3;

/// Whether an event was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The life changed, or the event confirmed what was so already.
    Taken,
    /// The life is unchanged.
    Refused(Refusal),
}

/// Why an event changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It answers a question that is no longer asked.
    Stale,
    /// It has no meaning at this stage.
    NotNow,
}

/// A visit's life. Starts in auditing: a station that has just booted promises nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct Life {
    pub(super) stage: Stage,
    pub(super) next: u32,
    /// Counts wipes and audits, so that the guardian carries each out once.
    pub(super) round: u32,
}

impl Default for Life {
    fn default() -> Self {
        Self::booted()
    }
}

pub(super) type Step = Result<Stage, (Stage, Refusal)>;

impl Life {
    /// The life of a station that has just started.
    pub const fn booted() -> Self {
        Self {
            stage: Stage::Auditing { after_visit: false },
            next: 1,
            round: 1,
        }
    }

    /// Applies one event. A refused event leaves the life as it was.
    #[must_use]
    pub fn on(self, event: Event) -> (Self, Heard) {
        let Self {
            stage,
            mut next,
            mut round,
        } = self;
        let order = Order {
            next: &mut next,
            round: &mut round,
        };
        let (stage, heard) = match order.step(stage, event) {
            Ok(stage) => (stage, Heard::Taken),
            Err((stage, why)) => (stage, Heard::Refused(why)),
        };
        (Self { stage, next, round }, heard)
    }
}

/// The counters of one step.
pub(super) struct Order<'a> {
    next: &'a mut u32,
    round: &'a mut u32,
}

pub(super) fn not_now(stage: Stage) -> Step {
    Err((stage, Refusal::NotNow))
}

impl Order<'_> {
    pub(super) const fn ticket(&mut self) -> Ticket {
        let ticket = Ticket(*self.next);
        *self.next += 1;
        ticket
    }

    const fn wipe(&mut self, attempt: u8) -> Stage {
        *self.round += 1;
        Stage::Wiping { attempt }
    }

    const fn audit(&mut self) -> Stage {
        *self.round += 1;
        Stage::Auditing { after_visit: true }
    }

    fn step(mut self, stage: Stage, event: Event) -> Step {
        if let Event::Machine(Machine::CustodianLost) = event {
            return Ok(Stage::Quarantined(Quarantine::CustodianLost));
        }
        match stage {
            Stage::Auditing { .. } => Self::auditing(stage, event),
            Stage::Welcome { clean, after_visit } => Self::welcome(clean, after_visit, event),
            Stage::Notice { clean } => Self::notice(clean, event),
            Stage::Choosing { clean } => Self::choosing(clean, event),
            Stage::Guest(guest) => self.guest(guest, event),
            Stage::Farewell(farewell) => self.farewell(farewell, event),
            Stage::Wiping { attempt } => self.wiping(attempt, event),
            Stage::Quarantined(why) => match event {
                Event::Staff(Staff::Release) => Ok(self.wipe(1)),
                Event::Person(_)
                | Event::Helper(_)
                | Event::Clock(_)
                | Event::Machine(_)
                | Event::Staff(Staff::Reset) => not_now(Stage::Quarantined(why)),
            },
        }
    }

    fn auditing(stage: Stage, event: Event) -> Step {
        let Stage::Auditing { after_visit } = stage else {
            return not_now(stage);
        };
        match event {
            Event::Machine(Machine::Audited(Verdict::Clean(clean))) => {
                Ok(Stage::Welcome { clean, after_visit })
            }
            Event::Machine(Machine::Audited(Verdict::Residue)) => {
                Ok(Stage::Quarantined(Quarantine::Residue))
            }
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(stage),
        }
    }

    fn welcome(clean: Clean, after_visit: bool, event: Event) -> Step {
        match event {
            Event::Person(Person::Touched) => Ok(Stage::Notice { clean }),
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(Stage::Welcome { clean, after_visit }),
        }
    }

    fn notice(clean: Clean, event: Event) -> Step {
        match event {
            Event::Person(Person::Read) => Ok(Stage::Choosing { clean }),
            Event::Person(Person::Left)
            | Event::Clock(Clock::Idle | Clock::Closing)
            | Event::Staff(Staff::Reset) => Ok(Stage::Welcome {
                clean,
                after_visit: false,
            }),
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(Stage::Notice { clean }),
        }
    }

    fn choosing(clean: Clean, event: Event) -> Step {
        match event {
            Event::Person(Person::Chose(destination)) => {
                let Clean { .. } = clean; // used up: what follows must be wiped
                Ok(Stage::Guest(Guest {
                    destination,
                    browser: Browser::First,
                    opening: 1,
                    sensitive: false,
                    printing: false,
                    mode: Mode::Person,
                }))
            }
            Event::Person(Person::Left)
            | Event::Clock(Clock::Idle | Clock::Closing)
            | Event::Staff(Staff::Reset) => Ok(Stage::Welcome {
                clean,
                after_visit: false,
            }),
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(Stage::Choosing { clean }),
        }
    }

    fn guest(&mut self, guest: Guest, event: Event) -> Step {
        match event {
            Event::Person(Person::Finish) => Ok(self.leave(guest, FarewellCause::Finished)),
            Event::Clock(Clock::Idle) => Ok(self.leave(guest, FarewellCause::Idle)),
            Event::Clock(Clock::Closing) => Ok(self.leave(guest, FarewellCause::Closing)),
            Event::Clock(Clock::LongEnough) => Ok(self.leave(guest, FarewellCause::LongEnough)),
            Event::Staff(Staff::Reset) => Ok(self.leave(guest, FarewellCause::Staff)),
            Event::Person(said) => self.person(guest, said),
            Event::Helper(said) => self.helper(guest, said),
            Event::Clock(Clock::Read(ticket)) => Self::read(guest, ticket),
            Event::Clock(Clock::Expired(ticket)) => self.expired(guest, ticket),
            Event::Machine(said) => self.machine(guest, said),
            Event::Staff(Staff::Release) => not_now(Stage::Guest(guest)),
        }
    }

    pub(super) fn leave(&mut self, guest: Guest, cause: FarewellCause) -> Stage {
        // Whatever right was held ends here; coming back starts from the person alone.
        let guest = Guest {
            mode: Mode::Person,
            ..guest
        };
        Stage::Farewell(Farewell {
            ticket: self.ticket(),
            cause,
            guest,
            leaving: false,
        })
    }

    pub(super) fn private(&mut self, guest: Guest, by_field: bool, after: After) -> Stage {
        let ticket = self.ticket();
        // Asked for by the visitor, it is already them; found by a field, they confirm first.
        with(
            guest,
            Mode::Private {
                ticket,
                confirmed: !by_field,
                by_field,
                after,
            },
        )
    }

    pub(super) fn after_privacy(&mut self, guest: Guest, after: After) -> Stage {
        match after {
            After::Alone => with(guest, Mode::Person),
            After::Asks(request) => self.ask(guest, request, Asks::Hand, None),
            After::Withheld {
                grant,
                returns: true,
            } => {
                let grant = grant.given_back(self.ticket());
                with(guest, Mode::Helper { grant })
            }
            After::Withheld {
                grant,
                returns: false,
            } => self.ask(guest, grant.request(), Asks::Hand, None),
        }
    }

    pub(super) fn pause(&mut self, guest: Guest) -> Stage {
        let ticket = self.ticket();
        with(guest, Mode::Paused { ticket })
    }

    fn machine(&mut self, mut guest: Guest, said: Machine) -> Step {
        match said {
            Machine::GuestGone => Ok(with(
                Guest {
                    sensitive: false,
                    ..guest
                },
                Mode::Gone,
            )),
            Machine::Printing(printing) => {
                guest.printing = printing;
                Ok(Stage::Guest(guest))
            }
            Machine::Sensitive(sensitive) => {
                guest.sensitive = sensitive;
                Ok(self.field(guest))
            }
            Machine::Audited(_) | Machine::Wiped | Machine::WipeFailed | Machine::CustodianLost => {
                not_now(Stage::Guest(guest))
            }
        }
    }

    fn field(&mut self, mut guest: Guest) -> Stage {
        match std::mem::replace(&mut guest.mode, Mode::Person) {
            Mode::Helper { grant } if guest.sensitive => {
                let after = After::Withheld {
                    grant: grant.withheld(),
                    returns: false,
                };
                self.private(guest, true, after)
            }
            // Before the visitor has confirmed, the page is covered and has no keyboard: that the
            // field lost the focus says nothing then.
            Mode::Private {
                by_field: true,
                confirmed: true,
                after,
                ..
            } if !guest.sensitive => self.after_privacy(guest, after),
            mode @ (Mode::Person
            | Mode::Choosing
            | Mode::Asking(_)
            | Mode::Helper { .. }
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone) => with(guest, mode),
        }
    }

    fn farewell(&mut self, mut farewell: Farewell, event: Event) -> Step {
        let printing = farewell.guest.printing;
        match event {
            Event::Person(Person::EraseNow(ticket)) if ticket != farewell.ticket => {
                Err((Stage::Farewell(farewell), Refusal::Stale))
            }
            Event::Person(Person::EraseNow(_)) if printing => {
                farewell.leaving = true;
                Ok(Stage::Farewell(farewell))
            }
            Event::Person(Person::EraseNow(_)) | Event::Staff(Staff::Reset) => Ok(self.wipe(1)),
            Event::Clock(Clock::Expired(ticket)) if ticket == farewell.ticket => Ok(self.wipe(1)),
            Event::Clock(Clock::Expired(_) | Clock::Read(_)) => {
                Err((Stage::Farewell(farewell), Refusal::Stale))
            }
            Event::Person(Person::ComeBack(ticket)) if ticket != farewell.ticket => {
                Err((Stage::Farewell(farewell), Refusal::Stale))
            }
            Event::Person(Person::ComeBack(_)) if farewell.cause == FarewellCause::Finished => {
                Ok(Stage::Guest(farewell.guest))
            }
            Event::Machine(Machine::Printing(false)) if farewell.leaving => Ok(self.wipe(1)),
            Event::Machine(Machine::Printing(printing)) => {
                farewell.guest.printing = printing;
                Ok(Stage::Farewell(farewell))
            }
            Event::Machine(Machine::GuestGone) => {
                farewell.guest.mode = Mode::Gone;
                Ok(Stage::Farewell(farewell))
            }
            Event::Machine(Machine::Sensitive(sensitive)) => {
                farewell.guest.sensitive = sensitive;
                Ok(Stage::Farewell(farewell))
            }
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(Stage::Farewell(farewell)),
        }
    }

    fn wiping(&mut self, attempt: u8, event: Event) -> Step {
        match event {
            Event::Machine(Machine::Wiped) => Ok(self.audit()),
            Event::Machine(Machine::WipeFailed) if attempt < WIPE_ATTEMPTS => {
                Ok(self.wipe(attempt + 1))
            }
            Event::Machine(Machine::WipeFailed) => Ok(Stage::Quarantined(Quarantine::WipeFailed)),
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => not_now(Stage::Wiping { attempt }),
        }
    }
}

pub(super) const fn with(mut guest: Guest, mode: Mode) -> Stage {
    // `Mode` holds no destructor that matters: a dropped grant is a grant taken back.
    guest = Guest { mode, ..guest };
    Stage::Guest(guest)
}

pub(super) fn reopened(guest: Guest) -> Stage {
    let opening = guest.opening + 1;
    with(
        Guest {
            opening,
            sensitive: false,
            ..guest
        },
        Mode::Person,
    )
}

pub(super) fn other_browser(guest: Guest) -> Stage {
    let browser = guest.browser.other();
    reopened(Guest { browser, ..guest })
}

/// Takes an answer only if it answers the question that is asked now.
pub(super) fn current(
    guest: Guest,
    asked: Ticket,
    answered: Ticket,
    then: impl FnOnce(Guest) -> Stage,
) -> Step {
    if asked == answered {
        Ok(then(guest))
    } else {
        Err((Stage::Guest(guest), Refusal::Stale))
    }
}

impl Life {
    /// A destination currently open, if a guest exists.
    pub fn destination(&self) -> Option<Destination> {
        match &self.stage {
            Stage::Guest(guest) => Some(guest.destination),
            Stage::Farewell(farewell) => Some(farewell.guest.destination),
            Stage::Auditing { .. }
            | Stage::Welcome { .. }
            | Stage::Notice { .. }
            | Stage::Choosing { .. }
            | Stage::Wiping { .. }
            | Stage::Quarantined(_) => None,
        }
    }
}
