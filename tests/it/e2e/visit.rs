//! A whole visit: what is typed arrives as it was typed, what is downloaded is offered at the end.

use estran_driver::practice::{self, Person, value};
use estran_driver::{Kiosk, Result, STEP, visit, wait_until};

use super::{check, options, quiet, with_options};

mod a_form_with_accents_arrives_and_the_download_is_offered {
    #[test]
    fn firefox() {
        super::with_a_stick("form", "firefox", super::form);
    }

    #[test]
    fn chromium() {
        super::with_a_stick("form", "chromium", super::form);
    }
}

mod without_a_download_nothing_is_offered {
    #[test]
    fn firefox() {
        super::with_a_stick("no-download", "firefox", super::no_download);
    }

    #[test]
    fn chromium() {
        super::with_a_stick("no-download", "chromium", super::no_download);
    }
}

/// With a stick there: only then is a copy of a document offered.
fn with_a_stick(name: &str, browser: &str, test: impl FnOnce(&mut Kiosk) -> Result) {
    let stick = tempfile::tempdir().unwrap();
    let mut options = options(browser);
    options.more = vec!["--stick".into(), stick.path().display().to_string()];
    with_options(name, &options, test);
}

fn form(kiosk: &mut Kiosk) -> Result {
    let person = Person::with("merci à tous");
    visit::enter(kiosk, &mut quiet)?;
    practice::open_request(kiosk)?;
    let identity = practice::identity(kiosk, &person)?;
    for (field, wanted) in [
        ("nom", person.name.as_str()),
        ("prenom", &person.given_name),
        ("jour", "14"),
        ("mois", "5"),
        ("annee", "1951"),
        ("ville", &person.town),
        ("numero", "2510522999999"),
    ] {
        let arrived = value(&identity, field);
        check(arrived == Some(wanted), || {
            format!("{field}: {arrived:?}, not {wanted:?}")
        })?;
    }
    let situation = practice::situation(kiosk, &person)?;
    for (field, wanted) in [
        ("logement", "locataire"),
        ("famille", "seul"),
        ("soins", "dents"),
        ("precisions", &person.remark),
    ] {
        let arrived = value(&situation, field);
        check(arrived == Some(wanted), || {
            format!("{field}: {arrived:?}, not {wanted:?}")
        })?;
    }
    practice::document(kiosk)?;
    practice::send(kiosk)?;
    let name = practice::download(kiosk)?;
    kiosk.click("guest.finish")?;
    kiosk.wait_screen("farewell", STEP)?;
    // The example file and the certificate, each with its own button (no printer is set up here).
    wait_until("two documents on the farewell", STEP, || {
        let ui = kiosk.ui()?;
        let offered = ui
            .controls
            .iter()
            .filter(|each| each.id.starts_with("farewell.copy."));
        Ok(offered.count() == 2)
    })?;
    check(name.starts_with("attestation-"), || name.clone())?;
    kiosk.click("farewell.erase")?;
    kiosk.wait_screen("welcome", visit::WIPE)?;
    Ok(())
}

fn no_download(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    kiosk.click("guest.finish")?;
    let ui = kiosk.wait_screen("farewell", STEP)?;
    let offered = ui
        .controls
        .iter()
        .find(|each| each.id.starts_with("farewell.copy"));
    check(offered.is_none(), || format!("{offered:?}"))?;
    // The way back leads to the same page, and the end is reached all the same.
    kiosk.click("farewell.back")?;
    kiosk.wait_screen("guest", STEP)?;
    visit::wait_page(kiosk, STEP)?;
    visit::leave(kiosk, &mut quiet)?;
    Ok(())
}
