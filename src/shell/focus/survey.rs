//! Operations on the widget tree: find every control, give one the focus, bring it into view.

use std::any::Any;

use iced::advanced::widget::Id as WidgetId;
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable, scrollable};
use iced::{Rectangle, Vector};

use super::order::Found;
use crate::shell::control::{Id, Node};

/// A scrolled area as it was found.
#[derive(Clone, Copy, Debug)]
pub struct Scrolled {
    /// What shows of it, in the window's pixels.
    pub bounds: Rectangle,
}

/// Every control of a screen, in the order of the layout, with bounds in the window's pixels.
#[derive(Default)]
pub struct Survey {
    /// The controls.
    pub found: Vec<Found>,
    /// The scrolled areas.
    pub scrolled: Vec<Scrolled>,
    held: Vec<(usize, Vector)>,
    coming: Option<(usize, Vector)>,
}

impl Operation for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let entered = self.enter();
        operate(self);
        self.leave(entered);
    }

    fn scrollable(
        &mut self,
        _: Option<&WidgetId>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn Scrollable,
    ) {
        self.saw_scrolled(bounds, translation);
    }

    fn custom(&mut self, _: Option<&WidgetId>, bounds: Rectangle, state: &mut dyn Any) {
        self.saw(bounds, state);
    }
}

impl Survey {
    /// Goes into the children of what was seen last. Whether that was a scrolled area.
    pub fn enter(&mut self) -> bool {
        let entered = self.coming.take();
        self.held.extend(entered);
        entered.is_some()
    }

    /// Comes back from the children.
    pub fn leave(&mut self, entered: bool) {
        if entered {
            self.held.pop();
        }
    }

    /// Notes a scrolled area.
    pub fn saw_scrolled(&mut self, bounds: Rectangle, translation: Vector) {
        let bounds = bounds - self.offset();
        self.coming = Some((self.scrolled.len(), translation));
        self.scrolled.push(Scrolled { bounds });
    }

    /// Notes a control, when `state` is one's.
    pub fn saw(&mut self, bounds: Rectangle, state: &dyn Any) {
        if let Some(node) = state.downcast_ref::<Node>() {
            self.found.push(Found {
                facts: node.facts.clone(),
                bounds: bounds - self.offset(),
                scroll: self.held.last().map(|(rank, _)| *rank),
                focused: node.focused,
            });
        }
    }

    fn offset(&self) -> Vector {
        self.held.iter().fold(Vector::ZERO, |sum, (_, v)| sum + *v)
    }
}

/// Gives the focus to one control and takes it from all others, inner text inputs included.
pub struct Point<'a> {
    /// The control, or nobody.
    pub to: Option<&'a Id>,
    within: bool,
}

impl<'a> Point<'a> {
    /// Points to `to`.
    pub const fn new(to: Option<&'a Id>) -> Self {
        Self { to, within: false }
    }
}

impl Operation for Point<'_> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&WidgetId>, _: Rectangle, state: &mut dyn Any) {
        if let Some(node) = state.downcast_mut::<Node>() {
            node.focused = self.to == Some(&node.facts.id);
            self.within = node.focused;
        }
    }

    fn focusable(&mut self, _: Option<&WidgetId>, _: Rectangle, state: &mut dyn Focusable) {
        if self.within && !state.is_focused() {
            state.focus();
        } else if !self.within && state.is_focused() {
            state.unfocus();
        }
    }
}

/// Scrolls the area of rank `rank` by `down` pixels.
pub struct Scroll {
    /// Which area, in the order of the layout.
    pub rank: usize,
    /// How far; negative is up.
    pub down: f32,
    seen: usize,
}

impl Scroll {
    /// What brings `target` into `view`, keeping `margin` pixels around it; `None` when it shows.
    pub fn into_view(rank: usize, view: Rectangle, target: Rectangle, margin: f32) -> Option<Self> {
        let over = view.y + margin - target.y;
        let under = target.y + target.height + margin - (view.y + view.height);
        let down = if over > 0.0 {
            -over
        } else if under > 0.0 {
            under.min(-over)
        } else {
            return None;
        };
        Some(Self {
            rank,
            down,
            seen: 0,
        })
    }
}

impl Operation for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _: Option<&WidgetId>,
        bounds: Rectangle,
        content: Rectangle,
        _: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.seen == self.rank {
            let by = scrollable::AbsoluteOffset {
                x: 0.0,
                y: self.down,
            };
            state.scroll_by(by, bounds, content);
        }
        self.seen += 1;
    }
}
