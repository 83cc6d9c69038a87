//! What the custodian says, and what it is asked for beside the life's own orders.

use std::collections::VecDeque;
use std::time::Duration;

use super::{Guardian, Keeper, Lost, Seat, Word};
use crate::audit;
use crate::custodian::{Command, Document, Notice, Paper, Refused, Stick};
use crate::guest::sensor::Sensed;
use crate::visit::{Event, Machine, Person, View};

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
            Command::Print(_) | Command::Copy(_) | Command::Paper(_) | Command::PrintPaper(_)
                if farewell =>
            {
                self.sent(command)
            }
            // The house's own papers, for its staff: between two visits.
            Command::Deliver(_) if matches!(self.life.view(), View::Welcome { .. }) => {
                self.stick = Stick::Copying;
                self.sent(command)
            }
            Command::Print(_)
            | Command::Copy(_)
            | Command::Paper(_)
            | Command::PrintPaper(_)
            | Command::Deliver(_)
            | Command::Hello { .. }
            | Command::Open { .. }
            | Command::Wipe { .. }
            | Command::Audit { .. } => VecDeque::new(),
        }
    }

    fn sent(&mut self, command: &Command) -> VecDeque<Event> {
        match self.keeper.send(command) {
            Ok(()) => VecDeque::new(),
            Err(Lost) => VecDeque::from([Event::Machine(Machine::CustodianLost)]),
        }
    }

    /// A mandate for the visitor's documents.
    pub(super) fn mandate(&mut self, paper: Paper) -> VecDeque<Event> {
        self.mandate = Some(paper.name.clone());
        self.take(&Command::Paper(paper))
    }

    /// A mandate of this visit is on paper.
    fn look_for_mandate(&mut self) {
        let Some(mandate) = &self.mandate else {
            return;
        };
        // A second one is "… (2).pdf".
        let stem = mandate.strip_suffix(".pdf").unwrap_or(mandate);
        let printed = |one: &Document| one.printed && one.name.starts_with(stem);
        if self.documents.iter().any(printed) {
            self.tally.mandate();
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
                self.look_for_mandate();
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
            Notice::Delivered(whole) => {
                self.delivered.ended += 1;
                self.delivered.whole = whole;
                return VecDeque::new();
            }
            Notice::Receipt(receipt) => {
                self.receipt = Some(receipt);
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
