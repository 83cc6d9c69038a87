//! "Avant de commencer": what this station does with your data.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::container;

use super::Action;
use crate::shell::buttons::{main_action, other_action};
use crate::shell::focus::Start;
use crate::shell::icon::Icon;
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{card, foot, page, plate, row, title, words};
use crate::shell::model::Model;
use crate::shell::tools::{self, Tool};
use crate::visit::{Event, Person};

/// Where the focus starts: reading is asked for, not insisted on.
pub const START: Start = Start::Main;

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "J'ai compris".
    Read,
    /// "Revenir".
    Back,
    /// Size, contrast.
    Tool(Tool),
}

/// What it leads to.
pub fn update(message: Message) -> Action {
    match message {
        Message::Read => Action::Say(Event::Person(Person::Read)),
        Message::Back => Action::Say(Event::Person(Person::Left)),
        Message::Tool(tool) => Action::Tool(tool),
    }
}

/// The screen.
pub fn view(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let mut first = vec![
        other_action(t, "notice.back", Icon::ArrowLeft, model.say("back"))
            .on_press(Message::Back)
            .into(),
    ];
    first.extend(
        tools::sight(model, "notice")
            .into_iter()
            .map(|tool| tool.map(Message::Tool)),
    );
    let go = main_action(t, "notice.read", Icon::ArrowRight, model.say("notice-read"))
        .on_press(Message::Read);
    page(
        t,
        title(t, model.say("notice-title")),
        lines(model),
        foot(t, first, vec![go.into()]),
    )
}

fn lines<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let said = [
        (Icon::Eraser, "notice-erased"),
        (Icon::Prohibit, "notice-kept"),
        (Icon::GlobeHemisphereWest, "notice-sites"),
        (Icon::Handshake, "notice-helper"),
        (Icon::WifiHigh, model.config.network_journal.key()),
    ];
    Column::with_children(said.map(|(drawing, key)| line(model, drawing, key)))
        .spacing(t.px(20.0))
        .into()
}

fn line<'a>(model: &Model, drawing: Icon, key: &str) -> Element<'a, Message> {
    let t = model.tokens();
    let said = words(t, model.say(key), t.font(38.0)).width(Length::Fill);
    let inside = row(t, vec![plate(t, drawing, 92.0), said.into()])
        .spacing(t.px(36.0))
        .align_y(Vertical::Center);
    card(t, container(inside).padding([t.px(14.0), t.px(30.0)]))
        .width(Length::Fill)
        .into()
}
