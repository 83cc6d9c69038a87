//! What the visitor says during a visit: the mode first, then the word.

use super::Ticket;
use super::event::Person;
use super::life::{Order, Refusal, Step, current, not_now, other_browser, reopened, with};
use super::stage::{After, Guest, Mode, Stage};

impl Order<'_> {
    pub(super) fn person(&mut self, guest: Guest, said: Person) -> Step {
        match guest.mode {
            Mode::Person => self.person_alone(guest, said),
            Mode::Choosing => Self::person_choosing(guest, said),
            Mode::Asking(_) => self.person_asked(guest, said),
            Mode::Helper { .. } => self.person_helped(guest, said),
            Mode::Private { ticket, .. } => self.person_private(guest, ticket, said),
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
                | Person::Returns(..)
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
                | Person::Returns(..)
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
            Person::WantsPrivacy => Ok(self.private(guest, false, After::Alone)),
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
            | Person::Returns(..)
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
            | Person::Returns(..)
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
            Person::WantsPrivacy => Ok(self.private(guest, false, After::Alone)),
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
            | Person::Returns(..)
            | Person::Resume(_)
            | Person::Restart
            | Person::OtherBrowser
            | Person::Finish
            | Person::ComeBack(_)
            | Person::EraseNow(_) => not_now(Stage::Guest(guest)),
        }
    }

    fn person_private(&mut self, mut guest: Guest, ticket: Ticket, said: Person) -> Step {
        match said {
            Person::ItIsMe(answered) => current(guest, ticket, answered, |mut g| {
                if let Mode::Private { confirmed, .. } = &mut g.mode {
                    *confirmed = true;
                }
                Stage::Guest(g)
            }),
            Person::PrivacyOver(answered) if answered == ticket => {
                // The visitor says so; a field that still has the focus no longer counts for it.
                // But then nobody goes on without a question, which covers the field.
                let still = std::mem::take(&mut guest.sensitive);
                Ok(match std::mem::replace(&mut guest.mode, Mode::Person) {
                    Mode::Private {
                        after: After::Withheld { grant, .. },
                        ..
                    } if still => self.after_privacy(guest, After::Asks(grant.request())),
                    Mode::Private { after, .. } => self.after_privacy(guest, after),
                    mode @ (Mode::Person
                    | Mode::Choosing
                    | Mode::Asking(_)
                    | Mode::Helper { .. }
                    | Mode::Paused { .. }
                    | Mode::Gone) => with(guest, mode),
                })
            }
            Person::Returns(answered, wish) => Self::returns(guest, (ticket, answered), wish),
            Person::PrivacyOver(_) => Err((Stage::Guest(guest), Refusal::Stale)),
            Person::Pause => Ok(self.pause(guest)),
            Person::TakeBack => {
                // Already theirs; and nobody goes on afterwards without a question.
                if let Mode::Private { after, .. } = &mut guest.mode
                    && let After::Withheld { grant, .. } = after
                {
                    *after = After::Asks(grant.request());
                }
                Ok(Stage::Guest(guest))
            }
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
    /// Whether the helper goes on afterwards: chosen on this private screen, for the hand that a
    /// field took away.
    fn returns(mut guest: Guest, (asked, answered): (Ticket, Ticket), wish: bool) -> Step {
        if asked != answered {
            return Err((Stage::Guest(guest), Refusal::Stale));
        }
        match &mut guest.mode {
            Mode::Private {
                after: After::Withheld { returns, .. },
                ..
            } => {
                *returns = wish;
                Ok(Stage::Guest(guest))
            }
            Mode::Person
            | Mode::Choosing
            | Mode::Asking(_)
            | Mode::Helper { .. }
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone => not_now(Stage::Guest(guest)),
        }
    }
}
