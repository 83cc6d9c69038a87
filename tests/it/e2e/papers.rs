//! The papers of a visit, by real keys and clicks, a real print service and a printer that keeps what
//! it gets.

use estran_driver::{Kiosk, Options, Printer, Result, STEP, visit, wait_until};

use super::printing::house;
use super::{both, check, options, quiet, with_options};

both!(without_a_printer_papers_are_not_offered_and_that_is_said);

mod a_mandate_is_for_an_adult_and_papers_are_printed {
    #[test]
    fn firefox() {
        super::with_a_printer("firefox");
    }

    #[test]
    fn chromium() {
        super::with_a_printer("chromium");
    }
}

/// Where the mandate lies once it was made.
const MANDATE: &str = "/home/visitor/Documents/Mandat à signer.pdf";

fn with_a_printer(browser: &str) {
    let printer = Printer::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        config: house(folder.path(), &printer).unwrap(),
        ..options(browser)
    };
    with_options("papers", &options, |kiosk| papers(kiosk, &printer));
}

fn papers(kiosk: &mut Kiosk, printer: &Printer) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.help")?;
    visit::ask_for(kiosk, &["write", "submit"])?;
    visit::tick(kiosk, "write")?;
    kiosk.click("consent.paper")?;
    kiosk.wait_screen("paper-whom", STEP)?;
    for whom in ["minor", "protected"] {
        kiosk.click(&format!("consent.whom.{whom}"))?;
        let ui = kiosk.wait_screen("paper-elsewhere", STEP)?;
        check(ui.control("consent.paper.print").is_none(), || whom.into())?;
        kiosk.click("consent.paper.back")?;
        kiosk.wait_screen("paper-whom", STEP)?;
    }
    let made = |kiosk: &Kiosk| kiosk.guest_file(MANDATE).is_ok();
    check(!made(kiosk) && printer.paper().is_empty(), || {
        "a mandate for somebody who may not sign one".into()
    })?;
    kiosk.click("consent.whom.adult")?;
    kiosk.wait_screen("paper-made", STEP)?;
    wait_until("the mandate, the control of the two above", STEP, || {
        Ok(made(kiosk))
    })?;
    print_and_read(kiosk, printer)?;
    kiosk.click("consent.paper.back")?;
    kiosk.wait_screen("consent", STEP)?;
    kiosk.click("consent.yes")?;
    kiosk.control("helper.takeback", STEP)?;
    kiosk.click("helper.takeback")?;
    kiosk.click("helped.ok")?;
    at_the_farewell(kiosk, printer)
}

/// The mandate on paper: both copies, the house's name, and the slip to withdraw it.
fn print_and_read(kiosk: &Kiosk, printer: &Printer) -> Result {
    // A visitor who reads takes their time.
    kiosk.click("consent.more")?;
    wait_until("the paper to be ready to print", STEP, || {
        Ok(kiosk.control("consent.paper.print", STEP)?.enabled)
    })?;
    kiosk.click("consent.paper.print")?;
    let sheet = one_line(&printer.wait_sheet("Mandat pour une aide en ligne")?);
    for words in [
        "Exemplaire pour vous",
        "Exemplaire pour la structure",
        "Je retire mon accord",
        "aucune mesure de protection",
    ] {
        check(sheet.contains(words), || format!("no {words:?} in {sheet}"))?;
    }
    Ok(())
}

/// What stands on a sheet, whatever its lines are.
fn one_line(sheet: &str) -> String {
    sheet.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The summary of the help and the memo card, from memory to paper.
fn at_the_farewell(kiosk: &Kiosk, printer: &Printer) -> Result {
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.click("farewell.summary")?;
    let summary = one_line(&printer.wait_sheet("Ce que vous avez permis")?);
    for words in ["1 minute", "Écrire et cliquer", "Entraînement"] {
        check(summary.contains(words), || {
            format!("no {words:?} in {summary}")
        })?;
    }
    kiosk.click("farewell.memo")?;
    let memo = printer.wait_sheet("Ma carte mémo")?;
    check(memo.contains("Un mot de passe ne se donne"), || {
        memo.clone()
    })?;
    // They are no documents of the guest's.
    for name in ["Votre aide d’aujourd’hui.pdf", "Ma carte mémo.pdf"] {
        let path = format!("/home/visitor/Documents/{name}");
        check(kiosk.guest_file(&path).is_err(), || path.clone())?;
    }
    kiosk.click("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE * 2)?;
    check(!kiosk.said().contains("quarantine"), || kiosk.said())?;
    // The next visitor had no help: no summary of the last one's.
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    // The control; this visit's printer may answer a moment later.
    kiosk.control("farewell.memo", STEP * 2)?;
    let ui = kiosk.ui()?;
    check(ui.control("farewell.summary").is_none(), || {
        "somebody else's summary".into()
    })
}

fn without_a_printer_papers_are_not_offered_and_that_is_said(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.help")?;
    visit::ask(kiosk)?;
    kiosk.click("consent.paper")?;
    let ui = kiosk.wait_screen("paper-no-printer", STEP)?;
    check(ui.control("consent.whom.adult").is_none(), || {
        "nothing can be printed".into()
    })?;
    kiosk.click("consent.paper.back")?;
    kiosk.wait_screen("consent", STEP)?;
    visit::say_yes(kiosk)?;
    kiosk.click("helper.takeback")?;
    kiosk.click("helped.ok")?;
    kiosk.click("guest.finish")?;
    let ui = kiosk.wait_screen("farewell", STEP)?;
    for id in ["farewell.summary", "farewell.memo"] {
        check(ui.control(id).is_none(), || id.to_owned())?;
    }
    check(kiosk.guest_file(MANDATE).is_err(), || "a mandate".into())
}
