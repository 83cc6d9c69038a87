//! A newcomer's path, as the guides tell it: the shipped folder is copied, a tile is changed, broken
//! and mended, a visit is reset by staff, and the wipe is proved.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use estran_driver::{Kiosk, Options, Result, STEP};

use super::numbers::prove_at_the_screen;
use super::staff::{
    back_to_welcome, enter_staff, replace, reset_a_visit, run, status, tiles_show, waits_for,
};
use super::{check, evidence, options};

const TILES: &str = "demarches.toml";

/// What the shipped folder calls its first tile.
const SHIPPED: &str = "fr = \"Impôts\"";

#[test]
fn a_newcomer_changes_breaks_and_mends_a_tile_resets_a_visit_and_proves_the_wipe() {
    let house = tempfile::tempdir().unwrap();
    let mut options = options("firefox");
    copy(&options.config, house.path()).unwrap();
    options.config = house.path().to_owned();
    walk(house.path(), &options);
}

/// `cp -r`, as the guide says.
fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn walk(house: &Path, options: &Options) {
    run("newcomer", options, |kiosk| {
        kiosk.wait_screen("welcome", STEP)?;
        tile_is(kiosk, "Impôts")?;
        let edited = Instant::now();
        replace(house, TILES, SHIPPED, "fr = \"Impôts et taxes\"")?;
        waits_for(kiosk, "current")?;
        tile_is(kiosk, "Impôts et taxes")?;
        // Seconds, on whatever machine this is; the way through two screens is in it.
        check(edited.elapsed() < Duration::from_mins(1), || {
            format!("{:?}", edited.elapsed())
        })?;
        broken(kiosk, house)?;
        replace(house, TILES, "pictogram = \"bnak\"", "pictogram = \"bank\"")?;
        waits_for(kiosk, "current")?;
        replace(house, TILES, "Impôts et taxes", "Mes impôts")?;
        waits_for(kiosk, "current")?;
        tile_is(kiosk, "Mes impôts")?;
        reset_a_visit(kiosk)?;
        kiosk.wait_screen("welcome", STEP * 2)?;
        prove_at_the_screen(kiosk)
    });
}

/// Goes to the tiles and back: one of them reads so.
fn tile_is(kiosk: &Kiosk, label: &str) -> Result {
    tiles_show(kiosk, label)?;
    back_to_welcome(kiosk)
}

/// A mistake is a sentence with its place, at the screen of staff and from a shell; what ran goes on.
fn broken(kiosk: &Kiosk, house: &Path) -> Result {
    replace(house, TILES, "pictogram = \"bank\"", "pictogram = \"bnak\"")?;
    waits_for(kiosk, "broken")?;
    let text = fs::read_to_string(house.join(TILES))?;
    let line = text.lines().position(|line| line.contains("bnak"));
    let place = format!("{TILES}:{}:", line.ok_or("no mistake")? + 1);
    let findings = status(kiosk)["configuration"]["findings"].to_string();
    check(
        findings.contains(&place) && findings.contains("bank"),
        || findings.clone(),
    )?;
    enter_staff(kiosk)?;
    kiosk.save(&evidence("newcomer-broken", "firefox").with_extension("png"))?;
    kiosk.press_by_keyboard("staff.leave")?;
    kiosk.wait_screen("welcome", STEP)?;
    let checked = checked(house)?;
    check(checked.contains(&place), || checked.clone())?;
    tile_is(kiosk, "Impôts et taxes")
}

/// What `estranctl config check` says of a folder with a mistake.
fn checked(house: &Path) -> Result<String> {
    let checked = Command::new(env!("CARGO_BIN_EXE_estranctl"))
        .args(["config", "check"])
        .arg(house)
        .env("NO_COLOR", "1")
        .output()?;
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    check(checked.status.code() == Some(1), || said.clone())?;
    Ok(said)
}
