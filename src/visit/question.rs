//! Asking for the hand, or for more of it, and what an answer makes of it.

use super::event::{Helper, Person};
use super::life::{Order, Refusal, Step, not_now, with};
use super::stage::{After, Guest, Mode, Question, Stage};
use super::{Asks, FarewellCause, Gestures, Grant, Level, Request, Ticket};

/// How often a question's time can be extended (WCAG 2.2.1 asks for ten at least). The explorer
/// walks fewer: each is a shape of its own.
pub(super) const EXTENSIONS: u8 = if cfg!(test) { 2 } else { 10 };

impl Order<'_> {
    /// Puts a question on the screen. `held` is a right that waits for the answer.
    pub(super) fn ask(
        &mut self,
        guest: Guest,
        request: Request,
        asks: Asks,
        held: Option<Grant>,
    ) -> Stage {
        let ticket = self.ticket();
        with(
            guest,
            Mode::Asking(Question {
                ticket,
                request,
                asks,
                ready: false,
                more: 0,
                held,
            }),
        )
    }

    /// What a helper says. No word of theirs answers anything.
    pub(super) fn helper(&mut self, mut guest: Guest, said: Helper) -> Step {
        match (std::mem::replace(&mut guest.mode, Mode::Person), said) {
            (Mode::Person, Helper::Asks(request)) if request.is_sound() => {
                Ok(self.ask(guest, request, Asks::Hand, None))
            }
            (Mode::Asking(_) | Mode::Helper { .. }, Helper::HandsBack) => Ok(Stage::Guest(guest)),
            (Mode::Helper { grant }, Helper::WillDo(act))
                if act.is_asked_again() && grant.gestures().contains(act) =>
            {
                let request = grant.request();
                let held = Some(grant.without_act());
                Ok(self.ask(guest, request, Asks::Act(act), held))
            }
            (Mode::Helper { grant }, Helper::Did) if grant.act().is_some() => {
                let grant = grant.without_act();
                Ok(with(guest, Mode::Helper { grant }))
            }
            (Mode::Helper { grant }, Helper::WantsLonger(minutes))
                if (1..=120).contains(&minutes) =>
            {
                let request = grant.request();
                let gestures = grant.gestures();
                let asks = Asks::Longer { minutes, gestures };
                let held = Some(grant.without_act());
                Ok(self.ask(guest, request, asks, held))
            }
            (
                mode,
                Helper::Asks(_)
                | Helper::HandsBack
                | Helper::WillDo(_)
                | Helper::Did
                | Helper::WantsLonger(_),
            ) => not_now(with(guest, mode)),
        }
    }

    /// What the visitor says to a question.
    pub(super) fn person_asked(&mut self, mut guest: Guest, said: Person) -> Step {
        let mut question = match std::mem::replace(&mut guest.mode, Mode::Person) {
            Mode::Asking(question) => question,
            mode @ (Mode::Person
            | Mode::Choosing
            | Mode::Helper { .. }
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone) => return not_now(with(guest, mode)),
        };
        let current = question.ticket;
        match said {
            Person::Yes(answered, _) | Person::No(answered) | Person::MoreTime(answered)
                if answered != current =>
            {
                Err((with(guest, Mode::Asking(question)), Refusal::Stale))
            }
            Person::Yes(_, gestures) if question.may_hear_yes(gestures) => {
                Ok(self.granted(guest, question, gestures))
            }
            Person::No(_) => Ok(unanswered(guest, question)),
            Person::MoreTime(_) if question.more < EXTENSIONS => {
                question.more += 1;
                Ok(with(guest, Mode::Asking(question)))
            }
            Person::TakeBack => Ok(Stage::Guest(guest)),
            Person::WantsPrivacy => Ok(self.private(guest, false, After::Asks(question.request))),
            Person::Pause => Ok(self.pause(guest)),
            Person::Yes(..)
            | Person::MoreTime(_)
            | Person::Touched
            | Person::Read
            | Person::Left
            | Person::Chose(_)
            | Person::Home
            | Person::ItIsMe(_)
            | Person::PrivacyOver(_)
            | Person::Returns(..)
            | Person::Resume(_)
            | Person::Restart
            | Person::OtherBrowser
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(with(guest, Mode::Asking(question))),
        }
    }

    fn granted(&mut self, guest: Guest, question: Question, ticked: Gestures) -> Stage {
        let Question {
            ticket,
            request,
            asks,
            held,
            ..
        } = question;
        if guest.sensitive {
            return self.private(guest, true, After::Asks(request));
        }
        let grant = match (asks, held) {
            (Asks::Hand, _) => Grant::new(ticket, request, ticked.and(request.asked)),
            (Asks::Act(act), Some(held)) => held.with_act(ticket, act),
            // The hand went while the act was asked: there is nothing to act with.
            (Asks::Act(_), None) => return with(guest, Mode::Person),
            (Asks::Longer { minutes, gestures }, _) => {
                Grant::new(ticket, Request { minutes, ..request }, gestures)
            }
        };
        with(guest, Mode::Helper { grant })
    }

    /// There was time to read the question.
    pub(super) fn read(mut guest: Guest, ticket: Ticket) -> Step {
        match &mut guest.mode {
            Mode::Asking(question) if question.ticket == ticket => {
                question.ready = true;
                Ok(Stage::Guest(guest))
            }
            Mode::Person
            | Mode::Choosing
            | Mode::Asking(_)
            | Mode::Helper { .. }
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone => Err((Stage::Guest(guest), Refusal::Stale)),
        }
    }

    /// A timer of a ticket ran out.
    pub(super) fn expired(&mut self, mut guest: Guest, ticket: Ticket) -> Step {
        match std::mem::replace(&mut guest.mode, Mode::Person) {
            Mode::Asking(question) if question.ticket == ticket => Ok(unanswered(guest, question)),
            Mode::Asking(question) if question.holds(ticket) => Ok(ran_out(guest, question)),
            Mode::Helper { grant } if grant.since() == ticket => {
                drop(grant);
                Ok(Stage::Guest(guest))
            }
            // Its time went on while it was put aside.
            Mode::Private {
                ticket: private,
                confirmed,
                by_field,
                after: After::Withheld { grant, .. },
            } if grant.since() == ticket => Ok(with(
                guest,
                Mode::Private {
                    ticket: private,
                    confirmed,
                    by_field,
                    after: After::Asks(grant.request()),
                },
            )),
            Mode::Helper { grant } if grant.ticket() == ticket => {
                let grant = grant.without_act();
                Ok(with(guest, Mode::Helper { grant }))
            }
            Mode::Paused { ticket: paused } if paused == ticket => {
                Ok(self.leave(guest, FarewellCause::PauseOver))
            }
            mode @ (Mode::Person
            | Mode::Choosing
            | Mode::Asking(_)
            | Mode::Helper { .. }
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone) => Err((with(guest, mode), Refusal::Stale)),
        }
    }
}

impl Question {
    /// A Yes counts after the time to read, and *Faire* says to what.
    fn may_hear_yes(&self, ticked: Gestures) -> bool {
        let says_what = match (self.asks, self.request.level) {
            (Asks::Hand, Level::Act) => !ticked.and(self.request.asked).is_empty(),
            (Asks::Hand, Level::Show | Level::See) | (Asks::Act(_) | Asks::Longer { .. }, _) => {
                true
            }
        };
        self.ready && says_what
    }

    fn holds(&self, ticket: Ticket) -> bool {
        self.held
            .as_ref()
            .is_some_and(|held| held.since() == ticket)
    }
}

/// Non, or silence: nothing more than before.
fn unanswered(guest: Guest, question: Question) -> Stage {
    match question.held {
        Some(grant) => with(guest, Mode::Helper { grant }),
        None => with(guest, Mode::Person),
    }
}

/// The time of the hand ran out while more was asked: only a question for more time still stands.
fn ran_out(guest: Guest, question: Question) -> Stage {
    match question.asks {
        Asks::Longer { .. } => with(
            guest,
            Mode::Asking(Question {
                held: None,
                ..question
            }),
        ),
        Asks::Hand | Asks::Act(_) => with(guest, Mode::Person),
    }
}
