//! The PDF documents: real text, tagged, in French (PDF/UA asks for title, language
//! and structure; EN 301 549 chapter 10).

use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use super::fault::Fault;
use super::pages::{BOLD, Model, REGULAR};
use super::store::Request;

/// A4, in points (ISO 216: 210 × 297 mm).
const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 64.0;
const INK: (u8, u8, u8) = (0x10, 0x26, 0x3A);
const SEA: (u8, u8, u8) = (0x0E, 0x4D, 0x73);
/// Lines are cut by characters: at 12 points this always fits the width of the page.
const LINE: usize = 62;

/// What a document says, from top to bottom.
struct Content<'a> {
    title: &'a str,
    paragraphs: Vec<String>,
    rows: Vec<(&'a str, String)>,
    end: &'a str,
}

/// The certificate of a request that was sent.
///
/// # Errors
/// Returns [`Fault::Document`] when the PDF cannot be made.
pub fn certificate(request: &Request) -> Result<Vec<u8>, Fault> {
    let who = &request.draft.identity;
    draw(&Content {
        title: "Attestation de demande",
        paragraphs: vec![
            "La Mutuelle de l’Estran a bien reçu votre demande.".to_owned(),
            "Gardez ce document.".to_owned(),
        ],
        rows: vec![
            ("Numéro de demande", request.reference.clone()),
            ("Nom", who.get("nom").to_owned()),
            ("Prénom", who.get("prenom").to_owned()),
            (
                "Date de naissance",
                format!(
                    "{}/{}/{}",
                    who.get("jour"),
                    who.get("mois"),
                    who.get("annee")
                ),
            ),
            ("Ville de naissance", who.get("ville").to_owned()),
            ("Numéro de sécurité sociale", who.get("numero").to_owned()),
        ],
        end: "Document d’entraînement, sans valeur. Cette mutuelle n’existe pas.",
    })
}

/// The model person's supporting document.
///
/// # Errors
/// Returns [`Fault::Document`] when the PDF cannot be made.
pub fn example(model: &Model) -> Result<Vec<u8>, Fault> {
    draw(&Content {
        title: "Facture d’eau",
        paragraphs: vec!["Eaux de la Grève, service des abonnés.".to_owned()],
        rows: vec![
            ("Cliente", format!("{} {}", model.given_name, model.name)),
            (
                "Adresse",
                "3, rue de la Marée, 22000 Saint-Brieuc".to_owned(),
            ),
            ("Montant", "42,00 €".to_owned()),
        ],
        end: "Document d’entraînement, sans valeur. Cette facture n’existe pas.",
    })
}

/// One page with its structure.
struct Sheet<'a> {
    surface: Surface<'a>,
    tree: TagTree,
    regular: Font,
    bold: Font,
    /// Where the next line goes, in points from the top.
    y: f32,
}

impl Sheet<'_> {
    /// One tagged line of text per entry of `lines`, under one structure element.
    fn block(&mut self, mut group: TagGroup, lines: &[String], bold: bool, size: f32, x: f32) {
        let font = if bold { &self.bold } else { &self.regular }.clone();
        for line in lines.iter().filter(|line| !line.is_empty()) {
            let id = self
                .surface
                .start_tagged(ContentTag::Span(SpanTag::empty()));
            let at = Point::from_xy(x, self.y);
            self.surface
                .draw_text(at, font.clone(), size, line, false, TextDirection::Auto);
            self.surface.end_tagged();
            group.push(id);
            self.y += size * 1.5;
        }
        self.tree.push(group);
    }

    /// The band at the top: decoration, not content.
    fn band(&mut self) {
        let bounds = Rect::from_ltrb(0.0, 0.0, PAGE.0, 18.0);
        let kind = Artifact::new(ArtifactType::Layout, None);
        let _artifact = self.surface.start_tagged(ContentTag::Artifact(kind));
        if let Some(bounds) = bounds {
            let mut path = PathBuilder::new();
            path.push_rect(bounds);
            if let Some(path) = path.finish() {
                self.colour(SEA);
                self.surface.draw_path(&path);
            }
        }
        self.surface.end_tagged();
    }

    fn colour(&mut self, (red, green, blue): (u8, u8, u8)) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            ..Fill::default()
        }));
    }
}

fn draw(content: &Content<'_>) -> Result<Vec<u8>, Fault> {
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(Fault::Document)?;
    let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or(Fault::Document);
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(content.title.to_owned())
            .language("fr".to_owned())
            .creator("Mutuelle de l’Estran (entraînement)".to_owned()),
    );
    let (regular, bold) = (font(REGULAR)?, font(BOLD)?);
    // The block ends the page's borrow of the document.
    let tree = {
        let mut page = document.start_page_with(settings);
        let mut sheet = Sheet {
            surface: page.surface(),
            tree: TagTree::new(),
            regular,
            bold,
            y: 90.0,
        };
        sheet.band();
        write(&mut sheet, content);
        sheet.tree
    };
    document.set_tag_tree(tree);
    document.finish().map_err(|_| Fault::Document)
}

fn write(sheet: &mut Sheet<'_>, content: &Content<'_>) {
    let paragraph = || TagGroup::new(Tag::P);
    sheet.colour(SEA);
    sheet.block(
        paragraph(),
        &["Mutuelle de l’Estran".to_owned()],
        true,
        14.0,
        MARGIN,
    );
    sheet.y += 24.0;
    sheet.colour(INK);
    let heading = TagGroup::new(Tag::Hn(
        std::num::NonZeroU16::MIN,
        Some(content.title.to_owned()),
    ));
    sheet.block(heading, &[content.title.to_owned()], true, 28.0, MARGIN);
    sheet.y += 8.0;
    for text in &content.paragraphs {
        sheet.block(paragraph(), &wrap(text), false, 13.0, MARGIN);
    }
    sheet.y += 16.0;
    for (term, value) in &content.rows {
        sheet.block(paragraph(), &[format!("{term} :")], false, 12.0, MARGIN);
        sheet.block(paragraph(), &wrap(value), true, 13.0, MARGIN + 16.0);
        sheet.y += 8.0;
    }
    sheet.y += 24.0;
    sheet.block(paragraph(), &wrap(content.end), true, 12.0, MARGIN);
}

/// Cuts a text into lines, between words where it can, and leaves out control
/// characters, which have no glyph.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().filter(|c| !c.is_control()).collect();
        for piece in word.chunks(LINE) {
            if length > 0 && length + 1 + piece.len() > LINE {
                lines.push(String::new());
                length = 0;
            }
            if let Some(line) = lines.last_mut() {
                if length > 0 {
                    line.push(' ');
                    length += 1;
                }
                line.extend(piece);
                length += piece.len();
            }
        }
    }
    lines
}

/// A PDF that the browser saves under `name` (RFC 6266). `name` is ours, in ASCII.
pub fn download(pdf: Vec<u8>, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    pdf_response(pdf, &disposition)
}

/// A PDF that the browser opens in its viewer.
pub fn inline(pdf: Vec<u8>) -> Response {
    pdf_response(pdf, "inline; filename=\"attestation.pdf\"")
}

fn pdf_response(pdf: Vec<u8>, disposition: &str) -> Response {
    let Ok(disposition) = HeaderValue::from_str(disposition) else {
        return Fault::Document.into_response();
    };
    let kind = HeaderValue::from_static("application/pdf");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, pdf).into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::super::pages::MODEL;
    use super::super::store::Draft;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_is_a_pdf() {
        assert!(example(&MODEL).unwrap().starts_with(b"%PDF-"));
    }

    #[test]
    fn lines_are_cut_between_words_and_inside_endless_ones() {
        assert_eq!(wrap("a b"), ["a b"]);
        let long = "é".repeat(LINE * 2 + 1);
        assert_eq!(wrap(&long).len(), 3);
        assert!(
            wrap(&"mot ".repeat(200))
                .iter()
                .all(|l| l.chars().count() <= LINE)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_name_makes_a_pdf(name in "\\PC{0,160}", raw in ".{0,160}") {
            let mut draft = Draft::default();
            draft.identity.push("nom".into(), name).unwrap();
            draft.identity.push("prenom".into(), raw).unwrap();
            let request = Request { reference: "EST-AAAAAA".into(), draft };
            prop_assert!(certificate(&request).unwrap().starts_with(b"%PDF-"));
        }
    }
}
