//! "Copier les chiffres": which period, in which form, where to; closed lists, one tick each.

use iced::Length;
use iced::widget::{Column, column, container};

use super::consent::boxes::square;
use crate::bulletin::{epsilon, name_of};
use crate::counter::{Export, Exported, Shape, Way};
use crate::custodian::Stick;
use crate::shell::buttons::{main_action, other_action};
use crate::shell::control::control;
use crate::shell::desk::{Numbers, Sent};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, leading, middle, page, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::usage::{Board, Month, Period};
use crate::wording::Arg;

/// What is chosen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    month: Month,
    /// Its quarter is over, and may be chosen.
    whole: bool,
    quarter: bool,
    shape: Shape,
    way: Way,
}

/// What staff can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// The month, or its quarter (true).
    Quarter(bool),
    /// In this form.
    Shape(Shape),
    /// To this place.
    Way(Way),
    /// "Copier".
    Copy,
    /// What came of it has been read.
    Again,
}

impl Sheet {
    /// For this month, as a page, to the first place that the house has.
    pub fn of(month: Month, board: &Board, model: &Model) -> Self {
        let way = ways(model).first().copied();
        Self {
            month,
            whole: board.is_closed(Period::Quarter(month.quarter())),
            quarter: false,
            shape: Shape::Page,
            way: way.unwrap_or(Way::Folder),
        }
    }

    /// Hears what a control said.
    pub const fn update(&mut self, message: Message) -> Option<Export> {
        match message {
            Message::Quarter(quarter) => self.quarter = quarter && self.whole,
            Message::Shape(shape) => self.shape = shape,
            Message::Way(way) => self.way = way,
            Message::Again => {}
            Message::Copy => {
                return Some(Export {
                    period: self.period(),
                    shape: self.shape,
                    way: self.way,
                });
            }
        }
        None
    }

    const fn period(self) -> Period {
        if self.quarter {
            Period::Quarter(self.month.quarter())
        } else {
            Period::Month(self.month)
        }
    }

    /// The sheet.
    pub fn view(self, model: &Model) -> Element<'_, super::stats::Message> {
        if let Some(key) = told(model.desk.sent, model.published.stick) {
            return result(model, key);
        }
        let t = model.tokens();
        let ways = ways(model);
        let mut body = column![
            self.periods(model),
            self.shapes(model),
            self.places(model, &ways)
        ]
        .spacing(t.px(32.0))
        .align_x(leading(t));
        let threshold = model.config.statistics.thresholds.export();
        let threshold = ("threshold", Arg::Number(i64::from(threshold)));
        let rules = model.say_with("stats-export-rules", &[threshold]);
        body = body.push(words(t, rules, t.font(28.0)).color(t.palette.mute));
        if let Some(said) = budget(model) {
            body = body.push(words(t, said, t.font(28.0)));
        }
        let back = other_action(t, "export.back", Icon::ArrowLeft, model.say("stats-back"))
            .on_press(super::stats::Message::Back);
        let may = ways.contains(&self.way) && self.is_there(model);
        let copy = main_action(t, "export.copy", Icon::Files, model.say("stats-copy"))
            .on_press_maybe(may.then_some(super::stats::Message::Export(Message::Copy)));
        let foot = foot(t, vec![back.into()], vec![copy.into()]);
        let body = Element::from(body).map(super::stats::Message::Export);
        page(
            t,
            title(t, model.say("stats-export-title")).width(Length::Fill),
            body,
            foot,
        )
    }

    fn periods(self, model: &Model) -> Element<'_, Message> {
        let name = |period| name_of(period, &model.config.wording, model.lang);
        let month = name(Period::Month(self.month));
        let mut all = vec![(month, !self.quarter, Message::Quarter(false))];
        if self.whole {
            let quarter = name(Period::Quarter(self.month.quarter()));
            all.push((quarter, self.quarter, Message::Quarter(true)));
        }
        list(model, "period", "stats-export-period", all)
    }

    fn shapes(self, model: &Model) -> Element<'_, Message> {
        let all = Shape::ALL.map(|shape| {
            let key = match shape {
                Shape::Page => "stats-shape-page",
                Shape::Table => "stats-shape-table",
                Shape::Coop => "stats-shape-coop",
                Shape::All => "stats-shape-all",
            };
            (model.say(key), shape == self.shape, Message::Shape(shape))
        });
        list(model, "shape", "stats-export-shape", all.into())
    }

    fn places<'a>(self, model: &'a Model, ways: &[Way]) -> Element<'a, Message> {
        let t = model.tokens();
        if ways.is_empty() {
            return words(t, model.say("stats-way-none"), t.font(32.0)).into();
        }
        let all = ways.iter().map(|way| {
            let key = match way {
                Way::Folder => "stats-way-folder",
                Way::Stick => "stats-way-stick",
            };
            (model.say(key), *way == self.way, Message::Way(*way))
        });
        let places = list(model, "way", "stats-export-way", all.collect());
        let note = match model.published.stick {
            Stick::Never => "stats-stick-never",
            Stick::Absent if self.way == Way::Stick => "stats-stick-absent",
            Stick::Absent
            | Stick::Ready
            | Stick::Copying
            | Stick::SafeToRemove
            | Stick::Full
            | Stick::Unreadable => return places,
        };
        let note = words(t, model.say(note), t.font(30.0));
        column![places, note]
            .spacing(t.px(12.0))
            .align_x(leading(t))
            .into()
    }

    /// Whether what is chosen can be written to now.
    fn is_there(self, model: &Model) -> bool {
        match (self.way, model.published.stick) {
            (Way::Stick, Stick::Absent | Stick::Never | Stick::Copying) => false,
            (Way::Folder, _)
            | (Way::Stick, Stick::Ready | Stick::SafeToRemove | Stick::Full | Stick::Unreadable) => {
                true
            }
        }
    }
}

/// The places that this house has.
fn ways(model: &Model) -> Vec<Way> {
    let folder = model.config.statistics.folder.is_some();
    let stick = model.published.stick != Stick::Never;
    [(folder, Way::Folder), (stick, Way::Stick)]
        .into_iter()
        .filter_map(|(there, way)| there.then_some(way))
        .collect()
}

/// What came of it, alone on the screen: whoever waits with a hand on the stick must see it.
fn result<'a>(model: &Model, key: &str) -> Element<'a, super::stats::Message> {
    let t = model.tokens();
    let done = matches!(key, "stats-sent-done" | "stats-stick-safe");
    let drawing = match (is_under_way(model), done) {
        (true, _) => Icon::Clock,
        (false, true) => Icon::Check,
        (false, false) => Icon::Warning,
    };
    let picture = icon(drawing, t.px(150.0)).color(t.palette.action);
    let said = strong(t, model.say(key), t.title(56.0)).center();
    let body = middle(t, vec![picture.into(), said.into()]);
    let read = super::stats::Message::Export(Message::Again);
    let back = other_action(t, "export.again", Icon::ArrowLeft, model.say("stats-back"))
        .on_press_maybe((!is_under_way(model)).then_some(read))
        .main();
    let foot = container(foot(t, vec![back.into()], Vec::new()));
    column![body, foot.padding([t.px(48.0), t.margin()])]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

fn is_under_way(model: &Model) -> bool {
    let copying = model.published.stick == Stick::Copying;
    match model.desk.sent {
        Sent::Asked => true,
        Sent::Ended(Exported::OnTheWay) => copying,
        Sent::Nothing | Sent::Ended(_) => false,
    }
}

/// What the noise of this year has cost, where the house has noise.
fn budget(model: &Model) -> Option<String> {
    let Numbers::There(board) = &model.desk.numbers else {
        return None;
    };
    let budget = board.budget?;
    let (spent, most) = (
        epsilon(budget.spent, model.lang),
        epsilon(budget.most, model.lang),
    );
    let year = budget.year.to_string();
    let args = [
        ("year", Arg::Text(&year)),
        ("spent", Arg::Text(&spent)),
        ("most", Arg::Text(&most)),
    ];
    Some(model.say_with("stats-budget", &args))
}

const fn told(sent: Sent, stick: Stick) -> Option<&'static str> {
    match sent {
        Sent::Nothing => None,
        Sent::Asked => Some("stats-sent-asked"),
        Sent::Ended(Exported::OnTheWay) => Some(match stick {
            Stick::Ready | Stick::Copying => "stats-stick-copying",
            Stick::SafeToRemove => "stats-stick-safe",
            Stick::Full => "stats-stick-full",
            Stick::Unreadable => "stats-stick-unreadable",
            Stick::Absent | Stick::Never => "stats-stick-gone",
        }),
        Sent::Ended(Exported::NotNow) => Some("stats-sent-not-now"),
        Sent::Ended(Exported::Done) => Some("stats-sent-done"),
        Sent::Ended(Exported::Withheld) => Some("stats-sent-withheld"),
        Sent::Ended(Exported::NoPlace) => Some("stats-sent-no-place"),
        Sent::Ended(Exported::Nothing) => Some("stats-sent-nothing"),
    }
}

/// One list to choose from.
fn list<'a>(
    model: &'a Model,
    name: &str,
    question: &str,
    all: Vec<(String, bool, Message)>,
) -> Element<'a, Message> {
    let t = model.tokens();
    let mut lines = Column::new()
        .spacing(t.px(12.0))
        .align_x(leading(t))
        .push(strong(t, model.say(question), t.font(34.0)));
    for (rank, (said, on, message)) in all.into_iter().enumerate() {
        let label = said.clone();
        let text = words(t, said, t.font(30.0)).width(Length::Fill);
        let face = row(t, vec![square(t, on), text.into()]).spacing(t.px(16.0));
        lines = lines.push(
            control(t, format!("export.{name}.{rank}"), label, Kind::Tick, face)
                .padding([t.px(10.0), t.px(14.0)])
                .width(Length::Fill)
                .align(leading(t))
                .checked(on)
                .on_press(message),
        );
    }
    lines.into()
}
