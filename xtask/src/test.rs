//! `cargo xtask test`: everything, on a machine that may have nothing yet.

use std::process::{Command, ExitCode};

use crate::Result;
use crate::deny;
use crate::left_out::LeftOut;
use crate::packages::{Purpose, prepare};
use crate::sandbox::{self, Browser};
use crate::tally::Tally;
use crate::telemetry;
use crate::tool::{cargo, go, works};

/// What to leave out.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only the tests whose name contains this
    filter: Option<String>,
    /// Install nothing; say what is missing by failing
    #[arg(long)]
    offline: bool,
    /// Also the optional features: metrics by OTLP, totals with noise, the desktop's key ring
    #[arg(long)]
    optional: bool,
}

/// Features that the tests need: the whole front-end with the developer's probe.
const FEATURES: &str = "estran/probe";

/// Runs everything; the last line says the counts.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (mut tally, left_out) = (Tally::default(), LeftOut::new());
    match ready(arguments) {
        Ok(missing) => {
            let filter = arguments.filter.as_deref();
            tests(&mut tally, filter, &missing, &left_out);
            if arguments.filter.is_none() {
                others(&mut tally, arguments.offline);
            }
            if arguments.optional {
                telemetry::check(&mut tally, arguments.offline);
            }
        }
        Err(error) => tally.fail(&format!("getting ready: {error}")),
    }
    left_out.show();
    if tally.close() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn ready(arguments: &Arguments) -> Result<Vec<&'static str>> {
    if !arguments.offline {
        prepare(Purpose::Tests)?;
    }
    let found = sandbox::check()?;
    let both = [Browser::Firefox, Browser::Chromium];
    Ok(both
        .into_iter()
        .filter(|each| !found.contains(each))
        .map(Browser::name)
        .collect())
}

fn tests(tally: &mut Tally, filter: Option<&str>, missing: &[&str], left_out: &LeftOut) {
    // The programs that the end-to-end tests start must all be there, not only the one that
    // cargo builds for the test binary's sake.
    let mut build = cargo();
    build.args(["build", "--workspace", "--bins", "--features", FEATURES]);
    tally.one("the programs", &mut build);
    let mut runner = cargo();
    let next = works(cargo().args(["nextest", "--version"]));
    if next {
        runner.args(["nextest", "run", "--no-fail-fast"]);
    } else {
        runner.args(["test", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    runner
        .args(["--workspace", "--features", FEATURES])
        .args(filter);
    // A browser that this system cannot have is left out here, aloud; a test never skips itself.
    for missing in missing {
        runner.args(["--", "--skip", &format!("::{missing}")]);
    }
    left_out.tell(&mut runner);
    tally.many("unit, integration and end-to-end tests", &mut runner);
}

fn others(tally: &mut Tally, offline: bool) {
    let mut documents = cargo();
    documents.args(["test", "--doc", "--workspace", "--features", FEATURES]);
    tally.many(
        "examples in the documentation, and what must not compile",
        &mut documents,
    );
    let mut core = cargo();
    core.args([
        "check",
        "--package",
        "estran",
        "--no-default-features",
        "--lib",
        "--bins",
    ]);
    tally.one("the core and the daemons build without a screen", &mut core);
    tally.one("formatting", cargo().args(["fmt", "--all", "--check"]));
    tally.one("lints", &mut clippy());
    deny::check(tally, offline);
}

fn clippy() -> Command {
    let mut clippy = cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        // What reads real devices is in no test: here it is at least compiled.
        "estran/probe,estran/seats",
    ]);
    clippy.args(["--", "--deny", "warnings"]);
    clippy
}

/// Formats and lints.
///
/// # Errors
/// When clippy has something to say.
pub fn lint() -> Result {
    prepare(Purpose::Build)?;
    go(cargo().args(["fmt", "--all"]))?;
    go(&mut clippy())
}

/// Writes anew what is made from the program itself.
///
/// # Errors
/// When a test that should write does not pass.
pub fn generate() -> Result {
    prepare(Purpose::Build)?;
    go(cargo()
        .args(["test", "--no-default-features", "--test", "it", "generated"])
        .env("UPDATE_DOCS", "1"))?;
    go(cargo()
        .args(["test", "--no-default-features", "--lib", "explorer"])
        .env("UPDATE_DOCS", "1"))
}

/// The Wayland conformance suite, against the list of expected failures and their reasons.
///
/// # Errors
/// When a test fails that should not, or passes that was expected to fail.
pub fn wlcs() -> Result {
    prepare(Purpose::Conformance)?;
    Ok(crate::wlcs::run()?)
}
