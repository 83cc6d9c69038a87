//! "Code de l'équipe", and choosing one: twice the same.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Space, column};

use super::Message;
use crate::secrets::{Code, Weakness};
use crate::shell::buttons::{main_action, other_action};
use crate::shell::desk::{Order, Told};
use crate::shell::icon::{Icon, icon};
use crate::shell::keypad::{self, Says};
use crate::shell::kit::Element;
use crate::shell::layout::{foot, leading, page, row, strong, title, words};
use crate::shell::model::Model;
use crate::wording::Arg;

/// The fewest digits of a code of staff.
pub const LEAST: usize = 6;

/// What was typed so far.
#[derive(Debug, Default)]
pub struct Typed {
    code: Code,
    /// What was typed the first time, while a code is chosen.
    first: Option<Code>,
    mistake: Option<Mistake>,
}

/// Why a chosen code is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    Short,
    Easy,
    Differ,
}

/// What a code is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// To enter.
    Entering,
    /// The station's first code.
    SetUp,
    /// A new one.
    New,
}

impl Typed {
    /// Hears the keypad and the field. An order when the code is whole.
    pub fn update(&mut self, message: &Message, what: For) -> Option<Order> {
        match message {
            Message::Digit(digit) => self.code.push(b'0' + digit),
            Message::Typed(field) => keypad::typed(&mut self.code, field),
            Message::Erase => self.code.clear(),
            Message::Enter if self.code.is_empty() => return None,
            Message::Enter => return self.enter(what),
            Message::Back
            | Message::Reset
            | Message::Sure
            | Message::Close(_)
            | Message::Open
            | Message::OthersWait(_)
            | Message::NewCode
            | Message::Numbers
            | Message::Proof
            | Message::Prove
            | Message::RightsOpen
            | Message::Rights(_)
            | Message::Stats(_) => return None,
        }
        self.mistake = None;
        None
    }

    fn enter(&mut self, what: For) -> Option<Order> {
        let code = std::mem::take(&mut self.code);
        match (what, self.first.take()) {
            (For::Entering, _) => Some(Order::Try(code)),
            (For::SetUp | For::New, None) => {
                self.mistake = match code.weakness(LEAST) {
                    Some(Weakness::Short) => Some(Mistake::Short),
                    Some(Weakness::Same | Weakness::Counting) => Some(Mistake::Easy),
                    None => None,
                };
                if self.mistake.is_none() {
                    self.first = Some(code);
                }
                None
            }
            (For::SetUp | For::New, Some(first)) if first.same(&code) => Some(Order::Set(code)),
            (For::SetUp | For::New, Some(_)) => {
                self.mistake = Some(Mistake::Differ);
                None
            }
        }
    }

    /// What is asked for now.
    fn asked(&self, what: For) -> &'static str {
        match (what, &self.first) {
            (For::Entering, _) => "staff-code-label",
            (For::SetUp | For::New, None) => "staff-choose-label",
            (For::SetUp | For::New, Some(_)) => "staff-again-label",
        }
    }

    fn told(&self, model: &Model) -> Option<String> {
        let mistake = self.mistake.map(|mistake| match mistake {
            Mistake::Short => {
                let least = [("least", Arg::Number(LEAST as i64))];
                model.say_with("staff-code-short", &least)
            }
            Mistake::Easy => model.say("staff-code-easy"),
            Mistake::Differ => model.say("staff-code-differ"),
        });
        mistake.or_else(|| match model.desk.told {
            Told::Nothing | Told::NotNow => None,
            Told::Asked => Some(model.say("staff-code-asked")),
            Told::Wrong(0) => Some(model.say("staff-code-wrong")),
            Told::Wrong(seconds) => {
                let seconds = [("seconds", Arg::Number(seconds as i64))];
                Some(model.say_with("staff-code-wait", &seconds))
            }
            Told::Broken => Some(model.say("staff-code-broken")),
        })
    }
}

const SAYS: Says<Message> = Says {
    typed: Message::Typed,
    digit: Message::Digit,
    erase: Message::Erase,
    enter: Message::Enter,
};

/// The screen.
pub fn view<'a>(model: &'a Model, typed: &Typed, what: For) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let (heading, lead) = match what {
        For::Entering => ("staff-code-title", "staff-code-lead"),
        For::SetUp => ("staff-setup-title", "staff-setup-lead"),
        For::New => ("staff-new-title", "staff-setup-lead"),
    };
    let label = model.say(typed.asked(what));
    let told = typed.told(model).unwrap_or_default();
    let said = column![
        words(t, model.say(lead), t.font(34.0)).color(p.mute),
        Space::new().height(t.air(20.0)),
        strong(t, label.clone(), t.font(40.0)).color(p.ink),
        strong(t, told, t.font(34.0)).color(p.coral),
    ]
    .spacing(t.px(20.0))
    .align_x(leading(t))
    .width(Length::Fill);
    let keys = keypad::keys(t, "staff", model.say("staff-erase"), &SAYS);
    let field = keypad::field(t, "staff", &typed.code, label, &SAYS);
    let room = t.window.width - 2.0 * t.margin();
    // The keys beside the words where there is room: all of them are seen at once.
    let body: Element<'a, Message> = if t.columns(room, 620.0, 2) == 2 {
        row(t, vec![said.push(field).into(), keys])
            .spacing(t.px(64.0))
            .align_y(Vertical::Top)
            .into()
    } else {
        said.push(field).push(keys).into()
    };
    let head = row(
        t,
        vec![
            icon(Icon::LockKey, t.icon(84.0)).color(p.action).into(),
            title(t, model.say(heading)).into(),
        ],
    )
    .spacing(t.px(28.0));
    let back: Vec<Element<'a, Message>> = if what == For::SetUp {
        Vec::new()
    } else {
        let leave = other_action(t, "staff.back", Icon::ArrowLeft, model.say("back"));
        vec![leave.on_press(Message::Back).into()]
    };
    let may = !typed.code.is_empty() && model.desk.told != Told::Asked;
    let go = main_action(t, "staff.enter", Icon::ArrowRight, model.say("staff-enter"))
        .on_press_maybe(may.then_some(Message::Enter));
    page(t, head, body, foot(t, back, vec![go.into()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(typed: &mut Typed, digits: &str, what: For) -> Option<Order> {
        for digit in digits.bytes() {
            assert!(typed.update(&Message::Digit(digit - b'0'), what).is_none());
        }
        typed.update(&Message::Enter, what)
    }

    #[test]
    fn a_code_is_chosen_by_typing_it_twice() {
        let mut typed = Typed::default();
        assert!(types(&mut typed, "123", For::SetUp).is_none());
        assert_eq!(typed.mistake, Some(Mistake::Short));
        assert!(types(&mut typed, "123456", For::SetUp).is_none());
        assert_eq!(typed.mistake, Some(Mistake::Easy));
        assert!(types(&mut typed, "271828", For::SetUp).is_none());
        assert_eq!(typed.asked(For::SetUp), "staff-again-label");
        assert!(types(&mut typed, "271829", For::SetUp).is_none());
        assert_eq!(typed.mistake, Some(Mistake::Differ));
        assert_eq!(
            typed.asked(For::SetUp),
            "staff-choose-label",
            "from the start"
        );
        assert!(types(&mut typed, "271828", For::SetUp).is_none());
        let set = types(&mut typed, "271828", For::SetUp);
        assert!(matches!(set, Some(Order::Set(code)) if code.bytes() == b"271828"));
        assert!(
            typed.code.is_empty() && typed.first.is_none(),
            "nothing stays"
        );
    }

    #[test]
    fn entering_tries_what_was_typed_and_nothing_empty() {
        let mut typed = Typed::default();
        assert!(typed.update(&Message::Enter, For::Entering).is_none());
        let tried = types(&mut typed, "42", For::Entering);
        assert!(matches!(tried, Some(Order::Try(code)) if code.bytes() == b"42"));
    }
}
