//! What the visitor says during a visit: the mode first, then the word.

use super::event::Person;
use super::life::{Order, Refusal, Step, current, not_now, other_browser, reopened, with};
use super::stage::{Guest, Mode, Stage};
use super::{Request, Ticket};

impl Order<'_> {
    pub(super) fn person(&mut self, guest: Guest, said: Person) -> Step {
        match guest.mode {
            Mode::Person => self.person_alone(guest, said),
            Mode::Choosing => Self::person_choosing(guest, said),
            Mode::Asking(_) => self.person_asked(guest, said),
            Mode::Helper { .. } => self.person_helped(guest, said),
            Mode::Private { ticket, again, .. } => self.person_private(guest, ticket, again, said),
            Mode::Paused { ticket } => match said {
                Person::Resume(answered) => {
                    current(guest, ticket, answered, |g| with(g, Mode::Person))
                }
                Person::Touched
                | Person::Read
                | Person::Left
                | Person::Chose(_)
                | Person::Home
                | Person::Yes(..)
                | Person::No(_)
                | Person::MoreTime(_)
                | Person::TakeBack
                | Person::WantsPrivacy
                | Person::ItIsMe(_)
                | Person::PrivacyOver(_)
                | Person::Pause
                | Person::Restart
                | Person::OtherBrowser
                | Person::Finish
                | Person::ComeBack(_)
                | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
            },
            Mode::Gone => match said {
                Person::Restart => Ok(reopened(guest)),
                Person::OtherBrowser => Ok(other_browser(guest)),
                Person::Touched
                | Person::Read
                | Person::Left
                | Person::Chose(_)
                | Person::Home
                | Person::Yes(..)
                | Person::No(_)
                | Person::MoreTime(_)
                | Person::TakeBack
                | Person::WantsPrivacy
                | Person::ItIsMe(_)
                | Person::PrivacyOver(_)
                | Person::Pause
                | Person::Resume(_)
                | Person::Finish
                | Person::ComeBack(_)
                | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
            },
        }
    }

    fn person_alone(&mut self, guest: Guest, said: Person) -> Step {
        match said {
            Person::Home => Ok(with(guest, Mode::Choosing)),
            Person::WantsPrivacy => Ok(self.private(guest, false, None)),
            Person::Pause => Ok(self.pause(guest)),
            Person::OtherBrowser => Ok(other_browser(guest)),
            Person::TakeBack => Ok(Stage::Guest(guest)), // already theirs
            Person::Touched
            | Person::Read
            | Person::Left
            | Person::Chose(_)
            | Person::Yes(..)
            | Person::No(_)
            | Person::MoreTime(_)
            | Person::ItIsMe(_)
            | Person::PrivacyOver(_)
            | Person::Resume(_)
            | Person::Restart
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
        }
    }

    fn person_choosing(guest: Guest, said: Person) -> Step {
        match said {
            Person::Chose(destination) => Ok(reopened(Guest {
                destination,
                ..guest
            })),
            Person::Left => Ok(with(guest, Mode::Person)),
            Person::Touched
            | Person::Read
            | Person::Home
            | Person::Yes(..)
            | Person::No(_)
            | Person::MoreTime(_)
            | Person::TakeBack
            | Person::WantsPrivacy
            | Person::ItIsMe(_)
            | Person::PrivacyOver(_)
            | Person::Pause
            | Person::Resume(_)
            | Person::Restart
            | Person::OtherBrowser
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
        }
    }

    fn person_helped(&mut self, guest: Guest, said: Person) -> Step {
        match said {
            Person::TakeBack => Ok(with(guest, Mode::Person)),
            Person::WantsPrivacy => Ok(self.private(guest, false, None)),
            Person::Pause => Ok(self.pause(guest)),
            Person::Touched
            | Person::Read
            | Person::Left
            | Person::Chose(_)
            | Person::Home
            | Person::Yes(..)
            | Person::No(_)
            | Person::MoreTime(_)
            | Person::ItIsMe(_)
            | Person::PrivacyOver(_)
            | Person::Resume(_)
            | Person::Restart
            | Person::OtherBrowser
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
        }
    }

    fn person_private(
        &mut self,
        mut guest: Guest,
        ticket: Ticket,
        again: Option<Request>,
        said: Person,
    ) -> Step {
        match said {
            Person::ItIsMe(answered) => current(guest, ticket, answered, |mut g| {
                if let Mode::Private { confirmed, .. } = &mut g.mode {
                    *confirmed = true;
                }
                Stage::Guest(g)
            }),
            Person::PrivacyOver(answered) if answered == ticket => {
                // The visitor says so; a field that still has the focus no longer counts for it.
                guest.sensitive = false;
                Ok(self.after_privacy(guest, again))
            }
            Person::PrivacyOver(_) => Err((Stage::Guest(guest), Refusal::Stale)),
            Person::Pause => Ok(self.pause(guest)),
            Person::TakeBack => Ok(Stage::Guest(guest)), // already theirs
            Person::Touched
            | Person::Read
            | Person::Left
            | Person::Chose(_)
            | Person::Home
            | Person::Yes(..)
            | Person::No(_)
            | Person::MoreTime(_)
            | Person::WantsPrivacy
            | Person::Resume(_)
            | Person::Restart
            | Person::OtherBrowser
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
        }
    }
}
