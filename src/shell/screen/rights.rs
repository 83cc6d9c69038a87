//! "Ai-je le droit de… ?": the house's rights sheet, for helpers. A list by topics, with a search; then
//! one question a page: the answer first, then why, then where it comes from. Nothing of it needs a
//! network, and what is looked up is kept nowhere.

use iced::alignment::Vertical;
use iced::widget::{Column, column, container, opaque};
use iced::{Background, Length};

use crate::rights::{Answer, Question, Rank};
use crate::shell::buttons::{other_action, search};
use crate::shell::control::{Id, control};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{card, flowing_page, foot, leading, on_sand, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tiles::{Height, tiles};
use crate::shell::tools::{self, Tool};
use crate::wording::{Arg, Lang};

/// What was looked up so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    query: String,
    open: Option<Rank>,
}

/// What a person can do here.
#[derive(Clone, Debug)]
pub enum Message {
    /// The search now reads so.
    Query(String),
    /// A question.
    Open(Rank),
    /// One step back: from a question, from the results, from the sheet.
    Back,
    /// "Fermer".
    Close,
    /// The voice.
    Tool(Tool),
}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing outside the sheet.
    Nothing,
    /// The sheet goes.
    Close,
    /// The voice.
    Tool(Tool),
}

impl State {
    /// Hears what a control said.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Query(query) => self.query = query,
            Message::Open(rank) => self.open = Some(rank),
            Message::Back if self.open.is_some() => self.open = None,
            Message::Back if !self.query.is_empty() => self.query.clear(),
            Message::Back | Message::Close => {
                *self = Self::default();
                return Action::Close;
            }
            Message::Tool(tool) => return Action::Tool(tool),
        }
        Action::Nothing
    }

    /// The focus starts anew with each question, but stays in the search while it is typed.
    pub fn key(&self) -> Id {
        match self.open {
            Some((topic, place)) => format!("rights.{topic}.{place}").into(),
            None => "rights".into(),
        }
    }

    /// The main text, in reading order.
    pub fn spoken(&self, model: &Model) -> Vec<String> {
        let sheet = &model.config.rights;
        let Some(question) = self.open.and_then(|rank| sheet.question(rank)) else {
            let topics = sheet.topics.iter().map(|topic| topic.title.clone());
            return std::iter::once(model.say("rights-title"))
                .chain(topics)
                .collect();
        };
        let answer = format!("{} {}", word(model, question.answer), question.short);
        let mut all = vec![question.asks.clone(), answer];
        all.extend(question.why.iter().cloned());
        all.push(sheet.note.clone());
        all
    }

    /// The sheet; it hides whatever is below it.
    pub fn view<'a>(&self, model: &'a Model) -> Element<'a, Message> {
        let t = model.tokens();
        let open = self
            .open
            .and_then(|rank| model.config.rights.question(rank));
        let shown = match open {
            Some(question) => one(model, question),
            None => self.list(model),
        };
        opaque(on_sand(t, shown))
    }

    fn list<'a>(&self, model: &'a Model) -> Element<'a, Message> {
        let t = model.tokens();
        let said = title(t, model.say("rights-title"));
        let head = split(
            said,
            search(
                t,
                "rights.search",
                model.say("rights-search"),
                &self.query,
                Message::Query,
            ),
            t.px(24.0),
            t.rtl,
        );
        let body = if self.query.trim().is_empty() {
            topics(model)
        } else {
            results(model, &model.config.rights.search(&self.query))
        };
        sheet(model, head, body, None)
    }
}

/// Every topic with its questions.
fn topics(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let sheet = &model.config.rights;
    let all = sheet.topics.iter().enumerate().map(|(topic, each)| {
        let ranks: Vec<Rank> = (0..each.questions.len())
            .map(|place| (topic, place))
            .collect();
        let heading = strong(t, each.title.as_str(), t.font(40.0)).width(Length::Fill);
        column![heading, grid(model, &ranks)]
            .spacing(t.px(16.0))
            .into()
    });
    Column::with_children(all).spacing(t.px(36.0)).into()
}

fn results<'a>(model: &'a Model, found: &[Rank]) -> Element<'a, Message> {
    let t = model.tokens();
    if found.is_empty() {
        return strong(t, model.say("rights-nothing"), t.font(38.0))
            .width(Length::Fill)
            .into();
    }
    grid(model, found)
}

fn grid<'a>(model: &'a Model, ranks: &[Rank]) -> Element<'a, Message> {
    let t = model.tokens();
    let sheet = &model.config.rights;
    let children = ranks
        .iter()
        .filter_map(|rank| Some((*rank, sheet.question(*rank)?)))
        .map(|(rank, question)| tile(t, rank, question))
        .collect();
    let columns = t.columns(t.window.width - 2.0 * t.margin(), 620.0, 2);
    tiles(children, columns, t.px(20.0), t.rtl, Height::OfLine)
}

fn tile(t: Tokens, rank: Rank, question: &Question) -> Element<'_, Message> {
    let said = strong(t, question.asks.as_str(), t.font(31.0)).width(Length::Fill);
    let id = format!("rights.question.{}.{}", rank.0, rank.1);
    let tile = control(t, id, question.asks.clone(), Kind::Tile, said)
        .padding([t.px(20.0), t.px(28.0)])
        .width(Length::Fill)
        .height(Length::Fill)
        .align(leading(t))
        .on_press(Message::Open(rank));
    if rank == (0, 0) {
        tile.main().into()
    } else {
        tile.into()
    }
}

/// One question: the answer is seen before anything else.
fn one<'a>(model: &'a Model, question: &'a Question) -> Element<'a, Message> {
    let t = model.tokens();
    let asks = strong(t, question.asks.as_str(), t.title(60.0))
        .color(t.palette.ink)
        .width(Length::Fill);
    let why = question.why.iter().map(|reason| idea(t, reason));
    let why = Column::with_children(why).spacing(t.px(18.0));
    let heading = |key| strong(t, model.say(key), t.font(30.0)).width(Length::Fill);
    let sources = question.sources.iter().map(|source| {
        words(t, source.as_str(), t.font(27.0))
            .color(t.palette.mute)
            .width(Length::Fill)
            .into()
    });
    let sources = Column::with_children(sources).spacing(t.px(6.0));
    let below = column![
        heading("rights-why"),
        why,
        heading("rights-source"),
        sources
    ];
    let below = card(
        t,
        container(below.spacing(t.px(18.0)))
            .padding([t.px(28.0), t.px(40.0)])
            .width(Length::Fill),
    );
    let body = column![answer(model, question), below.width(Length::Fill)].spacing(t.px(24.0));
    sheet(model, asks, body, Some(Message::Back))
}

/// "Oui", "Non", "Seulement si…": by its word, its mark and its ground.
fn answer<'a>(model: &'a Model, question: &'a Question) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let (drawing, ground, ink) = match question.answer {
        Answer::Yes => (Icon::Check, p.leaf, p.on_sea),
        Answer::No => (Icon::Prohibit, p.coral, p.on_sea),
        Answer::OnlyIf => (Icon::Warning, p.sun, p.on_sun),
    };
    let said = column![
        strong(t, word(model, question.answer), t.title(56.0)).width(Length::Fill),
        strong(t, question.short.as_str(), t.font(36.0)).width(Length::Fill),
    ]
    .spacing(t.px(4.0));
    let inside = row(t, vec![icon(drawing, t.icon(84.0)).into(), said.into()]);
    container(inside.spacing(t.px(32.0)))
        .padding([t.px(24.0), t.px(40.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(ink),
            background: Some(Background::Color(ground)),
            border: iced::Border {
                color: p.line,
                width: if t.contrast { 2.0 } else { 0.0 },
                radius: t.px(24.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// The sheet is in French: so is the first word of its answers.
fn word(model: &Model, answer: Answer) -> String {
    let words = &model.config.wording;
    match answer {
        Answer::Yes => words.text(Lang::Fr, "rights-yes"),
        Answer::No => words.text(Lang::Fr, "rights-no"),
        Answer::OnlyIf => words.text(Lang::Fr, "rights-only-if"),
    }
}

fn idea(t: Tokens, said: &str) -> Element<'_, Message> {
    let mark = icon(Icon::Scales, t.icon(38.0)).color(t.palette.action);
    let said = words(t, said, t.font(34.0)).width(Length::Fill);
    row(t, vec![mark.into(), said.into()])
        .spacing(t.px(22.0))
        .align_y(Vertical::Top)
        .into()
}

/// A page of the sheet: what the sheet is not stands under it, and the ways out. In large text the
/// answer needs the room: it scrolls with the rest.
fn sheet<'a>(
    model: &'a Model,
    head: impl Into<Element<'a, Message>>,
    body: impl Into<Element<'a, Message>>,
    back: Option<Message>,
) -> Element<'a, Message> {
    let t = model.tokens();
    let rights = &model.config.rights;
    let day = rights.date.to_string();
    let read = model.say_with("rights-date", &[("date", Arg::Text(&day))]);
    let note = words(t, format!("{} {read}", rights.note), t.font(26.0))
        .color(t.palette.mute)
        .width(Length::Fill);
    let mut first: Vec<Element<'a, Message>> = Vec::new();
    if let Some(back) = back {
        let list = other_action(t, "rights.back", Icon::ArrowLeft, model.say("rights-list"));
        first.push(list.on_press(back).main().into());
    }
    first.push(tools::listen(model, "rights").map(Message::Tool));
    let close = other_action(t, "rights.close", Icon::X, model.say("help-close"));
    let foot = foot(t, first, vec![close.on_press(Message::Close).into()]);
    if t.is_large() {
        let body = column![body.into(), note].spacing(t.px(24.0));
        flowing_page(t, head, body, foot)
    } else {
        flowing_page(t, head, body, column![note, foot].spacing(t.px(14.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_goes_one_step_at_a_time() {
        let mut state = State::default();
        state.update(Message::Query("payer".to_owned()));
        state.update(Message::Open((2, 1)));
        assert_eq!(state.key(), "rights.2.1");
        assert_eq!(state.update(Message::Back), Action::Nothing);
        assert_eq!(state.key(), "rights");
        assert_eq!(state.update(Message::Back), Action::Nothing);
        assert_eq!(state, State::default());
        assert_eq!(state.update(Message::Back), Action::Close);
        state.update(Message::Open((0, 0)));
        assert_eq!(state.update(Message::Close), Action::Close);
        assert_eq!(state, State::default(), "a new opening starts anew");
    }
}
