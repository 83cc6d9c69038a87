//! Screens without a window: laid out, played and drawn by the same renderer as on a station.

use std::pin::pin;
use std::sync::Once;
use std::task::{Context, Poll, Waker};

use iced::advanced::renderer::{Headless as HeadlessRenderer, Style};
use iced::advanced::{clipboard, mouse};
use iced::{Event, Point, Size, Theme, window};
use iced_runtime::UserInterface;
use iced_runtime::user_interface::Cache;

use super::focus::Survey;
use super::fonts;
use super::theme::Tokens;
use crate::shell::kit::{Element, Renderer};

/// A stage for one screen at a time.
pub struct Stage {
    renderer: Renderer,
    cache: Cache,
    size: Size,
    cursor: mouse::Cursor,
}

impl Stage {
    /// A stage of `size` pixels; `None` when the machine cannot draw in software.
    pub fn new(size: Size) -> Option<Self> {
        static FONTS: Once = Once::new();
        FONTS.call_once(|| {
            if let Ok(mut system) = iced::advanced::graphics::text::font_system().write() {
                for file in fonts::FILES {
                    system.load_font(file.into());
                }
            }
        });
        Some(Self {
            renderer: renderer()?,
            cache: Cache::new(),
            size,
            cursor: mouse::Cursor::Unavailable,
        })
    }

    /// Moves the pointer.
    pub fn point_at(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
    }

    /// Plays `events` on `screen`, then lets it settle as before a drawing. What it said.
    pub fn play<'a, M: 'a>(&mut self, screen: Element<'a, M>, events: &[Event]) -> Vec<M> {
        let mut said = Vec::new();
        let mut ui = self.build(screen);
        for event in events.iter().chain([&redraw()]) {
            ui.update(
                std::slice::from_ref(event),
                self.cursor,
                &mut self.renderer,
                &mut clipboard::Null,
                &mut said,
            );
        }
        self.cache = ui.into_cache();
        said
    }

    /// Every control of `screen`.
    pub fn survey<'a, M: 'a>(&mut self, screen: Element<'a, M>) -> Survey {
        let mut survey = Survey::default();
        let mut ui = self.build(screen);
        ui.operate(&self.renderer, &mut survey);
        self.cache = ui.into_cache();
        survey
    }

    /// Draws `screen`: RGBA, 4 bytes a pixel.
    pub fn draw<'a, M: 'a>(&mut self, t: Tokens, screen: Element<'a, M>) -> Vec<u8> {
        let mut ui = self.build(screen);
        let mut said = Vec::new();
        for _ in 0..2 {
            ui.update(
                &[redraw()],
                self.cursor,
                &mut self.renderer,
                &mut clipboard::Null,
                &mut said,
            );
        }
        ui.draw(
            &mut self.renderer,
            &Theme::Light,
            &Style {
                text_color: t.palette.ink,
            },
            self.cursor,
        );
        self.cache = ui.into_cache();
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        self.renderer.screenshot(size, 1.0, t.palette.sand)
    }

    /// Draws `screen` into a window that is brought up to date as on a station. The first pixel, if
    /// any, that differs from one drawn afresh.
    #[cfg(test)]
    pub fn live<'a, M: 'a>(
        &mut self,
        live: &mut super::guest_area::Live,
        t: Tokens,
        screen: Element<'a, M>,
    ) -> Option<(u32, u32)> {
        let mut ui = self.build(screen);
        let text_color = t.palette.ink;
        ui.update(
            &[redraw()],
            self.cursor,
            &mut self.renderer,
            &mut clipboard::Null,
            &mut Vec::new(),
        );
        ui.draw(
            &mut self.renderer,
            &Theme::Light,
            &Style { text_color },
            self.cursor,
        );
        let wrong = live.draw(&mut self.renderer, t.palette.sand);
        self.cache = ui.into_cache();
        wrong
    }

    fn build<'a, M: 'a>(
        &mut self,
        screen: Element<'a, M>,
    ) -> UserInterface<'a, M, Theme, Renderer> {
        UserInterface::build(
            screen,
            self.size,
            std::mem::take(&mut self.cache),
            &mut self.renderer,
        )
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a redraw carries a time that nothing here reads"
)]
fn redraw() -> Event {
    Event::Window(window::Event::RedrawRequested(std::time::Instant::now()))
}

/// The software renderer is ready at once: one poll is enough.
fn renderer() -> Option<Renderer> {
    let making = pin!(<Renderer as HeadlessRenderer>::new(
        fonts::REGULAR,
        16.into(),
        Some("tiny-skia")
    ));
    match making.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(renderer) => renderer,
        Poll::Pending => None,
    }
}
