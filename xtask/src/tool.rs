//! Starting other programs, said aloud.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;

/// The folder of the project.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

/// The cargo that started us.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    // Cargo told these about xtask; they must not leak into the builds that it starts.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Where cargo puts what it builds: we were put there ourselves.
///
/// # Errors
/// When this program does not know its own place.
pub fn built(profile: &str) -> Result<PathBuf> {
    let here = env::current_exe()?;
    let target = here.parent().and_then(Path::parent);
    Ok(target.ok_or("xtask is in no target folder")?.join(profile))
}

/// Runs a command with its own voice.
///
/// # Errors
/// When it does not start or does not succeed.
pub fn go(command: &mut Command) -> Result {
    println!("\n$ {}", spoken(command));
    let status = command
        .status()
        .map_err(|error| format!("starting {}: {error}", command.get_program().display()))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", spoken(command)).into())
    }
}

/// Runs a command quietly: did it succeed?
pub fn works(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a command prints, when it succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let out = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
    let out = out.ok().filter(|out| out.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Is there a program of this name on the search path?
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    // Debian keeps some tools where an ordinary user's path does not look.
    let more = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    env::split_paths(&path)
        .chain(more)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A command as one would type it.
pub fn spoken(command: &Command) -> String {
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
    words.join(" ")
}
