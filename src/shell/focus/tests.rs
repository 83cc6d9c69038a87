#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use iced::keyboard::{Event as KeyEvent, Key, Location, Modifiers, key};
use iced::{Event, Point, Size, mouse};

use super::*;
use crate::config::TextSize;
use crate::shell::control::control;
use crate::shell::headless::Stage;
use crate::shell::kit::Element as Shown;
use crate::shell::layout::{row, scrolled, strong};
use crate::shell::look::Kind;
use crate::shell::theme::Tokens;

const SIZE: Size = Size::new(1280.0, 720.0);

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Focus(Option<String>),
    Back,
    Used(&'static str),
}

fn tokens() -> Tokens {
    Tokens::new(SIZE, TextSize::Normal, false, false)
}

/// A screen with these buttons in a row, `main` being its main action.
fn screen(
    name: &'static str,
    start: Start,
    ids: &[&'static str],
    main: &str,
) -> Shown<'static, Said> {
    let t = tokens();
    let buttons = ids
        .iter()
        .map(|id| {
            let button = control(t, *id, *id, Kind::Secondary, strong(t, *id, 20.0))
                .on_press(Said::Used(id));
            if *id == main {
                button.main().into()
            } else {
                button.into()
            }
        })
        .collect();
    frame(name, start, row(t, buttons).spacing(30), |id| {
        Said::Focus(id.map(std::borrow::Cow::into_owned))
    })
    .on_back(Some(Said::Back))
    .into()
}

fn abc() -> Shown<'static, Said> {
    screen("abc", Start::Main, &["a", "b", "c"], "b")
}

fn press(named: key::Named, modifiers: Modifiers, repeat: bool) -> Event {
    let key = Key::Named(named);
    Event::Keyboard(KeyEvent::KeyPressed {
        key: key.clone(),
        modified_key: key,
        physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
        location: Location::Standard,
        modifiers,
        text: None,
        repeat,
    })
}

fn tap(named: key::Named) -> Event {
    press(named, Modifiers::empty(), false)
}

fn focus(id: &str) -> Said {
    Said::Focus(Some(id.to_owned()))
}

#[test]
fn a_screen_starts_on_its_main_action_and_enter_uses_it() {
    let mut stage = Stage::new(SIZE).unwrap();
    assert_eq!(stage.play(abc(), &[]), [focus("b")]);
    assert_eq!(
        stage.play(abc(), &[tap(key::Named::Enter)]),
        [Said::Used("b")]
    );
    assert_eq!(
        stage.play(abc(), &[tap(key::Named::Space)]),
        [Said::Used("b")]
    );
}

#[test]
fn keys_of_one_batch_each_see_the_focus_that_the_last_one_left() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    let said = stage.play(abc(), &[tap(key::Named::Tab), tap(key::Named::Enter)]);
    assert_eq!(said, [focus("c"), Said::Used("c")]);
    let back = press(key::Named::Tab, Modifiers::SHIFT, false);
    let said = stage.play(abc(), &[back.clone(), back, tap(key::Named::ArrowRight)]);
    assert_eq!(said, [focus("b"), focus("a"), focus("b")]);
}

#[test]
fn a_held_key_uses_nothing() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    let held = press(key::Named::Enter, Modifiers::empty(), true);
    assert_eq!(stage.play(abc(), &[held]), []);
}

#[test]
fn escape_goes_back() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    assert_eq!(stage.play(abc(), &[tap(key::Named::Escape)]), [Said::Back]);
}

#[test]
fn a_question_cannot_be_answered_by_the_key_that_was_on_its_way() {
    let question = || screen("question", Start::Nowhere, &["no", "yes"], "");
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    assert_eq!(stage.play(question(), &[]), [Said::Focus(None)]);
    let said = stage.play(
        question(),
        &[tap(key::Named::Enter), tap(key::Named::Space)],
    );
    assert_eq!(said, []);
    let said = stage.play(question(), &[tap(key::Named::Tab), tap(key::Named::Enter)]);
    assert_eq!(said, [focus("no"), Said::Used("no")]);
}

#[test]
fn the_focus_is_never_lost() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[tap(key::Named::Tab)]);
    let less = || screen("abc", Start::Main, &["a", "b"], "b");
    assert_eq!(stage.play(less(), &[]), [focus("b")]);
    let other = || screen("other", Start::Main, &["x", "y"], "y");
    assert_eq!(stage.play(other(), &[]), [focus("y")]);
}

#[test]
fn a_main_action_that_comes_late_takes_the_focus_once() {
    let early = || screen("late", Start::Main, &["a", "b"], "");
    let late = || screen("late", Start::Main, &["a", "b", "page"], "page");
    let mut stage = Stage::new(SIZE).unwrap();
    assert_eq!(stage.play(early(), &[]), [focus("a")]);
    assert_eq!(stage.play(late(), &[]), [focus("page")]);
    let back = press(key::Named::Tab, Modifiers::SHIFT, false);
    assert_eq!(stage.play(late(), &[back]), [focus("b")]);
    assert_eq!(stage.play(late(), &[]), []);
    // It goes away and comes again, as a browser does that is opened anew.
    assert_eq!(stage.play(late(), &[tap(key::Named::Tab)]), [focus("page")]);
    assert_eq!(stage.play(early(), &[]), [focus("a")]);
    assert_eq!(stage.play(late(), &[]), [focus("page")]);
}

#[test]
fn a_main_action_that_comes_late_takes_nothing_from_who_uses_another() {
    let early = || screen("late", Start::Main, &["a", "b"], "");
    let late = || screen("late", Start::Main, &["a", "b", "page"], "page");
    for key in [key::Named::Tab, key::Named::Enter, key::Named::Space] {
        let mut stage = Stage::new(SIZE).unwrap();
        stage.play(early(), &[]);
        stage.play(early(), &[tap(key)]);
        assert_eq!(stage.play(late(), &[]), []);
    }
}

#[test]
fn the_focus_follows_a_control_that_moves() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    let more = || screen("abc", Start::Main, &["z", "a", "b", "c"], "z");
    assert_eq!(
        stage.play(more(), &[tap(key::Named::Enter)]),
        [Said::Used("b")]
    );
}

#[test]
fn a_press_takes_the_focus_and_a_release_elsewhere_uses_nothing() {
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(abc(), &[]);
    let at = stage.survey(abc()).found[2].bounds.center();
    stage.point_at(at);
    let down = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
    let up = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
    assert_eq!(
        stage.play(abc(), &[down.clone(), up.clone()]),
        [focus("c"), Said::Used("c")]
    );
    assert_eq!(stage.play(abc(), &[down]), []);
    stage.point_at(Point::new(1.0, 700.0));
    assert_eq!(stage.play(abc(), &[up]), []);
}

#[test]
fn a_focused_control_is_scrolled_into_view() {
    let t = tokens();
    let tall = || {
        let many = (0..30).map(|n| {
            let id = format!("n{n}");
            control(
                t,
                id.clone(),
                id.clone(),
                Kind::Secondary,
                strong(t, id, 20.0),
            )
            .on_press(Said::Used("n"))
            .into()
        });
        let list = crate::shell::kit::Column::with_children(many).spacing(20);
        Shown::from(frame("tall", Start::Main, scrolled(t, list), |_| {
            Said::Focus(None)
        }))
    };
    let mut stage = Stage::new(SIZE).unwrap();
    stage.play(tall(), &[]);
    let last = stage.survey(tall()).found.pop().unwrap().bounds;
    assert!(
        last.y > SIZE.height,
        "the last one starts out of sight: {last:?}"
    );
    stage.play(tall(), &[press(key::Named::Tab, Modifiers::SHIFT, false)]);
    let last = stage.survey(tall()).found.pop().unwrap();
    assert!(
        last.focused && last.bounds.y + last.bounds.height <= SIZE.height,
        "{last:?}"
    );
}
