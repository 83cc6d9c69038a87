//! A proof on one page, for the data protection officer.
#![forbid(unsafe_code)]

use super::canary::Plant;
use super::result::{Place, Planted, Proof, Row, Searched};
use super::table::{looked, verdict_key};
use crate::paper::{Block, Paper, PaperError, Style};
use crate::receipt::Form;
use crate::wording::{Arg, Lang, Wording};

/// Plants that are told together: the page is one page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Pages,
    Forms,
    Documents,
    Files,
    Shared,
    Programs,
}

impl Group {
    const ALL: [Self; 6] = [
        Self::Pages,
        Self::Forms,
        Self::Documents,
        Self::Files,
        Self::Shared,
        Self::Programs,
    ];

    const fn of(plant: Plant) -> Self {
        match plant {
            Plant::Address
            | Plant::Title
            | Plant::Cookie
            | Plant::LocalStorage
            | Plant::SessionStorage
            | Plant::IndexedDb
            | Plant::CacheStorage
            | Plant::ServiceWorker
            | Plant::CompressedPage => Self::Pages,
            Plant::FormText | Plant::BasicAuth | Plant::Password | Plant::Clipboard => Self::Forms,
            Plant::Download
            | Plant::Upload
            | Plant::PdfPrint
            | Plant::PrintJob
            | Plant::RecentFiles => Self::Documents,
            Plant::HomeFile
            | Plant::Tmp
            | Plant::VarTmp
            | Plant::SharedMemoryFile
            | Plant::RuntimeFile
            | Plant::UnlinkedFile => Self::Files,
            Plant::SysvMemory
            | Plant::SysvSemaphore
            | Plant::PosixQueue
            | Plant::KernelKey
            | Plant::SystemLog => Self::Shared,
            Plant::LingeringProcess | Plant::Program => Self::Programs,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Pages => "proof-pages",
            Self::Forms => "proof-forms",
            Self::Documents => "proof-documents",
            Self::Files => "proof-files",
            Self::Shared => "proof-shared",
            Self::Programs => "proof-programs",
        }
    }
}

/// The page, in the language of the officer.
///
/// # Errors
/// When the PDF cannot be made.
pub fn sheet(proof: &Proof, words: &Wording, lang: Lang) -> Result<Vec<u8>, PaperError> {
    let say = |key: &str| words.text(lang, key);
    let foot = words.text_with(
        lang,
        "proof-foot",
        &[("version", Arg::Text(&proof.software))],
    );
    let mut paper = Paper::new(say("proof-title"), lang.tag())
        .from("Estran")
        .with_foot(foot);
    paper.add(Block::Panel(vec![Block::Text(
        Style::Large,
        say(verdict_key(proof.verdict())),
    )]));
    paper.add(Block::text(say("proof-how")));
    paper.add(facts(proof, words, lang));
    paper.add(Block::heading(say("proof-left")));
    paper.add(plants(proof, words, lang));
    paper.add(Block::heading(say("proof-looked")));
    paper.add(places(proof, words, lang));
    paper.add(Block::heading(say("proof-not-covered")));
    paper.add(Block::List(not_covered(proof, words, lang)));
    paper.pdf()
}

/// When, who, where, how long: one line.
fn facts(proof: &Proof, words: &Wording, lang: Lang) -> Block {
    let form = match (proof.form, proof.root) {
        (Form::Desk, false) => "proof-form-desk",
        (Form::Desk, true) => "proof-form-desk-root",
        (Form::Station, _) => "proof-form-station",
    };
    let form = words.text(lang, form);
    let when = proof.when.to_string();
    let wipe = match proof.wipe_millis {
        Some(millis) => format!("{millis} ms"),
        None => words.text(lang, "prove-not-wiped"),
    };
    let args = [
        ("when", Arg::Text(&when)),
        ("guest", Arg::Text(&proof.guest)),
        ("form", Arg::Text(&form)),
        ("wipe", Arg::Text(&wipe)),
    ];
    Block::Text(Style::Strong, words.text_with(lang, "proof-facts", &args))
}

fn plants(proof: &Proof, words: &Wording, lang: Lang) -> Block {
    let say = |key: &str| words.text(lang, key);
    let rows = Group::ALL.into_iter().filter_map(|group| {
        let of: Vec<&Row> = proof
            .rows
            .iter()
            .filter(|row| Group::of(row.plant) == group)
            .collect();
        let count = |wanted: fn(&Row) -> bool| of.iter().filter(|row| wanted(row)).count();
        let cells = [
            count(|row| row.planted == Planted::Planted),
            count(|row| row.planted == Planted::Planted && row.before > 0),
            count(|row| row.after > 0),
            count(|row| row.planted != Planted::Planted),
        ];
        let cells = cells.map(|cell| cell.to_string());
        (!of.is_empty()).then(|| [vec![say(group.key())], cells.into()].concat())
    });
    Block::Table {
        widths: vec![3.6, 1.0, 1.0, 1.0, 1.2],
        head: [
            "prove-plant",
            "proof-count-left",
            "prove-before",
            "prove-after",
            "proof-count-not",
        ]
        .map(say)
        .into(),
        rows: rows.collect(),
    }
}

/// Places that are told together.
const fn place_group(place: Place) -> &'static str {
    match place {
        Place::Files | Place::RamFiles | Place::Logs | Place::Spool => "proof-place-files",
        Place::Processes | Place::Memory | Place::OpenFiles => "proof-place-programs",
        Place::Ipc | Place::Keys => "proof-place-kernel",
        Place::Disk => "place-disk",
    }
}

fn places(proof: &Proof, words: &Wording, lang: Lang) -> Block {
    let say = |key: &str| words.text(lang, key);
    let groups = [
        "proof-place-files",
        "proof-place-programs",
        "proof-place-kernel",
        "place-disk",
    ];
    let rows = groups.into_iter().filter_map(|group| {
        let of = |searched: &&Searched| place_group(searched.place) == group;
        let all: Vec<&Searched> = proof.searched.iter().filter(of).collect();
        let sum = |of: fn(&Searched) -> u64| all.iter().map(|searched| of(searched)).sum();
        let (items, bytes): (u64, u64) = (sum(|s| s.items), sum(|s| s.bytes));
        let (refused, found): (u64, u64) = (sum(|s| s.refused), sum(|s| s.found));
        let cells = [
            say(group),
            looked(items, bytes),
            refused.to_string(),
            found.to_string(),
        ];
        (!all.is_empty()).then(|| cells.into())
    });
    Block::Table {
        widths: vec![3.0, 1.8, 1.0, 1.0],
        head: [
            "prove-place",
            "prove-looked",
            "prove-refused",
            "prove-found",
        ]
        .map(say)
        .into(),
        rows: rows.collect(),
    }
}

fn not_covered(proof: &Proof, words: &Wording, lang: Lang) -> Vec<String> {
    let say = |key: &str| words.text(lang, key);
    let mut list = vec![say("proof-not-places")];
    if !proof.init_on_free {
        list.push(say("prove-free-memory"));
    }
    if proof.searched.iter().any(|searched| searched.refused > 0) {
        list.push(say("proof-not-read"));
    }
    if proof
        .rows
        .iter()
        .any(|row| row.planted == Planted::Impossible)
    {
        list.push(say("proof-not-screen"));
    }
    list
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::disallowed_methods,
        missing_docs
    )]

    use super::*;
    use crate::audit::{Outcome, Probe, Report};
    use crate::proof::result::VERSION;
    use crate::receipt::HalfDay;

    /// Everything that a page can have to say at once.
    fn fullest(after: u64) -> Proof {
        let row = |(number, plant): (usize, Plant)| Row {
            plant,
            planted: [Planted::Planted, Planted::Refused, Planted::Impossible][number % 3],
            before: 1_234,
            after,
        };
        let searched = |place: Place| Searched {
            place,
            items: 1_234_567,
            bytes: 987 << 30,
            refused: 54_321,
            found: after,
        };
        Proof {
            version: VERSION,
            software: "10.20.30".into(),
            when: HalfDay::from_text("2026-11-25 après-midi").unwrap(),
            form: Form::Station,
            root: true,
            guest: "chromium".into(),
            rows: Plant::ALL.into_iter().enumerate().map(row).collect(),
            searched: Place::ALL.map(searched).into(),
            unmarked: after,
            clipped: 3,
            wipe_millis: None,
            audit: Report {
                outcomes: Probe::STATION
                    .map(|probe| (probe, Outcome::Found(9)))
                    .into(),
            },
            init_on_free: false,
        }
    }

    /// As `pdftotext` reads it; each page ends with a form feed.
    fn text(pdf: &[u8]) -> String {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), pdf).unwrap();
        let read = std::process::Command::new("pdftotext")
            .args([file.path().as_os_str(), "-".as_ref()])
            .output()
            .expect("pdftotext (package poppler-utils)");
        assert!(read.status.success());
        String::from_utf8(read.stdout).unwrap()
    }

    #[test]
    fn the_page_tells_with_whose_rights_it_was_made() {
        let words = Wording::embedded();
        for (form, root, said) in [
            (Form::Desk, false, "sans droits de root"),
            (Form::Desk, true, "lancée par root"),
            (Form::Station, true, "gardien root"),
        ] {
            let mut proof = fullest(0);
            (proof.form, proof.root) = (form, root);
            let text = text(&sheet(&proof, &words, Lang::Fr).unwrap());
            let told =
                ["sans droits", "lancée par", "gardien root"].map(|word| text.contains(word));
            assert!(text.contains(said), "{form:?} {root}: {text}");
            assert_eq!(told.into_iter().filter(|told| *told).count(), 1, "{text}");
        }
    }

    #[test]
    fn the_fullest_proof_is_one_page() {
        let words = Wording::embedded();
        for lang in Lang::WHOLE {
            for after in [0, 77] {
                let proof = fullest(after);
                let text = text(&sheet(&proof, &words, lang).unwrap());
                assert_eq!(text.matches('\u{c}').count(), 1, "{lang:?}: {text}");
                assert!(text.contains("10.20.30"), "{text}");
            }
        }
    }
}
