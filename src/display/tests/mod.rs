//! Real clients over the private socket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    clippy::ignored_unit_patterns,
    clippy::wildcard_enum_match_arm,
    clippy::unused_self,
    clippy::disallowed_methods
)]

mod client;
mod field;
mod guest;
mod hand;
mod second;
mod window;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::*;
use crate::visit::{Desk, HelperGate, Order};

/// Long enough for a busy machine; nothing waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

const RED: [u8; 4] = [0, 0, 255, 255];
const GREEN: [u8; 4] = [0, 255, 0, 255];

/// A running display without a screen.
struct Stand {
    handle: Handle,
    notices: Receiver<Notice>,
    frame: Option<Frame>,
    directory: tempfile::TempDir,
}

fn policy(desk: Desk, helper: HelperGate) -> Policy {
    Policy {
        order: Order::Nothing,
        desk,
        helper,
        sends: false,
        veiled: false,
    }
}

fn ticket(number: u32) -> crate::visit::Ticket {
    serde_json::from_str(&number.to_string()).unwrap()
}

fn settings(directory: &Path) -> Settings {
    Settings {
        runtime_dir: directory.to_owned(),
        size: Size {
            width: 400,
            height: 300,
        },
        scale: 1.0,
        keymap: Keymap {
            layout: "fr".into(),
            variant: String::new(),
            options: String::new(),
        },
        guest_uids: rustix::process::getuid().as_raw()..=rustix::process::getuid().as_raw(),
    }
}

impl Stand {
    fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut settings = settings(directory.path());
        change(&mut settings);
        let (sender, notices) = channel();
        let tell = move |notice| {
            // The test may be over.
            let _late = sender.send(notice);
        };
        let handle = start(settings, tell, || {}).unwrap();
        Self {
            handle,
            notices,
            frame: None,
            directory,
        }
    }

    /// The person's own session: the desk may act and has the keyboard.
    fn open() -> (Self, PathBuf) {
        let stand = Self::with(|_| {});
        stand.handle.apply(policy(Desk::Guest, HelperGate::Dropped));
        stand.handle.input(Source::Desk, Input::Focus(true));
        let path = stand.handle.open().unwrap();
        (stand, path)
    }

    /// Waits for a notice; others are passed over.
    fn hears(&self, wanted: Notice) -> bool {
        let end = Instant::now() + PATIENCE;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.notices.recv_timeout(left) {
                Ok(notice) if notice == wanted => return true,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        false
    }

    /// Waits until the pixel has this colour (RGB).
    fn shows(&mut self, (x, y): (u32, u32), bgra: [u8; 4]) -> bool {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if self.pixel(x, y) == Some([bgra[2], bgra[1], bgra[0]]) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        false
    }

    fn pixel(&mut self, x: u32, y: u32) -> Option<[u8; 3]> {
        if let Some(frame) = self.handle.frames().take() {
            self.frame = Some(frame);
        }
        let frame = self.frame.as_ref()?;
        let pixel = frame.pixels.get((y * frame.width + x) as usize)?;
        assert_eq!(pixel >> 24, 0xFF, "a frame is opaque");
        Some(super::rgb(*pixel))
    }

    fn key(&self, source: Source, code: u32, pressed: bool) {
        self.handle.input(source, Input::Key { code, pressed });
    }

    fn button(&self, source: Source, pressed: bool) {
        let code = 0x110;
        self.handle.input(source, Input::Button { code, pressed });
    }

    fn motion(&self, source: Source, x: f64, y: f64) {
        self.handle.input(source, Input::Motion { x, y });
    }

    /// Until the display thread has done everything asked so far: it answers a window's request
    /// only after the orders before it.
    fn settle(&self, client: &mut client::Client) {
        // The order channel and the client's socket are two sources of one loop; two rounds put
        // the second after the first.
        std::thread::sleep(Duration::from_millis(30));
        client.roundtrip();
        client.roundtrip();
    }
}
