//! `estranctl` as a person of staff calls it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
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
