//! What the helper asks for: who, how, what, how long. Nothing is ticked beforehand.

use iced::Length;
use iced::widget::{column, text_input};

use super::{FirstName, Message};
use crate::shell::control::control;
use crate::shell::door::Door;
use crate::shell::fonts;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{leading, row, strong, words};
use crate::shell::look::{Kind, text_field};
use crate::shell::model::Model;
use crate::shell::screen::consent::boxes::boxes;
use crate::visit::{Gesture, Gestures, Level, Place, Request, RoleId};
use crate::wording::Arg;

/// The lengths that are offered beside the configured one, minutes.
const MINUTES: [u8; 3] = [5, 15, 30];

/// What was filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// Who helps: the first of the house's list, at first.
    pub role: RoleId,
    /// Their first name, if they say it.
    pub name: FirstName,
    /// How far.
    pub level: Level,
    /// What they wish to do.
    pub gestures: Gestures,
    /// How long, if it is not what the house proposes.
    pub minutes: Option<u8>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            role: RoleId(0),
            name: FirstName::default(),
            level: Level::Act,
            gestures: Gestures::default(),
            minutes: None,
        }
    }
}

impl Form {
    /// The request, once it makes sense.
    pub fn request(&self, model: &Model) -> Option<Request> {
        let level = if model.published.second_seat {
            self.level
        } else {
            Level::Act
        };
        let asked = match level {
            Level::Act => self.gestures,
            Level::Show | Level::See => Gestures::default(),
        };
        let request = Request {
            role: self.role,
            level,
            place: Place::Here,
            asked,
            minutes: self.minutes.unwrap_or(model.config.help.default_minutes),
        };
        request.is_sound().then_some(request)
    }
}

/// The form.
pub fn view<'a>(model: &'a Model, form: &Form, width: f32) -> Element<'a, Message> {
    let t = model.tokens();
    let heading = |key: &str| strong(t, model.say(key), t.font(36.0)).width(Length::Fill);
    let mut all = column![].spacing(t.px(24.0));
    if model.door == Door::Open {
        let note = row(
            t,
            vec![
                icon(Icon::Warning, t.icon(44.0))
                    .color(t.palette.action)
                    .into(),
                words(t, model.say("help-code-none"), t.font(28.0))
                    .width(Length::Fill)
                    .into(),
            ],
        );
        all = all.push(note.spacing(t.px(20.0)));
    }
    if model.published.second_seat {
        all = all
            .push(heading("help-level"))
            .push(levels(model, form.level));
    }
    if form.level == Level::Act || !model.published.second_seat {
        let every = Gesture::ALL
            .into_iter()
            .fold(Gestures::default(), Gestures::toggled);
        let sets = (every, form.gestures);
        all = all.push(heading("help-gestures")).push(boxes(
            model,
            "help",
            sets,
            width,
            Message::Gesture,
        ));
    }
    all.push(heading("help-minutes"))
        .push(minutes(model, form.minutes))
        .push(heading("help-who"))
        .push(roles(model, form.role))
        .push(name(model, &form.name))
        .padding([t.px(24.0), 0.0])
        .into()
}

fn pill<'a>(
    model: &Model,
    id: String,
    label: String,
    chosen: bool,
    message: Message,
) -> Element<'a, Message> {
    let t = model.tokens();
    let said: Element<'a, Message> = strong(t, label.clone(), t.font(30.0)).into();
    let parts = if chosen {
        vec![icon(Icon::Check, t.icon(36.0)).into(), said]
    } else {
        vec![said]
    };
    control(t, id, label, Kind::Pill, row(t, parts).spacing(t.px(14.0)))
        .padding([t.px(14.0), t.px(30.0)])
        .chosen(chosen)
        .on_press(message)
        .into()
}

fn line<'a>(model: &Model, pills: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    let t = model.tokens();
    row(t, pills)
        .spacing(t.px(16.0))
        .wrap()
        .vertical_spacing(t.px(14.0))
        .align_x(leading(t))
        .into()
}

fn levels<'a>(model: &Model, chosen: Level) -> Element<'a, Message> {
    let levels = [
        (Level::Show, "show", "help-level-show"),
        (Level::Act, "act", "help-level-act"),
    ];
    let pills = levels.map(|(level, id, key)| {
        let id = format!("help.level.{id}");
        pill(
            model,
            id,
            model.say(key),
            level == chosen,
            Message::Level(level),
        )
    });
    line(model, pills.into())
}

fn minutes<'a>(model: &Model, chosen: Option<u8>) -> Element<'a, Message> {
    let proposed = model.config.help.default_minutes;
    let chosen = chosen.unwrap_or(proposed);
    let mut offered = Vec::from(MINUTES);
    if !offered.contains(&proposed) {
        offered.push(proposed);
        offered.sort_unstable();
    }
    let pills = offered.into_iter().map(|minutes| {
        let args = [("minutes", Arg::Number(i64::from(minutes)))];
        let label = model.say_with("help-minutes-value", &args);
        let id = format!("help.minutes.{minutes}");
        pill(
            model,
            id,
            label,
            minutes == chosen,
            Message::Minutes(minutes),
        )
    });
    line(model, pills.collect())
}

fn roles<'a>(model: &Model, chosen: RoleId) -> Element<'a, Message> {
    let t = model.tokens();
    let pills = model.config.help.roles.iter().map(|role| {
        let id = format!("help.role.{}", role.id.0);
        let label = model.read(&role.label).to_owned();
        pill(model, id, label, role.id == chosen, Message::Role(role.id))
    });
    Column::with_children(pills)
        .spacing(t.px(14.0))
        .align_x(leading(t))
        .into()
}

fn name<'a>(model: &Model, name: &FirstName) -> Element<'a, Message> {
    let t = model.tokens();
    let hint = model.say("help-name");
    let input = text_input(&hint, name.as_str())
        .on_input(Message::Name)
        .font(fonts::REGULAR)
        .size(t.font(32.0))
        .padding([t.px(16.0), t.px(8.0)])
        .style(move |_, _| text_field(t));
    control(t, "help.name", hint, Kind::Field, input)
        .field()
        .padding([t.px(4.0), t.px(32.0)])
        .width(Length::Fill)
        .into()
}
