//! The one interactive element: every button, tile, tick box and field of the shell is a
//! [`Control`], so that keyboard, touch and mouse work alike everywhere.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::alignment::{Horizontal, Vertical};
use iced::keyboard::{self, Key, key::Named};
use iced::{
    Background, Border, Color, Event, Length, Padding, Rectangle, Shadow, Size, Theme, touch,
};

use super::look::{Kind, Look, State as LookState, look};
use super::theme::Tokens;
use crate::shell::kit::{Element, Renderer};

pub use super::node::{Facts, Id, Node, Role};

struct State {
    node: Node,
    pressed: bool,
}

/// Something that a person can use.
pub struct Control<'a, M> {
    facts: Facts,
    kind: Kind,
    tokens: Tokens,
    content: Element<'a, M>,
    on_press: Option<M>,
    width: Length,
    height: Length,
    padding: Padding,
    least: Size,
    align: Horizontal,
    align_y: Vertical,
    drawn: Option<LookState>,
    ring: Color,
}

/// A control named `id` that says `label` and shows `content`.
pub fn control<'a, M>(
    tokens: Tokens,
    id: impl Into<Id>,
    label: impl Into<String>,
    kind: Kind,
    content: impl Into<Element<'a, M>>,
) -> Control<'a, M> {
    let target = tokens.target();
    Control {
        facts: Facts {
            id: id.into(),
            role: Role::Button,
            label: label.into(),
            enabled: false,
            checked: None,
            main: false,
        },
        kind,
        tokens,
        content: content.into(),
        on_press: None,
        width: Length::Shrink,
        height: Length::Shrink,
        padding: Padding::from([tokens.px(16.0), tokens.px(36.0)]),
        least: Size::new(target, target),
        align: Horizontal::Center,
        align_y: Vertical::Center,
        drawn: None,
        ring: tokens.palette.sun,
    }
}

impl<M> Control<'_, M> {
    /// Says `message` when used. Without it the control is disabled.
    #[must_use]
    pub fn on_press(self, message: M) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// Says `message` when used; disabled when `None`.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.facts.enabled = message.is_some();
        self.on_press = message;
        self
    }

    /// The screen's main action.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.facts.main = true;
        self
    }

    /// A tick box.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.facts.role = Role::Checkbox;
        self.facts.checked = Some(checked);
        self
    }

    /// One of several, chosen or not.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.facts.checked = Some(chosen);
        self
    }

    /// A text field: `content` is a text input, and always enabled.
    #[must_use]
    pub fn field(mut self) -> Self {
        self.facts.role = Role::TextField;
        self.facts.enabled = true;
        self
    }

    /// The colour of its focus ring, on a ground where the sun would not show.
    #[must_use]
    pub fn ring(mut self, color: Color) -> Self {
        self.ring = color;
        self
    }

    /// Its width.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Its height.
    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// The space around its content.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    /// Its smallest size, instead of a public screen's target.
    #[must_use]
    pub fn least(mut self, width: f32, height: f32) -> Self {
        self.least = Size::new(width, height);
        self
    }

    /// Where its content stands when there is room.
    #[must_use]
    pub fn align(mut self, align: Horizontal) -> Self {
        self.align = align;
        self
    }

    /// At which height its content stands when there is room.
    #[must_use]
    pub fn align_y(mut self, align: Vertical) -> Self {
        self.align_y = align;
        self
    }
}

impl<M: Clone> Control<'_, M> {
    fn look_state(&self, state: &State, over: bool) -> LookState {
        if !self.facts.enabled {
            LookState::Disabled
        } else if state.pressed && over {
            LookState::Pressed
        } else if over {
            LookState::Hovered
        } else {
            LookState::Rest
        }
    }

    fn keyed(&self, event: &Event, state: &State) -> bool {
        let role = matches!(self.facts.role, Role::Button | Role::Checkbox);
        let Event::Keyboard(keyboard::Event::KeyPressed {
            key,
            modifiers,
            repeat: false,
            ..
        }) = event
        else {
            return false;
        };
        let plain = !modifiers.control() && !modifiers.alt() && !modifiers.logo();
        let activates = matches!(key, Key::Named(Named::Enter | Named::Space))
            || *key == Key::Character(" ".into());
        role && state.node.focused && plain && activates
    }

    fn use_it(&self, shell: &mut Shell<'_, M>) {
        if let Some(message) = &self.on_press {
            shell.publish(message.clone());
        }
        shell.capture_event();
    }

    /// Handles a press, a release or a key meant for this control.
    fn handle(&self, event: &Event, state: &mut State, over: bool, shell: &mut Shell<'_, M>) {
        if self.keyed(event, state) {
            self.use_it(shell);
            return;
        }
        if self.facts.role == Role::TextField || !self.facts.enabled {
            return;
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
                if over =>
            {
                state.pressed = true;
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. })
                if state.pressed =>
            {
                state.pressed = false;
                shell.request_redraw();
                if over {
                    self.use_it(shell);
                }
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = false,
            Event::Mouse(_)
            | Event::Touch(_)
            | Event::Keyboard(_)
            | Event::Window(_)
            | Event::InputMethod(_) => {}
        }
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Control<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State {
            node: Node::new(self.facts.clone()),
            pressed: false,
        })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.node.facts.id != self.facts.id {
            state.pressed = false;
            tree.children.clear();
        }
        state.node.renew(&self.facts);
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let limits = limits
            .width(self.width)
            .height(self.height)
            .min_width(self.least.width)
            .min_height(self.least.height);
        let inner = limits.loose().shrink(self.padding);
        let content = self
            .content
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, &inner);
        let padding = self.padding;
        let size = limits.resolve(self.width, self.height, content.size().expand(padding));
        let room = Size::new(
            (size.width - padding.x()).max(0.0),
            (size.height - padding.y()).max(0.0),
        );
        let content = content.move_to((padding.left, padding.top)).align(
            self.align.into(),
            self.align_y.into(),
            room,
        );
        layout::Node::with_children(size, vec![content])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        tree.state
            .downcast_mut::<State>()
            .node
            .offer(layout.bounds(), operation);
        operation.traverse(&mut |operation| {
            if let Some(inner) = layout.children().next() {
                self.content.as_widget_mut().operate(
                    &mut tree.children[0],
                    inner,
                    renderer,
                    operation,
                );
            }
        });
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
        if let Some(inner) = layout.children().next() {
            self.content.as_widget_mut().update(
                &mut tree.children[0],
                event,
                inner,
                cursor,
                renderer,
                clipboard,
                shell,
                viewport,
            );
        }
        let over = cursor.is_over(layout.bounds());
        let state = tree.state.downcast_mut::<State>();
        if !shell.is_event_captured() {
            self.handle(event, state, over, shell);
        }
        let now = self.look_state(state, over);
        if let Event::Window(iced::window::Event::RedrawRequested(_)) = event {
            self.drawn = Some(now);
        } else if self.drawn.is_some_and(|drawn| drawn != now) {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        if !bounds.expand(self.tokens.px(12.0)).intersects(viewport) {
            return;
        }
        let state = tree.state.downcast_ref::<State>();
        let look = look(
            self.tokens,
            self.kind,
            self.drawn.unwrap_or(LookState::Rest),
            self.facts.checked,
        );
        if state.node.focused {
            draw_ring(renderer, self.tokens, bounds, look.radius, self.ring);
        }
        draw_plate(renderer, bounds, &look);
        if let Some(inner) = layout.children().next() {
            let style = renderer::Style {
                text_color: look.text,
            };
            self.content.as_widget().draw(
                &tree.children[0],
                renderer,
                theme,
                &style,
                inner,
                cursor,
                viewport,
            );
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
        if self.facts.role == Role::TextField {
            return layout
                .children()
                .next()
                .map_or(mouse::Interaction::None, |inner| {
                    self.content.as_widget().mouse_interaction(
                        &tree.children[0],
                        inner,
                        cursor,
                        viewport,
                        renderer,
                    )
                });
        }
        if self.facts.enabled && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }
}

/// The focus ring: 6 units wide, 6 units away.
pub fn draw_ring(
    renderer: &mut Renderer,
    tokens: Tokens,
    bounds: Rectangle,
    radius: f32,
    color: Color,
) {
    let (width, gap) = (tokens.px(6.0).max(3.0), tokens.px(6.0).max(3.0));
    let out = width + gap;
    let border = Border {
        color,
        width,
        radius: (radius + out).into(),
    };
    quad(renderer, bounds.expand(out), border, Color::TRANSPARENT);
}

fn draw_plate(renderer: &mut Renderer, bounds: Rectangle, look: &Look) {
    let border = Border {
        color: look.border,
        width: look.border_width,
        radius: look.radius.into(),
    };
    quad(renderer, bounds, border, look.background);
}

fn quad(renderer: &mut Renderer, bounds: Rectangle, border: Border, color: Color) {
    let quad = renderer::Quad {
        bounds,
        border,
        shadow: Shadow::default(),
        snap: true,
    };
    renderer.fill_quad(quad, Background::Color(color));
}

impl<'a, M: Clone + 'a> From<Control<'a, M>> for Element<'a, M> {
    fn from(control: Control<'a, M>) -> Self {
        Element::new(control)
    }
}
