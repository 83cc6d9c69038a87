#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use super::*;
use crate::usage::{
    Book, Consentement, Duree, Effacement, Fin, Issue, Line, Mode, Operateur, Thematique,
    Thresholds, for_export,
};
use crate::wording::{Lang, Wording};

fn release() -> crate::usage::Release {
    let november = "2026-11".parse().unwrap();
    let mut book = Book::new(november);
    let themes = [
        Thematique::Logement,
        Thematique::SocialSante,
        Thematique::Email,
    ];
    for (count, thematique) in [60, 30, 4].into_iter().zip(themes) {
        for _ in 0..count {
            let line = Line {
                mode: Mode::Autonome,
                posture: None,
                thematique,
                operateur: Operateur::Cnaf,
                duree: Duree::Lt30,
                issue: Issue::Terminee,
                orientation: None,
                consentement: Consentement::NonDemande,
                fin: Fin::Usager,
                effacement: Effacement::Ok,
            };
            book.count(&line, november, &[]);
        }
    }
    book.close(november.after());
    for_export(
        &book,
        "2026-11".parse().unwrap(),
        Thresholds::default(),
        &[],
    )
    .unwrap()
}

const HOUSE: House<'_> = House {
    name: "France services de l’Estran",
    id: "lieu-1",
};

#[test]
fn three_files_of_one_month() {
    let folder = tempfile::tempdir().unwrap();
    let words = Wording::embedded();
    let made = files(&Format::ALL, &release(), HOUSE, &words, Lang::Fr).unwrap();
    let places = save(folder.path(), &made).unwrap();
    assert_eq!(save(folder.path(), &made).unwrap(), places, "again");
    let there = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(there, 3, "no part of a file is left");
    // All of them are one message to the custodian, with much room left.
    let bytes: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes < 60_000, "{bytes}");
    let names: Vec<_> = places
        .iter()
        .map(|p| p.file_name().unwrap().to_str().unwrap())
        .collect();
    let wanted = ["csv", "json", "pdf"].map(|end| format!("statistiques-2026-11.{end}"));
    assert_eq!(names, wanted);
    let text = std::fs::read_to_string(&places[0]).unwrap();
    let (id, read) = crate::usage::read_csv(&text).unwrap();
    assert_eq!((id.as_str(), read), ("lieu-1", release()));
    let report = std::fs::read_to_string(&places[1]).unwrap();
    assert!(report.contains("\"lieu_id\": \"lieu-1\"") && report.contains("arrondi_5"));
    assert!(std::fs::read(&places[2]).unwrap().starts_with(b"%PDF-"));
    let gone = save(&folder.path().join("gone"), &made);
    assert!(matches!(gone, Err(BulletinError::Disk { .. })));
}

#[test]
fn the_page_of_a_month_is_one_page_and_says_no_small_number() {
    let words = Wording::embedded();
    let pdf = file(Format::Pdf, &release(), HOUSE, &words, Lang::Fr).unwrap();
    let text = pdf_text(&pdf);
    assert_eq!(text.matches('\u{c}').count(), 1, "one page: {text}");
    for said in [
        "novembre 2026",
        "environ 95",
        "Logement",
        "60",
        "moins de 11",
        "masqué",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains(" 4\n"), "the small number: {text}");
}

/// The words of a PDF, as `pdftotext` reads them.
fn pdf_text(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("sheet.pdf");
    std::fs::write(&place, pdf).unwrap();
    let read = std::process::Command::new("pdftotext")
        .args(["-layout".as_ref(), place.as_os_str(), "-".as_ref()])
        .output()
        .unwrap();
    String::from_utf8(read.stdout).unwrap()
}
