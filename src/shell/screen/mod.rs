//! The screens: a contents page. Each file owns what its screen shows and what it can say.

pub mod banner;
pub mod bar;
pub mod calling;
pub mod choosing;
pub mod clean;
pub mod code;
pub mod consent;
pub mod counted;
pub mod export;
pub mod farewell;
pub mod gone;
pub mod guest;
pub mod help;
pub mod idle;
pub mod inside;
pub mod notice;
pub mod out_of_service;
pub mod paused;
pub mod private;
pub mod quarantined;
pub mod rights;
pub mod spoken;
pub mod staff;
pub mod stats;
pub mod taking;
pub mod welcome;
pub mod wiping;

#[cfg(test)]
mod repaint_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod visit_tests;

use iced::widget::Space;

use super::control::Id;
use super::desk::Order;
use super::focus::Start;
use super::guest_side::GuestSide;
use super::kit::Element;
use super::model::Model;
use super::tools::Tool;
use crate::custodian::Command;
use crate::guardian::Word;
use crate::secrets::Code;
use crate::visit::{self, Hands, View};

/// What a screen wants done.
#[derive(Debug)]
pub enum Action {
    /// Nothing outside the screen.
    Nothing,
    /// The visitor said something.
    Say(visit::Event),
    /// A tool was used.
    Tool(Tool),
    /// A document to print or to copy.
    Take(Command),
    /// Something for the guardian.
    Tell(Word),
    /// The clean screen has been seen.
    CleanSeen,
    /// A field that nobody could judge is no secret: the visitor says so, on this private screen.
    NotSecret(visit::Ticket),
    /// Staff wish something.
    Desk(Order),
    /// Whether the house has a helper's code.
    LookAtDoor,
    /// Whether this is the helper's code.
    Knock(Code),
}

/// Which screen, without its state. The same kind keeps its state when the level changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "one per screen file")]
pub enum Kind {
    Starting,
    Welcome,
    Clean,
    Notice,
    Choosing,
    Calling,
    Guest,
    Farewell,
    Wiping,
    Quarantined,
    Closed,
    Staff,
}

impl Kind {
    /// The screen that must show. `clean_due`: the visit that has just ended was wiped and
    /// verified, and nobody has seen that said yet.
    pub fn of(model: &Model, clean_due: bool) -> Self {
        if model.desk.is_up() {
            return Self::Staff;
        }
        match model.view() {
            View::Auditing { after_visit: false } => Self::Starting,
            View::Auditing { after_visit: true } | View::Wiping { .. } => Self::Wiping,
            View::Welcome { .. } if clean_due => Self::Clean,
            View::Welcome { .. } if model.published.shut.is_some() => Self::Closed,
            View::Welcome { .. } => Self::Welcome,
            View::Notice | View::Choosing if model.calling => Self::Calling,
            View::Notice => Self::Notice,
            View::Choosing => Self::Choosing,
            View::Guest(guest) if guest.hands == Hands::Choosing => Self::Choosing,
            View::Guest(_) => Self::Guest,
            View::Farewell(_) => Self::Farewell,
            View::Quarantined(_) => Self::Quarantined,
        }
    }

    /// Its name: the first part of the names of its controls, and what the probe tells.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Welcome => "welcome",
            Self::Clean => "clean",
            Self::Notice => "notice",
            Self::Choosing => "choosing",
            Self::Calling => "calling",
            Self::Guest => "guest",
            Self::Farewell => "farewell",
            Self::Wiping => "wiping",
            Self::Quarantined => "quarantined",
            Self::Closed => "closed",
            Self::Staff => "staff",
        }
    }
}

/// The screen that shows, with its own small state.
#[derive(Debug)]
#[allow(missing_docs, reason = "one per screen file")]
pub enum Screen {
    Starting,
    Welcome,
    Clean,
    Notice,
    Choosing(choosing::Choosing),
    Calling,
    Guest(inside::Inside),
    Farewell(farewell::State),
    Wiping,
    Quarantined,
    Closed,
    Staff(staff::Staff),
}

/// What a screen's controls say.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "one per screen file that has controls")]
pub enum Message {
    Welcome(welcome::Message),
    Clean(clean::Message),
    Notice(notice::Message),
    Choosing(choosing::Message),
    Calling(calling::Message),
    Inside(inside::Message),
    Farewell(farewell::Message),
    Idle(idle::Message),
    Staff(staff::Message),
    /// Staff wish to stand here.
    Enter,
    /// "Écouter", over the screens that have no line of tools.
    Listen,
}

/// The helper's code was right: for the sheet that asked.
pub const fn passed() -> Message {
    let passed = help::Message::Passed;
    Message::Inside(inside::Message::Guest(guest::Message::Sheet(passed)))
}

impl Screen {
    /// A fresh screen.
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Starting => Self::Starting,
            Kind::Welcome => Self::Welcome,
            Kind::Clean => Self::Clean,
            Kind::Notice => Self::Notice,
            Kind::Choosing => Self::Choosing(choosing::Choosing::default()),
            Kind::Calling => Self::Calling,
            Kind::Guest => Self::Guest(inside::Inside::default()),
            Kind::Farewell => Self::Farewell(farewell::State::default()),
            Kind::Wiping => Self::Wiping,
            Kind::Quarantined => Self::Quarantined,
            Kind::Closed => Self::Closed,
            Kind::Staff => Self::Staff(staff::Staff::default()),
        }
    }

    /// Which one it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Starting => Kind::Starting,
            Self::Welcome => Kind::Welcome,
            Self::Clean => Kind::Clean,
            Self::Notice => Kind::Notice,
            Self::Choosing(_) => Kind::Choosing,
            Self::Calling => Kind::Calling,
            Self::Guest(_) => Kind::Guest,
            Self::Farewell(_) => Kind::Farewell,
            Self::Wiping => Kind::Wiping,
            Self::Quarantined => Kind::Quarantined,
            Self::Closed => Kind::Closed,
            Self::Staff(_) => Kind::Staff,
        }
    }

    /// What the probe calls it.
    pub fn name(&self, model: &Model) -> &'static str {
        match (self, inside::guest(model)) {
            (Self::Staff(screen), _) => screen.name(model.desk.showing),
            _ if model.published.idle_left.is_some() => "idle",
            (Self::Guest(screen), Some(guest)) => screen.name(guest.hands),
            (
                Self::Starting
                | Self::Welcome
                | Self::Clean
                | Self::Notice
                | Self::Choosing(_)
                | Self::Calling
                | Self::Guest(_)
                | Self::Farewell(_)
                | Self::Wiping
                | Self::Quarantined
                | Self::Closed,
                _,
            ) => self.kind().name(),
        }
    }

    /// When it changes, the focus starts anew.
    pub fn key(&self, model: &Model) -> Id {
        match (self, inside::guest(model)) {
            (Self::Staff(screen), _) => screen.key(model.desk.showing),
            _ if model.published.idle_left.is_some() => "idle".into(),
            (Self::Choosing(screen), _) => screen.key(),
            (Self::Guest(screen), Some(guest)) => screen.key(guest.hands),
            (
                Self::Starting
                | Self::Welcome
                | Self::Clean
                | Self::Notice
                | Self::Calling
                | Self::Guest(_)
                | Self::Farewell(_)
                | Self::Wiping
                | Self::Quarantined
                | Self::Closed,
                _,
            ) => self.kind().name().into(),
        }
    }

    /// Where its focus starts: on the main action. In large text that would scroll away what a
    /// visitor must read first, so there the first Tab begins at the top.
    pub fn start(&self, model: &Model) -> Start {
        match self {
            Self::Guest(screen) if model.tokens().is_large() => {
                inside::guest(model).map_or(Start::Main, |guest| screen.start(guest.hands))
            }
            Self::Starting
            | Self::Welcome
            | Self::Clean
            | Self::Notice
            | Self::Choosing(_)
            | Self::Calling
            | Self::Guest(_)
            | Self::Farewell(_)
            | Self::Wiping
            | Self::Quarantined
            | Self::Closed
            | Self::Staff(_) => Start::Main,
        }
    }

    /// What Escape does.
    pub fn back(&self, model: &Model) -> Option<Message> {
        match self {
            Self::Notice => Some(Message::Notice(notice::Message::Back)),
            Self::Choosing(_) => Some(Message::Choosing(choosing::Message::Back)),
            Self::Calling => Some(Message::Calling(calling::Message::Back)),
            Self::Clean => Some(Message::Clean(clean::Message::Seen)),
            Self::Guest(screen) => {
                let guest = inside::guest(model)?;
                screen.back(guest.hands).map(Message::Inside)
            }
            Self::Farewell(_) => match model.view() {
                View::Farewell(view) => farewell::back(view).map(Message::Farewell),
                View::Auditing { .. }
                | View::Welcome { .. }
                | View::Notice
                | View::Choosing
                | View::Guest(_)
                | View::Wiping { .. }
                | View::Quarantined(_) => None,
            },
            Self::Staff(_) => Some(Message::Staff(staff::Message::Back)),
            Self::Starting | Self::Welcome | Self::Wiping | Self::Quarantined | Self::Closed => {
                None
            }
        }
    }

    /// Hears what a control said. A message of a screen that has gone is dropped.
    pub fn update(&mut self, message: Message, model: &mut Model, guest: &GuestSide) -> Action {
        match (message, self) {
            (Message::Welcome(message), Self::Welcome) => welcome::update(message),
            (Message::Clean(message), Self::Clean) => clean::update(message),
            (Message::Notice(message), Self::Notice) => notice::update(message),
            (Message::Choosing(message), Self::Choosing(screen)) => screen.update(message),
            (Message::Calling(message), Self::Calling) => calling::update(message, model),
            (Message::Inside(message), Self::Guest(screen)) => {
                screen.update(message, model, &*guest.seat)
            }
            (Message::Farewell(message), Self::Farewell(state)) => {
                farewell::update(message, state, model)
            }
            (
                Message::Staff(staff::Message::Rights(rights::Message::Tool(tool))),
                Self::Staff(_),
            ) => Action::Tool(tool),
            (Message::Staff(message), Self::Staff(screen)) => screen
                .update(message, model)
                .map_or(Action::Nothing, Action::Desk),
            (Message::Enter, _) => Action::Desk(Order::Enter),
            (Message::Listen, _) => Action::Tool(Tool::Listen),
            (
                Message::Welcome(_)
                | Message::Clean(_)
                | Message::Notice(_)
                | Message::Choosing(_)
                | Message::Calling(_)
                | Message::Inside(_)
                | Message::Farewell(_)
                | Message::Staff(_)
                | Message::Idle(_),
                _,
            ) => Action::Nothing,
        }
    }

    /// What shows.
    pub fn view<'a>(
        &'a self,
        model: &'a Model,
        side: Option<&'a GuestSide>,
    ) -> Element<'a, Message> {
        let shown = if self.has_tools(model) {
            self.alone(model, side)
        } else {
            spoken::over(model, self.alone(model, side), Message::Listen)
        };
        if model.voice_missing {
            iced::widget::column![spoken::missing(model), shown].into()
        } else {
            shown
        }
    }

    /// Whether "Écouter" stands in a line of tools of the screen itself.
    fn has_tools(&self, model: &Model) -> bool {
        match (self, inside::guest(model)) {
            _ if model.published.idle_left.is_some() => false,
            (Self::Guest(screen), Some(guest)) => screen.has_tools(guest.hands),
            (Self::Notice | Self::Choosing(_) | Self::Farewell(_) | Self::Staff(_), _) => true,
            (
                Self::Starting
                | Self::Welcome
                | Self::Clean
                | Self::Calling
                | Self::Wiping
                | Self::Quarantined
                | Self::Closed
                | Self::Guest(_),
                _,
            ) => false,
        }
    }

    fn alone<'a>(&'a self, model: &'a Model, side: Option<&'a GuestSide>) -> Element<'a, Message> {
        if let (Some(seconds), false) = (model.published.idle_left, model.desk.is_up()) {
            return idle::view(model, seconds).map(Message::Idle);
        }
        match self {
            Self::Starting => wiping::starting(model),
            Self::Welcome => welcome::view(model).map(Message::Welcome),
            Self::Clean => clean::view(model).map(Message::Clean),
            Self::Notice => notice::view(model).map(Message::Notice),
            Self::Choosing(screen) => screen.view(model).map(Message::Choosing),
            Self::Calling => calling::view(model).map(Message::Calling),
            Self::Wiping => wiping::view(model),
            Self::Quarantined => quarantined::view(model),
            Self::Closed => model
                .published
                .shut
                .map_or_else(|| Space::new().into(), |shut| staff::closed(model, shut)),
            Self::Staff(screen) => screen.view(model).map(Message::Staff),
            Self::Guest(screen) => match inside::guest(model) {
                Some(guest) => screen.view(model, guest, side).map(Message::Inside),
                None => Space::new().into(),
            },
            Self::Farewell(state) => match model.view() {
                View::Farewell(view) => farewell::view(model, view, *state).map(Message::Farewell),
                View::Auditing { .. }
                | View::Welcome { .. }
                | View::Notice
                | View::Choosing
                | View::Guest(_)
                | View::Wiping { .. }
                | View::Quarantined(_) => Space::new().into(),
            },
        }
    }
}
