//! What staff and administrators do, and what they find.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use super::{CANARY, Place, STATE, STEP, go_in, leave, on_disks};
use crate::Result;
use crate::tool::go;
use crate::vm::machine::Machine;

/// Something of a guest's own is left outside its walls: the station welcomes nobody until it is gone
/// and staff have said so.
pub fn residue(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("residu")?;
    go_in(place, &mut machine, "12")?;
    let left = "/dev/shm/reste";
    machine.asked_for(&format!(
        "echo x >{left}; chown $(stat -c %u /proc/$(pgrep -xo foot)):0 {left}"
    ))?;
    for keys in super::LEAVE {
        machine.step(keys)?;
    }
    machine.wait("the quarantine", STEP, STATE, |state| state == "quarantine")?;
    sleep(Duration::from_secs(6));
    place.picture(&mut machine, "12-quarantaine")?;
    machine.keys(&["ret"])?;
    let release = "estranctl quarantine release; sleep 20";
    machine.asked_for(release)?;
    let still = machine.asked_for(STATE)?;
    machine.asked_for(&format!("rm {left}; {release}"))?;
    machine.wait("the welcome after it", STEP, STATE, |state| {
        state == "ready"
    })?;
    machine.pull_plug()?;
    let seen = format!("quarantine ; libérée, le reste étant là : {still} ; le reste ôté : ready");
    if still == "quarantine" {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

/// The packages are replaced while somebody is there: the visit goes on, and the next one is served by
/// the new programs.
pub fn upgrade(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("paquets")?;
    let folder = place.folder("paquets");
    let packages = newer(place, &folder, &|_| Ok(()))?;
    go_in(place, &mut machine, "13")?;
    let pids = "systemctl show -P MainPID estrand estran | xargs";
    let (before, guest) = (
        machine.asked_for(pids)?,
        machine.asked_for("pgrep -xo foot")?,
    );
    install(&mut machine, &packages)?;
    let version = machine.asked_for("dpkg-query -W -f '${Version}' estran-custodian")?;
    sleep(Duration::from_secs(20));
    let (during, still) = (
        machine.asked_for(pids)?,
        machine.asked_for("pgrep -xo foot")?,
    );
    for keys in super::LEAVE {
        machine.step(keys)?;
    }
    let renewed = format!("{pids}; {STATE}");
    let after = machine.wait("the new programs", 2 * STEP, &renewed, |said| {
        said.ends_with("\nready") && !said.starts_with(&before)
    })?;
    sleep(Duration::from_secs(20));
    place.picture(&mut machine, "13-nouveaux-programmes")?;
    go_in(place, &mut machine, "14")?;
    leave(place, &mut machine, "14")?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen = format!(
        "version {version} ; gardien et écran pendant : {before} puis {during}, après : {} ; le \
         programme de la visite : {guest} puis {still} ; visite suivante faite ; disques : {disks} fois",
        after.lines().next().unwrap_or_default()
    );
    if before == during && guest == still && version.ends_with(NEXT) && disks == 0 {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

/// What makes a version follow the one that is installed.
const NEXT: &str = "+essai1";

/// Plugs that disk in and installs what is on it.
pub fn install(machine: &mut Machine, packages: &Path) -> Result {
    machine.plug_disk(packages)?;
    machine.wait("the disk with packages", STEP, "lsblk -no LABEL", |said| {
        said.contains("paquets")
    })?;
    machine.asked_for(
        "mkdir -p /run/paquets; mount -r LABEL=paquets /run/paquets; \
         systemd-run --unit=upgrade sh -c 'dpkg -i /run/paquets/*.deb'",
    )?;
    let done = "systemctl is-active upgrade";
    machine.wait("the upgrade", 2 * STEP, done, |said| said == "inactive")?;
    Ok(())
}

/// A disk with the same packages under the next version, each changed before it is put together.
pub fn newer(place: &Place, folder: &Path, change: &dyn Fn(&Path) -> Result) -> Result<PathBuf> {
    let (all, tree) = (folder.join("debs"), folder.join("deb"));
    fs::create_dir_all(&all)?;
    for deb in &place.debs {
        fs::remove_dir_all(&tree).ok();
        go(Command::new("dpkg-deb").arg("-R").arg(deb).arg(&tree))?;
        let control = tree.join("DEBIAN/control");
        let text = fs::read_to_string(&control)?;
        let version = text
            .lines()
            .find_map(|line| line.strip_prefix("Version: "))
            .ok_or("a package without a version")?
            .to_owned();
        let text = text.replace(
            &format!("Version: {version}"),
            &format!("Version: {version}{NEXT}"),
        );
        let text = text.replace(&format!("(= {version})"), &format!("(= {version}{NEXT})"));
        fs::write(&control, text)?;
        change(&tree)?;
        go(Command::new("dpkg-deb")
            .args(["-Zgzip", "--root-owner-group", "-b"])
            .arg(&tree)
            .arg(&all))?;
    }
    fs::remove_dir_all(&tree)?;
    let disk = folder.join("paquets.img");
    let mut maker = Command::new("/usr/sbin/mke2fs");
    maker.args(["-q", "-t", "ext4", "-L", "paquets", "-d"]);
    go(maker.arg(&all).arg(&disk).arg("200M"))?;
    Ok(disk)
}
