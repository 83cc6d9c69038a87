//! A screen with half as many pixels again in each direction: everything is as large as before,
//! and sharper.

use estran_driver::{Kiosk, Page, Rect, Result, STEP, visit, wait_until};

use super::{check, options, quiet};

#[test]
fn a_dense_screen_is_filled_and_clicks_land() {
    let mut options = options("firefox");
    options.size = (1920, 1080);
    let kiosk = Kiosk::start_scaled(&options, 1.5).unwrap();
    look_and_click(&kiosk).unwrap();
}

fn look_and_click(kiosk: &Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let ui = kiosk.ui()?;
    let guest = ui.guest.ok_or("this screen shows no guest")?;
    let [_, _, width, height] = guest.bounds.map(|value| value as u32);
    check(width == 1920 && height > 900, || {
        format!("the guest has {width} × {height} pixels")
    })?;
    // The browser's menu button stands at the far right: the picture fills the whole width.
    let page = Page::of(kiosk);
    let before = page.settle()?;
    let corner = Rect {
        x: width - 60,
        y: 0,
        width: 60,
        height: 130,
    };
    check(before.colours(corner, 8) >= 8, || {
        "nothing is drawn at the right of the guest's place".into()
    })?;
    // The second half of the page answers where it is seen: its link changes the page.
    let (x, y) = kiosk.guest_point(0.75, 0.74)?;
    kiosk.desk().click(x, y)?;
    wait_until("the page behind the link", STEP, || {
        Ok(page.look()?.differing(&before) > 50_000)
    })
}
