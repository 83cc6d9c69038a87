//! The practice démarche, filled in as a person would, and what the site says that it received.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::{Kiosk, Page, Result, wait_for};

/// What the visitor of a test writes. Accents by keys and by dead keys, on purpose.
#[derive(Clone, Debug)]
pub struct Person {
    /// Family name.
    pub name: String,
    /// Given name.
    pub given_name: String,
    /// Place of birth.
    pub town: String,
    /// Free text.
    pub remark: String,
}

impl Person {
    /// A person who writes `secret` into the free text.
    pub fn with(secret: &str) -> Self {
        Self {
            name: "Lefèvre-Hénoque".into(),
            given_name: "Zoë Françoise".into(),
            town: "Besançon-lès-Forêts".into(),
            remark: format!("Où ça ? C'est l'été : {secret}"),
        }
    }
}

/// Where the practice démarche answers, inside the guest.
pub const SITE: &str = "http://127.0.0.1:8080/";

const ANSWER: Duration = Duration::from_secs(30);

/// Submissions of one form that the site accepted, latest last.
///
/// # Errors
/// When the site has no record (yet).
pub fn accepted(kiosk: &Kiosk, form: &str) -> Result<Vec<Value>> {
    let record = kiosk.practice_record()?;
    let all = record["submissions"].as_array().cloned();
    let mut all = all.ok_or("the record has no submissions")?;
    all.retain(|each| each["form"] == form && each["accepted"] == true);
    Ok(all)
}

/// One value of a submission, as it arrived.
pub fn value<'a>(submission: &'a Value, name: &str) -> Option<&'a str> {
    let fields = submission["fields"].as_array()?;
    let field = fields.iter().find(|field| field["name"] == name)?;
    field["value"].as_str()
}

fn wait_accepted(kiosk: &Kiosk, form: &str) -> Result<Value> {
    wait_for(&format!("the site to accept {form:?}"), ANSWER, || {
        let last = accepted(kiosk, form)?.pop();
        match last {
            Some(last) => Ok(Some(last)),
            None => Err(kiosk.practice_record()?.to_string().into()),
        }
    })
}

/// From the home page to the first page of the request.
///
/// # Errors
/// When the page does not come.
pub fn open_request(kiosk: &Kiosk) -> Result {
    let page = Page::of(kiosk);
    page.settle()?;
    page.click_margin()?;
    page.activate("Faire une demande", 0)?;
    page.settle()?;
    Ok(())
}

/// Fills in the first page and sends it; returns what arrived.
///
/// # Errors
/// When the site does not accept it.
pub fn identity(kiosk: &Kiosk, person: &Person) -> Result<Value> {
    let page = Page::of(kiosk);
    page.fill("à recopier", &person.name)?;
    identity_after_name(kiosk, person)
}

/// Goes on from the family name, which has the keyboard, and sends the first page.
///
/// # Errors
/// When the site does not accept it.
pub fn identity_after_name(kiosk: &Kiosk, person: &Person) -> Result<Value> {
    let page = Page::of(kiosk);
    page.fill_next(&person.given_name)?;
    for part in ["14", "5", "1951"] {
        page.fill_next(part)?;
    }
    page.fill_next(&person.town)?;
    page.fill_next("2510522999999")?;
    kiosk.desk().press("Return")?;
    wait_accepted(kiosk, "identity")
}

/// Fills in the second page and sends it; returns what arrived.
///
/// # Errors
/// When the site does not accept it.
pub fn situation(kiosk: &Kiosk, person: &Person) -> Result<Value> {
    let (page, desk) = (Page::of(kiosk), kiosk.desk());
    page.settle()?;
    page.find("Votre logement")?;
    for key in [
        "Tab", "Space", "Tab", "Down", "Tab", "Space", "Tab", "Tab", "Tab",
    ] {
        desk.press(key)?;
    }
    page.fill_next(&person.remark)?;
    desk.press("Tab")?;
    desk.press("Return")?;
    wait_accepted(kiosk, "situation")
}

/// Fetches the site's example file, chooses it in the browser's file dialog by keyboard alone and
/// sends it.
///
/// # Errors
/// When the site does not accept it.
pub fn document(kiosk: &Kiosk) -> Result<Value> {
    let (page, desk) = (Page::of(kiosk), kiosk.desk());
    page.settle()?;
    page.activate("Téléchargez celui", 0)?;
    wait_document(kiosk, "justificatif")?;
    // One of the browsers shows the file in a tab of its own: back to the form by its address.
    page.settle()?;
    page.go(&format!("{SITE}demande/justificatif"))?;
    page.click_margin()?;
    page.find("10 Mo au plus")?;
    desk.press("Tab")?;
    let before = desk.look()?;
    desk.press("Space")?;
    desk.wait_change(&before, 20_000, ANSWER)?;
    page.settle()?;
    // The dialog shows the documents folder: the first file of the list, then "Ouvrir" by its
    // letter. Chromium's dialog means "Annuler" by the Return key.
    desk.press("Down")?;
    std::thread::sleep(Duration::from_millis(300));
    desk.press("alt+o")?;
    page.settle()?;
    desk.press("Tab")?;
    desk.press("Return")?;
    wait_accepted(kiosk, "document")
}

/// Sends the whole request; returns what arrived.
///
/// # Errors
/// When the site does not accept it.
pub fn send(kiosk: &Kiosk) -> Result<Value> {
    let (page, desk) = (Page::of(kiosk), kiosk.desk());
    page.settle()?;
    page.click_margin()?;
    page.find("Précisions")?;
    desk.press("Tab")?;
    desk.press("Tab")?;
    desk.press("Return")?;
    let sent = wait_accepted(kiosk, "request")?;
    page.settle()?;
    Ok(sent)
}

/// Downloads the certificate; returns its file name.
///
/// # Errors
/// When it does not arrive.
pub fn download(kiosk: &Kiosk) -> Result<String> {
    let page = Page::of(kiosk);
    page.click_margin()?;
    page.activate("Télécharger l", 0)?;
    wait_document(kiosk, "attestation-")
}

/// Waits for a complete document whose name starts so; returns its name.
///
/// # Errors
/// When it does not arrive.
pub fn wait_document(kiosk: &Kiosk, start: &str) -> Result<String> {
    wait_for(&format!("a document {start}…"), ANSWER, || {
        let root = kiosk.guest_root().ok_or("no guest runs")?;
        let folder = root.join("home/visitor/Documents");
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let pdf = Path::new(&name).extension().is_some_and(|end| end == "pdf");
            let finished = pdf && entry.metadata()?.len() > 500;
            if name.starts_with(start) && finished {
                return Ok(Some(name));
            }
        }
        Ok(None)
    })
}
