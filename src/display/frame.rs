//! The latest picture of the guest: one writer, one reader, latest wins.

use std::sync::{Arc, Mutex, PoisonError};

/// No list of damage is longer than this.
pub const MAX_DAMAGE: usize = 16;

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

impl Rect {
    /// The whole of a picture.
    pub const fn whole(width: u32, height: u32) -> Self {
        Self {
            x: 0,
            y: 0,
            width,
            height,
        }
    }

    /// Pixels covered.
    pub fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn right(&self) -> u32 {
        self.x.saturating_add(self.width)
    }

    fn bottom(&self) -> u32 {
        self.y.saturating_add(self.height)
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn around(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// The two share a pixel.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// Joins rectangles that overlap, then the two whose union wastes least, until there are no more
/// than [`MAX_DAMAGE`]. The result covers the same pixels and perhaps a few more, and no two of
/// its rectangles overlap: a reader that repaints each one paints no pixel twice.
pub fn merge(rects: &mut Vec<Rect>) {
    rects.retain(|rect| rect.area() > 0);
    // A client chooses how many there are; beyond this the search for the best pair costs more
    // than painting one larger rectangle.
    if rects.len() > 8 * MAX_DAMAGE {
        if let Some(all) = rects.iter().copied().reduce(|a, b| a.around(&b)) {
            *rects = vec![all];
        }
    }
    join_overlapping(rects);
    while rects.len() > MAX_DAMAGE {
        let Some((i, j)) = cheapest_pair(rects) else {
            return;
        };
        let joined = rects[i].around(&rects[j]);
        rects.swap_remove(j);
        rects[i] = joined;
        join_overlapping(rects);
    }
}

fn join_overlapping(rects: &mut Vec<Rect>) {
    let mut i = 0;
    while i < rects.len() {
        let hit = (i + 1..rects.len()).find(|&j| rects[i].overlaps(&rects[j]));
        if let Some(j) = hit {
            rects[i] = rects[i].around(&rects[j]);
            rects.swap_remove(j);
            // The grown rectangle may now touch an earlier one.
            i = 0;
        } else {
            i += 1;
        }
    }
}

fn cheapest_pair(rects: &[Rect]) -> Option<(usize, usize)> {
    let waste = |&(i, j): &(usize, usize)| {
        rects[i].around(&rects[j]).area() - rects[i].area() - rects[j].area()
    };
    (0..rects.len())
        .flat_map(|i| (i + 1..rects.len()).map(move |j| (i, j)))
        .min_by_key(waste)
}

/// A picture of opaque pixels, rows without padding.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Grows with each picture.
    pub serial: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `width * height` pixels, each `0xFFRRGGBB`: the order of clients, of the composer and of X
    /// windows, so that nobody on the way converts. The writer reuses the buffer once every clone of this `Arc` is
    /// gone, so a reader that drops the frame as soon as the next one is there costs no copy.
    pub pixels: Arc<Vec<u32>>,
    /// What changed since the frame that the reader took before (the slot adds up what it
    /// missed): at most [`MAX_DAMAGE`] rectangles that do not overlap, in no stable order. The
    /// whole picture after a change of size.
    pub damage: Vec<Rect>,
}

/// Red, green and blue of one of a frame's pixels.
pub const fn rgb(pixel: u32) -> [u8; 3] {
    let [_, red, green, blue] = pixel.to_be_bytes();
    [red, green, blue]
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
            } else {
                frame.damage = vec![Rect::whole(frame.width, frame.height)];
            }
        }
        merge(&mut frame.damage);
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use proptest::prelude::*;

    use super::*;

    fn rect() -> impl Strategy<Value = Rect> {
        (0u32..60, 0u32..60, 0u32..12, 0u32..12).prop_map(|(x, y, width, height)| Rect {
            x,
            y,
            width,
            height,
        })
    }

    fn covers(rects: &[Rect], x: u32, y: u32) -> bool {
        rects
            .iter()
            .any(|r| x >= r.x && x < r.right() && y >= r.y && y < r.bottom())
    }

    proptest! {
        #[test]
        fn merging_loses_no_pixel(rects in prop::collection::vec(rect(), 0..60)) {
            let mut merged = rects.clone();
            merge(&mut merged);
            prop_assert!(merged.len() <= MAX_DAMAGE);
            for (i, a) in merged.iter().enumerate() {
                for b in &merged[i + 1..] {
                    prop_assert!(!a.overlaps(b));
                }
            }
            for x in 0..72 {
                for y in 0..72 {
                    prop_assert!(!covers(&rects, x, y) || covers(&merged, x, y));
                }
            }
        }
    }

    #[test]
    fn damage_of_a_frame_not_taken_is_kept() {
        let slot = FrameSlot::default();
        let frame = |serial, x| Frame {
            serial,
            width: 10,
            height: 10,
            pixels: Arc::new(vec![0; 100]),
            damage: vec![Rect {
                x,
                y: 0,
                width: 1,
                height: 1,
            }],
        };
        slot.put(frame(1, 0));
        slot.put(frame(2, 5));
        let taken = slot.take().unwrap();
        assert_eq!(taken.serial, 2);
        assert!(covers(&taken.damage, 0, 0) && covers(&taken.damage, 5, 0));
        assert!(slot.take().is_none());
    }
}
