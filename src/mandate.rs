//! The three papers of a visit: the mandate, the summary of what was done, the memo card. Made in
//! memory from the house's models (`kiosk-config/papers`), never kept: names and signatures are
//! the pen's.
#![forbid(unsafe_code)]

use crate::config::Config;
use crate::paper::template::{Template, Word};
use crate::paper::{Paper, PaperError};
use crate::visit::{Destination, Gesture, Gestures, Request};
use crate::wording::{Arg, Lang};

const MANDATE: &str = include_str!("../kiosk-config/papers/mandat.fr.md");
const SUMMARY: &str = include_str!("../kiosk-config/papers/resume.fr.md");
const MEMO: &str = include_str!("../kiosk-config/papers/memo.fr.md");

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the visitor signs when a helper types or validates for them. Two copies.
    Mandate,
    /// What was granted and done, for the visitor.
    Summary,
    /// To be filled in by hand.
    Memo,
}

impl Kind {
    /// The name under which the visitor finds it among their documents.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Mandate => "Mandat à signer.pdf",
            Self::Summary => "Votre aide d’aujourd’hui.pdf",
            Self::Memo => "Ma carte mémo.pdf",
        }
    }

    const fn model(self) -> &'static str {
        match self {
            Self::Mandate => MANDATE,
            Self::Summary => SUMMARY,
            Self::Memo => MEMO,
        }
    }

    const fn copies(self) -> &'static [&'static str] {
        match self {
            Self::Mandate => &["Exemplaire pour vous", "Exemplaire pour la structure"],
            Self::Summary | Self::Memo => &[],
        }
    }
}

/// What a paper is about. Nothing in it names a person.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What is open.
    pub destination: Destination,
    /// What was asked, when a helper asked.
    pub request: Option<Request>,
    /// What is ticked.
    pub gestures: Gestures,
}

/// The PDF, in French: the language of the law here, whatever the screen's.
///
/// # Errors
/// [`PaperError`]; never because of what the words are.
pub fn pdf(kind: Kind, about: &About, config: &Config) -> Result<Vec<u8>, PaperError> {
    paper(kind, about, config)?.pdf()
}

fn paper(kind: Kind, about: &About, config: &Config) -> Result<Paper, PaperError> {
    // The models are part of the program: a test reads each.
    let template = Template::parse(kind.model()).map_err(|_| PaperError::Pdf)?;
    let value = |word| word_of(word, about, config);
    let gestures: Vec<(bool, String)> = Gesture::ALL
        .into_iter()
        .map(|gesture| {
            let said = config.wording.text(Lang::Fr, name(gesture));
            (about.gestures.contains(gesture), said)
        })
        .collect();
    Ok(template.fill("fr", kind.copies(), &value, &gestures))
}

/// The key of a gesture's name on paper.
const fn name(gesture: Gesture) -> &'static str {
    match gesture {
        Gesture::Write => "papers-gesture-write",
        Gesture::Upload => "papers-gesture-upload",
        Gesture::CreateMail => "papers-gesture-create-mail",
        Gesture::CreateAccount => "papers-gesture-create-account",
        Gesture::ReadMail => "papers-gesture-read-mail",
        Gesture::Submit => "papers-gesture-submit",
        Gesture::Pay => "papers-gesture-pay",
        Gesture::Print => "papers-gesture-print",
    }
}

fn word_of(word: Word, about: &About, config: &Config) -> String {
    let french = Lang::Fr;
    match word {
        Word::Place => config.place.name.clone(),
        Word::Dpo => config.place.dpo.clone(),
        Word::Contact => config.place.contact.get(french).to_owned(),
        // What the house's files do not say is written by hand.
        Word::Address => config.place.address.clone().unwrap_or_default(),
        Word::Siret => config.place.siret.clone().unwrap_or_default(),
        Word::Copy => String::new(),
        Word::Role => about
            .request
            .and_then(|request| config.help.role(request.role))
            .map_or_else(String::new, |role| role.label.get(french).to_owned()),
        Word::Duration => about.request.map_or_else(String::new, |request| {
            let minutes = [("minutes", Arg::Number(i64::from(request.minutes)))];
            config
                .wording
                .text_with(Lang::Fr, "papers-minutes", &minutes)
        }),
        Word::Demarche => match about.destination {
            Destination::Demarche(id) => config
                .catalogue
                .get(id)
                .map_or_else(String::new, |found| found.label.get(french).to_owned()),
            Destination::Practice => config.wording.text(french, "papers-practice"),
            Destination::App(id) => config
                .app(id)
                .map_or_else(String::new, |app| app.label.get(french).to_owned()),
            Destination::Free => String::new(),
        },
        Word::Sites => match about.destination {
            Destination::Demarche(id) => {
                config.catalogue.get(id).map_or_else(String::new, |found| {
                    let sites: Vec<String> = found
                        .domains
                        .iter()
                        .map(|site| site.as_str().to_owned())
                        .collect();
                    sites.join(", ")
                })
            }
            Destination::Practice | Destination::Free | Destination::App(_) => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use crate::visit::{Level, Place, RoleId};

    fn about() -> About {
        About {
            destination: Destination::Demarche(crate::visit::DemarcheId(0)),
            request: Some(Request {
                role: RoleId(0),
                level: Level::Act,
                place: Place::Here,
                asked: Gestures::default().toggled(Gesture::Write),
                minutes: 15,
            }),
            gestures: Gestures::default()
                .toggled(Gesture::Write)
                .toggled(Gesture::Submit),
        }
    }

    #[test]
    fn every_model_is_a_paper_and_the_same_one_each_time() {
        let config = Config::embedded().unwrap();
        for kind in [Kind::Mandate, Kind::Summary, Kind::Memo] {
            let pdf = super::pdf(kind, &about(), &config).unwrap();
            assert!(pdf.starts_with(b"%PDF-"), "{kind:?}");
            assert_eq!(pdf, super::pdf(kind, &about(), &config).unwrap());
            // It fits into one message to the custodian, as JSON.
            assert!(pdf.len() * 4 < 900 * 1024, "{kind:?}: {}", pdf.len());
        }
    }

    /// Run by hand, to look: `PAPERS=/tmp/x cargo test --lib mandate::tests::to_look -- --ignored`.
    #[test]
    #[ignore = "writes files to look at"]
    #[allow(clippy::disallowed_methods)]
    fn to_look() {
        let folder = std::path::PathBuf::from(std::env::var("PAPERS").unwrap());
        let config = Config::embedded().unwrap();
        for (kind, name) in [
            (Kind::Mandate, "mandat"),
            (Kind::Summary, "resume"),
            (Kind::Memo, "memo"),
        ] {
            let pdf = super::pdf(kind, &about(), &config).unwrap();
            std::fs::write(folder.join(name).with_extension("pdf"), pdf).unwrap();
        }
    }
}
