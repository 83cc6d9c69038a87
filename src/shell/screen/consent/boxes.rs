//! The boxes of gestures: on the question, and on the form with which a helper asks.

use iced::alignment::Vertical;
use iced::widget::{column, container};
use iced::{Background, Border, Length};

use crate::shell::control::{Control, Id, control};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element, Row};
use crate::shell::layout::{leading, row, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::visit::{Gesture, Gestures};

/// A box for each gesture of `offered`, in up to two columns in `width` pixels. Their names begin
/// with `screen`; `ticked` ones are ticked. The first one is where the keyboard starts.
pub fn boxes<'a, M: Clone + 'a>(
    model: &'a Model,
    screen: &str,
    (offered, ticked): (Gestures, Gestures),
    width: f32,
    said: impl Fn(Gesture) -> M,
) -> Element<'a, M> {
    let t = model.tokens();
    let columns = if offered.iter().count() > 3 {
        t.columns(width, 430.0, 2)
    } else {
        1
    };
    let all: Vec<Element<'a, M>> = offered
        .iter()
        .enumerate()
        .map(|(rank, gesture)| {
            let on = ticked.contains(gesture);
            let choice = choice(model, screen, gesture, on).on_press(said(gesture));
            if rank == 0 {
                choice.main().into()
            } else {
                choice.into()
            }
        })
        .collect();
    let rows = all.len().div_ceil(columns);
    let mut all = all.into_iter();
    let sides: Vec<Element<'a, M>> = (0..columns)
        .map(|_| {
            Column::with_children(all.by_ref().take(rows))
                .spacing(t.px(10.0))
                .width(Length::Fill)
                .into()
        })
        .collect();
    let list: Row<'a, M> = row(t, sides).spacing(t.px(16.0)).align_y(Vertical::Top);
    list.into()
}

fn choice<'a, M: Clone + 'a>(
    model: &Model,
    screen: &str,
    gesture: Gesture,
    on: bool,
) -> Control<'a, M> {
    let t = model.tokens();
    let p = t.palette;
    let (name, key, drawing) = face(gesture);
    let label = model.say(key);
    let mut said = column![words(t, label.clone(), t.font(34.0)).width(Length::Fill)];
    if gesture.is_asked_again() {
        let again = words(t, model.say("consent-again"), t.font(26.0)).color(p.mute);
        said = said.push(again.width(Length::Fill));
    }
    let content = row(
        t,
        vec![
            square(t, on),
            icon(drawing, t.icon(46.0)).color(p.action).into(),
            said.into(),
        ],
    )
    .spacing(t.px(20.0));
    let id: Id = format!("{screen}.gesture.{name}").into();
    control(t, id, label, Kind::Tick, content)
        .padding([t.px(8.0), t.px(12.0)])
        .width(Length::Fill)
        .align(leading(t))
        .checked(on)
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

/// The name of a gesture's control, its words, its pictogram.
pub const fn face(gesture: Gesture) -> (&'static str, &'static str, Icon) {
    match gesture {
        Gesture::Write => ("write", "consent-gesture-write", Icon::PencilSimple),
        Gesture::Upload => ("upload", "consent-gesture-upload", Icon::PaperPlaneTilt),
        Gesture::CreateMail => ("create_mail", "consent-gesture-create-mail", Icon::At),
        Gesture::CreateAccount => (
            "create_account",
            "consent-gesture-create-account",
            Icon::UserPlus,
        ),
        Gesture::ReadMail => (
            "read_mail",
            "consent-gesture-read-mail",
            Icon::EnvelopeSimple,
        ),
        Gesture::Submit => ("submit", "consent-gesture-submit", Icon::SealCheck),
        Gesture::Pay => ("pay", "consent-gesture-pay", Icon::CreditCard),
        Gesture::Print => ("print", "consent-gesture-print", Icon::Printer),
    }
}
