//! The kiosk starts, welcomes, and can be walked to the list of démarches.

use std::time::Duration;

use estran_driver::{Kiosk, Result, STEP};

use super::{both, check};

both!(welcomes_and_leads_to_the_choice);

fn welcomes_and_leads_to_the_choice(kiosk: &mut Kiosk) -> Result {
    let ui = kiosk.wait_screen("welcome", STEP)?;
    check(ui.lang == "fr", || format!("language {:?}", ui.lang))?;
    let picture = kiosk.desk().wait_still(Duration::from_millis(300), STEP)?;
    let all = estran_driver::Rect {
        x: 0,
        y: 0,
        width: picture.width(),
        height: picture.height(),
    };
    check(picture.colours(all, 64) >= 64, || {
        "the screen is blank".into()
    })?;
    kiosk.click("welcome.start")?;
    kiosk.wait_screen("notice", STEP)?;
    kiosk.click("notice.read")?;
    kiosk.wait_screen("choosing", STEP)?;
    kiosk.control("choosing.practice", STEP)?;
    Ok(())
}

#[test]
fn without_a_display_the_reason_and_a_remedy_are_said() {
    for dead in [None, Some(":4093")] {
        let mut estran = std::process::Command::new(env!("CARGO_BIN_EXE_estran"));
        estran.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
        estran.envs(dead.map(|name| ("DISPLAY", name)));
        let ended = estran.output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout) + String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{said}");
        assert!(
            said.contains("cargo xtask run") && !said.contains("panic"),
            "{said}"
        );
    }
}
