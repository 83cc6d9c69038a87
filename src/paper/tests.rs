#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;

use super::layout::{Ink, Laid, MARGIN, PAGE, lay_out};
use super::*;

/// One of each block.
fn everything() -> Paper {
    let mut paper = Paper::new("Papier d’essai", "fr")
        .from("Maison de l’Estran")
        .with_foot("Modèle 1");
    paper.extend([
        Block::heading("Un titre"),
        Block::text("Une phrase. ".repeat(20)),
        Block::List(vec!["un".into(), "deux".into()]),
        Block::Boxes(vec![(true, "écrire".into()), (false, "payer".into())]),
        Block::Fields(vec![
            ("Lieu".into(), Some("Saint-Brieuc".into())),
            ("Nom".into(), None),
            (
                "Une question si longue qu’elle prend presque toute la ligne du papier".into(),
                None,
            ),
        ]),
        Block::Table {
            widths: vec![2.0, 1.0],
            head: vec!["Mois".into(), "Visites".into()],
            rows: vec![
                vec!["mai".into(), "12".into()],
                vec!["juin".into(), "<10".into()],
            ],
        },
        Block::Bars {
            alt: "Mai 12, juin 3".into(),
            rows: vec![
                ("mai".into(), 1.0, "12".into()),
                ("juin".into(), 0.25, "3".into()),
            ],
        },
        Block::Panel(vec![Block::Text(Style::Strong, "Important".into())]),
        Block::Together(vec![Block::Signatures(vec!["Vous".into(), "Nous".into()])]),
        Block::Cut("À découper".into()),
        Block::Lines(2),
        Block::Space(20.0),
        Block::NewPage,
        Block::Text(Style::Large, "Fin".into()),
    ]);
    paper
}

fn words(laid: &Laid) -> Vec<&str> {
    laid.marks
        .iter()
        .filter_map(|mark| match &mark.ink {
            Ink::Text { text, .. } => Some(text.as_str()),
            Ink::Fill(..) | Ink::Frame(..) | Ink::Stroke { .. } => None,
        })
        .collect()
}

#[test]
fn every_block_makes_a_tagged_pdf() {
    let pdf = everything().pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-1."));
    let text = String::from_utf8_lossy(&pdf);
    for part in ["/StructTreeRoot", "/Lang", "/MarkInfo", "pdfuaid:part"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("CreationDate"), "a paper tells no time");
}

#[test]
fn the_same_words_are_the_same_bytes() {
    let mut other = everything();
    assert_eq!(everything().pdf().unwrap(), other.pdf().unwrap());
    other.add(Block::text("autre"));
    assert_ne!(everything().pdf().unwrap(), other.pdf().unwrap());
}

#[test]
fn long_papers_have_several_pages_with_their_numbers() {
    let mut paper = everything();
    paper.extend((0..120).map(|n| Block::text(format!("Ligne {n}"))));
    let laid = lay_out(&paper).unwrap();
    assert!(laid.pages > 3);
    let last = format!("{} / {}", laid.pages, laid.pages);
    assert!(words(&laid).contains(&last.as_str()));
}

#[test]
fn a_panel_is_not_torn() {
    let mut paper = Paper::new("x", "fr");
    paper.add(Block::Space(640.0));
    paper.add(Block::Panel(vec![Block::Lines(4)]));
    let laid = lay_out(&paper).unwrap();
    assert_eq!(laid.pages, 2);
    assert!(laid.marks.iter().filter(|m| m.page == 0).count() > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_words_make_a_pdf_that_stays_on_its_pages(
        // PDF/UA wants a title.
        title in "[a-zé].{0,79}",
        text in ".{0,400}",
        label in "\\PC{0,120}",
        length in any::<f32>(),
    ) {
        let mut paper = Paper::new(title, "fr").with_foot(label.clone());
        paper.extend([
            Block::Heading(9, text.clone()),
            Block::text(text.clone()),
            Block::Fields(vec![(label.clone(), None), (label.clone(), Some(text.clone()))]),
            Block::Boxes(vec![(true, text.clone())]),
            Block::Table {
                widths: vec![1.0, length],
                head: vec![label.clone()],
                rows: vec![vec![text.clone(), label.clone(), text.clone()]],
            },
            Block::Bars { alt: label.clone(), rows: vec![(label.clone(), length, label.clone())] },
            Block::Signatures(vec![text.clone(), label.clone(), text.clone()]),
            Block::Panel(vec![Block::text(text.clone()), Block::Lines(3)]),
        ]);
        let laid = lay_out(&paper).unwrap();
        for mark in &laid.marks {
            if let Ink::Text { x, y, .. } = mark.ink {
                prop_assert!((0.0..PAGE.1).contains(&y) && (MARGIN..PAGE.0).contains(&x));
            }
        }
        prop_assert!(paper.pdf().unwrap().starts_with(b"%PDF-"));
    }
}

/// Run by hand, to look: `PAPER=/tmp/x.pdf cargo test --lib paper::tests::to_look -- --ignored`.
#[test]
#[ignore = "writes a file to look at"]
#[allow(clippy::disallowed_methods)]
fn to_look() {
    std::fs::write(std::env::var("PAPER").unwrap(), everything().pdf().unwrap()).unwrap();
}
