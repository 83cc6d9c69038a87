//! "Êtes-vous toujours là ?": nobody has touched anything for a while. It takes the whole screen,
//! so that a page left open is not read by the next person meanwhile.

use iced::Length;
use iced::widget::{column, container};

use crate::shell::buttons::main_action;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, middle, strong, title, words};
use crate::shell::model::Model;
use crate::wording::Arg;

/// What a person can do here. Any key or touch says it already: the frame around every screen
/// tells each sign of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// "Oui, je continue".
    Stay,
}

/// The screen, `seconds` before the visit ends.
pub fn view<'a>(model: &Model, seconds: u32) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let left = model.say_with("idle-left", &[("seconds", Arg::Number(i64::from(seconds)))]);
    let said = middle(
        t,
        vec![
            icon(Icon::Clock, t.px(170.0)).color(p.action).into(),
            title(t, model.say("idle-title")).center().into(),
            words(t, model.say("idle-text"), t.font(42.0))
                .center()
                .into(),
            strong(t, left, t.title(56.0)).center().into(),
        ],
    );
    let stay =
        main_action(t, "idle.stay", Icon::Check, model.say("idle-stay")).on_press(Message::Stay);
    let end = foot(t, Vec::new(), vec![stay.into()]);
    column![said, container(end).padding([t.px(48.0), t.margin()])]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}
