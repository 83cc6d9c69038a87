//! A code typed at the screen: by touch on the keypad, or with the keyboard; shown as dots.

use iced::widget::{column, text_input};
use iced::{Background, Border, Color};

use super::Message;
use crate::secrets::{Code, LONGEST_CODE};
use crate::shell::buttons::other_action;
use crate::shell::control::control;
use crate::shell::fonts;
use crate::shell::icon::Icon;
use crate::shell::kit::{Column, Element, Row};
use crate::shell::layout::{leading, row};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;

/// What stands for each sign of the code.
const DOT: char = '•';

/// The field now reads so: dots that were there, and what was typed between them. The code itself
/// is never in a text of the field.
pub fn typed(code: &mut Code, field: &str) {
    let dots = field.chars().filter(|c| *c == DOT).count();
    while code.len() > dots {
        code.pop();
    }
    for character in field.chars().filter(|c| *c != DOT && !c.is_control()) {
        let mut bytes = [0; 4];
        // A longer character would be one dot and several bytes.
        if let [byte] = character.encode_utf8(&mut bytes).as_bytes() {
            code.push(*byte);
        }
    }
}

fn dots(code: &Code) -> String {
    std::iter::repeat_n(DOT, code.len().min(LONGEST_CODE)).collect()
}

/// The field and the keypad.
pub fn keypad<'a>(model: &'a Model, code: &Code, label: &str) -> Element<'a, Message> {
    let t = model.tokens();
    let input = text_input("", &dots(code))
        .on_input(Message::Typed)
        .on_submit(Message::Enter)
        .font(fonts::BOLD)
        .size(t.font(44.0))
        .padding([t.px(14.0), t.px(8.0)])
        .style(move |_, _| field_style(t));
    let field = control(t, "staff.code", label.to_owned(), Kind::Field, input)
        .field()
        .main()
        .padding([t.px(4.0), t.px(32.0)])
        .width(t.font(420.0));
    column![field, keys(model)]
        .spacing(t.px(28.0))
        .align_x(leading(t))
        .into()
}

fn field_style(t: Tokens) -> text_input::Style {
    text_input::Style {
        background: Background::Color(Color::TRANSPARENT),
        border: Border::default(),
        icon: t.palette.ink,
        placeholder: t.palette.mute,
        value: t.palette.ink,
        selection: t.palette.sky_2,
    }
}

/// Ten digits and "Effacer". Never mirrored: its places are those of every telephone.
fn keys<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let line = |digits: &[u8]| -> Element<'a, Message> {
        Row::with_children(digits.iter().map(|digit| key(t, *digit)))
            .spacing(t.px(16.0))
            .into()
    };
    let erase = other_action(t, "staff.erase", Icon::Eraser, model.say("staff-erase"))
        .on_press(Message::Erase);
    let last = row(t, vec![line(&[0]), erase.into()]).spacing(t.px(16.0));
    Column::with_children([line(&[1, 2, 3]), line(&[4, 5, 6]), line(&[7, 8, 9])])
        .push(last)
        .spacing(t.px(16.0))
        .into()
}

fn key<'a>(t: Tokens, digit: u8) -> Element<'a, Message> {
    let side = t.target().max(t.font(84.0));
    let label = char::from(b'0' + digit).to_string();
    let said = crate::shell::layout::strong(t, label.clone(), t.font(40.0));
    control(
        t,
        format!("staff.key.{digit}"),
        label,
        Kind::Secondary,
        said,
    )
    .padding(t.px(8.0))
    .width(side)
    .height(side)
    .on_press(Message::Digit(digit))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_holds_dots_and_the_code_what_was_typed() {
        let mut code = Code::default();
        for field in ["2", "•7", "••é", "••1", "•••\u{7}"] {
            typed(&mut code, field);
        }
        assert_eq!(code.bytes(), b"271");
        assert_eq!(dots(&code), "•••");
        typed(&mut code, "•");
        assert_eq!(code.bytes(), b"2");
        typed(&mut code, "");
        assert!(code.is_empty());
    }
}
