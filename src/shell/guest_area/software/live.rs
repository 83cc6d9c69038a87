//! A window without a screen, brought up to date step by step as on a station: for tests that compare it
//! with one that is drawn afresh.
#![allow(clippy::unwrap_used, missing_docs)]

use iced::advanced::graphics::Viewport;
use iced::{Color, Size};

use super::Renderer;
use super::compositor::Past;

/// The buffer, and what it holds.
pub struct Live {
    size: Size<u32>,
    buffer: Vec<u32>,
    past: Option<(Past, Color)>,
}

impl Live {
    pub fn new(size: Size<u32>) -> Self {
        Self {
            size,
            buffer: vec![0; size.width as usize * size.height as usize],
            past: None,
        }
    }

    /// Draws what changed; the first pixel that a window drawn afresh would show otherwise.
    pub fn draw(&mut self, renderer: &mut Renderer, ground: Color) -> Option<(u32, u32)> {
        let viewport = Viewport::with_physical_size(self.size, 1.0);
        let mut mask = tiny_skia::Mask::new(self.size.width, self.size.height).unwrap();
        let now = renderer.past(1.0);
        let past = self.past.as_ref().filter(|past| past.1 == ground);
        let work = renderer.work(past.map(|past| &past.0), &now, &viewport);
        renderer.render(&mut self.buffer, &mut mask, &viewport, ground, &work);
        let mut afresh = vec![0; self.buffer.len()];
        let all = renderer.work(None, &now, &viewport);
        renderer.render(&mut afresh, &mut mask, &viewport, ground, &all);
        self.past = Some((now, ground));
        let at = self
            .buffer
            .iter()
            .zip(&afresh)
            .position(|(a, b)| far(*a, *b))?;
        let at = u32::try_from(at).unwrap();
        Some((at % self.size.width, at / self.size.width))
    }
}

/// More than the shade by which an edge differs that is drawn in two parts.
fn far(one: u32, other: u32) -> bool {
    let pairs = one.to_be_bytes().into_iter().zip(other.to_be_bytes());
    pairs.into_iter().any(|(a, b)| a.abs_diff(b) > 24)
}
