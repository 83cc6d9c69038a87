//! The helper's code: typed with the keyboard or on the screen, shown as dots.

use iced::widget::{column, text_input};

use super::{Message, field_style};
use crate::secrets::{Code, LONGEST_CODE};
use crate::shell::buttons::{main_action, other_action};
use crate::shell::control::control;
use crate::shell::door::Door;
use crate::shell::fonts;
use crate::shell::icon::Icon;
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{leading, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::wording::Arg;

/// What stands for each sign of the code.
const DOT: char = '•';

/// The field now reads so: dots that were there, and what was typed between them. The code itself
/// is never in a text.
pub fn typed(code: &mut Code, field: &str) {
    let dots = field.chars().filter(|c| *c == DOT).count();
    while code.len() > dots {
        code.pop();
    }
    let fresh = field.chars().filter(|c| *c != DOT && !c.is_control());
    for character in fresh {
        let mut bytes = [0; 4];
        let bytes = character.encode_utf8(&mut bytes).as_bytes();
        // A character that is longer than one byte would be one dot and several bytes.
        if let [byte] = bytes {
            code.push(*byte);
        }
    }
}

fn dots(code: &Code) -> String {
    std::iter::repeat_n(DOT, code.len().min(LONGEST_CODE)).collect()
}

/// The field, the keypad, and what became of the last try.
pub fn view<'a>(model: &'a Model, code: &Code) -> Element<'a, Message> {
    let t = model.tokens();
    let hint = model.say("help-code");
    let input = text_input("", &dots(code))
        .on_input(Message::Typed)
        .on_submit(Message::Try)
        .font(fonts::BOLD)
        .size(t.font(44.0))
        .padding([t.px(14.0), t.px(8.0)])
        .style(move |_, _| field_style(t));
    let field = control(t, "help.code", hint.clone(), Kind::Field, input)
        .field()
        .main()
        .padding([t.px(4.0), t.px(32.0)])
        .width(t.font(520.0));
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
    said.push(keypad(model)).into()
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

/// Ten digits and "Effacer".
fn keypad<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let side = t.target().max(t.font(84.0));
    let key = |digit: u8| -> Element<'a, Message> {
        let label = char::from(b'0' + digit).to_string();
        let said = strong(t, label.clone(), t.font(40.0));
        control(t, format!("help.key.{digit}"), label, Kind::Secondary, said)
            .padding(t.px(8.0))
            .width(side)
            .height(side)
            .on_press(Message::Digit(digit))
            .into()
    };
    // A keypad is not mirrored: its places are those of every telephone.
    let line = |digits: &[u8]| -> Element<'a, Message> {
        iced::widget::Row::with_children(digits.iter().map(|digit| key(*digit)))
            .spacing(t.px(14.0))
            .into()
    };
    let erase = other_action(t, "help.erase", Icon::Eraser, model.say("help-code-erase"))
        .on_press(Message::Erase);
    let last = row(t, vec![line(&[0]), erase.into()]).spacing(t.px(14.0));
    Column::with_children([line(&[1, 2, 3]), line(&[4, 5, 6]), line(&[7, 8, 9])])
        .push(last)
        .spacing(t.px(14.0))
        .into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_holds_dots_and_the_code_what_was_typed() {
        let mut code = Code::default();
        typed(&mut code, "2");
        typed(&mut code, "•7");
        typed(&mut code, "••é");
        typed(&mut code, "••1");
        assert_eq!(code.bytes(), b"271");
        assert_eq!(dots(&code), "•••");
        typed(&mut code, "••");
        assert_eq!(code.bytes(), b"27");
        typed(&mut code, "");
        assert!(code.is_empty());
    }
}
