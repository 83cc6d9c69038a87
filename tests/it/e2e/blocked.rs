//! A page that this visit may not open: the station says why in plain words, and leads back.

use std::thread;
use std::time::Duration;

use estran_driver::{Kiosk, Page, Result, STEP, visit, wait_until};

use super::{both, check, evidence, quiet};

both!(a_page_that_is_not_opened_is_told_why_and_leads_back);

const HOME: &str = "http://127.0.0.1:8080/";

/// The station's own word, above the page.
const BACK: &str = "guest.way-back";

fn told(kiosk: &Kiosk) -> Result<bool> {
    Ok(kiosk.ui()?.control(BACK).is_some())
}

fn a_page_that_is_not_opened_is_told_why_and_leads_back(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let page = Page::of(kiosk);
    // What is opened is not told of, however long one waits for it.
    page.go(&format!("{HOME}fiche"))?;
    thread::sleep(Duration::from_secs(4));
    check(!told(kiosk)?, || "an allowed page was told of".into())?;
    for (number, address) in [
        "https://interdit.example/dossier?qui=moi",
        "http://interdit.example/",
    ]
    .into_iter()
    .enumerate()
    {
        page.go(address)?;
        let back = kiosk.control(BACK, STEP)?;
        check(back.label == "Revenir à ma démarche", || {
            back.label.clone()
        })?;
        let name = format!("blocked-{number}");
        kiosk.save(&evidence(&name, kiosk.browser()).with_extension("png"))?;
        // The tiles, of which the same one leads to the démarche's first page again.
        kiosk.click(BACK)?;
        kiosk.wait_screen("choosing", STEP)?;
        kiosk.click("choosing.practice")?;
        kiosk.wait_screen("guest", visit::FIRST_PAGE)?;
        visit::wait_page(kiosk, visit::FIRST_PAGE)?;
        wait_until("the word to go with the page", STEP, || Ok(!told(kiosk)?))?;
    }
    // Another page of the démarche by hand is a way back, too.
    page.go("https://interdit.example/encore")?;
    kiosk.control(BACK, STEP)?;
    page.go(&format!("{HOME}fiche"))?;
    wait_until("the word to go with the page", STEP * 2, || {
        Ok(!told(kiosk)?)
    })
}
