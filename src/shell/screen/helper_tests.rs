//! The helper's way to a question, and what is asked again, shown and read aloud.

use super::*;
use crate::guardian::Helped;
use crate::shell::door::Door;
use crate::shell::screen::{banner, help, passed};
use crate::shell::tools::Tool;
use crate::visit::Level;

fn sheet(message: help::Message) -> Message {
    on_page(guest::Message::Sheet(message))
}

fn opened(door: Door) -> Play {
    let mut play = Play::new(sample_visit::guest(Hands::Person));
    play.model.door = door;
    let look = play.say(on_page(guest::Message::Help));
    assert!(matches!(look, Action::LookAtDoor), "{look:?}");
    play
}

fn name(play: &Play) -> &'static str {
    play.screen.name(&play.model)
}

#[test]
fn the_code_stands_before_the_form() {
    let mut play = opened(Door::Closed);
    assert!(matches!(play.say(passed()), Action::Nothing));
    assert_eq!(name(&play), "help", "nobody was asked for a code yet");
    let asked = play.say(sheet(help::Message::Ask));
    assert!(matches!(asked, Action::Nothing), "{asked:?}");
    let helper = play.click("help.helper").pop().unwrap();
    play.say(helper);
    assert_eq!(name(&play), "code");
    for digit in ["help.key.2", "help.key.7"] {
        let pressed = play.click(digit).pop().unwrap();
        play.say(pressed);
    }
    play.say(sheet(help::Message::Typed("••1".to_owned())));
    let enter = play.click("help.enter").pop().unwrap();
    let Action::Knock(code) = play.say(enter) else {
        panic!("no knock")
    };
    assert_eq!(code.bytes(), b"271");
    assert_eq!(name(&play), "code", "it has not been answered");
    play.model.door = Door::Wrong { seconds: 4 };
    assert!(!play.get("help.enter").facts.enabled, "nothing is typed");
    play.say(passed());
    assert_eq!(name(&play), "request");
}

#[test]
fn a_house_without_a_code_has_the_form_and_a_broken_store_has_not() {
    for (door, expected) in [
        (Door::Open, "request"),
        (Door::Broken, "code"),
        (Door::Unknown, "code"),
    ] {
        let mut play = opened(door);
        play.say(sheet(help::Message::Helper));
        assert_eq!(name(&play), expected, "{door:?}");
    }
}

#[test]
fn a_request_says_who_what_and_how_long() {
    let mut play = opened(Door::Open);
    play.say(sheet(help::Message::Helper));
    let boxes = play.found();
    let boxes = boxes.iter().filter(|f| f.facts.role == Role::Checkbox);
    assert!(boxes.clone().all(|f| f.facts.checked == Some(false)));
    assert_eq!(boxes.count(), Gesture::ALL.len());
    assert!(!play.get("help.ask").facts.enabled, "nothing is ticked");
    play.say(sheet(help::Message::Gesture(Gesture::Write)));
    play.say(sheet(help::Message::Minutes(30)));
    play.say(sheet(help::Message::Name("Samira".to_owned())));
    let ask = play.click("help.ask").pop().unwrap();
    let Action::Say(visit::Event::Helper(Helper::Asks(request))) = play.say(ask) else {
        panic!("no request")
    };
    assert_eq!(request.level, Level::Act);
    assert_eq!(request.asked, Gestures::only(Gesture::Write));
    assert_eq!(request.minutes, 30);
    // The name is on the question, and goes with the visit.
    play.model.published.view = question(ticket(), true);
    let aloud = |play: &Play| play.screen.spoken(&play.model).join(" ");
    assert!(aloud(&play).contains("Samira"));
    play.screen = Screen::new(Kind::of(&play.model, false));
    assert!(!aloud(&play).contains("Samira"));
}

#[test]
fn pointing_alone_needs_a_mouse_of_the_helpers_own() {
    let mut play = opened(Door::Open);
    play.say(sheet(help::Message::Helper));
    let offered = |play: &mut Play| {
        let found = play.found();
        found.iter().any(|f| f.facts.id == "help.level.show")
    };
    assert!(!offered(&mut play));
    play.model.published.second_seat = true;
    assert!(offered(&mut play));
    play.say(sheet(help::Message::Level(Level::Show)));
    let ask = play.click("help.ask").pop().expect("no gesture is needed");
    let Action::Say(visit::Event::Helper(Helper::Asks(request))) = play.say(ask) else {
        panic!("no request")
    };
    assert_eq!(
        (request.level, request.asked.is_empty()),
        (Level::Show, true)
    );
}

#[test]
fn an_act_is_a_question_of_its_own() {
    let act = Asks::Act(Gesture::Pay);
    let asking = |ready| {
        sample_visit::guest(Hands::Asking {
            ticket: ticket(),
            request: REQUEST,
            asks: act,
            ready,
            may_extend: false,
        })
    };
    let mut play = Play::new(asking(false));
    assert!(!play.found().iter().any(|f| f.facts.role == Role::Checkbox));
    assert!(!play.get("consent.yes").facts.enabled);
    assert!(!play.get("consent.more").facts.enabled);
    assert_ne!(play.focus(&[]).as_ref().unwrap(), "consent.yes");
    play.model.published.view = asking(true);
    let yes = play.click("consent.yes").pop().unwrap();
    let said = play.say(yes);
    assert!(matches!(
        said,
        Action::Say(visit::Event::Person(Person::Yes(..)))
    ));
}

#[test]
fn another_language_keeps_what_was_ticked() {
    let mut play = Play::new(question(ticket(), true));
    play.say(answer(consent::Message::Gesture(ticket(), Gesture::Write)));
    let pressed = play.click("consent.lang.ar").pop().unwrap();
    let Action::Tool(tool) = play.say(pressed) else {
        panic!("no tool")
    };
    tool.apply(&mut play.model);
    assert_eq!(play.model.lang, Lang::Ar);
    assert_eq!(play.get("consent.gesture.write").facts.checked, Some(true));
    // Mirrored: Oui is the last answer, at the left.
    let (yes, no) = (play.get("consent.yes"), play.get("consent.no"));
    assert!(yes.bounds.x < no.bounds.x);
}

#[test]
fn the_end_says_what_was_done_and_stays_until_it_is_read() {
    let helped = Helped {
        number: 3,
        level: Level::Act,
        minutes: 4,
        wrote: true,
        clicked: false,
        acts: Gestures::only(Gesture::Pay),
    };
    let mut play = Play::new(sample_visit::guest(Hands::Person));
    play.model.published.helped = Some(helped);
    let said = banner::done(&play.model, helped).join(" ");
    assert!(
        said.contains("écrit") && said.contains('4') && said.contains("payer"),
        "{said}"
    );
    let nothing = Helped {
        wrote: false,
        ..helped
    };
    assert!(
        !banner::done(&play.model, nothing)
            .join(" ")
            .contains("écrit")
    );
    let read = play.click("helped.ok").pop().unwrap();
    play.say(read);
    assert!(!play.found().iter().any(|f| f.facts.id == "helped.ok"));
}

#[test]
fn every_screen_of_a_visit_is_read_in_every_language_and_no_document_is() {
    for lang in Lang::ALL {
        for subject in subjects() {
            let set = |model: &mut Model| {
                (subject.set)(model);
                model.lang = lang;
            };
            let play = Play::with(subject.view, set, subject.said);
            let said = play.screen.spoken(&play.model).join(" ");
            assert!(!said.contains('⟦') && !said.contains("{$"), "{said}");
            for document in &play.model.published.documents {
                assert!(!said.contains(&document.name), "{}: {said}", subject.name);
            }
            if subject.name.starts_with("05") || subject.name.starts_with("08") {
                assert!(said.len() > 40, "{}: {said}", subject.name);
            }
        }
    }
}

#[test]
fn a_voice_that_is_missing_is_shown() {
    let mut play = Play::new(question(ticket(), true));
    let pressed = play.click("consent.listen").pop().unwrap();
    let Action::Tool(tool) = play.say(pressed) else {
        panic!("no tool")
    };
    assert_eq!(tool, Tool::Listen);
    tool.apply(&mut play.model);
    assert!(play.model.speaks);
    let before = play.get("consent.listen").bounds.y;
    play.model.voice_missing = true;
    assert!(
        play.get("consent.listen").bounds.y > before + 20.0,
        "nothing is said above"
    );
}

#[test]
fn taking_back_is_done_at_the_seat_first() {
    let mut play = Play::new(helped());
    let mut config = sample::config();
    config.help.take_back_key = Some(183);
    play.model.config = std::sync::Arc::new(config);
    for code in [
        (Named::F12, Code::F12),
        (Named::Pause, Code::Pause),
        (Named::F13, Code::F13),
    ] {
        play.seat.0.borrow_mut().clear();
        let message = said(play.play(&[key(code.0, code.1, false)]))
            .pop()
            .expect("heard");
        let action = play.say(message);
        assert!(play.seat.0.borrow().contains(&Done::Revoked));
        assert!(matches!(
            action,
            Action::Say(visit::Event::Person(Person::TakeBack))
        ));
    }
}

#[test]
fn a_press_anywhere_on_the_banner_takes_back() {
    let mut play = Play::new(helped());
    let beside = play.get("helper.takeback").bounds;
    play.stage
        .point_at(iced::Point::new(40.0, beside.center_y()));
    let press = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
    let message = said(play.play(&[press])).pop().expect("heard");
    play.say(message);
    assert!(play.seat.0.borrow().contains(&Done::Revoked));
    let pressed = play.click("helper.menu");
    assert_eq!(pressed.len(), 1, "the button on it is a button of its own");
    play.say(pressed[0].clone());
    let pressed = play.click("helper.handback");
    let action = play.say(pressed[0].clone());
    assert!(matches!(
        action,
        Action::Say(visit::Event::Helper(Helper::HandsBack))
    ));
}
