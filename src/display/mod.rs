//! The private nested Wayland compositor: the guest's only display.
//!
//! The guest's windows are its only clients. Everything that a person does reaches them through
//! one gate, [`crate::visit::Policy`] deciding; everything that they draw reaches the shell as
//! frames in a latest-wins slot.

use std::path::PathBuf;
use std::sync::Arc;

use crate::visit::Policy;

mod frame;

pub use frame::{Frame, FrameSlot, Rect};

/// A size in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    /// Pixels, 1 to 16384.
    pub width: u32,
    /// Pixels, 1 to 16384.
    pub height: u32,
}

/// The guest's keyboard, in xkb's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// xkb layout, "fr" by default.
    pub layout: String,
    /// xkb variant, "" or "oss".
    pub variant: String,
    /// xkb options.
    pub options: String,
}

/// What the display needs to start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A private directory (0700) in which the guest's socket is made.
    pub runtime_dir: PathBuf,
    /// The output's first size.
    pub size: Size,
    /// Fractional scale of the guest, 1.0 to 3.0.
    pub scale: f64,
    /// The guest's keyboard.
    pub keymap: Keymap,
    /// The only uid that may connect.
    pub guest_uid: u32,
}

/// Where an input event comes from. The gate decides by source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The station's own keyboard, mouse and screen.
    Desk,
    /// A helper's own device.
    Helper,
}

/// An input event in the guest's coordinates: physical pixels from the guest area's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// The pointer moved.
    Motion {
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// The pointer left the guest area.
    Left,
    /// A button: evdev code (0x110 left, 0x111 right, 0x112 middle).
    Button {
        #[allow(missing_docs)]
        code: u32,
        #[allow(missing_docs)]
        pressed: bool,
    },
    /// A wheel: 120ths of a detent, positive down and right.
    Wheel {
        #[allow(missing_docs)]
        x: i32,
        #[allow(missing_docs)]
        y: i32,
    },
    /// A touchpad: pixels, positive down and right.
    Scroll {
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// A finger touched.
    TouchDown {
        #[allow(missing_docs)]
        id: u64,
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// A finger moved.
    TouchMotion {
        #[allow(missing_docs)]
        id: u64,
        #[allow(missing_docs)]
        x: f64,
        #[allow(missing_docs)]
        y: f64,
    },
    /// A finger left.
    TouchUp {
        #[allow(missing_docs)]
        id: u64,
    },
    /// Touches were cancelled.
    TouchCancel,
    /// A key: evdev code (without xkb's +8).
    Key {
        #[allow(missing_docs)]
        code: u32,
        #[allow(missing_docs)]
        pressed: bool,
    },
    /// The guest area gained (true) or lost (false) the keyboard; losing it releases every key.
    Focus(bool),
}

/// A named cursor or none; the guest's cursor surfaces are drawn into the frame itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cursor {
    /// The arrow.
    #[default]
    Default,
    /// A hand: something may be pressed.
    Pointer,
    /// A text caret.
    Text,
    /// Work under way.
    Wait,
    /// Resize or move.
    Move,
    /// Not allowed.
    NotAllowed,
    /// The guest draws its own, in the frame.
    Hidden,
}

/// What the display has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The guest connected.
    Connected,
    /// The guest's first window has a picture.
    FirstFrame,
    /// Every client of the guest is gone.
    Disconnected,
    /// A sensitive field has the focus (unknown counts as true).
    Sensitive(bool),
    /// The cursor to show over the guest area.
    Cursor(Cursor),
    /// The guest plays a video or a call: the idle timer waits.
    IdleInhibited(bool),
}

/// Orders to the display thread. Cheap to clone; every call returns at once.
#[derive(Clone)]
pub struct Handle {
    frames: Arc<FrameSlot>,
}

impl Handle {
    /// What must be true now at the seat. The strictest policy holds until the first call.
    pub fn apply(&self, _policy: Policy) {}
    /// Takes the hand from the helper at once, before the guardian has answered. Only a policy
    /// with a newer ticket gives it back.
    pub fn revoke_helper(&self) {}
    /// Offers an input event to the gate.
    pub fn input(&self, _source: Source, _input: Input) {}
    /// The guest area changed.
    pub fn resize(&self, _size: Size, _scale: f64) {}
    /// Makes a fresh private socket for one guest and returns its path.
    ///
    /// # Errors
    /// When the socket cannot be made.
    pub fn open(&self) -> std::io::Result<PathBuf> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
    /// Ends every client, removes the socket, zeroizes the clipboard and blanks the frames.
    pub fn close(&self) {}
    /// The latest picture.
    pub fn frames(&self) -> Arc<FrameSlot> {
        Arc::clone(&self.frames)
    }
}
