//! Every way in which the visitor takes the hand back, each in the middle of a word that the helper
//! writes at keys of their own. That no event comes between is shown at the seat
//! (`display::tests::second`, `display::seat_tests`, `gate::all_sources_at_all_stages`).

use std::fs;
use std::path::Path;
use std::time::Duration;

use estran_driver::practice::{self, Person};
use estran_driver::{Helper, Kiosk, Options, Page, Picture, Rect, Result, STEP, visit, wait_until};

use super::consent::{add_to_name, banner_gone};
use super::{check, options, quiet, with_options};

mod each_way_of_taking_back_cuts_a_word {
    #[test]
    fn firefox() {
        super::in_a_house_with_a_button("firefox");
    }

    #[test]
    fn chromium() {
        super::in_a_house_with_a_button("chromium");
    }
}

/// How the visitor takes the hand back.
const WAYS: [&str; 6] = [
    "banner",
    "button",
    "F12",
    "Pause",
    "F13",
    "F12 over a sheet",
];

/// The sample house, whose physical button is a key F13.
fn in_a_house_with_a_button(browser: &str) {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    let station = fs::read_to_string(sample.join("station.toml")).unwrap();
    let with_button = station.replace("# take_back_key = 183", "take_back_key = 183");
    assert_ne!(station, with_button, "the sample shows how");
    fs::write(folder.path().join("station.toml"), with_button).unwrap();
    fs::copy(
        sample.join("demarches.toml"),
        folder.path().join("demarches.toml"),
    )
    .unwrap();
    let options = Options {
        config: folder.path().to_owned(),
        ..options(browser)
    };
    with_options("taking-back", &options, each_way);
}

fn each_way(kiosk: &mut Kiosk) -> Result {
    let person = Person::with("avant");
    visit::enter(kiosk, &mut quiet)?;
    practice::open_request(kiosk)?;
    let helper = Helper::sits_down(kiosk)?;
    add_to_name(kiosk, "A")?;
    for way in WAYS {
        kiosk.click("guest.help")?;
        visit::ask(kiosk)?;
        visit::say_yes(kiosk)?;
        add_to_name(kiosk, "")?;
        // The visitor's hand has just won: the helper's waits a moment.
        std::thread::sleep(Duration::from_secs(2));
        helper.type_text("mo")?;
        take_back(kiosk, way).map_err(|error| format!("{way}: {error}"))?;
        banner_gone(kiosk).map_err(|error| format!("{way}: {error}"))?;
        helper.type_text("tcoupe")?;
        // What was done is said, and goes when it was read.
        kiosk.click("helped.ok")?;
    }
    add_to_name(kiosk, "z")?;
    let arrived = practice::identity_after_name(kiosk, &person)?;
    let name = practice::value(&arrived, "nom");
    // The positive control is in it: what was written before each way arrived.
    let expected = format!("A{}z", "mo".repeat(WAYS.len()));
    check(name == Some(expected.as_str()), || format!("{name:?}"))
}

fn take_back(kiosk: &Kiosk, way: &str) -> Result {
    match way {
        // Anywhere on the banner, far from its buttons.
        "banner" => {
            let (_, y) = kiosk.control("helper.takeback", STEP)?.middle();
            kiosk.desk().click(40, y)
        }
        "button" => kiosk.click("helper.takeback"),
        "F12 over a sheet" => {
            kiosk.click("helper.menu")?;
            kiosk.wait_screen("helper", STEP)?;
            kiosk.desk().press("F12")?;
            kiosk.wait_screen("guest", STEP).map(drop)
        }
        key => kiosk.desk().press(key),
    }
}

/// A refused question leaves the page as it was, whatever the helper pressed meanwhile.
fn refused(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    practice::open_request(kiosk)?;
    let helper = Helper::sits_down(kiosk)?;
    add_to_name(kiosk, "A")?;
    let page = Page::of(kiosk);
    page.click_margin()?;
    let before = page.settle()?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    helper.points(0.5, 0.5)?;
    helper.clicks()?;
    helper.type_text("interdit\n")?;
    kiosk.click("consent.no")?;
    kiosk.wait_screen("guest", STEP)?;
    helper.type_text("interdit\n")?;
    check(kiosk.ui()?.control("helper.takeback").is_none(), || {
        "a no gave the hand".into()
    })?;
    // The page has the keyboard again, as before: without it a browser draws its frame paler.
    page.click_margin()?;
    let after = page.settle()?;
    let changed = beside_the_scrollbar(&after).differing(&beside_the_scrollbar(&before));
    check(changed < 150, || {
        format!("{changed} pixels are not as before")
    })?;
    // A letter would be seen: the visitor's own is.
    add_to_name(kiosk, "bbb")?;
    // Who was writing and says no goes on writing, without a click.
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    kiosk.click("consent.no")?;
    kiosk.wait_screen("guest", STEP)?;
    wait_until("the keyboard at the page", STEP, || {
        Ok(kiosk.ui()?.focus.as_deref() == Some("guest.page"))
    })?;
    let caret = page.look()?;
    for _ in 0..6 {
        kiosk.desk().press("m")?;
    }
    wait_until("letters after a no", STEP, || {
        Ok(page.look()?.differing(&caret) > 400)
    })?;
    page.click_margin()?;
    wait_until("the visitor's own letters", STEP, || {
        Ok(page.look()?.differing(&before) > 150)
    })
}

/// Without the right edge, where a browser's scrollbar comes and goes by itself.
fn beside_the_scrollbar(page: &Picture) -> Picture {
    page.crop(Rect {
        x: 0,
        y: 0,
        width: page.width() - 16,
        height: page.height(),
    })
}

mod a_no_leaves_the_page_as_it_was {
    #[test]
    fn firefox() {
        crate::e2e::with_kiosk("refused", "firefox", super::refused);
    }

    #[test]
    fn chromium() {
        crate::e2e::with_kiosk("refused", "chromium", super::refused);
    }
}
