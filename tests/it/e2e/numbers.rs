//! Staff at the numbers of the house and at the proof, in the real program.

use std::fs;
use std::path::Path;

use estran::usage::{look, read_csv};
use estran_driver::{Kiosk, Result, STEP, visit, wait_until};

use crate::numbers::prepared;

use super::staff::{enter_staff, estranctl, run, status};
use super::{check, evidence, options, quiet};

#[test]
fn a_visit_is_counted_at_the_end_and_staff_copy_the_numbers() {
    let (house, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    prepared(house.path(), "2025-11".parse().unwrap());
    let mut options = options("firefox");
    options.more = ["--stick", &stick.path().display().to_string()]
        .map(str::to_owned)
        .into();
    run("numbers", &options, |kiosk| {
        kiosk.wait_screen("welcome", STEP)?;
        visit::enter(kiosk, &mut quiet)?;
        visit::leave(kiosk, &mut quiet)?;
        let folder = kiosk.folder().join("estran");
        let counted = |folder: &Path| -> Result<u32> {
            let book = look(folder)?.ok_or("no store")?;
            Ok(book.visits(book.written()))
        };
        check(counted(&folder)? == 0, || "a visit was written".into())?;
        // What the station shows is what stands in its file.
        let store = "statistiques.csv";
        fs::copy(house.path().join(store), folder.join(store))?;
        copy_to_stick(kiosk, stick.path())?;
        rustix::process::kill_process(
            rustix::process::Pid::from_raw(kiosk.pid().cast_signed()).ok_or("no process")?,
            rustix::process::Signal::TERM,
        )?;
        wait_until("the visit, written at the end of the program", STEP, || {
            Ok(counted(&folder)? == 1)
        })
    });
}

fn copy_to_stick(kiosk: &Kiosk, stick: &Path) -> Result {
    enter_staff(kiosk)?;
    kiosk.press_by_keyboard("staff.numbers")?;
    kiosk.wait_screen("stats", STEP)?;
    kiosk.control("stats.month.2025-11", STEP)?;
    kiosk.save(&evidence("numbers", "firefox").with_extension("png"))?;
    kiosk.press_by_keyboard("stats.export")?;
    kiosk.wait_screen("export", STEP)?;
    kiosk.press_by_keyboard("export.shape.3")?;
    kiosk.press_by_keyboard("export.copy")?;
    let names = ["csv", "json", "pdf"].map(|end| format!("statistiques-2025-11.{end}"));
    wait_until("three files on the stick", STEP, || {
        Ok(names.iter().all(|name| stick.join(name).exists()))
    })?;
    kiosk.control("export.again", STEP)?;
    kiosk.save(&evidence("numbers-copied", "firefox").with_extension("png"))?;
    kiosk.press_by_keyboard("export.again")?;
    kiosk.control("export.copy", STEP)?;
    let text = fs::read_to_string(stick.join(&names[0]))?;
    let (_, release) = read_csv(&text)?;
    check(release.period.to_string() == "2025-11", || text.clone())?;
    check(
        fs::read(stick.join(&names[2]))?.starts_with(b"%PDF-"),
        || "no page".into(),
    )?;
    check(fs::read_dir(stick)?.count() == 3, || "more files".into())?;
    let acts = fs::read_to_string(kiosk.folder().join("state/acts.jsonl"))?;
    check(acts.contains("\"act\":\"exported\""), || acts)
}

#[test]
fn staff_prove_the_wipe_at_their_screen() {
    run("proof-screen", &options("firefox"), |kiosk| {
        kiosk.wait_screen("welcome", STEP)?;
        prove_at_the_screen(kiosk)
    });
}

/// "Faire la preuve maintenant", until it says that nothing is left; the station welcomes again.
pub fn prove_at_the_screen(kiosk: &Kiosk) -> Result {
    enter_staff(kiosk)?;
    kiosk.press_by_keyboard("staff.proof")?;
    kiosk.wait_screen("proof", STEP)?;
    kiosk.press_by_keyboard("proof.now")?;
    wait_until("the station is closed for it", STEP, || {
        Ok(status(kiosk)["closed"] == "proof")
    })?;
    nobody_opens_it(kiosk)?;
    let label = |kiosk: &Kiosk| -> Result<Option<String>> {
        let ui = kiosk.ui()?;
        let now = ui.control("proof.now").filter(|now| now.enabled);
        Ok(now.map(|now| now.label.clone()))
    };
    let patience = STEP * 10;
    wait_until("the proof", patience, || {
        Ok(status(kiosk)["closed"].is_null() && label(kiosk)?.is_some())
    })?;
    kiosk.save(&evidence("proof-screen", "firefox").with_extension("png"))?;
    let said = label(kiosk)?.unwrap_or_default();
    check(said == "Refaire la preuve", || {
        format!("{said}: {}", kiosk.said())
    })?;
    kiosk.press_by_keyboard("proof.back")?;
    kiosk.wait_screen("staff", STEP)?;
    kiosk.save(&evidence("staff-after-proof", "firefox").with_extension("png"))?;
    kiosk.press_by_keyboard("staff.leave")?;
    kiosk.wait_screen("welcome", STEP)?;
    Ok(())
}

/// Whoever came in during a proof would end in quarantine.
fn nobody_opens_it(kiosk: &Kiosk) -> Result {
    let refused = estranctl(kiosk, &["open"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    check(refused.status.code() == Some(1), || said.clone())?;
    check(said.contains("a proof of the wipe is being made"), || {
        said.clone()
    })?;
    check(status(kiosk)["closed"] == "proof", || "it is open".into())
}
