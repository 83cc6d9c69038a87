//! "C'est à vous": something secret is to be typed, and nobody but the visitor may type or see.

use iced::widget::{column, container};
use iced::{Background, Length};

use super::Action;
use crate::shell::buttons::{Side, button, other_action};
use crate::shell::icon::Icon;
use crate::shell::kit::{Container, Element};
use crate::shell::layout::{card, plate, scrolled_in, title, words};
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
}

/// What it leads to.
pub const fn update(message: Message) -> Action {
    match message {
        Message::ItIsMe(ticket) => Action::Say(Event::Person(Person::ItIsMe(ticket))),
        Message::Over(ticket) => Action::Say(Event::Person(Person::PrivacyOver(ticket))),
        Message::NotSecret(ticket) => Action::NotSecret(ticket),
    }
}

/// The keys of what is read first, of what is read next, and of "J'ai fini".
const fn keys(doubt: bool, by_field: bool, helper_waits: bool) -> [&'static str; 3] {
    let first = if doubt {
        "private-doubt"
    } else if by_field {
        "private-field"
    } else {
        "private-asked"
    };
    if helper_waits {
        [first, "private-helper", "private-over-ask"]
    } else {
        [first, "private-alone", "private-over"]
    }
}

/// The screen. The guest is not in it: nothing shows through.
pub fn view<'a>(
    model: &Model,
    ticket: Ticket,
    by_field: bool,
    helper_waits: bool,
) -> Element<'a, Message> {
    let t = model.tokens();
    let doubt = by_field && model.published.sensor_doubt;
    let [first, second, over] = keys(doubt, by_field, helper_waits);
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
        go,
        done,
    ]
    .spacing(t.px(28.0))
    .align_x(iced::alignment::Horizontal::Center);
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
