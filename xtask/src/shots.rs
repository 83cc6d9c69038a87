//! `cargo xtask shots`: every screen as a picture, and contact sheets to look at.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use estran_driver::Picture;

use crate::Result;
use crate::build::build;
use crate::packages::{Purpose, prepare};
use crate::tool::{go, root};

const COLUMNS: u32 = 4;
const WIDTH: u32 = 480;

/// Draws every screen, without a display, and builds one sheet per size and style.
///
/// # Errors
/// When the build or the drawing fails.
pub fn run() -> Result {
    prepare(Purpose::Build)?;
    let built = build(false, "probe,shots")?;
    let out = root().join("out/shots");
    fs::remove_dir_all(&out).ok();
    fs::create_dir_all(&out)?;
    go(Command::new(built.estran)
        .arg("shots")
        .arg(&out)
        .current_dir(root()))?;
    let sheets = sheets(&out)?;
    println!("\n{} contact sheets in {}", sheets.len(), out.display());
    for sheet in sheets {
        println!("  {}", sheet.display());
    }
    Ok(())
}

/// One sheet for every folder that holds pictures.
fn sheets(out: &Path) -> Result<Vec<PathBuf>> {
    let mut groups: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "png") {
                groups.entry(folder.clone()).or_default().push(path);
            }
        }
    }
    let mut made = Vec::new();
    for (folder, mut files) in groups {
        files.sort();
        let pictures: Vec<Picture> = files
            .iter()
            .map(|file| Picture::load(file))
            .collect::<Result<_>>()?;
        let name = folder
            .strip_prefix(out)
            .unwrap_or(&folder)
            .to_string_lossy()
            .replace('/', "-");
        let name = if name.is_empty() {
            "all".to_owned()
        } else {
            name
        };
        let path = out.join(format!("sheet-{name}.png"));
        Picture::sheet(&pictures, COLUMNS, WIDTH).save(&path)?;
        made.push(path);
    }
    Ok(made)
}
