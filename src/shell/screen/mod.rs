//! The screens: a contents page. Each file owns what its screen shows and what it can say.

pub mod notice;
pub mod welcome;


use crate::shell::kit::Element;
use super::control::Id;
use super::focus::Start;
use super::model::Model;
use super::tools::Tool;
use crate::custodian::Command;
use crate::visit::{self, View};

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
}

/// The screen that shows, with its own small state.
#[derive(Debug)]
pub enum Screen {
    /// Ready for somebody.
    Welcome,
    /// What this station does with your data.
    Notice,
}

/// What a screen's controls say.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "one per screen")]
pub enum Message {
    Welcome(welcome::Message),
    Notice(notice::Message),
}

impl Screen {
    /// The screen for what is published, fresh.
    pub fn of(view: View) -> Self {
        match view {
            View::Notice => Self::Notice,
            _ => Self::Welcome,
        }
    }

    /// Its name: part of the names of its controls, and what the probe tells.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Notice => "notice",
        }
    }

    /// What tells this screen from another of the same kind: when it changes, the focus starts
    /// anew.
    pub fn key(&self) -> Id {
        self.name().into()
    }

    /// Where its focus starts.
    pub fn start(&self) -> Start {
        match self {
            Self::Welcome => Start::Main,
            Self::Notice => notice::START,
        }
    }

    /// What Escape does.
    pub fn back(&self) -> Option<Message> {
        match self {
            Self::Welcome => None,
            Self::Notice => Some(Message::Notice(notice::Message::Back)),
        }
    }

    /// Hears what a control said. A message of a screen that has gone is dropped.
    pub fn update(&mut self, message: Message, _model: &Model) -> Action {
        match (self, message) {
            (Self::Welcome, Message::Welcome(message)) => welcome::update(message),
            (Self::Notice, Message::Notice(message)) => notice::update(message),
            (_, Message::Welcome(_) | Message::Notice(_)) => Action::Nothing,
        }
    }

    /// What shows.
    pub fn view<'a>(&'a self, model: &'a Model) -> Element<'a, Message> {
        match self {
            Self::Welcome => welcome::view(model).map(Message::Welcome),
            Self::Notice => notice::view(model).map(Message::Notice),
        }
    }
}
