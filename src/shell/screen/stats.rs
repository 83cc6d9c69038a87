//! The house's numbers for its staff: twelve months as columns, one month as bars, each with its
//! number in words beside it.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Space, column, container};
use iced::{Background, Border, Length};

use super::export;
use crate::bulletin::{cell, name_of, total};
use crate::counter::Export;
use crate::shell::buttons::other_action;
use crate::shell::control::control;
use crate::shell::desk::Numbers;
use crate::shell::icon::Icon;
use crate::shell::kit::{Element, Text};
use crate::shell::layout::{foot, leading, page, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::usage::{Board, Dimension, Month, Period, Rank, Shown, Total};
use crate::wording::Arg;

/// The lists that staff look at: how much help, which démarches, with whom.
const LISTS: [Dimension; 3] = [Dimension::Mode, Dimension::Thematique, Dimension::Operateur];

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Stats {
    list: Dimension,
    month: Option<Month>,
    value: Option<Rank>,
    /// The sheet "Copier les chiffres", when it is open.
    export: Option<export::Sheet>,
}

impl Default for Stats {
    fn default() -> Self {
        Self {
            list: Dimension::Mode,
            month: None,
            value: None,
            export: None,
        }
    }
}

/// What staff can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// Looks at a list.
    List(Dimension),
    /// Looks at a month.
    Month(Month),
    /// Follows one value through the months, or all visits.
    Value(Option<Rank>),
    /// Opens the sheet "Copier les chiffres", for the month that is shown.
    Open(export::Sheet),
    /// On that sheet.
    Export(export::Message),
    /// Back to the numbers, or to the staff screen.
    Back,
}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing outside the screen.
    Stay,
    /// These files are wanted.
    Export(Export),
    /// Back.
    Back,
}

impl Stats {
    /// Hears what a control said.
    pub const fn update(&mut self, message: Message) -> Outcome {
        match message {
            Message::List(list) => {
                self.list = list;
                self.value = None;
                Outcome::Stay
            }
            Message::Month(month) => {
                self.month = Some(month);
                Outcome::Stay
            }
            Message::Value(value) => {
                self.value = value;
                Outcome::Stay
            }
            Message::Open(sheet) => {
                self.export = Some(sheet);
                Outcome::Stay
            }
            Message::Export(message) => match &mut self.export {
                Some(sheet) => match sheet.update(message) {
                    Some(wanted) => Outcome::Export(wanted),
                    None => Outcome::Stay,
                },
                None => Outcome::Stay,
            },
            Message::Back if self.export.is_some() => {
                self.export = None;
                Outcome::Stay
            }
            Message::Back => Outcome::Back,
        }
    }

    /// What the probe calls it.
    pub const fn name(&self) -> &'static str {
        if self.export.is_some() {
            "export"
        } else {
            "stats"
        }
    }

    /// The screen, or the sheet over it.
    pub fn view<'a>(&self, model: &'a Model) -> Element<'a, Message> {
        match (&model.desk.numbers, self.export) {
            (Numbers::There(_), Some(sheet)) => sheet.view(model),
            (Numbers::There(board), None) => self.board(model, board),
            (Numbers::Looking, _) => empty(model, "staff-looking"),
            (Numbers::Missing, _) => empty(model, "stats-missing"),
        }
    }

    fn board<'a>(&self, model: &'a Model, board: &'a Board) -> Element<'a, Message> {
        let t = model.tokens();
        let last = board.months().next_back();
        let shown = self
            .month
            .filter(|one| board.months().any(|month| month == *one));
        let month = shown.or(last);
        let body: Element<'a, Message> = match month {
            None => words(t, model.say("usage-none"), t.font(36.0)).into(),
            Some(month) => column![
                self.lists(model),
                self.months(model, board, month),
                self.bars(model, board, month),
                explained(model, board),
            ]
            .spacing(t.px(32.0))
            .align_x(leading(t))
            .into(),
        };
        let copy = month.map(|month| {
            let sheet = export::Sheet::of(month, board, model);
            other_action(t, "stats.export", Icon::Files, model.say("stats-export"))
                .on_press(Message::Open(sheet))
                .into()
        });
        let foot = foot(t, vec![back(model)], copy.into_iter().collect());
        page(
            t,
            title(t, model.say("usage-title")).width(Length::Fill),
            body,
            foot,
        )
    }

    fn lists<'a>(&self, model: &Model) -> Element<'a, Message> {
        let t = model.tokens();
        let all = LISTS.into_iter().map(|list| {
            let name = model.say(list.key());
            let id = format!("stats.list.{}", list.name());
            let kind = if list == self.list {
                Kind::Primary
            } else {
                Kind::Secondary
            };
            control(t, id, name.clone(), kind, strong(t, name, t.font(32.0)))
                .checked(list == self.list)
                .on_press(Message::List(list))
                .into()
        });
        row(t, all.collect())
            .spacing(t.px(20.0))
            .wrap()
            .vertical_spacing(t.px(16.0))
            .into()
    }

    /// What is shown of a month, of the value that is followed or of all visits.
    fn followed(&self, board: &Board, month: Month) -> Option<Shown> {
        if let Some(value) = self.value {
            return board.cell(month, self.list, value);
        }
        let (_, all) = board.totals().find(|(one, _)| *one == month)?;
        Some(match all {
            Total::Exact(count) | Total::Rounded(count) | Total::Noisy { count, .. } => {
                Shown::Exact(count)
            }
            Total::Fewer => Shown::Fewer,
            Total::Masked => Shown::Masked,
        })
    }

    /// The twelve months as columns; each chooses its month.
    fn months<'a>(&self, model: &'a Model, board: &'a Board, at: Month) -> Element<'a, Message> {
        const TALLEST: f32 = 150.0;
        let t = model.tokens();
        let counts: Vec<(Month, Option<Shown>)> = board
            .months()
            .map(|month| (month, self.followed(board, month)))
            .collect();
        let most = largest(counts.iter().filter_map(|(_, shown)| *shown));
        let columns = counts.into_iter().map(|(month, shown)| {
            let height = t.px(TALLEST) * share(shown, most);
            let said = self.month_said(model, board, month, shown);
            let number = small(t, short(model, board, shown), 26.0);
            let bar = bar(t, Length::Fixed(t.px(64.0)), Length::Fixed(height.max(2.0)));
            let name = small(t, format!("{:02}", month.number()), 26.0);
            let face = column![
                container(
                    column![number, bar]
                        .spacing(t.px(6.0))
                        .align_x(Horizontal::Center)
                )
                .height(t.px(TALLEST) + t.font(52.0))
                .align_y(Vertical::Bottom),
                name
            ]
            .spacing(t.px(6.0))
            .align_x(Horizontal::Center);
            let id = format!("stats.month.{month}");
            control(t, id, said, Kind::Tick, face)
                .padding([t.px(8.0), t.px(4.0)])
                .width(Length::Fixed(t.font(104.0)))
                .checked(month == at)
                .on_press(Message::Month(month))
                .into()
        });
        let head = match self.value {
            None => model.say("usage-visits"),
            Some(value) => model.say(self.list.cell_key(value)),
        };
        let months = row(t, columns.collect())
            .spacing(t.px(4.0))
            .align_y(Vertical::Bottom)
            .wrap()
            .vertical_spacing(t.px(12.0));
        column![strong(t, head, t.font(34.0)), months]
            .spacing(t.px(12.0))
            .align_x(leading(t))
            .into()
    }

    fn month_said(
        &self,
        model: &Model,
        board: &Board,
        month: Month,
        shown: Option<Shown>,
    ) -> String {
        let name = name_of(Period::Month(month), &model.config.wording, model.lang);
        let value = self.value.map_or_else(
            || month_total(model, board, month),
            |_| long(model, board, shown),
        );
        let args = [("list", Arg::Text(&name)), ("value", Arg::Text(&value))];
        model.say_with("counted-item", &args)
    }

    /// One month's list as bars; each bar can be followed through the months.
    fn bars<'a>(&self, model: &'a Model, board: &'a Board, month: Month) -> Element<'a, Message> {
        let t = model.tokens();
        let cells: Vec<(Rank, Option<Shown>)> = (0..self.list.len())
            .map(|rank| (rank, board.cell(month, self.list, rank)))
            .collect();
        let most = largest(cells.iter().filter_map(|(_, shown)| *shown));
        let room = t.window.width - 2.0 * t.margin();
        let widest = (room - t.font(430.0) - t.font(230.0) - t.px(120.0)).max(t.px(120.0));
        let mut list = Column::new().spacing(t.px(6.0));
        for (rank, shown) in cells {
            let name = model.say(self.list.cell_key(rank));
            let said = long(model, board, shown);
            let on = self.value == Some(rank);
            let face = row(
                t,
                vec![
                    words(t, name.clone(), t.font(30.0))
                        .width(t.font(430.0))
                        .into(),
                    bar(
                        t,
                        Length::Fixed((widest * share(shown, most)).max(2.0)),
                        Length::Fixed(t.px(34.0)),
                    ),
                    strong(t, said.clone(), t.font(30.0)).into(),
                ],
            )
            .spacing(t.px(16.0));
            let args = [("list", Arg::Text(&name)), ("value", Arg::Text(&said))];
            let label = model.say_with("counted-item", &args);
            let id = format!("stats.value.{rank}");
            let next = if on { None } else { Some(rank) };
            list = list.push(
                control(t, id, label, Kind::Tick, face)
                    .padding([t.px(6.0), t.px(10.0)])
                    .width(Length::Fill)
                    .align(leading(t))
                    .checked(on)
                    .on_press(Message::Value(next)),
            );
        }
        let name = name_of(Period::Month(month), &model.config.wording, model.lang);
        let visits = model.say("usage-visits");
        let value = month_total(model, board, month);
        let args = [("list", Arg::Text(&visits)), ("value", Arg::Text(&value))];
        let visits = words(t, model.say_with("counted-item", &args), t.font(32.0));
        column![strong(t, name, t.font(38.0)), visits, list]
            .spacing(t.px(12.0))
            .align_x(leading(t))
            .into()
    }
}

fn back<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    other_action(t, "stats.back", Icon::ArrowLeft, model.say("stats-back"))
        .on_press(Message::Back)
        .main()
        .into()
}

/// A sentence instead of numbers.
fn empty<'a>(model: &Model, key: &str) -> Element<'a, Message> {
    let t = model.tokens();
    let said = words(t, model.say(key), t.font(36.0));
    let foot = foot(t, vec![back(model)], Vec::new());
    page(
        t,
        title(t, model.say("usage-title")).width(Length::Fill),
        said,
        foot,
    )
}

fn month_total(model: &Model, board: &Board, month: Month) -> String {
    let found = board.totals().find(|(one, _)| *one == month);
    found.map_or_else(String::new, |(_, all)| {
        total(all, board.threshold, &model.config.wording, model.lang)
    })
}

fn explained<'a>(model: &Model, board: &Board) -> Element<'a, Message> {
    let t = model.tokens();
    let threshold = ("threshold", Arg::Number(i64::from(board.threshold)));
    let said = model.say_with("usage-explained", &[threshold]);
    words(t, said, t.font(28.0)).color(t.palette.mute).into()
}

fn small<'a>(t: Tokens, said: String, size: f32) -> Text<'a> {
    words(t, said, t.font(size))
}

/// "23", "moins de 5", "masqué".
fn long(model: &Model, board: &Board, shown: Option<Shown>) -> String {
    shown.map_or_else(String::new, |shown| {
        cell(shown, board.threshold, &model.config.wording, model.lang)
    })
}

/// "23", "< 5", "–": over a narrow column; the control says the long form.
fn short(model: &Model, board: &Board, shown: Option<Shown>) -> String {
    match shown {
        Some(Shown::Exact(count)) => count.to_string(),
        Some(Shown::Fewer) => {
            let threshold = ("threshold", Arg::Number(i64::from(board.threshold)));
            model.say_with("stats-fewer", &[threshold])
        }
        Some(Shown::Masked) | None => "–".to_owned(),
    }
}

fn largest(all: impl Iterator<Item = Shown>) -> u32 {
    all.map(|shown| match shown {
        Shown::Exact(count) => count,
        Shown::Fewer | Shown::Masked => 0,
    })
    .max()
    .unwrap_or(0)
    .max(1)
}

fn share(shown: Option<Shown>, most: u32) -> f32 {
    match shown {
        Some(Shown::Exact(count)) => count as f32 / most as f32,
        Some(Shown::Fewer | Shown::Masked) | None => 0.0,
    }
}

/// A bar; in high contrast yellow with a border.
fn bar<'a>(t: Tokens, width: Length, height: Length) -> Element<'a, Message> {
    let p = t.palette;
    container(Space::new().width(width).height(height))
        .style(move |_| container::Style {
            background: Some(Background::Color(p.action)),
            border: Border {
                color: p.line,
                width: if t.contrast { 2.0 } else { 0.0 },
                radius: t.px(6.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}
