//! What the station prints or offers as PDF: a paper is a list of blocks; setting them on A4 pages
//! is ours, the PDF is krilla's. Every paper is tagged (PDF/UA-1, checked by krilla while it
//! writes), and two papers with the same words are the same bytes: no date, no number of their own.
//!
//! ```
//! use estran::paper::{Block, Paper};
//!
//! let mut paper = Paper::new("Attestation", "fr");
//! paper.add(Block::text("Gardez ce document."));
//! paper.add(Block::Fields(vec![("Fait à".into(), None)]));
//! assert!(paper.pdf()?.starts_with(b"%PDF-"));
//! # Ok::<(), estran::paper::PaperError>(())
//! ```
#![forbid(unsafe_code)]

mod draw;
mod font;
mod layout;
mod pieces;
pub mod template;
#[cfg(test)]
mod tests;

pub use font::{BOLD, REGULAR};

/// Why a paper could not be made. None of these is caused by the words on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The typeface in the program is damaged.
    #[error("opening the typeface: it is damaged; install the program again")]
    Font,
    /// The PDF could not be written.
    #[error("writing the PDF: krilla refused it; this is a bug of ours")]
    Pdf,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Normal,
    /// Bold running text.
    Strong,
    /// Notes, sources, the model's number.
    Small,
    /// Large text, for a lead sentence or a number to read from afar.
    Large,
}

/// One piece of a paper, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: level 2 or 3 below the title, 1 where a further copy of the paper begins.
    Heading(u8, String),
    /// A paragraph.
    Text(Style, String),
    /// A list with bullets.
    List(Vec<String>),
    /// Boxes to tick: ticked already, or left to the pen.
    Boxes(Vec<(bool, String)>),
    /// A label and its value; without one, a line to write on by hand.
    Fields(Vec<(String, Option<String>)>),
    /// A table: relative widths of the columns, head, rows. Columns whose every cell begins with
    /// a digit are set to the right. The first column is the head of its row.
    Table {
        /// One relative width a column; decides how many columns there are.
        widths: Vec<f32>,
        /// One word a column.
        head: Vec<String>,
        /// The cells.
        rows: Vec<Vec<String>>,
    },
    /// Horizontal bars: label, length from 0 to 1, value in words.
    Bars {
        /// Said instead of the picture.
        alt: String,
        /// The bars, from top to bottom.
        rows: Vec<(String, f32, String)>,
    },
    /// Places to sign, side by side, each with what stands above it.
    Signatures(Vec<String>),
    /// Several blocks on a tinted ground. It stays on one page.
    Panel(Vec<Block>),
    /// Several blocks that stay on one page.
    Together(Vec<Block>),
    /// Where to cut, with its word.
    Cut(String),
    /// Empty lines to write on by hand.
    Lines(u8),
    /// White space, in points.
    Space(f32),
    /// What follows begins a new page.
    NewPage,
}

impl Block {
    /// A paragraph of running text.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(Style::Normal, words.into())
    }

    /// A heading of the second level.
    pub fn heading(words: impl Into<String>) -> Self {
        Self::Heading(2, words.into())
    }
}

/// A document for people: a title, blocks, a foot line.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    title: String,
    language: String,
    issuer: String,
    foot: String,
    blocks: Vec<Block>,
}

impl Paper {
    /// A paper with its title, in a language (BCP 47).
    pub fn new(title: impl Into<String>, language: impl Into<String>) -> Self {
        let mut title = title.into();
        if title.trim().is_empty() {
            // PDF/UA asks for one, and a reader for a name.
            "Estran".clone_into(&mut title);
        }
        Self {
            title,
            language: language.into(),
            issuer: String::new(),
            foot: String::new(),
            blocks: Vec::new(),
        }
    }

    /// Who gives the paper: stands above the title.
    #[must_use]
    pub fn from(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into();
        self
    }

    /// What stands at the foot of each page, beside the page's number.
    #[must_use]
    pub fn with_foot(mut self, foot: impl Into<String>) -> Self {
        self.foot = foot.into();
        self
    }

    /// Adds a block at the end.
    pub fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds blocks at the end.
    pub fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }

    /// The PDF.
    ///
    /// # Errors
    /// [`PaperError`]; never because of what the words are.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        draw::pdf(self, layout::lay_out(self)?)
    }
}
