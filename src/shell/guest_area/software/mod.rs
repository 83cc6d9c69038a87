//! iced's software renderer, with the guest's picture copied straight into the window's buffer.
//!
//! As an iced image every changed pixel is converted, premultiplied and blended, and each tile
//! that damage touches is drawn whole with a mask. The guest is opaque and lies on whole pixels:
//! here it is copied once, where it changed, and only those rectangles go to the screen.

mod blit;
mod compositor;
mod delegate;
#[cfg(test)]
pub mod live;
mod region;
#[cfg(test)]
mod tests;

pub use compositor::{Compositor, Surface};

use iced::{Rectangle, Transformation};

use super::picture::{Picture, Shown};
use super::tiles::Paint;

/// Everything as iced draws it, and above it the guest's picture.
///
/// What the shell draws over the guest area after it (a notice, a menu) must start with a filled
/// box: boxes are what this renderer keeps free.
#[derive(Debug)]
pub struct Renderer {
    inner: iced_tiny_skia::Renderer,
    moves: Vec<Transformation>,
    guest: Option<Placed>,
    covers: Vec<Rectangle>,
}

/// The guest's picture in the window, logical pixels.
#[derive(Clone, Debug)]
struct Placed {
    shown: Shown,
    bounds: Rectangle,
}

impl Renderer {
    fn wrap(inner: iced_tiny_skia::Renderer) -> Self {
        Self {
            inner,
            moves: Vec::new(),
            guest: None,
            covers: Vec::new(),
        }
    }

    fn moved(&self) -> Transformation {
        self.moves.last().copied().unwrap_or_default()
    }

    /// Remembers a box that was drawn after the guest, over it.
    fn cover(&mut self, bounds: Rectangle) {
        let bounds = bounds * self.moved();
        if let Some(guest) = &self.guest {
            if guest.bounds.intersects(&bounds) {
                self.covers.push(bounds);
            }
        }
    }
}

impl Paint for Renderer {
    fn paint(&mut self, picture: &Picture, bounds: Rectangle, _scale: f64) {
        let bounds = bounds * self.moved();
        self.guest = picture.shown().map(|shown| Placed {
            shown: shown.clone(),
            bounds,
        });
    }
}
