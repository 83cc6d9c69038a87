//! `theme.toml`: the house's own colours, as long as everybody can read them.

use std::path::Path;

use toml::Spanned;

use super::checker::Checker;
use super::problem::Unfit;
use super::raw::{RawColours, RawTheme, keys_of};
use super::{Finding, Problem};

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// The least contrast of a sentence (WCAG 2.2, 1.4.3 for level AA).
const READABLE: f64 = 4.5;

const WHITE: Colour = [0xFF; 3];

/// The colours that a house may choose. High contrast has its own, which nobody changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Theme {
    /// The background of the screens.
    pub ground: Colour,
    /// Text.
    pub text: Colour,
    /// Main actions.
    pub action: Colour,
    /// The trusted bar.
    pub bar: Colour,
    /// Focus, and the helper's banner.
    pub attention: Colour,
    /// Ending, and taking back.
    pub end: Colour,
    /// Verified, ready.
    pub ready: Colour,
}

impl Default for Theme {
    /// The shore after the tide.
    fn default() -> Self {
        Self {
            ground: [0xF7, 0xF2, 0xE8],
            text: [0x10, 0x26, 0x3A],
            action: [0x0E, 0x4D, 0x73],
            bar: [0x0A, 0x3A, 0x57],
            attention: [0xF2, 0xB8, 0x4B],
            end: [0xB3, 0x26, 0x1E],
            ready: [0x1E, 0x6B, 0x4A],
        }
    }
}

pub fn check(file: &Path, text: &str) -> Result<Theme, Vec<Finding>> {
    let mut checker = Checker::new(file, text);
    let raw = checker.raw::<RawTheme>(keys);
    let theme = raw.map(|raw| theme(&mut checker, &raw.colours));
    let findings = checker.findings();
    match theme {
        Some(theme) if findings.is_empty() => Ok(theme),
        Some(_) | None => Err(findings),
    }
}

fn keys(path: &[&str]) -> Option<&'static [&'static str]> {
    match path {
        [] => Some(keys_of::<RawTheme>()),
        ["colours"] => Some(keys_of::<RawColours>()),
        _ => None,
    }
}

fn theme(checker: &mut Checker, raw: &RawColours) -> Theme {
    let shore = Theme::default();
    let ground = colour(checker, raw.ground.as_ref(), shore.ground, None);
    // Text stands on the ground and on white cards; everything else carries white words, and
    // is itself read on the ground or on a card.
    let mut on = |value: &Option<Spanned<String>>, default, other| {
        colour(checker, value.as_ref(), default, Some(other))
    };
    let text = on(&raw.text, shore.text, ground);
    Theme {
        ground,
        text,
        action: on(&raw.action, shore.action, ground),
        bar: on(&raw.bar, shore.bar, WHITE),
        attention: on(&raw.attention, shore.attention, text),
        end: on(&raw.end, shore.end, WHITE),
        ready: on(&raw.ready, shore.ready, WHITE),
    }
}

fn colour(
    checker: &mut Checker,
    raw: Option<&Spanned<String>>,
    default: Colour,
    against: Option<Colour>,
) -> Colour {
    let Some(raw) = raw else { return default };
    let Some(colour) = parse(raw.get_ref()) else {
        checker.report(raw.span(), Problem::Unfit(Unfit::Colour));
        return default;
    };
    if against.is_some_and(|other| contrast(colour, other) < READABLE) {
        checker.report(raw.span(), Problem::Unfit(Unfit::Contrast));
    }
    colour
}

/// `#0E4D73`.
fn parse(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|rest| rest.len() == 6)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance).
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    fn read(text: &str) -> Result<Theme, Vec<Finding>> {
        check(Path::new("theme.toml"), text)
    }

    #[test]
    fn a_house_chooses_its_colours() {
        let theme = read("[colours]\naction = \"#5A1A7A\"\n").unwrap();
        assert_eq!(theme.action, [0x5A, 0x1A, 0x7A]);
        assert_eq!(theme.ground, Theme::default().ground);
        let shipped = include_str!("../../kiosk-config/theme.toml");
        assert_eq!(read(shipped).unwrap(), Theme::default());
    }

    #[test]
    fn a_colour_that_few_can_read_is_refused() {
        let all = |text: &str| -> Vec<Problem> {
            let found = read(text).unwrap_err();
            found.into_iter().map(|one| one.problem).collect()
        };
        let pale = all("[colours]\naction = \"#9FC5E8\"\ntext = \"#888888\"\n");
        assert_eq!(
            pale,
            [
                Problem::Unfit(Unfit::Contrast),
                Problem::Unfit(Unfit::Contrast)
            ]
        );
        for wrong in ["blue", "#12345", "#+12345", "0E4D73", "#0E4D7G"] {
            let text = format!("[colours]\nend = \"{wrong}\"\n");
            assert_eq!(all(&text), [Problem::Unfit(Unfit::Colour)], "{wrong}");
        }
        assert!((contrast([0; 3], WHITE) - 21.0).abs() < 0.01);
    }
}
