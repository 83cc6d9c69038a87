//! The three papers of a visit: the mandate, the summary of what was done, the memo card. Made in
//! memory from the house's models (`kiosk-config/papers`), never kept: names and signatures are
//! the pen's.
#![forbid(unsafe_code)]

use crate::config::Config;
use crate::paper::template::{Template, Word};
use crate::paper::{Paper, PaperError};
use crate::visit::{Destination, Gesture, Gestures, Level, Request, RoleId};
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
#[derive(Clone, Debug)]
pub struct About {
    /// What is open.
    pub destination: Destination,
    /// Who asks, or who helped.
    pub roles: Vec<RoleId>,
    /// How far they may go, or went.
    pub levels: Vec<Level>,
    /// For how long, or how long it was, in minutes; nothing where nobody helped.
    pub minutes: Option<u16>,
    /// What is ticked.
    pub gestures: Gestures,
    /// To which acts the visitor agreed at their moment.
    pub acts: Gestures,
}

impl About {
    /// The paper of a question: what is asked, with what is ticked so far.
    #[must_use]
    pub fn asked(destination: Destination, request: Request, gestures: Gestures) -> Self {
        Self {
            destination,
            roles: vec![request.role],
            levels: vec![request.level],
            minutes: Some(request.minutes.into()),
            gestures,
            acts: Gestures::default(),
        }
    }

    /// A paper that is the same for everybody.
    #[must_use]
    pub fn nothing(destination: Destination) -> Self {
        Self {
            destination,
            roles: Vec::new(),
            levels: Vec::new(),
            minutes: None,
            gestures: Gestures::default(),
            acts: Gestures::default(),
        }
    }
}

/// Whether the signature of this démarche can be nobody's but the person's own.
#[must_use]
pub fn is_signed_in_person(destination: Destination, config: &Config) -> bool {
    match destination {
        Destination::Demarche(id) => config
            .catalogue
            .get(id)
            .is_some_and(|found| found.own_signature),
        Destination::Practice | Destination::App(_) | Destination::Free => false,
    }
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

/// The key of a level on paper.
const fn how(level: Level) -> &'static str {
    match level {
        Level::Show => "papers-level-show",
        Level::See => "papers-level-see",
        Level::Act => "papers-level-act",
    }
}

fn roles(about: &About, config: &Config) -> String {
    let roles = about.roles.iter();
    let roles = roles.filter_map(|role| Some(config.help.role(*role)?.label.get(Lang::Fr)));
    roles.collect::<Vec<_>>().join(", ")
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
        Word::Role => roles(about, config),
        Word::Duration => about.minutes.map_or_else(String::new, |minutes| {
            let minutes = [("minutes", Arg::Number(i64::from(minutes)))];
            config
                .wording
                .text_with(Lang::Fr, "papers-minutes", &minutes)
        }),
        Word::Help => {
            let levels = about.levels.iter();
            let levels = levels.map(|level| config.wording.text(french, how(*level)));
            levels.collect::<Vec<_>>().join(", ")
        }
        Word::Acts if about.acts.is_empty() => config.wording.text(french, "papers-acts-none"),
        Word::Acts => {
            let acts = about.acts.iter();
            let acts = acts.map(|act| config.wording.text(french, name(act)));
            acts.collect::<Vec<_>>().join(", ")
        }
        Word::Signature if is_signed_in_person(about.destination, config) => {
            config.wording.text(french, "papers-signature")
        }
        Word::Copy | Word::Signature => String::new(),
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
    use crate::visit::Place;

    fn about() -> About {
        let destination = Destination::Demarche(crate::visit::DemarcheId(0));
        let request = Request {
            role: RoleId(0),
            level: Level::Act,
            place: Place::Here,
            asked: Gestures::default().toggled(Gesture::Write),
            minutes: 15,
        };
        let ticked = Gestures::only(Gesture::Write).toggled(Gesture::Submit);
        About::asked(destination, request, ticked)
    }

    /// What the house's own words make of the signature's panel, in a paper of this démarche.
    fn signature(config: &Config, key: &str) -> Vec<String> {
        let found = config
            .catalogue
            .demarches()
            .iter()
            .find(|one| one.key == key);
        let about = About {
            destination: Destination::Demarche(found.unwrap().id),
            ..about()
        };
        let said = config.wording.text(Lang::Fr, "papers-signature");
        let paper = format!("{:?}", paper(Kind::Mandate, &about, config).unwrap());
        let said = format!("{said:?}");
        let said = said.trim_matches('"');
        paper.matches(said).map(str::to_owned).collect()
    }

    #[test]
    fn a_signature_that_stays_the_persons_is_said_in_both_copies() {
        let config = Config::embedded().unwrap();
        assert_eq!(signature(&config, "surendettement").len(), 2);
        assert_eq!(signature(&config, "impots-revenus").len(), 0, "the control");
    }

    #[test]
    fn a_summary_says_who_helped_how_and_for_how_long() {
        let config = Config::embedded().unwrap();
        let about = About {
            levels: vec![Level::Show, Level::Act],
            minutes: Some(7),
            acts: Gestures::only(Gesture::Pay),
            ..about()
        };
        let said = |about: &About| format!("{:?}", paper(Kind::Summary, about, &config).unwrap());
        for word in ["7 minutes", "Montrer", "Écrire et cliquer", "Payer (accord"] {
            assert!(said(&about).contains(word), "{word}");
        }
        let role = config.help.role(RoleId(0)).unwrap().label.get(Lang::Fr);
        assert!(said(&about).contains(role));
        let none = config.wording.text(Lang::Fr, "papers-acts-none");
        assert!(!said(&about).contains(&none), "the control");
        let nobody = About {
            acts: Gestures::default(),
            ..about
        };
        assert!(said(&nobody).contains(&none));
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
