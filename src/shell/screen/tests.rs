#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use iced::Size;

use super::*;
use crate::config::TextSize;
use crate::shell::focus::{Survey, frame};
use crate::shell::headless::Stage;
use crate::shell::sample;
use crate::visit::{Person, Quarantine};
use crate::wording::{Lang, Wording};

const SIZES: [Size; 3] = [
    Size::new(1024.0, 768.0),
    Size::new(1280.0, 720.0),
    Size::new(1920.0, 1080.0),
];

const VIEWS: [View; 7] = [
    View::Auditing { after_visit: false },
    View::Welcome { after_visit: false },
    View::Welcome { after_visit: true },
    View::Notice,
    View::Choosing,
    View::Wiping { attempt: 1 },
    View::Quarantined(Quarantine::Residue),
];

fn survey(model: &Model) -> Survey {
    let screen = Screen::new(Kind::of(model, true));
    let mut stage = Stage::new(model.size).unwrap();
    let shown = || {
        frame(
            screen.key(model),
            screen.start(model),
            screen.view(model, None).map(|_| ()),
            |_| (),
        )
    };
    stage.play(shown().into(), &[]);
    stage.survey(shown().into())
}

#[test]
fn every_target_is_large_enough_named_and_on_the_screen() {
    let mut seen = 0;
    for size in SIZES {
        for text in [TextSize::Normal, TextSize::Large, TextSize::Largest] {
            for view in VIEWS {
                let mut model = sample::model(view, size);
                model.text = text;
                let least = model.tokens().target().min(79.0);
                let survey = survey(&model);
                let mut ids = BTreeSet::new();
                for found in &survey.found {
                    let (b, id) = (found.bounds, &found.facts.id);
                    assert!(
                        b.width >= least && b.height >= least,
                        "{id} {b:?} at {size:?}"
                    );
                    assert!(
                        b.x >= 0.0 && b.x + b.width <= size.width,
                        "{id} {b:?} at {size:?}"
                    );
                    let below = b.y + b.height > size.height;
                    assert!(
                        !below || found.scroll.is_some(),
                        "{id} {b:?} at {size:?} {text:?}"
                    );
                    assert!(!found.facts.label.trim().is_empty(), "{id} says nothing");
                    assert!(ids.insert(id.clone()), "{id} twice");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 200, "{seen} controls were looked at");
}

#[test]
fn the_main_actions_say_what_they_lead_to() {
    assert!(matches!(
        welcome::update(welcome::Message::Start),
        Action::Say(visit::Event::Person(Person::Touched))
    ));
    assert!(matches!(
        notice::update(notice::Message::Read),
        Action::Say(visit::Event::Person(Person::Read))
    ));
}

#[test]
fn back_from_the_choice_goes_one_step_at_a_time() {
    let mut screen = choosing::Choosing::default();
    screen.update(choosing::Message::Group(crate::catalogue::GroupId(0)));
    screen.update(choosing::Message::Query("rsa".to_owned()));
    assert!(matches!(
        screen.update(choosing::Message::Back),
        Action::Nothing
    ));
    assert_eq!(screen.key(), "choosing.0");
    assert!(matches!(
        screen.update(choosing::Message::Back),
        Action::Nothing
    ));
    assert_eq!(screen.key(), "choosing");
    let last = screen.update(choosing::Message::Back);
    assert!(matches!(
        last,
        Action::Say(visit::Event::Person(Person::Left))
    ));
}

/// Every key written in the shell's sources, as in `say("notice-title")`.
fn keys_used(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            keys_used(&path, keys);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            keys.extend(
                source
                    .split('"')
                    .skip(1)
                    .step_by(2)
                    .filter(|s| is_key(s))
                    .map(str::to_owned),
            );
        }
    }
}

/// Words of the wording files: two or more lower-case words joined by hyphens, the first being
/// the name of a wording file.
fn is_key(text: &str) -> bool {
    let Some((file, rest)) = text.split_once('-') else {
        return false;
    };
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config/wording/fr");
    let named =
        files.join(format!("{file}.ftl")).exists() || ["tool", "starting", "out"].contains(&file);
    named && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !rest.is_empty()
}

#[test]
fn every_sentence_of_the_screens_exists_in_every_language() {
    let mut keys = BTreeSet::from(["back".to_owned()]);
    keys_used(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/shell"),
        &mut keys,
    );
    assert!(
        keys.contains("welcome-start") && keys.contains("wiping-check"),
        "{keys:?}"
    );
    let wording = Wording::embedded();
    for lang in Lang::WHOLE {
        let missing: Vec<_> = keys.iter().filter(|key| !wording.has(lang, key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.tag());
    }
    assert!(!wording.has(Lang::Fr, "welcome-nobody-wrote-this"));
}
