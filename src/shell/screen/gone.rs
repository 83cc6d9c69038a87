//! "Le site s'est fermé": the browser stopped by itself.

use iced::Length;
use iced::widget::{column, container};

use crate::shell::buttons::{main_action, other_action};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, middle, title, words};
use crate::shell::model::Model;
use crate::visit::Person;

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// "Recommencer".
    Restart,
    /// "Essayer l'autre navigateur".
    Other,
    /// "Terminer et tout effacer".
    Finish,
}

/// What it leads to.
pub const fn update(message: Message) -> Person {
    match message {
        Message::Restart => Person::Restart,
        Message::Other => Person::OtherBrowser,
        Message::Finish => Person::Finish,
    }
}

/// The screen.
pub fn view<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let said = middle(
        t,
        vec![
            icon(Icon::Browser, t.px(170.0))
                .color(t.palette.action)
                .into(),
            title(t, model.say("gone-title")).center().into(),
            words(t, model.say("gone-text"), t.font(42.0))
                .center()
                .into(),
        ],
    );
    let finish = other_action(t, "gone.finish", Icon::SignOut, model.say("gone-finish"))
        .on_press(Message::Finish);
    let other = other_action(
        t,
        "gone.other",
        Icon::ArrowsClockwise,
        model.say("gone-other"),
    )
    .on_press(Message::Other);
    let again = main_action(
        t,
        "gone.restart",
        Icon::ArrowClockwise,
        model.say("gone-restart"),
    )
    .on_press(Message::Restart);
    let end = foot(t, vec![finish.into()], vec![other.into(), again.into()]);
    column![said, container(end).padding([t.px(48.0), t.margin()])]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}
