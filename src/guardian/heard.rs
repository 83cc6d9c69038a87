//! What the custodian says, and what it is asked for beside the life's own orders.

use std::collections::VecDeque;
use std::time::Duration;

use super::{Guardian, Keeper, Lost, Seat, Word};
use crate::audit;
use crate::custodian::{Command, Notice, Refused};
use crate::guest::sensor::Sensed;
use crate::visit::{Event, Machine, Person};

/// So long it is said that a page was not opened.
const CLOSED: Duration = Duration::from_secs(30);

impl<S: Seat, K: Keeper> Guardian<S, K> {
    pub(super) fn said(&mut self, event: Event) -> VecDeque<Event> {
        if event == Event::Person(Person::Home) {
            self.closed = None;
        }
        VecDeque::from([event])
    }

    /// What the custodian says, where the time matters.
    pub(super) fn keeper_said_at(&mut self, notice: Notice, now: Duration) -> VecDeque<Event> {
        if let Notice::Uploading(on) = notice {
            return self.house_said(Word::Uploading(on), now);
        }
        if notice == Notice::Closed {
            self.closed = Some(now + CLOSED);
        }
        self.keeper_said(notice)
    }

    pub(super) fn take(&mut self, command: &Command) -> VecDeque<Event> {
        let farewell = self.life.destination().is_some();
        self.refused = None;
        match command {
            Command::Print(_) | Command::Copy(_) | Command::Paper(_) if farewell => {
                match self.keeper.send(command) {
                    Ok(()) => VecDeque::new(),
                    Err(Lost) => VecDeque::from([Event::Machine(Machine::CustodianLost)]),
                }
            }
            Command::Print(_)
            | Command::Copy(_)
            | Command::Paper(_)
            | Command::Hello { .. }
            | Command::Open { .. }
            | Command::Wipe { .. }
            | Command::Audit { .. } => VecDeque::new(),
        }
    }

    fn keeper_said(&mut self, notice: Notice) -> VecDeque<Event> {
        let machine = match notice {
            Notice::Wiped { round, millis } if self.carried.answers(round) => {
                self.wipe_millis = Some(millis);
                Machine::Wiped
            }
            Notice::WipeFailed { round } if self.carried.answers(round) => Machine::WipeFailed,
            Notice::Audited { round, report } if self.carried.answers(round) => {
                let verdict = audit::verdict(&report, &self.rules.demanded);
                self.report = Some(report);
                Machine::Audited(verdict)
            }
            Notice::GuestGone => Machine::GuestGone,
            Notice::Lost => Machine::CustodianLost,
            Notice::Printing(printing) => Machine::Printing(printing),
            Notice::Documents(documents) => {
                self.documents = documents;
                return VecDeque::new();
            }
            Notice::Printer(printer) => {
                self.printer = printer;
                return VecDeque::new();
            }
            Notice::Stick(stick) => {
                self.stick = stick;
                return VecDeque::new();
            }
            Notice::Sensed(sensed) => {
                // No script of ours is in a page that was not opened; in the next one there is.
                if self.sensor.sensed == Sensed::Unknown && sensed.is_known() {
                    self.closed = None;
                }
                self.sensor.sensed = sensed;
                return self.sense();
            }
            Notice::Refused(why) => return self.refused(why),
            Notice::Wiped { .. }
            | Notice::WipeFailed { .. }
            | Notice::Audited { .. }
            | Notice::Opened
            | Notice::Uploading(_)
            | Notice::Closed
            | Notice::Welcome { .. } => return VecDeque::new(),
        };
        VecDeque::from([Event::Machine(machine)])
    }

    fn refused(&mut self, why: Refused) -> VecDeque<Event> {
        match why {
            Refused::Version | Refused::Garbage | Refused::Stranger | Refused::Busy => {
                VecDeque::from([Event::Machine(Machine::CustodianLost)])
            }
            Refused::CannotStart => VecDeque::from([Event::Machine(Machine::GuestGone)]),
            Refused::NoPrinter
            | Refused::NoStick
            | Refused::NotPrinted
            | Refused::NotCopied
            | Refused::NoDocument => {
                self.refused = Some(why);
                VecDeque::new()
            }
            Refused::NoProof => VecDeque::new(),
        }
    }
}
