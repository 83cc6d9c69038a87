//! What the keyboard says to the frame around a screen.

use iced::Event;
use iced::keyboard::{self, Key, key::Named};

use super::{Role, Side, Step};

/// What a key means to the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Step(Step),
    Back,
    LeaveGuest,
}

/// The move of a key, given what has the focus. F6 or a Super key goes between the guest and the bar; every other
/// key in the guest is the guest's.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the keyboard's keys are not a list of ours"
)]
pub(super) fn meaning(event: &Event, role: Option<Role>) -> Option<Move> {
    let Event::Keyboard(keyboard::Event::KeyPressed {
        key: Key::Named(key),
        modifiers,
        ..
    }) = event
    else {
        return None;
    };
    let plain = !modifiers.control() && !modifiers.alt() && !modifiers.logo();
    if (*key == Named::F6 && plain) || *key == Named::Super {
        return Some(Move::LeaveGuest);
    }
    if role == Some(Role::Guest) || !plain {
        return None;
    }
    match key {
        Named::Tab if modifiers.shift() => Some(Move::Step(Step::Previous)),
        Named::Tab => Some(Move::Step(Step::Next)),
        Named::Escape => Some(Move::Back),
        Named::ArrowUp => Some(Move::Step(Step::Towards(Side::Up))),
        Named::ArrowDown => Some(Move::Step(Step::Towards(Side::Down))),
        Named::ArrowLeft if role != Some(Role::TextField) => {
            Some(Move::Step(Step::Towards(Side::Left)))
        }
        Named::ArrowRight if role != Some(Role::TextField) => {
            Some(Move::Step(Step::Towards(Side::Right)))
        }
        _ => None,
    }
}

/// A key that uses the control that has the focus.
pub(super) fn is_use(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(Named::Enter | Named::Space),
            ..
        })
    )
}

pub(super) fn is_activity(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(_) | Event::Mouse(_) | Event::Touch(_)
    )
}
