//! The guest inside the shell: its picture, and everything that a person does over it.
//!
//! ```text
//! display thread --put--> FrameSlot --take--> Picture --paint--> window
//!        \--FrameWaker::wake--> frame_stream --> a message: Picture::refresh
//! window --events--> GuestArea --on_input--> display's gate
//! ```

mod area;
#[cfg(feature = "gpu")]
mod card;
mod hand_on;
mod keys;
mod picture;
mod pointer;
pub mod software;
mod tiles;
mod wake;

pub use area::GuestArea;
pub use keys::{Route, ShellShortcut, classify, evdev};
pub use picture::{Picture, Shown, Step};
#[cfg(test)]
pub use software::live::Live;
pub use tiles::Paint;
pub use wake::{FrameWaker, frame_stream};

/// The renderer of the whole shell: what draws the window must know the guest area.
#[cfg(not(feature = "gpu"))]
pub type Renderer = software::Renderer;

/// The renderer of the whole shell: what draws the window must know the guest area. Which of the
/// two it is, the window finds out when it opens.
#[cfg(feature = "gpu")]
pub type Renderer = card::CardOrSoftware;

/// iced's element with the shell's renderer.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, Renderer>;
