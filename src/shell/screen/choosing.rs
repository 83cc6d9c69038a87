//! "Que voulez-vous faire ?": the démarches behind tiles, and a search over all of them.

use iced::alignment::Vertical;
use iced::widget::column;
use iced::{Color, Length};

use super::Action;
use crate::catalogue::{Demarche, Group, GroupId, Pictogram};
use crate::shell::buttons::{other_action, search};
use crate::shell::control::{Id, control};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{foot, leading, page, plate, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tiles::{Height, tiles};
use crate::shell::tools::{self, Tool};
use crate::visit::{AppId, Destination, Event, Person};

/// What was typed and opened so far.
#[derive(Clone, Debug, Default)]
pub struct Choosing {
    query: String,
    group: Option<GroupId>,
}

/// What a person can do here.
#[derive(Clone, Debug)]
pub enum Message {
    /// The search now reads so.
    Query(String),
    /// A tile with démarches behind it.
    Group(GroupId),
    /// A démarche, the open web, the practice.
    Chose(Destination),
    /// One step back: from results, from a tile, from the screen.
    Back,
    /// Size, contrast, help.
    Tool(Tool),
}

impl Choosing {
    /// What it leads to.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Query(query) => self.query = query,
            Message::Group(group) => self.group = Some(group),
            Message::Chose(destination) => {
                return Action::Say(Event::Person(Person::Chose(destination)));
            }
            Message::Back if !self.query.is_empty() => self.query.clear(),
            Message::Back if self.group.is_some() => self.group = None,
            Message::Back => return Action::Say(Event::Person(Person::Left)),
            Message::Tool(tool) => return Action::Tool(tool),
        }
        Action::Nothing
    }

    /// The focus starts anew behind each tile, but stays in the search while it is typed.
    pub fn key(&self) -> Id {
        match self.group {
            Some(GroupId(rank)) => format!("choosing.{rank}").into(),
            None => "choosing".into(),
        }
    }

    /// The screen.
    pub fn view<'a>(&self, model: &'a Model) -> Element<'a, Message> {
        let t = model.tokens();
        let catalogue = &model.config.catalogue;
        let group = self
            .group
            .and_then(|id| catalogue.groups().get(usize::from(id.0)));
        let (said, body) = if !self.query.trim().is_empty() {
            (
                model.say("choosing-title"),
                results(model, catalogue.search(&self.query)),
            )
        } else if let Some(group) = group {
            (
                model.read(&group.label).to_owned(),
                demarches(model, catalogue.in_group(group.id).collect()),
            )
        } else {
            (model.say("choosing-title"), groups(model))
        };
        let head = split(
            title(t, said),
            search(
                t,
                "choosing.search",
                model.say("choosing-search"),
                &self.query,
                Message::Query,
            ),
            t.px(24.0),
            t.rtl,
        );
        let mut first: Vec<Element<'a, Message>> = vec![
            other_action(t, "choosing.back", Icon::ArrowLeft, model.say("back"))
                .on_press(Message::Back)
                .into(),
        ];
        first.extend(
            tools::sight(model, "choosing")
                .into_iter()
                .map(|tool| tool.map(Message::Tool)),
        );
        let help = tools::help(model, "choosing").map(Message::Tool);
        page(t, head, body, foot(t, first, vec![help]))
    }
}

fn grid(t: Tokens, children: Vec<Element<'_, Message>>, least: f32) -> Element<'_, Message> {
    let columns = t.columns(t.window.width - 2.0 * t.margin(), least, 3);
    tiles(children, columns, t.px(22.0), t.rtl, Height::OfAll)
}

fn groups<'a>(model: &'a Model) -> Element<'a, Message> {
    let t = model.tokens();
    let catalogue = &model.config.catalogue;
    let mut children: Vec<Element<'a, Message>> = catalogue
        .groups()
        .iter()
        .enumerate()
        .map(|(rank, group)| group_tile(model, group, rank == 0))
        .collect();
    if model.config.free_browsing {
        let said = [model.say("choosing-free"), model.say("choosing-free-hint")];
        let chose = Message::Chose(Destination::Free);
        children.push(tile(
            t,
            "choosing.free",
            Icon::GlobeHemisphereWest,
            said,
            chose,
            false,
        ));
    }
    if model.config.practice {
        let said = [
            model.say("choosing-practice"),
            model.say("choosing-practice-hint"),
        ];
        let chose = Message::Chose(Destination::Practice);
        children.push(tile(
            t,
            "choosing.practice",
            Icon::GraduationCap,
            said,
            chose,
            false,
        ));
    }
    for (id, app) in (0..=u8::MAX).map(AppId).zip(&model.config.apps) {
        let said = [
            model.read(&app.label).to_owned(),
            model.say("choosing-app-hint"),
        ];
        let chose = Message::Chose(Destination::App(id));
        let name = format!("choosing.app.{}", app.key);
        children.push(tile(t, name, Icon::FileText, said, chose, false));
    }
    grid(t, children, 500.0)
}

fn group_tile<'a>(model: &Model, group: &Group, first: bool) -> Element<'a, Message> {
    let said = [&group.label, &group.hint].map(|text| model.read(text).to_owned());
    let id = format!("choosing.group.{}", group.key);
    tile(
        model.tokens(),
        id,
        drawing(group.pictogram),
        said,
        Message::Group(group.id),
        first,
    )
}

fn tile<'a>(
    t: Tokens,
    id: impl Into<Id>,
    drawing: Icon,
    [label, hint]: [String; 2],
    message: Message,
    first: bool,
) -> Element<'a, Message> {
    let said = column![
        strong(t, label.clone(), t.font(33.0)).width(Length::Fill),
        words(t, hint, t.font(26.0))
            .color(t.palette.mute)
            .width(Length::Fill),
    ]
    .spacing(t.px(2.0));
    let inside = row(t, vec![plate(t, drawing, 104.0), said.into()])
        .spacing(t.px(26.0))
        .width(Length::Fill);
    let tile = control(t, id, label, Kind::Tile, inside)
        .padding([t.px(18.0), t.px(26.0)])
        .width(Length::Fill)
        .height(Length::Fill)
        .align(leading(t))
        .on_press(message);
    if first {
        tile.main().into()
    } else {
        tile.into()
    }
}

fn results<'a>(model: &'a Model, found: Vec<&'a Demarche>) -> Element<'a, Message> {
    let t = model.tokens();
    if found.is_empty() {
        return column![
            strong(t, model.say("choosing-nothing"), t.font(38.0)),
            words(t, model.say("choosing-nothing-hint"), t.font(34.0)).color(t.palette.mute),
        ]
        .spacing(t.px(16.0))
        .align_x(leading(t))
        .width(Length::Fill)
        .into();
    }
    demarches(model, found)
}

fn demarches<'a>(model: &'a Model, found: Vec<&'a Demarche>) -> Element<'a, Message> {
    let t = model.tokens();
    let children = found
        .into_iter()
        .enumerate()
        .map(|(rank, d)| demarche_tile(model, d, rank == 0))
        .collect();
    let columns = t.columns(t.window.width - 2.0 * t.margin(), 760.0, 2);
    tiles(children, columns, t.px(22.0), t.rtl, Height::OfLine)
}

fn demarche_tile<'a>(
    model: &'a Model,
    demarche: &'a Demarche,
    first: bool,
) -> Element<'a, Message> {
    let t = model.tokens();
    let label = model.read(&demarche.label);
    let mut said: Column<'a, Message> = column![strong(t, label, t.font(34.0)).width(Length::Fill)]
        .spacing(t.px(12.0))
        .width(Length::Fill);
    if !demarche.documents.is_empty() {
        said = said.push(words(t, model.say("choosing-bring"), t.font(26.0)).color(t.palette.mute));
        for document in &demarche.documents {
            said = said.push(to_bring(
                t,
                Icon::FileText,
                model.read(document).to_owned(),
                t.palette.ink,
            ));
        }
    }
    if demarche.franceconnect_plus {
        said = said.push(to_bring(
            t,
            Icon::IdentificationCard,
            model.say("choosing-plus"),
            t.palette.action,
        ));
    }
    let tile = control(
        t,
        format!("choosing.demarche.{}", demarche.key),
        label,
        Kind::Tile,
        said.align_x(leading(t)),
    )
    .padding([t.px(26.0), t.px(32.0)])
    .width(Length::Fill)
    .height(Length::Fill)
    .align(leading(t))
    .align_y(Vertical::Top)
    .on_press(Message::Chose(Destination::Demarche(demarche.id)));
    if first {
        tile.main().into()
    } else {
        tile.into()
    }
}

fn to_bring<'a>(t: Tokens, drawing: Icon, said: String, color: Color) -> Element<'a, Message> {
    let words = words(t, said, t.font(28.0))
        .color(color)
        .width(Length::Fill);
    row(
        t,
        vec![
            icon(drawing, t.icon(36.0)).color(t.palette.action).into(),
            words.into(),
        ],
    )
    .spacing(t.px(14.0))
    .align_y(Vertical::Center)
    .into()
}

const fn drawing(pictogram: Pictogram) -> Icon {
    match pictogram {
        Pictogram::Bank => Icon::Bank,
        Pictogram::Baby => Icon::Baby,
        Pictogram::Heartbeat => Icon::Heartbeat,
        Pictogram::Briefcase => Icon::Briefcase,
        Pictogram::PiggyBank => Icon::PiggyBank,
        Pictogram::Plant => Icon::Plant,
        Pictogram::IdentityCard => Icon::IdentificationCard,
        Pictogram::Car => Icon::Car,
        Pictogram::Scales => Icon::Scales,
        Pictogram::Lightning => Icon::Lightning,
        Pictogram::House => Icon::House,
        Pictogram::Document => Icon::FileText,
    }
}
