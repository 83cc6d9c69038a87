//! Whose keys go where.

use std::thread::sleep;
use std::time::Duration;

use super::{Place, STATE, STATUS, STEP};
use crate::Result;
use crate::vm::machine::Whose;

pub fn keys(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("touches")?;
    let look = "cat /sys/class/tty/tty0/active /proc/sys/kernel/random/boot_id; pgrep -xo cage";
    let before = machine.ask(look).ok_or("nobody answers")?;
    for keys in [
        ["ctrl", "alt", "f2"],
        ["ctrl", "alt", "f3"],
        ["ctrl", "alt", "delete"],
        ["alt", "sysrq", "i"],
        ["alt", "sysrq", "k"],
        ["alt", "sysrq", "b"],
    ] {
        machine.press(Whose::Visitor, &keys)?;
    }
    sleep(Duration::from_secs(8));
    let after = machine.ask(look).ok_or("nobody answers after the keys")?;
    if before != after {
        return Err(format!("before: {before}; after: {after}").into());
    }
    machine.wait("the station", STEP, STATUS, |said| said.contains("state"))?;
    machine.pull_plug()?;
    Ok(vec![
        "même console, même démarrage, même écran (tty1, boot_id et cage comparés)".to_owned(),
    ])
}

pub fn helper(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("aidant")?;
    let listed = machine
        .ask("estranctl --lang en seats list; libinput list-devices --seat=seat-helper 2>&1 | head")
        .ok_or("nobody answers")?;
    let place_of = machine
        .ask(
            "for d in /sys/class/input/event*; do p=$(udevadm info -q property $d); \
              case $p in *ID_SERIAL_SHORT=helper*) echo \"$p\" | sed -n s/^ID_PATH=//p;; esac; \
              done | head -n 1",
        )
        .ok_or("nobody answers")?;
    // As docs/installation.md tells: a screen that runs keeps the keyboards that it has opened.
    machine.ask(&format!(
        "estranctl seats assign {place_of} helper; udevadm control --reload; \
         udevadm trigger -s usb; udevadm settle; udevadm trigger -s input; udevadm settle; \
         systemctl restart estran"
    ));
    sleep(Duration::from_secs(5));
    machine.wait("the welcome of a restarted screen", STEP, STATE, |state| {
        state == "ready"
    })?;
    let seat = machine
        .ask(
            "for d in /sys/class/input/event*; do udevadm info -q property $d; done | \
              grep -c ID_SEAT=seat-helper",
        )
        .ok_or("nobody answers")?;
    for key in ["ret", "ret", "spc", "tab", "ret"] {
        machine.press(Whose::Helper, &[key])?;
    }
    sleep(Duration::from_secs(6));
    let state = machine.ask(STATE).ok_or("nobody answers")?;
    place.picture(&mut machine, "07-clavier-de-l-aidant")?;
    machine.press(Whose::Visitor, &["ret"])?;
    let touched = machine.wait("a visit", STEP, STATE, |state| state == "visit");
    machine.pull_plug()?;
    touched?;
    let seen = vec![
        format!("place {place_of} donnée à l’aidant, {seat} périphériques sur seat-helper"),
        format!("état après ses touches : {state} ; après celles du visiteur : visit"),
    ];
    if state == "ready" && seat != "0" && !listed.is_empty() {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}
