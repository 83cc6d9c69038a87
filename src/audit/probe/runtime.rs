//! Runtime directories of ours whose front-end is dead: a display socket or a lock left behind.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads the runtime directory"
)]

use std::path::{Path, PathBuf};

use super::super::Outcome;

/// Our directories are `estran-` and the pid of the front-end that made them.
pub const PREFIX: &str = "estran-";

/// Each dead directory counts once.
pub fn look(runtime: &Path) -> Outcome {
    match stale(runtime) {
        Ok(stale) => super::outcome(stale.len()),
        Err(_) => Outcome::Blind,
    }
}

/// Directories of ours, owned by us, whose process is gone.
///
/// # Errors
/// When the runtime directory cannot be read.
pub fn stale(runtime: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(runtime)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
            continue;
        };
        let Ok(pid) = pid.parse::<u32>() else {
            continue;
        };
        // `file_type` does not follow links: a link with our name is not ours.
        let ours = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if ours && !Path::new(&format!("/proc/{pid}")).exists() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_dead_directory_is_seen_and_a_living_one_is_not() {
        let runtime = tempfile::tempdir().unwrap();
        let dead = runtime.path().join("estran-4194400"); // above pid_max
        std::fs::create_dir(&dead).unwrap();
        std::fs::create_dir(
            runtime
                .path()
                .join(format!("estran-{}", std::process::id())),
        )
        .unwrap();
        std::fs::create_dir(runtime.path().join("estran-notes")).unwrap();
        std::os::unix::fs::symlink("/", runtime.path().join("estran-4194401")).unwrap();
        assert_eq!(stale(runtime.path()).unwrap(), std::slice::from_ref(&dead));
        assert_eq!(look(runtime.path()), Outcome::Found(1));
        std::fs::remove_dir(dead).unwrap();
        assert_eq!(look(runtime.path()), Outcome::Nothing);
        assert_eq!(look(&runtime.path().join("absent")), Outcome::Blind);
    }
}
