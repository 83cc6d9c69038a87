//! "Poste nettoyé et vérifié": nothing of the visit remains. Shown a few seconds, or until touched.

use iced::widget::{Space, column, container, mouse_area, stack};
use iced::{Background, Length, Padding};

use super::Action;
use crate::shell::buttons::{Side, button};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, middle, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::wave::wave;

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// It has been read.
    Seen,
}

/// What it leads to.
pub fn update(message: Message) -> Action {
    match message {
        Message::Seen => Action::CleanSeen,
    }
}

/// The screen.
pub fn view(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let p = t.palette;
    let on_night = if t.contrast { p.ink } else { p.on_sea };
    let shore = t.icon(116.0).max(t.target() + t.px(44.0));
    let said = middle(
        t,
        vec![
            icon(Icon::SealCheck, t.px(210.0)).color(p.leaf_2).into(),
            strong(t, model.say("clean-title"), t.title(96.0))
                .color(on_night)
                .center()
                .into(),
            words(t, model.say("clean-text"), t.font(46.0))
                .color(on_night)
                .center()
                .into(),
        ],
    );
    let next = button(
        t,
        "clean.next",
        Kind::Pill,
        (Icon::ArrowRight, Side::After),
        model.say("clean-next"),
        32.0,
    )
    .padding([t.px(16.0), t.px(40.0)])
    .on_press(Message::Seen)
    .main();
    let end = container(foot(t, Vec::new(), vec![next.into()]))
        .padding(Padding::from([0.0, t.margin()]))
        .center_y(shore);
    let above = Space::new().height(t.px(110.0));
    let night = container(wave(t, shore))
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sea_2)),
            ..container::Style::default()
        })
        .width(Length::Fill)
        .height(Length::Fill);
    let page = column![said, above, end]
        .width(Length::Fill)
        .height(Length::Fill);
    mouse_area(stack![night, page])
        .on_press(Message::Seen)
        .into()
}
