//! A code typed at the screen: by touch on a keypad, or with the keyboard; shown as dots.

use iced::widget::text_input;

use super::buttons::other_action;
use super::control::{Control, control};
use super::fonts;
use super::icon::Icon;
use super::layout::{row, strong};
use super::look::{Kind, text_field};
use super::theme::Tokens;
use crate::secrets::{Code, LONGEST_CODE};
use crate::shell::kit::{Column, Element, Row};

/// What stands for each sign of the code.
const DOT: char = '•';

/// What a person does at a keypad.
#[derive(Clone, Copy, Debug)]
pub struct Says<M> {
    /// The field now reads so.
    pub typed: fn(String) -> M,
    /// A digit was touched.
    pub digit: fn(u8) -> M,
    /// "Effacer".
    pub erase: M,
    /// The code is whole.
    pub enter: M,
}

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

/// The field; `place` begins the names of its controls.
pub fn field<'a, M: Clone + 'a>(
    t: Tokens,
    place: &str,
    code: &Code,
    label: String,
    says: &Says<M>,
) -> Control<'a, M> {
    let input = text_input("", &dots(code))
        .on_input(says.typed)
        .on_submit(says.enter.clone())
        .font(fonts::BOLD)
        .size(t.font(44.0))
        .padding([t.px(14.0), t.px(8.0)])
        .style(move |_, _| text_field(t));
    control(t, format!("{place}.code"), label, Kind::Field, input)
        .field()
        .main()
        .padding([t.px(4.0), t.px(32.0)])
        .width(t.font(420.0))
}

/// Ten digits and "Effacer". Never mirrored: its places are those of every telephone.
pub fn keys<'a, M: Clone + 'a>(
    t: Tokens,
    place: &str,
    erase: String,
    says: &Says<M>,
) -> Element<'a, M> {
    let line = |digits: &[u8]| -> Element<'a, M> {
        Row::with_children(digits.iter().map(|digit| key(t, place, *digit, says.digit)))
            .spacing(t.px(16.0))
            .into()
    };
    let erase =
        other_action(t, format!("{place}.erase"), Icon::Eraser, erase).on_press(says.erase.clone());
    let last = row(t, vec![line(&[0]), erase.into()]).spacing(t.px(16.0));
    Column::with_children([line(&[1, 2, 3]), line(&[4, 5, 6]), line(&[7, 8, 9])])
        .push(last)
        .spacing(t.px(16.0))
        .into()
}

fn key<'a, M: Clone + 'a>(t: Tokens, place: &str, digit: u8, says: fn(u8) -> M) -> Element<'a, M> {
    let side = t.target().max(t.font(84.0));
    let label = char::from(b'0' + digit).to_string();
    let said = strong(t, label.clone(), t.font(40.0));
    let id = format!("{place}.key.{digit}");
    control(t, id, label, Kind::Secondary, said)
        .padding(t.px(8.0))
        .width(side)
        .height(side)
        .on_press(says(digit))
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
