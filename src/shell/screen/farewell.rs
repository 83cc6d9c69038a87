//! "Avant de partir": documents not taken yet, things not to forget, then everything is erased.

pub mod papers;

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container};

use super::Action;
use super::counted::{self, Counted};
use super::taking::{self, note};
use crate::config::UsbPolicy;
use crate::custodian::{Command, DocumentId};
use crate::shell::buttons::{Side, button, other_action};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Container, Element};
use crate::shell::layout::{card, flowing_page, foot, leading, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tools::{self, Tool};
use crate::visit::{Event, FarewellCause, FarewellView, Person, Ticket};
use crate::wording::Arg;

/// Not said where no stick is taken.
const STICK: &str = "farewell-stick";

/// What this farewell knows of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    counted: Counted,
    papers: papers::State,
}

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// The summary of the help or the memo card, on paper.
    Paper(papers::Offer),
    /// "Imprimer".
    Print(DocumentId),
    /// "Copier".
    Copy(DocumentId),
    /// "Revenir à ma démarche".
    Back(Ticket),
    /// "Tout effacer maintenant".
    Erase(Ticket),
    /// What will be counted.
    Counted(counted::Message),
    /// Size, contrast.
    Tool(Tool),
}

/// What it leads to.
pub fn update(message: Message, state: &mut State, model: &Model) -> Action {
    match message {
        Message::Paper(offer) => state.papers.print(offer, model),
        Message::Counted(message) => state.counted.update(message),
        Message::Print(id) => Action::Take(Command::Print(id)),
        Message::Copy(id) => Action::Take(Command::Copy(id)),
        Message::Back(ticket) => Action::Say(Event::Person(Person::ComeBack(ticket))),
        Message::Erase(ticket) => Action::Say(Event::Person(Person::EraseNow(ticket))),
        Message::Tool(tool) => Action::Tool(tool),
    }
}

/// What Escape does: "Revenir à ma démarche", where it is offered.
pub fn back(farewell: FarewellView) -> Option<Message> {
    farewell
        .may_come_back
        .then_some(Message::Back(farewell.ticket))
}

/// The screen.
pub fn view(model: &Model, farewell: FarewellView, state: State) -> Element<'_, Message> {
    let t = model.tokens();
    let mut head = column![title(t, model.say("farewell-title"))]
        .spacing(t.px(8.0))
        .align_x(leading(t));
    if let Some(key) = cause(farewell.cause) {
        head = head.push(words(t, model.say(key), t.font(32.0)));
    }
    let tools = tools::sight(model, "farewell")
        .into_iter()
        .map(|tool| tool.map(Message::Tool));
    let tools = row(t, tools.collect()).spacing(t.air(28.0));
    let head = split(head, tools, t.px(24.0), t.rtl);
    let body = body(model, farewell, state);
    flowing_page(t, head, body, end(model, farewell))
}

const fn cause(cause: FarewellCause) -> Option<&'static str> {
    match cause {
        FarewellCause::Finished => None,
        FarewellCause::Idle => Some("farewell-idle"),
        FarewellCause::Staff => Some("farewell-staff"),
        FarewellCause::Closing => Some("farewell-closing"),
        FarewellCause::LongEnough => Some("farewell-long-enough"),
        FarewellCause::PauseOver => Some("farewell-pause"),
    }
}

fn body(model: &Model, farewell: FarewellView, state: State) -> Element<'_, Message> {
    let t = model.tokens();
    let room = t.window.width - 2.0 * t.margin();
    let papers = papers::view(model, state.papers, farewell);
    let devices = t.is_large().then(|| taking::devices(model, farewell));
    let documents = column![
        taking::view(model, farewell),
        Column::with_children(devices),
        taking::rule(t),
        papers
    ];
    let documents = panel(t, documents.spacing(t.px(18.0)).into()).width(Length::Fill);
    let forget = panel(t, forget(model, farewell));
    let gap = t.px(36.0);
    let two = t.columns(room, 780.0, 2) == 2;
    let wide = if two { (room - gap) * 0.61 } else { room };
    let counted = state.counted.view(model, wide - 2.0 * t.px(40.0));
    let counted = counted.map(|card| card.map(Message::Counted));
    let mut all = column![documents].spacing(gap);
    if two {
        // What will be counted below the documents: it is seen without looking for it.
        let first = container(all.extend(counted)).width(Length::FillPortion(61));
        let forget = forget.width(Length::FillPortion(39));
        return row(t, vec![first.into(), forget.into()])
            .spacing(gap)
            .align_y(Vertical::Top)
            .into();
    }
    all = all.push(forget.width(Length::Fill));
    all.extend(counted).into()
}

fn panel(t: Tokens, inside: Element<'_, Message>) -> Container<'_, Message> {
    card(t, container(inside).padding(t.px(40.0)).width(Length::Fill))
}

fn forget<'a>(model: &Model, farewell: FarewellView) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let things = [
        (Icon::Printer, "farewell-papers"),
        (Icon::IdentificationCard, "farewell-card"),
        (Icon::Usb, STICK),
        (Icon::DeviceMobile, "farewell-phone"),
    ];
    let mut list = Column::new().spacing(t.px(18.0)).push(strong(
        t,
        model.say("farewell-forget"),
        t.font(40.0),
    ));
    let sticks = model.config.usb != UsbPolicy::Off;
    for (drawing, key) in things
        .into_iter()
        .filter(|(_, key)| sticks || *key != STICK)
    {
        let said = words(t, model.say(key), t.font(34.0)).width(Length::Fill);
        list = list.push(
            row(
                t,
                vec![
                    icon(drawing, t.icon(56.0)).color(p.action).into(),
                    said.into(),
                ],
            )
            .spacing(t.px(24.0)),
        );
    }
    if farewell.may_come_back {
        list = list.push(note(model, Icon::SignOut, "farewell-sign-out"));
    }
    list.into()
}

fn end(model: &Model, farewell: FarewellView) -> Element<'_, Message> {
    let t = model.tokens();
    let mut first = Vec::new();
    if farewell.may_come_back {
        first.push(
            other_action(
                t,
                "farewell.back",
                Icon::ArrowLeft,
                model.say("farewell-come-back"),
            )
            .on_press(Message::Back(farewell.ticket))
            .into(),
        );
    }
    let erase = button(
        t,
        "farewell.erase",
        Kind::Danger,
        (Icon::Eraser, Side::Before),
        model.say("farewell-erase"),
        38.0,
    )
    .padding([t.px(26.0), t.px(48.0)])
    .on_press_maybe((!farewell.leaving).then_some(Message::Erase(farewell.ticket)))
    .main();
    let said = if farewell.leaving {
        String::new()
    } else {
        left(model)
    };
    let left = words(t, said, t.font(32.0)).color(t.palette.mute);
    // Where letters are large the foot is full: there it is said below the documents.
    let devices = (!t.is_large()).then(|| taking::devices(model, farewell));
    column![
        Column::with_children(devices),
        left,
        foot(t, first, vec![erase.into()])
    ]
    .spacing(t.px(16.0))
    .align_x(leading(t))
    .into()
}

fn left(model: &Model) -> String {
    match model.published.remaining {
        Some(seconds) if seconds > 120 => model.say_with(
            "farewell-left-minutes",
            &[("minutes", Arg::Number(i64::from(seconds.div_ceil(60))))],
        ),
        Some(seconds) => model.say_with(
            "farewell-left",
            &[("seconds", Arg::Number(i64::from(seconds)))],
        ),
        None => String::new(),
    }
}
