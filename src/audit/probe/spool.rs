//! What a print service keeps: the documents, the history of jobs, the log of pages.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: looks at the print service's files"
)]

use std::io::{ErrorKind, Read};
use std::path::Path;

use super::super::{Outcome, Premises};

/// The longest history that is read, bytes; a longer one is a finding by itself.
const HISTORY: u64 = 1024 * 1024;

/// Each spool file and each remembered job counts once, and so does a log that is not empty.
pub fn look(premises: &Premises) -> Outcome {
    let places = &premises.places;
    match (
        spooled(&places.spool),
        remembered(&places.history),
        logged(&places.pages),
    ) {
        (Some(files), Some(jobs), Some(pages)) => super::outcome(files + jobs + pages),
        _ => Outcome::Blind,
    }
}

/// `c00001` controls, `d00001-001` documents.
fn spooled(spool: &Path) -> Option<usize> {
    let entries = match std::fs::read_dir(spool) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Some(0),
        Err(_) => return None,
    };
    let jobs = entries.filter_map(Result::ok).filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.strip_prefix(['c', 'd'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    Some(jobs.count())
}

fn remembered(history: &Path) -> Option<usize> {
    let file = match std::fs::File::open(history) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Some(0),
        Err(_) => return None,
    };
    let mut bytes = Vec::new();
    file.take(HISTORY).read_to_end(&mut bytes).ok()?;
    let jobs = bytes.windows(5).filter(|window| window == b"<Job ").count();
    Some(jobs + usize::from(bytes.len() as u64 == HISTORY))
}

fn logged(pages: &Path) -> Option<usize> {
    match std::fs::metadata(pages) {
        Ok(about) => Some(usize::from(about.len() > 0)),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(0),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn documents_history_and_log_are_seen_and_then_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (history, pages) = (
            folder.path().join("job.cache"),
            folder.path().join("page_log"),
        );
        let look = || (spooled(folder.path()), remembered(&history), logged(&pages));
        assert_eq!(look(), (Some(0), Some(0), Some(0)));
        std::fs::write(folder.path().join("c00001"), "x").unwrap();
        std::fs::write(folder.path().join("d00001-001"), "x").unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        std::fs::write(&history, "NextJobId 3\n<Job 1>\n</Job>\n<Job 2>\n</Job>\n").unwrap();
        std::fs::write(&pages, "printer user 1\n").unwrap();
        assert_eq!(look(), (Some(2), Some(2), Some(1)));
        for name in ["c00001", "d00001-001"] {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
        std::fs::write(&history, "NextJobId 3\n").unwrap();
        std::fs::write(&pages, "").unwrap();
        assert_eq!(look(), (Some(0), Some(0), Some(0)));
        assert_eq!(spooled(&pages), None, "not a folder: cannot look");
    }
}
