//! The planter: leaves the canary wherever a visitor, or a program of theirs, leaves traces. It
//! runs inside the sandbox as an ordinary program of the guest, serves the page that plants in the
//! browser, and writes down what it could plant.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the guest's own processes and files"
)]

mod server;
mod system;

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::canary::{Canary, Plant};
use super::result::Planted;
use crate::guest::browser::PRINTED;
use crate::guest::sandbox::{DOCUMENTS, HOME, PRACTICE_ADDRESS};
use crate::guest::words::Planting;

/// Where the planter writes what it planted, once it is done; inside the sandbox.
pub const STATE: &str = "/home/visitor/.estran-planted.json";

/// How long the page may take.
const PAGE: Duration = Duration::from_mins(2);
/// How long a download or a print may take.
const FILE: Duration = Duration::from_mins(1);

/// What the page reports to the server.
#[derive(Debug, Default)]
struct Reports {
    planted: Mutex<(BTreeMap<Plant, Planted>, bool)>,
    changed: Condvar,
}

impl Reports {
    fn set(&self, plant: Plant, planted: Planted) {
        let mut all = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.insert(plant, planted);
    }

    fn done(&self) {
        self.planted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1 = true;
        self.changed.notify_all();
    }

    fn wait(&self, limit: Duration) -> bool {
        let all = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(all, limit, |all| !all.1);
        waited.unwrap_or_else(PoisonError::into_inner).0.1
    }

    fn all(&self) -> BTreeMap<Plant, Planted> {
        let all = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        all.0.clone()
    }
}

/// Reads what to plant from standard input, plants it, and then serves until it is killed.
///
/// # Errors
/// When standard input says nothing, or the page cannot be served.
pub fn run() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().lock().take(1 << 20).read_to_string(&mut text)?;
    let planting: Planting = serde_json::from_str(&text).map_err(io::Error::other)?;
    let canary = Canary::from_text(&planting.canary).ok_or(io::ErrorKind::InvalidInput)?;
    let reports = Arc::new(Reports::default());
    let listener = TcpListener::bind(PRACTICE_ADDRESS)?;
    let serving = {
        let (canary, reports) = (canary.clone(), Arc::clone(&reports));
        std::thread::spawn(move || server::serve(&listener, &canary, &reports))
    };
    for (plant, planted) in system::plant(&canary) {
        reports.set(plant, planted);
    }
    if reports.wait(PAGE) {
        files(&canary, &planting, &reports);
        write_state(&reports.all())?;
    }
    serving.join().ok();
    Ok(())
}

/// What ends as a file in the documents: the download, and the printed page.
fn files(canary: &Canary, planting: &Planting, reports: &Reports) {
    let download = Path::new(DOCUMENTS).join(format!("{}.txt", canary.token(Plant::Download)));
    reports.set(Plant::Download, there(arrived(&download)));
    let named = Path::new(DOCUMENTS).join(format!("{}.pdf", canary.token(Plant::PdfPrint)));
    let printed = print(planting).and_then(|()| std::fs::rename(PRINTED, named));
    reports.set(Plant::PdfPrint, there(printed.is_ok()));
}

const fn there(there: bool) -> Planted {
    if there {
        Planted::Planted
    } else {
        Planted::Impossible
    }
}

/// Waits until a file is there and does not grow any more.
fn arrived(path: &Path) -> bool {
    let until = Instant::now() + FILE;
    let size = || std::fs::metadata(path).map_or(0, |about| about.len());
    while Instant::now() < until {
        let before = size();
        std::thread::sleep(Duration::from_millis(200));
        if before > 0 && size() == before {
            return true;
        }
    }
    false
}

fn print(planting: &Planting) -> io::Result<()> {
    let Some(order) = &planting.print else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    for (path, content) in &order.files {
        let path = PathBuf::from(HOME).join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(HOME)))?;
        std::fs::write(path, content)?;
    }
    let (program, arguments) = order
        .argv
        .split_first()
        .ok_or(io::ErrorKind::InvalidInput)?;
    let mut browser = Command::new(program)
        .args(arguments)
        .envs(order.env.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    let printed = arrived(Path::new(PRINTED));
    if let Some(group) = i32::try_from(browser.id()).ok().and_then(Pid::from_raw) {
        kill_process_group(group, Signal::KILL).ok();
    }
    browser.wait()?;
    if printed {
        Ok(())
    } else {
        Err(io::ErrorKind::TimedOut.into())
    }
}

fn write_state(planted: &BTreeMap<Plant, Planted>) -> io::Result<()> {
    let half = format!("{STATE}.part");
    std::fs::write(&half, serde_json::to_vec(planted)?)?;
    std::fs::rename(half, STATE)
}

/// A process that has left its family; it keeps what it was told in memory, and a deleted file
/// open. Ends only when it is killed.
///
/// # Errors
/// When standard input or the file fails.
pub fn linger() -> io::Result<()> {
    system::linger()
}
