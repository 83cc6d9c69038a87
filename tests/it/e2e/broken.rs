//! A mistake in the house's files when the station starts: words on the screen, and a station as soon as
//! it is mended.

use std::fs;
use std::time::Duration;

use estran_driver::{Result, STEP, visit, wait_until};

use super::staff::{replace, run};
use super::{check, evidence, options};

#[test]
fn a_mistake_at_the_start_is_a_screen_and_a_station_once_it_is_mended() {
    let house = tempfile::tempdir().unwrap();
    let mut options = options("firefox");
    for file in ["station.toml", "demarches.toml"] {
        fs::copy(options.config.join(file), house.path().join(file)).unwrap();
    }
    options.config = house.path().to_owned();
    let edit = |file: &str, from: &str, to: &str| replace(house.path(), file, from, to);
    let (tile, wrong_tile) = ("pictogram = \"bank\"", "pictogram = \"bnak\"");
    let (pause, wrong_pause) = ("pause_minutes = 5", "pause_minutes = 900");
    edit("demarches.toml", tile, wrong_tile).unwrap();
    run("out-of-service", &options, |kiosk| -> Result {
        let still = || kiosk.desk().wait_still(Duration::from_millis(800), STEP);
        let first = still()?;
        kiosk.save(&evidence("out-of-service", "firefox").with_extension("png"))?;
        check(kiosk.ui().is_err(), || "there is no station yet".into())?;
        // Another mistake is shown in its place, too.
        edit("station.toml", pause, wrong_pause)?;
        wait_until("the second mistake on the screen", STEP, || {
            Ok(still()?.differing(&first) > 2_000)
        })?;
        check(kiosk.ui().is_err(), || "there is no station yet".into())?;
        edit("station.toml", wrong_pause, pause)?;
        edit("demarches.toml", wrong_tile, tile)?;
        kiosk.wait_screen("welcome", visit::FIRST_PAGE).map(drop)
    });
}
