//! The keyboard's way through a screen. One [`Frame`] stands around every screen: it knows which
//! control the keyboard speaks to, moves it, and never loses it when the screen changes.

mod corner;
mod keys;
mod order;
mod survey;

#[cfg(test)]
mod tests;

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Size, Theme, Vector, touch, window};

use super::control::{Id, Role};
use crate::shell::kit::{Element, Renderer};

use keys::{Move, is_activity, is_use, meaning};
pub use order::{Found, Side, Start, Step};
pub use survey::Survey;

/// Room kept around a focused control when it is scrolled into view, in pixels.
const ROOM: f32 = 24.0;

/// A screen with its keyboard.
pub struct Frame<'a, M> {
    content: Element<'a, M>,
    screen: Id,
    start: Start,
    on_focus: Box<dyn Fn(Option<Id>) -> M + 'a>,
    on_back: Option<M>,
    on_staff: Option<M>,
    corner: bool,
    from_right: bool,
    on_activity: Box<dyn Fn() + 'a>,
}

/// Puts the keyboard around `content`. When `screen` changes, the focus starts anew at `start`.
pub fn frame<'a, M>(
    screen: impl Into<Id>,
    start: Start,
    content: impl Into<Element<'a, M>>,
    on_focus: impl Fn(Option<Id>) -> M + 'a,
) -> Frame<'a, M> {
    Frame {
        content: content.into(),
        screen: screen.into(),
        start,
        on_focus: Box::new(on_focus),
        on_back: None,
        on_staff: None,
        corner: false,
        from_right: false,
        on_activity: Box::new(|| ()),
    }
}

impl<'a, M> Frame<'a, M> {
    /// What Escape says.
    #[must_use]
    pub fn on_back(mut self, message: Option<M>) -> Self {
        self.on_back = message;
        self
    }

    /// What the key of staff says, and, where `corner` allows it, a long press in the corner.
    #[must_use]
    pub fn on_staff(mut self, message: Option<M>, corner: bool) -> Self {
        (self.on_staff, self.corner) = (message, corner);
        self
    }

    /// Whether the writing runs from right to left: the focus goes along a line as the eye does.
    #[must_use]
    pub const fn from_right(mut self, rtl: bool) -> Self {
        self.from_right = rtl;
        self
    }

    /// Called at every sign of a person, without a message, so that nothing is redrawn for it.
    #[must_use]
    pub fn on_activity(mut self, seen: impl Fn() + 'a) -> Self {
        self.on_activity = Box::new(seen);
        self
    }
}

#[derive(Default)]
struct State {
    screen: Option<Id>,
    current: Option<Id>,
    role: Option<Role>,
    /// The screen's main action has not come yet, and nobody has used another one: when it comes,
    /// it takes the focus. So a page can be typed into as soon as it shows.
    waits: bool,
    corner: corner::Corner,
}

impl<M: Clone> Frame<'_, M> {
    fn survey(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> Survey {
        let mut survey = Survey::default();
        self.content
            .as_widget_mut()
            .operate(tree, layout, renderer, &mut survey);
        if self.from_right {
            order::read_from_right(&mut survey.found);
        }
        survey
    }

    /// Makes the focus true: a new screen starts anew, a control that is gone hands over to another
    /// ([`order::instead`]).
    fn sync(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, M>,
    ) -> Survey {
        let survey = self.survey(&mut tree.children[0], layout, renderer);
        let state = tree.state.downcast_ref::<State>();
        let fresh = state.screen.as_ref() != Some(&self.screen);
        let lost = |id: &Id| {
            !survey
                .found
                .iter()
                .any(|f| f.facts.enabled && f.facts.id == *id)
        };
        let lost = state.current.as_ref().filter(|id| !fresh && lost(id));
        let main = order::main(&survey.found);
        let target = if fresh {
            order::first(&survey.found, self.start)
        } else if let Some(lost) = lost {
            order::instead(&survey.found, lost, self.start)
        } else if state.waits && main.is_some() {
            main.clone()
        } else {
            state.current.clone()
        };
        let waits = match (fresh, lost.is_some()) {
            (true, _) => main.is_none() && self.start == Start::Main,
            (false, true) => main.is_none(),
            (false, false) => state.waits && main.is_none(),
        };
        self.point(tree, layout, renderer, &survey, target, shell);
        let state = tree.state.downcast_mut::<State>();
        state.screen = Some(self.screen.clone());
        state.waits = waits;
        survey
    }

    fn point(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        survey: &Survey,
        target: Option<Id>,
        shell: &mut Shell<'_, M>,
    ) {
        let found = target
            .as_ref()
            .and_then(|id| survey.found.iter().find(|f| f.facts.id == *id));
        let wrong = survey
            .found
            .iter()
            .any(|f| f.focused != (Some(&f.facts.id) == target.as_ref()));
        let state = tree.state.downcast_mut::<State>();
        state.role = found.map(|f| f.facts.role);
        let moved = state.current != target;
        state.current.clone_from(&target);
        if !wrong && !moved {
            return;
        }
        let mut point = survey::Point::new(target.as_ref());
        self.content
            .as_widget_mut()
            .operate(&mut tree.children[0], layout, renderer, &mut point);
        if let Some(mut scroll) = found.and_then(|f| into_view(f, survey)) {
            self.content.as_widget_mut().operate(
                &mut tree.children[0],
                layout,
                renderer,
                &mut scroll,
            );
        }
        if moved {
            shell.publish((self.on_focus)(target));
        }
        shell.request_redraw();
    }

    /// The pressed control takes the focus.
    fn pressed(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        shell: &mut Shell<'_, M>,
    ) {
        let survey = self.sync(tree, layout, renderer, shell);
        let under = cursor.position().and_then(|at| {
            survey
                .found
                .iter()
                .rev()
                .find(|f| f.facts.enabled && f.bounds.contains(at))
        });
        if let Some(id) = under.map(|f| f.facts.id.clone()) {
            tree.state.downcast_mut::<State>().waits = false;
            self.point(tree, layout, renderer, &survey, Some(id), shell);
        }
    }

    /// Whether this was staff's own key or press.
    fn staff(
        &self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, M>,
    ) -> bool {
        let Some(message) = &self.on_staff else {
            return false;
        };
        let state = tree.state.downcast_mut::<State>();
        let asks = if self.corner {
            state.corner.hear(event, cursor, layout.bounds())
        } else {
            corner::Asks::Nothing
        };
        match asks {
            corner::Asks::Draw(None) => shell.request_redraw(),
            corner::Asks::Draw(Some(at)) => shell.request_redraw_at(at),
            corner::Asks::Nothing | corner::Asks::Enter => {}
        }
        let enters = asks == corner::Asks::Enter || corner::is_staff(event);
        if enters {
            shell.publish(message.clone());
        }
        enters
    }

    /// Moves the focus, or goes back.
    fn key(
        &mut self,
        key: Move,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        shell: &mut Shell<'_, M>,
    ) {
        match key {
            Move::Back => {
                if let Some(message) = self.on_back.clone() {
                    shell.publish(message);
                }
            }
            Move::Step(step) => {
                let survey = self.sync(tree, layout, renderer, shell);
                let current = tree.state.downcast_ref::<State>().current.clone();
                let target = order::step(&survey.found, current.as_ref(), step);
                self.point(tree, layout, renderer, &survey, target, shell);
            }
            Move::LeaveGuest => {
                let survey = self.sync(tree, layout, renderer, shell);
                let in_guest = tree.state.downcast_ref::<State>().role == Some(Role::Guest);
                let target = survey
                    .found
                    .iter()
                    .find(|f| f.facts.enabled && (f.facts.role == Role::Guest) != in_guest)
                    .map(|f| f.facts.id.clone());
                if target.is_some() {
                    self.point(tree, layout, renderer, &survey, target, shell);
                }
            }
        }
        shell.capture_event();
    }
}

fn into_view(found: &Found, survey: &Survey) -> Option<survey::Scroll> {
    let rank = found.scroll?;
    survey::Scroll::into_view(rank, survey.scrolled.get(rank)?.bounds, found.bounds, ROOM)
}

impl<M: Clone> Widget<M, Theme, Renderer> for Frame<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        // A new screen starts with fresh widgets: no scroll position, no half-made press.
        if tree
            .state
            .downcast_ref::<State>()
            .screen
            .as_ref()
            .is_some_and(|s| *s != self.screen)
        {
            tree.children.clear();
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.content
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.content
            .as_widget_mut()
            .operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        if is_activity(event) {
            (self.on_activity)();
        }
        if self.staff(tree, event, layout, cursor, shell) {
            return;
        }
        if let Event::Window(window::Event::RedrawRequested(_)) | Event::Keyboard(_) = event {
            self.sync(tree, layout, renderer, shell);
        }
        if is_use(event) {
            tree.state.downcast_mut::<State>().waits = false;
        }
        if let Some(key) = meaning(event, tree.state.downcast_ref::<State>().role) {
            tree.state.downcast_mut::<State>().waits = false;
            self.key(key, tree, layout, renderer, shell);
            return;
        }
        if let Event::Mouse(mouse::Event::ButtonPressed(_))
        | Event::Touch(touch::Event::FingerPressed { .. }) = event
        {
            self.pressed(tree, layout, cursor, renderer, shell);
        }
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            style,
            layout,
            cursor,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(
            &tree.children[0],
            layout,
            cursor,
            viewport,
            renderer,
        )
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(
            &mut tree.children[0],
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, M: Clone + 'a> From<Frame<'a, M>> for Element<'a, M> {
    fn from(frame: Frame<'a, M>) -> Self {
        Element::new(frame)
    }
}
