//! The two browsers: what they are started with and what they are forbidden.
#![forbid(unsafe_code)]

pub mod chromium;
pub mod firefox;

use std::path::{Path, PathBuf};

use super::companion;
use super::sandbox::{Generated, OURS};
use super::words::Launch;
use crate::config::BrowserKind;

/// Where a visit may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// The first page, and the home page.
    pub home: String,
    /// Allowed domain suffixes; empty means the open web.
    pub allowed: Vec<String>,
    /// Domain suffixes that are refused in any case.
    pub refused: Vec<String>,
    /// The address is the guest's own practice démarche.
    pub practice: bool,
    /// The session's only way out is the passage.
    pub passage: bool,
    /// Visitor's language, BCP 47.
    pub language: String,
    /// Everything larger, percent.
    pub zoom: u16,
}

/// The program on this machine. Scripts that only call a package from elsewhere (snap) cannot run
/// in the sandbox and do not count.
pub fn program(browser: BrowserKind) -> Option<PathBuf> {
    let places: &[&str] = match browser {
        BrowserKind::Firefox => &[
            "/usr/bin/firefox-esr",
            "/usr/lib/firefox/firefox",
            "/usr/bin/firefox",
        ],
        BrowserKind::Chromium => &["/usr/bin/chromium", "/usr/bin/chromium-browser"],
    };
    places
        .iter()
        .map(PathBuf::from)
        .find(|place| place.exists() && !calls_a_snap(place))
}

/// The order that opens the journey's page; `None` when the browser is not installed.
pub fn launch(browser: BrowserKind, journey: &Journey) -> Option<Launch> {
    let program = program(browser)?.to_str()?.to_owned();
    Some(match browser {
        BrowserKind::Firefox => firefox::launch(program, journey),
        BrowserKind::Chromium => chromium::launch(program, journey),
    })
}

/// The same order for a browser without a display.
pub fn headless(browser: BrowserKind, mut launch: Launch) -> Launch {
    match browser {
        BrowserKind::Firefox => launch.argv.insert(1, "--headless".into()),
        BrowserKind::Chromium => {
            launch.argv.retain(|word| word != chromium::WINDOWS);
            launch.argv.insert(1, "--headless=new".into());
        }
    }
    launch
}

/// Where [`print`] leaves the printed page.
pub const PRINTED: &str = "/home/visitor/Documents/imprime.pdf";

/// An order that prints a page of the guest's own server into [`PRINTED`], without a display and
/// with a profile of its own; `None` when the browser is not installed, and for Chromium, which
/// prints without a display only by the remote debugging that its policies refuse.
pub fn print(browser: BrowserKind, address: &str) -> Option<Launch> {
    match browser {
        BrowserKind::Firefox => {
            let program = program(browser)?.to_str()?.to_owned();
            Some(firefox::print(program, address))
        }
        BrowserKind::Chromium => None,
    }
}

/// Policies of both browsers, the start page and the companion: one session may use both.
pub fn files(journey: &Journey) -> Vec<Generated> {
    let firefox = pretty(&firefox::policies(journey));
    let chromium = pretty(&chromium::policies(journey));
    let mut files = vec![
        Generated::text("/etc/firefox/policies/policies.json", firefox),
        Generated::text("/etc/chromium/policies/managed/estran.json", chromium),
        Generated::text(format!("{OURS}/start.html"), firefox::START_PAGE),
    ];
    match companion::files() {
        Ok(companion) => files.extend(companion),
        // Without it the sensor is silent, and every field counts as secret.
        Err(error) => tracing::error!(%error, "no companion"),
    }
    files
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

fn calls_a_snap(program: &Path) -> bool {
    let Ok(about) = std::fs::metadata(program) else {
        return true;
    };
    about.len() < 64 * 1024
        && std::fs::read(program)
            .is_ok_and(|bytes| bytes.windows(6).any(|window| window == b"/snap/"))
}
