//! "Ce qui sera compté": the very line of this visit, in words, with the right to say no. A helper
//! may complete it from closed lists.

use iced::Length;
use iced::widget::{Column, column, container};

use super::Action;
use super::consent::boxes::square;
use crate::guardian::Word;
use crate::shell::buttons::{Side, button};
use crate::shell::control::control;
use crate::shell::icon::Icon;
use crate::shell::kit::Element;
use crate::shell::layout::{card, leading, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::usage::{Dimension, Issue, Line, Note, Orientation, Posture, Preview, Rank, Thematique};
use crate::wording::Arg;

/// Whether the helper's lists are open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    open: bool,
}

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "Préciser avec l'aidant", "Fermer".
    Open(bool),
    /// Anything about the line.
    Note(Note),
}

impl Counted {
    /// What it leads to.
    pub const fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Open(open) => {
                self.open = open;
                Action::Nothing
            }
            Message::Note(note) => Action::Tell(Word::Note(note)),
        }
    }

    /// The card; nothing where there is no line.
    pub fn view(self, model: &Model, width: f32) -> Option<Element<'_, Message>> {
        let preview = model.published.line?;
        let t = model.tokens();
        let head = strong(t, model.say("counted-title"), t.font(40.0));
        let mut parts = column![head].spacing(t.px(18.0)).align_x(leading(t));
        parts = if preview.counted {
            let why = words(t, model.say("counted-why"), t.font(32.0)).width(Length::Fill);
            parts.push(why).push(line(model, preview.line, width))
        } else {
            parts.push(words(t, model.say("counted-not"), t.font(32.0)))
        };
        parts = parts.push(self.choices(model, preview));
        if self.open && preview.counted {
            for list in lists(preview.line) {
                parts = parts.push(choose(model, preview.line, list, width));
            }
        }
        let inside = container(parts).padding(t.px(40.0)).width(Length::Fill);
        Some(card(t, inside).width(Length::Fill).into())
    }

    fn choices<'a>(self, model: &Model, preview: Preview) -> Element<'a, Message> {
        let t = model.tokens();
        let action = |id: &'static str, drawing, key: &str, message| {
            let face = (drawing, Side::Before);
            button(t, id, Kind::Secondary, face, model.say(key), 30.0)
                .padding([t.px(18.0), t.px(30.0)])
                .on_press(message)
                .into()
        };
        let count = |counted| Message::Note(Note::Count(counted));
        let mut all: Vec<Element<'a, Message>> = Vec::new();
        if preview.counted {
            let key = "counted-refuse";
            all.push(action("counted.refuse", Icon::Prohibit, key, count(false)));
            let (id, key) = if self.open {
                ("counted.close", "counted-close")
            } else {
                ("counted.complete", "counted-complete")
            };
            let message = Message::Open(!self.open);
            all.push(action(id, Icon::PencilSimple, key, message));
        } else {
            let key = "counted-accept";
            all.push(action("counted.accept", Icon::Check, key, count(true)));
        }
        row(t, all)
            .spacing(t.px(24.0))
            .wrap()
            .vertical_spacing(t.px(18.0))
            .into()
    }
}

/// The line, list by list.
fn line<'a>(model: &'a Model, line: Line, width: f32) -> Element<'a, Message> {
    let t = model.tokens();
    let columns = t.columns(width, 560.0, 2);
    let all: Vec<Element<'a, Message>> = Dimension::ALL
        .iter()
        .map(|list| {
            let said = said(model, *list, line.rank(*list), "counted-item");
            words(t, said, t.font(30.0)).width(Length::Fill).into()
        })
        .collect();
    let rows = all.len().div_ceil(columns);
    let mut all = all.into_iter();
    let sides = (0..columns).map(|_| {
        Column::with_children(all.by_ref().take(rows).collect::<Vec<_>>())
            .spacing(t.px(8.0))
            .width(Length::Fill)
            .into()
    });
    row(t, sides.collect())
        .spacing(t.px(30.0))
        .align_y(iced::alignment::Vertical::Top)
        .into()
}

fn said(model: &Model, list: Dimension, rank: Rank, key: &str) -> String {
    let (name, value) = (model.say(list.key()), model.say(list.cell_key(rank)));
    let args = [("list", Arg::Text(&name)), ("value", Arg::Text(&value))];
    model.say_with(key, &args)
}

/// The lists that a helper may set; where the visitor was sent only when they were.
fn lists(line: Line) -> Vec<Dimension> {
    let mut lists = vec![Dimension::Posture, Dimension::Issue];
    if line.issue == Issue::Orientee {
        lists.push(Dimension::Orientation);
    }
    lists.push(Dimension::Thematique);
    lists
}

/// What choosing a cell says; `None` where nobody chooses.
fn note(list: Dimension, rank: Rank) -> Option<Note> {
    let at = usize::from(rank);
    match list {
        Dimension::Posture => Some(Note::Posture(Posture::ALL.get(at).copied())),
        Dimension::Issue => Issue::ALL.get(at).copied().map(Note::Issue),
        Dimension::Orientation => Some(Note::Orientation(Orientation::ALL.get(at).copied())),
        Dimension::Thematique => Thematique::ALL.get(at).copied().map(Note::Thematique),
        Dimension::Mode
        | Dimension::Operateur
        | Dimension::Duree
        | Dimension::Consentement
        | Dimension::Fin
        | Dimension::Effacement => None,
    }
}

/// One list to choose from.
fn choose<'a>(model: &'a Model, line: Line, list: Dimension, width: f32) -> Element<'a, Message> {
    let t = model.tokens();
    let columns = t.columns(width, 420.0, 3);
    let mut rows = Column::new().spacing(t.px(14.0)).width(Length::Fill);
    let ranks: Vec<Rank> = (0..list.len()).collect();
    for ranks in ranks.chunks(columns) {
        let mut cells: Vec<Element<'a, Message>> = ranks
            .iter()
            .map(|rank| choice(model, line, list, *rank))
            .collect();
        cells.resize_with(columns, || {
            iced::widget::Space::new().width(Length::Fill).into()
        });
        rows = rows.push(row(t, cells).spacing(t.px(14.0)));
    }
    column![strong(t, model.say(list.key()), t.font(34.0)), rows]
        .spacing(t.px(14.0))
        .align_x(leading(t))
        .into()
}

fn choice(model: &Model, line: Line, list: Dimension, rank: Rank) -> Element<'_, Message> {
    let t = model.tokens();
    let on = line.rank(list) == rank;
    let content = row(
        t,
        vec![
            square(t, on),
            words(t, model.say(list.cell_key(rank)), t.font(30.0))
                .width(Length::Fill)
                .into(),
        ],
    )
    .spacing(t.px(16.0));
    let label = said(model, list, rank, "counted-choose");
    let id = format!("counted.{}.{rank}", list.name());
    control(t, id, label, Kind::Tick, content)
        .padding([t.px(14.0), t.px(16.0)])
        .width(Length::Fill)
        .align(leading(t))
        .checked(on)
        .on_press_maybe(note(list, rank).map(Message::Note))
        .into()
}
