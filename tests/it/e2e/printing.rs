//! What the visitor takes along: paper from the page and from the farewell, copies on a stick.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use estran_driver::practice::{self, Person};
use estran_driver::{Kiosk, Options, Page, Printer, Result, STEP, visit, wait_until};

use super::{check, options, quiet, secret, with_options};

mod the_page_and_a_document_are_taken_and_nothing_remains {
    #[test]
    fn firefox() {
        super::on_a_kiosk("firefox");
    }

    #[test]
    fn chromium() {
        super::on_a_kiosk("chromium");
    }
}

/// A kiosk with a printer and a stick.
fn on_a_kiosk(browser: &str) {
    let printer = Printer::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let options = Options {
        config: house(folder.path(), &printer).unwrap(),
        more: vec!["--stick".into(), stick.display().to_string()],
        ..options(browser)
    };
    with_options("printing", &options, |kiosk| take(kiosk, printer, &stick));
}

/// The sample house with this printer.
pub fn house(folder: &Path, printer: &Printer) -> Result<PathBuf> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    let house = folder.join("house");
    fs::create_dir(&house)?;
    fs::copy(sample.join("demarches.toml"), house.join("demarches.toml"))?;
    let station = fs::read_to_string(sample.join("station.toml"))?;
    let station = format!("{station}\n[printer]\nuri = {:?}\n", printer.uri());
    fs::write(house.join("station.toml"), station)?;
    Ok(house)
}

fn take(kiosk: &mut Kiosk, printer: Printer, stick: &Path) -> Result {
    let (secret, since) = (secret(), SystemTime::now());
    visit::enter(kiosk, &mut quiet)?;
    print_page(kiosk, &printer, &secret)?;
    practice::identity_after_name(kiosk, &Person::with(&secret))?;
    let page = Page::of(kiosk);
    page.settle()?;
    page.go("http://127.0.0.1:8080/exemple/justificatif.pdf")
        .ok();
    let name = practice::wait_document(kiosk, "justificatif")?;
    let original = kiosk.guest_file(&format!("/home/visitor/Documents/{name}"))?;

    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    let row = kiosk.control("farewell.print.1", STEP)?.middle();
    kiosk.click("farewell.copy.1")?;
    wait_until("the copy", STEP, || {
        Ok(fs::read(stick.join(&name)).is_ok_and(|copy| copy == original))
    })?;
    let sheets = printer.paper().len();
    kiosk.click("farewell.print.1")?;
    wait_until("the document on paper", STEP * 4, || {
        Ok(printer.paper().len() > sheets)
    })?;
    // Nothing that was said of the stick and the printer has moved a button under a hand.
    let now = kiosk.control("farewell.print.1", STEP * 2)?.middle();
    check(now == row, || {
        format!("the document's row was at {row:?}, is at {now:?}")
    })?;
    // The wipe waits for the printer: once it is over, so is the job.
    kiosk.click("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE * 2)?;
    check(!kiosk.said().contains("quarantine"), || kiosk.said())?;
    drop(printer);
    fs::remove_file(stick.join(&name))?;
    let traces = visit::traces(kiosk, &secret, since)?;
    check(traces.is_empty(), || format!("left: {traces:#?}"))
}

/// Prints the form with the secret in it by the browser's own key.
fn print_page(kiosk: &Kiosk, printer: &Printer, secret: &str) -> Result {
    practice::open_request(kiosk)?;
    let page = Page::of(kiosk);
    page.fill("à recopier", secret)?;
    page.settle()?;
    let before = kiosk.desk().look()?;
    kiosk.desk().press("ctrl+p")?;
    kiosk.desk().wait_change(&before, 50_000, STEP)?;
    // The preview needs its time; the key works once the printer's own settings are there.
    std::thread::sleep(Duration::from_secs(3));
    page.settle()?;
    kiosk.desk().press("Return")?;
    printer.wait_sheet(secret)?;
    page.settle()?;
    Ok(())
}
