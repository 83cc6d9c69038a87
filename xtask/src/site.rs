//! The practice site, running outside of any kiosk.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use estran_driver::trace;

use crate::Result;

/// A process that ends with its owner, and all that it started.
pub struct Owned(pub Child);

impl Drop for Owned {
    fn drop(&mut self) {
        let family = trace::descendants(self.0.id());
        if self.0.kill().is_ok() {
            self.0.wait().ok();
        }
        for pid in family {
            let mut kill = Command::new("kill");
            kill.args(["-9", &pid.to_string()])
                .stderr(Stdio::null())
                .status()
                .ok();
        }
    }
}

/// Starts the site on a free port; returns its base address without the last slash.
///
/// # Errors
/// When it does not start.
pub fn start(program: &Path) -> Result<(Owned, String)> {
    let mut site = Command::new(program);
    site.args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped());
    let mut site = Owned(site.spawn()?);
    let mut line = String::new();
    let out = site
        .0
        .stdout
        .take()
        .ok_or("the practice site has no voice")?;
    BufReader::new(out).read_line(&mut line)?;
    let address = line.trim().rsplit(' ').next().unwrap_or_default();
    if address.is_empty() {
        return Err("the practice site did not start".into());
    }
    Ok((site, format!("http://{address}")))
}
