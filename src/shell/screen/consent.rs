//! "Une personne propose de vous aider": the question before a helper touches the computer.
//!
//! Nothing is ticked beforehand, nothing answers by chance: the keyboard starts on the first
//! gesture, Oui waits for a reading time and for at least one tick, and it looks exactly like Non.

use std::time::Duration;

use iced::alignment::Vertical;
use iced::widget::{Column, column, container};
use iced::{Background, Border, Length};

use super::bar::next_language;
use crate::shell::buttons::{Side, button};
use crate::shell::control::{Control, control};
use crate::shell::delay::after;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Element, Row};
use crate::shell::layout::{card, flowing_page, leading, plate, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tools::Tool;
use crate::visit::{Gesture, Gestures, Request, Ticket};
use crate::wording::{Arg, Lang};

/// Oui cannot be said sooner than this.
const READING: Duration = Duration::from_secs(2);

/// What was ticked for one question, and whether there was time to read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    ticket: Option<Ticket>,
    gestures: Gestures,
    read: bool,
}

/// What a person can do here. Each names the question that it answers.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// A box.
    Gesture(Ticket, Gesture),
    /// There was time to read.
    Read(Ticket),
    /// Oui.
    Yes(Ticket),
    /// Non.
    No(Ticket),
    /// Another language.
    Language(Lang),
}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing yet.
    Nothing,
    /// Oui, to this question, with these gestures.
    Yes(Ticket, Gestures),
    /// Non, to this question.
    No(Ticket),
    /// Another language.
    Tool(Tool),
}

impl State {
    /// What holds for the question `ticket`: nothing of another one.
    #[must_use]
    pub fn of(self, ticket: Ticket) -> Self {
        if self.ticket == Some(ticket) {
            self
        } else {
            Self {
                ticket: Some(ticket),
                ..Self::default()
            }
        }
    }

    /// Whether Oui may be said.
    pub fn may_say_yes(self) -> bool {
        self.read && !self.gestures.is_empty()
    }

    /// Hears what a control said.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Gesture(ticket, gesture) => {
                *self = self.of(ticket);
                self.gestures = self.gestures.toggled(gesture);
                Action::Nothing
            }
            Message::Read(ticket) => {
                *self = self.of(ticket);
                self.read = true;
                Action::Nothing
            }
            Message::Yes(ticket) if self.of(ticket).may_say_yes() => {
                Action::Yes(ticket, self.gestures)
            }
            Message::Yes(_) => Action::Nothing,
            Message::No(ticket) => Action::No(ticket),
            Message::Language(lang) => Action::Tool(Tool::Language(lang)),
        }
    }
}

/// The screen of the question `ticket`.
pub fn view(model: &Model, state: State, ticket: Ticket, request: Request) -> Element<'_, Message> {
    let t = model.tokens();
    let state = state.of(ticket);
    let language = next_language(model).map(|lang| {
        let label = lang.own_name().to_owned();
        button(
            t,
            "consent.lang",
            Kind::Pill,
            (Icon::Translate, Side::Before),
            label,
            30.0,
        )
        .padding([t.px(16.0), t.px(32.0)])
        .on_press(Message::Language(lang))
        .into()
    });
    let head = split(
        title(t, model.say("consent-title")),
        row(t, language.into_iter().collect()),
        t.px(24.0),
        t.rtl,
    );
    // The foot has no room for it beside answers in large text.
    let head = if t.is_large() {
        column![head, silence(model)].spacing(t.px(12.0)).into()
    } else {
        head
    };
    flowing_page(
        t,
        head,
        body(model, state, ticket, request),
        foot(model, state, ticket),
    )
}

fn body(model: &Model, state: State, ticket: Ticket, request: Request) -> Element<'_, Message> {
    let t = model.tokens();
    let room = t.window.width - 2.0 * t.margin();
    let beside = t.columns(room, 780.0, 2) == 2;
    let width = if beside { room * 0.57 } else { room };
    let who = panel(t, who(model, request));
    let what = panel(t, gestures(model, state, ticket, width - 2.0 * t.px(40.0)));
    if beside {
        row(
            t,
            vec![
                who.width(Length::FillPortion(42)).into(),
                what.width(Length::FillPortion(58)).into(),
            ],
        )
        .spacing(t.px(36.0))
        .align_y(Vertical::Top)
        .into()
    } else {
        column![who.width(Length::Fill), what.width(Length::Fill)]
            .spacing(t.px(28.0))
            .into()
    }
}

fn panel(t: Tokens, inside: Element<'_, Message>) -> crate::shell::kit::Container<'_, Message> {
    card(t, container(inside).padding(t.px(40.0)).width(Length::Fill))
}

/// Who, for how long, and what stays the visitor's.
fn who(model: &Model, request: Request) -> Element<'_, Message> {
    let t = model.tokens();
    let p = t.palette;
    let role = model
        .config
        .help
        .role(request.role)
        .map_or("", |role| model.read(&role.label));
    let name = column![
        strong(t, role, t.font(36.0)),
        words(t, model.config.place.name.as_str(), t.font(28.0)).color(p.mute),
    ]
    .width(Length::Fill)
    .align_x(leading(t));
    let use_it = model.say_with(
        "consent-use",
        &[("minutes", Arg::Number(i64::from(request.minutes)))],
    );
    let lines = [
        (Icon::Clock, use_it),
        (Icon::Key, model.say("consent-secret")),
        (Icon::HandPalm, model.say("consent-stop")),
    ];
    let lines = lines.map(|(drawing, said)| {
        row(
            t,
            vec![
                icon(drawing, t.icon(48.0)).color(p.action).into(),
                words(t, said, t.font(34.0)).width(Length::Fill).into(),
            ],
        )
        .spacing(t.px(24.0))
        .align_y(Vertical::Top)
        .into()
    });
    let head = row(t, vec![plate(t, Icon::UserCircle, 96.0), name.into()]).spacing(t.px(24.0));
    column![head, Column::with_children(lines).spacing(t.px(24.0))]
        .spacing(t.px(32.0))
        .into()
}

/// The boxes, none ticked beforehand.
fn gestures<'a>(
    model: &'a Model,
    state: State,
    ticket: Ticket,
    width: f32,
) -> Element<'a, Message> {
    let t = model.tokens();
    let columns = t.columns(width, 430.0, 2);
    let boxes: Vec<_> = Gesture::ALL
        .into_iter()
        .map(|gesture| choice(model, state, ticket, gesture))
        .collect();
    let rows = boxes.len().div_ceil(columns);
    let mut boxes = boxes.into_iter();
    let sides: Vec<Element<'a, Message>> = (0..columns)
        .map(|_| {
            Column::with_children(boxes.by_ref().take(rows))
                .spacing(t.px(10.0))
                .width(Length::Fill)
                .into()
        })
        .collect();
    let list: Row<'a, Message> = row(t, sides).spacing(t.px(16.0)).align_y(Vertical::Top);
    column![strong(t, model.say("consent-choose"), t.font(36.0)), list]
        .spacing(t.px(20.0))
        .into()
}

fn choice<'a>(
    model: &Model,
    state: State,
    ticket: Ticket,
    gesture: Gesture,
) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let (id, key, drawing) = face(gesture);
    let on = state.gestures.contains(gesture);
    let label = model.say(key);
    let content = row(
        t,
        vec![
            square(t, on),
            icon(drawing, t.icon(46.0)).color(p.action).into(),
            words(t, label.clone(), t.font(34.0))
                .width(Length::Fill)
                .into(),
        ],
    )
    .spacing(t.px(20.0));
    let choice: Control<'a, Message> = control(t, id, label, Kind::Tick, content)
        .padding([t.px(8.0), t.px(12.0)])
        .width(Length::Fill)
        .align(leading(t))
        .checked(on)
        .on_press(Message::Gesture(ticket, gesture));
    // The keyboard starts here, and not on an answer.
    if gesture == Gesture::ALL[0] {
        choice.main().into()
    } else {
        choice.into()
    }
}

/// The box itself.
pub fn square<'a, M: 'a>(t: Tokens, ticked: bool) -> Element<'a, M> {
    let p = t.palette;
    let side = t.icon(46.0);
    let mark: Element<'a, M> = if ticked {
        icon(Icon::Check, (side * 0.7).round())
            .color(p.on_sea)
            .into()
    } else {
        iced::widget::Space::new().into()
    };
    container(mark)
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(if ticked { p.action } else { p.card })),
            border: Border {
                color: p.action,
                width: t.px(5.0).max(2.0),
                radius: (side * 0.2).into(),
            },
            ..container::Style::default()
        })
        .into()
}

const fn face(gesture: Gesture) -> (&'static str, &'static str, Icon) {
    match gesture {
        Gesture::Write => (
            "consent.gesture.write",
            "consent-gesture-write",
            Icon::PencilSimple,
        ),
        Gesture::Upload => (
            "consent.gesture.upload",
            "consent-gesture-upload",
            Icon::PaperPlaneTilt,
        ),
        Gesture::CreateMail => (
            "consent.gesture.create_mail",
            "consent-gesture-create-mail",
            Icon::At,
        ),
        Gesture::CreateAccount => (
            "consent.gesture.create_account",
            "consent-gesture-create-account",
            Icon::UserPlus,
        ),
        Gesture::ReadMail => (
            "consent.gesture.read_mail",
            "consent-gesture-read-mail",
            Icon::EnvelopeSimple,
        ),
        Gesture::Submit => (
            "consent.gesture.submit",
            "consent-gesture-submit",
            Icon::SealCheck,
        ),
        Gesture::Pay => (
            "consent.gesture.pay",
            "consent-gesture-pay",
            Icon::CreditCard,
        ),
        Gesture::Print => (
            "consent.gesture.print",
            "consent-gesture-print",
            Icon::Printer,
        ),
    }
}

/// Both answers, alike in everything but the word.
fn answers<'a>(model: &Model, state: State, ticket: Ticket) -> Element<'a, Message> {
    let t = model.tokens();
    let answer = |id, drawing, key, message: Option<Message>| {
        button(
            t,
            id,
            Kind::Secondary,
            (drawing, Side::Before),
            model.say(key),
            46.0,
        )
        .padding([t.px(24.0), t.px(24.0)])
        .width(t.font(330.0))
        .on_press_maybe(message)
        .into()
    };
    let yes = state.may_say_yes().then_some(Message::Yes(ticket));
    row(
        t,
        vec![
            answer(
                "consent.no",
                Icon::X,
                "consent-no",
                Some(Message::No(ticket)),
            ),
            answer("consent.yes", Icon::Check, "consent-yes", yes),
        ],
    )
    .spacing(t.px(36.0))
    .into()
}

fn foot(model: &Model, state: State, ticket: Ticket) -> Element<'_, Message> {
    let t = model.tokens();
    let hint = if !state.read {
        "consent-wait"
    } else if state.gestures.is_empty() {
        "consent-tick"
    } else {
        "consent-ready"
    };
    let mut said = column![strong(t, model.say(hint), t.font(34.0))]
        .spacing(t.px(6.0))
        .align_x(leading(t));
    if !t.is_large() {
        said = said.push(silence(model));
    }
    if !state.read {
        said = said.push(after(
            format!("consent-{}", ticket.number()),
            READING,
            Message::Read(ticket),
        ));
    }
    split(said, answers(model, state, ticket), t.px(28.0), t.rtl)
}

/// What happens without an answer, and when.
fn silence<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let said = match model.published.remaining {
        Some(seconds) => format!("{} {}", model.say("consent-silence"), left(model, seconds)),
        None => model.say("consent-silence"),
    };
    words(t, said, t.font(30.0)).color(t.palette.mute).into()
}

fn left(model: &Model, seconds: u32) -> String {
    let (minutes, rest) = (i64::from(seconds / 60), i64::from(seconds % 60));
    let (minutes, rest) = (
        ("minutes", Arg::Number(minutes)),
        ("seconds", Arg::Number(rest)),
    );
    if seconds < 60 {
        model.say_with("consent-seconds", &[rest])
    } else {
        model.say_with("consent-minutes", &[minutes, rest])
    }
}
