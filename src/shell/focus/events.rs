//! What an event means, whatever has the focus.

use iced::{Event, keyboard};

/// Ctrl+Alt+E, as in "équipe", whatever has the focus.
pub(super) fn is_staff(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed {
            physical_key: keyboard::key::Physical::Code(keyboard::key::Code::KeyE),
            modifiers,
            repeat: false,
            ..
        }) if modifiers.control() && modifiers.alt()
    )
}

pub(super) fn is_activity(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(_) | Event::Mouse(_) | Event::Touch(_)
    )
}
