//! "Ai-je le droit de… ?", from the helper's banner and from the screen of staff: one press, an answer,
//! and back.

use estran_driver::{Kiosk, Result, STEP, visit, wait_until};

use super::staff::enter_staff;
use super::{both, check, quiet};

both!(the_rights_sheet_is_one_press_away_and_leads_back);

fn the_rights_sheet_is_one_press_away_and_leads_back(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    visit::say_yes(kiosk)?;
    kiosk.click("helper.right")?;
    kiosk.wait_screen("rights", STEP)?;
    find_an_answer(kiosk)?;
    kiosk.click("rights.close")?;
    kiosk.wait_screen("guest", STEP)?;
    // Nothing was taken from the helper meanwhile; the sheet is in their menu, too.
    kiosk.control("helper.takeback", STEP)?;
    kiosk.click("helper.menu")?;
    kiosk.click("helper.rights")?;
    kiosk.wait_screen("rights", STEP)?;
    kiosk.desk().press("Escape")?;
    kiosk.wait_screen("guest", STEP)?;
    kiosk.click("helper.takeback")?;
    visit::leave(kiosk, &mut quiet)?;
    enter_staff(kiosk)?;
    // It may be below what the screen shows: the keyboard brings it there.
    kiosk.press_by_keyboard("staff.rights")?;
    kiosk.wait_screen("rights", STEP)?;
    find_an_answer(kiosk)?;
    kiosk.click("rights.close")?;
    kiosk.wait_screen("staff", STEP)?;
    kiosk.click("staff.leave")?;
    kiosk.wait_screen("welcome", STEP).map(drop)
}

/// Searches for a word, opens what is found, and goes back to the list.
fn find_an_answer(kiosk: &Kiosk) -> Result {
    let questions = |kiosk: &Kiosk| -> Result<Vec<(String, String)>> {
        let controls = kiosk.ui()?.controls.into_iter();
        let all = controls.filter(|one| one.id.starts_with("rights.question."));
        Ok(all.map(|one| (one.id, one.label)).collect())
    };
    let every = questions(kiosk)?.len();
    check(every >= 20, || format!("{every} questions"))?;
    kiosk.click("rights.search")?;
    kiosk.desk().type_text("payer")?;
    wait_until("the questions about paying", STEP, || {
        let found = questions(kiosk)?;
        Ok(!found.is_empty() && found.len() < every)
    })?;
    let (id, label) = questions(kiosk)?.remove(0);
    check(label.to_lowercase().contains("pa"), || label.clone())?;
    kiosk.click(&id)?;
    // The answer's page has a way back to the list, and no search.
    kiosk.control("rights.back", STEP)?;
    check(kiosk.ui()?.control("rights.search").is_none(), || {
        "the list is still there".into()
    })?;
    kiosk.click("rights.back")?;
    kiosk.control("rights.search", STEP).map(drop)
}
