//! Consent comes before the helper, and ends when the visitor says so.

use estran_driver::practice::{self, Person};
use estran_driver::{Kiosk, Page, Result, STEP, visit, wait_until};

use super::{both, check, quiet};

both!(no_is_no, yes_until_taken_back, nothing_is_ticked_beforehand);

fn no_is_no(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    kiosk.click("consent.no")?;
    let ui = kiosk.wait_screen("guest", STEP)?;
    check(ui.control("helper.takeback").is_none(), || {
        "the helper has the hand".into()
    })?;
    visit::leave(kiosk, &mut quiet)?;
    Ok(())
}

fn nothing_is_ticked_beforehand(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    let ui = kiosk.ui()?;
    let gestures = ui
        .controls
        .iter()
        .filter(|each| each.id.starts_with("consent.gesture."));
    let ticked: Vec<_> = gestures.clone().map(|each| each.checked).collect();
    check(ticked.len() >= 5, || {
        format!("only {} gestures", ticked.len())
    })?;
    check(ticked.iter().all(|each| *each == Some(false)), || {
        format!("{ticked:?}")
    })?;
    // Yes and No: the same size, side by side.
    let size = |id: &str| ui.control(id).map(|each| (each.bounds[2], each.bounds[3]));
    let (yes, no) = (size("consent.yes"), size("consent.no"));
    check(yes.is_some() && yes == no, || {
        format!("yes {yes:?}, no {no:?}")
    })
}

fn yes_until_taken_back(kiosk: &mut Kiosk) -> Result {
    let person = Person::with("avant");
    visit::enter(kiosk, &mut quiet)?;
    practice::open_request(kiosk)?;
    add_to_name(kiosk, "Aa")?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    // While the question stands, no key reaches the page.
    kiosk.desk().type_text("interdit")?;
    kiosk.wait_screen("consent", STEP)?;
    kiosk.click("consent.gesture.write")?;
    kiosk.click("consent.yes")?;
    kiosk.control("helper.takeback", STEP)?;
    add_to_name(kiosk, "bb")?;
    kiosk.click("helper.takeback")?;
    wait_until("the helper's banner to go", STEP, || {
        Ok(kiosk.ui()?.control("helper.takeback").is_none())
    })?;
    add_to_name(kiosk, "cc")?;
    let arrived = practice::identity_after_name(kiosk, &person)?;
    let name = practice::value(&arrived, "nom");
    check(name == Some("Aabbcc"), || format!("{name:?}"))
}

/// Writes at the end of the family name, and stays there.
fn add_to_name(kiosk: &Kiosk, text: &str) -> Result {
    let page = Page::of(kiosk);
    page.click_margin()?;
    page.find("à recopier")?;
    kiosk.desk().press("Tab")?;
    kiosk.desk().press("End")?;
    kiosk.desk().type_text(text)
}
