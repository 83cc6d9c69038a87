//! "Bonjour.": the station waits for somebody.

use iced::alignment::Vertical;
use iced::widget::{Space, column, container, stack};
use iced::{Color, Length, Padding};

use super::Action;
use crate::shell::buttons::{Side, button};
use crate::shell::control::control;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, leading, row, scrolled, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::shell::tools::Tool;
use crate::shell::wave::wave;
use crate::visit::{Event, Person};
use crate::wording::Lang;

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "Toucher pour commencer".
    Start,
    /// A language.
    Language(Lang),
}

/// What it leads to.
pub fn update(message: Message) -> Action {
    match message {
        Message::Start => Action::Say(Event::Person(Person::Touched)),
        Message::Language(lang) => Action::Tool(Tool::Language(lang)),
    }
}

/// The screen.
pub fn view(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let shore = t.icon(128.0).max(t.target() + t.px(56.0));
    let end = container(foot(t, languages(model), vec![verified(model)]))
        .padding(Padding::from([0.0, t.margin()]))
        .center_y(shore);
    let page = column![
        container(place(model))
            .padding(Padding {
                top: t.air(80.0),
                right: t.margin(),
                bottom: 0.0,
                left: t.margin()
            })
            .width(Length::Fill)
            .align_x(leading(t)),
        scrolled(t, greeting(model)),
        end,
    ];
    stack![wave(t, shore), page]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

fn place(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    row(
        t,
        vec![
            icon(Icon::MapPin, t.icon(44.0))
                .color(t.palette.mute)
                .into(),
            strong(t, model.config.place.name.as_str(), t.font(30.0))
                .color(t.palette.mute)
                .into(),
        ],
    )
    .spacing(t.px(20.0))
    .into()
}

fn greeting(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let start = button(
        t,
        "welcome.start",
        Kind::Primary,
        (Icon::HandTap, Side::Before),
        model.say("welcome-start"),
        50.0,
    )
    .padding([t.air(46.0), t.air(78.0)])
    .on_press(Message::Start)
    .main();
    column![
        Space::new().height(t.air(28.0)),
        strong(t, model.say("welcome-title"), t.title(132.0)).color(t.palette.ink),
        words(t, model.say("welcome-lead"), t.title(54.0)).color(t.palette.ink),
        Space::new().height(t.air(16.0)),
        start,
    ]
    .spacing(t.air(28.0))
    .width(Length::Fill)
    .align_x(leading(t))
    .into()
}

fn languages<'a>(model: &Model) -> Vec<Element<'a, Message>> {
    let t = model.tokens();
    model
        .config
        .languages
        .iter()
        .map(|lang| {
            let name = lang.own_name();
            let id = format!("welcome.language.{}", lang.tag());
            control(t, id, name, Kind::Pill, pill(t, name, *lang == model.lang))
                .padding([t.px(16.0), t.px(32.0)])
                .chosen(*lang == model.lang)
                .on_press(Message::Language(*lang))
                .into()
        })
        .collect()
}

fn pill<'a>(t: Tokens, name: &'static str, chosen: bool) -> Element<'a, Message> {
    let name: Element<'a, Message> = strong(t, name, t.font(30.0)).into();
    let parts = if chosen {
        vec![icon(Icon::Check, t.icon(32.0)).into(), name]
    } else {
        vec![name]
    };
    row(t, parts).spacing(t.px(12.0)).into()
}

/// On the deepest water, where white is always readable.
fn verified<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    row(
        t,
        vec![
            icon(Icon::SealCheck, t.icon(52.0))
                .color(t.palette.leaf_2)
                .into(),
            strong(t, model.say("welcome-verified"), t.font(30.0))
                .color(Color::WHITE)
                .into(),
        ],
    )
    .spacing(t.px(18.0))
    .align_y(Vertical::Center)
    .into()
}
