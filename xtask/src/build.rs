//! Building Estran.

use std::path::PathBuf;

use crate::Result;
use crate::tool::{built, cargo, go};

/// A built Estran: `estran` with `estrand` and the others beside it.
pub struct Built {
    /// The front-end.
    pub estran: PathBuf,
}

/// Builds every program, with the developer's probe by which a test sees the controls.
///
/// # Errors
/// When the build fails.
pub fn build(release: bool, features: &str) -> Result<Built> {
    let mut cargo = cargo();
    cargo.args([
        "build",
        "--package",
        "estran",
        "--bins",
        "--features",
        features,
    ]);
    if release {
        cargo.arg("--release");
    }
    println!("\nBuilding Estran. The first time this takes some minutes.");
    go(&mut cargo)?;
    let folder = built(if release { "release" } else { "debug" })?;
    Ok(Built {
        estran: folder.join("estran"),
    })
}
