//! A visit whose length is limited, once for real: over although somebody is there.

use std::fs;
use std::path::Path;

use estran_driver::{Kiosk, Options, Result, STEP, visit};

use super::{options, quiet, with_options};

#[test]
fn a_limited_visit_ends_although_somebody_is_there() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    let house = tempfile::tempdir().unwrap();
    let copy = |file: &str| fs::copy(sample.join(file), house.path().join(file)).unwrap();
    copy("demarches.toml");
    let station = fs::read_to_string(sample.join("station.toml")).unwrap();
    let station = station
        .replace("visit_minutes = 60", "visit_minutes = 30")
        .replace("idle_visit_minutes = 10", "idle_visit_minutes = 60")
        .replace("idle_before_seconds = 90", "idle_before_seconds = 600")
        .replace("\"when_others_wait\"", "\"always\"");
    fs::write(house.path().join("station.toml"), station).unwrap();
    let options = Options {
        config: house.path().to_owned(),
        // Half an hour is seventy-five seconds; untouched for an hour is longer than that.
        more: vec!["--hurry".into(), "24".into()],
        ..options("chromium")
    };
    with_options("limit", &options, over);
}

fn over(kiosk: &mut Kiosk) -> Result {
    visit::enter(kiosk, &mut quiet)?;
    for _ in 0..200 {
        if kiosk.ui()?.screen == "farewell" {
            break;
        }
        // Somebody is there all the time.
        kiosk.desk().press("shift")?;
        std::thread::sleep(std::time::Duration::from_millis(700));
    }
    kiosk.wait_screen("farewell", STEP)?;
    kiosk.wait_any(&["clean", "welcome"], STEP * 3)?;
    Ok(())
}
