//! The typefaces that travel with the program (see `NOTICE` beside them).

use iced::Font;
use iced::font::Weight;

/// The files, for the renderer.
pub const FILES: [&[u8]; 4] = [
    crate::paper::REGULAR,
    crate::paper::BOLD,
    include_bytes!("NotoSansArabic-Regular.ttf"),
    include_bytes!("NotoSansArabic-Bold.ttf"),
];

/// Sentences.
pub const REGULAR: Font = Font::with_name("Atkinson Hyperlegible Next");

/// Titles and actions.
pub const BOLD: Font = Font {
    weight: Weight::Bold,
    ..REGULAR
};
