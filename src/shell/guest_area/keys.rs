//! Keys: which belong to the shell, which to the guest, and by what evdev code.
//!
//! The guest gets positions, never characters: its own xkb keymap turns them into letters, so
//! AltGr, dead keys and the compose key behave as on any desktop. Codes are those of the Linux
//! kernel's `input-event-codes.h`.

use iced::keyboard::Modifiers;
use iced::keyboard::key::{Code, Physical};

/// A shortcut that the shell answers; the guest never learns of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShellShortcut {
    /// F12 or Pause: the visitor takes the hand back from the helper.
    TakeBack,
    /// A Super key: the keyboard goes to the trusted bar. Without it a keyboard user could
    /// not leave the guest area (EN 301 549, 9.2.1.2: no keyboard trap).
    Bar,
    /// F11: the station's own full screen, never the guest's.
    FullScreen,
    /// Ctrl+Alt and another key: staff shortcuts.
    Station(Code),
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// The shell answers it.
    Shell(ShellShortcut),
    /// The guest gets this evdev code.
    Guest(u32),
    /// Nobody gets it.
    Swallow,
}

/// Decides where a pressed key goes. `modifiers` are those held before the press.
pub fn classify(physical: Physical, modifiers: Modifiers) -> Route {
    let Physical::Code(code) = physical else {
        return Route::Swallow;
    };
    let kept = SHORTCUTS.iter().find(|(key, _)| *key == code);
    if let Some((_, shortcut)) = kept {
        return Route::Shell(*shortcut);
    }
    if modifiers.logo() {
        return Route::Swallow;
    }
    if modifiers.control() && modifiers.alt() && !is_modifier(code) {
        return Route::Shell(ShellShortcut::Station(code));
    }
    evdev(code).map_or(Route::Swallow, Route::Guest)
}

/// Keys that never reach the guest, whatever is held with them.
const SHORTCUTS: [(Code, ShellShortcut); 6] = [
    (Code::F12, ShellShortcut::TakeBack),
    (Code::Pause, ShellShortcut::TakeBack),
    (Code::F11, ShellShortcut::FullScreen),
    (Code::SuperLeft, ShellShortcut::Bar),
    (Code::SuperRight, ShellShortcut::Bar),
    (Code::Meta, ShellShortcut::Bar),
];

fn is_modifier(code: Code) -> bool {
    matches!(
        code,
        Code::ControlLeft
            | Code::ControlRight
            | Code::AltLeft
            | Code::AltRight
            | Code::ShiftLeft
            | Code::ShiftRight
            | Code::CapsLock
            | Code::NumLock
    )
}

/// The evdev code of a position, or nothing for keys that a guest has no use for (power, sleep,
/// screen capture, starting programs).
pub fn evdev(code: Code) -> Option<u32> {
    [WRITING, EDITING, NUMPAD, FUNCTION, MEDIA]
        .into_iter()
        .flatten()
        .find(|(known, _)| *known == code)
        .map(|(_, evdev)| *evdev)
}

/// Letters, digits and signs.
const WRITING: &[(Code, u32)] = &[
    (Code::Digit1, 2),
    (Code::Digit2, 3),
    (Code::Digit3, 4),
    (Code::Digit4, 5),
    (Code::Digit5, 6),
    (Code::Digit6, 7),
    (Code::Digit7, 8),
    (Code::Digit8, 9),
    (Code::Digit9, 10),
    (Code::Digit0, 11),
    (Code::Minus, 12),
    (Code::Equal, 13),
    (Code::KeyQ, 16),
    (Code::KeyW, 17),
    (Code::KeyE, 18),
    (Code::KeyR, 19),
    (Code::KeyT, 20),
    (Code::KeyY, 21),
    (Code::KeyU, 22),
    (Code::KeyI, 23),
    (Code::KeyO, 24),
    (Code::KeyP, 25),
    (Code::BracketLeft, 26),
    (Code::BracketRight, 27),
    (Code::KeyA, 30),
    (Code::KeyS, 31),
    (Code::KeyD, 32),
    (Code::KeyF, 33),
    (Code::KeyG, 34),
    (Code::KeyH, 35),
    (Code::KeyJ, 36),
    (Code::KeyK, 37),
    (Code::KeyL, 38),
    (Code::Semicolon, 39),
    (Code::Quote, 40),
    (Code::Backquote, 41),
    (Code::Backslash, 43),
    (Code::KeyZ, 44),
    (Code::KeyX, 45),
    (Code::KeyC, 46),
    (Code::KeyV, 47),
    (Code::KeyB, 48),
    (Code::KeyN, 49),
    (Code::KeyM, 50),
    (Code::Comma, 51),
    (Code::Period, 52),
    (Code::Slash, 53),
    (Code::Space, 57),
    (Code::IntlBackslash, 86),
    (Code::IntlRo, 89),
    (Code::IntlYen, 124),
];

/// Modifiers, editing and moving about.
const EDITING: &[(Code, u32)] = &[
    (Code::Escape, 1),
    (Code::Backspace, 14),
    (Code::Tab, 15),
    (Code::Enter, 28),
    (Code::ControlLeft, 29),
    (Code::ShiftLeft, 42),
    (Code::ShiftRight, 54),
    (Code::AltLeft, 56),
    (Code::CapsLock, 58),
    (Code::NumLock, 69),
    (Code::ScrollLock, 70),
    (Code::ControlRight, 97),
    (Code::AltRight, 100),
    (Code::Home, 102),
    (Code::ArrowUp, 103),
    (Code::PageUp, 104),
    (Code::ArrowLeft, 105),
    (Code::ArrowRight, 106),
    (Code::End, 107),
    (Code::ArrowDown, 108),
    (Code::PageDown, 109),
    (Code::Insert, 110),
    (Code::Delete, 111),
    (Code::ContextMenu, 127),
    (Code::Again, 129),
    (Code::Props, 130),
    (Code::Undo, 131),
    (Code::Copy, 133),
    (Code::Paste, 135),
    (Code::Find, 136),
    (Code::Cut, 137),
    (Code::Help, 138),
    // Japanese and Korean keyboards.
    (Code::KanaMode, 93),
    (Code::Convert, 92),
    (Code::NonConvert, 94),
    (Code::Katakana, 90),
    (Code::Hiragana, 91),
    (Code::Lang1, 122),
    (Code::Lang2, 123),
];

/// The number pad.
const NUMPAD: &[(Code, u32)] = &[
    (Code::NumpadMultiply, 55),
    (Code::NumpadStar, 55),
    (Code::Numpad7, 71),
    (Code::Numpad8, 72),
    (Code::Numpad9, 73),
    (Code::NumpadSubtract, 74),
    (Code::Numpad4, 75),
    (Code::Numpad5, 76),
    (Code::Numpad6, 77),
    (Code::NumpadAdd, 78),
    (Code::Numpad1, 79),
    (Code::Numpad2, 80),
    (Code::Numpad3, 81),
    (Code::Numpad0, 82),
    (Code::NumpadDecimal, 83),
    (Code::NumpadEnter, 96),
    (Code::NumpadDivide, 98),
    (Code::NumpadEqual, 117),
    (Code::NumpadComma, 121),
    (Code::NumpadParenLeft, 179),
    (Code::NumpadParenRight, 180),
];

/// Function keys.
const FUNCTION: &[(Code, u32)] = &[
    (Code::F1, 59),
    (Code::F2, 60),
    (Code::F3, 61),
    (Code::F4, 62),
    (Code::F5, 63),
    (Code::F6, 64),
    (Code::F7, 65),
    (Code::F8, 66),
    (Code::F9, 67),
    (Code::F10, 68),
    (Code::F11, 87),
    (Code::F12, 88),
    (Code::F13, 183),
    (Code::F14, 184),
    (Code::F15, 185),
    (Code::F16, 186),
    (Code::F17, 187),
    (Code::F18, 188),
    (Code::F19, 189),
    (Code::F20, 190),
    (Code::F21, 191),
    (Code::F22, 192),
    (Code::F23, 193),
    (Code::F24, 194),
];

/// Sound, players and browsers.
const MEDIA: &[(Code, u32)] = &[
    (Code::AudioVolumeMute, 113),
    (Code::AudioVolumeDown, 114),
    (Code::AudioVolumeUp, 115),
    (Code::BrowserStop, 128),
    (Code::BrowserFavorites, 156),
    (Code::BrowserBack, 158),
    (Code::BrowserForward, 159),
    (Code::MediaTrackNext, 163),
    (Code::MediaPlayPause, 164),
    (Code::MediaTrackPrevious, 165),
    (Code::MediaStop, 166),
    (Code::BrowserHome, 172),
    (Code::BrowserRefresh, 173),
    (Code::BrowserSearch, 217),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use Code as C;

    const NONE: Modifiers = Modifiers::NONE;

    #[test]
    fn shortcuts_stay_with_the_shell() {
        use ShellShortcut::{Bar, FullScreen, Station, TakeBack};
        let both = Modifiers::CTRL | Modifiers::ALT;
        let table = [
            (Code::F12, NONE, Route::Shell(TakeBack)),
            (Code::F12, Modifiers::SHIFT, Route::Shell(TakeBack)),
            (Code::Pause, Modifiers::CTRL, Route::Shell(TakeBack)),
            (Code::F11, NONE, Route::Shell(FullScreen)),
            (Code::SuperLeft, NONE, Route::Shell(Bar)),
            (Code::SuperRight, Modifiers::LOGO, Route::Shell(Bar)),
            (Code::KeyL, Modifiers::LOGO, Route::Swallow),
            (Code::KeyQ, both, Route::Shell(Station(Code::KeyQ))),
            (Code::Delete, both, Route::Shell(Station(Code::Delete))),
            (Code::F2, both, Route::Shell(Station(Code::F2))),
            (Code::F12, both, Route::Shell(TakeBack)),
            (Code::ShiftLeft, both, Route::Guest(42)),
            (Code::KeyQ, Modifiers::CTRL, Route::Guest(16)),
            (Code::KeyQ, Modifiers::ALT, Route::Guest(16)),
            (Code::KeyE, NONE, Route::Guest(18)),
            (Code::Tab, Modifiers::ALT, Route::Guest(15)),
            (Code::PrintScreen, NONE, Route::Swallow),
            (Code::Power, NONE, Route::Swallow),
            (Code::LaunchMail, NONE, Route::Swallow),
        ];
        for (code, modifiers, route) in table {
            assert_eq!(
                classify(Physical::Code(code), modifiers),
                route,
                "{code:?} with {modifiers:?}"
            );
        }
    }

    /// Rows of positions whose codes follow one another, with the first code.
    #[rustfmt::skip]
    const ROWS: [(&[Code], u32); 4] = [
        (&[
            C::Digit1, C::Digit2, C::Digit3, C::Digit4, C::Digit5, C::Digit6, C::Digit7,
            C::Digit8, C::Digit9, C::Digit0, C::Minus, C::Equal, C::Backspace, C::Tab,
            C::KeyQ, C::KeyW, C::KeyE, C::KeyR, C::KeyT, C::KeyY, C::KeyU, C::KeyI,
            C::KeyO, C::KeyP, C::BracketLeft, C::BracketRight, C::Enter, C::ControlLeft,
            C::KeyA, C::KeyS, C::KeyD, C::KeyF, C::KeyG, C::KeyH, C::KeyJ, C::KeyK,
            C::KeyL, C::Semicolon, C::Quote, C::Backquote, C::ShiftLeft, C::Backslash,
            C::KeyZ, C::KeyX, C::KeyC, C::KeyV, C::KeyB, C::KeyN, C::KeyM, C::Comma,
            C::Period, C::Slash, C::ShiftRight, C::NumpadMultiply, C::AltLeft, C::Space,
            C::CapsLock, C::F1, C::F2, C::F3, C::F4, C::F5, C::F6, C::F7, C::F8, C::F9,
            C::F10, C::NumLock, C::ScrollLock, C::Numpad7, C::Numpad8, C::Numpad9,
            C::NumpadSubtract, C::Numpad4, C::Numpad5, C::Numpad6, C::NumpadAdd,
            C::Numpad1, C::Numpad2, C::Numpad3, C::Numpad0, C::NumpadDecimal,
        ], 2),
        (&[
            C::IntlBackslash, C::F11, C::F12, C::IntlRo,
        ], 86),
        (&[
            C::Home, C::ArrowUp, C::PageUp, C::ArrowLeft, C::ArrowRight, C::End,
            C::ArrowDown, C::PageDown, C::Insert, C::Delete,
        ], 102),
        (&[
            C::F13, C::F14, C::F15, C::F16, C::F17, C::F18, C::F19, C::F20, C::F21,
            C::F22, C::F23, C::F24,
        ], 183),
    ];

    #[test]
    fn rows_are_consecutive() {
        for (row, first) in ROWS {
            for (code, expected) in row.iter().zip(first..) {
                assert_eq!(evdev(*code), Some(expected), "{code:?}");
            }
        }
    }

    #[test]
    fn keys_out_of_the_rows() {
        for (code, expected) in [
            (Code::Escape, 1),
            (Code::AltRight, 100),
            (Code::ControlRight, 97),
            (Code::NumpadEnter, 96),
            (Code::NumpadDivide, 98),
            (Code::ContextMenu, 127),
            (Code::IntlYen, 124),
            (Code::AudioVolumeMute, 113),
            (Code::AudioVolumeDown, 114),
            (Code::AudioVolumeUp, 115),
            (Code::MediaPlayPause, 164),
        ] {
            assert_eq!(evdev(code), Some(expected), "{code:?}");
        }
    }

    #[test]
    fn unknown_positions_reach_nobody() {
        use iced::keyboard::key::NativeCode;
        let unknown = Physical::Unidentified(NativeCode::Xkb(300));
        assert_eq!(classify(unknown, NONE), Route::Swallow);
    }
}
