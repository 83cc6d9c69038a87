//! `estranctl prove` and `estranctl receipt`, as staff and the data protection officer use them.
#![allow(clippy::disallowed_methods, reason = "tests drive real processes")]

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Instant;

use estran::custodian::{Client, ClientSettings, Command as Order, Notice, Target};
use estran::visit::Browser;
use serde_json::Value;

use crate::sandbox::PATIENCE;

mod disk;
mod ordinary;

fn estranctl(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_estranctl"));
    command.args(["--lang", "en"]).args(arguments);
    command
}

fn output(command: &mut Command) -> (i32, String, Value) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    let json = serde_json::from_slice(&stdout).unwrap_or(Value::Null);
    let text = format!("{}{said}", String::from_utf8(stdout).unwrap());
    (status.code().unwrap(), text, json)
}

fn row<'a>(proof: &'a Value, plant: &str) -> &'a Value {
    let rows = proof["rows"].as_array().unwrap();
    rows.iter().find(|row| row["plant"] == plant).unwrap()
}

/// A real browser, headless in the sandbox of a visit: everything that it can plant was seen by
/// the search before the wipe, and nothing after it.
fn a_browser_leaves_nothing(prove: &mut Command, browser: &str) {
    let impossible: &[&str] = match browser {
        "chromium" => &["clipboard", "pdf_print"],
        _ => &["clipboard"],
    };
    let (code, said, proof) = output(prove.args(["prove", "--browser", browser, "--json"]));
    assert_eq!(code, 0, "{said}");
    let rows = proof["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 30, "every plant but the program's: {said}");
    for row in rows {
        let plant = row["plant"].as_str().unwrap();
        let wanted = match plant {
            "kernel_key" | "system_log" => "refused",
            other if impossible.contains(&other) => "impossible",
            _ => "planted",
        };
        assert_eq!(row["planted"], wanted, "{row}");
        let seen = row["before"].as_u64().unwrap() > 0;
        // What a page tries in vain may still be in its memory.
        assert!(
            seen == (wanted == "planted") || wanted == "impossible",
            "{row}"
        );
        assert_eq!(row["after"], 0, "{row}");
    }
    for place in ["files", "ram_files", "processes", "memory", "ipc", "keys"] {
        assert!(searched(&proof, place).is_some(), "{place}: {said}");
    }
    let outcomes = proof["audit"]["outcomes"].as_array().unwrap();
    assert_eq!(outcomes.len(), estran::audit::Probe::DESK.len());
}

/// What the search says of a place after the wipe.
fn searched<'a>(proof: &'a Value, place: &str) -> Option<&'a Value> {
    let searched = proof["searched"].as_array().unwrap();
    searched.iter().find(|each| each["place"] == place)
}

#[test]
fn a_visit_with_firefox_leaves_nothing() {
    a_browser_leaves_nothing(&mut estranctl(&[]), "firefox");
}

#[test]
fn a_visit_with_chromium_leaves_nothing() {
    a_browser_leaves_nothing(&mut estranctl(&[]), "chromium");
}

/// A program of the administrator that `prove` runs as the guest.
fn program(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("essai.sh");
    std::fs::write(&path, format!("#!/usr/bin/bash\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn a_program_that_hides_its_word_leaves_nothing_either() {
    let folder = tempfile::tempdir().unwrap();
    let script = "for place in ~ /tmp /var/tmp /dev/shm $XDG_RUNTIME_DIR; do
          echo $ESTRAN_CANARY | tee $place/plain | gzip > $place/packed.gz
          echo $ESTRAN_CANARY | base64 > $place/.hidden
        done
        exec 3> /tmp/open; echo $ESTRAN_CANARY >&3; rm /tmp/open
        trap '' TERM HUP; (setsid bash -c \"sleep 600; : $ESTRAN_CANARY\" &) ; sleep 600";
    let path = program(folder.path(), script);
    let mut command = estranctl(&["prove", "--seconds", "2", "--json", "--program"]);
    let (code, said, proof) = output(command.arg(path));
    assert_eq!(code, 0, "{said}");
    assert!(
        row(&proof, "program")["before"].as_u64().unwrap() > 10,
        "{said}"
    );
}

/// Who searches the memory of every process has a copy of it for a moment: two at once would find
/// each other's words.
#[test]
fn a_proof_waits_for_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let script = "echo $ESTRAN_CANARY > /dev/shm/word; sleep 600";
    let path = program(folder.path(), script);
    let start = || {
        let mut command = estranctl(&["prove", "--seconds", "1", "--program"]);
        command.arg(&path).stdout(Stdio::piped());
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let first = start();
    word_of(&first);
    let second = start();
    for (proof, waited) in [(first, false), (second, true)] {
        let Output { status, stderr, .. } = proof.wait_with_output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(0), "{said}");
        assert_eq!(said.contains("Another proof is running."), waited, "{said}");
    }
}

/// The word of the program under proof, as soon as it has written it down.
fn word_of(prover: &Child) -> String {
    let until = Instant::now() + PATIENCE;
    loop {
        assert!(Instant::now() < until, "the program never wrote its word");
        let inside = estran_driver::trace::descendants(prover.id());
        let word = inside.iter().find_map(|pid| {
            let word = std::fs::read_to_string(format!("/proc/{pid}/root/dev/shm/word")).ok()?;
            word.ends_with('\n').then(|| word.trim().to_owned())
        });
        if let Some(word) = word {
            return word;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The prover is no believer: what really stays on the machine, it finds.
#[test]
fn what_stays_on_the_machine_is_found_wherever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = program(
        folder.path(),
        "echo $ESTRAN_CANARY > /dev/shm/word; sleep 600",
    );
    let image = folder.path().join("disk");
    let prover = estranctl(&["prove", "--seconds", "4", "--json", "--program"])
        .arg(&path)
        .arg("--image")
        .arg(&image)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let word = word_of(&prover);
    // In a file on a disk, in a file in memory, in a process, on the raw disk.
    std::fs::write(folder.path().join("left"), &word).unwrap();
    let shared = tempfile::Builder::new().tempfile_in("/dev/shm").unwrap();
    std::fs::write(
        shared.path(),
        word.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<_>>(),
    )
    .unwrap();
    let mut keeper = Command::new("perl")
        .args(["-e", "sleep 600", &word])
        .spawn()
        .unwrap();
    let mut disk = vec![0; 3 << 20];
    disk.splice(2 << 20..(2 << 20) + word.len(), word.bytes());
    std::fs::write(&image, disk).unwrap();
    let answer = prover.wait_with_output().unwrap();
    keeper.kill().unwrap();
    keeper.wait().unwrap();
    assert_eq!(answer.status.code(), Some(1));
    let proof: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert!(
        row(&proof, "program")["after"].as_u64().unwrap() >= 5,
        "{proof:#}"
    );
    for place in ["files", "ram_files", "processes", "memory", "disk"] {
        let seen = searched(&proof, place).unwrap();
        assert!(seen["found"].as_u64().unwrap() > 0, "{place}: {proof:#}");
    }
}

/// The house's configuration for a station under test.
fn station(folder: &Path) -> PathBuf {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711)).unwrap();
    let config = folder.join("config");
    std::fs::create_dir(&config).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    let text = std::fs::read_to_string(shipped.join("station.toml")).unwrap();
    let first = crate::station::guests().start;
    let first = format!("first_guest = {first}");
    let text = text
        .replace("front_end = \"estran\"", "front_end = \"root\"")
        .replace("staff = \"estran\"", "staff = \"root\"")
        .replace("first_guest = 60100", &first)
        .replace("bounded = true", "bounded = false");
    assert!(text.contains(&first) && text.contains("bounded = false"));
    std::fs::write(config.join("station.toml"), text).unwrap();
    let demarches = "demarches.toml";
    std::fs::copy(shipped.join(demarches), config.join(demarches)).unwrap();
    config
}

#[test]
fn the_station_form_leaves_nothing_either() {
    if !rustix::process::geteuid().is_root() {
        // As an ordinary user the form refuses itself, and says why.
        let (code, said, _) = output(&mut estranctl(&["prove", "--form", "station"]));
        assert_eq!(code, 2, "{said}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = "echo $ESTRAN_CANARY | tee ~/left /tmp/left /dev/shm/left > /var/tmp/left
        (setsid bash -c \"sleep 600; : $ESTRAN_CANARY\" &); sleep 600";
    let path = program(folder.path(), script);
    let mut command = estranctl(&["prove", "--form", "station", "--seconds", "2", "--json"]);
    command.arg("--config").arg(station(folder.path()));
    command.arg("--state").arg(folder.path().join("state"));
    let (code, said, proof) = output(command.arg("--program").arg(path));
    assert_eq!(code, 0, "{said}");
    assert_eq!(proof["form"], "station");
    assert!(
        row(&proof, "program")["before"].as_u64().unwrap() > 4,
        "{said}"
    );
    assert!(
        proof["audit"]["outcomes"].as_array().unwrap().len() > 20,
        "{said}"
    );
}

#[test]
fn a_proof_that_saw_nothing_before_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = program(
        folder.path(),
        "unset ESTRAN_CANARY; exec env -i /usr/bin/true",
    );
    let (code, said, _) = output(estranctl(&["prove", "--program"]).arg(path));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("Result: no proof."), "{said}");
    let (code, said, _) =
        output(estranctl(&["prove", "--estrand"]).arg(folder.path().join("none")));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("is it installed"), "{said}");
}

/// A visitor's custodian knows no proof.
#[test]
fn only_a_custodian_of_a_proof_plants() {
    let refused = |proof: bool, target: Target| {
        let (told, heard) = std::sync::mpsc::channel();
        let settings = ClientSettings {
            proof,
            ..ClientSettings::default()
        };
        let estrand = Path::new(env!("CARGO_BIN_EXE_estrand"));
        let mut client = Client::spawn_desk(estrand, settings, move |notice| {
            told.send(notice).ok();
        })
        .unwrap();
        heard.recv_timeout(PATIENCE).unwrap();
        let (browser, language) = (Browser::First, "fr".to_owned());
        let open = Order::Open {
            browser,
            target,
            display: None,
            language,
            zoom: 100,
        };
        client.send(&open).unwrap();
        // The print queue of a proof may say how it is in between.
        let answer = std::iter::from_fn(|| heard.recv_timeout(PATIENCE).ok())
            .find(|notice| matches!(notice, Notice::Refused(_) | Notice::Opened));
        answer == Some(Notice::Refused(estran::custodian::Refused::NoProof))
    };
    let canary = "abcdefghijklmnopqrst".to_owned();
    assert!(refused(
        false,
        Target::Proof {
            canary: canary.clone()
        }
    ));
    assert!(refused(
        false,
        Target::Program {
            canary: canary.clone()
        }
    ));
    assert!(
        refused(true, Target::Program { canary }),
        "it was given no program"
    );
    assert!(refused(
        true,
        Target::Proof {
            canary: "$(reboot)".repeat(3)
        }
    ));
}

/// One wipe of a custodian that keeps receipts.
fn wiped_once(state: &Path) {
    wiped_by(Path::new(env!("CARGO_BIN_EXE_estrand")), state);
}

fn wiped_by(estrand: &Path, state: &Path) {
    let (told, heard) = std::sync::mpsc::channel();
    let settings = ClientSettings {
        proof: true,
        program: Some("/usr/bin/true".into()),
        state: Some(state.to_owned()),
        ..ClientSettings::default()
    };
    let mut client = Client::spawn_desk(estrand, settings, move |notice| {
        told.send(notice).ok();
    })
    .unwrap();
    let canary = "abcdefghijklmnopqrst".to_owned();
    let open = Order::Open {
        browser: Browser::First,
        target: Target::Program { canary },
        display: None,
        language: "fr".into(),
        zoom: 100,
    };
    for order in [open, Order::Wipe { round: 1 }, Order::Audit { round: 1 }] {
        client.send(&order).unwrap();
        let answered = |notice: &Notice| {
            matches!(
                (&order, notice),
                (Order::Open { .. }, Notice::Opened)
                    | (Order::Wipe { .. }, Notice::Wiped { .. })
                    | (Order::Audit { .. }, Notice::Audited { .. })
            )
        };
        while !answered(&heard.recv_timeout(PATIENCE).unwrap()) {}
    }
}

#[test]
fn a_receipt_is_written_shown_exported_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let ask = |arguments: &[&str]| {
        let state = state.to_str().unwrap();
        output(&mut estranctl(
            &[&["receipt", "--state", state], arguments].concat(),
        ))
    };
    assert_eq!(ask(&[]).0, 2, "none yet");
    wiped_once(&state);
    wiped_once(&state);
    let until = Instant::now() + PATIENCE;
    // The receipt is written after the answer.
    while !ask(&[]).1.contains("2 with nothing left") {
        assert!(Instant::now() < until, "{}", ask(&[]).1);
    }
    let (code, said, _) = ask(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("Result: nothing was left.") && said.contains("Signature: good"),
        "{said}"
    );
    let (_, text, signed) = ask(&["--json"]);
    let when = signed["receipt"]["when"].as_str().unwrap();
    assert!(
        when.ends_with(" matin") || when.ends_with(" après-midi"),
        "{when}"
    );
    let file = folder.path().join("receipt.json");
    std::fs::write(&file, &text).unwrap();
    let file = file.to_str().unwrap();
    let key = ask(&["key"]).1;
    assert_eq!(ask(&["verify", file]).0, 0);
    assert_eq!(ask(&["verify", file, "--key", key.trim()]).0, 0);
    let other = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    assert_eq!(ask(&["verify", file, "--key", other]).0, 1);
    std::fs::write(file, text.replace("\"clean\": true", "\"clean\": false")).unwrap();
    let (code, said, _) = ask(&["verify", file]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("Signature: bad"), "{said}");
    // Nothing but the receipt and the key is kept.
    let kept = std::fs::read_dir(&state).unwrap().flatten();
    let mut names: Vec<_> = kept.map(|entry| entry.file_name()).collect();
    names.sort();
    assert_eq!(names, ["receipt-key.pub", "receipt.json", "secrets"]);
}

/// A key as docs/installation.md makes it: sealed by systemd-creds, and opened again as the service
/// manager does before it starts the custodian.
fn handed_in(folder: &Path) -> PathBuf {
    let (sealed, handed) = (folder.join("sealed"), folder.join("handed"));
    std::fs::create_dir(&handed).unwrap();
    let script = "head -c 32 /dev/urandom \
        | systemd-creds encrypt --with-key=\"$3\" --name=estran.receipt-key - \"$1\" \
        && systemd-creds decrypt --name=estran.receipt-key \"$1\" \"$2/estran.receipt-key\" \
        && chmod 0400 \"$2/estran.receipt-key\"";
    let systemd = |key: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-ec", script, "sh"]).args([&sealed, &handed]);
        output(shell.arg(key)).0 == 0
    };
    // A machine without its own secret still has the seal that needs none.
    if !["host", "null", "tpm2-absent"].into_iter().any(systemd) {
        crate::left_out("systemd-creds: a key is handed in as it is, and not sealed first");
        let key = handed.join("estran.receipt-key");
        std::fs::write(&key, [7; 32]).unwrap();
        std::fs::set_permissions(key, Permissions::from_mode(0o400)).unwrap();
    }
    handed
}

#[test]
fn a_key_that_the_service_manager_hands_in_signs_and_is_written_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (state, program) = (folder.path().join("state"), folder.path().join("estrand"));
    let handed = handed_in(folder.path());
    let script = format!(
        "#!/bin/sh\nexport CREDENTIALS_DIRECTORY={}\nexec {} \"$@\"\n",
        handed.display(),
        env!("CARGO_BIN_EXE_estrand")
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, Permissions::from_mode(0o700)).unwrap();
    wiped_by(&program, &state);
    let ask = |arguments: &[&str]| {
        let state = state.to_str().unwrap();
        output(&mut estranctl(
            &[&["receipt", "--state", state], arguments].concat(),
        ))
    };
    let until = Instant::now() + PATIENCE;
    while ask(&[]).0 != 0 {
        assert!(Instant::now() < until, "{}", ask(&[]).1);
    }
    let seed = std::fs::read(handed.join("estran.receipt-key")).unwrap();
    let key = estran::receipt::Key::from_bytes(&seed).unwrap().public();
    assert_eq!(ask(&["key"]).1.trim(), key.to_string());
    let file = folder.path().join("receipt.json");
    std::fs::write(&file, ask(&["--json"]).1).unwrap();
    let key = key.to_string();
    let verified = ask(&["verify", file.to_str().unwrap(), "--key", &key]);
    assert_eq!(verified.0, 0, "{}", verified.1);
    assert!(!state.join("secrets").exists(), "no key on the disk");
}
