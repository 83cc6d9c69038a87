//! Following a visit for its line: what the statistics may count of it, once it has ended and the
//! visitor has seen it.

use std::time::Duration;

use crate::usage::{Effacement, Fin, Line, Note, Preview, Subject, Trace};
use crate::visit::{
    Clock, Destination, Event, FarewellCause, GuestView, Hands, Level, Machine, Person, View,
};

/// What a step was about, as far as the line is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The visitor took the hand back.
    TakeBack,
    /// The farewell may end: the visitor said so, or has had the time to.
    Leave,
    /// Anything else.
    Other,
}

impl Said {
    pub(super) const fn of(event: &Event) -> Self {
        match event {
            Event::Person(Person::TakeBack) => Self::TakeBack,
            Event::Person(Person::EraseNow(_))
            | Event::Clock(Clock::Expired(_))
            | Event::Machine(Machine::Printing(false)) => Self::Leave,
            Event::Person(_)
            | Event::Helper(_)
            | Event::Clock(_)
            | Event::Machine(_)
            | Event::Staff(_) => Self::Other,
        }
    }
}

/// The visit under way, if there is one.
#[derive(Debug, Default)]
pub(super) struct Tally {
    trace: Option<Trace>,
    /// The visitor has seen the line: it is counted when the wipe has ended.
    due: bool,
}

impl Tally {
    pub(super) fn note(&mut self, note: Note) {
        if let Some(trace) = &mut self.trace {
            trace.note(note);
        }
    }

    pub(super) const fn mandate(&mut self) {
        if let Some(trace) = &mut self.trace {
            trace.mandate();
        }
    }

    /// The line as the farewell shows it.
    pub(super) fn preview(&self) -> Option<Preview> {
        self.trace.as_ref()?.preview()
    }

    /// Takes in one step of the life. Returns the line, once, when the visit is over for good.
    pub(super) fn follow(
        &mut self,
        (before, after): (View, View),
        said: Said,
        subject: &dyn Fn(Destination) -> Subject,
        now: Duration,
    ) -> Option<Line> {
        match after {
            View::Guest(guest) => {
                let subject = subject(guest.destination);
                let trace = self.trace.get_or_insert_with(|| Trace::begin(subject, now));
                trace.at(subject);
                hands(trace, before, guest, said, now);
                None
            }
            View::Farewell(farewell) => {
                if let (View::Guest(guest), Some(trace)) = (before, &mut self.trace) {
                    trace.hand_back(false, now);
                    trace.end(end(farewell.cause, guest.hands), now);
                }
                None
            }
            View::Wiping { .. } => {
                if let View::Farewell(_) = before {
                    self.due = said == Said::Leave;
                }
                None
            }
            View::Welcome { .. } => self.close(Effacement::Ok),
            View::Quarantined(_) => self.close(Effacement::Echec),
            View::Auditing { .. } | View::Notice | View::Choosing => None,
        }
    }

    /// A visit that the visitor has not seen counted is not counted.
    fn close(&mut self, effacement: Effacement) -> Option<Line> {
        let due = std::mem::take(&mut self.due);
        let trace = self.trace.take().filter(|_| due)?;
        trace.line(effacement)
    }
}

fn hands(trace: &mut Trace, before: View, guest: GuestView, said: Said, now: Duration) {
    let before = match before {
        View::Guest(guest) => guest.hands,
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Farewell(_)
        | View::Wiping { .. }
        | View::Quarantined(_) => Hands::Person,
    };
    let helped = matches!(before, Hands::Helper { .. });
    match guest.hands {
        Hands::Helper { request, .. } if !helped => {
            trace.granted(request.level == Level::Act, now);
        }
        Hands::Helper { .. } => (),
        Hands::Asking { .. } => {
            trace.asked();
            if helped {
                trace.hand_back(false, now);
            }
        }
        Hands::Person
        | Hands::Choosing
        | Hands::Private { .. }
        | Hands::Paused { .. }
        | Hands::Gone => {
            if helped {
                trace.hand_back(said == Said::TakeBack, now);
            }
        }
    }
}

/// Who ended it, in the words of the statistics: staff and closing time are the house's.
const fn end(cause: FarewellCause, hands: Hands) -> Fin {
    match (cause, hands) {
        (FarewellCause::Finished, Hands::Gone) => Fin::Panne,
        (FarewellCause::Finished, _) => Fin::Usager,
        (FarewellCause::Idle | FarewellCause::PauseOver, _) => Fin::Inactivite,
        (FarewellCause::Staff | FarewellCause::Closing | FarewellCause::LongEnough, _) => {
            Fin::Aidant
        }
    }
}
