//! What the front-end knows of staff: whether they stand at the screen, and what they see there.

use iced::Task;

use crate::counter::{Counter, Export, Exported, Health, Proving, Role, Status, Why};
use crate::guardian::Shut;
use crate::secrets::{Code, StoreError, Tried};
use crate::usage::Board;
use crate::wording::Lang;

/// Which of staff's screens lies over the visitor's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// None.
    #[default]
    Nothing,
    /// The station has no code yet: nothing else before one is chosen.
    SetUp,
    /// "Code de l'équipe".
    Code,
    /// Behind the code.
    Staff,
    /// A new code is chosen, behind the old one.
    NewCode,
    /// The house's numbers, behind the code.
    Numbers,
    /// A proof of the wipe, behind the code.
    Proof,
    /// "Ai-je le droit de… ?", behind the code.
    Rights,
}

/// The house's numbers, as far as the screen has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// They are being looked up.
    #[default]
    Looking,
    /// They cannot be read.
    Missing,
    /// Here they are; perhaps none yet.
    There(Board),
}

/// What became of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sent {
    /// Nothing was asked.
    #[default]
    Nothing,
    /// It is being made.
    Asked,
    /// It ended so.
    Ended(Exported),
}

/// How the last code was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// Nothing to tell.
    #[default]
    Nothing,
    /// It is being looked at.
    Asked,
    /// It was wrong; the next try waits so many seconds.
    Wrong(u64),
    /// The store does not answer.
    Broken,
    /// What was wished is not possible now.
    NotNow,
}

/// Staff at the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// What shows.
    pub showing: Showing,
    /// How the last code was taken.
    pub told: Told,
    /// What the station is doing.
    pub status: Option<Status>,
    /// The machine's health.
    pub health: Option<Health>,
    /// The house's numbers.
    pub numbers: Numbers,
    /// What became of the last export.
    pub sent: Sent,
    /// How the last proof stands.
    pub proving: Proving,
    /// How often the screen was renewed since somebody did something.
    pub quiet: u32,
}

/// What a screen of staff wants done.
#[derive(Debug)]
pub enum Order {
    /// Leave to the visitor's screen.
    Leave,
    /// Somebody wishes to stand here: ask for the code.
    Enter,
    /// Try this code.
    Try(Code),
    /// Make this the code.
    Set(Code),
    /// Choose a new code.
    NewCode,
    /// "Remettre à zéro".
    Reset,
    /// Close from the next welcome on.
    Close(Shut),
    /// Open again.
    Open,
    /// Others wait, or no longer.
    OthersWait(bool),
    /// The house's numbers.
    Numbers,
    /// The proof of the wipe.
    Proof,
    /// Make one now.
    Prove,
    /// "Ai-je le droit de… ?"
    Rights,
    /// Back to the staff screen.
    Behind,
    /// An export of them.
    Export(Export),
    /// Another export is chosen: what was said of the last one is over.
    Unsaid,
}

/// What came back.
#[derive(Clone, Debug)]
pub enum News {
    /// A code was looked at.
    Tried(Option<Tried>),
    /// A code was set, or could not be.
    Set(bool),
    /// The station and the machine were looked at.
    Seen(Box<(Status, Health, Proving)>),
    /// The numbers were looked up, or could not be.
    Numbers(Option<Board>),
    /// An export ended.
    Sent(Exported),
}

/// After so many renewals without a hand, staff have gone: every two seconds, three minutes.
const GONE: u32 = 90;

impl Desk {
    /// Whether staff's own screen hides the visitor's.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.showing != Showing::Nothing
    }

    /// Staff wish to stand at the screen.
    pub fn enter(&mut self) {
        if self.showing == Showing::Nothing {
            self.showing = Showing::Code;
            (self.told, self.quiet) = (Told::Nothing, 0);
        }
    }

    /// Carries an order out; what takes long comes back as news.
    pub fn obey(&mut self, order: Order, counter: &Counter, lang: Lang) -> Task<News> {
        self.quiet = 0;
        match order {
            Order::Leave => {
                *self = Self::default();
                return Task::none();
            }
            Order::Enter => self.enter(),
            Order::Try(code) => {
                self.told = Told::Asked;
                let counter = counter.clone();
                return Task::perform(async move { tried(counter.attempt(&code)) }, News::Tried);
            }
            Order::Set(code) => {
                self.told = Told::Asked;
                let counter = counter.clone();
                return Task::perform(async move { set(counter.set_code(&code)) }, News::Set);
            }
            Order::NewCode => self.showing = Showing::NewCode,
            Order::Reset => self.told = not_now(counter.reset(Role::Staff, false)),
            Order::Close(shut) => counter.close(Role::Staff, shut),
            Order::Open => self.told = not_now(counter.open(Role::Staff)),
            Order::OthersWait(wait) => counter.others_wait(wait),
            Order::Numbers => {
                (self.showing, self.sent) = (Showing::Numbers, Sent::Nothing);
                self.numbers = Numbers::Looking;
                let counter = counter.clone();
                return Task::perform(async move { counter.board() }, News::Numbers);
            }
            Order::Proof => (self.showing, self.told) = (Showing::Proof, Told::Nothing),
            Order::Prove => self.told = not_now(counter.prove(Role::Staff)),
            Order::Rights => self.showing = Showing::Rights,
            Order::Behind => (self.showing, self.told) = (Showing::Staff, Told::Nothing),
            Order::Export(wanted) => {
                self.sent = Sent::Asked;
                let counter = counter.clone();
                let made = async move { counter.export(wanted, lang) };
                return Task::perform(made, News::Sent);
            }
            Order::Unsaid => self.sent = Sent::Nothing,
        }
        self.renew(counter, lang)
    }

    /// Looks at station and machine again.
    pub fn renew(&mut self, counter: &Counter, lang: Lang) -> Task<News> {
        // Whoever waits for a proof has not gone.
        let waiting = self.showing == Showing::Proof && self.proving == Proving::Running;
        self.quiet = if waiting { 0 } else { self.quiet + 1 };
        if self.quiet > GONE && self.showing != Showing::SetUp {
            *self = Self::default();
        }
        match self.showing {
            Showing::Staff | Showing::Proof => {}
            Showing::Nothing
            | Showing::SetUp
            | Showing::Code
            | Showing::NewCode
            | Showing::Numbers
            | Showing::Rights => return Task::none(),
        }
        let counter = counter.clone();
        let look = async move {
            let (status, health) = (counter.status(lang), counter.health());
            Box::new((status, health, counter.proving(lang)))
        };
        Task::perform(look, News::Seen)
    }

    /// Takes news in. Whether the screen must be looked at anew at once.
    pub fn hear(&mut self, news: News) -> bool {
        match news {
            News::Tried(Some(Tried::Right)) if self.showing == Showing::Code => {
                (self.showing, self.told) = (Showing::Staff, Told::Nothing);
                return true;
            }
            News::Tried(Some(Tried::Wrong(wait) | Tried::TooSoon(wait))) => {
                self.told = Told::Wrong(wait.as_secs().max(u64::from(wait.subsec_millis() > 0)));
            }
            News::Tried(Some(Tried::NotSet)) => self.showing = Showing::SetUp,
            News::Tried(Some(Tried::Right)) => {}
            News::Tried(None) | News::Set(false) => self.told = Told::Broken,
            News::Set(true) => {
                self.told = Told::Nothing;
                self.showing = match self.showing {
                    Showing::NewCode => Showing::Staff,
                    Showing::SetUp
                    | Showing::Nothing
                    | Showing::Code
                    | Showing::Staff
                    | Showing::Numbers
                    | Showing::Proof
                    | Showing::Rights => Showing::Nothing,
                };
                return true;
            }
            News::Seen(seen) => {
                let (status, health, proving) = *seen;
                (self.status, self.health) = (Some(status), Some(health));
                self.proving = proving;
            }
            News::Numbers(found) => {
                self.numbers = found.map_or(Numbers::Missing, Numbers::There);
            }
            News::Sent(exported) => self.sent = Sent::Ended(exported),
        }
        false
    }
}

fn tried(result: Result<Tried, StoreError>) -> Option<Tried> {
    result
        .inspect_err(|error| tracing::warn!(%error, "the code cannot be checked"))
        .ok()
}

fn set(result: Result<(), StoreError>) -> bool {
    result
        .inspect_err(|error| tracing::warn!(%error, "the code cannot be kept"))
        .is_ok()
}

const fn not_now(result: Result<(), Why>) -> Told {
    match result {
        Ok(()) => Told::Nothing,
        Err(_) => Told::NotNow,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_the_right_code_opens() {
        let mut desk = Desk::default();
        assert!(!desk.is_up());
        desk.enter();
        assert_eq!(desk.showing, Showing::Code);
        assert!(!desk.hear(News::Tried(Some(Tried::Wrong(Duration::from_millis(1500))))));
        assert_eq!((desk.showing, desk.told), (Showing::Code, Told::Wrong(1)));
        desk.hear(News::Tried(Some(Tried::TooSoon(Duration::from_millis(
            300,
        )))));
        assert_eq!(desk.told, Told::Wrong(1));
        desk.hear(News::Tried(None));
        assert_eq!((desk.showing, desk.told), (Showing::Code, Told::Broken));
        assert!(desk.hear(News::Tried(Some(Tried::Right))));
        assert_eq!(desk.showing, Showing::Staff);
    }

    #[test]
    fn a_right_code_that_comes_late_opens_nothing() {
        let mut desk = Desk::default();
        desk.hear(News::Tried(Some(Tried::Right)));
        assert_eq!(desk.showing, Showing::Nothing);
    }

    #[test]
    fn a_first_code_leads_to_the_welcome_and_a_new_one_back() {
        let mut desk = Desk {
            showing: Showing::SetUp,
            ..Desk::default()
        };
        desk.hear(News::Set(false));
        assert_eq!((desk.showing, desk.told), (Showing::SetUp, Told::Broken));
        desk.hear(News::Set(true));
        assert_eq!(desk.showing, Showing::Nothing);
        desk.showing = Showing::NewCode;
        desk.hear(News::Set(true));
        assert_eq!(desk.showing, Showing::Staff);
    }
}
