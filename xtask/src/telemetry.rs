//! The optional features of the command line, which no other step compiles: metrics by OTLP, with a
//! real collector and a real Prometheus, totals with noise, and the desktop's own key ring, with a
//! real gnome-keyring-daemon.

use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::tally::Tally;
use crate::tool::{cargo, go, root};

/// A collector that the Python package index has as a program; Debian has none, and its Prometheus
/// takes no OTLP before 2.47.
const COLLECTOR: &str = "rotel==0.0.1a15";

const FEATURES: &str = "telemetry,private-totals,desktop-keyring";

/// Lints and tests them.
pub fn check(tally: &mut Tally, offline: bool) {
    let mut lints = estran("clippy");
    lints.args(["--lib", "--bins", "--test", "it"]);
    lints.args(["--", "--deny", "warnings"]);
    tally.one("lints of the optional features", &mut lints);
    said("gnome-keyring-daemon");
    let mut tests = estran("test");
    tests.args(["--test", "it", "--", "secrets::desktop::"]);
    tally.many("the desktop's own key ring", &mut tests);
    match collector(offline) {
        Ok(program) => {
            said(&program.display().to_string());
            said("prometheus");
            let mut tests = estran("test");
            tests.args(["--lib", "--test", "it"]);
            tests.args(["--", "telemetry::", "private::"]);
            tests.env("ESTRAN_TEST_COLLECTOR", program);
            tally.many("metrics and private totals", &mut tests);
        }
        Err(error) => tally.fail(&format!(
            "metrics by OTLP were not tested: getting {COLLECTOR}: {error}"
        )),
    }
}

/// Says which program the tests speak to: a result without it shows little.
fn said(program: &str) {
    let version = Command::new(program).arg("--version").output();
    let text = version.map_or_else(
        |error| error.to_string(),
        |said| String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned(),
    );
    let first = text.lines().next().unwrap_or("says no version");
    println!("against {program}: {first}");
}

fn estran(what: &str) -> Command {
    let mut command = cargo();
    command.args([what, "--package", "estran", "--no-default-features"]);
    command.args(["--features", FEATURES]);
    command
}

/// The collector's program: fetched and unpacked once, never installed.
fn collector(offline: bool) -> Result<PathBuf> {
    let folder = root().join("target/collector");
    let program = folder.join("rotel/rotel-agent");
    if program.exists() {
        return Ok(program);
    }
    if offline {
        return Err("it is not there, and nothing may be fetched".into());
    }
    let wheels = folder.join("wheels");
    go(Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps"])
        .args(["--disable-pip-version-check", "--only-binary", ":all:"])
        .arg("--dest")
        .arg(&wheels)
        .arg(COLLECTOR))?;
    let wheel = std::fs::read_dir(&wheels)?
        .next()
        .ok_or("no wheel came")??;
    go(Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .arg(wheel.path())
        .arg(&folder))?;
    // A wheel does not say of a program that it is one.
    go(Command::new("chmod").arg("755").arg(&program))?;
    Ok(program)
}
