//! End to end: the built kiosk with a real browser in a real window, used by keys and clicks.
//!
//! Every test runs with both browsers, as `…::firefox` and `…::chromium`. A test that fails leaves
//! the last picture and the kiosk's log in `out/e2e`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs
)]

use std::fs;
use std::path::{Path, PathBuf};

use estran_driver::{Kiosk, Options, Result};

mod apps;
mod blocked;
mod broken;
mod change;
mod consent;
mod crash;
mod dense;
mod escape;
mod keyboard;
mod limit;
mod newcomer;
mod numbers;
mod papers;
mod printing;
mod rights;
mod secrets;
mod smoke;
mod staff;
mod station;
mod taking_back;
mod typed;
mod visit;
mod wipe;

/// A kiosk with this browser.
fn options(browser: &str) -> Options {
    Options {
        program: env!("CARGO_BIN_EXE_estran").into(),
        config: Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config"),
        browser: browser.to_owned(),
        size: (1280, 720),
        // No code of a helper: nobody else's store is asked.
        more: Vec::new(),
    }
}

/// Runs one test on one kiosk; when it fails, keeps what there is to see.
fn with_kiosk(name: &str, browser: &str, test: impl FnOnce(&mut Kiosk) -> Result) {
    with_options(name, &options(browser), test);
}

/// The same, on a kiosk that is started so.
fn with_options(name: &str, options: &Options, test: impl FnOnce(&mut Kiosk) -> Result) {
    on(name, Kiosk::start(options).unwrap(), test);
}

/// The same, on a kiosk that was started otherwise.
fn on(name: &str, mut kiosk: Kiosk, test: impl FnOnce(&mut Kiosk) -> Result) {
    let browser = kiosk.browser().to_owned();
    if let Err(error) = test(&mut kiosk) {
        let place = evidence(name, &browser);
        kiosk.save(&place.with_extension("png")).ok();
        fs::write(place.with_extension("log"), kiosk.said()).ok();
        let screen = kiosk.ui().map(|ui| format!("{ui:#?}"));
        panic!(
            "{name}, {browser}: {error}\nlast picture: {}.png\n{}",
            place.display(),
            screen.unwrap_or_else(|error| error.to_string())
        );
    }
}

fn evidence(name: &str, browser: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("out/e2e");
    fs::create_dir_all(&folder).ok();
    folder.join(format!("{name}-{browser}"))
}

/// Checks something within a test that answers with an error, so that the evidence is kept.
fn check(holds: bool, what: impl FnOnce() -> String) -> Result {
    if holds { Ok(()) } else { Err(what().into()) }
}

/// For a step that needs no picture.
#[allow(clippy::unnecessary_wraps, reason = "the shape that the visit wants")]
fn quiet(_step: &str) -> Result {
    Ok(())
}

/// A word that nobody else writes.
fn secret() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!(
        "varech{}x{}",
        std::process::id(),
        now.map_or(0, |now| now.as_nanos() % 1_000_000_007)
    )
}

/// Makes a test for each browser of a function `fn name(kiosk: &mut Kiosk) -> Result`, or, with
/// `browser`, of a function that also wants the browser's name.
macro_rules! both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn firefox() {
                crate::e2e::with_kiosk(stringify!($name), "firefox", super::$name);
            }

            #[test]
            fn chromium() {
                crate::e2e::with_kiosk(stringify!($name), "chromium", super::$name);
            }
        }
    )+};
}
use both;
