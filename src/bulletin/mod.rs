//! The statistics of a period as files for people and for other programs: a page to pin up, a table
//! for the spreadsheet, a report in the words of La Coop. All three show the same release.
#![forbid(unsafe_code)]

mod files;
mod sheet;
#[cfg(test)]
mod tests;

pub use files::{Format, file, files, name, save};
pub use sheet::{cell, epsilon, name_of, total};

use crate::paper::PaperError;

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BulletinError {
    /// The page could not be set.
    #[error("setting the page: {0}")]
    Paper(#[from] PaperError),
    /// The folder or stick says no.
    #[error("writing {}: {cause}; check that the folder or stick is there, not full and not write-protected", place.display())]
    Disk {
        /// The file.
        place: std::path::PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Who publishes: what stands at the head of the page and in the files.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its id in the national cartography; may be empty.
    pub id: &'a str,
}
