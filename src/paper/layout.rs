//! Where everything goes: blocks become marks on pages, each mark under its element of structure.

use super::font::{Face, Faces};
use super::{Block, Paper, PaperError, Style};

/// A4, in points (ISO 216: 210 × 297 mm).
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
pub(super) const MARGIN: f32 = 56.0;
/// The lowest line of the text; the foot stands below.
pub(super) const BOTTOM: f32 = PAGE.1 - 62.0;
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// The colours of the house, for print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Ink,
    Mute,
    Sea,
    Sky,
    Line,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ink {
    /// Baseline at `y`.
    Text {
        x: f32,
        y: f32,
        size: f32,
        face: Face,
        colour: Colour,
        text: String,
    },
    /// Left, top, right, bottom.
    Fill(f32, f32, f32, f32, Colour),
    Frame(f32, f32, f32, f32, Colour),
    Stroke {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        colour: Colour,
        dashed: bool,
    },
}

/// Something drawn on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) page: usize,
    pub(super) ink: Ink,
    /// Read instead of what is drawn.
    pub(super) said: Option<&'static str>,
    /// Part of an element; otherwise decoration, which nobody is read.
    pub(super) content: bool,
}

/// What an element is, for people who do not see the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    Heading(u8, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
}

/// A node of the structure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Child {
    /// By rank in [`Laid::elements`].
    Element(usize),
    /// By rank in [`Laid::marks`].
    Mark(usize),
}

/// An element and what it is made of, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
    /// Where it begins: page and points from the top.
    pub(super) at: (usize, f32),
}

/// A paper on its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) pages: usize,
    pub(super) marks: Vec<Mark>,
    pub(super) elements: Vec<Element>,
    /// The elements that lie in no other.
    pub(super) top: Vec<usize>,
}

/// The hand that sets a paper.
pub(super) struct Setter<'f> {
    pub(super) faces: &'f Faces,
    pub(super) laid: Laid,
    open: Vec<usize>,
    page: usize,
    pub(super) y: f32,
    /// The column: left edge and width.
    pub(super) x: f32,
    pub(super) width: f32,
    /// On an endless page, to measure.
    endless: bool,
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: Colour,
}

impl Type {
    pub(super) const NORMAL: Self = Self::of(Face::Regular, 11.0, Colour::Ink);
    pub(super) const STRONG: Self = Self::of(Face::Bold, 11.0, Colour::Ink);
    pub(super) const SMALL: Self = Self::of(Face::Regular, 9.0, Colour::Mute);
    pub(super) const LARGE: Self = Self::of(Face::Regular, 14.0, Colour::Ink);

    pub(super) const fn of(face: Face, size: f32, colour: Colour) -> Self {
        Self { face, size, colour }
    }

    /// From one baseline to the next.
    pub(super) const fn leading(self) -> f32 {
        self.size * 1.36
    }

    const fn title(level: u8) -> Self {
        match level {
            0 | 1 => Self::of(Face::Bold, 23.0, Colour::Sea),
            2 => Self::of(Face::Bold, 13.5, Colour::Sea),
            _ => Self::of(Face::Bold, 11.5, Colour::Ink),
        }
    }
}

impl From<Style> for Type {
    fn from(style: Style) -> Self {
        match style {
            Style::Normal => Self::NORMAL,
            Style::Strong => Self::STRONG,
            Style::Small => Self::SMALL,
            Style::Large => Self::LARGE,
        }
    }
}

pub(super) fn lay_out(paper: &Paper) -> Result<Laid, PaperError> {
    let faces = Faces::open()?;
    let mut setter = Setter::new(&faces, false);
    if !paper.issuer.is_empty() {
        let issuer = Type::of(Face::Bold, 11.0, Colour::Mute);
        setter.paragraph(&paper.issuer, issuer);
        setter.y += 6.0;
    }
    setter.heading(1, &paper.title);
    for block in &paper.blocks {
        setter.set(block);
    }
    setter.laid.pages = setter.page + 1;
    setter.feet(&paper.foot);
    Ok(setter.laid)
}

impl<'f> Setter<'f> {
    fn new(faces: &'f Faces, endless: bool) -> Self {
        Self {
            faces,
            laid: Laid::default(),
            open: Vec::new(),
            page: 0,
            y: MARGIN,
            x: MARGIN,
            width: WIDTH,
            endless,
        }
    }

    /// How high the blocks stand in the present column.
    pub(super) fn height(&self, blocks: &[Block]) -> f32 {
        let mut trial = Setter::new(self.faces, true);
        trial.width = self.width;
        let top = trial.y;
        for block in blocks {
            trial.set(block);
        }
        trial.y - top
    }

    /// Goes to a new page when `height` does not fit on this one.
    pub(super) fn need(&mut self, height: f32) {
        if !self.endless && self.y + height > BOTTOM && self.y > MARGIN {
            self.new_page();
        }
    }

    fn new_page(&mut self) {
        if !self.endless {
            self.page += 1;
            self.y = MARGIN;
        }
    }

    /// Draws decoration.
    pub(super) fn decorate(&mut self, ink: Ink) {
        let page = self.page;
        self.laid.marks.push(Mark {
            page,
            ink,
            said: None,
            content: false,
        });
    }

    /// Draws content, under the element that is open.
    pub(super) fn draw(&mut self, ink: Ink, said: Option<&'static str>) {
        let Some(&element) = self.open.last() else {
            return self.decorate(ink);
        };
        let page = self.page;
        let mark = self.laid.marks.len();
        self.laid.marks.push(Mark {
            page,
            ink,
            said,
            content: true,
        });
        self.laid.elements[element].children.push(Child::Mark(mark));
    }

    /// Opens an element for what `inside` draws.
    pub(super) fn element(&mut self, role: Role, inside: impl FnOnce(&mut Self)) {
        let rank = self.laid.elements.len();
        let at = (self.page, self.y);
        self.laid.elements.push(Element {
            role,
            children: Vec::new(),
            at,
        });
        match self.open.last() {
            Some(&parent) => {
                let parent = &mut self.laid.elements[parent];
                parent.children.push(Child::Element(rank));
            }
            None => self.laid.top.push(rank),
        }
        self.open.push(rank);
        inside(self);
        self.open.pop();
    }

    /// One line of text with its top at the present height, which stays.
    pub(super) fn line(&mut self, text: &str, style: Type, x: f32) {
        let y = self.y + style.size;
        let ink = Ink::Text {
            x,
            y,
            size: style.size,
            face: style.face,
            colour: style.colour,
            text: self.faces.printable(text, style.face),
        };
        self.draw(ink, None);
    }

    /// Wrapped text from the present height down, in a part of the column.
    pub(super) fn flow(&mut self, text: &str, style: Type, x: f32, width: f32) {
        for line in self.faces.lines(text, style.face, style.size, width) {
            self.need(style.leading());
            self.line(&line, style, x);
            self.y += style.leading();
        }
    }

    pub(super) fn paragraph(&mut self, text: &str, style: Type) {
        let lines = self.faces.lines(text, style.face, style.size, self.width);
        // Two lines of a paragraph stay together.
        self.need(style.leading() * lines.len().min(2) as f32);
        self.element(Role::Paragraph, |setter| {
            setter.flow(text, style, setter.x, setter.width);
        });
        self.y += style.size * 0.45;
    }

    fn heading(&mut self, level: u8, text: &str) {
        let style = Type::title(level);
        if level > 1 {
            self.y += style.size * 0.75;
        }
        // A heading is not left alone at the foot of a page.
        self.need(style.leading() + 44.0);
        self.element(Role::Heading(level, text.to_owned()), |setter| {
            setter.flow(text, style, setter.x, setter.width);
        });
        self.y += if level > 1 { 2.5 } else { 8.0 };
    }

    pub(super) fn set(&mut self, block: &Block) {
        match block {
            // PDF/UA knows no heading that says nothing.
            Block::Heading(_, text) if text.trim().is_empty() => {}
            Block::Heading(level, text) => self.heading((*level).clamp(1, 3), text),
            Block::Text(style, text) => self.paragraph(text, (*style).into()),
            Block::List(items) => self.list(items),
            Block::Boxes(items) => self.boxes(items),
            Block::Fields(fields) => self.fields(fields),
            Block::Table { widths, head, rows } => self.table(widths, head, rows),
            Block::Bars { alt, rows } => self.bars(alt, rows),
            Block::Signatures(places) => self.signatures(places),
            Block::Panel(blocks) => self.panel(blocks),
            Block::Together(blocks) => {
                self.need(self.height(blocks).min(BOTTOM - MARGIN));
                for block in blocks {
                    self.set(block);
                }
            }
            Block::Cut(word) => self.cut(word),
            Block::Lines(count) => self.blank_lines(*count),
            Block::Space(points) => self.y += points.clamp(0.0, PAGE.1),
            Block::NewPage => self.new_page(),
        }
    }

    /// The foot of every page: the model's words, the page's number.
    fn feet(&mut self, foot: &str) {
        let style = Type::SMALL;
        let lines = self.faces.lines(foot, style.face, style.size, WIDTH - 60.0);
        for page in 0..self.laid.pages {
            self.page = page;
            self.decorate(Ink::Stroke {
                from: (MARGIN, PAGE.1 - 48.0),
                to: (PAGE.0 - MARGIN, PAGE.1 - 48.0),
                width: 0.75,
                colour: Colour::Line,
                dashed: false,
            });
            self.y = PAGE.1 - 42.0;
            for line in lines.iter().take(2) {
                self.line(line, style, MARGIN);
                self.y += style.leading();
            }
            let number = format!("{} / {}", page + 1, self.laid.pages);
            let right = PAGE.0 - MARGIN - self.faces.width(&number, style.face, style.size);
            self.y = PAGE.1 - 42.0;
            self.line(&number, style, right);
        }
    }
}
