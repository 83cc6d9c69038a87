//! One period, three files.

use std::fs::{File, OpenOptions};
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

/// Writes files into a folder (a stick that is mounted there), through to the device. Returns
/// their places.
///
/// # Errors
/// When a file cannot be made; those before it are there.
pub fn save(
    folder: &Path,
    formats: &[Format],
    release: &Release,
    house: House<'_>,
    words: &Wording,
    lang: Lang,
) -> Result<Vec<PathBuf>, BulletinError> {
    let mut places = Vec::new();
    for format in formats {
        let place = folder.join(name(*format, release));
        let bytes = file(*format, release, house, words, lang)?;
        let written = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
            .open(&place)
            .and_then(|mut file: File| file.write_all(&bytes).and_then(|()| file.sync_all()));
        written.map_err(|cause| BulletinError::Disk {
            place: place.clone(),
            cause,
        })?;
        places.push(place);
    }
    Ok(places)
}
