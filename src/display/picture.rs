//! From the composed picture to the frames that the reader takes.

use std::sync::Arc;

use zeroize::Zeroize;

use super::frame::{Frame, Rect, merge};

/// One in the slot, one with the reader, one to write into.
const BUFFERS: usize = 3;

#[derive(Debug)]
struct Buffer {
    pixels: Arc<Vec<u32>>,
    /// What this buffer has missed since it was written.
    stale: Vec<Rect>,
}

/// Copies only what changed, into buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Picture {
    width: u32,
    height: u32,
    serial: u64,
    buffers: Vec<Buffer>,
}

impl Picture {
    /// Forgets the buffers (and clears those that the reader does not hold) when the size differs.
    pub(super) fn resize(&mut self, width: u32, height: u32) {
        if (self.width, self.height) != (width, height) {
            self.forget();
            (self.width, self.height) = (width, height);
        }
    }

    /// Overwrites every buffer that no reader holds, and lets go of the others.
    pub(super) fn forget(&mut self) {
        for mut buffer in self.buffers.drain(..) {
            if let Some(pixels) = Arc::get_mut(&mut buffer.pixels) {
                pixels.zeroize();
            }
        }
    }

    /// The next frame; `copy` writes a rectangle of the composed picture into the pixels.
    pub(super) fn frame(
        &mut self,
        damage: Vec<Rect>,
        mut copy: impl FnMut(&mut [u32], Rect),
    ) -> Frame {
        for buffer in &mut self.buffers {
            buffer.stale.extend_from_slice(&damage);
            merge(&mut buffer.stale);
        }
        let mut buffer = self.free_buffer();
        // Nobody else holds it: no copy is made here.
        let pixels = Arc::make_mut(&mut buffer.pixels);
        for rect in buffer.stale.drain(..) {
            copy(pixels, rect);
        }
        let pixels = Arc::clone(&buffer.pixels);
        self.buffers.push(buffer);
        self.serial += 1;
        Frame {
            serial: self.serial,
            width: self.width,
            height: self.height,
            pixels,
            damage,
        }
    }

    /// An opaque black frame, for the moment when there is no guest.
    pub(super) fn blank(&mut self) -> Frame {
        self.forget();
        self.frame(vec![Rect::whole(self.width, self.height)], |pixels, _| {
            pixels.fill(0xFF00_0000);
        })
    }

    fn free_buffer(&mut self) -> Buffer {
        let free = self
            .buffers
            .iter_mut()
            .position(|buffer| Arc::get_mut(&mut buffer.pixels).is_some());
        if let Some(free) = free {
            return self.buffers.remove(free);
        }
        if self.buffers.len() >= BUFFERS {
            self.buffers.remove(0);
        }
        let count = self.width as usize * self.height as usize;
        Buffer {
            pixels: Arc::new(vec![0; count]),
            stale: vec![Rect::whole(self.width, self.height)],
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_buffer_used_again_catches_up() {
        let mut picture = Picture::default();
        picture.resize(4, 1);
        let mut truth = [0u32; 4];
        for step in 0..20u32 {
            let x = step % 4;
            truth[x as usize] = step + 1;
            let damage = vec![Rect {
                x,
                y: 0,
                width: 1,
                height: 1,
            }];
            let frame = picture.frame(damage, |pixels, rect| {
                let span = rect.x as usize..(rect.x + rect.width) as usize;
                pixels[span.clone()].copy_from_slice(&truth[span]);
            });
            assert_eq!(frame.pixels.as_slice(), truth);
        }
        assert_eq!(picture.buffers.len(), 1, "dropped frames are used again");
    }

    #[test]
    fn a_reader_keeps_its_picture() {
        let mut picture = Picture::default();
        picture.resize(1, 1);
        let paint = |value: u32| move |pixels: &mut [u32], _: Rect| pixels.fill(value);
        let first = picture.frame(vec![Rect::whole(1, 1)], paint(1));
        let second = picture.frame(vec![Rect::whole(1, 1)], paint(2));
        assert_eq!(first.pixels.as_slice(), [1]);
        assert_eq!(second.pixels.as_slice(), [2]);
        let blank = picture.blank();
        assert_eq!(blank.pixels.as_slice(), [0xFF00_0000]);
    }
}
