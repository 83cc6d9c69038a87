//! The guest as the screens of a visit have it: its picture, and the way to its seat.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::{Event, Length, Rectangle, Theme};

use super::control::{Facts, Node, Role};
use super::guest_area::{GuestArea, Picture};
use super::kit::{Element, Renderer};
use crate::display::{self, Cursor, Input, Size, Source};

/// What the shell may do at the guest's seat.
pub trait GuestSeat {
    /// Offers an event of the desk to the gate.
    fn input(&self, input: Input);
    /// The guest area has this size in physical pixels, and the page this scale (1.0 to 3.0).
    fn resize(&self, size: Size, scale: f64);
    /// Presses a chord on the shell's own behalf (evdev codes).
    fn chord(&self, codes: &[u32]);
    /// Where the helper's large pointer is now.
    fn helper_pointer(&self) -> Option<(f64, f64)>;
    /// Takes the hand from the helper before anybody else has answered.
    fn revoke_helper(&self);
}

impl GuestSeat for display::Handle {
    fn input(&self, input: Input) {
        Self::input(self, Source::Desk, input);
    }

    fn resize(&self, size: Size, scale: f64) {
        Self::resize(self, size, scale);
    }

    fn chord(&self, codes: &[u32]) {
        self.shortcut(codes);
    }

    fn helper_pointer(&self) -> Option<(f64, f64)> {
        Self::helper_pointer(self)
    }

    fn revoke_helper(&self) {
        Self::revoke_helper(self);
    }
}

/// The guest, for the screens that show it.
pub struct GuestSide {
    /// Its latest picture.
    pub picture: Picture,
    /// The cursor that it asked for.
    pub cursor: Cursor,
    /// The helper's large pointer, in physical pixels of the guest area.
    pub pointer: Option<(f64, f64)>,
    /// The window's own factor: physical pixels a logical one.
    pub factor: f64,
    /// Its seat.
    pub seat: Box<dyn GuestSeat>,
}

impl GuestSide {
    /// A guest that nobody has seen yet.
    pub fn new(picture: Picture, seat: impl GuestSeat + 'static) -> Self {
        Self {
            picture,
            cursor: Cursor::Default,
            pointer: None,
            factor: 1.0,
            seat: Box::new(seat),
        }
    }
}

/// The guest's picture as one stop of the keyboard's way: while it has the focus, keys are the
/// page's.
pub struct Page<'a, M> {
    facts: Facts,
    /// Always there; taken out only to be given back with the keyboard set.
    area: Option<GuestArea<'a, M>>,
}

/// Puts `area` on the keyboard's way under the name "guest.page". `open`: the page may be used;
/// `seen`: it may be looked at.
pub fn page<'a, M: 'a>(
    area: GuestArea<'a, M>,
    label: String,
    open: bool,
    seen: bool,
) -> Element<'a, M> {
    Element::new(Page {
        facts: Facts {
            id: "guest.page".into(),
            role: Role::Guest,
            label,
            enabled: open,
            checked: None,
            main: true,
        },
        area: Some(area.veiled(!seen)),
    })
}

impl<'a, M: 'a> Page<'a, M> {
    fn inner(&self) -> Option<&dyn Widget<M, Theme, Renderer>> {
        self.area
            .as_ref()
            .map(|area| area as &dyn Widget<M, Theme, Renderer>)
    }
}

impl<'a, M: 'a> Widget<M, Theme, Renderer> for Page<'a, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Node>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Node::new(self.facts.clone()))
    }

    fn children(&self) -> Vec<Tree> {
        self.inner()
            .map(|area| Tree {
                tag: area.tag(),
                state: area.state(),
                children: area.children(),
            })
            .into_iter()
            .collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.state.downcast_mut::<Node>().renew(&self.facts);
    }

    fn size(&self) -> iced::Size<Length> {
        iced::Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fill)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let node = tree.state.downcast_mut::<Node>();
        node.offer(layout.bounds(), operation);
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
        let focused = tree.state.downcast_ref::<Node>().focused;
        let Some(area) = self.area.take() else {
            return;
        };
        let area = self
            .area
            .insert(area.keyboard(focused && self.facts.enabled));
        if let Some(inner) = tree.children.first_mut() {
            Widget::<M, Theme, Renderer>::update(
                area, inner, event, layout, cursor, renderer, clipboard, shell, viewport,
            );
        }
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
        if let (Some(area), Some(inner)) = (self.inner(), tree.children.first()) {
            area.draw(inner, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        match (self.inner(), tree.children.first()) {
            (Some(area), Some(inner)) => {
                area.mouse_interaction(inner, layout, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::None,
        }
    }
}
