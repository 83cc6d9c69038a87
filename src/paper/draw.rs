//! From marks to PDF: the one place that knows krilla.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use super::font::{BOLD, Face, REGULAR};
use super::layout::{Child, Colour, Ink, Laid, Mark, PAGE, Role};
use super::{Paper, PaperError};

pub(super) fn pdf(paper: &Paper, laid: Laid) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PaperError::Pdf)?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(paper.language.clone())
            .creator("Estran".to_owned()),
    );
    let pen = Pen::new()?;
    let mut drawn: Vec<Option<Identifier>> = vec![None; laid.marks.len()];
    for page in 0..laid.pages.max(1) {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(PaperError::Pdf)?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for (at, mark) in laid.marks.iter().enumerate() {
            if mark.page == page {
                drawn[at] = pen.mark(&mut surface, mark);
            }
        }
    }
    document.set_outline(outline(&laid));
    let mut tree = TagTree::new().with_lang(Some(paper.language.clone()));
    for &element in &laid.top {
        tree.push(group(&laid, &mut drawn, element));
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|_| PaperError::Pdf)
}

fn outline(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    for element in &laid.elements {
        if let Role::Heading(_, title) = &element.role {
            let to = XyzDestination::new(element.at.0, Point::from_xy(0.0, element.at.1));
            outline.push_child(OutlineNode::new(title.clone(), to));
        }
    }
    outline
}

fn group(laid: &Laid, drawn: &mut [Option<Identifier>], element: usize) -> TagGroup {
    let element = &laid.elements[element];
    let mut group = TagGroup::new(tag(&element.role));
    for child in &element.children {
        match child {
            Child::Element(rank) => group.push(self::group(laid, drawn, *rank)),
            Child::Mark(rank) => {
                if let Some(identifier) = drawn[*rank].take() {
                    group.push(identifier);
                }
            }
        }
    }
    group
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(alt) => {
            // An empty one is refused.
            let alt = if alt.is_empty() { "\u{2026}" } else { alt };
            Tag::Figure(Some(alt.to_owned())).into()
        }
    }
}

struct Pen {
    regular: Font,
    bold: Font,
}

impl Pen {
    fn new() -> Result<Self, PaperError> {
        let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or(PaperError::Font);
        Ok(Self {
            regular: font(REGULAR)?,
            bold: font(BOLD)?,
        })
    }

    fn mark(&self, surface: &mut Surface<'_>, mark: &Mark) -> Option<Identifier> {
        let tag = if mark.content {
            ContentTag::Span(SpanTag::empty().with_actual_text(mark.said))
        } else {
            ContentTag::Artifact(Artifact::new(ArtifactType::Layout, None))
        };
        let identifier = surface.start_tagged(tag);
        self.ink(surface, &mark.ink);
        surface.end_tagged();
        mark.content.then_some(identifier)
    }

    fn ink(&self, surface: &mut Surface<'_>, ink: &Ink) {
        match ink {
            Ink::Text {
                x,
                y,
                size,
                face,
                colour,
                text,
            } => {
                let font = match face {
                    Face::Regular => &self.regular,
                    Face::Bold => &self.bold,
                };
                fill(surface, *colour);
                let at = Point::from_xy(*x, *y);
                surface.draw_text(at, font.clone(), *size, text, false, TextDirection::Auto);
            }
            Ink::Fill(left, top, right, bottom, colour) => {
                fill(surface, *colour);
                path(surface, rectangle(*left, *top, *right, *bottom));
            }
            Ink::Frame(left, top, right, bottom, colour) => {
                stroke(surface, *colour, 1.0, None);
                path(surface, rectangle(*left, *top, *right, *bottom));
            }
            Ink::Stroke {
                from,
                to,
                width,
                colour,
                dashed,
            } => {
                let dash = dashed.then(|| StrokeDash {
                    array: vec![5.0, 4.0],
                    offset: 0.0,
                });
                stroke(surface, *colour, *width, dash);
                let mut builder = PathBuilder::new();
                builder.move_to(from.0, from.1);
                builder.line_to(to.0, to.1);
                path(surface, builder.finish());
            }
        }
    }
}

fn rectangle(left: f32, top: f32, right: f32, bottom: f32) -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.push_rect(Rect::from_ltrb(left, top, right, bottom)?);
    builder.finish()
}

fn path(surface: &mut Surface<'_>, path: Option<Path>) {
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn fill(surface: &mut Surface<'_>, colour: Colour) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill {
        paint: rgb(colour).into(),
        ..Fill::default()
    }));
}

fn stroke(surface: &mut Surface<'_>, colour: Colour, width: f32, dash: Option<StrokeDash>) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb(colour).into(),
        width,
        line_cap: if dash.is_some() {
            LineCap::Butt
        } else {
            LineCap::Round
        },
        dash,
        ..Stroke::default()
    }));
}

fn rgb(colour: Colour) -> rgb::Color {
    let (red, green, blue) = match colour {
        Colour::Ink => (0x10, 0x26, 0x3A),
        Colour::Mute => (0x4A, 0x5B, 0x6A),
        Colour::Sea => (0x0E, 0x4D, 0x73),
        Colour::Sky => (0xEA, 0xF3, 0xF8),
        Colour::Line => (0xC9, 0xBD, 0xA5),
    };
    rgb::Color::new(red, green, blue)
}
