//! A printer that keeps what it gets: `ippeveprinter`, the print service's own virtual one.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::{Result, STEP, wait_for, wait_until};

/// A running virtual printer. Dropping it ends it and burns its paper.
#[derive(Debug)]
pub struct Printer {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Printer {
    /// Switches one on.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("estran-paper-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        let port = TcpListener::bind("localhost:0")?.local_addr()?.port();
        // It does not start without a system message bus, though it needs nothing of it.
        let script = "DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec ippeveprinter \
                      -r off -n localhost -k -d \"$1\" -p \"$2\" \
                      -f application/pdf,image/jpeg,image/pwg-raster,image/urf Papier";
        let child = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script, "sh"])
            .arg(&folder)
            .arg(port.to_string())
            .env("PATH", "/usr/bin:/usr/sbin:/bin:/sbin")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("starting a virtual printer: {error}"))?;
        let printer = Self {
            child,
            folder,
            port,
        };
        wait_until("the virtual printer", STEP, || {
            Ok(TcpStream::connect(("localhost", port)).is_ok())
        })?;
        Ok(printer)
    }

    /// Its address, for the configuration.
    pub fn uri(&self) -> String {
        format!("ipp://localhost:{}/ipp/print", self.port)
    }

    /// Stops answering, as one does whose cable is pulled, or (false) answers again.
    pub fn hang(&self, hanging: bool) {
        self.signal(if hanging { Signal::STOP } else { Signal::CONT });
    }

    fn signal(&self, signal: Signal) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            kill_process_group(group, signal).ok();
        }
    }

    /// What lies in the tray: one file for each job.
    pub fn paper(&self) -> Vec<PathBuf> {
        let mut paper: Vec<PathBuf> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paper.sort();
        paper
    }

    /// Waits for a sheet that says `word`, and returns its text.
    ///
    /// # Errors
    /// When none comes.
    pub fn wait_sheet(&self, word: &str) -> Result<String> {
        wait_for(&format!("a sheet with {word:?}"), STEP * 4, || {
            let texts: Vec<String> = self.paper().iter().map(|sheet| text(sheet)).collect();
            Ok(texts.into_iter().find(|text| text.contains(word)))
        })
    }
}

/// The text of a PDF.
pub fn text(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg(pdf).arg("-").output();
    read.map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

impl Drop for Printer {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
        self.child.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}
