#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "helper_tests.rs"]
mod helper_tests;
#[path = "paper_tests.rs"]
mod paper_tests;

use std::collections::BTreeSet;

use iced::keyboard::key::{Code, Physical};
use iced::keyboard::{self, Key, Location, Modifiers, key::Named};
use iced::{Event, Size, mouse};

use super::{Action, Kind, Message, Screen, consent, farewell, inside};
use crate::config::TextSize;
use crate::display::Input;
use crate::shell::control::{Id, Role};
use crate::shell::focus::{self, Found};
use crate::shell::guest_side::GuestSide;
use crate::shell::headless::Stage;
use crate::shell::kit::Element;
use crate::shell::model::Model;
use crate::shell::sample_visit::{self, Done, REQUEST, Seat};
use crate::shell::shots_visit::subjects;
use crate::shell::{sample, screen::guest};
use crate::visit::{self, Asks, Gesture, Gestures, Hands, Helper, Person, View};
use crate::wording::Lang;

const HD: Size = Size::new(1280.0, 720.0);

#[derive(Clone, Debug)]
enum Heard {
    Focus,
    Said(Message),
}

/// One screen of a visit on a stage.
struct Play {
    model: Model,
    screen: Screen,
    side: GuestSide,
    seat: Seat,
    stage: Stage,
}

impl Play {
    fn new(view: View) -> Self {
        let model = sample::model(view, HD);
        let screen = Screen::new(Kind::of(&model, false));
        let seat = Seat::default();
        let side = sample_visit::blank(&seat);
        let stage = Stage::new(HD).unwrap();
        let mut play = Self {
            model,
            screen,
            side,
            seat,
            stage,
        };
        play.model.published.picture = true;
        play
    }

    fn with(view: View, set: impl Fn(&mut Model), said: Vec<Message>) -> Self {
        let mut play = Self::new(view);
        set(&mut play.model);
        play.stage = Stage::new(play.model.size).unwrap();
        for message in said {
            play.say(message);
        }
        play
    }

    fn say(&mut self, message: Message) -> Action {
        self.screen.update(message, &mut self.model, &self.side)
    }

    fn play(&mut self, events: &[Event]) -> Vec<Heard> {
        let framed = framed(&self.screen, &self.model, &self.side);
        self.stage.play(framed, events)
    }

    /// The focus after `events`.
    fn focus(&mut self, events: &[Event]) -> Option<Id> {
        let mut heard = self.play(events);
        heard.extend(self.play(&[]));
        self.found()
            .into_iter()
            .find(|f| f.focused)
            .map(|f| f.facts.id)
    }

    fn found(&mut self) -> Vec<Found> {
        let framed = framed(&self.screen, &self.model, &self.side);
        self.stage.survey(framed).found
    }

    fn get(&mut self, id: &str) -> Found {
        let found = self.found();
        found.into_iter().find(|f| f.facts.id == id).expect(id)
    }

    fn click(&mut self, id: &str) -> Vec<Message> {
        let at = self.get(id).bounds.center();
        self.stage.point_at(at);
        let button = mouse::Button::Left;
        said(self.play(&[
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ]))
    }
}

fn framed<'a>(screen: &'a Screen, model: &'a Model, side: &'a GuestSide) -> Element<'a, Heard> {
    let content = screen.view(model, Some(side)).map(Heard::Said);
    focus::frame(screen.key(model), screen.start(model), content, |_| {
        Heard::Focus
    })
    .on_back(screen.back(model).map(Heard::Said))
    .into()
}

fn said(heard: Vec<Heard>) -> Vec<Message> {
    let message = |heard| match heard {
        Heard::Said(message) => Some(message),
        Heard::Focus => None,
    };
    heard.into_iter().filter_map(message).collect()
}

fn key(named: Named, code: Code, repeat: bool) -> Event {
    Event::Keyboard(keyboard::Event::KeyPressed {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: Physical::Code(code),
        location: Location::Standard,
        modifiers: Modifiers::default(),
        text: None,
        repeat,
    })
}

fn tab() -> Event {
    key(Named::Tab, Code::Tab, false)
}

fn ticket() -> visit::Ticket {
    sample_visit::ticket(1).unwrap()
}

fn asking() -> View {
    question(ticket(), false)
}

fn question(ticket: visit::Ticket, ready: bool) -> View {
    sample_visit::guest(Hands::Asking {
        ticket,
        request: REQUEST,
        asks: Asks::Hand,
        ready,
        may_extend: true,
    })
}

fn helped() -> View {
    sample_visit::guest(Hands::Helper {
        ticket: ticket(),
        request: REQUEST,
        gestures: sample_visit::gestures(),
        act: None,
    })
}

fn answer(message: consent::Message) -> Message {
    Message::Inside(inside::Message::Consent(message))
}

fn on_page(message: guest::Message) -> Message {
    Message::Inside(inside::Message::Guest(message))
}

#[test]
fn a_question_starts_unanswered() {
    let mut play = Play::new(asking());
    assert_eq!(play.focus(&[]).unwrap(), "consent.gesture.write");
    let found = play.found();
    let boxes: Vec<_> = found
        .iter()
        .filter(|f| f.facts.role == Role::Checkbox)
        .collect();
    assert_eq!(boxes.len(), Gesture::ALL.len());
    assert!(boxes.iter().all(|f| f.facts.checked == Some(false)));
    assert!(!play.get("consent.yes").facts.enabled);
    assert!(play.get("consent.no").facts.enabled);
    assert!(
        play.screen.back(&play.model).is_none(),
        "Escape is no answer"
    );
}

#[test]
fn yes_waits_for_the_reading_time_and_for_a_tick() {
    let mut play = Play::new(asking());
    play.say(answer(consent::Message::Gesture(ticket(), Gesture::Write)));
    assert!(play.click("consent.yes").is_empty(), "too soon");
    let early = play.say(answer(consent::Message::Yes(ticket())));
    assert!(matches!(early, Action::Nothing), "too soon: {early:?}");
    play.model.published.view = question(ticket(), true);
    let pressed = play.click("consent.yes").pop().expect("now it may be said");
    let expected = Gestures::default().toggled(Gesture::Write);
    let Action::Say(visit::Event::Person(Person::Yes(answered, gestures))) = play.say(pressed)
    else {
        panic!("not a yes");
    };
    assert_eq!((answered, gestures), (ticket(), expected));
    play.say(answer(consent::Message::Gesture(ticket(), Gesture::Write)));
    assert!(!play.get("consent.yes").facts.enabled, "nothing is ticked");
}

#[test]
fn another_question_starts_anew() {
    let mut play = Play::new(asking());
    play.say(answer(consent::Message::Gesture(ticket(), Gesture::Pay)));
    play.model.published.view = question(ticket(), true);
    let ticket = sample_visit::ticket(2).unwrap();
    play.model.published.view = question(ticket, true);
    assert!(!play.get("consent.yes").facts.enabled);
    assert_eq!(play.get("consent.gesture.pay").facts.checked, Some(false));
}

#[test]
fn yes_and_no_look_alike() {
    let mut play = Play::new(asking());
    play.say(answer(consent::Message::Gesture(ticket(), Gesture::Write)));
    play.model.published.view = question(ticket(), true);
    let (yes, no) = (
        play.get("consent.yes").bounds,
        play.get("consent.no").bounds,
    );
    assert_eq!(yes.size(), no.size());
    let width = play.model.size.width as usize;
    let tokens = play.model.tokens();
    let pixels = play
        .stage
        .draw(tokens, framed(&play.screen, &play.model, &play.side));
    let at = |x: f32, y: f32| {
        let start = (y as usize * width + x as usize) * 4;
        pixels[start..start + 4].to_vec()
    };
    // The border, then the ground, along a line that no letter crosses.
    for down in 0..8 {
        let y = |of: f32| of + down as f32;
        assert_eq!(
            at(yes.center_x(), y(yes.y)),
            at(no.center_x(), y(no.y)),
            "{down}"
        );
    }
    assert_ne!(
        at(yes.center_x(), yes.y + 1.0),
        at(yes.center_x(), yes.y + 7.0),
        "there is a border"
    );
}

#[test]
fn a_held_key_answers_nothing() {
    let mut play = Play::new(asking());
    assert_eq!(play.focus(&[]).unwrap(), "consent.gesture.write");
    assert!(said(play.play(&[key(Named::Enter, Code::Enter, true)])).is_empty());
    assert_eq!(
        said(play.play(&[key(Named::Enter, Code::Enter, false)])).len(),
        1
    );
}

#[test]
fn the_keyboard_reaches_every_control() {
    for subject in subjects() {
        let mut play = Play::with(subject.view, subject.set, subject.said);
        let mut reached: BTreeSet<Id> = play.focus(&[]).into_iter().collect();
        if reached.contains("guest.page") {
            reached.extend(play.focus(&[key(Named::F6, Code::F6, false)]));
        }
        let controls: BTreeSet<Id> = play
            .found()
            .into_iter()
            .filter(|f| f.facts.enabled)
            .map(|f| f.facts.id)
            .collect();
        assert!(!controls.is_empty(), "{}", subject.name);
        for _ in 0..controls.len() {
            reached.extend(play.focus(&[tab()]));
        }
        let missed: Vec<_> = controls.difference(&reached).collect();
        assert!(missed.is_empty(), "{}: {missed:?}", subject.name);
    }
}

#[test]
fn nothing_but_the_scrolled_is_cut() {
    for (width, height) in [(1024.0, 768.0), (1280.0, 720.0), (1920.0, 1080.0)] {
        for text in [TextSize::Normal, TextSize::Large, TextSize::Largest] {
            for lang in Lang::ALL {
                fits(Size::new(width, height), text, lang);
            }
        }
    }
}

fn fits(size: Size, text: TextSize, lang: Lang) {
    for subject in subjects() {
        let set = |model: &mut Model| {
            (subject.set)(model);
            (model.size, model.text, model.lang) = (size, text, lang);
        };
        let mut play = Play::with(subject.view, set, subject.said);
        for found in play.found() {
            let b = found.bounds;
            let here = format!(
                "{} {size:?} {text:?} {lang:?}: {} {b:?}",
                subject.name, found.facts.id
            );
            assert!(b.x >= 0.0 && b.x + b.width <= size.width + 0.5, "{here}");
            if found.scroll.is_none() {
                assert!(b.y >= 0.0 && b.y + b.height <= size.height + 0.5, "{here}");
            }
            assert!(b.width >= 44.0 && b.height >= 44.0, "{here}");
        }
    }
}

#[test]
fn the_bar_is_one_line_at_every_size() {
    for (width, height) in [(1024.0, 768.0), (1280.0, 720.0), (1920.0, 1080.0)] {
        for text in [TextSize::Normal, TextSize::Large, TextSize::Largest] {
            for lang in Lang::ALL {
                let set = |model: &mut Model| {
                    (model.size, model.text, model.lang) = (Size::new(width, height), text, lang);
                };
                let mut play = Play::with(sample_visit::guest(Hands::Person), set, vec![]);
                let (home, finish) = (
                    play.get("guest.home").bounds,
                    play.get("guest.finish").bounds,
                );
                let apart = (home.center_y() - finish.center_y()).abs();
                assert!(apart < 2.0, "{width} {text:?} {lang:?}: {apart}");
            }
        }
    }
}

#[test]
fn no_control_says_a_documents_name() {
    let view = View::Farewell(sample_visit::farewell(ticket()));
    let set = |model: &mut Model| model.published.documents = sample_visit::documents();
    let mut play = Play::with(view, set, vec![]);
    assert!(
        play.get("farewell.print.1")
            .facts
            .label
            .contains("document 1")
    );
    for found in play.found() {
        let facts = found.facts;
        for document in sample_visit::documents() {
            assert!(!facts.label.contains(&document.name) && !facts.id.contains(&document.name));
        }
    }
}

#[test]
fn what_the_policy_covers_is_not_drawn_at_all() {
    let ticket = ticket();
    let private = |confirmed| Hands::Private {
        ticket,
        confirmed,
        by_field: true,
        helper_waits: false,
        returns: None,
    };
    let shows = |view| {
        Play::new(view)
            .found()
            .iter()
            .any(|f| f.facts.role == Role::Guest)
    };
    for hands in [Hands::Person, private(true)] {
        assert!(shows(sample_visit::guest(hands)), "{hands:?}");
    }
    assert!(shows(helped()));
    for hands in [private(false), Hands::Paused { ticket }, Hands::Gone] {
        assert!(!shows(sample_visit::guest(hands)), "{hands:?}");
    }
    assert!(!shows(asking()));
    let mut left = Play::new(sample_visit::guest(Hands::Person));
    left.model.published.idle_left = Some(20);
    assert!(!left.found().iter().any(|f| f.facts.role == Role::Guest));
    assert_eq!(left.screen.name(&left.model), "idle");
}

#[test]
fn keys_are_the_pages_until_something_lies_over_it() {
    let letter = || {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Character("a".into()),
            modified_key: Key::Character("a".into()),
            physical_key: Physical::Code(Code::KeyQ),
            location: Location::Standard,
            modifiers: Modifiers::default(),
            text: Some("a".into()),
            repeat: false,
        })
    };
    let typed = |seat: &Seat| {
        let key = |done: &Done| matches!(done, Done::Input(Input::Key { .. }));
        seat.0.borrow().iter().filter(|done| key(done)).count()
    };
    let mut play = Play::new(sample_visit::guest(Hands::Person));
    assert_eq!(play.focus(&[]).unwrap(), "guest.page");
    play.play(&[letter()]);
    assert_eq!(typed(&play.seat), 1);
    play.say(on_page(guest::Message::Help));
    assert_eq!(
        play.seat.0.borrow().last(),
        Some(&Done::Input(Input::Focus(false)))
    );
    assert_eq!(play.focus(&[]).unwrap(), "help.helper");
    play.play(&[letter()]);
    assert_eq!(typed(&play.seat), 1);
}

#[test]
fn the_size_of_text_reaches_the_page_live() {
    let mut play = Play::new(sample_visit::guest(Hands::Person));
    let scale = |seat: &Seat| {
        let done = seat.0.borrow();
        done.iter().rev().find_map(|done| match done {
            Done::Resize(_, scale) => Some(*scale),
            Done::Input(_) | Done::Chord(_) | Done::Revoked => None,
        })
    };
    for (text, expected) in [
        (TextSize::Normal, 1.0),
        (TextSize::Large, 1.5),
        (TextSize::Largest, 2.0),
    ] {
        play.model.text = text;
        play.play(&[]);
        assert_eq!(scale(&play.seat), Some(expected));
    }
}

#[test]
fn escape_leaves_the_farewell_only_where_that_is_offered() {
    let mut farewell = sample_visit::farewell(ticket());
    let play = Play::new(View::Farewell(farewell));
    assert!(matches!(
        play.screen.back(&play.model),
        Some(Message::Farewell(farewell::Message::Back(_)))
    ));
    farewell.may_come_back = false;
    let play = Play::new(View::Farewell(farewell));
    assert!(play.screen.back(&play.model).is_none());
}

#[test]
fn back_is_alt_and_left() {
    let mut play = Play::new(sample_visit::guest(Hands::Person));
    let message = play.click("guest.back").pop().expect("said");
    play.say(message);
    assert!(play.seat.0.borrow().contains(&Done::Chord(vec![56, 105])));
}
