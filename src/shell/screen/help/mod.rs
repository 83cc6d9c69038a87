//! "Vous voulez de l'aide ?": over the page, so that it can still be seen and spoken about; and,
//! behind the helper's code, what the helper asks for.

pub mod code;
pub mod form;
pub mod name;

use iced::widget::{column, container, opaque};
use iced::{Background, Border, Length};

use super::calling;
use crate::secrets::Code;
use crate::shell::buttons::{main_action, other_action};
use crate::shell::door::Door;
use crate::shell::icon::{Icon, icon};
use crate::shell::keypad;
use crate::shell::kit::Element;
use crate::shell::layout::{foot, row, scrolled_in, strong, trailing, words};
use crate::shell::model::Model;
use crate::visit::{Gesture, Level, Request, RoleId};

pub use form::Form;
pub use name::FirstName;

/// How far the helper has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    /// What help is.
    #[default]
    Welcome,
    /// The helper's code.
    Code,
    /// What they ask for.
    Form,
}

/// What was typed and chosen. A new opening of the sheet starts anew.
#[derive(Debug, Default)]
pub struct State {
    step: Step,
    code: Code,
    form: Form,
}

/// What a person can do here.
#[derive(Clone, Debug)]
pub enum Message {
    /// "Je suis l'aidant".
    Helper,
    /// The code's field now reads so.
    Typed(String),
    /// A digit of the keypad.
    Digit(u8),
    /// Takes the last sign of the code away.
    Erase,
    /// Tries the code.
    Try,
    /// The code was right.
    Passed,
    /// This function helps.
    Role(RoleId),
    /// The first name now reads so.
    Name(String),
    /// How far.
    Level(Level),
    /// A box.
    Gesture(Gesture),
    /// How long.
    Minutes(u8),
    /// "Demander l'accord".
    Ask,
    /// "Ai-je le droit ?"
    Rights,
    /// "Fermer".
    Close,
}

/// What it leads to.
#[derive(Debug)]
pub enum Action {
    /// Nothing yet.
    Nothing,
    /// The house is asked whether this is the helper's code.
    Try(Code),
    /// The question is put to the visitor, by somebody of this name.
    Ask(Request, FirstName),
    /// The rights sheet comes in its place.
    Rights,
    /// The sheet goes.
    Close,
}

impl State {
    /// Which part of the sheet shows: the focus starts anew with each.
    pub const fn name(&self) -> &'static str {
        match self.step {
            Step::Welcome => "help",
            Step::Code => "code",
            Step::Form => "request",
        }
    }

    /// Hears what a control said.
    pub fn update(&mut self, message: Message, model: &Model) -> Action {
        match message {
            Message::Helper => {
                self.step = match model.door {
                    Door::Open => Step::Form,
                    Door::Unknown
                    | Door::Closed
                    | Door::Asked
                    | Door::Wrong { .. }
                    | Door::Broken => Step::Code,
                };
            }
            Message::Typed(field) => keypad::typed(&mut self.code, &field),
            Message::Digit(digit) => self.code.push(b'0' + digit.min(9)),
            Message::Erase => self.code.pop(),
            Message::Try if self.code.is_empty() => {}
            Message::Try => return Action::Try(std::mem::take(&mut self.code)),
            Message::Passed if self.step == Step::Code => self.step = Step::Form,
            Message::Passed => {}
            Message::Role(role) => self.form.role = role,
            Message::Name(name) => self.form.name = FirstName::typed(&name),
            Message::Level(level) => self.form.level = level,
            Message::Gesture(gesture) => self.form.gestures = self.form.gestures.toggled(gesture),
            Message::Minutes(minutes) => self.form.minutes = Some(minutes),
            Message::Ask => {
                // Only from behind the code.
                if let (Step::Form, Some(request)) = (self.step, self.form.request(model)) {
                    let name = self.form.name.clone();
                    *self = Self::default();
                    return Action::Ask(request, name);
                }
            }
            Message::Rights => return Action::Rights,
            Message::Close => {
                *self = Self::default();
                return Action::Close;
            }
        }
        Action::Nothing
    }
}

/// The sheet.
pub fn view<'a>(model: &'a Model, state: &State) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let width = t.font(1060.0).min(t.window.width);
    let side = t.px(48.0);
    let close =
        other_action(t, "help.close", Icon::X, model.say("help-close")).on_press(Message::Close);
    let (said, go) = match state.step {
        Step::Welcome => (welcome(model), helper(model)),
        Step::Code => (code::view(model, &state.code), code::go(model, &state.code)),
        Step::Form => (
            form::view(model, &state.form, width - 2.0 * side),
            ask(model, &state.form),
        ),
    };
    let rights = other_action(t, "help.rights", Icon::Scales, model.say("rights-open"))
        .on_press(Message::Rights);
    let first = match state.step {
        // A visitor who looks for help has no use for it.
        Step::Welcome => vec![close.into()],
        Step::Code | Step::Form => vec![close.into(), rights.into()],
    };
    let end = container(foot(t, first, vec![go])).padding([t.px(28.0), side]);
    let sheet = column![scrolled_in(t, side, Length::Fill, said), end];
    let panel = container(sheet)
        .width(width)
        .height(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(p.ink),
            background: Some(Background::Color(p.sand)),
            border: Border {
                color: p.line,
                width: t.px(3.0).max(2.0),
                radius: 0.0.into(),
            },
            ..container::Style::default()
        });
    let align = trailing(t);
    opaque(
        container(panel)
            .width(Length::Fill)
            .height(Length::Fill)
            .align_x(align),
    )
}

fn helper<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    main_action(t, "help.helper", Icon::Handshake, model.say("help-helper"))
        .on_press(Message::Helper)
        .into()
}

fn ask<'a>(model: &Model, form: &Form) -> Element<'a, Message> {
    let t = model.tokens();
    let ready = form.request(model).map(|_| Message::Ask);
    main_action(t, "help.ask", Icon::Handshake, model.say("help-ask"))
        .on_press_maybe(ready)
        .into()
}

fn welcome(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let p = t.palette;
    let line = |drawing: Icon, said| -> Element<'_, Message> {
        row(
            t,
            vec![icon(drawing, t.icon(52.0)).color(p.action).into(), said],
        )
        .spacing(t.px(24.0))
        .into()
    };
    let text = |key: &str| {
        words(t, model.say(key), t.font(32.0))
            .width(Length::Fill)
            .into()
    };
    let contact = strong(t, calling::contact(model), t.font(34.0)).width(Length::Fill);
    column![
        strong(t, model.say("help-title"), t.title(56.0)).width(Length::Fill),
        line(Icon::HandWaving, contact.into()),
        line(Icon::SpeakerHigh, text("help-guide")),
        line(Icon::Handshake, text("help-hand")),
    ]
    .spacing(t.px(28.0))
    .padding([t.px(24.0), 0.0])
    .into()
}
