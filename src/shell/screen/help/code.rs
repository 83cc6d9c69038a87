//! The helper's code.

use iced::widget::column;

use super::Message;
use crate::secrets::Code;
use crate::shell::buttons::main_action;
use crate::shell::door::Door;
use crate::shell::icon::Icon;
use crate::shell::keypad::{self, Says};
use crate::shell::kit::Element;
use crate::shell::layout::{leading, strong, words};
use crate::shell::model::Model;
use crate::wording::Arg;

const SAYS: Says<Message> = Says {
    typed: Message::Typed,
    digit: Message::Digit,
    erase: Message::Erase,
    enter: Message::Try,
};

/// The field, the keypad, and what became of the last try.
pub fn view<'a>(model: &'a Model, code: &Code) -> Element<'a, Message> {
    let t = model.tokens();
    let hint = model.say("help-code");
    let field = keypad::field(t, "help", code, hint.clone(), &SAYS);
    let mut said = column![
        strong(t, model.say("help-code-title"), t.title(56.0)),
        words(t, hint, t.font(32.0)),
        field,
    ]
    .spacing(t.px(24.0))
    .align_x(leading(t));
    if let Some(told) = told(model) {
        said = said.push(strong(t, told, t.font(32.0)));
    }
    said.push(keypad::keys(t, "help", model.say("help-code-erase"), &SAYS))
        .into()
}

/// What became of the last try.
fn told(model: &Model) -> Option<String> {
    match model.door {
        Door::Wrong { seconds: 0 } => Some(model.say("help-code-wrong")),
        Door::Wrong { seconds } => Some(format!(
            "{} {}",
            model.say("help-code-wrong"),
            model.say_with(
                "help-code-wait",
                &[("seconds", Arg::Number(i64::from(seconds)))]
            )
        )),
        Door::Broken => Some(model.say("help-code-broken")),
        Door::Unknown | Door::Open | Door::Closed | Door::Asked => None,
    }
}

/// "Continuer".
pub fn go<'a>(model: &Model, code: &Code) -> Element<'a, Message> {
    let may = !code.is_empty() && model.door != Door::Asked;
    main_action(
        model.tokens(),
        "help.enter",
        Icon::ArrowRight,
        model.say("help-code-ok"),
    )
    .on_press_maybe(may.then_some(Message::Try))
    .into()
}
