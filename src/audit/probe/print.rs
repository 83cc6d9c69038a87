//! Printing leaves three kinds of traces: pages in a spool, the history of jobs, and the page log.
//! The visit's own print service kept them in RAM of its own, which must be gone with it; the
//! machine's print service, if it has one, must not have changed.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: reads the print spool")]

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::super::{Marks, Outcome};

const SPOOL: &str = "/var/spool/cups";
/// Where a print service writes down what was printed: its history and its page log.
const BOOKS: [&str; 2] = ["/var/cache/cups/job.cache", "/var/log/cups/page_log"];

/// Each thing that is still there counts once. `printer` is what the probes of processes, namespaces
/// and held files saw of the visit's print service.
pub fn look(marks: &Marks, printer: [Outcome; 3]) -> Outcome {
    let mut found = match (&marks.namespace, House::now().more_than(&marks.print.house)) {
        // Before the first visit there is nothing to compare with.
        (None, _) => 0,
        (Some(_), Some(more)) => more,
        (Some(_), None) => return Outcome::Blind,
    };
    for outcome in printer {
        match outcome {
            Outcome::Nothing => {}
            Outcome::Found(count) => found += count as usize,
            // None of these three excuses anything.
            Outcome::Blind | Outcome::Excused => return Outcome::Blind,
        }
    }
    super::outcome(found)
}

/// What to look for after a visit.
#[derive(Debug, Default)]
pub(in crate::audit) struct PrintMarks {
    /// The machine's own print service, as it was before.
    house: House,
    /// The visit's print service, once it was ended.
    pub(in crate::audit) printer: Option<Marks>,
}

impl PrintMarks {
    pub(in crate::audit) fn now() -> Self {
        Self {
            house: House::now(),
            printer: None,
        }
    }
}

/// A file: name, inode, size, time of its last change.
type Mark = (String, u64, u64, i64, i64);

/// The machine's own print service.
#[derive(Debug, Default, PartialEq, Eq)]
struct House {
    /// `None` when the machine does not let us look.
    marks: Option<BTreeSet<Mark>>,
}

impl House {
    fn now() -> Self {
        Self::at(Path::new(SPOOL), &BOOKS.map(Path::new))
    }

    fn at(spool: &Path, books: &[&Path]) -> Self {
        Self {
            marks: jobs(spool).map(|mut marks| {
                marks.extend(books.iter().filter_map(|book| mark(book, "")));
                marks
            }),
        }
    }

    /// What is there now and was not there, or not so, before.
    fn more_than(&self, before: &Self) -> Option<usize> {
        let (now, before) = (self.marks.as_ref()?, before.marks.as_ref()?);
        Some(now.difference(before).count())
    }
}

/// The files of jobs. Only root and the print service may list them: for everybody else the
/// folder's own time of change tells whether one came or went.
fn jobs(spool: &Path) -> Option<BTreeSet<Mark>> {
    match std::fs::read_dir(spool) {
        Ok(entries) => Some(
            entries
                .filter_map(Result::ok)
                .filter_map(|entry| {
                    let name = entry.file_name().into_string().ok()?;
                    let job = name.starts_with(['c', 'd'])
                        && name[1..]
                            .starts_with(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                    job.then(|| mark(&entry.path(), &name))?
                })
                .collect(),
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(BTreeSet::new()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Some(mark(spool, "").into_iter().collect())
        }
        Err(_) => None,
    }
}

fn mark(path: &Path, name: &str) -> Option<Mark> {
    let about = std::fs::symlink_metadata(path).ok()?;
    let (time, nanos) = (about.mtime(), about.mtime_nsec());
    Some((name.to_owned(), about.ino(), about.size(), time, nanos))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_job_in_the_machines_spool_or_a_line_in_its_books_is_seen() {
        let spool = tempfile::tempdir().unwrap();
        let log = spool.path().join("page_log");
        let house = || House::at(spool.path(), &[&log]);
        std::fs::write(spool.path().join("d00001-001"), "old").unwrap();
        std::fs::write(&log, "old\n").unwrap();
        let before = house();
        assert_eq!(house().more_than(&before), Some(0));
        std::fs::create_dir(spool.path().join("tmp")).unwrap();
        assert_eq!(house().more_than(&before), Some(0), "no job");
        let job = spool.path().join("c00002");
        std::fs::write(&job, "new").unwrap();
        assert_eq!(house().more_than(&before), Some(1));
        std::fs::write(&log, "old\nnew\n").unwrap();
        assert_eq!(house().more_than(&before), Some(2));
        std::fs::remove_file(job).unwrap();
        assert_eq!(house().more_than(&before), Some(1), "the log tells");
        let nowhere = House::at(Path::new("/nonexistent/spool"), &[]);
        assert_eq!(nowhere.more_than(&House::default()), None, "blind before");
        assert_eq!(nowhere.more_than(&nowhere), Some(0));
    }
}
