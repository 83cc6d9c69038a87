//! When the browser stops by itself, the visitor is told kindly and chooses.

use estran_driver::{Kiosk, Result, STEP, trace, visit};

use super::{both, check, quiet};

both!(begins_again_in_the_same_visit, or_ends);

/// Ends the browser as the kernel would when memory runs out.
fn stop_browser(kiosk: &Kiosk) -> Result {
    let mut browsers = kiosk.guest_processes();
    browsers.retain(|pid| {
        let name = trace::name(*pid);
        name.starts_with("firefox") || name.starts_with("chromium") || name.starts_with("Main")
    });
    check(!browsers.is_empty(), || "no browser runs".into())?;
    for pid in browsers {
        let status = std::process::Command::new("kill")
            .args(["-9", &pid.to_string()])
            .stderr(std::process::Stdio::null())
            .status();
        status?;
    }
    Ok(())
}

fn begins_again_in_the_same_visit(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let root = kiosk.guest_root().ok_or("no guest runs")?;
    std::fs::write(root.join("home/visitor/Documents/kept.pdf"), "%PDF-")?;
    stop_browser(kiosk)?;
    kiosk.wait_screen("gone", STEP)?;
    kiosk.click("gone.restart")?;
    kiosk.wait_screen("guest", STEP)?;
    visit::wait_page(kiosk, visit::FIRST_PAGE)?;
    // The same visit: what was there is still there.
    kiosk.guest_file("/home/visitor/Documents/kept.pdf")?;
    visit::leave(kiosk, &mut quiet)?;
    Ok(())
}

fn or_ends(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    stop_browser(kiosk)?;
    kiosk.wait_screen("gone", STEP)?;
    kiosk.click("gone.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.click("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE)?;
    Ok(())
}
