//! A helper at a second seat: a keyboard and a mouse that are not there, whose events arrive at
//! the front-end's developer socket and go through the same gate as those of real devices.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use crate::{Kiosk, Level, Result, STEP, strokes, wait_for};

/// A person types no faster, and a loaded machine keeps up.
const BETWEEN_KEYS: Duration = Duration::from_millis(40);

/// A helper with a keyboard and a mouse of their own.
pub struct Helper(UnixStream);

impl Helper {
    /// Plugs them in.
    ///
    /// # Errors
    /// When the front-end does not listen.
    pub fn sits_down(kiosk: &Kiosk) -> Result<Self> {
        let path = kiosk.folder().join("helper");
        let socket = wait_for("the helper's socket", STEP, || {
            Ok(UnixStream::connect(&path).ok())
        })?;
        let helper = Self(socket);
        helper.says("{\"here\":true}")?;
        Ok(helper)
    }

    fn says(&self, event: &str) -> Result {
        writeln!(&self.0, "{event}")?;
        Ok(())
    }

    /// Presses or lets go of a key (evdev code).
    ///
    /// # Errors
    /// When the front-end is gone.
    pub fn key(&self, code: u8, pressed: bool) -> Result {
        self.says(&format!(
            "{{\"key\":{{\"code\":{code},\"pressed\":{pressed}}}}}"
        ))
    }

    /// Types a text on a French keyboard.
    ///
    /// # Errors
    /// When the keyboard has no such letter or the front-end is gone.
    pub fn type_text(&self, text: &str) -> Result {
        for letter in text.chars() {
            let keys = strokes(letter).ok_or_else(|| format!("this keyboard has no {letter:?}"))?;
            for key in keys {
                let held = match key.level {
                    Level::Plain => None,
                    Level::Shift => Some(42),
                    Level::AltGr => Some(100),
                };
                let around = |pressed| held.map_or(Ok(()), |code| self.key(code, pressed));
                around(true)?;
                self.key(key.code, true)?;
                thread::sleep(BETWEEN_KEYS / 2);
                self.key(key.code, false)?;
                around(false)?;
                thread::sleep(BETWEEN_KEYS);
            }
        }
        Ok(())
    }

    /// Moves the mouse to a place of the page (0 to 1 of its width and height).
    ///
    /// # Errors
    /// When the front-end is gone.
    pub fn points(&self, x: f64, y: f64) -> Result {
        self.says(&format!("{{\"move_to\":{{\"x\":{x},\"y\":{y}}}}}"))
    }

    /// Presses and lets go of the left button where the mouse is.
    ///
    /// # Errors
    /// When the front-end is gone.
    pub fn clicks(&self) -> Result {
        for pressed in [true, false] {
            self.says(&format!(
                "{{\"button\":{{\"code\":272,\"pressed\":{pressed}}}}}"
            ))?;
            thread::sleep(BETWEEN_KEYS);
        }
        Ok(())
    }
}
