//! A person's hands and eyes at an X display: XTEST for input, GetImage for the picture.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt, ImageFormat, InputFocus,
    KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::azerty::{Level, key_code, strokes};
use crate::{Picture, Result, wait_for};

const X_OFFSET: u8 = 8;
const BETWEEN_KEYS: Duration = Duration::from_millis(12);

/// A mouse button, in X's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// 1.
    Left = 1,
    /// 2.
    Middle = 2,
    /// 3.
    Right = 3,
    /// One notch up.
    WheelUp = 4,
    /// One notch down.
    WheelDown = 5,
    /// The thumb button "back".
    Back = 8,
    /// The thumb button "forward".
    Forward = 9,
}

/// A display with somebody in front of it.
pub struct Desk {
    conn: RustConnection,
    root: Window,
    size: (u16, u16),
}

impl Desk {
    /// Sits down at a display.
    ///
    /// # Errors
    /// When nothing answers there.
    pub fn at(display: &str) -> Result<Self> {
        let (conn, screen) = RustConnection::connect(Some(display))?;
        let screen = &conn.setup().roots[screen];
        let (root, size) = (
            screen.root,
            (screen.width_in_pixels, screen.height_in_pixels),
        );
        Ok(Self { conn, root, size })
    }

    /// Width and height in pixels.
    pub const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The connection and the root window, for a test's own X program.
    pub const fn x(&self) -> (&RustConnection, Window) {
        (&self.conn, self.root)
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) -> Result {
        self.conn
            .xtest_fake_input(kind, detail, 0, self.root, x, y, 0)?
            .check()?;
        Ok(())
    }

    /// Moves the pointer.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn move_to(&self, x: i32, y: i32) -> Result {
        self.fake(MOTION_NOTIFY_EVENT, 0, i16::try_from(x)?, i16::try_from(y)?)
    }

    /// Presses or releases a button where the pointer is.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn button(&self, button: Button, down: bool) -> Result {
        let kind = if down {
            BUTTON_PRESS_EVENT
        } else {
            BUTTON_RELEASE_EVENT
        };
        self.fake(kind, button as u8, 0, 0)
    }

    /// Moves there and clicks the left button.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn click(&self, x: i32, y: i32) -> Result {
        self.click_with(Button::Left, x, y)
    }

    /// Moves there and clicks.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn click_with(&self, button: Button, x: i32, y: i32) -> Result {
        self.move_to(x, y)?;
        thread::sleep(BETWEEN_KEYS);
        self.button(button, true)?;
        thread::sleep(BETWEEN_KEYS * 3);
        self.button(button, false)
    }

    /// Presses at one place, moves in steps, releases at another.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) -> Result {
        self.move_to(from.0, from.1)?;
        self.button(Button::Left, true)?;
        for step in 1..=20 {
            thread::sleep(BETWEEN_KEYS * 2);
            let part = |a: i32, b: i32| a + (b - a) * step / 20;
            self.move_to(part(from.0, to.0), part(from.1, to.1))?;
        }
        thread::sleep(BETWEEN_KEYS * 8);
        self.button(Button::Left, false)
    }

    /// Turns the wheel, positive down.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn scroll(&self, notches: i32) -> Result {
        let button = if notches < 0 {
            Button::WheelUp
        } else {
            Button::WheelDown
        };
        for _ in 0..notches.abs() {
            self.button(button, true)?;
            self.button(button, false)?;
            thread::sleep(BETWEEN_KEYS);
        }
        Ok(())
    }

    /// Presses or releases a physical key (evdev code).
    ///
    /// # Errors
    /// When the display is gone.
    pub fn key(&self, code: u8, down: bool) -> Result {
        let kind = if down {
            KEY_PRESS_EVENT
        } else {
            KEY_RELEASE_EVENT
        };
        self.fake(kind, code + X_OFFSET, 0, 0)
    }

    /// Presses a key or a chord by name: "Tab", "shift+Tab", "ctrl+shift+t".
    ///
    /// # Errors
    /// When a name is unknown or the display is gone.
    pub fn press(&self, chord: &str) -> Result {
        let codes: Vec<u8> = chord
            .split('+')
            .map(|name| key_code(name).ok_or_else(|| format!("no key is named {name:?}")))
            .collect::<std::result::Result<_, _>>()?;
        for code in &codes {
            self.key(*code, true)?;
            thread::sleep(BETWEEN_KEYS / 2);
        }
        for code in codes.iter().rev() {
            self.key(*code, false)?;
        }
        thread::sleep(BETWEEN_KEYS);
        Ok(())
    }

    /// Types a text on the French keyboard, accents by their keys and dead keys.
    ///
    /// # Errors
    /// When the keyboard has no such letter or the display is gone.
    pub fn type_text(&self, text: &str) -> Result {
        for letter in text.chars() {
            let keys = strokes(letter).ok_or_else(|| format!("this keyboard has no {letter:?}"))?;
            for key in keys {
                let held = match key.level {
                    Level::Plain => None,
                    Level::Shift => Some(42),
                    Level::AltGr => Some(100),
                };
                if let Some(held) = held {
                    self.key(held, true)?;
                    thread::sleep(BETWEEN_KEYS);
                }
                self.key(key.code, true)?;
                thread::sleep(BETWEEN_KEYS / 2);
                self.key(key.code, false)?;
                if let Some(held) = held {
                    thread::sleep(BETWEEN_KEYS);
                    self.key(held, false)?;
                }
                thread::sleep(BETWEEN_KEYS);
            }
        }
        Ok(())
    }

    /// Takes a picture of the whole screen.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn look(&self) -> Result<Picture> {
        let (width, height) = self.size;
        let image = self
            .conn
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.root,
                0,
                0,
                width,
                height,
                u32::MAX,
            )?
            .reply()?;
        Picture::from_bgrx(u32::from(width), u32::from(height), &image.data)
    }

    /// Takes a picture and writes it as a PNG.
    ///
    /// # Errors
    /// When the display is gone or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<Picture> {
        let picture = self.look()?;
        picture.save(path)?;
        Ok(picture)
    }

    /// Waits until nothing has changed on the screen for `calm`, and returns the picture.
    ///
    /// # Errors
    /// When it still moves after `limit`.
    pub fn wait_still(&self, calm: Duration, limit: Duration) -> Result<Picture> {
        let mut last = self.look()?;
        let mut since = Instant::now();
        wait_for("a still picture", limit, || {
            let now = self.look()?;
            if now != last {
                last = now;
                since = Instant::now();
            }
            Ok((since.elapsed() >= calm).then(|| last.clone()))
        })
    }

    /// Waits until the screen differs from `before` in at least `pixels` pixels.
    ///
    /// # Errors
    /// When it has not after `limit`.
    pub fn wait_change(&self, before: &Picture, pixels: usize, limit: Duration) -> Result<Picture> {
        wait_for("a changed picture", limit, || {
            let now = self.look()?;
            Ok((now.differing(before) >= pixels).then_some(now))
        })
    }

    /// The largest window that is shown, with its place on the screen, when there is one.
    ///
    /// # Errors
    /// When the display is gone.
    pub fn main_window(&self) -> Result<Option<(Window, i32, i32)>> {
        let mut best: Option<(u32, Window, i32, i32)> = None;
        for window in self.conn.query_tree(self.root)?.reply()?.children {
            // A window may close between the list and the question.
            let Ok(shown) = self.conn.get_window_attributes(window)?.reply() else {
                continue;
            };
            let Ok(place) = self.conn.get_geometry(window)?.reply() else {
                continue;
            };
            let area = u32::from(place.width) * u32::from(place.height);
            let larger = best.is_none_or(|(most, ..)| area > most);
            if shown.map_state == MapState::VIEWABLE && area > 10_000 && larger {
                best = Some((area, window, i32::from(place.x), i32::from(place.y)));
            }
        }
        Ok(best.map(|(_, window, x, y)| (window, x, y)))
    }

    /// Gives the keyboard to a window: without a window manager nobody else does.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn give_keyboard(&self, window: Window) -> Result {
        self.conn
            .set_input_focus(InputFocus::POINTER_ROOT, window, x11rb::CURRENT_TIME)?
            .check()?;
        Ok(())
    }
}
