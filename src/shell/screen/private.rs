//! "C'est à vous": something secret is to be typed, and nobody but the visitor may type or see.

use iced::widget::{column, container};
use iced::{Background, Length};

use super::Action;
use super::consent::boxes::square;
use crate::shell::buttons::{Side, button, other_action};
use crate::shell::control::control;
use crate::shell::icon::Icon;
use crate::shell::kit::{Container, Element};
use crate::shell::layout::{card, plate, row, scrolled_in, title, words};
use crate::shell::look::{Kind, mix};
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::visit::{Event, Person, Ticket};

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "C'est moi, je continue".
    ItIsMe(Ticket),
    /// "J'ai fini".
    Over(Ticket),
    /// "Ce n'est pas un secret", of a field that nobody could judge.
    NotSecret(Ticket),
    /// The helper goes on afterwards (true), or is asked about again.
    Returns(Ticket, bool),
}

/// What it leads to.
pub const fn update(message: Message) -> Action {
    match message {
        Message::ItIsMe(ticket) => Action::Say(Event::Person(Person::ItIsMe(ticket))),
        Message::Over(ticket) => Action::Say(Event::Person(Person::PrivacyOver(ticket))),
        Message::NotSecret(ticket) => Action::NotSecret(ticket),
        Message::Returns(ticket, wish) => Action::Say(Event::Person(Person::Returns(ticket, wish))),
    }
}

/// A private moment, as the guardian publishes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Answers must carry it.
    pub ticket: Ticket,
    /// A field asked for it.
    pub by_field: bool,
    /// A helper comes back afterwards, by a question at least.
    pub helper_waits: bool,
    /// Whether they go on without one; `None` where that cannot be chosen.
    pub returns: Option<bool>,
}

impl Alone {
    /// What "J'ai fini" says.
    pub const fn over(self) -> &'static str {
        match (self.helper_waits, self.returns) {
            (true, Some(true)) => "private-over-returns",
            (true, Some(false) | None) => "private-over-ask",
            (false, _) => "private-over",
        }
    }
}

/// The keys of what is read first, of what is read next, and of "J'ai fini".
const fn keys(doubt: bool, alone: Alone) -> [&'static str; 3] {
    let first = if doubt {
        "private-doubt"
    } else if alone.by_field {
        "private-field"
    } else {
        "private-asked"
    };
    let second = if alone.helper_waits {
        "private-helper"
    } else {
        "private-alone"
    };
    [first, second, alone.over()]
}

/// The screen. The guest is not in it: nothing shows through.
pub fn view<'a>(model: &Model, moment: Alone) -> Element<'a, Message> {
    let t = model.tokens();
    let ticket = moment.ticket;
    let doubt = moment.by_field && model.published.sensor_doubt;
    let [first, second, over] = keys(doubt, moment);
    let go = button(
        t,
        "private.itsme",
        Kind::Primary,
        (Icon::UserCircle, Side::Before),
        model.say("private-its-me"),
        42.0,
    )
    .padding([t.px(30.0), t.px(56.0)])
    .on_press(Message::ItIsMe(ticket))
    .main();
    let done = other_action(t, "private.over", Icon::Check, model.say(over))
        .on_press(Message::Over(ticket));
    let no_secret = doubt.then(|| {
        other_action(
            t,
            "private.nosecret",
            Icon::Eye,
            model.say("private-no-secret"),
        )
        .on_press(Message::NotSecret(ticket))
    });
    let mut inside = column![
        plate(t, Icon::Password, if t.is_large() { 84.0 } else { 150.0 }),
        title(t, model.say("private-title")).center(),
        words(t, model.say(first), t.font(40.0)).center(),
        words(t, model.say(second), t.font(40.0)).center(),
        container(go).padding([t.air(18.0), 0.0]),
    ]
    .spacing(t.px(24.0))
    .align_x(iced::alignment::Horizontal::Center);
    if let Some(returns) = moment.returns {
        inside = inside.push(choice(model, ticket, returns));
    }
    inside = inside.push(done);
    if let Some(no_secret) = no_secret {
        inside = inside.push(no_secret);
    }
    let held = card(
        t,
        container(inside)
            .padding(t.px(if t.is_large() { 36.0 } else { 56.0 }))
            .center_x(Length::Fill),
    )
    .max_width(t.font(1240.0));
    alone(t, held)
}

/// The box with which the visitor lets the helper go on afterwards. It is never ticked beforehand.
fn choice<'a>(model: &Model, ticket: Ticket, returns: bool) -> Element<'a, Message> {
    let t = model.tokens();
    let label = model.say("private-returns");
    let content = row(
        t,
        vec![
            square(t, returns),
            words(t, label.clone(), t.font(34.0)).into(),
        ],
    )
    .spacing(t.px(20.0));
    control(t, "private.returns", label, Kind::Tick, content)
        .padding([t.px(8.0), t.px(12.0)])
        .checked(returns)
        .on_press(Message::Returns(ticket, !returns))
        .into()
}

/// The card in the middle of a ground that hides the page.
fn alone(t: Tokens, held: Container<'_, Message>) -> Element<'_, Message> {
    let p = t.palette;
    let ground = if t.contrast {
        p.card
    } else {
        mix(p.sea_2, p.sky, 0.2)
    };
    let placed = container(held)
        .center_x(Length::Fill)
        .padding([t.px(48.0), 0.0]);
    container(scrolled_in(t, t.px(24.0), Length::Shrink, placed))
        .center_y(Length::Fill)
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(ground)),
            ..container::Style::default()
        })
        .into()
}
