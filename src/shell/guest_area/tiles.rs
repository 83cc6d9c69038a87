//! The picture as iced images, for renderers that know nothing else.
//!
//! A new image costs its conversion, an old one costs its drawing wherever damage touches it. So
//! small changes go into a grid of tiles, large ones into one image.

use iced::advanced::image;
use iced::{Rectangle, Renderer};

use crate::display::{Rect, Size, rgb};

use super::picture::{Picture, Shown};

/// The side of a tile, in physical pixels.
const TILE: u32 = 128;

/// Small changes in a row after which one image gives way to tiles.
const CALM: u32 = 8;

/// A renderer that can show the guest's picture.
pub trait Paint: iced::advanced::Renderer {
    /// Draws the picture from the top left of `bounds` (logical pixels), one guest pixel a
    /// physical pixel; `scale` is physical pixels a logical one.
    fn paint(&mut self, picture: &Picture, bounds: Rectangle, scale: f64);
}

impl Paint for Renderer {
    fn paint(&mut self, picture: &Picture, bounds: Rectangle, scale: f64) {
        let Some(shown) = picture.shown() else {
            return;
        };
        let mut tiles = picture.tiles.borrow_mut();
        tiles.follow(shown);
        for (handle, rect) in tiles.images(shown.size) {
            let image = image::Image::new(handle.clone())
                .filter_method(image::FilterMethod::Nearest)
                .snap(true);
            image::Renderer::draw_image(self, image, logical(rect, bounds, scale), bounds);
        }
    }
}

/// Images of the picture: one, or one a tile in rows.
#[derive(Debug, Default)]
pub(super) struct Tiles {
    generation: u64,
    size: Option<Size>,
    handles: Vec<image::Handle>,
    calm: u32,
}

impl Tiles {
    fn follow(&mut self, shown: &Shown) {
        if self.generation == shown.generation {
            return;
        }
        let damage = shown
            .damage_since(self.generation)
            .filter(|_| self.size == Some(shown.size));
        self.generation = shown.generation;
        self.size = Some(shown.size);
        let whole = Rect {
            x: 0,
            y: 0,
            width: shown.size.width,
            height: shown.size.height,
        };
        let small = damage.filter(|damage| area(damage) * 4 <= area(&[whole]));
        let gridded = self.handles.len() > 1;
        self.calm = if small.is_some() { self.calm + 1 } else { 0 };
        match small {
            Some(damage) if gridded => self.renew(shown, &damage),
            Some(_) if self.calm >= CALM => {
                self.handles = grid(shown.size).map(|rect| cut(shown, rect)).collect();
            }
            Some(_) | None => self.handles = vec![cut(shown, whole)],
        }
    }

    fn renew(&mut self, shown: &Shown, damage: &[Rect]) {
        for (handle, tile) in self.handles.iter_mut().zip(grid(shown.size)) {
            if damage.iter().any(|rect| meets(*rect, tile)) {
                *handle = cut(shown, tile);
            }
        }
    }

    fn images(&self, size: Size) -> impl Iterator<Item = (&image::Handle, Rect)> {
        let whole = Rect {
            x: 0,
            y: 0,
            width: size.width,
            height: size.height,
        };
        let single = (self.handles.len() == 1).then_some(whole);
        let rects = single
            .into_iter()
            .chain(grid(size).filter(move |_| single.is_none()));
        self.handles.iter().zip(rects)
    }
}

fn grid(size: Size) -> impl Iterator<Item = Rect> {
    (0..size.height).step_by(TILE as usize).flat_map(move |y| {
        (0..size.width).step_by(TILE as usize).map(move |x| Rect {
            x,
            y,
            width: TILE.min(size.width - x),
            height: TILE.min(size.height - y),
        })
    })
}

fn cut(shown: &Shown, rect: Rect) -> image::Handle {
    let stride = shown.size.width as usize;
    let left = rect.x as usize;
    let wide = rect.width as usize;
    let mut pixels = Vec::with_capacity(wide * rect.height as usize * 4);
    let rows = shown.pixels.chunks_exact(stride);
    for row in rows.skip(rect.y as usize).take(rect.height as usize) {
        for pixel in &row[left..left + wide] {
            let [red, green, blue] = rgb(*pixel);
            pixels.extend_from_slice(&[red, green, blue, 255]);
        }
    }
    image::Handle::from_rgba(rect.width, rect.height, pixels)
}

fn area(rects: &[Rect]) -> u64 {
    let each = rects
        .iter()
        .map(|rect| u64::from(rect.width) * u64::from(rect.height));
    each.sum()
}

fn meets(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Where a part of the picture lies in the window's logical pixels.
fn logical(rect: Rect, bounds: Rectangle, scale: f64) -> Rectangle {
    // Renderers cut positions down to whole pixels: a quarter keeps them from falling one short.
    let safe = if scale.fract() == 0.0 { 0.0 } else { 0.25 };
    let place = |origin: f32, offset: u32| {
        let corner = (f64::from(origin) * scale).round();
        ((corner + f64::from(offset) + safe) / scale) as f32
    };
    Rectangle {
        x: place(bounds.x, rect.x),
        y: place(bounds.y, rect.y),
        width: (f64::from(rect.width) / scale) as f32,
        height: (f64::from(rect.height) / scale) as f32,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn tiles_cover_the_picture_once() {
        for (width, height) in [(1, 1), (128, 128), (129, 300), (1280, 657)] {
            let size = Size { width, height };
            let tiles: Vec<Rect> = grid(size).collect();
            assert_eq!(area(&tiles), u64::from(width) * u64::from(height));
            for (index, tile) in tiles.iter().enumerate() {
                assert!(!tiles[..index].iter().any(|other| meets(*other, *tile)));
            }
        }
    }
}
