//! Using a page in the guest's browser by keyboard alone, in either browser, without knowing
//! where on the screen anything is.
//!
//! The browser's own "find in page" moves the point from which the Tab key starts: find a label,
//! press Escape, press Tab, and its field has the keyboard; find a link, press Escape, press
//! Return, and it is followed.

use std::thread;
use std::time::Duration;

use crate::{Kiosk, Picture, Rect, Result, wait_for};

const BAR: Duration = Duration::from_millis(500);
const CALM: Duration = Duration::from_millis(600);
/// Pixels that change at least when the address bar takes the keyboard.
const ADDRESS_BAR: usize = 100;
/// Pixels that change at least when the browser's find bar comes.
const FIND_BAR: usize = 4_000;
/// A browser on a loaded two-core machine may need this long for one page.
const PAGE: Duration = Duration::from_mins(1);

/// The page that the guest shows.
pub struct Page<'a> {
    kiosk: &'a Kiosk,
}

impl<'a> Page<'a> {
    /// The page in this kiosk's guest.
    pub const fn of(kiosk: &'a Kiosk) -> Self {
        Self { kiosk }
    }

    /// The guest's part of the screen.
    ///
    /// # Errors
    /// When this screen shows no guest.
    pub fn look(&self) -> Result<Picture> {
        let guest = self.kiosk.ui()?.guest.ok_or("this screen shows no guest")?;
        let [x, y, width, height] = guest.bounds.map(|value| value.max(0.0) as u32);
        let area = Rect {
            x,
            y,
            width,
            height,
        };
        Ok(self.kiosk.desk().look()?.crop(area))
    }

    /// Waits until the page is painted and stands still.
    ///
    /// # Errors
    /// When it is still blank, or still moves, after a minute.
    pub fn settle(&self) -> Result<Picture> {
        let mut last = self.look()?;
        let mut calm = std::time::Instant::now();
        wait_for("a painted page that stands still", PAGE, || {
            let now = self.look()?;
            // A blinking caret is a few dozen pixels; a page that loads is thousands.
            if now.differing(&last) > 400 {
                last = now;
                calm = std::time::Instant::now();
                return Ok(None);
            }
            let all = Rect {
                x: 0,
                y: 0,
                width: now.width(),
                height: now.height(),
            };
            let painted = now.colours(all, 24) >= 24;
            Ok((painted && calm.elapsed() >= CALM).then_some(now))
        })
    }

    /// Gives the keyboard to the page by a click on its lower left margin, where nothing is.
    ///
    /// # Errors
    /// When this screen shows no guest.
    pub fn click_margin(&self) -> Result {
        let (x, y) = self.kiosk.guest_point(0.004, 0.75)?;
        self.kiosk.desk().click(x, y)
    }

    /// Goes to an address by the browser's own address bar.
    ///
    /// # Errors
    /// When the keyboard cannot write the address.
    pub fn go(&self, address: &str) -> Result<Picture> {
        let desk = self.kiosk.desk();
        let before = self.look()?;
        desk.press("ctrl+l")?;
        // Letters that are typed before the bar has the keyboard are lost. A bar that has it already
        // does not change.
        wait_for("the address bar", BAR * 4, || {
            let shown = self.look()?.differing(&before) > ADDRESS_BAR;
            Ok(shown.then_some(()))
        })
        .ok();
        thread::sleep(BAR / 2);
        desk.type_text(address)?;
        // What the bar would complete from a history must not be followed.
        desk.press("Delete")?;
        desk.press("Return")?;
        thread::sleep(CALM);
        self.settle()
    }

    /// Finds a text on the page; Tab goes on from there.
    ///
    /// # Errors
    /// When the keyboard cannot write the text.
    pub fn find(&self, text: &str) -> Result {
        let desk = self.kiosk.desk();
        let before = self.look()?;
        desk.press("ctrl+f")?;
        // The browser makes its bar at the first wish for it. What is typed before it is there goes
        // to whatever has the keyboard, and Return then follows that.
        wait_for("the find bar", PAGE, || {
            let shown = self.look()?.differing(&before) > FIND_BAR;
            Ok(shown.then_some(()))
        })?;
        thread::sleep(BAR);
        desk.type_text(text)?;
        thread::sleep(BAR);
        desk.press("Escape")?;
        thread::sleep(BAR / 2);
        Ok(())
    }

    /// Follows the link, or presses the button, that comes right after the point where a found
    /// text stands (`tabs` presses of Tab; none for a link that holds the text itself).
    ///
    /// # Errors
    /// When the keyboard cannot write the text.
    pub fn activate(&self, text: &str, tabs: usize) -> Result {
        self.find(text)?;
        for _ in 0..tabs {
            self.kiosk.desk().press("Tab")?;
        }
        thread::sleep(BAR / 2);
        self.kiosk.desk().press("Return")
    }

    /// Writes into the field that follows a label, replacing what is there.
    ///
    /// # Errors
    /// When the keyboard cannot write one of the texts.
    pub fn fill(&self, label: &str, value: &str) -> Result {
        self.find(label)?;
        self.kiosk.desk().press("Tab")?;
        self.rewrite(value)
    }

    /// Goes to the next field and writes into it.
    ///
    /// # Errors
    /// When the keyboard cannot write the text.
    pub fn fill_next(&self, value: &str) -> Result {
        self.kiosk.desk().press("Tab")?;
        self.rewrite(value)
    }

    fn rewrite(&self, value: &str) -> Result {
        let desk = self.kiosk.desk();
        desk.press("ctrl+a")?;
        desk.type_text(value)
    }
}
