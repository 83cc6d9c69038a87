//! A long press in the corner where a page begins: staff wish to stand at the screen. Nothing
//! shows there, so that no visitor is led to it.

use std::time::{Duration, Instant};

use iced::{Event, Point, Rectangle, mouse, touch, window};

/// How long it is pressed.
const LONG: Duration = Duration::from_secs(3);

/// The corner's side, as a part of the window's height.
const SIDE: f32 = 0.1;

/// A press in the corner, and when it was first drawn.
#[derive(Debug, Default)]
pub(super) struct Corner {
    held: bool,
    since: Option<Instant>,
}

/// What a press in the corner asks of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Nothing,
    /// Draw again, at once or later: only drawing tells the time.
    Draw(Option<Instant>),
    /// It was held long enough.
    Enter,
}

impl Corner {
    pub(super) fn hear(&mut self, event: &Event, cursor: mouse::Cursor, all: Rectangle) -> Asks {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                *self = Self {
                    held: cursor.position().is_some_and(|at| inside(all, at)),
                    since: None,
                };
                if self.held {
                    return Asks::Draw(None);
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(_))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                *self = Self::default();
            }
            Event::Mouse(mouse::Event::CursorMoved { position })
            | Event::Touch(touch::Event::FingerMoved { position, .. })
                if !inside(all, *position) =>
            {
                *self = Self::default();
            }
            Event::Window(window::Event::RedrawRequested(now)) if self.held => {
                let due = *self.since.get_or_insert(*now) + LONG;
                if *now >= due {
                    *self = Self::default();
                    return Asks::Enter;
                }
                return Asks::Draw(Some(due));
            }
            Event::Mouse(_)
            | Event::Touch(_)
            | Event::Keyboard(_)
            | Event::Window(_)
            | Event::InputMethod(_) => {}
        }
        Asks::Nothing
    }
}

fn inside(all: Rectangle, at: Point) -> bool {
    let side = all.height * SIDE;
    at.x >= all.x && at.x < all.x + side && at.y >= all.y && at.y < all.y + side
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a test has a clock of its own")]

    use super::*;

    const ALL: Rectangle = Rectangle {
        x: 0.0,
        y: 0.0,
        width: 1280.0,
        height: 720.0,
    };

    fn press() -> Event {
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
    }

    fn drawn(at: Instant) -> Event {
        Event::Window(window::Event::RedrawRequested(at))
    }

    #[test]
    fn only_a_long_press_in_the_corner_enters() {
        let here = mouse::Cursor::Available(Point::new(20.0, 20.0));
        let start = Instant::now();
        let mut corner = Corner::default();
        assert_eq!(corner.hear(&press(), here, ALL), Asks::Draw(None));
        assert_eq!(
            corner.hear(&drawn(start), here, ALL),
            Asks::Draw(Some(start + LONG))
        );
        assert_eq!(corner.hear(&drawn(start + LONG), here, ALL), Asks::Enter);
        assert_eq!(
            corner.hear(&drawn(start + LONG), here, ALL),
            Asks::Nothing,
            "once"
        );
    }

    #[test]
    fn a_short_press_a_slip_and_another_place_do_not() {
        let here = mouse::Cursor::Available(Point::new(20.0, 20.0));
        let start = Instant::now();
        let up = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
        let moved = Event::Mouse(mouse::Event::CursorMoved {
            position: Point::new(300.0, 20.0),
        });
        for ends in [up, moved] {
            let mut corner = Corner::default();
            corner.hear(&press(), here, ALL);
            corner.hear(&drawn(start), here, ALL);
            corner.hear(&ends, here, ALL);
            assert_eq!(corner.hear(&drawn(start + LONG), here, ALL), Asks::Nothing);
        }
        let there = mouse::Cursor::Available(Point::new(200.0, 20.0));
        assert_eq!(Corner::default().hear(&press(), there, ALL), Asks::Nothing);
    }
}
