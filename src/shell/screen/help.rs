//! "Vous voulez de l'aide ?": over the page, so that it can still be seen and spoken about.

use iced::widget::{Column, column, container, opaque};
use iced::{Background, Border, Length};

use super::calling;
use crate::shell::buttons::{main_action, other_action};
use crate::shell::control::control;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, leading, row, scrolled_in, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::visit::{Level, Request, RoleId};

/// Who was chosen: the first of the house's list, at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    role: RoleId,
}

impl Default for State {
    fn default() -> Self {
        Self { role: RoleId(0) }
    }
}

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// This function helps.
    Role(RoleId),
    /// "Demander la main".
    Ask,
    /// "Fermer".
    Close,
}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing yet.
    Nothing,
    /// The question is put to the visitor.
    Ask(Request),
    /// The sheet goes.
    Close,
}

impl State {
    /// Hears what a control said.
    pub fn update(&mut self, message: Message, model: &Model) -> Action {
        match message {
            Message::Role(role) => {
                self.role = role;
                Action::Nothing
            }
            Message::Ask => Action::Ask(Request {
                role: self.role,
                level: Level::Act,
                minutes: model.config.help.default_minutes,
            }),
            Message::Close => Action::Close,
        }
    }
}

/// The sheet.
pub fn view<'a>(model: &'a Model, state: &State) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let ask =
        main_action(t, "help.ask", Icon::Handshake, model.say("help-ask")).on_press(Message::Ask);
    let close =
        other_action(t, "help.close", Icon::X, model.say("help-close")).on_press(Message::Close);
    let end =
        container(foot(t, vec![close.into()], vec![ask.into()])).padding([t.px(28.0), t.px(48.0)]);
    let sheet = column![
        scrolled_in(t, t.px(48.0), Length::Fill, said(model, *state)),
        end
    ];
    let width = t.font(960.0).min(t.window.width);
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
    let align = if t.rtl {
        iced::alignment::Horizontal::Left
    } else {
        iced::alignment::Horizontal::Right
    };
    opaque(
        container(panel)
            .width(Length::Fill)
            .height(Length::Fill)
            .align_x(align),
    )
}

fn said(model: &Model, state: State) -> Element<'_, Message> {
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
    let roles = model.config.help.roles.iter().map(|role| {
        let chosen = role.id == state.role;
        let label = model.read(&role.label);
        let drawing = if chosen {
            Icon::Check
        } else {
            Icon::UserCircle
        };
        let content = row(
            t,
            vec![
                icon(drawing, t.icon(40.0)).into(),
                strong(t, label, t.font(32.0)).into(),
            ],
        )
        .spacing(t.px(20.0));
        control(
            t,
            format!("help.role.{}", role.id.0),
            label,
            Kind::Pill,
            content,
        )
        .chosen(chosen)
        .width(Length::Fill)
        .align(leading(t))
        .on_press(Message::Role(role.id))
        .into()
    });
    column![
        strong(t, model.say("help-title"), t.title(56.0)),
        line(Icon::HandWaving, contact.into()),
        line(Icon::SpeakerHigh, text("help-guide")),
        line(Icon::Handshake, text("help-hand")),
        strong(t, model.say("help-who"), t.font(36.0)),
        Column::with_children(roles).spacing(t.px(18.0)),
    ]
    .spacing(t.px(28.0))
    .padding([t.px(24.0), 0.0])
    .into()
}
