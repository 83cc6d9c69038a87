//! What the machine does by itself: the night's fresh start, and words for visitors when a new version
//! does not start.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread::sleep;
use std::time::Duration;

use super::staff::{install, newer};
use super::{BOOT, CANARY, LEAVE, Place, STATE, STEP, go_in, on_disks};
use crate::Result;

/// The night comes while somebody is still there: it waits for the end of the visit, and what starts anew
/// audits before it welcomes. There is no network: the fresh start happens all the same.
pub fn night(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("nuit")?;
    let folder = place.folder("nuit");
    go_in(place, &mut machine, "15")?;
    machine.asked_for("systemctl start --no-block estran-night")?;
    sleep(Duration::from_secs(40));
    let during = machine.asked_for(STATE)?;
    let still = machine.asked_for("systemctl is-active estran-night; pgrep -xc foot")?;
    for keys in LEAVE {
        machine.step(keys)?;
    }
    machine.restarts_within(2 * STEP)?;
    super::boot::forget_moments(&folder)?;
    let disks = on_disks(&folder, CANARY)?;
    let mut machine = place.boot(&folder, "overlay")?;
    machine.wait("the morning's welcome", BOOT, STATE, |state| {
        state == "ready"
    })?;
    let form = machine.asked_for(
        "findmnt -no FSTYPE /; findmnt -no OPTIONS /run/estran-root/disk | cut -d, -f1; \
         journalctl -u estran-walls -o cat | grep -c 'clean at boot'",
    )?;
    machine.pull_plug()?;
    let seen = format!(
        "demandée pendant la visite : `{during}`, {} ; la visite finie, la machine redémarre ; disques : \
         {disks} fois ; au matin : {}, vérifié, `ready`",
        still.replace('\n', ", "),
        form.replace('\n', ", ")
    );
    if during == "visit" && still == "activating\n1" && disks == 0 && form == "overlay\nro\n1" {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

/// A new version whose screen does not start: visitors read words, the configuration of before is kept,
/// and the old version comes back.
pub fn broken(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("panne")?;
    let folder = place.folder("panne");
    let before = machine.asked_for("sha256sum </etc/estran/station.toml")?;
    let packages = newer(place, &folder, &|tree| {
        let screen = tree.join("usr/lib/estran/estran");
        if screen.exists() {
            fs::write(&screen, "#!/bin/sh\nexit 1\n")?;
            fs::set_permissions(&screen, fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    })?;
    install(&mut machine, &packages)?;
    let units =
        "systemctl is-active estran; systemctl show -P ExecMainStatus estran-out-of-service";
    machine.wait("the words for visitors", 2 * STEP, units, |said| {
        said == "failed\n0"
    })?;
    let ran = machine.asked_for("journalctl -u estran-out-of-service -o cat | grep -c Finished")?;
    sleep(Duration::from_secs(5));
    place.picture(&mut machine, "16-hors-service")?;
    let kept = machine.asked_for("sha256sum </var/backups/estran/estran/station.toml")?;
    // What the house's computer people do: the program of before, and the screen anew.
    machine.asked_for(
        "cp /run/estran-root/disk/usr/lib/estran/estran /usr/lib/estran/estran; \
         systemctl reset-failed estran; systemctl restart estrand estran",
    )?;
    machine.wait("the welcome", 2 * STEP, STATE, |state| state == "ready")?;
    machine.pull_plug()?;
    let seen = format!(
        "l’écran de la nouvelle version ne démarre pas : « Ce poste ne fonctionne pas » à l’écran (fois : \
         {ran}) ; configuration d’avant gardée : {} ; programme d’avant remis : `ready`",
        if kept == before { "la même" } else { "NON" }
    );
    if kept == before && ran != "0" {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}
