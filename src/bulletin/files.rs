//! One period, three files.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::sheet::sheet;
use super::{BulletinError, House};
use crate::usage::{Release, csv, json};
use crate::wording::{Lang, Wording};

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table, one row a number.
    Csv,
    /// A report in the vocabulary of La Coop.
    Json,
    /// A page with plots.
    Pdf,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Pdf];

    /// Its file extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Pdf => "pdf",
        }
    }
}

/// The bytes of a file.
///
/// # Errors
/// When the page cannot be set.
pub fn file(
    format: Format,
    release: &Release,
    house: House<'_>,
    words: &Wording,
    lang: Lang,
) -> Result<Vec<u8>, BulletinError> {
    Ok(match format {
        Format::Csv => csv(house.id, release).into_bytes(),
        Format::Json => format!("{:#}\n", json(house.id, release)).into_bytes(),
        Format::Pdf => sheet(release, house, words, lang).pdf()?,
    })
}

/// The name under which a file leaves.
#[must_use]
pub fn name(format: Format, release: &Release) -> String {
    format!("statistiques-{}.{}", release.period, format.extension())
}

/// The files of a release: each with its name.
///
/// # Errors
/// When a page cannot be set.
pub fn files(
    formats: &[Format],
    release: &Release,
    house: House<'_>,
    words: &Wording,
    lang: Lang,
) -> Result<Vec<(String, Vec<u8>)>, BulletinError> {
    let one = |format: &Format| {
        let bytes = file(*format, release, house, words, lang)?;
        Ok((name(*format, release), bytes))
    };
    formats.iter().map(one).collect()
}

/// Writes files into a folder, through to the device, each whole or not at all. Returns their
/// places.
///
/// # Errors
/// When a file cannot be made; those before it are there.
pub fn save(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, BulletinError> {
    let mut places = Vec::new();
    for (name, bytes) in files {
        let place = folder.join(name);
        let part = folder.join(format!(".{name}.part"));
        written(&part, &place, bytes).map_err(|cause| {
            // What is left of it says nothing that was not to leave.
            std::fs::remove_file(&part).ok();
            BulletinError::Disk {
                place: place.clone(),
                cause,
            }
        })?;
        places.push(place);
    }
    Ok(places)
}

/// A reader of the folder sees the file that was there before, or the new one.
fn written(part: &Path, place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
        .open(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, place)
}
