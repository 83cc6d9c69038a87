//! Where a helper's own hands come from: a second keyboard and mouse, or events from elsewhere.
//!
//! A source only tells; the gate decides. Nothing of a source reaches the shell's screens, so no
//! source can answer a question.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Input, Size};

/// An event of a helper's own device.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelperEvent {
    /// The helper's first device came (true), or their last one went (false).
    Here(bool),
    /// The mouse moved by so much: pixels, right and down.
    MoveBy {
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// The pointer went there: 0 to 1 of the guest area.
    MoveTo {
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// A button: evdev code.
    Button {
        #[allow(missing_docs)]
        code: u32,
        #[allow(missing_docs)]
        pressed: bool,
    },
    /// A wheel: 120ths of a detent, right and down.
    Wheel {
        #[allow(missing_docs)]
        x: i32,
        #[allow(missing_docs)]
        y: i32,
    },
    /// A key: evdev code.
    Key {
        #[allow(missing_docs)]
        code: u32,
        #[allow(missing_docs)]
        pressed: bool,
    },
}

/// A helper's devices.
pub trait HelperSource {
    /// Waits for the next event; `None` when the devices are gone for good.
    fn next(&mut self) -> Option<HelperEvent>;
}

/// Events that were written down before: for tests.
#[derive(Clone, Debug, Default)]
pub struct Recorded(VecDeque<HelperEvent>);

impl Recorded {
    /// These events, in order.
    pub fn new(events: impl IntoIterator<Item = HelperEvent>) -> Self {
        Self(events.into_iter().collect())
    }
}

impl HelperSource for Recorded {
    fn next(&mut self) -> Option<HelperEvent> {
        self.0.pop_front()
    }
}

/// Where the helper's pointer is; a mouse tells only by how much it moved.
#[derive(Debug, Default)]
pub(super) struct Hand {
    at: Option<(f64, f64)>,
}

impl Hand {
    /// The event in the guest's coordinates. It begins in the middle.
    pub(super) fn place(&mut self, event: HelperEvent, area: Size) -> Option<Input> {
        let (width, height) = (f64::from(area.width), f64::from(area.height));
        let inside = |x: f64, y: f64| (x.clamp(0.0, width - 1.0), y.clamp(0.0, height - 1.0));
        let sane = |x: f64, y: f64| (x.is_finite() && y.is_finite()).then_some((x, y));
        Some(match event {
            HelperEvent::Here(_) => return None,
            HelperEvent::MoveBy { x, y } => {
                let (x, y) = sane(x, y)?;
                let from = self.at.unwrap_or((width / 2.0, height / 2.0));
                self.moved(inside(from.0 + x, from.1 + y))
            }
            HelperEvent::MoveTo { x, y } => {
                let (x, y) = sane(x, y)?;
                self.moved(inside(x * width, y * height))
            }
            HelperEvent::Button { code, pressed } => Input::Button { code, pressed },
            HelperEvent::Wheel { x, y } => Input::Wheel { x, y },
            HelperEvent::Key { code, pressed } => Input::Key { code, pressed },
        })
    }

    fn moved(&mut self, (x, y): (f64, f64)) -> Input {
        self.at = Some((x, y));
        Input::Motion { x, y }
    }
}

/// The place of the helper's large pointer, for the shell to draw.
#[derive(Debug, Default)]
pub(super) struct PointerSlot(Mutex<Option<(f64, f64)>>);

impl PointerSlot {
    /// Puts it there, or away; whether that changed anything.
    pub(super) fn put(&self, place: Option<(f64, f64)>) -> bool {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, place) != place
    }

    pub(super) fn get(&self) -> Option<(f64, f64)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
