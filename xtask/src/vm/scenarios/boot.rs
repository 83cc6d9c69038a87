//! From power on to the welcome, and not to it.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::{BOOT, CANARY, CONTROL, Place, STATE, go_in, on_disks};
use crate::Result;
use crate::vm::machine::fresh_disks;

pub fn welcome(place: &Place) -> Result<Vec<String>> {
    let folder = place.folder("accueil");
    fresh_disks(&place.image, &folder)?;
    let mut machine = place.boot(&folder, "overlay")?;
    machine.wait("the welcome", BOOT, STATE, |state| state == "ready")?;
    sleep(Duration::from_secs(5));
    place.picture(&mut machine, "01-accueil")?;
    let mut seen = Vec::new();
    for (what, line) in [
        ("état", STATE),
        ("démarrage", "systemd-analyze | head -n 1 | sed 's/.*= //'"),
        ("racine", "findmnt -no FSTYPE /"),
        ("disque", "findmnt -no OPTIONS /run/estran-root/disk"),
        ("échange", "tail -n +2 /proc/swaps | wc -l"),
        ("vidages", "cat /proc/sys/kernel/core_pattern"),
        (
            "unités en échec",
            "systemctl --failed --no-legend --plain | wc -l",
        ),
        (
            "mémoire utilisée (Mio)",
            "free -m | awk '/^Mem/ {print $3}'",
        ),
    ] {
        let said = machine.ask(line).ok_or("the host's hand is gone")?;
        seen.push(format!("{what} : {said}"));
    }
    must(&seen, "racine : overlay")?;
    machine.monitor("savevm welcome")?;
    machine.pull_plug()?;
    Ok(seen)
}

fn must(seen: &[String], line: &str) -> Result {
    if seen.iter().any(|one| one == line) {
        Ok(())
    } else {
        Err(format!("not seen: {line}; seen: {}", seen.join("; ")).into())
    }
}

pub fn plug(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("prise")?;
    let folder = place.folder("prise");
    let write = format!("echo {CONTROL} >/var/lib/estran/control; sync");
    machine.ask(&write).ok_or("nobody answers")?;
    go_in(place, &mut machine, "05")?;
    machine.pull_plug()?;
    forget_moments(&folder)?;
    let (control, canary) = (on_disks(&folder, CONTROL)?, on_disks(&folder, CANARY)?);
    let found = format!("disques bruts : témoin {control} fois, mot du visiteur {canary} fois");
    if control == 0 || canary != 0 {
        return Err(found.into());
    }
    let mut machine = place.boot(&folder, "overlay")?;
    machine.wait("the next welcome", BOOT, STATE, |state| state == "ready")?;
    let audited = machine
        .ask("journalctl -u estran-walls -o cat | grep -c 'clean at boot'")
        .ok_or("nobody answers")?;
    // Its first picture takes a while.
    sleep(Duration::from_secs(20));
    place.picture(&mut machine, "06-apres-la-prise")?;
    machine.pull_plug()?;
    Ok(vec![
        found,
        format!("au démarrage suivant : vérifié ({audited}), puis accueil"),
    ])
}

/// The saved moment holds the machine's memory of before the visit; it goes, so that only what the
/// machine wrote is searched.
pub fn forget_moments(folder: &Path) -> Result {
    for disk in ["root.qcow2", "state.qcow2"] {
        let mut image = std::process::Command::new("qemu-img");
        image.args(["snapshot", "-d", "welcome"]);
        crate::tool::go(image.arg(folder.join(disk)))?;
    }
    Ok(())
}

pub fn gate(place: &Place) -> Result<Vec<String>> {
    let folder = place.folder("disque");
    fresh_disks(&place.image, &folder)?;
    let mut machine = place.boot(&folder, "plain")?;
    let units = "systemctl is-active estran-gate estrand estran | tr '\\n' ' '";
    let held = machine.wait("the closed gate", BOOT, units, |said| {
        said.starts_with("failed") && said.ends_with(" active")
    })?;
    sleep(Duration::from_mins(1));
    place.picture(&mut machine, "08-poste-ferme")?;
    let verdict = machine
        .ask("cat /run/estran-gate/verdict.json; ls /run/estran 2>&1")
        .ok_or("nobody answers")?;
    machine.pull_plug()?;
    let seen = vec![
        format!("gate, estrand, estran : {held}"),
        verdict.replace('\n', " "),
    ];
    if held == "failed inactive active" && verdict.contains("\"root\"") {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}
