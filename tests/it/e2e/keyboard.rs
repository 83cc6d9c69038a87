//! A visit without a mouse.

use estran_driver::{Kiosk, Page, Result, STEP, visit, wait_until};

use super::both;

both!(a_visit_by_keyboard_alone);

fn a_visit_by_keyboard_alone(kiosk: &mut Kiosk) -> Result {
    kiosk.wait_screen("welcome", visit::FIRST_PAGE)?;
    kiosk.press_by_keyboard("welcome.start")?;
    kiosk.wait_screen("notice", STEP)?;
    kiosk.press_by_keyboard("notice.read")?;
    kiosk.wait_screen("choosing", STEP)?;
    kiosk.press_by_keyboard("choosing.practice")?;
    kiosk.wait_screen("guest", STEP)?;
    visit::wait_page(kiosk, visit::FIRST_PAGE)?;
    kiosk.page_has_keyboard()?;
    // A key of the page: its own search field shows, and goes again.
    let page = Page::of(kiosk);
    let before = page.settle()?;
    kiosk.desk().press("ctrl+f")?;
    wait_until("the browser's search field", STEP, || {
        Ok(page.look()?.differing(&before) > 2_000)
    })?;
    kiosk.desk().press("Escape")?;
    kiosk.leave_guest_by_keyboard()?;
    kiosk.press_by_keyboard("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.press_by_keyboard("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE)?;
    Ok(())
}
