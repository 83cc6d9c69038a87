//! Words on the screen, in either direction of writing.
//!
//! iced lays a single line that is written from right to left out in all the width it may have,
//! and draws it in the width it needs, as soon as an alignment is asked for: the words land beside
//! their place. Such words are given no alignment here, and stand in a box that has one.

use iced::alignment::Horizontal;
use iced::widget::container;
use iced::widget::text::{self, Fragment, IntoFragment, Wrapping};
use iced::{Color, Font, Length, Theme};

use super::kit::{Element, Renderer};

/// Words in one font and size.
pub struct Said<'a> {
    text: iced::widget::Text<'a, Theme, Renderer>,
    backwards: bool,
    leading: Horizontal,
    width: Length,
}

/// `said` in `font`, `size` pixels high; a line begins at `leading`.
pub fn said<'a>(
    said: impl IntoFragment<'a>,
    (font, size, line_height): (Font, f32, f32),
    leading: Horizontal,
) -> Said<'a> {
    let fragment: Fragment<'a> = said.into_fragment();
    let backwards = fragment.chars().any(is_backwards);
    let text = iced::widget::text(fragment)
        .size(size)
        .font(font)
        .line_height(text::LineHeight::Relative(line_height));
    Said {
        text,
        backwards,
        leading,
        width: Length::Shrink,
    }
}

/// A letter that is written from right to left: Hebrew, Arabic and their presentation forms.
fn is_backwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

impl Said<'_> {
    /// Its colour.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.text = self.text.color(color);
        self
    }

    /// In the middle of its width.
    #[must_use]
    pub fn center(mut self) -> Self {
        self.leading = Horizontal::Center;
        self
    }

    /// Its width.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Where a line may break.
    #[must_use]
    pub fn wrapping(mut self, wrapping: Wrapping) -> Self {
        self.text = self.text.wrapping(wrapping);
        self
    }
}

impl<'a, M: 'a> From<Said<'a>> for Element<'a, M> {
    fn from(said: Said<'a>) -> Self {
        match (said.backwards, said.width) {
            (false, width) => said.text.width(width).align_x(said.leading).into(),
            (true, Length::Shrink) => said.text.into(),
            (true, width) => container(said.text)
                .width(width)
                .align_x(said.leading)
                .into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_is_that_of_the_letters() {
        assert!("العربية".chars().any(is_backwards));
        assert!("عبر France services".chars().any(is_backwards));
        assert!(!"Français, 15 min — « Où ça ? »".chars().any(is_backwards));
    }
}
