//! The typeface of everything the station prints, and how wide its words are.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::PaperError;

/// Atkinson Hyperlegible Next, made for people who see badly (see `fonts/NOTICE`).
pub const REGULAR: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-Regular.ttf");
/// Its bold face.
pub const BOLD: &[u8] = include_bytes!("fonts/AtkinsonHyperlegibleNext-Bold.ttf");

/// Shown for a character that the typeface does not have.
const UNKNOWN: char = '?';

/// One of the two faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// Both faces, opened for measuring.
#[derive(Clone)]
pub(super) struct Faces {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Faces {
    pub(super) fn open() -> Result<Self, PaperError> {
        let open = |bytes| FontRef::new(bytes).map_err(|_| PaperError::Font);
        Ok(Self {
            regular: open(REGULAR)?,
            bold: open(BOLD)?,
        })
    }

    fn of(&self, face: Face) -> &FontRef<'static> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The width of a text, in points. Kerning is left out: it only makes words narrower.
    pub(super) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let font = self.of(face);
        let glyphs = font.charmap();
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        text.chars()
            .filter_map(|c| glyphs.map(c))
            .filter_map(|glyph| metrics.advance_width(glyph))
            .sum()
    }

    /// The text as it can be printed: without control characters, unknown ones replaced.
    pub(super) fn printable(&self, text: &str, face: Face) -> String {
        let glyphs = self.of(face).charmap();
        text.chars()
            .map(|c| {
                if c.is_whitespace() && c.is_control() {
                    ' '
                } else {
                    c
                }
            })
            .filter(|c| !c.is_control())
            .map(|c| if glyphs.map(c).is_some() { c } else { UNKNOWN })
            .collect()
    }

    /// Cuts a text into lines of at most `width` points: between words where it can, inside a
    /// word that is longer than a line. A no-break space holds.
    pub(super) fn lines(&self, text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in self
            .printable(text, face)
            .split(' ')
            .filter(|w| !w.is_empty())
        {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&longer, face, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.chopped(word, face, size, width, &mut lines);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Moves the front of an endless word into `lines`, and returns its end.
    fn chopped(
        &self,
        word: &str,
        face: Face,
        size: f32,
        width: f32,
        lines: &mut Vec<String>,
    ) -> String {
        let mut piece = String::new();
        for c in word.chars() {
            piece.push(c);
            if self.width(&piece, face, size) > width && piece.chars().count() > 1 {
                piece.pop();
                lines.push(std::mem::take(&mut piece));
                piece.push(c);
            }
        }
        piece
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_cut_between_words_and_inside_endless_ones() {
        let faces = Faces::open().unwrap();
        let lines = |text: &str| faces.lines(text, Face::Regular, 11.0, 100.0);
        assert_eq!(lines("a  b"), ["a b"]);
        assert_eq!(lines(""), Vec::<String>::new());
        assert!(lines(&"é".repeat(80)).len() > 2);
        assert_eq!(
            lines("Prix\u{a0}: 12\u{202f}€"),
            ["Prix\u{a0}: 12\u{202f}€"]
        );
    }

    #[test]
    fn what_has_no_glyph_is_shown_as_such() {
        let faces = Faces::open().unwrap();
        assert_eq!(faces.printable("né\u{7}\tà 東", Face::Bold), "né à ?");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_line_is_wider_than_its_place(text in ".{0,200}", width in 20_f32..400.0) {
            let faces = Faces::open().unwrap();
            for line in faces.lines(&text, Face::Bold, 12.0, width) {
                let fits = faces.width(&line, Face::Bold, 12.0) <= width;
                prop_assert!(fits || line.chars().count() == 1, "{line:?}");
            }
        }
    }
}
