//! The screens of a running visit: which one shows, by whose hands the guest is in.

use super::guest::{self, Look, Sheet};
use super::help::FirstName;
use super::{Action, consent, gone, help, paused, private, rights};
use crate::custodian::{Command, Paper};
use crate::display::Input;
use crate::guardian::Word;
use crate::mandate;
use crate::shell::control::Id;
use crate::shell::focus::Start;
use crate::shell::guest_area::ShellShortcut;
use crate::shell::guest_side::{GuestSeat, GuestSide};
use crate::shell::kit::Element;
use crate::shell::model::Model;
use crate::visit::{Browser, Event, Gestures, GuestView, Hands, Helper, Person, View};

/// Alt and Left, "back" in both browsers (evdev codes).
const BACK: [u32; 2] = [56, 105];

/// The mandate of this question, on its way to the visitor's documents.
fn mandate_for(model: &Model, question: &consent::Question<'_>, gestures: Gestures) -> Action {
    let View::Guest(guest) = model.published.view else {
        return Action::Nothing;
    };
    let about = mandate::About::asked(guest.destination, question.request, gestures);
    let kind = mandate::Kind::Mandate;
    match mandate::pdf(kind, &about, &model.config) {
        Ok(pdf) => Action::Tell(Word::Mandate(Paper {
            name: kind.file().to_owned(),
            pdf,
        })),
        Err(error) => {
            tracing::error!(%error, "no mandate");
            Action::Nothing
        }
    }
}

/// What the screens of a visit know of themselves. It goes with the visit.
#[derive(Debug, Default)]
pub struct Inside {
    sheet: Sheet,
    slow: Option<Browser>,
    help: help::State,
    rights: rights::State,
    consent: consent::State,
    /// The first name of the helper who asked last; it goes with the visit.
    name: FirstName,
    /// The last end of a help that was read.
    read: u32,
    paused: paused::State,
}

/// What a person can do here.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "one per screen file")]
pub enum Message {
    Guest(guest::Message),
    Consent(consent::Message),
    Private(private::Message),
    Paused(paused::Message),
    Gone(gone::Message),
}

/// The guest of `model`, while there is one.
pub const fn guest(model: &Model) -> Option<GuestView> {
    match model.view() {
        View::Guest(guest) => Some(guest),
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Farewell(_)
        | View::Wiping { .. }
        | View::Quarantined(_) => None,
    }
}

impl Inside {
    /// What lies over the page: only where there is a page.
    fn sheet(&self, hands: Hands) -> Sheet {
        match hands {
            Hands::Person if self.sheet != Sheet::Helper => self.sheet,
            Hands::Helper { .. } if self.sheet != Sheet::Help => self.sheet,
            Hands::Private {
                confirmed: true, ..
            } if !matches!(self.sheet, Sheet::Help | Sheet::Helper | Sheet::Rights) => self.sheet,
            Hands::Person
            | Hands::Helper { .. }
            | Hands::Private { .. }
            | Hands::Choosing
            | Hands::Asking { .. }
            | Hands::Paused { .. }
            | Hands::Gone => Sheet::Nothing,
        }
    }

    /// Whether "Écouter" stands in its own line of tools, or in the bar's menu.
    pub fn has_tools(&self, hands: Hands) -> bool {
        match hands {
            Hands::Asking { .. } => true,
            Hands::Private {
                confirmed: false, ..
            }
            | Hands::Paused { .. }
            | Hands::Gone => false,
            Hands::Person | Hands::Choosing | Hands::Helper { .. } | Hands::Private { .. } => {
                self.sheet(hands) != Sheet::Pause
            }
        }
    }

    /// What the probe calls the screen.
    pub fn name(&self, hands: Hands) -> &'static str {
        match (hands, self.sheet(hands)) {
            (Hands::Asking { .. }, _) => match self.paper(hands) {
                consent::Step::Closed => "consent",
                consent::Step::Whom => "paper-whom",
                consent::Step::Elsewhere(_) => "paper-elsewhere",
                consent::Step::NoPrinter => "paper-no-printer",
                consent::Step::Made => "paper-made",
            },
            (
                Hands::Private {
                    confirmed: false, ..
                },
                _,
            ) => "private",
            (Hands::Paused { .. }, _) => "paused",
            (Hands::Gone, _) => "gone",
            (
                Hands::Person | Hands::Choosing | Hands::Helper { .. } | Hands::Private { .. },
                sheet,
            ) => match sheet {
                Sheet::Nothing => "guest",
                Sheet::More => "more",
                Sheet::Help => self.help.name(),
                Sheet::Helper => "helper",
                Sheet::Rights => "rights",
                Sheet::Pause => "pause",
            },
        }
    }

    /// When it changes, the focus starts anew. Every question has its own.
    pub fn key(&self, hands: Hands) -> Id {
        if self.sheet(hands) == Sheet::Rights {
            return self.rights.key();
        }
        match hands {
            Hands::Asking { ticket, .. } => {
                format!("{}.{}", self.name(hands), ticket.number()).into()
            }
            Hands::Person
            | Hands::Choosing
            | Hands::Helper { .. }
            | Hands::Private { .. }
            | Hands::Paused { .. }
            | Hands::Gone => self.name(hands).into(),
        }
    }

    /// Where the focus starts in large text: nowhere on what is read before it is answered.
    pub fn start(&self, hands: Hands) -> Start {
        match (hands, self.sheet(hands)) {
            (Hands::Asking { .. } | Hands::Paused { .. }, _) | (_, Sheet::Pause) => Start::Nowhere,
            (
                Hands::Person
                | Hands::Choosing
                | Hands::Helper { .. }
                | Hands::Private { .. }
                | Hands::Gone,
                Sheet::Nothing | Sheet::More | Sheet::Help | Sheet::Helper | Sheet::Rights,
            ) => Start::Main,
        }
    }

    /// What shows of the paper to sign, over the question.
    fn paper(&self, hands: Hands) -> consent::Step {
        let question = self.question(hands);
        question.map_or(consent::Step::Closed, |question| {
            self.consent.paper(&question)
        })
    }

    /// What Escape does. A question is not answered by it.
    pub fn back(&self, hands: Hands) -> Option<Message> {
        if let (Hands::Asking { ticket, .. }, true) =
            (hands, self.paper(hands) != consent::Step::Closed)
        {
            let back = consent::Message::PaperBack(ticket);
            return Some(Message::Consent(back));
        }
        match self.sheet(hands) {
            Sheet::Nothing => None,
            Sheet::More => Some(Message::Guest(guest::Message::More)),
            Sheet::Help => Some(Message::Guest(guest::Message::Sheet(help::Message::Close))),
            Sheet::Helper => Some(Message::Guest(guest::Message::HelperMenu)),
            Sheet::Rights => Some(Message::Guest(guest::Message::Rights(
                rights::Message::Back,
            ))),
            Sheet::Pause => Some(Message::Paused(paused::Message::Cancel)),
        }
    }

    /// Hears what a control said.
    pub fn update(&mut self, message: Message, model: &Model, seat: &dyn GuestSeat) -> Action {
        match message {
            Message::Guest(message) => self.guest(message, model, seat),
            Message::Consent(message) => self.consent(message, model),
            Message::Private(message) => private::update(message),
            Message::Paused(message) => self.paused(message),
            Message::Gone(message) => {
                self.slow = None;
                say(gone::update(message))
            }
        }
    }

    fn guest(&mut self, message: guest::Message, model: &Model, seat: &dyn GuestSeat) -> Action {
        match message {
            guest::Message::Home => say(Person::Home),
            guest::Message::Back => {
                seat.chord(&BACK);
                Action::Nothing
            }
            guest::Message::Help => {
                self.open(Sheet::Help, seat);
                Action::LookAtDoor
            }
            guest::Message::HelperMenu if self.sheet == Sheet::Helper => {
                self.open(Sheet::Nothing, seat)
            }
            guest::Message::HelperMenu => self.open(Sheet::Helper, seat),
            guest::Message::WillDo(act) => self.helper(Helper::WillDo(act)),
            guest::Message::Did => self.helper(Helper::Did),
            guest::Message::Longer => {
                self.helper(Helper::WantsLonger(model.config.help.default_minutes))
            }
            guest::Message::HelpedRead(number) => {
                self.read = number;
                Action::Nothing
            }
            guest::Message::More if self.sheet == Sheet::More => self.open(Sheet::Nothing, seat),
            guest::Message::More => self.open(Sheet::More, seat),
            guest::Message::Pause => self.open(Sheet::Pause, seat),
            guest::Message::Tool(tool) => Action::Tool(tool),
            guest::Message::Private => {
                self.sheet = Sheet::Nothing;
                say(Person::WantsPrivacy)
            }
            guest::Message::Other => {
                (self.sheet, self.slow) = (Sheet::Nothing, None);
                say(Person::OtherBrowser)
            }
            guest::Message::Finish => say(Person::Finish),
            guest::Message::TakeBack => take_back(seat),
            guest::Message::HandBack => self.helper(Helper::HandsBack),
            guest::Message::PrivacyOver => privacy_over(model),
            guest::Message::Slow(browser) => {
                self.slow = Some(browser);
                Action::Nothing
            }
            guest::Message::Shortcut(shortcut) => match shortcut {
                ShellShortcut::TakeBack => take_back(seat),
                // The frame around every screen hears the key of staff before the guest does.
                ShellShortcut::Bar | ShellShortcut::FullScreen | ShellShortcut::Station(_) => {
                    Action::Nothing
                }
            },
            guest::Message::Sheet(message) => self.on_help(message, model, seat),
            guest::Message::RightsOpen => self.open(Sheet::Rights, seat),
            guest::Message::Rights(message) => match self.rights.update(message) {
                rights::Action::Nothing => Action::Nothing,
                rights::Action::Close => self.open(Sheet::Nothing, seat),
                rights::Action::Tool(tool) => Action::Tool(tool),
            },
        }
    }

    fn on_help(&mut self, message: help::Message, model: &Model, seat: &dyn GuestSeat) -> Action {
        match self.help.update(message, model) {
            help::Action::Nothing => Action::Nothing,
            help::Action::Close => self.open(Sheet::Nothing, seat),
            help::Action::Rights => self.open(Sheet::Rights, seat),
            help::Action::Try(code) => Action::Knock(code),
            help::Action::Ask(request, name) => {
                self.name = name;
                self.helper(Helper::Asks(request))
            }
        }
    }

    /// Something that the helper says, from a sheet that then goes.
    fn helper(&mut self, said: Helper) -> Action {
        self.sheet = Sheet::Nothing;
        Action::Say(Event::Helper(said))
    }

    fn consent(&mut self, message: consent::Message, model: &Model) -> Action {
        let hands = guest(model).map(|guest| guest.hands);
        let Some(question) = hands.and_then(|hands| self.question(hands)) else {
            return Action::Nothing;
        };
        let mut state = self.consent;
        let action = match state.update(message, &question, model.published.printer) {
            consent::Action::Nothing => Action::Nothing,
            consent::Action::Yes(ticket, gestures) => say(Person::Yes(ticket, gestures)),
            consent::Action::No(ticket) => say(Person::No(ticket)),
            consent::Action::MoreTime(ticket) => say(Person::MoreTime(ticket)),
            consent::Action::Paper(gestures) => mandate_for(model, &question, gestures),
            consent::Action::Print(id) => Action::Take(Command::Print(id)),
            consent::Action::Tool(tool) => Action::Tool(tool),
        };
        self.consent = state;
        action
    }

    /// The question on the screen, if there is one.
    fn question(&self, hands: Hands) -> Option<consent::Question<'_>> {
        match hands {
            Hands::Asking {
                ticket,
                request,
                asks,
                ready,
                may_extend,
            } => Some(consent::Question {
                ticket,
                request,
                asks,
                ready,
                may_extend,
                name: self.name.as_str(),
            }),
            Hands::Person
            | Hands::Choosing
            | Hands::Helper { .. }
            | Hands::Private { .. }
            | Hands::Paused { .. }
            | Hands::Gone => None,
        }
    }

    /// What is read aloud of the rights sheet, while it shows.
    pub fn rights_aloud(&self, model: &Model, hands: Hands) -> Option<Vec<String>> {
        (self.sheet(hands) == Sheet::Rights).then(|| self.rights.spoken(model))
    }

    /// What is read aloud of the question on the screen.
    pub fn aloud(&self, model: &Model, hands: Hands) -> Option<Vec<String>> {
        let question = self.question(hands)?;
        let step = self.consent.paper(&question);
        if step != consent::Step::Closed {
            return Some(consent::paper::aloud(model, step));
        }
        Some(consent::said::aloud(
            model,
            question.request,
            question.asks,
            question.name,
        ))
    }

    /// Puts `sheet` over the page, which first lets go of every key.
    fn open(&mut self, sheet: Sheet, seat: &dyn GuestSeat) -> Action {
        if sheet != Sheet::Nothing {
            seat.input(Input::Focus(false));
        }
        self.sheet = sheet;
        Action::Nothing
    }

    fn paused(&mut self, message: paused::Message) -> Action {
        match self.paused.update(message) {
            paused::Action::Nothing => Action::Nothing,
            paused::Action::Start => {
                self.sheet = Sheet::Nothing;
                say(Person::Pause)
            }
            paused::Action::Cancel => {
                self.sheet = Sheet::Nothing;
                Action::Nothing
            }
            paused::Action::Resume(ticket) => say(Person::Resume(ticket)),
            paused::Action::Finish => say(Person::Finish),
        }
    }

    /// What shows. Wherever the policy covers the guest, it is not drawn at all.
    pub fn view<'a>(
        &'a self,
        model: &'a Model,
        guest: GuestView,
        side: Option<&'a GuestSide>,
    ) -> Element<'a, Message> {
        let sheet = self.sheet(guest.hands);
        match guest.hands {
            Hands::Asking { .. } => match self.question(guest.hands) {
                Some(question) => {
                    consent::view(model, self.consent, question).map(Message::Consent)
                }
                None => iced::widget::Space::new().into(),
            },
            Hands::Private {
                ticket,
                confirmed: false,
                by_field,
                helper_waits,
                returns,
            } => {
                let moment = private::Alone {
                    ticket,
                    by_field,
                    helper_waits,
                    returns,
                };
                private::view(model, moment).map(Message::Private)
            }
            Hands::Paused { ticket } => {
                paused::view(model, &self.paused, ticket).map(Message::Paused)
            }
            Hands::Gone => gone::view(model).map(Message::Gone),
            Hands::Person | Hands::Choosing | Hands::Helper { .. } | Hands::Private { .. } => {
                if sheet == Sheet::Pause {
                    return paused::choose(model, &self.paused).map(Message::Paused);
                }
                let look = Look {
                    guest,
                    sheet,
                    slow: self.slow,
                    help: &self.help,
                    rights: &self.rights,
                    read: self.read,
                };
                guest::view(model, look, side).map(Message::Guest)
            }
        }
    }
}

const fn say(said: Person) -> Action {
    Action::Say(Event::Person(said))
}

/// The hand is taken at the seat itself, before anybody else has heard of it.
fn take_back(seat: &dyn GuestSeat) -> Action {
    seat.revoke_helper();
    say(Person::TakeBack)
}

fn privacy_over(model: &Model) -> Action {
    match guest(model).map(|guest| guest.hands) {
        Some(Hands::Private { ticket, .. }) => say(Person::PrivacyOver(ticket)),
        Some(
            Hands::Person
            | Hands::Choosing
            | Hands::Asking { .. }
            | Hands::Helper { .. }
            | Hands::Paused { .. }
            | Hands::Gone,
        )
        | None => Action::Nothing,
    }
}
