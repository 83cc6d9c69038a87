//! "Une personne propose de vous aider": the question before a helper touches the computer, before
//! each act that is asked again, and before more time.
//!
//! Nothing is ticked beforehand, nothing answers by chance: the keyboard starts on the first
//! gesture or nowhere, Oui waits for a reading time (which the guardian counts) and for at least
//! one tick, and it looks exactly like Non.

pub mod boxes;
pub mod said;

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{column, container};

use super::bar::languages;
use crate::shell::buttons::{Side, button, other_action};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{card, flowing_page, leading, plate, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tools::{self, Tool};
use crate::visit::{Asks, Gesture, Gestures, Level, Request, Ticket};
use crate::wording::Arg;

/// A question, as the guardian publishes it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Answers must carry it.
    pub ticket: Ticket,
    /// The hand.
    pub request: Request,
    /// What it is about.
    pub asks: Asks,
    /// There was time to read it.
    pub ready: bool,
    /// Its time may be extended.
    pub may_extend: bool,
    /// The first name that the helper gave, or nothing.
    pub name: &'a str,
}

impl Question<'_> {
    /// Whether gestures are to be ticked.
    fn has_boxes(&self) -> bool {
        self.asks == Asks::Hand && self.request.level == Level::Act
    }
}

/// What was ticked for one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    ticket: Option<Ticket>,
    gestures: Gestures,
    /// The paper to sign was made.
    paper: bool,
}

/// What a person can do here. Each names the question that it answers.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// A box.
    Gesture(Ticket, Gesture),
    /// Oui.
    Yes(Ticket),
    /// Non.
    No(Ticket),
    /// "Plus de temps".
    MoreTime(Ticket),
    /// "Un papier à signer".
    Paper,
    /// Another language, the voice.
    Tool(Tool),
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
    /// This question waits as long again.
    MoreTime(Ticket),
    /// The visitor wants a paper to sign, with these gestures.
    Paper(Gestures),
    /// Another language, the voice.
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
    pub fn may_say_yes(self, question: &Question<'_>) -> bool {
        let ticked = !self.gestures.and(question.request.asked).is_empty();
        question.ready && (ticked || !question.has_boxes())
    }

    /// Hears what a control said to `question`, the one on the screen.
    pub fn update(&mut self, message: Message, question: &Question<'_>) -> Action {
        match message {
            Message::Gesture(ticket, gesture) => {
                *self = self.of(ticket);
                self.gestures = self.gestures.toggled(gesture);
                Action::Nothing
            }
            Message::Yes(ticket) if self.of(ticket).may_say_yes(question) => {
                Action::Yes(ticket, self.of(ticket).gestures)
            }
            Message::Yes(_) => Action::Nothing,
            Message::No(ticket) => Action::No(ticket),
            Message::MoreTime(ticket) => Action::MoreTime(ticket),
            Message::Paper => {
                *self = self.of(question.ticket);
                self.paper = true;
                Action::Paper(self.gestures)
            }
            Message::Tool(tool) => Action::Tool(tool),
        }
    }
}

/// The screen of a question.
pub fn view<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let state = state.of(question.ticket);
    let mut pills = vec![tools::listen(model, "consent").map(Message::Tool)];
    pills.extend(languages(model, "consent", |lang| {
        Message::Tool(Tool::Language(lang))
    }));
    let pills = row(t, pills)
        .spacing(t.px(16.0))
        .wrap()
        .vertical_spacing(t.px(12.0))
        .align_x(leading(t));
    let said = said::title(model, question.request, question.asks);
    // Smaller than other titles: the languages stand beside it, and the question below it.
    let title = strong(t, said, t.title(54.0)).color(t.palette.ink);
    let head = split(title, pills, t.px(24.0), t.rtl);
    // The foot has no room for it beside answers in large text.
    let head = if t.is_large() {
        column![head, silence(model)].spacing(t.px(12.0)).into()
    } else {
        head
    };
    let body = body(model, state, question);
    // In large text the foot holds the answers alone: the question is seen above it.
    let body = if t.is_large() {
        column![body, tools(model, state, question)]
            .spacing(t.px(28.0))
            .into()
    } else {
        body
    };
    flowing_page(t, head, body, foot(model, state, question))
}

fn body<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let room = t.window.width - 2.0 * t.margin();
    let beside = t.columns(room, 780.0, 2) == 2;
    let width = if beside { room * 0.57 } else { room };
    let left = if question.has_boxes() { 42 } else { 58 };
    let first = panel(t, who(model, question));
    let second = match question.asks {
        Asks::Hand if question.has_boxes() => {
            let inside = width - 2.0 * t.px(40.0);
            let boxes = gestures(model, state, question, inside);
            column![panel(t, boxes), rights(model)]
        }
        Asks::Hand => column![rights(model)],
        Asks::Act(_) | Asks::Longer { .. } => return first.width(Length::Fill).into(),
    }
    .spacing(t.px(24.0));
    if beside {
        row(
            t,
            vec![
                first.width(Length::FillPortion(left)).into(),
                second.width(Length::FillPortion(100 - left)).into(),
            ],
        )
        .spacing(t.px(36.0))
        .align_y(Vertical::Top)
        .into()
    } else {
        column![first.width(Length::Fill), second.width(Length::Fill)]
            .spacing(t.px(28.0))
            .into()
    }
}

fn panel(t: Tokens, inside: Element<'_, Message>) -> crate::shell::kit::Container<'_, Message> {
    card(t, container(inside).padding(t.px(36.0)).width(Length::Fill)).width(Length::Fill)
}

/// Who, for how long, and what stays the visitor's.
fn who<'a>(model: &'a Model, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let who = said::who(model, question.request, question.name);
    let name = column![
        strong(t, who, t.font(36.0)).width(Length::Fill),
        words(t, model.config.place.name.as_str(), t.font(28.0))
            .color(p.mute)
            .width(Length::Fill),
    ]
    .width(Length::Fill);
    let head = row(t, vec![plate(t, Icon::UserCircle, 96.0), name.into()]).spacing(t.px(24.0));
    let lines = said::lines(model, question.request, question.asks);
    let lines = lines.into_iter().map(|line| idea(t, line, 34.0));
    column![head, Column::with_children(lines).spacing(t.px(20.0))]
        .spacing(t.px(28.0))
        .into()
}

/// What this station does with data.
fn rights<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let lines = said::rights(model)
        .into_iter()
        .map(|line| idea(t, line, 28.0));
    container(Column::with_children(lines).spacing(t.px(10.0)))
        .padding([0.0, t.px(36.0)])
        .into()
}

fn idea<'a>(t: Tokens, (drawing, said): said::Line, size: f32) -> Element<'a, Message> {
    row(
        t,
        vec![
            icon(drawing, t.icon(size * 1.4))
                .color(t.palette.action)
                .into(),
            words(t, said, t.font(size)).width(Length::Fill).into(),
        ],
    )
    .spacing(t.px(24.0))
    .align_y(Vertical::Top)
    .into()
}

/// The boxes, none ticked beforehand.
fn gestures<'a>(
    model: &'a Model,
    state: State,
    question: Question<'_>,
    width: f32,
) -> Element<'a, Message> {
    let t = model.tokens();
    let ticket = question.ticket;
    let sets = (question.request.asked, state.gestures);
    let said = move |gesture| Message::Gesture(ticket, gesture);
    let choose = strong(t, model.say("consent-choose"), t.font(36.0)).width(Length::Fill);
    column![choose, boxes::boxes(model, "consent", sets, width, said)]
        .spacing(t.px(16.0))
        .into()
}

/// Both answers, alike in everything but the word.
fn answers<'a>(model: &Model, yes: Option<Message>, no: Message) -> Element<'a, Message> {
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
        .width(t.font(300.0))
        .on_press_maybe(message)
        .into()
    };
    row(
        t,
        vec![
            answer("consent.no", Icon::X, "consent-no", Some(no)),
            answer("consent.yes", Icon::Check, "consent-yes", yes),
        ],
    )
    .spacing(t.px(28.0))
    .into()
}

fn foot<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let yes = state.may_say_yes(&question);
    let hint = if !question.ready {
        "consent-wait"
    } else if yes {
        "consent-ready"
    } else {
        "consent-tick"
    };
    let mut said = column![strong(t, model.say(hint), t.font(32.0))]
        .spacing(t.px(6.0))
        .align_x(leading(t));
    if !t.is_large() {
        said = said.push(silence(model));
    }
    let ticket = question.ticket;
    if state.of(ticket).paper {
        let place = Arg::Text(model.config.place.contact.get(model.lang));
        let text = model.say_with("consent-paper-where", &[("contact", place)]);
        said = said.push(words(t, text, t.font(28.0)));
    }
    let answers = answers(
        model,
        yes.then_some(Message::Yes(ticket)),
        Message::No(ticket),
    );
    let mut first: Vec<Element<'a, Message>> = vec![said.into()];
    if !t.is_large() {
        first.push(tools(model, state, question));
    }
    let first = row(t, first)
        .spacing(t.air(36.0))
        .wrap()
        .vertical_spacing(t.air(16.0))
        .align_x(leading(t));
    split(first, answers, t.px(28.0), t.rtl)
}

/// "Plus de temps", "Un papier à signer", and where that paper is.
fn tools<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let ticket = question.ticket;
    let more = question.may_extend.then_some(Message::MoreTime(ticket));
    let tool = |id, drawing, key| other_action(t, id, drawing, model.say(key));
    let mut tools: Vec<Element<'a, Message>> = vec![
        tool("consent.more", Icon::Clock, "consent-more-time")
            .on_press_maybe(more)
            .into(),
    ];
    let made = state.of(ticket).paper;
    if question.has_boxes() && model.paper {
        let (drawing, key) = if made {
            (Icon::Check, "consent-paper-made")
        } else {
            (Icon::FileText, "consent-paper")
        };
        let paper = tool("consent.paper", drawing, key);
        tools.push(paper.on_press(Message::Paper).into());
    }
    row(t, tools)
        .spacing(t.air(20.0))
        .wrap()
        .vertical_spacing(t.air(16.0))
        .align_x(leading(t))
        .into()
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
