//! The latest picture of the guest: one writer, one reader, latest wins.

use std::sync::{Arc, Mutex, PoisonError};

/// A rectangle of physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rect {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A picture: opaque RGBA, 4 bytes a pixel, rows without padding.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Grows with each picture.
    pub serial: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub pixels: Arc<Vec<u8>>,
    /// What changed since the frame that the reader took before (the slot adds up what it missed).
    pub damage: Vec<Rect>,
}

/// Holds the latest frame and the damage since the last one taken.
#[derive(Debug, Default)]
pub struct FrameSlot {
    latest: Mutex<Option<Frame>>,
}

impl FrameSlot {
    /// Replaces the frame; damage that the reader has not seen yet is kept.
    pub fn put(&self, mut frame: Frame) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(missed) = latest.take() {
            if (missed.width, missed.height) == (frame.width, frame.height) {
                frame.damage.extend(missed.damage);
            }
        }
        *latest = Some(frame);
    }

    /// Takes the frame, if there is a new one.
    pub fn take(&self) -> Option<Frame> {
        self.latest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}
