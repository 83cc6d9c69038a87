//! The widget.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::{Background, Color, Element, Event, Length, Rectangle, keyboard, window};

use crate::display::{Cursor, Input, Size};

use super::keys::{Route, ShellShortcut, classify, evdev};
use super::picture::Picture;
use super::pointer::{Place, Pointer};
use super::tiles::Paint;

/// What covers the guest when nobody may see it.
const VEIL: Color = Color::from_rgb8(0x0A, 0x3A, 0x57);

/// What is seen where the guest has not drawn yet.
const SAND: Color = Color::from_rgb8(0xF7, 0xF2, 0xE8);

/// The part of the window that is the guest's. It fills what it is given.
#[must_use]
pub struct GuestArea<'a, Message> {
    picture: &'a Picture,
    scale: f64,
    zoom: f64,
    veiled: bool,
    keyboard: bool,
    take_back: Option<u32>,
    cursor: Cursor,
    on_input: Option<Box<dyn Fn(Input) + 'a>>,
    on_resize: Option<Box<dyn Fn(Size, f64) + 'a>>,
    on_shortcut: Option<Box<dyn Fn(ShellShortcut) -> Message + 'a>>,
    on_press: Option<Box<dyn Fn() -> Message + 'a>>,
}

impl<'a, Message> GuestArea<'a, Message> {
    /// Shows a picture, at scale 1, with the keyboard, unveiled, telling nobody.
    pub fn new(picture: &'a Picture) -> Self {
        Self {
            picture,
            scale: 1.0,
            zoom: 1.0,
            veiled: false,
            keyboard: true,
            take_back: None,
            cursor: Cursor::Default,
            on_input: None,
            on_resize: None,
            on_shortcut: None,
            on_press: None,
        }
    }

    /// Physical pixels a logical one: the window's factor times the application's.
    pub fn scale(mut self, scale: f64) -> Self {
        if scale.is_finite() && scale > 0.0 {
            self.scale = scale;
        }
        self
    }

    /// How much larger the guest draws its page than its pixels ask for: the visitor's text size.
    pub fn zoom(mut self, zoom: f64) -> Self {
        if zoom.is_finite() && zoom > 0.0 {
            self.zoom = zoom;
        }
        self
    }

    /// Covers the guest: nothing of it is drawn, nothing is forwarded, what was held is let go.
    pub fn veiled(mut self, veiled: bool) -> Self {
        self.veiled = veiled;
        self
    }

    /// Whether keys go to the guest (true) or to the shell's own controls. Either way the shell's
    /// shortcuts are the shell's.
    pub fn keyboard(mut self, keyboard: bool) -> Self {
        self.keyboard = keyboard;
        self
    }

    /// The evdev code of the house's own button for taking the hand back.
    pub fn take_back(mut self, code: Option<u32>) -> Self {
        self.take_back = code;
        self
    }

    /// The cursor that the guest asked for.
    pub fn cursor(mut self, cursor: Cursor) -> Self {
        self.cursor = cursor;
        self
    }

    /// Hears every event that is the guest's, in its coordinates, at once and without a message.
    pub fn on_input(mut self, hear: impl Fn(Input) + 'a) -> Self {
        self.on_input = Some(Box::new(hear));
        self
    }

    /// Hears the area's size in physical pixels and the page's scale (the window's times the zoom),
    /// first and when either changes.
    pub fn on_resize(mut self, hear: impl Fn(Size, f64) + 'a) -> Self {
        self.on_resize = Some(Box::new(hear));
        self
    }

    /// The message for a shortcut of the shell's.
    pub fn on_shortcut(mut self, message: impl Fn(ShellShortcut) -> Message + 'a) -> Self {
        self.on_shortcut = Some(Box::new(message));
        self
    }

    /// The message when someone presses the area while the keyboard is elsewhere.
    pub fn on_press(mut self, message: impl Fn() -> Message + 'a) -> Self {
        self.on_press = Some(Box::new(message));
        self
    }

    fn send(&self, input: Input) {
        if let Some(hear) = &self.on_input {
            hear(input);
        }
    }
}

#[derive(Debug)]
struct State {
    pointer: Pointer,
    keys: Vec<u32>,
    window_focused: bool,
    focused: bool,
    reported: Option<(Size, f64)>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            pointer: Pointer::default(),
            keys: Vec::new(),
            window_focused: true,
            focused: false,
            reported: None,
        }
    }
}

impl<Message> GuestArea<'_, Message> {
    /// Brings what the guest was told in line with what is true now.
    fn settle(&self, state: &mut State) {
        if self.veiled {
            state.pointer.let_go(&mut |input| self.send(input));
        }
        let focused = self.keyboard && !self.veiled && state.window_focused;
        if focused != state.focused {
            state.focused = focused;
            state.keys.clear();
            self.send(Input::Focus(focused));
        }
    }

    fn report(&self, state: &mut State, bounds: Rectangle) {
        let Some(hear) = &self.on_resize else {
            return;
        };
        let side = |logical: f32| {
            let physical = (f64::from(logical) * self.scale).round();
            physical.clamp(1.0, 16_384.0) as u32
        };
        let now = (
            Size {
                width: side(bounds.width),
                height: side(bounds.height),
            },
            self.scale * self.zoom,
        );
        if state.reported != Some(now) {
            state.reported = Some(now);
            hear(now.0, now.1);
        }
    }

    fn key(&self, state: &mut State, event: &keyboard::Event, shell: &mut Shell<'_, Message>) {
        match event {
            keyboard::Event::KeyPressed {
                physical_key,
                modifiers,
                repeat,
                ..
            } => {
                if !*repeat {
                    let route = match classify(*physical_key, *modifiers) {
                        Route::Guest(code) if self.take_back == Some(code) => {
                            Route::Shell(ShellShortcut::TakeBack)
                        }
                        route @ (Route::Shell(_) | Route::Guest(_) | Route::Swallow) => route,
                    };
                    self.pressed(state, route, shell);
                }
                if state.focused {
                    shell.capture_event();
                }
            }
            keyboard::Event::KeyReleased { physical_key, .. } => {
                let keyboard::key::Physical::Code(code) = physical_key else {
                    return;
                };
                let held = state.keys.iter().position(|key| evdev(*code) == Some(*key));
                if let Some(index) = held {
                    let code = state.keys.swap_remove(index);
                    self.send(Input::Key {
                        code,
                        pressed: false,
                    });
                    shell.capture_event();
                }
            }
            keyboard::Event::ModifiersChanged(_) => {}
        }
    }

    fn pressed(&self, state: &mut State, route: Route, shell: &mut Shell<'_, Message>) {
        match route {
            Route::Shell(shortcut) => {
                if let Some(message) = &self.on_shortcut {
                    shell.publish(message(shortcut));
                }
            }
            Route::Guest(code) => {
                if state.focused && !state.keys.contains(&code) {
                    state.keys.push(code);
                    self.send(Input::Key {
                        code,
                        pressed: true,
                    });
                }
            }
            Route::Swallow => {}
        }
    }

    fn point(
        &self,
        state: &mut State,
        event: &Event,
        place: Place,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) {
        let over = cursor.position_over(place.bounds);
        let mut send = |input| self.send(input);
        let ours = match event {
            Event::Mouse(event) => state.pointer.mouse(event, place, over, &mut send),
            Event::Touch(event) => {
                let clear = !matches!(cursor, mouse::Cursor::Levitating(_));
                state.pointer.touch(*event, place, clear, &mut send)
            }
            Event::Keyboard(_) | Event::Window(_) | Event::InputMethod(_) => false,
        };
        if !ours {
            return;
        }
        shell.capture_event();
        if begins(event) && !self.keyboard {
            if let Some(message) = &self.on_press {
                shell.publish(message());
            }
        }
    }
}

fn begins(event: &Event) -> bool {
    matches!(
        event,
        Event::Mouse(iced::mouse::Event::ButtonPressed(_))
            | Event::Touch(iced::touch::Event::FingerPressed { .. })
    )
}

impl<Message, Theme, Renderer> Widget<Message, Theme, Renderer> for GuestArea<'_, Message>
where
    Renderer: Paint,
{
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> iced::Size<Length> {
        iced::Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, Length::Fill)
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let quad = renderer::Quad {
            bounds: layout.bounds(),
            ..renderer::Quad::default()
        };
        let ground = if self.veiled { VEIL } else { SAND };
        renderer.fill_quad(quad, Background::Color(ground));
        if !self.veiled {
            renderer.paint(self.picture, layout.bounds(), self.scale);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        match event {
            Event::Window(window::Event::Focused) => state.window_focused = true,
            Event::Window(window::Event::Unfocused) => {
                state.window_focused = false;
                state.pointer.let_go(&mut |input| self.send(input));
            }
            Event::Window(_)
            | Event::Keyboard(_)
            | Event::Mouse(_)
            | Event::Touch(_)
            | Event::InputMethod(_) => {}
        }
        self.settle(state);
        self.report(state, layout.bounds());
        if shell.is_event_captured() && !state.pointer.is_holding() {
            return;
        }
        if let Event::Keyboard(event) = event {
            self.key(state, event, shell);
        } else if !self.veiled {
            let place = Place {
                bounds: layout.bounds(),
                scale: self.scale,
            };
            self.point(state, event, place, cursor, shell);
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.veiled || !cursor.is_over(layout.bounds()) {
            return mouse::Interaction::None;
        }
        match self.cursor {
            Cursor::Default => mouse::Interaction::Idle,
            Cursor::Pointer => mouse::Interaction::Pointer,
            Cursor::Text => mouse::Interaction::Text,
            Cursor::Wait => mouse::Interaction::Wait,
            Cursor::Move => mouse::Interaction::Move,
            Cursor::NotAllowed => mouse::Interaction::NotAllowed,
            Cursor::Hidden => mouse::Interaction::Hidden,
        }
    }
}

impl<'a, Message, Theme, Renderer> From<GuestArea<'a, Message>>
    for Element<'a, Message, Theme, Renderer>
where
    Message: 'a,
    Theme: 'a,
    Renderer: Paint + 'a,
{
    fn from(area: GuestArea<'a, Message>) -> Self {
        Element::new(area)
    }
}
