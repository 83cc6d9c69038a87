//! Whose keys go where.

use std::thread::sleep;
use std::time::Duration;

use super::{Place, STATE, STATUS, STEP, go_in};
use crate::Result;
use crate::vm::machine::{Machine, Whose};

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

/// The helper's keyboard from the welcome to the end of its grant: before it nothing of it arrives, its
/// keys answer no question, with the visitor's yes its letters arrive, after F12 none does.
pub fn helper(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("aidant")?;
    let given = assign(&mut machine)?;
    machine.hers(&["ret", "ret", "spc", "tab", "ret"])?;
    sleep(Duration::from_secs(6));
    let state = machine.asked_for(STATE)?;
    place.picture(&mut machine, "07-clavier-de-l-aidant")?;
    if state != "ready" {
        return Err(format!("the helper's keys began a visit: {state}").into());
    }
    go_in(place, &mut machine, "07")?;
    machine.hers(&["n", "o", "n", "ret"])?;
    ask_for_the_hand(place, &mut machine)?;
    // Nobody but the visitor answers.
    machine.hers(SAY_YES)?;
    sleep(Duration::from_secs(4));
    place.picture(&mut machine, "07-question")?;
    machine.keys(SAY_YES)?;
    sleep(Duration::from_secs(6));
    // The light program has no sensor: its field may be secret, and the visitor says that it is not.
    machine.hers(&["v"])?;
    sleep(Duration::from_secs(6));
    place.picture(&mut machine, "07-champ-inconnu")?;
    machine.keys(NO_SECRET)?;
    sleep(Duration::from_secs(8));
    machine.keys(SAY_YES)?;
    sleep(Duration::from_secs(6));
    machine.hers(&["t", "r", "e", "f", "l", "e"])?;
    sleep(Duration::from_secs(4));
    place.picture(&mut machine, "07-l-aidant-ecrit")?;
    machine.keys(&["f12"])?;
    sleep(Duration::from_secs(2));
    machine.hers(&["p", "l", "u", "s"])?;
    sleep(Duration::from_secs(2));
    machine.keys(&["ret"])?;
    sleep(Duration::from_secs(4));
    place.picture(&mut machine, "07-main-reprise")?;
    let written = "tail -n +2 /proc/$(pgrep -xo foot)/root/home/visitor/lettre.txt | xargs";
    let written = machine.asked_for(written)?;
    machine.pull_plug()?;
    let seen = vec![
        given,
        format!("avant la visite, après ses touches : {state}"),
        format!("de « non », « v », « trefle », « plus », la page a reçu : {written}"),
    ];
    if written == "trefle" {
        Ok(seen)
    } else {
        Err(seen.join("; ").into())
    }
}

/// On the question: the gesture, then the last button.
const SAY_YES: &[&str] = &["spc", "tab", "tab", "tab", "tab", "ret"];
/// On the screen that says "C'est à vous": its last button.
const NO_SECRET: &[&str] = &["tab", "tab", "ret"];
/// From the form's first gesture back to its last button: how, the bar, and around.
const TO_THE_END: usize = 9;

/// By the visitor's keys: help, the helper's form, to write, ask.
fn ask_for_the_hand(place: &Place, machine: &mut Machine) -> Result {
    machine.keys(&["f6", "tab", "tab", "tab", "ret"])?;
    sleep(Duration::from_secs(6));
    machine.keys(&["ret"])?;
    sleep(Duration::from_secs(8));
    machine.keys(&["spc"])?;
    sleep(Duration::from_secs(2));
    for _ in 0..TO_THE_END {
        machine.press(Whose::Visitor, &["shift", "tab"])?;
    }
    place.picture(machine, "07-demande")?;
    machine.keys(&["ret"])?;
    sleep(Duration::from_secs(8));
    Ok(())
}

impl Machine {
    fn hers(&mut self, keys: &[&str]) -> Result {
        for key in keys {
            self.press(Whose::Helper, &[key])?;
        }
        Ok(())
    }
}

/// As docs/installation.md tells it; a screen that runs keeps the keyboards that it has opened, and
/// is started anew.
fn assign(machine: &mut Machine) -> Result<String> {
    let place_of = machine.asked_for(
        "for d in /sys/class/input/event*; do p=$(udevadm info -q property $d); \
          case $p in *ID_SERIAL_SHORT=helper*) echo \"$p\" | sed -n s/^ID_PATH=//p;; esac; \
          done | head -n 1",
    )?;
    machine.ask(&format!(
        "estranctl seats assign {place_of} helper; udevadm control --reload; \
         udevadm trigger -s usb; udevadm settle; udevadm trigger -s input; udevadm settle; \
         systemctl restart estran"
    ));
    sleep(Duration::from_secs(5));
    machine.wait("the welcome of a restarted screen", STEP, STATE, |state| {
        state == "ready"
    })?;
    let seat = machine.asked_for(
        "for d in /sys/class/input/event*; do udevadm info -q property $d; done | \
          grep -c ID_SEAT=seat-helper",
    )?;
    if seat == "0" {
        return Err(format!("{place_of} is not the helper's").into());
    }
    Ok(format!(
        "place {place_of} donnée à l’aidant, {seat} périphérique sur seat-helper"
    ))
}
