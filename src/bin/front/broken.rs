//! The program without a configuration: words on the screen until there is one, then it begins anew.
#![allow(
    clippy::disallowed_methods,
    reason = "door: starts this program again, as the same process"
)]

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use estran::gate;
use estran::shell::{self, Ended};

/// Words for visitors and for staff, until the house's `files` can be used. What the gate has found on
/// the machine is not mended by an edit.
///
/// # Errors
/// When no window can be opened, or the program cannot be started again.
pub fn show(
    lines: Vec<String>,
    windowed: Option<(u32, u32)>,
    verdict: Option<&Path>,
    files: Option<&Path>,
) -> Result<(), Box<dyn std::error::Error>> {
    let sound = verdict.is_none_or(|path| gate::read_verdict(path).faults.is_empty());
    match shell::out_of_service(lines, windowed, files.filter(|_| sound))? {
        Ended::Closed => Ok(()),
        Ended::Mended => Err(again().into()),
    }
}

/// The same program with the same arguments, as the same process: whoever waits for its end goes on
/// waiting. Only a failure comes back.
fn again() -> std::io::Error {
    match std::env::current_exe() {
        Ok(program) => Command::new(program)
            .args(std::env::args_os().skip(1))
            .exec(),
        Err(error) => error,
    }
}
