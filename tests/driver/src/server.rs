//! A private X server that lives as long as its owner.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Result;

/// An Xvfb on a display number of its own, with the French keyboard; killed by pid on drop.
#[derive(Debug)]
pub struct Server {
    child: Child,
    display: String,
    size: (u16, u16),
}

impl Server {
    /// Starts a server with one screen of `width` × `height` pixels.
    ///
    /// # Errors
    /// When Xvfb or setxkbmap is missing or will not start.
    pub fn start(width: u16, height: u16) -> Result<Self> {
        // The server picks a free number and writes it to its standard output: no race.
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args([
                "-dpi",
                "96",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("starting Xvfb (Debian package xvfb): {error}"))?;
        let mut number = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut number)?;
        }
        let server = Self {
            child,
            display: format!(":{}", number.trim()),
            size: (width, height),
        };
        if number.trim().is_empty() {
            return Err("Xvfb stopped before it told its display number".into());
        }
        server.french_keyboard()?;
        Ok(server)
    }

    // Shell text fields read X's keymap, the guest reads its own; both must agree on the keys.
    fn french_keyboard(&self) -> Result {
        let done = Command::new("setxkbmap")
            .args(["-display", &self.display, "-layout", "fr"])
            .stderr(Stdio::null())
            .status()
            .map_err(|error| format!("starting setxkbmap (package x11-xkb-utils): {error}"))?;
        if done.success() {
            Ok(())
        } else {
            Err(format!("setxkbmap: {done}").into())
        }
    }

    /// The display's name, ":N".
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Width and height in pixels.
    pub const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already; either way nothing is left to do.
        if self.child.kill().is_ok() {
            self.child.wait().ok();
        }
    }
}
