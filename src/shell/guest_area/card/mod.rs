//! The guest's picture on a real graphics card: a texture that lives as long as the guest is
//! seen, of which only what changed is sent.
//!
//! A processor that plays a graphics card draws the whole window for each letter typed, so it is
//! refused here and the software renderer takes over, which copies changed pixels only.

mod adapter;
mod compositor;
mod delegate;
mod texture;

pub use compositor::Compositor;

use iced::Rectangle;
use iced_renderer::fallback;
use iced_renderer::wgpu::primitive::Renderer as _;

use super::picture::Picture;
use super::software;
use super::tiles::Paint;

/// Everything as iced draws it on a graphics card.
pub struct Renderer {
    inner: iced_renderer::wgpu::Renderer,
}

/// The card where there is one, otherwise the copy in software.
pub type CardOrSoftware = fallback::Renderer<Renderer, software::Renderer>;

impl Paint for Renderer {
    fn paint(&mut self, picture: &Picture, bounds: Rectangle, _scale: f64) {
        if let Some(shown) = picture.shown() {
            let guest = texture::Guest::new(shown.clone());
            self.inner.draw_primitive(bounds, guest);
        }
    }
}

impl Paint for CardOrSoftware {
    fn paint(&mut self, picture: &Picture, bounds: Rectangle, scale: f64) {
        match self {
            Self::Primary(card) => card.paint(picture, bounds, scale),
            Self::Secondary(software) => software.paint(picture, bounds, scale),
        }
    }
}
