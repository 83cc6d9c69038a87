//! Licences, forbidden crates and features, sources, and known holes, by cargo-deny (`deny.toml`).

use std::process::Command;

use crate::tally::Tally;
use crate::tool::{cargo, go, works};

/// The version that was tried; a machine that has another one uses it.
const VERSION: &str = "0.20.2";

/// Checks everything that `deny.toml` says. The list of known holes comes from the network: where
/// it cannot be had, that is said, and the rest decides.
pub fn check(tally: &mut Tally, offline: bool) {
    if !is_there() && (offline || !install()) {
        return tally.fail(&format!(
            "licences, crates and sources were not checked: cargo-deny is missing \
             (cargo install --locked cargo-deny --version {VERSION})"
        ));
    }
    let mut rules = deny();
    rules.args([
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]);
    tally.one("licences, crates and sources", &mut rules);
    if works(deny().args(["fetch", "db"])) {
        let mut holes = deny();
        holes.args(["check", "--hide-inclusion-graph", "advisories"]);
        tally.one("known holes in the crates", &mut holes);
    } else {
        println!("\n(the list of known holes cannot be fetched here: it was NOT looked at)");
    }
}

fn deny() -> Command {
    let mut deny = cargo();
    // Two versions of one crate are a remark for whoever updates, not for every run.
    deny.args(["deny", "--log-level", "error"]);
    deny
}

fn is_there() -> bool {
    works(deny().arg("--version"))
}

/// Builds it once for this machine, hardly optimised: it runs for seconds, its build would take
/// minutes.
fn install() -> bool {
    println!("\ncargo-deny, which reads licences and known holes, is built once for this machine.");
    let mut install = cargo();
    install.args(["install", "--locked", "--version", VERSION]);
    for setting in [
        "opt-level=0",
        "lto=false",
        "codegen-units=16",
        "debug=false",
    ] {
        install.args(["--config", &format!("profile.release.{setting}")]);
    }
    if let Err(error) = go(install.arg("cargo-deny")) {
        println!("{error}");
    }
    is_there()
}
