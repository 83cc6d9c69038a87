//! The private nested Wayland compositor: the guest's only display.
//!
//! The guest's windows are its only clients. Everything that a person does reaches them through
//! one gate, [`crate::visit::Policy`] deciding; everything that they draw reaches the shell as
//! frames in a latest-wins slot.

#![forbid(unsafe_code)]

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smithay::reexports::calloop::channel;

use crate::visit::{Deed, Field, Policy};

mod clock;
#[cfg(feature = "conformance")]
mod conformance;
mod frame;
mod globals;
mod handlers;
mod helper;
mod input;
mod picture;
mod render;
pub mod seat;
#[cfg(feature = "seats")]
pub mod seats;
mod session;
mod socket;
mod state;
mod thread;
mod windows;

pub use frame::{Frame, FrameSlot, MAX_DAMAGE, Rect, rgb};
pub use helper::{HelperEvent, HelperSource, Recorded};

use seat::{Gate, Revocation};
use socket::Socket;
use thread::Command;

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
    /// The only uids that may connect.
    pub guest_uids: RangeInclusive<u32>,
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
    /// A window of the guest has a picture; none had before.
    FirstFrame,
    /// No window of the guest has a picture any more.
    NoPicture,
    /// Every client of the guest is gone.
    Disconnected,
    /// The kind of field that has the focus (a window that says nothing counts as sensitive while
    /// a helper may type).
    Field(Field),
    /// The cursor to show over the guest area.
    Cursor(Cursor),
    /// The guest plays a video or a call: the idle timer waits.
    IdleInhibited(bool),
    /// A helper's own devices came (true) or went (false).
    SecondSeat(bool),
    /// Something was done with the helper's hand, for the first time since it was given.
    Deed(Deed),
}

/// Why the display could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused a socket, a file or a thread.
    #[error("starting the display: {0}")]
    Io(#[from] std::io::Error),
    /// xkb does not know the configured keyboard.
    #[error(
        "starting the display: the keyboard layout is unknown to xkb; check `keyboard` in the configuration"
    )]
    Keymap,
    /// The event loop or the compositor could not be made.
    #[error("starting the display: the compositor could not be made")]
    Display,
}

impl Size {
    /// Inside what the compositor can paint.
    fn clamped(self) -> Self {
        Self {
            width: self.width.clamp(1, 16384),
            height: self.height.clamp(1, 16384),
        }
    }
}

fn clamped_scale(scale: f64) -> f64 {
    if scale.is_finite() {
        scale.clamp(1.0, 3.0)
    } else {
        1.0
    }
}

/// Starts the display thread. No guest can connect until [`Handle::open`].
///
/// `on_notice` is called on the display thread and must return at once. `on_frame` is called
/// there after each new frame (at most 60 a second): it should only wake the reader.
///
/// # Errors
/// When the keyboard is unknown, or when the system refuses the thread or its event loop.
pub fn start(
    mut settings: Settings,
    on_notice: impl Fn(Notice) + Send + 'static,
    on_frame: impl Fn() + Send + Sync + 'static,
) -> Result<Handle, Error> {
    settings.size = settings.size.clamped();
    settings.scale = clamped_scale(settings.scale);
    state::check_keymap(&settings.keymap)?;
    let frames = Arc::<FrameSlot>::default();
    let pointer = Arc::<helper::PointerSlot>::default();
    let revocation = Revocation::default();
    let gate = Gate::new(revocation.clone());
    let (orders, commands) = channel::channel();
    let (started, ready) = std::sync::mpsc::sync_channel(1);
    let handle = Handle {
        frames: Arc::clone(&frames),
        pointer: Arc::clone(&pointer),
        revocation,
        orders,
        runtime_dir: Arc::from(settings.runtime_dir.as_path()),
        guest_uids: settings.guest_uids.clone(),
    };
    std::thread::Builder::new()
        .name("display".to_owned())
        .spawn(move || {
            let outlets = thread::Outlets {
                frames,
                pointer,
                on_notice: Box::new(on_notice),
                on_frame: Box::new(on_frame),
            };
            thread::run(settings, gate, commands, outlets, |outcome| {
                // The starter waits below; when it does not, nobody is left to tell.
                if started.send(outcome).is_err() {
                    tracing::debug!("nobody waits for the display's start");
                }
            });
        })?;
    ready.recv().unwrap_or(Err(Error::Display))?;
    Ok(handle)
}

/// Orders to the display thread. Cheap to clone; every call returns at once. The thread ends when
/// the last clone is gone.
#[derive(Clone)]
pub struct Handle {
    frames: Arc<FrameSlot>,
    pointer: Arc<helper::PointerSlot>,
    revocation: Revocation,
    orders: channel::Sender<Command>,
    runtime_dir: Arc<Path>,
    guest_uids: RangeInclusive<u32>,
}

impl Handle {
    /// What must be true now at the seat. The strictest policy holds until the first call.
    ///
    /// While the policy veils the guest, no frame is made; a whole one follows when it is unveiled.
    pub fn apply(&self, policy: Policy) {
        self.revocation.granted(&policy);
        self.send(Command::Apply(policy));
    }

    /// Takes the hand from the helper at once, before the guardian has answered. Only a policy
    /// with a newer ticket gives it back.
    pub fn revoke_helper(&self) {
        self.revocation.revoke();
        self.send(Command::Revoked);
    }

    /// Offers an input event to the gate. No key of the desk reaches the guest before
    /// `Input::Focus(true)`.
    pub fn input(&self, source: Source, input: Input) {
        self.send(Command::Input(source, input));
    }

    /// Sends the guest a chord on the shell's own behalf (such as Alt and Left, evdev codes, for
    /// "Retour"), wherever the keyboard focus is. Nothing happens while the desk is shut.
    pub fn shortcut(&self, codes: &[u32]) {
        self.send(Command::Chord(codes.to_vec()));
    }

    /// The guest area changed: physical pixels, and fractional scale from 1.0 to 3.0.
    pub fn resize(&self, size: Size, scale: f64) {
        self.send(Command::Resize(size, scale));
    }

    /// Makes a fresh private socket for one guest and returns its path. A guest that is still
    /// there is ended first.
    ///
    /// # Errors
    /// When the socket cannot be made.
    pub fn open(&self) -> std::io::Result<PathBuf> {
        let socket = Socket::bind(&self.runtime_dir, &self.guest_uids)?;
        let path = socket.path().to_owned();
        self.orders
            .send(Command::Open(socket))
            .map_err(|_| std::io::Error::from(std::io::ErrorKind::BrokenPipe))?;
        Ok(path)
    }

    /// Ends every client, removes the socket, drops the selections and blanks the frames.
    pub fn close(&self) {
        self.send(Command::Close);
    }

    /// Lets a helper's own devices speak, from a thread of their own on which `open` opens them,
    /// until they are gone. What they say goes through the gate like everything else.
    ///
    /// # Errors
    /// When the system refuses the thread.
    pub fn attach<S: HelperSource>(
        &self,
        open: impl FnOnce() -> std::io::Result<S> + Send + 'static,
    ) -> std::io::Result<()> {
        let handle = self.clone();
        let run = move || match open() {
            Ok(mut source) => {
                while let Some(event) = source.next() {
                    handle.send(Command::Helper(event));
                }
                handle.send(Command::Helper(HelperEvent::Here(false)));
            }
            Err(error) => tracing::warn!(%error, "the helper's devices cannot be opened"),
        };
        let thread = std::thread::Builder::new().name("helper".to_owned());
        thread.spawn(run).map(drop)
    }

    /// Where the helper's large pointer is, in physical pixels of the guest area; nowhere while
    /// they have no right to it.
    pub fn helper_pointer(&self) -> Option<(f64, f64)> {
        self.pointer.get()
    }

    /// The latest picture.
    pub fn frames(&self) -> Arc<FrameSlot> {
        Arc::clone(&self.frames)
    }

    fn send(&self, command: Command) {
        // The thread ends only with the last handle, or when its loop failed and it has said so.
        if self.orders.send(command).is_err() {
            tracing::debug!("the display thread is gone");
        }
    }
}

#[cfg(test)]
mod tests;
