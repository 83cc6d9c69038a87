//! The look's tokens: colours, and sizes that follow the window and the visitor's text size.
//!
//! Sizes are given in design units, the pixels of a 1920×1080 screen.

use std::sync::{Mutex, PoisonError};

use iced::{Color, Size, color};

use super::model::Model;
use crate::config::{Colour, TextSize, Theme};

/// The colours of one look. Two exist: the shore, and high contrast.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are the tokens of the look")]
pub struct Palette {
    /// Text.
    pub ink: Color,
    /// Secondary text.
    pub mute: Color,
    /// Background of the screens.
    pub sand: Color,
    /// Separators.
    pub sand_2: Color,
    /// Borders of cards.
    pub line: Color,
    /// Background of cards and secondary buttons.
    pub card: Color,
    /// Main actions.
    pub sea: Color,
    /// The trusted bar, pressed main actions.
    pub sea_2: Color,
    /// Text on `sea`, `sea_2` and `coral`.
    pub on_sea: Color,
    /// Text of buttons on cards.
    pub action: Color,
    /// Plates behind pictograms, the nearest wave.
    pub sky: Color,
    /// The wave in the middle.
    pub sky_2: Color,
    /// Focus, and the helper's banner.
    pub sun: Color,
    /// Text on `sun`.
    pub on_sun: Color,
    /// Ending, and taking back.
    pub coral: Color,
    /// Verified, ready.
    pub leaf: Color,
    /// Verified, on a dark background.
    pub leaf_2: Color,
}

impl Palette {
    /// The shore after the tide.
    pub const SHORE: Self = Self {
        ink: color!(0x10_26_3A),
        mute: color!(0x4A_5B_6A),
        sand: color!(0xF7_F2_E8),
        sand_2: color!(0xEB_E2_D0),
        line: color!(0xC9_BD_A5),
        card: Color::WHITE,
        sea: color!(0x0E_4D_73),
        sea_2: color!(0x0A_3A_57),
        on_sea: Color::WHITE,
        action: color!(0x0E_4D_73),
        sky: color!(0xDD_EB_F3),
        sky_2: color!(0xB9_D6_E5),
        sun: color!(0xF2_B8_4B),
        on_sun: color!(0x10_26_3A),
        coral: color!(0xB3_26_1E),
        leaf: color!(0x1E_6B_4A),
        leaf_2: color!(0x9F_E3_C0),
    };

    /// Black, white and yellow.
    pub const CONTRAST: Self = Self {
        ink: Color::WHITE,
        mute: Color::WHITE,
        sand: Color::BLACK,
        sand_2: Color::WHITE,
        line: Color::WHITE,
        card: Color::BLACK,
        sea: color!(0xFF_E6_00),
        sea_2: Color::BLACK,
        on_sea: Color::BLACK,
        action: color!(0xFF_E6_00),
        sky: Color::BLACK,
        sky_2: Color::BLACK,
        sun: Color::WHITE,
        on_sun: Color::BLACK,
        coral: Color::WHITE,
        leaf: color!(0xFF_E6_00),
        leaf_2: color!(0xFF_E6_00),
    };
}

impl Palette {
    /// The colours that a house chose. Each choice is kept for as long as the program runs: there
    /// are only as many as edits of a file.
    pub fn of(theme: Theme) -> &'static Self {
        static CHOSEN: Mutex<Vec<(Theme, &'static Palette)>> = Mutex::new(Vec::new());
        if theme == Theme::default() {
            return &Self::SHORE;
        }
        let mut chosen = CHOSEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, palette)) = chosen.iter().find(|(known, _)| *known == theme) {
            return palette;
        }
        let palette: &'static Self = Box::leak(Box::new(Self::made(theme)));
        chosen.push((theme, palette));
        palette
    }

    fn made(theme: Theme) -> Self {
        let colour = |[red, green, blue]: Colour| Color::from_rgb8(red, green, blue);
        Self {
            ink: colour(theme.text),
            sand: colour(theme.ground),
            sea: colour(theme.action),
            action: colour(theme.action),
            sea_2: colour(theme.bar),
            sun: colour(theme.attention),
            on_sun: colour(theme.text),
            coral: colour(theme.end),
            leaf: colour(theme.ready),
            ..Self::SHORE
        }
    }
}

/// Sizes and colours for one drawing of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// The colours.
    pub palette: &'static Palette,
    /// High contrast: borders carry what tints carry otherwise.
    pub contrast: bool,
    /// Right to left.
    pub rtl: bool,
    /// The window, logical pixels.
    pub window: Size,
    unit: f32,
    text: TextSize,
}

impl Tokens {
    /// The tokens for `model`.
    pub fn of(model: &Model) -> Self {
        let tokens = Self::new(model.size, model.text, model.contrast, model.rtl());
        if model.contrast {
            tokens
        } else {
            Self {
                palette: Palette::of(model.config.theme),
                ..tokens
            }
        }
    }

    /// The tokens for a window of `window` logical pixels.
    pub fn new(window: Size, text: TextSize, contrast: bool, rtl: bool) -> Self {
        let unit = (window.width / 1920.0)
            .min(window.height / 1080.0)
            .clamp(0.5, 3.0);
        Self {
            palette: if contrast {
                &Palette::CONTRAST
            } else {
                &Palette::SHORE
            },
            contrast,
            rtl,
            window,
            unit,
            text,
        }
    }

    fn growth(self) -> f32 {
        f32::from(self.text.percent()) / 100.0
    }

    /// Whether the visitor chose a larger text.
    pub fn is_large(self) -> bool {
        self.text != TextSize::Normal
    }

    /// A length in design units.
    pub fn px(self, design: f32) -> f32 {
        (design * self.unit).round().max(1.0)
    }

    /// Empty space in design units: it gives way to larger text.
    pub fn air(self, design: f32) -> f32 {
        self.px(design / self.growth())
    }

    /// A text size in design units, for sentences and buttons: grows in full with the visitor's
    /// choice.
    pub fn font(self, design: f32) -> f32 {
        (design * self.unit * self.growth()).max(14.0)
    }

    /// A text size for titles, which are large already: they grow by half as much.
    pub fn title(self, design: f32) -> f32 {
        design * self.unit * f32::midpoint(1.0, self.growth())
    }

    /// A pictogram that stands beside text of `font` size.
    pub fn icon(self, design: f32) -> f32 {
        self.title(design).round()
    }

    /// The smallest side of a target on public screens: 80 units, never under 44 pixels
    /// (EN 301 549 and the look).
    pub fn target(self) -> f32 {
        self.px(80.0).max(44.0)
    }

    /// The smallest side of a target in the trusted bar.
    pub fn small_target(self) -> f32 {
        self.px(56.0).max(44.0)
    }

    /// How many columns of at least `design` units of text fit in `width` pixels (1 to `most`).
    pub fn columns(self, width: f32, design: f32, most: usize) -> usize {
        let least = design * self.unit * self.growth();
        ((width / least).floor() as usize).clamp(1, most)
    }

    /// The page's margin, left and right.
    pub fn margin(self) -> f32 {
        self.px(96.0)
    }
}

/// The ratio of contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast_ratio(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: Color) -> f32 {
    let [r, g, b, _] = color.into_linear();
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least(a: Color, b: Color, ratio: f32) {
        let got = contrast_ratio(a, b);
        assert!(got >= ratio, "{a:?} on {b:?}: {got} < {ratio}");
    }

    #[test]
    fn the_ratio_is_the_standard_one() {
        assert!((contrast_ratio(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast_ratio(Color::WHITE, Color::WHITE) - 1.0).abs() < 0.01);
        assert!((contrast_ratio(color!(0x76_76_76), Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_is_readable_in_both_looks() {
        for p in [Palette::SHORE, Palette::CONTRAST] {
            for ground in [p.sand, p.card, p.sky] {
                at_least(p.ink, ground, 7.0);
                at_least(p.mute, ground, 4.5);
                at_least(p.action, ground, 4.5);
                at_least(p.leaf, ground, 4.5);
            }
            for (text, ground) in [
                (p.on_sea, p.sea),
                (p.on_sea, p.coral),
                (p.on_sun, p.sun),
                (p.leaf_2, p.sea_2),
            ] {
                at_least(text, ground, 4.5);
            }
        }
    }

    #[test]
    fn high_contrast_is_seven_everywhere() {
        let p = Palette::CONTRAST;
        for (text, ground) in [
            (p.ink, p.sand),
            (p.mute, p.card),
            (p.action, p.card),
            (p.on_sea, p.sea),
            (p.on_sea, p.coral),
            (p.on_sun, p.sun),
        ] {
            at_least(text, ground, 7.0);
        }
    }
}
