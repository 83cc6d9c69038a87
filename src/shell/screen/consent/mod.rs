//! "Une personne propose de vous aider": the question before a helper touches the computer, before
//! each act that is asked again, and before more time.
//!
//! Nothing is ticked beforehand, nothing answers by chance: the keyboard starts on the first
//! gesture or nowhere, Oui waits for a reading time (which the guardian counts) and for at least
//! one tick, and it looks exactly like Non.

pub mod boxes;
pub mod paper;
pub mod said;

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{column, container};

pub use paper::{Step, Whom};

use super::bar::languages;
use crate::custodian::{DocumentId, Printer};
use crate::shell::buttons::{Side, button, other_action};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Container, Element};
use crate::shell::layout::{card, flowing_page, leading, plate, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tiles::{Height, tiles};
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
    paper: paper::State,
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
    Paper(Ticket),
    /// Whom it is for.
    PaperFor(Ticket, Whom),
    /// "Imprimer", of the paper.
    PaperPrint(Ticket, DocumentId),
    /// One step back from the paper.
    PaperBack(Ticket),
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
    /// That paper, printed.
    Print(DocumentId),
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

    /// Whether something about the paper shows in the place of the question, and what.
    pub fn paper(self, question: &Question<'_>) -> Step {
        if question.has_boxes() {
            self.of(question.ticket).paper.step
        } else {
            Step::Closed
        }
    }

    /// Hears what a control said to `question`, the one on the screen, where there is such a
    /// printer.
    pub fn update(
        &mut self,
        message: Message,
        question: &Question<'_>,
        printer: Printer,
    ) -> Action {
        match message {
            Message::Gesture(ticket, gesture) => {
                *self = self.of(ticket);
                self.gestures = self.gestures.toggled(gesture);
                Action::Nothing
            }
            Message::Yes(ticket) if self.of(ticket).may_say_yes(question) => {
                Action::Yes(ticket, self.of(ticket).gestures)
            }
            Message::No(ticket) => Action::No(ticket),
            Message::MoreTime(ticket) => Action::MoreTime(ticket),
            Message::Paper(ticket) => {
                *self = self.of(ticket);
                self.paper.open(printer, self.gestures);
                Action::Nothing
            }
            Message::PaperFor(ticket, whom) => {
                *self = self.of(ticket);
                if self.paper.answer(whom, self.gestures) {
                    return Action::Paper(self.gestures);
                }
                Action::Nothing
            }
            Message::PaperPrint(ticket, id) if ticket == question.ticket => Action::Print(id),
            Message::Yes(_) | Message::PaperPrint(..) => Action::Nothing,
            Message::PaperBack(ticket) => {
                *self = self.of(ticket);
                self.paper.back();
                Action::Nothing
            }
            Message::Tool(tool) => Action::Tool(tool),
        }
    }
}

/// The screen of a question.
pub fn view<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let state = state.of(question.ticket);
    if state.paper(&question) != Step::Closed {
        return paper::view(model, state.paper, question);
    }
    let pills = pills(model);
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

/// "Écouter" and the languages.
fn pills(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let mut pills = vec![tools::listen(model, "consent").map(Message::Tool)];
    pills.extend(languages(model, "consent", |lang| {
        Message::Tool(Tool::Language(lang))
    }));
    row(t, pills)
        .spacing(t.px(16.0))
        .wrap()
        .vertical_spacing(t.px(12.0))
        .align_x(leading(t))
        .into()
}

fn body<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let room = t.window.width - 2.0 * t.margin();
    let beside = t.columns(room, 780.0, 2) == 2;
    let who = |size| panel(t, who(model, question, size));
    match question.asks {
        Asks::Hand if question.has_boxes() => {
            let width = if beside { room * 0.57 } else { room };
            let boxes = gestures(model, state, question, width - 2.0 * t.px(40.0));
            let cards = pair(t, beside, 42, who(34.0), panel(t, boxes));
            let rights = rights(model, if beside { 2 } else { 1 });
            column![cards, rights].spacing(t.px(16.0)).into()
        }
        Asks::Hand => pair(t, beside, 58, who(38.0), container(rights(model, 1))),
        // Little is said: it is said large.
        Asks::Act(_) | Asks::Longer { .. } => who(44.0).into(),
    }
}

/// Two parts side by side, the first with `left` hundredths of the width; or one above the other.
fn pair<'a>(
    t: Tokens,
    beside: bool,
    left: u16,
    first: Container<'a, Message>,
    second: Container<'a, Message>,
) -> Element<'a, Message> {
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

fn panel(t: Tokens, inside: Element<'_, Message>) -> Container<'_, Message> {
    let inside = container(inside).padding([t.px(26.0), t.px(36.0)]);
    card(t, inside.width(Length::Fill)).width(Length::Fill)
}

/// Who, for how long, and what stays the visitor's, in lines of `size` design units.
fn who<'a>(model: &'a Model, question: Question<'_>, size: f32) -> Element<'a, Message> {
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
    let lines = lines.into_iter().map(|line| idea(t, line, size));
    column![head, Column::with_children(lines).spacing(t.px(20.0))]
        .spacing(t.px(28.0))
        .into()
}

/// What this station does with data, in so many columns.
fn rights<'a>(model: &Model, columns: usize) -> Element<'a, Message> {
    let t = model.tokens();
    let lines = said::rights(model).into_iter();
    let lines = lines.map(|line| idea(t, line, 28.0)).collect();
    let lines = tiles(lines, columns, t.px(8.0), t.rtl, Height::OfLine);
    container(lines).padding([0.0, t.px(36.0)]).into()
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
    let hint = strong(t, model.say(hint), t.font(32.0));
    let ticket = question.ticket;
    let answers = answers(
        model,
        yes.then_some(Message::Yes(ticket)),
        Message::No(ticket),
    );
    if t.is_large() {
        return split(hint, answers, t.px(28.0), t.rtl);
    }
    let said = row(t, vec![hint.into(), silence(model)])
        .spacing(t.px(24.0))
        .wrap()
        .align_x(leading(t));
    let first = column![said, tools(model, state, question)]
        .spacing(t.px(12.0))
        .align_x(leading(t));
    split(first, answers, t.px(28.0), t.rtl)
}

/// "Plus de temps", "Un papier à signer".
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
    let state = state.of(ticket);
    let made = state.paper.is_made(state.gestures);
    if question.has_boxes() {
        let (drawing, key) = if made {
            (Icon::Check, "consent-paper-made")
        } else {
            (Icon::FileText, "consent-paper")
        };
        let paper = tool("consent.paper", drawing, key);
        tools.push(paper.on_press(Message::Paper(ticket)).into());
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
