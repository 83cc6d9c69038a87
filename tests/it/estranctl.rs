//! `estranctl` as a person of staff calls it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
    clippy::panic,
    reason = "a test runs the program and writes its own files"
)]

use std::path::Path;
use std::process::{Command, Output};

fn estranctl(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_estranctl"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")
}

#[test]
fn the_shipped_folder_passes() {
    let output = estranctl(&["config", "check", shipped().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    assert!(words(&output.stdout).contains("34 démarches"));
}

#[test]
fn a_mistake_is_a_sentence_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["station.toml", "demarches.toml"] {
        let text = std::fs::read_to_string(shipped().join(file)).unwrap();
        let text = text.replacen("first = \"firefox\"", "first = \"firefoks\"", 1);
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let output = estranctl(&["config", "check", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let answer = words(&output.stderr);
    for part in [
        "station.toml:",
        "firefoks",
        "Vouliez-vous écrire « firefox »",
        "1 erreur",
    ] {
        assert!(answer.contains(part), "{part} in {answer}");
    }
}

#[test]
fn an_absent_folder_and_a_wrong_word_are_exit_code_2() {
    let output = estranctl(&["--lang", "en", "config", "check", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output.stderr).contains("does not exist"));
    assert_eq!(estranctl(&["config", "chek"]).status.code(), Some(2));
}

#[test]
fn the_version_is_told() {
    let output = estranctl(&["version"]);
    assert_eq!(
        words(&output.stdout),
        concat!("estranctl ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

/// What a program prints for other programs.
fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}{}", words(&output.stdout), words(&output.stderr)))
}

#[test]
fn a_mistake_is_told_to_programs_by_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let check = || estranctl(&["config", "check", "--json", dir]);
    let absent = check();
    assert_eq!(absent.status.code(), Some(2), "nothing can be read");
    assert_eq!(
        json(&absent)["mistakes"][0]["line"],
        serde_json::Value::Null
    );
    for file in ["station.toml", "demarches.toml"] {
        std::fs::copy(shipped().join(file), folder.path().join(file)).unwrap();
    }
    let good = check();
    assert_eq!(good.status.code(), Some(0));
    let nothing = serde_json::json!({ "version": 1, "valid": true, "mistakes": [] });
    assert_eq!(json(&good), nothing);
    let station = folder.path().join("station.toml");
    let text = std::fs::read_to_string(&station).unwrap();
    let line = text.lines().position(|line| line == "first = \"firefox\"");
    std::fs::write(&station, text.replacen("\"firefox\"", "\"firefoks\"", 1)).unwrap();
    let broken = check();
    assert_eq!(broken.status.code(), Some(1));
    let told = json(&broken);
    let mistake = &told["mistakes"][0];
    assert_eq!(
        (&told["valid"], &told["version"]),
        (&false.into(), &1.into())
    );
    assert_eq!(mistake["line"], line.unwrap() + 1);
    assert_eq!(mistake["column"], 9);
    assert!(mistake["file"].as_str().unwrap().ends_with("station.toml"));
    assert!(mistake["sentence"].as_str().unwrap().contains("firefoks"));
    assert!(mistake["remedy"].as_str().unwrap().contains("firefox"));
}

#[test]
fn the_seats_of_a_machine_are_told_to_programs_and_given() {
    let folder = tempfile::tempdir().unwrap();
    let (data, rules) = (
        folder.path().join("data"),
        folder.path().join("seats.rules"),
    );
    std::fs::create_dir(&data).unwrap();
    let udev = "E:ID_PATH=usb-1\nE:ID_INPUT_KEYBOARD=1\n";
    std::fs::write(data.join("c13:64"), udev).unwrap();
    let places = [
        "--data",
        data.to_str().unwrap(),
        "--rules",
        rules.to_str().unwrap(),
    ];
    let list = || {
        json(&estranctl(
            &[&["seats", "list", "--json"], &places[..]].concat(),
        ))
    };
    let plug = |assigned: bool| {
        serde_json::json!({ "version": 1, "plugs": [{
            "place": "usb-1", "keyboard": true, "mouse": false, "whose": "visitor",
            "next": if assigned { "helper" } else { "visitor" },
        }] })
    };
    assert_eq!(list(), plug(false));
    let give = |whose| estranctl(&[&["seats", "assign", "usb-1", whose], &places[..]].concat());
    assert_eq!(give("helper").status.code(), Some(0));
    assert_eq!(list(), plug(true));
    assert_eq!(give("visitor").status.code(), Some(0));
    assert_eq!(list(), plug(false));
    let unknown = estranctl(&[&["seats", "assign", "usb-9", "helper"], &places[..]].concat());
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn the_numbers_are_told_to_programs_month_by_month() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().to_str().unwrap();
    let ask = |more: &[&str]| estranctl(&[&["stats", "--json", "--state", state], more].concat());
    let none = serde_json::json!({ "version": 1, "months": [] });
    assert_eq!(json(&ask(&[])), none, "a house that has just begun");
    crate::numbers::prepared(folder.path(), "2025-11".parse().unwrap());
    let told = json(&ask(&[]));
    let months = told["months"].as_array().unwrap();
    let november = months
        .iter()
        .find(|one| one["periode"] == "2025-11")
        .unwrap();
    assert_eq!(november["activites"]["nombre"]["nombre"], 40);
    let export = json(&ask(&["--month", "2025-11"]));
    assert_eq!(export["periode"], "2025-11");
    assert_eq!(export["format"], "estran.statistiques");
    let twice = estranctl(&["stats", "--json", "--format", "csv", "--state", state]);
    assert_eq!(twice.status.code(), Some(2), "one form at a time");
}

#[test]
fn what_is_printed_for_programs_is_in_the_schema() {
    let schema = json(&estranctl(&["schema"]));
    let known = schema["$defs"].as_object().unwrap();
    for name in [
        "Answer", "Status", "Health", "Check", "Seats", "Secrets", "Numbers",
    ] {
        assert!(known.contains_key(name), "{name}: {:?}", known.keys());
    }
}
