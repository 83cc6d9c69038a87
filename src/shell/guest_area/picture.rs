//! The guest's latest picture as the shell keeps it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::display::{Frame, FrameSlot, Rect, Size};

use super::tiles::Tiles;
use super::wake::FrameWaker;

/// Pictures remembered for screens whose buffers lag behind.
const REMEMBERED: usize = 8;

/// Rectangles kept for one picture; more are joined into one.
const RECTS: usize = 32;

/// The largest side accepted, the display's own limit.
const MAX_SIDE: u32 = 16_384;

/// The reader's side of the frame slot: the latest picture and what changed lately.
#[derive(Debug)]
pub struct Picture {
    slot: Arc<FrameSlot>,
    waker: FrameWaker,
    shown: Option<Shown>,
    pub(super) tiles: RefCell<Tiles>,
}

/// A picture that may be drawn, cheap to clone.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its size.
    pub size: Size,
    /// Opaque pixels, each `0xFFRRGGBB`, rows without padding.
    pub pixels: Arc<Vec<u32>>,
    /// Unique in the process.
    pub generation: u64,
    /// The steps that led here, oldest first.
    pub steps: VecDeque<Step>,
}

/// From one picture to the next.
#[derive(Clone, Debug)]
pub struct Step {
    /// The generation before.
    pub from: u64,
    /// What changed since.
    pub damage: Arc<[Rect]>,
}

impl Shown {
    /// What changed since a generation, or nothing when that is no longer known.
    pub fn damage_since(&self, generation: u64) -> Option<Vec<Rect>> {
        if generation == self.generation {
            return Some(Vec::new());
        }
        let first = self
            .steps
            .iter()
            .rposition(|step| step.from == generation)?;
        let steps = self.steps.range(first..);
        Some(steps.flat_map(|step| step.damage.iter().copied()).collect())
    }

    /// What a texture of `size` lacks which shows generation `known`.
    #[cfg(any(test, feature = "gpu"))]
    pub fn stale(&self, known: Option<u64>, size: Size) -> Vec<Rect> {
        let damage = known.and_then(|known| self.damage_since(known));
        let Some(damage) = damage else {
            return vec![Rect::whole(size.width, size.height)];
        };
        let inside = |rect: &Rect| Rect {
            width: rect.width.min(size.width.saturating_sub(rect.x)),
            height: rect.height.min(size.height.saturating_sub(rect.y)),
            ..*rect
        };
        let rects = damage.iter().map(inside);
        rects.filter(|rect| rect.area() > 0).collect()
    }
}

impl Picture {
    /// Watches a slot. `waker` is the one that the display's callback wakes.
    pub fn new(slot: Arc<FrameSlot>, waker: FrameWaker) -> Self {
        Self {
            slot,
            waker,
            shown: None,
            tiles: RefCell::default(),
        }
    }

    /// Takes the latest frame, if there is one; call it on each wake. Returns whether the picture
    /// changed. A frame whose pixels do not fit its size is refused.
    pub fn refresh(&mut self) -> bool {
        self.waker.looking();
        let frame = self.slot.take().filter(is_sound);
        let changed = frame.is_some();
        if let Some(frame) = frame {
            self.show(frame);
        }
        changed
    }

    /// Forgets the picture: the next guest must not see the last one's.
    pub fn clear(&mut self) {
        drop(self.slot.take());
        self.shown = None;
        self.tiles = RefCell::default();
    }

    /// The picture's size, nothing before the first.
    pub fn size(&self) -> Option<Size> {
        self.shown.as_ref().map(|shown| shown.size)
    }

    /// The picture itself, nothing before the first.
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    fn show(&mut self, frame: Frame) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let size = Size {
            width: frame.width,
            height: frame.height,
        };
        let generation = NEXT.fetch_add(1, Ordering::Relaxed);
        let before = self.shown.take().filter(|before| before.size == size);
        let steps = before.map_or_else(VecDeque::new, |before| {
            let mut steps = before.steps;
            steps.truncate(REMEMBERED);
            if steps.len() == REMEMBERED {
                steps.pop_front();
            }
            steps.push_back(Step {
                from: before.generation,
                damage: tidy(&frame.damage, size).into(),
            });
            steps
        });
        self.shown = Some(Shown {
            size,
            pixels: frame.pixels,
            generation,
            steps,
        });
    }
}

fn is_sound(frame: &Frame) -> bool {
    let sides = 1..=MAX_SIDE;
    sides.contains(&frame.width)
        && sides.contains(&frame.height)
        && frame.pixels.len() == frame.width as usize * frame.height as usize
}

/// Damage within the picture, not empty, without rectangles that lie in others.
fn tidy(damage: &[Rect], size: Size) -> Vec<Rect> {
    let mut kept: Vec<Rect> = Vec::new();
    for rect in damage.iter().filter_map(|rect| clip(*rect, size)) {
        if kept.iter().any(|other| contains(*other, rect)) {
            continue;
        }
        kept.retain(|other| !contains(rect, *other));
        kept.push(rect);
    }
    if kept.len() > RECTS {
        return kept.into_iter().reduce(union).into_iter().collect();
    }
    kept
}

fn clip(rect: Rect, size: Size) -> Option<Rect> {
    let right = rect.x.saturating_add(rect.width).min(size.width);
    let bottom = rect.y.saturating_add(rect.height).min(size.height);
    (rect.x < right && rect.y < bottom).then(|| Rect {
        x: rect.x,
        y: rect.y,
        width: right - rect.x,
        height: bottom - rect.y,
    })
}

fn contains(outer: Rect, inner: Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

fn union(a: Rect, b: Rect) -> Rect {
    let x = a.x.min(b.x);
    let y = a.y.min(b.y);
    Rect {
        x,
        y,
        width: (a.x + a.width).max(b.x + b.width) - x,
        height: (a.y + a.height).max(b.y + b.height) - y,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
        Rect {
            x,
            y,
            width,
            height,
        }
    }

    fn frame(serial: u64, count: usize, damage: Vec<Rect>) -> Frame {
        Frame {
            serial,
            width: 10,
            height: 10,
            pixels: Arc::new(vec![0; count]),
            damage,
        }
    }

    #[test]
    fn a_frame_of_the_wrong_length_is_refused() {
        let slot = Arc::new(FrameSlot::default());
        let mut picture = Picture::new(Arc::clone(&slot), FrameWaker::default());
        slot.put(frame(1, 99, Vec::new()));
        assert!(!picture.refresh());
        slot.put(frame(2, 100, Vec::new()));
        assert!(picture.refresh());
        assert!(!picture.refresh(), "nothing new");
    }

    #[test]
    fn damage_adds_up_between_two_looks_and_is_forgotten_in_the_end() {
        let slot = Arc::new(FrameSlot::default());
        let mut picture = Picture::new(Arc::clone(&slot), FrameWaker::default());
        slot.put(frame(1, 100, Vec::new()));
        picture.refresh();
        let first = picture.shown().unwrap().generation;
        for x in 0..2 {
            slot.put(frame(2, 100, vec![rect(x, 0, 1, 1)]));
            picture.refresh();
        }
        let shown = picture.shown().unwrap();
        assert_eq!(
            shown.damage_since(first),
            Some(vec![rect(0, 0, 1, 1), rect(1, 0, 1, 1)])
        );
        assert_eq!(shown.damage_since(shown.generation), Some(Vec::new()));
        for _ in 0..=REMEMBERED {
            slot.put(frame(3, 100, vec![rect(0, 0, 1, 1)]));
            picture.refresh();
        }
        assert_eq!(picture.shown().unwrap().damage_since(first), None);
    }

    #[test]
    fn hostile_damage_is_clipped() {
        let size = Size {
            width: 10,
            height: 10,
        };
        let damage = [
            rect(u32::MAX, 0, u32::MAX, 1),
            rect(5, 5, u32::MAX, u32::MAX),
            rect(6, 6, 1, 1),
            rect(0, 0, 0, 4),
        ];
        assert_eq!(tidy(&damage, size), [rect(5, 5, 5, 5)]);
    }

    #[test]
    fn clearing_leaves_nothing_of_the_last_guest() {
        let slot = Arc::new(FrameSlot::default());
        let mut picture = Picture::new(Arc::clone(&slot), FrameWaker::default());
        slot.put(frame(1, 100, Vec::new()));
        picture.refresh();
        assert!(picture.size().is_some());
        slot.put(frame(2, 100, Vec::new()));
        picture.clear();
        assert!(picture.shown().is_none());
        assert!(!picture.refresh());
    }

    fn shown(damage: &[Rect]) -> Shown {
        Shown {
            size: Size {
                width: 10,
                height: 10,
            },
            pixels: Arc::new(vec![0; 100]),
            generation: 2,
            steps: VecDeque::from([Step {
                from: 1,
                damage: damage.into(),
            }]),
        }
    }

    #[test]
    fn only_what_changed_is_sent() {
        let shown = shown(&[rect(1, 2, 3, 4)]);
        let size = shown.size;
        assert_eq!(shown.stale(Some(1), size), [rect(1, 2, 3, 4)]);
        assert_eq!(shown.stale(Some(2), size), []);
        for unknown in [None, Some(0)] {
            assert_eq!(shown.stale(unknown, size), [Rect::whole(10, 10)]);
        }
    }

    #[test]
    fn a_card_with_small_textures_gets_what_fits() {
        let shown = shown(&[rect(6, 0, 4, 4), rect(8, 8, 2, 2)]);
        let size = Size {
            width: 8,
            height: 8,
        };
        assert_eq!(shown.stale(Some(1), size), [rect(6, 0, 2, 4)]);
        assert_eq!(shown.stale(None, size), [Rect::whole(8, 8)]);
    }
}
