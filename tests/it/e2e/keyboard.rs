//! A visit without a mouse.

use estran_driver::{Kiosk, Result, STEP, visit};

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
    kiosk.leave_guest_by_keyboard()?;
    kiosk.press_by_keyboard("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.press_by_keyboard("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE)?;
    Ok(())
}
