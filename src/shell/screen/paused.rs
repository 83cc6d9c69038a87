//! "Je reviens": three pictures chosen before leaving, and touched again to come back.

use std::time::Duration;

use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container};
use iced::{Background, Border, Length};

use super::code::{Code, LENGTH, PICTURES};
use crate::shell::buttons::{main_action, other_action};
use crate::shell::control::control;
use crate::shell::delay::after;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{flowing_page, foot, leading, row, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::visit::Ticket;
use crate::wording::Arg;

/// After this many wrong codes in a row, the pictures rest.
const PATIENCE: u8 = 3;

/// For how long they rest.
const REST: Duration = Duration::from_secs(30);

/// The code, what was touched to open it, and how that went.
#[derive(Debug, Default)]
pub struct State {
    chosen: Code,
    touched: Code,
    wrong: u8,
    resting: bool,
}

/// What a person can do here.
#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// A picture, while choosing.
    Choose(u8),
    /// A picture, while coming back to this pause.
    Touch(Ticket, u8),
    /// "Effacer la saisie", while choosing.
    Unchoose,
    /// "Effacer la saisie", while coming back.
    Untouch,
    /// "Mettre en pause".
    Start,
    /// "Annuler".
    Cancel,
    /// "Terminer et tout effacer".
    Finish,
    /// The pictures have rested.
    Rested,
}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing yet.
    Nothing,
    /// The pause begins.
    Start,
    /// No pause.
    Cancel,
    /// The right pictures: this pause ends.
    Resume(Ticket),
    /// The visit ends.
    Finish,
}

impl State {
    /// Hears what a control said.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Choose(picture) => {
                self.chosen.touch(picture);
                Action::Nothing
            }
            Message::Touch(ticket, picture) => self.touch(ticket, picture),
            Message::Unchoose => {
                self.chosen.clear();
                Action::Nothing
            }
            Message::Untouch => {
                self.touched.clear();
                Action::Nothing
            }
            Message::Start if self.chosen.is_whole() => {
                self.touched.clear();
                Action::Start
            }
            Message::Start => Action::Nothing,
            Message::Cancel => {
                *self = Self::default();
                Action::Cancel
            }
            Message::Finish => Action::Finish,
            Message::Rested => {
                (self.wrong, self.resting) = (0, false);
                Action::Nothing
            }
        }
    }

    fn touch(&mut self, ticket: Ticket, picture: u8) -> Action {
        if self.resting {
            return Action::Nothing;
        }
        self.touched.touch(picture);
        if !self.touched.is_whole() {
            return Action::Nothing;
        }
        if self.chosen.opens(&self.touched) {
            *self = Self::default();
            return Action::Resume(ticket);
        }
        self.touched.clear();
        self.wrong += 1;
        self.resting = self.wrong >= PATIENCE;
        Action::Nothing
    }
}

/// The choice, before the pause.
pub fn choose<'a>(model: &Model, state: &State) -> Element<'a, Message> {
    let t = model.tokens();
    let said = column![
        words(t, model.say("pause-choose"), t.font(38.0)),
        chosen(t, &state.chosen)
    ]
    .spacing(t.px(40.0))
    .align_x(leading(t));
    let pick = |picture| {
        (!state.chosen.has(picture) && !state.chosen.is_whole()).then_some(Message::Choose(picture))
    };
    let body = beside(t, said.into(), grid(model, pick));
    let cancel = other_action(
        t,
        "pause.cancel",
        Icon::ArrowLeft,
        model.say("pause-cancel"),
    )
    .on_press(Message::Cancel);
    let clear = clear(
        model,
        (!state.chosen.is_empty()).then_some(Message::Unchoose),
    );
    let start = main_action(t, "pause.start", Icon::Pause, model.say("pause-start"))
        .on_press_maybe(state.chosen.is_whole().then_some(Message::Start));
    let end = foot(t, vec![cancel.into()], vec![clear, start.into()]);
    flowing_page(t, title(t, model.say("pause-choose-title")), body, end)
}

/// The pause itself.
pub fn view<'a>(model: &Model, state: &State, ticket: Ticket) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let mut said = column![
        words(t, model.say("pause-resume"), t.font(38.0)),
        dots(t, state.touched.len())
    ]
    .spacing(t.px(36.0))
    .align_x(leading(t));
    if state.resting {
        said = said.push(strong(t, model.say("pause-rest"), t.font(34.0)));
        said = said.push(after("pause-rest", REST, Message::Rested));
    } else if state.wrong > 0 {
        said = said.push(strong(t, model.say("pause-wrong"), t.font(34.0)));
    }
    said = said.push(words(t, left(model), t.font(30.0)).color(p.mute));
    let touch = |picture| {
        (!state.resting && !state.touched.has(picture)).then_some(Message::Touch(ticket, picture))
    };
    let body = beside(t, said.into(), grid(model, touch));
    let finish = other_action(t, "pause.finish", Icon::SignOut, model.say("pause-finish"))
        .on_press(Message::Finish);
    let end = foot(
        t,
        vec![finish.into()],
        vec![clear(
            model,
            (!state.touched.is_empty()).then_some(Message::Untouch),
        )],
    );
    flowing_page(t, title(t, model.say("pause-title")), body, end)
}

fn clear<'a>(model: &Model, message: Option<Message>) -> Element<'a, Message> {
    other_action(
        model.tokens(),
        "pause.clear",
        Icon::Eraser,
        model.say("pause-erase"),
    )
    .on_press_maybe(message)
    .into()
}

fn left(model: &Model) -> String {
    match model.published.remaining {
        Some(seconds) if seconds > 120 => model.say_with(
            "pause-left",
            &[("minutes", Arg::Number(i64::from(seconds.div_ceil(60))))],
        ),
        Some(seconds) => model.say_with(
            "pause-left-seconds",
            &[("seconds", Arg::Number(i64::from(seconds)))],
        ),
        None => String::new(),
    }
}

/// Sentences beside the pictures, or above them when the line is too short.
fn beside<'a>(
    t: Tokens,
    said: Element<'a, Message>,
    pictures: Element<'a, Message>,
) -> Element<'a, Message> {
    let room = t.window.width - 2.0 * t.margin();
    if room >= t.font(480.0) + t.px(60.0) + grid_width(t) {
        let said = container(said).width(Length::Fill);
        row(t, vec![said.into(), pictures])
            .spacing(t.px(60.0))
            .align_y(Vertical::Top)
            .into()
    } else {
        column![said, pictures]
            .spacing(t.px(36.0))
            .align_x(leading(t))
            .into()
    }
}

fn side(t: Tokens) -> f32 {
    (t.title(96.0) + t.font(30.0) * 1.2 + t.px(48.0)).max(t.target())
}

fn grid_width(t: Tokens) -> f32 {
    3.0 * side(t) * 1.35 + 2.0 * t.px(24.0)
}

/// The nine pictures, three by three: a place is remembered as well as a picture.
fn grid<'a>(model: &Model, message: impl Fn(u8) -> Option<Message>) -> Element<'a, Message> {
    let t = model.tokens();
    let rows = (0..PICTURES).step_by(3).map(|first| {
        let tiles = (first..first + 3)
            .map(|picture| tile(model, picture, message(picture)))
            .collect();
        row(t, tiles).spacing(t.px(24.0)).into()
    });
    Column::with_children(rows).spacing(t.px(24.0)).into()
}

fn tile<'a>(model: &Model, picture: u8, message: Option<Message>) -> Element<'a, Message> {
    let t = model.tokens();
    let (drawing, key) = face(picture);
    let label = model.say(key);
    let content = column![
        icon(drawing, t.title(96.0).round()),
        strong(t, label.clone(), t.font(30.0))
    ]
    .spacing(t.px(8.0))
    .align_x(iced::alignment::Horizontal::Center);
    control(
        t,
        format!("pause.image.{picture}"),
        label,
        Kind::Tile,
        content,
    )
    .padding(t.px(12.0))
    .width(side(t) * 1.35)
    .height(side(t))
    .on_press_maybe(message)
    .into()
}

fn face(picture: u8) -> (Icon, &'static str) {
    match picture {
        0 => (Icon::Boat, "pause-image-boat"),
        1 => (Icon::Fish, "pause-image-fish"),
        2 => (Icon::Sun, "pause-image-sun"),
        3 => (Icon::Tree, "pause-image-tree"),
        4 => (Icon::House, "pause-image-house"),
        5 => (Icon::Flower, "pause-image-flower"),
        6 => (Icon::Bird, "pause-image-bird"),
        7 => (Icon::Star, "pause-image-star"),
        _ => (Icon::Cat, "pause-image-cat"),
    }
}

/// What was chosen so far, to be remembered.
fn chosen<'a>(t: Tokens, code: &Code) -> Element<'a, Message> {
    let mut places: Vec<Option<Icon>> = code
        .pictures()
        .map(|picture| Some(face(picture).0))
        .collect();
    places.resize(LENGTH, None);
    let places = places.into_iter().map(|drawing| place(t, drawing, 120.0));
    row(t, places.collect()).spacing(t.px(20.0)).into()
}

/// How many were touched: not which, for whoever looks on.
fn dots<'a>(t: Tokens, count: usize) -> Element<'a, Message> {
    let places = (0..LENGTH).map(|rank| place(t, (rank < count).then_some(Icon::Check), 80.0));
    row(t, places.collect()).spacing(t.px(20.0)).into()
}

fn place<'a>(t: Tokens, drawing: Option<Icon>, design: f32) -> Element<'a, Message> {
    let p = t.palette;
    let side = t.icon(design);
    let inside: Element<'a, Message> = match drawing {
        Some(drawing) => icon(drawing, (side * 0.66).round()).color(p.action).into(),
        None => Space::new().into(),
    };
    let filled = drawing.is_some();
    container(inside)
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(if filled { p.sky } else { p.card })),
            border: Border {
                color: if filled { p.action } else { p.line },
                width: t.px(3.0).max(2.0),
                radius: (side * 0.22).into(),
            },
            ..container::Style::default()
        })
        .into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use crate::shell::sample_visit::ticket;

    fn paused(chosen: &[u8]) -> State {
        let mut state = State::default();
        for picture in chosen {
            state.update(Message::Choose(*picture));
        }
        state
    }

    fn touch(state: &mut State, pictures: [u8; 3]) -> Action {
        let ticket = ticket(1).unwrap();
        pictures
            .map(|picture| state.update(Message::Touch(ticket, picture)))
            .into_iter()
            .last()
            .unwrap()
    }

    #[test]
    fn a_pause_needs_three_pictures() {
        assert_eq!(paused(&[1, 2]).update(Message::Start), Action::Nothing);
        assert_eq!(paused(&[1, 2, 3]).update(Message::Start), Action::Start);
    }

    #[test]
    fn only_the_right_pictures_come_back_and_the_code_is_gone_then() {
        let mut state = paused(&[1, 2, 3]);
        assert_eq!(touch(&mut state, [3, 2, 1]), Action::Nothing);
        assert_eq!(
            touch(&mut state, [1, 2, 3]),
            Action::Resume(ticket(1).unwrap())
        );
        assert!(state.chosen.is_empty() && state.touched.is_empty());
    }

    #[test]
    fn clearing_a_mistake_keeps_the_code() {
        let mut state = paused(&[1, 2, 3]);
        state.update(Message::Touch(ticket(1).unwrap(), 8));
        state.update(Message::Untouch);
        assert_eq!(
            touch(&mut state, [1, 2, 3]),
            Action::Resume(ticket(1).unwrap())
        );
    }

    #[test]
    fn after_three_mistakes_even_the_right_pictures_wait() {
        let mut state = paused(&[1, 2, 3]);
        for _ in 0..PATIENCE {
            assert_eq!(touch(&mut state, [4, 5, 6]), Action::Nothing);
        }
        assert_eq!(touch(&mut state, [1, 2, 3]), Action::Nothing);
        state.update(Message::Rested);
        assert_eq!(
            touch(&mut state, [1, 2, 3]),
            Action::Resume(ticket(1).unwrap())
        );
    }
}
