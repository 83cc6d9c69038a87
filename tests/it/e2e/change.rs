//! Two démarches in one visit: the second one opens, and the documents of the first are there.

use std::fs;

use estran_driver::{Kiosk, Options, Page, Result, STEP, practice, visit, wait_until};

use super::{check, options, quiet, with_options};

mod a_second_demarche_opens_and_the_documents_are_there {
    #[test]
    fn firefox() {
        super::on_a_kiosk("firefox");
    }

    #[test]
    fn chromium() {
        super::on_a_kiosk("chromium");
    }
}

fn on_a_kiosk(browser: &str) {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let options = Options {
        more: vec!["--stick".into(), stick.display().to_string()],
        ..options(browser)
    };
    with_options("change", &options, |kiosk| {
        let (name, original) = first(kiosk)?;
        second(kiosk)?;
        kiosk.click("guest.finish")?;
        kiosk.wait_screen("farewell", STEP)?;
        kiosk.click("farewell.copy.1")?;
        wait_until("the document of the first démarche", STEP, || {
            Ok(fs::read(stick.join(&name)).is_ok_and(|copy| copy == original))
        })?;
        kiosk.click("farewell.erase")?;
        kiosk.wait_screen("welcome", visit::WIPE * 2)?;
        let said = kiosk.said();
        let clean = !said.contains("quarantine") && !said.contains("not clean between");
        check(clean, || said)
    });
}

/// The practice, which has no network, and a document of it.
fn first(kiosk: &mut Kiosk) -> Result<(String, Vec<u8>)> {
    visit::enter(kiosk, &mut quiet)?;
    let page = Page::of(kiosk);
    page.settle()?;
    page.go("http://127.0.0.1:8080/exemple/justificatif.pdf")
        .ok();
    let name = practice::wait_document(kiosk, "justificatif")?;
    let original = kiosk.guest_file(&format!("/home/visitor/Documents/{name}"))?;
    Ok((name, original))
}

/// The open web: whatever this machine's network makes of its first page, the browser is there.
fn second(kiosk: &Kiosk) -> Result {
    kiosk.click("guest.home")?;
    kiosk.click("choosing.free")?;
    kiosk.wait_screen("guest", visit::FIRST_PAGE)?;
    wait_until("the second démarche", visit::FIRST_PAGE, || {
        let ui = kiosk.ui()?;
        Ok(ui.focus.as_deref() == Some("guest.page") && ui.control("gone.restart").is_none())
    })?;
    Page::of(kiosk).settle().map(drop)
}
