//! A program of the house beside the browsers: a tile starts it, in the same closed space.

use std::fs;
use std::path::{Path, PathBuf};

use estran_driver::{Kiosk, Options, Page, Result, STEP, visit, wait_until};

use super::{check, options, secret, with_options};

const APPS: &str = "[[app]]\nkey = \"lettre\"\nlabel = { fr = \"Écrire une lettre\" }\n\
                    command = [\"/usr/bin/mousepad\", \"/home/visitor/Documents/lettre.txt\"]\n";

#[test]
fn a_letter_is_written_and_offered_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        config: house(folder.path()).unwrap(),
        ..options("chromium")
    };
    with_options("apps", &options, write);
}

/// The sample house with an editor, and without sticks.
fn house(folder: &Path) -> Result<PathBuf> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    fs::copy(sample.join("demarches.toml"), folder.join("demarches.toml"))?;
    let station = fs::read_to_string(sample.join("station.toml"))?;
    let station = station.replace("policy = \"take\"", "policy = \"off\"");
    fs::write(folder.join("station.toml"), station)?;
    fs::write(folder.join("apps.toml"), APPS)?;
    Ok(folder.to_owned())
}

fn write(kiosk: &mut Kiosk) -> Result {
    let secret = secret();
    kiosk.wait_screen("welcome", visit::FIRST_PAGE)?;
    kiosk.click("welcome.start")?;
    kiosk.wait_screen("notice", STEP)?;
    kiosk.click("notice.read")?;
    kiosk.wait_screen("choosing", STEP)?;
    // Below the démarches of this house: reached by the keyboard, which brings it into sight.
    kiosk.press_by_keyboard("choosing.app.lettre")?;
    kiosk.wait_screen("guest", visit::FIRST_PAGE)?;
    Page::of(kiosk).settle()?;
    kiosk.page_has_keyboard()?;
    kiosk.desk().type_text(&secret)?;
    kiosk.desk().press("ctrl+s")?;
    wait_until("the letter", STEP, || {
        let letter = kiosk.guest_file("/home/visitor/Documents/lettre.txt");
        Ok(letter.is_ok_and(|letter| String::from_utf8_lossy(&letter).contains(&secret)))
    })?;
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    // No printer and no stick in this house: the letter is shown, and there is nothing to press.
    let ui = kiosk.ui()?;
    check(
        ui.controls
            .iter()
            .all(|each| !each.id.starts_with("farewell.copy")),
        || format!("{:?}", ui.controls),
    )?;
    kiosk.click("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE)?;
    Ok(())
}
