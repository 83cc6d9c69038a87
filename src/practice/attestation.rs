//! The PDF documents: real text, tagged, in French (PDF/UA asks for title, language
//! and structure; EN 301 549 chapter 10).

use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::fault::Fault;
use super::pages::Model;
use super::store::Request;
use crate::paper::{Block, Paper, Style};

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

fn draw(content: &Content<'_>) -> Result<Vec<u8>, Fault> {
    let mut paper = Paper::new(content.title, "fr").from("Mutuelle de l’Estran");
    paper.extend(content.paragraphs.iter().map(Block::text));
    paper.add(Block::Space(10.0));
    let rows = content.rows.iter();
    paper.add(Block::Fields(
        rows.map(|(term, value)| ((*term).to_owned(), Some(value.clone())))
            .collect(),
    ));
    paper.add(Block::Space(10.0));
    paper.add(Block::Text(Style::Strong, content.end.to_owned()));
    paper.pdf().map_err(|_| Fault::Document)
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
