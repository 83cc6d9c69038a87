//! What a visitor takes along: copies and paper.

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use super::{CANARY, LEAVE, Place, STATE, STEP, go_in, on_disks};
use crate::Result;
use crate::tool::{answer, go};
use crate::vm::machine::{Machine, Whose, count};

/// Copies the visitor's document to a stick by keys alone.
pub fn stick(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("cle")?;
    let folder = place.folder("cle");
    let file = folder.join("stick.img");
    fs::File::create(&file)?.set_len(32 << 20)?;
    let mut maker = Command::new("/usr/sbin/mkfs.vfat");
    go(maker.args(["-n", "VISITEUR"]).arg(&file))?;
    go_in(place, &mut machine, "09")?;
    machine.plug(&file)?;
    let told = "journalctl -u estran-walls -o cat | grep -c 'stick there=true'";
    machine.wait("the stick", STEP, told, |count| count != "0")?;
    at_the_farewell(&mut machine, COPY)?;
    place.picture(&mut machine, "09-copie")?;
    machine.unplug()?;
    sleep(Duration::from_secs(4));
    let copied = count(&file, CANARY)?;
    machine.keys(&["ret"])?;
    machine.wait("the next welcome", STEP, STATE, |state| state == "ready")?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen =
        format!("mot du visiteur sur la clé : {copied} fois ; sur les disques : {disks} fois");
    if copied > 0 && disks == 0 {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

/// The keys from the farewell's first control to the document's own buttons.
const PRINT: &[&str] = &["tab", "tab", "tab", "tab", "ret"];
const COPY: &[&str] = &["tab", "tab", "tab", "tab", "tab", "ret"];

fn at_the_farewell(machine: &mut Machine, keys: &[&str]) -> Result {
    for keys in [LEAVE[0], LEAVE[1], keys] {
        machine.keys(keys)?;
        sleep(Duration::from_secs(6));
    }
    Ok(())
}

/// Where the machine's virtual printer keeps its paper: memory, so that no disk has it from there.
const TRAY: &str = "/run/paper";

/// Prints the visitor's document by keys alone, on a printer that speaks as those of houses do.
pub fn paper(place: &Place) -> Result<Vec<String>> {
    let mut machine = place.at_welcome("papier")?;
    let folder = place.folder("papier");
    machine.asked_for(&format!(
        "mkdir -p {TRAY}; systemd-run --unit=printer ippeveprinter -r off -n localhost -k -d {TRAY} \
         -p 8631 -f application/pdf,image/jpeg,image/pwg-raster,image/urf Papier"
    ))?;
    go_in(place, &mut machine, "11")?;
    let ready = "journalctl -u estran-walls -o cat | grep -c 'print queue started'";
    machine.wait("the printer", STEP, ready, |count| count != "0")?;
    at_the_farewell(&mut machine, PRINT)?;
    place.picture(&mut machine, "11-impression")?;
    let tray = format!("ls {TRAY} | wc -l");
    machine.wait("the sheet", STEP, &tray, |count| count != "0")?;
    let sheet = machine.asked_for(&format!("sleep 5; base64 -w 0 {TRAY}/*"))?;
    let on_paper = words_of(&sheet, &folder)?;
    // Back from the document to the red button.
    for _ in PRINT.iter().skip(1) {
        machine.press(Whose::Visitor, &["shift", "tab"])?;
    }
    machine.keys(&["ret"])?;
    machine.wait("the next welcome", STEP, STATE, |state| state == "ready")?;
    let services = machine.asked_for("pgrep -xc cupsd; lpstat -W all -o 2>&1 | grep -c estran")?;
    machine.pull_plug()?;
    let disks = on_disks(&folder, CANARY)?;
    let seen = format!(
        "mot du visiteur sur le papier : {} ; sur les disques : {disks} fois ; services \
         d’impression ensuite : {}",
        if on_paper { "oui" } else { "non" },
        services.lines().next().unwrap_or("?")
    );
    if on_paper && disks == 0 {
        Ok(vec![seen])
    } else {
        Err(seen.into())
    }
}

/// Whether the visitor's word is on a printed sheet.
fn words_of(sheet: &str, folder: &std::path::Path) -> Result<bool> {
    let (text, pdf) = (folder.join("sheet.b64"), folder.join("sheet.pdf"));
    fs::write(&text, sheet)?;
    let line = format!("base64 -d {} >{}", text.display(), pdf.display());
    go(Command::new("sh").args(["-c", &line]))?;
    let mut reader = Command::new("pdftotext");
    let words = answer(reader.arg(&pdf).arg("-")).ok_or("the sheet is not a PDF")?;
    Ok(words.contains(CANARY))
}
