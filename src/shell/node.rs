//! What focus and probe know of a control.

use std::borrow::Cow;

use iced::Rectangle;
use iced::advanced::widget::Operation;

/// The stable name of a control, as in "welcome.start".
pub type Id = Cow<'static, str>;

/// What a control is, for the probe and for the keys that it takes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Does something when pressed.
    Button,
    /// Is ticked or not.
    Checkbox,
    /// Takes text; owns the left and right arrows.
    TextField,
    /// The guest's picture; owns every key but the shell's shortcuts.
    Guest,
}

impl Role {
    /// The name in the probe's document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Checkbox => "checkbox",
            Self::TextField => "textfield",
            Self::Guest => "guest",
        }
    }
}

/// What is known of a control without drawing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name.
    pub id: Id,
    /// What it is.
    pub role: Role,
    /// What it says, never a string from the guest.
    pub label: String,
    /// Whether it can be used now.
    pub enabled: bool,
    /// Ticked or not, when that means something.
    pub checked: Option<bool>,
    /// The screen's main action: the first focus.
    pub main: bool,
}

/// The part of a widget's state that focus and probe work on. A custom widget keeps one and offers
/// it to every operation through [`Node::offer`].
#[derive(Clone, Debug)]
pub struct Node {
    /// The facts of this drawing.
    pub facts: Facts,
    /// Whether the keyboard speaks to it.
    pub focused: bool,
}

impl Node {
    /// A node without focus.
    pub const fn new(facts: Facts) -> Self {
        Self {
            facts,
            focused: false,
        }
    }

    /// Takes the facts of a new drawing; the focus stays only with the same control.
    pub fn renew(&mut self, facts: &Facts) {
        if self.facts.id != facts.id {
            self.focused = false;
        }
        self.facts.clone_from(facts);
    }

    /// Shows the node to `operation`.
    pub fn offer(&mut self, bounds: Rectangle, operation: &mut dyn Operation) {
        operation.custom(None, bounds, self);
    }
}
