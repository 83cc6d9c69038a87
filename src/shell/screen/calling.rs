//! "J'ai besoin d'aide": large and amber, to be seen from across the room.

use iced::widget::{column, container};
use iced::{Background, Length};

use super::Action;
use crate::shell::buttons::other_action;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, middle, strong, words};
use crate::shell::model::Model;
use crate::wording::Arg;

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "Revenir".
    Back,
}

/// What it leads to.
pub fn update(message: Message, model: &mut Model) -> Action {
    match message {
        Message::Back => model.calling = false,
    }
    Action::Nothing
}

/// Whom to ask here.
pub fn contact(model: &Model) -> String {
    let contact = model.read(&model.config.place.contact);
    model.say_with("ask-contact", &[("contact", Arg::Text(contact))])
}

/// The screen.
pub fn view(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let p = t.palette;
    let (ground, ink) = if t.contrast {
        (p.card, p.sea)
    } else {
        (p.sun, p.on_sun)
    };
    let said = middle(
        t,
        vec![
            icon(Icon::HandWaving, t.px(240.0)).color(ink).into(),
            strong(t, model.say("calling-title"), t.title(120.0))
                .color(ink)
                .center()
                .into(),
            words(t, model.say("calling-text"), t.font(46.0))
                .color(ink)
                .center()
                .into(),
            strong(t, contact(model), t.font(42.0))
                .color(ink)
                .center()
                .into(),
        ],
    );
    let back = other_action(t, "calling.back", Icon::ArrowLeft, model.say("back"))
        .on_press(Message::Back)
        .ring(ink)
        .main();
    let end = container(foot(t, vec![back.into()], Vec::new())).padding([t.px(48.0), t.margin()]);
    container(column![said, end])
        .style(move |_| container::Style {
            background: Some(Background::Color(ground)),
            ..container::Style::default()
        })
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}
