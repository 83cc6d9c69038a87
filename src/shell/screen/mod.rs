//! The screens: a contents page. Each file owns what its screen shows and what it can say.

pub mod calling;
pub mod choosing;
pub mod clean;
pub mod notice;
pub mod quarantined;
pub mod welcome;
pub mod wiping;

use iced::widget::Space;

use super::control::Id;
use super::focus::Start;
use super::guest_area::Picture;
use super::kit::Element;
use super::model::Model;
use super::tools::Tool;
use crate::custodian::Command;
use crate::display;
use crate::visit::{self, Hands, View};

/// The guest, for the screens that show it. Absent when screens are drawn without a station.
pub struct GuestSide {
    /// Its latest picture.
    pub picture: Picture,
    /// Where input goes.
    pub display: display::Handle,
}

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
    /// The clean screen has been seen.
    CleanSeen,
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
}

impl Kind {
    /// The screen that must show. `clean_due`: the visit that has just ended was wiped and
    /// verified, and nobody has seen that said yet.
    pub fn of(model: &Model, clean_due: bool) -> Self {
        match model.view() {
            View::Auditing { after_visit: false } => Self::Starting,
            View::Auditing { after_visit: true } | View::Wiping { .. } => Self::Wiping,
            View::Welcome { .. } if clean_due => Self::Clean,
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
    Guest,
    Farewell,
    Wiping,
    Quarantined,
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
            Kind::Guest => Self::Guest,
            Kind::Farewell => Self::Farewell,
            Kind::Wiping => Self::Wiping,
            Kind::Quarantined => Self::Quarantined,
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
            Self::Guest => Kind::Guest,
            Self::Farewell => Kind::Farewell,
            Self::Wiping => Kind::Wiping,
            Self::Quarantined => Kind::Quarantined,
        }
    }

    /// What the probe calls it.
    pub const fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// When it changes, the focus starts anew.
    pub fn key(&self, _model: &Model) -> Id {
        match self {
            Self::Choosing(screen) => screen.key(),
            Self::Starting
            | Self::Welcome
            | Self::Clean
            | Self::Notice
            | Self::Calling
            | Self::Guest
            | Self::Farewell
            | Self::Wiping
            | Self::Quarantined => self.name().into(),
        }
    }

    /// Where its focus starts: nowhere on a question, else on the main action.
    pub fn start(&self, _model: &Model) -> Start {
        Start::Main
    }

    /// What Escape does.
    pub fn back(&self, _model: &Model) -> Option<Message> {
        match self {
            Self::Notice => Some(Message::Notice(notice::Message::Back)),
            Self::Choosing(_) => Some(Message::Choosing(choosing::Message::Back)),
            Self::Calling => Some(Message::Calling(calling::Message::Back)),
            Self::Clean => Some(Message::Clean(clean::Message::Seen)),
            Self::Starting
            | Self::Welcome
            | Self::Guest
            | Self::Farewell
            | Self::Wiping
            | Self::Quarantined => None,
        }
    }

    /// Hears what a control said. A message of a screen that has gone is dropped.
    pub fn update(&mut self, message: Message, model: &mut Model, _guest: &GuestSide) -> Action {
        match (message, self) {
            (Message::Welcome(message), Self::Welcome) => welcome::update(message),
            (Message::Clean(message), Self::Clean) => clean::update(message),
            (Message::Notice(message), Self::Notice) => notice::update(message),
            (Message::Choosing(message), Self::Choosing(screen)) => screen.update(message),
            (Message::Calling(message), Self::Calling) => calling::update(message, model),
            (
                Message::Welcome(_)
                | Message::Clean(_)
                | Message::Notice(_)
                | Message::Choosing(_)
                | Message::Calling(_),
                _,
            ) => Action::Nothing,
        }
    }

    /// What shows.
    pub fn view<'a>(
        &'a self,
        model: &'a Model,
        _guest: Option<&'a GuestSide>,
    ) -> Element<'a, Message> {
        match self {
            Self::Starting => wiping::starting(model),
            Self::Welcome => welcome::view(model).map(Message::Welcome),
            Self::Clean => clean::view(model).map(Message::Clean),
            Self::Notice => notice::view(model).map(Message::Notice),
            Self::Choosing(screen) => screen.view(model).map(Message::Choosing),
            Self::Calling => calling::view(model).map(Message::Calling),
            Self::Wiping => wiping::view(model),
            Self::Quarantined => quarantined::view(model),
            Self::Guest | Self::Farewell => Space::new().into(),
        }
    }
}
