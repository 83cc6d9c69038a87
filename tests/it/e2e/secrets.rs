//! Every kind of secret field, in one visit: a helper with a living yes writes before and after each of
//! them, and never into one.

use estran_driver::{Helper, Kiosk, Page, Result, STEP, practice, visit, wait_until};

use super::{both, check, quiet};

both!(no_secret_field_takes_a_helpers_letter);

/// A filled field of each sort, as the page paints it.
const ORDINARY: [u8; 3] = [0x00, 0xC8, 0x53];
const SECRET: [u8; 3] = [0xFF, 0x00, 0xC8];

/// Fewer pixels are a picture's noise.
const SOME: usize = 400;

struct Walk<'a> {
    kiosk: &'a Kiosk,
    helper: Helper,
    /// Ordinary fields that are filled.
    filled: usize,
}

fn no_secret_field_takes_a_helpers_letter(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let page = Page::of(kiosk);
    // On a loaded machine the address bar may miss the first letters.
    wait_until("the page of secret fields", STEP * 4, || {
        page.go(&format!("{}exercice/secrets", practice::SITE))?;
        Ok(!visit::is_home(&page.look()?))
    })?;
    let helper = Helper::sits_down(kiosk)?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    visit::say_yes(kiosk)?;
    page.click_margin()?;
    page.find("Ville")?;
    let mut walk = Walk {
        kiosk,
        helper,
        filled: 0,
    };
    walk.ordinary("the town")?;
    walk.secret("a password")?;
    // Its letters are shown: it is a password still.
    kiosk.desk().press("Tab")?;
    walk.helped()?;
    kiosk.desk().type_text(" ")?;
    kiosk.desk().press("shift+Tab")?;
    walk.alone("a password whose letters are shown")?;
    kiosk.desk().press("Tab")?;
    walk.helped()?;
    for what in ["a one-time code", "a card", "an IBAN", "an identity number"] {
        walk.ordinary("between")?;
        walk.secret(what)?;
    }
    walk.ordinary("before the shadow tree")?;
    walk.secret("a closed shadow tree")?;
    walk.ordinary("before the frame")?;
    walk.secret("a frame of the same origin")?;
    walk.ordinary("before the other frame")?;
    walk.secret("a frame of another origin")?;
    walk.another_tab()?;
    walk.another_page()
}

impl Walk<'_> {
    fn painted(&self, colour: [u8; 3]) -> Result<usize> {
        Ok(Page::of(self.kiosk).look()?.count(colour))
    }

    /// The helper has the hand, without a question.
    fn helped(&self) -> Result {
        self.kiosk.wait_screen("guest", STEP)?;
        self.kiosk.control("helper.takeback", STEP)?;
        Ok(())
    }

    /// The next field is an ordinary one: what the helper writes arrives.
    fn ordinary(&mut self, what: &str) -> Result {
        self.kiosk.desk().press("Tab")?;
        self.helped()?;
        let before = self.painted(ORDINARY)?;
        self.filled += 1;
        // The visitor's hand has just won: the helper's waits a moment, and tries again.
        wait_until(&format!("the helper's letter in {what}"), STEP, || {
            self.helper.type_text("a")?;
            Ok(self.painted(ORDINARY)? > before + SOME)
        })
    }

    /// The next field is a secret one.
    fn secret(&self, what: &str) -> Result {
        self.kiosk.desk().press("Tab")?;
        self.alone(what)
    }

    /// A secret field has the keyboard: no letter of the helper's arrives, neither behind the
    /// private screen nor while the visitor writes. Then the visitor lets the helper go on.
    fn alone(&self, what: &str) -> Result {
        let told = |error| format!("{what}: {error}");
        self.kiosk.wait_screen("private", STEP).map_err(told)?;
        self.helper.type_text("xx")?;
        self.kiosk.click("private.returns")?;
        wait_until("the choice", STEP, || {
            let ui = self.kiosk.ui()?;
            Ok(ui.control("private.returns").and_then(|c| c.checked) == Some(true))
        })?;
        self.kiosk.click("private.itsme")?;
        self.kiosk.control("private.over", STEP).map_err(told)?;
        self.kiosk.page_has_keyboard()?;
        // Longer than the moment for which a helper's hand waits in any case.
        std::thread::sleep(std::time::Duration::from_millis(1600));
        self.helper.type_text("xx")?;
        std::thread::sleep(std::time::Duration::from_millis(300));
        self.untouched(what)?;
        // A letter would be seen: the visitor's own is.
        self.kiosk.desk().type_text("z")?;
        wait_until(&format!("the visitor's letter in {what}"), STEP, || {
            Ok(self.painted(SECRET)? > SOME)
        })?;
        self.kiosk.desk().press("BackSpace")?;
        wait_until(&format!("{what} to be empty again"), STEP, || {
            Ok(self.painted(SECRET)? < SOME)
        })
    }

    fn untouched(&self, what: &str) -> Result {
        let painted = self.painted(SECRET)?;
        check(painted < SOME, || {
            format!("a helper's letter is in {what}: {painted} pixels")
        })
    }

    /// Another tab and back, from the password in the frame: it is private still, or again.
    fn another_tab(&self) -> Result {
        let desk = self.kiosk.desk();
        desk.press("ctrl+t")?;
        std::thread::sleep(std::time::Duration::from_secs(2));
        self.helper.type_text("xx")?;
        self.uncovered()?;
        desk.press("ctrl+w")?;
        self.uncovered()?;
        self.helper.type_text("xx")?;
        std::thread::sleep(std::time::Duration::from_secs(1));
        self.uncovered()?;
        self.untouched("the first tab's password")
    }

    /// A page whose only field takes the keyboard at once, and is a password.
    fn another_page(&self) -> Result {
        let page = Page::of(self.kiosk);
        page.go(&format!("{}exercice/secrets/cadre", practice::SITE))
            .ok();
        self.uncovered()?;
        self.kiosk.desk().press("Tab")?;
        std::thread::sleep(std::time::Duration::from_secs(1));
        self.helper.type_text("xxxx")?;
        std::thread::sleep(std::time::Duration::from_secs(1));
        self.uncovered()?;
        self.untouched("the next page's password")
    }

    /// The visitor is alone with whatever shows now, however the station came to ask.
    fn uncovered(&self) -> Result {
        wait_until("the visitor alone with the page", STEP * 2, || {
            let screen = self.kiosk.ui()?.screen;
            match screen.as_str() {
                "private" => self.kiosk.click("private.itsme")?,
                "consent" => self.kiosk.click("consent.no")?,
                _ => {}
            }
            Ok(screen == "guest")
        })
    }
}
