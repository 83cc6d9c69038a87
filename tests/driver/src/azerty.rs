//! Physical keys of a French AZERTY keyboard.
//!
//! The kiosk sends *physical* codes to its guest, whose own keymap is xkb's `fr`. So a test that
//! wants an "é" must press the key that carries it, as a person would. Codes are evdev's; X adds 8.

/// What is held while a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing.
    Plain,
    /// Shift.
    Shift,
    /// AltGr.
    AltGr,
}

/// One key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// evdev code.
    pub code: u8,
    /// What is held.
    pub level: Level,
}

const DEAD_CIRCUMFLEX: Stroke = stroke(26, Level::Plain);
const DEAD_DIAERESIS: Stroke = stroke(26, Level::Shift);

const fn stroke(code: u8, level: Level) -> Stroke {
    Stroke { code, level }
}

/// The rows of the keyboard: first evdev code, then what each key gives plain, shifted, AltGr
/// (a space: nothing that we type).
const ROWS: [(u8, &str, &str, &str); 6] = [
    (2, "&é\"'(-è_çà)=", "1234567890°+", "  #{[|`\\^@]}"),
    (16, "azertyuiop", "AZERTYUIOP", "  €       "),
    (27, "$", "£", " "),
    (30, "qsdfghjklmù", "QSDFGHJKLM%", "           "),
    (43, "*wxcvbn,;:!", "µWXCVBN?./§", "           "),
    (86, "<", ">", " "),
];

/// The key presses that write `letter`, or none when this keyboard cannot write it.
pub fn strokes(letter: char) -> Option<Vec<Stroke>> {
    if let Some(key) = single(letter) {
        return Some(vec![key]);
    }
    let (dead, base) = composed(letter)?;
    Some(vec![dead, single(base)?])
}

fn single(letter: char) -> Option<Stroke> {
    match letter {
        ' ' => return Some(stroke(57, Level::Plain)),
        '\n' => return Some(stroke(28, Level::Plain)),
        '\t' => return Some(stroke(15, Level::Plain)),
        _ => {}
    }
    ROWS.iter().find_map(|(first, plain, shift, alt)| {
        let find = |row: &str, level| {
            let place = row.chars().position(|each| each == letter)?;
            Some(stroke(first + u8::try_from(place).ok()?, level))
        };
        find(plain, Level::Plain)
            .or_else(|| find(shift, Level::Shift))
            .or_else(|| find(alt, Level::AltGr))
    })
}

fn composed(letter: char) -> Option<(Stroke, char)> {
    let table = [
        (DEAD_CIRCUMFLEX, "âêîôûÂÊÎÔÛ", "aeiouAEIOU"),
        (DEAD_DIAERESIS, "äëïöüÿÄËÏÖÜ", "aeiouyAEIOU"),
    ];
    table.iter().find_map(|(dead, letters, bases)| {
        let place = letters.chars().position(|each| each == letter)?;
        Some((*dead, bases.chars().nth(place)?))
    })
}

/// The evdev code of a key by name: "Tab", "Return", "F12", "ctrl", or the letter that it gives.
pub fn key_code(name: &str) -> Option<u8> {
    let named = match name {
        "Escape" => 1,
        "BackSpace" => 14,
        "Tab" => 15,
        "Return" => 28,
        "ctrl" => 29,
        "shift" => 42,
        "alt" => 56,
        "Space" => 57,
        "CapsLock" => 58,
        "NumLock" => 69,
        "F11" => 87,
        "F12" => 88,
        "Print" => 99,
        "altgr" => 100,
        "Home" => 102,
        "Up" => 103,
        "PageUp" => 104,
        "Left" => 105,
        "Right" => 106,
        "End" => 107,
        "Down" => 108,
        "PageDown" => 109,
        "Insert" => 110,
        "Delete" => 111,
        "Pause" => 119,
        "super" => 125,
        "Menu" => 127,
        "F13" => 183,
        _ => 0,
    };
    if named > 0 {
        return Some(named);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|n| n.parse::<u8>().ok()) {
        return (1..=10).contains(&number).then(|| 58 + number);
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => single(letter).map(|key| key.code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;

    #[test]
    fn accents_of_a_french_name() {
        assert_eq!(strokes('é').unwrap(), [stroke(3, Level::Plain)]);
        assert_eq!(
            strokes('ë').unwrap(),
            [DEAD_DIAERESIS, stroke(18, Level::Plain)]
        );
        assert_eq!(strokes('@').unwrap(), [stroke(11, Level::AltGr)]);
        assert_eq!(strokes('.').unwrap(), [stroke(51, Level::Shift)]);
        assert_eq!(strokes('Ω'), None);
    }

    #[test]
    fn chords_name_letters_by_what_the_key_gives() {
        assert_eq!(key_code("t"), Some(20));
        assert_eq!(key_code("F12"), Some(88));
        assert_eq!(key_code("F5"), Some(63));
        assert_eq!(key_code("F13"), Some(183));
        assert_eq!(key_code("F25"), None);
        assert_eq!(key_code("nonsense"), None);
    }
}
