//! A message some time after something came on the screen, with no timer behind the screen's back:
//! what has gone says nothing any more.

use std::time::{Duration, Instant};

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::{Event, Length, Rectangle, Size, Theme, window};

use super::control::Id;
use super::kit::{Element, Renderer};

struct After<M> {
    id: Id,
    wait: Duration,
    message: M,
}

struct State {
    id: Id,
    due: Option<Instant>,
    said: bool,
}

/// Says `message` once, `wait` after it first shows. Another `id` starts again.
pub fn after<'a, M: Clone + 'a>(id: impl Into<Id>, wait: Duration, message: M) -> Element<'a, M> {
    let id = id.into();
    Element::new(After { id, wait, message })
}

impl<M> After<M> {
    fn fresh(&self) -> State {
        State {
            id: self.id.clone(),
            due: None,
            said: false,
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for After<M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(self.fresh())
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.id != self.id {
            *state = self.fresh();
        }
    }

    fn size(&self) -> Size<Length> {
        // Not Fixed(0.0): a column leaves out a child of no size, and the message with it.
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, _: &layout::Limits) -> layout::Node {
        layout::Node::new(Size::ZERO)
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        _: Layout<'_>,
        _: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _: &Rectangle,
    ) {
        let Event::Window(window::Event::RedrawRequested(now)) = event else {
            return;
        };
        let state = tree.state.downcast_mut::<State>();
        if state.said {
            return;
        }
        let due = *state.due.get_or_insert(*now + self.wait);
        if *now >= due {
            state.said = true;
            shell.publish(self.message.clone());
        } else {
            shell.request_redraw_at(due);
        }
    }

    fn draw(
        &self,
        _: &Tree,
        _: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        _: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
    }
}
