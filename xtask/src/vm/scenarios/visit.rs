//! A visit from the welcome to the next one.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::{CANARY, Place, STATE, STEP, go_in, leave, on_disks};
use crate::Result;
use crate::vm::machine::{Machine, count};

/// How often the word is in the machine's memory.
pub fn dumped(machine: &mut Machine, folder: &Path) -> Result<usize> {
    let file = folder.join("memory.dump");
    machine.memory(&file)?;
    let found = count(&file, CANARY);
    std::fs::remove_file(&file)?;
    found
}

pub fn whole(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("visite")?;
    let folder = place.folder("visite");
    go_in(place, &mut machine, "02")?;
    let walls = walls(place, &mut machine)?;
    let before = dumped(&mut machine, &folder)?;
    if before == 0 {
        return Err("the positive control: the word is not in memory during the visit".into());
    }
    leave(place, &mut machine, "03")?;
    sleep(Duration::from_secs(5));
    place.picture(&mut machine, "04-accueil-suivant")?;
    let after = dumped(&mut machine, &folder)?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen = vec![
        walls,
        format!("mémoire vive : {before} fois pendant la visite, {after} fois après"),
        format!("disques : {disks} fois"),
    ];
    if after + disks == 0 {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}

/// What the kernel holds the guest to: the limits of its control group, as the kernel tells them.
fn walls(place: &Place, machine: &mut Machine) -> Result<String> {
    let limits = format!(
        "cd /sys/fs/cgroup/$(sed -n s,^0::/,,p /proc/$(pgrep -o {})/cgroup); \
         while grep -qsx max memory.max; do cd ..; done; \
         cat memory.max memory.swap.max pids.max; free -m | awk '/^Mem/ {{print $3}}'",
        place.guest.program()
    );
    let said = machine.asked_for(&limits)?;
    let numbers: Vec<u64> = said.lines().flat_map(str::parse).collect();
    match numbers[..] {
        [memory, 0, processes, used] => Ok(format!(
            "groupe de la séance : {} Mio, aucun échange, {processes} processus au plus ; mémoire \
             utilisée par toute la machine : {used} Mio",
            memory >> 20
        )),
        _ => Err(format!("the session's group has no limits: {said}").into()),
    }
}

/// Nobody touches anything: the question comes; an answer lets the visit go on; then silence ends it.
pub fn idle(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("inactif")?;
    // Also an edit in the running station, which counts from this welcome on.
    machine.asked_for(
        "sed -i 's/^idle_visit_minutes = .*/idle_visit_minutes = 2/' /etc/estran/station.toml",
    )?;
    sleep(Duration::from_secs(10));
    go_in(place, &mut machine, "10")?;
    sleep(Duration::from_secs(140));
    place.picture(&mut machine, "10-question")?;
    machine.keys(&["spc"])?;
    // By now an unanswered question would have ended the visit.
    sleep(Duration::from_secs(80));
    let answered = machine.asked_for(STATE)?;
    machine.wait("the end by silence", STEP, STATE, |state| state == "ready")?;
    machine.pull_plug()?;
    let disks = on_disks(&place.folder("inactif"), CANARY)?;
    let seen = format!(
        "80 s après la réponse : {answered} ; après le silence : ready ; disques : {disks} fois"
    );
    if answered == "visit" && disks == 0 {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}
