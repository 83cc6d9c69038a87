//! Consent comes before the helper, and ends when the visitor says so.

use estran_driver::practice::{self, Person};
use estran_driver::{Helper, Kiosk, Page, Result, STEP, visit, wait_until};

use super::{both, check, quiet};

both!(
    no_is_no,
    yes_until_taken_back,
    nothing_is_ticked_beforehand,
    a_password_field_stops_the_helper,
    a_second_seat_writes_only_by_a_living_yes,
    an_act_is_asked_at_its_moment,
    silence_leaves_the_page_as_it_was,
);

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
    visit::ask_for(kiosk, &["write", "upload", "submit"])?;
    let ui = kiosk.ui()?;
    let gestures = ui
        .controls
        .iter()
        .filter(|each| each.id.starts_with("consent.gesture."));
    let ticked: Vec<_> = gestures.clone().map(|each| each.checked).collect();
    check(ticked.len() == 3, || {
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
    visit::say_yes(kiosk)?;
    add_to_name(kiosk, "bb")?;
    kiosk.click("helper.takeback")?;
    banner_gone(kiosk)?;
    add_to_name(kiosk, "cc")?;
    // A second time, by the key that takes the hand back wherever the keyboard is.
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    visit::say_yes(kiosk)?;
    add_to_name(kiosk, "dd")?;
    kiosk.desk().press("F12")?;
    banner_gone(kiosk)?;
    add_to_name(kiosk, "ee")?;
    let arrived = practice::identity_after_name(kiosk, &person)?;
    let name = practice::value(&arrived, "nom");
    check(name == Some("Aabbccddee"), || format!("{name:?}"))
}

fn a_password_field_stops_the_helper(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let page = Page::of(kiosk);
    page.go(&format!("{}connexion", practice::SITE))?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    visit::say_yes(kiosk)?;
    page.click_margin()?;
    // The positive control: with the grant, what is typed shows in the page.
    page.find("Adresse")?;
    kiosk.desk().press("Tab")?;
    let before = page.settle()?;
    kiosk.desk().type_text("eloise")?;
    wait_until("the address to show in its field", STEP, || {
        Ok(page.look()?.differing(&before) > 150)
    })?;
    check(kiosk.ui()?.screen == "guest", || {
        "an address field is private".into()
    })?;
    kiosk.desk().press("Tab")?;
    kiosk.wait_screen("private", STEP)?;
    check(kiosk.ui()?.guest.is_none(), || "the page shows".into())?;
    kiosk.desk().type_text("interdit")?;
    kiosk.wait_screen("private", STEP)?;
    kiosk.click("private.itsme")?;
    kiosk.wait_screen("guest", STEP)?;
    kiosk.page_has_keyboard()?;
    // Nothing arrived: the field is as empty as it was; now it takes the visitor's own keys.
    let empty = page.settle()?;
    kiosk.desk().type_text("permis")?;
    wait_until("the password's dots", STEP, || {
        Ok(page.look()?.differing(&empty) > 150)
    })?;
    for _ in 0.."permis".len() {
        kiosk.desk().press("BackSpace")?;
    }
    let again = page.settle()?;
    let changed = again.differing(&empty);
    check(changed < 150, || {
        format!("without the visitor's own letters the field is not as before: {changed} pixels")
    })?;
    kiosk.desk().press("BackSpace")?;
    let more = page.settle()?.differing(&again);
    check(more < 150, || {
        format!("a letter from behind the private screen was there: {more} pixels")
    })
}

/// The helper's own keyboard: dropped before a yes, heard with it, cut in the middle of a word by
/// the visitor, and dropped after.
fn a_second_seat_writes_only_by_a_living_yes(kiosk: &mut Kiosk) -> Result {
    let person = Person::with("avant");
    visit::enter(kiosk, &mut quiet)?;
    practice::open_request(kiosk)?;
    let helper = Helper::sits_down(kiosk)?;
    add_to_name(kiosk, "Aa")?;
    helper.type_text("interdit")?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    // The helper's devices cannot answer, wherever their mouse is and whatever they press.
    let yes = kiosk.ui()?.control("consent.yes").map(|each| each.bounds);
    check(yes.is_some(), || "no question".into())?;
    helper.points(0.9, 0.9)?;
    for _ in 0..3 {
        helper.clicks()?;
        helper.type_text("\t\n ")?;
    }
    kiosk.wait_screen("consent", STEP)?;
    visit::say_yes(kiosk)?;
    caret_at_the_end(kiosk)?;
    // The visitor's hand wins, and the helper's waits a moment.
    helper.type_text("perdu")?;
    std::thread::sleep(std::time::Duration::from_secs(2));
    helper.type_text("bb")?;
    // In the middle of a word. That no event comes between is tested at the seat itself.
    helper.type_text("mo")?;
    kiosk.desk().press("F12")?;
    banner_gone(kiosk)?;
    helper.type_text("tcoupe")?;
    // What was done is said, and goes when it was read.
    kiosk.click("helped.ok")?;
    add_to_name(kiosk, "zz")?;
    let arrived = practice::identity_after_name(kiosk, &person)?;
    let name = practice::value(&arrived, "nom");
    check(name == Some("Aabbmozz"), || format!("{name:?}"))
}

/// "Je vais valider" is a question of its own; until the yes the helper's Return sends nothing.
fn an_act_is_asked_at_its_moment(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let helper = Helper::sits_down(kiosk)?;
    kiosk.click("guest.help")?;
    visit::ask_for(kiosk, &["write", "submit"])?;
    visit::tick(kiosk, "submit")?;
    visit::say_yes(kiosk)?;
    kiosk.click("helper.menu")?;
    check(kiosk.ui()?.control("helper.will.pay").is_none(), || {
        "paying was never ticked".into()
    })?;
    kiosk.click("helper.will.submit")?;
    kiosk.wait_screen("consent", STEP)?;
    helper.type_text("\n")?;
    kiosk.click("consent.no")?;
    kiosk.control("helper.menu", STEP)?;
    kiosk.click("helper.menu")?;
    kiosk.click("helper.will.submit")?;
    kiosk.wait_screen("consent", STEP)?;
    kiosk.control("consent.yes", STEP)?;
    kiosk.click("consent.yes")?;
    kiosk.click("helper.did")?;
    kiosk.control("helper.menu", STEP)?;
    kiosk.click("helper.takeback")?;
    banner_gone(kiosk)
}

/// A question that nobody answers is a No, and the page is as it was.
fn silence_leaves_the_page_as_it_was(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    let helper = Helper::sits_down(kiosk)?;
    let page = Page::of(kiosk);
    let before = page.settle()?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    helper.type_text("interdit")?;
    // The configured time, and what a loaded machine needs beside it.
    kiosk.wait_screen("guest", std::time::Duration::from_secs(150))?;
    check(kiosk.ui()?.control("helper.takeback").is_none(), || {
        "silence gave the hand".into()
    })?;
    let after = page.settle()?;
    let changed = after.differing(&before);
    check(changed < 150, || {
        format!("{changed} pixels are not as before")
    })
}

/// The caret stands at the end of the family name, put there by the visitor.
fn caret_at_the_end(kiosk: &Kiosk) -> Result {
    add_to_name(kiosk, "")
}

pub fn banner_gone(kiosk: &Kiosk) -> Result {
    wait_until("the helper's banner to go", STEP, || {
        Ok(kiosk.ui()?.control("helper.takeback").is_none())
    })
}

/// Writes at the end of the family name, and stays there.
pub fn add_to_name(kiosk: &Kiosk, text: &str) -> Result {
    let page = Page::of(kiosk);
    page.click_margin()?;
    page.find("à recopier")?;
    kiosk.desk().press("Tab")?;
    kiosk.desk().press("End")?;
    kiosk.desk().type_text(text)
}
