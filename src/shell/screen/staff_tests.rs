#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use iced::Size;

use super::*;
use crate::config::TextSize;
use crate::shell::desk::{Desk, Showing};
use crate::shell::focus::{Survey, frame};
use crate::shell::headless::Stage;
use crate::shell::{sample, sample_visit, shots_staff};
use crate::wording::Lang;

const SIZES: [Size; 3] = [
    Size::new(1024.0, 768.0),
    Size::new(1280.0, 720.0),
    Size::new(1920.0, 1080.0),
];

fn survey(screen: &Screen, model: &Model) -> Survey {
    let mut stage = Stage::new(model.size).unwrap();
    let beside = sample_visit::drawn(model);
    let shown = || {
        frame(
            screen.key(model),
            screen.start(model),
            screen.view(model, beside.as_ref()).map(|_| ()),
            |_| (),
        )
    };
    stage.play(shown().into(), &[]);
    stage.survey(shown().into())
}

/// Every control of staff is large enough, named and reached. A test for each size: they take long,
/// and run beside each other.
fn every_control_at(size: Size) {
    let mut seen = 0;
    for text in [TextSize::Normal, TextSize::Largest] {
        for subject in shots_staff::subjects() {
            let mut model = sample::model(subject.view, size);
            model.text = text;
            (subject.set)(&mut model);
            let screen = Screen::new(Kind::of(&model, false));
            let mut ids = BTreeSet::new();
            for found in survey(&screen, &model).found {
                let (b, id) = (found.bounds, found.facts.id);
                assert!(b.height >= 44.0, "{id} {b:?} on {}", subject.name);
                assert!(
                    b.x >= 0.0 && b.x + b.width <= size.width + 1.0,
                    "{id} {b:?} on {} at {size:?} {text:?}",
                    subject.name
                );
                let below = b.y + b.height > size.height;
                assert!(
                    !below || found.scroll.is_some(),
                    "{id} {b:?} on {} at {size:?} {text:?}",
                    subject.name
                );
                assert!(!found.facts.label.trim().is_empty(), "{id} says nothing");
                assert!(ids.insert(id.clone()), "{id} twice on {}", subject.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen} controls were looked at");
}

#[test]
fn every_control_of_staff_is_large_enough_named_and_reached() {
    every_control_at(SIZES[0]);
}

#[test]
fn every_control_of_staff_on_a_small_wide_screen() {
    every_control_at(SIZES[1]);
}

#[test]
fn every_control_of_staff_on_a_large_screen() {
    every_control_at(SIZES[2]);
}

#[test]
fn staff_cover_the_visit_and_no_word_of_a_visitor_is_theirs() {
    let subjects = shots_staff::subjects();
    let visit = subjects
        .into_iter()
        .find(|s| s.name == "12-staff-visit")
        .unwrap();
    let mut model = sample::model(visit.view, SIZES[1]);
    assert_eq!(Kind::of(&model, false), Kind::Guest);
    (visit.set)(&mut model);
    assert_eq!(Kind::of(&model, false), Kind::Staff);
    let screen = Screen::new(Kind::Staff);
    let found = survey(&screen, &model).found;
    assert!(found.iter().all(|one| one.facts.id.starts_with("staff.")));
    assert!(
        found
            .iter()
            .all(|one| one.facts.role != crate::shell::control::Role::Guest),
        "the page is not there to be typed into"
    );
}

#[test]
fn a_visit_is_ended_after_a_second_press_only() {
    let subjects = shots_staff::subjects();
    let visit = subjects
        .into_iter()
        .find(|s| s.name == "12-staff-visit")
        .unwrap();
    let mut model = sample::model(visit.view, SIZES[1]);
    (visit.set)(&mut model);
    let mut staff = staff::Staff::default();
    assert!(staff.update(staff::Message::Reset, &model).is_none());
    assert_eq!(staff.name(model.desk.showing), "sure");
    assert!(staff.update(staff::Message::Back, &model).is_none());
    assert_eq!(staff.name(model.desk.showing), "staff");
    staff.update(staff::Message::Reset, &model);
    assert!(matches!(
        staff.update(staff::Message::Sure, &model),
        Some(Order::Reset)
    ));
}

#[test]
fn the_numbers_are_behind_the_code_and_lead_to_an_export_and_back() {
    let subjects = shots_staff::subjects();
    let numbers = subjects
        .into_iter()
        .find(|s| s.name == "12-stats-export")
        .unwrap();
    let mut model = sample::model(numbers.view, SIZES[1]);
    (numbers.set)(&mut model);
    let mut staff = staff::Staff::default();
    let order = |staff: &mut staff::Staff, model: &Model, said| staff.update(said, model);
    for said in numbers.said {
        let Message::Staff(said) = said else {
            panic!("staff alone");
        };
        order(&mut staff, &model, said);
    }
    assert_eq!(staff.name(model.desk.showing), "export");
    let choose = |said| staff::Message::Stats(stats::Message::Export(said));
    for said in [
        export::Message::Quarter(true),
        export::Message::Shape(crate::counter::Shape::Coop),
    ] {
        order(&mut staff, &model, choose(said));
    }
    let Some(Order::Export(wanted)) = order(&mut staff, &model, choose(export::Message::Copy))
    else {
        panic!("an export was wanted");
    };
    assert_eq!(wanted.period.to_string(), "2020-T4");
    assert_eq!(wanted.shape, crate::counter::Shape::Coop);
    // A reset said late, from the screen before, does nothing here.
    assert!(order(&mut staff, &model, staff::Message::Reset).is_none());
    order(&mut staff, &model, staff::Message::Back);
    assert_eq!(staff.name(model.desk.showing), "stats");
    let back = order(&mut staff, &model, staff::Message::Back);
    assert!(matches!(back, Some(Order::Behind)));
    model.desk.showing = Showing::Staff;
    let again = order(&mut staff, &model, staff::Message::Numbers);
    assert!(matches!(again, Some(Order::Numbers)));
}

#[test]
fn without_the_code_nothing_behind_it_can_be_said() {
    let mut model = sample::model(View::Welcome { after_visit: false }, SIZES[1]);
    for showing in [Showing::Code, Showing::SetUp, Showing::NewCode] {
        model.desk = Desk {
            showing,
            ..Desk::default()
        };
        let mut staff = staff::Staff::default();
        for message in [
            staff::Message::Reset,
            staff::Message::Sure,
            staff::Message::Open,
            staff::Message::Close(crate::guardian::Shut::Early),
            staff::Message::NewCode,
            staff::Message::Numbers,
            staff::Message::Proof,
            staff::Message::Prove,
            staff::Message::Stats(stats::Message::Export(export::Message::Copy)),
        ] {
            let said = format!("{message:?}");
            assert!(
                staff.update(message, &model).is_none(),
                "{said} at {showing:?}"
            );
        }
    }
}

#[test]
fn a_closed_station_says_so_in_every_language() {
    for lang in Lang::ALL {
        for subject in shots_staff::subjects() {
            let mut model = sample::model(subject.view, SIZES[1]);
            model.lang = lang;
            (subject.set)(&mut model);
            if subject.name.starts_with("13-closed") || subject.name.starts_with("13-main") {
                assert_eq!(Kind::of(&model, false), Kind::Closed);
                let found = survey(&Screen::new(Kind::Closed), &model).found;
                assert_eq!(found.len(), 1, "only « Écouter »: {found:?}");
            }
        }
    }
}
