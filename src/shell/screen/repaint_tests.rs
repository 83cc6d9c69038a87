//! What a station shows after a change of screen is what a window drawn afresh would show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use iced::Size;

use super::*;
use crate::shell::focus::frame;
use crate::shell::guest_area::Live;
use crate::shell::headless::Stage;
use crate::shell::{sample, sample_visit, shots_staff, shots_visit};

#[test]
fn a_change_of_screen_leaves_nothing_of_the_last_one_and_cuts_nothing_of_the_next() {
    let size = Size::new(1280.0, 720.0);
    let mut stage = Stage::new(size).unwrap();
    let mut live = Live::new(Size::new(1280, 720));
    let mut subjects = shots_staff::subjects();
    subjects.extend(shots_visit::subjects());
    let mut wrong = Vec::new();
    let mut before = "";
    for subject in subjects {
        let mut model = sample::model(subject.view, size);
        (subject.set)(&mut model);
        let beside = sample_visit::drawn(&model).unwrap();
        let mut screen = Screen::new(Kind::of(&model, false));
        for message in subject.said {
            screen.update(message, &mut model, &beside);
        }
        let shown = frame(
            screen.key(&model),
            screen.start(&model),
            screen.view(&model, Some(&beside)).map(|_| ()),
            |_| (),
        );
        if let Some(at) = stage.live(&mut live, model.tokens(), shown.into()) {
            wrong.push(format!("{before} to {}: {at:?}", subject.name));
        }
        before = subject.name;
    }
    assert_eq!(wrong, Vec::<String>::new());
}
