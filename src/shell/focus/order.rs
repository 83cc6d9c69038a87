//! Which control comes next: pure, on bounds alone.

use iced::{Point, Rectangle};

use crate::shell::control::{Facts, Id};

/// A control as it was found on the screen, in the order of the layout.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is known of it.
    pub facts: Facts,
    /// Where it shows, in the window's pixels.
    pub bounds: Rectangle,
    /// Which scrolled area holds it, by rank.
    pub scroll: Option<usize>,
    /// Whether the keyboard spoke to it when it was found.
    pub focused: bool,
}

/// A way to move the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Tab.
    Next,
    /// Shift-Tab.
    Previous,
    /// An arrow.
    Towards(Side),
}

/// The four arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Side {
    Left,
    Right,
    Up,
    Down,
}

/// Where a screen's focus starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// On the main action, or the first control when there is none.
    Main,
    /// Nowhere: the first Tab goes to the first control. For questions, which nothing may answer
    /// by chance.
    Nowhere,
}

/// Turns around what stands on one line, from left to right, since the eye begins at its right.
pub fn read_from_right(found: &mut [Found]) {
    let goes_on = |a: &Found, b: &Found| {
        let (a, b) = (a.bounds, b.bounds);
        let beside = b.x >= a.x + a.width;
        beside && b.center_y() >= a.y && b.center_y() <= a.y + a.height
    };
    for line in found.chunk_by_mut(goes_on) {
        line.reverse();
    }
}

/// The control that a new screen focuses.
pub fn first(found: &[Found], start: Start) -> Option<Id> {
    match start {
        Start::Nowhere => None,
        Start::Main => main(found).or_else(|| usable(found).next().map(|f| f.facts.id.clone())),
    }
}

/// Where the focus goes when `last` cannot be used any more: to the next one that can, so that a
/// second press does not reach something else of weight; to where a screen starts when `last` is gone
/// altogether, or the screen is a question.
pub fn instead(found: &[Found], last: &Id, start: Start) -> Option<Id> {
    let at = found.iter().position(|f| f.facts.id == *last);
    let next = at.filter(|_| start == Start::Main).and_then(|at| {
        let (before, after) = found.split_at(at);
        usable(after).chain(usable(before)).next()
    });
    next.map(|f| f.facts.id.clone())
        .or_else(|| first(found, Start::Main))
}

/// The screen's main action, when it can be used.
pub fn main(found: &[Found]) -> Option<Id> {
    let main = usable(found).find(|f| f.facts.main)?;
    Some(main.facts.id.clone())
}

/// The control to focus when `current` moves by `step`. `None` when nothing can be focused.
pub fn step(found: &[Found], current: Option<&Id>, step: Step) -> Option<Id> {
    let order: Vec<&Found> = usable(found).collect();
    let at = current.and_then(|id| order.iter().position(|f| f.facts.id == *id));
    let Some(at) = at else {
        let edge = match step {
            Step::Next | Step::Towards(Side::Right | Side::Down) => order.first(),
            Step::Previous | Step::Towards(Side::Left | Side::Up) => order.last(),
        };
        return edge.map(|f| f.facts.id.clone());
    };
    let next = match step {
        Step::Next => order[(at + 1) % order.len()],
        Step::Previous => order[(at + order.len() - 1) % order.len()],
        Step::Towards(side) => nearest(&order, at, side),
    };
    Some(next.facts.id.clone())
}

fn usable(found: &[Found]) -> impl Iterator<Item = &Found> {
    found.iter().filter(|f| f.facts.enabled)
}

/// The nearest control on that side; the same one when there is none. Being in line counts more
/// than being close.
fn nearest<'a>(order: &[&'a Found], at: usize, side: Side) -> &'a Found {
    let from = order[at].bounds;
    order
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at)
        .filter_map(|(_, f)| distance(from, f.bounds, side).map(|d| (d, *f)))
        .min_by(|(a, _), (b, _)| a.total_cmp(b))
        .map_or(order[at], |(_, f)| f)
}

fn distance(from: Rectangle, to: Rectangle, side: Side) -> Option<f32> {
    let (a, b) = (turned(from, side), turned(to, side));
    let (here, there) = (a.center(), b.center());
    // `turned` makes every side "down".
    if there.y <= here.y || b.y + b.height <= a.y + a.height {
        return None;
    }
    let along = (b.y - (a.y + a.height)).max(0.0);
    let apart = (b.x - (a.x + a.width)).max(a.x - (b.x + b.width)).max(0.0);
    let Point { x: here, .. } = here;
    Some(along + 3.0 * apart + 0.1 * (there.x - here).abs())
}

/// Turns the plane so that `side` becomes down.
fn turned(r: Rectangle, side: Side) -> Rectangle {
    let Rectangle {
        x,
        y,
        width,
        height,
    } = r;
    match side {
        Side::Down => r,
        Side::Up => Rectangle {
            x,
            y: -(y + height),
            width,
            height,
        },
        Side::Right => Rectangle {
            x: y,
            y: x,
            width: height,
            height: width,
        },
        Side::Left => Rectangle {
            x: y,
            y: -(x + width),
            width: height,
            height: width,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use crate::shell::control::Role;

    fn at(id: &'static str, x: f32, y: f32) -> Found {
        Found {
            facts: Facts {
                id: id.into(),
                role: Role::Button,
                label: id.to_owned(),
                enabled: true,
                checked: None,
                main: false,
            },
            bounds: Rectangle {
                x,
                y,
                width: 100.0,
                height: 40.0,
            },
            scroll: None,
            focused: false,
        }
    }

    /// a b c over d e, and a main action far below, right.
    fn page() -> Vec<Found> {
        let mut go = at("go", 500.0, 300.0);
        go.facts.main = true;
        vec![
            at("a", 0.0, 0.0),
            at("b", 120.0, 0.0),
            at("c", 240.0, 0.0),
            at("d", 0.0, 60.0),
            at("e", 120.0, 60.0),
            go,
        ]
    }

    fn go(current: &'static str, s: Step) -> String {
        step(&page(), Some(&current.into()), s)
            .unwrap()
            .into_owned()
    }

    #[test]
    fn tab_follows_the_layout_and_wraps() {
        assert_eq!(go("a", Step::Next), "b");
        assert_eq!(go("go", Step::Next), "a");
        assert_eq!(go("a", Step::Previous), "go");
    }

    #[test]
    fn arabic_is_read_from_the_right_line_by_line() {
        let mut all = page();
        read_from_right(&mut all);
        let order: Vec<_> = all.iter().map(|each| each.facts.id.clone()).collect();
        let wanted: Vec<Id> = ["c", "b", "a", "e", "d", "go"].map(Into::into).to_vec();
        assert_eq!(order, wanted);
    }

    #[test]
    fn arrows_follow_the_eye() {
        assert_eq!(go("a", Step::Towards(Side::Right)), "b");
        assert_eq!(go("a", Step::Towards(Side::Down)), "d");
        assert_eq!(go("e", Step::Towards(Side::Up)), "b");
        assert_eq!(go("e", Step::Towards(Side::Left)), "d");
        assert_eq!(go("c", Step::Towards(Side::Down)), "e");
        assert_eq!(go("d", Step::Towards(Side::Down)), "go");
    }

    #[test]
    fn an_arrow_towards_nothing_stays() {
        assert_eq!(go("a", Step::Towards(Side::Up)), "a");
        assert_eq!(go("a", Step::Towards(Side::Left)), "a");
    }

    #[test]
    fn a_screen_starts_on_its_main_action_and_a_question_nowhere() {
        assert_eq!(first(&page(), Start::Main).unwrap(), "go");
        assert_eq!(first(&page()[..2], Start::Main).unwrap(), "a");
        assert_eq!(first(&page(), Start::Nowhere), None);
        assert_eq!(step(&page(), None, Step::Next).unwrap(), "a");
    }

    #[test]
    fn disabled_controls_are_passed_over() {
        let mut page = page();
        page[1].facts.enabled = false;
        assert_eq!(step(&page, Some(&"a".into()), Step::Next).unwrap(), "c");
        assert_eq!(step(&[], None, Step::Next), None);
    }

    /// "Imprimer" that prints now is followed by its neighbour, and not by what erases everything.
    #[test]
    fn a_control_in_use_hands_over_to_its_neighbour_and_one_that_is_gone_to_the_start() {
        let mut page = page();
        page[1].facts.enabled = false;
        let instead = |last: &'static str, start| instead(&page, &last.into(), start).unwrap();
        assert_eq!(instead("b", Start::Main), "c");
        assert_eq!(instead("gone", Start::Main), "go");
        assert_eq!(instead("b", Start::Nowhere), "go");
    }
}
