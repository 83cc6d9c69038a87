//! Crash reports: they hold pieces of memory. Whoever wrote one during a session may have written
//! the visitor's.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: looks at crash reports")]

use std::io::ErrorKind;
use std::time::SystemTime;

use super::super::{Marks, Outcome, Premises};

/// Each report since the session began counts once; at boot, every report counts.
pub fn look(marks: &Marks, premises: &Premises) -> Outcome {
    let since = marks
        .outer
        .as_ref()
        .map_or(SystemTime::UNIX_EPOCH, |outer| outer.since);
    let mut count = 0;
    for place in &premises.places.crashes {
        let entries = match std::fs::read_dir(place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(_) => return Outcome::Blind,
        };
        count += entries
            .filter_map(Result::ok)
            .filter_map(|entry| entry.metadata().ok()) // does not follow links
            .filter(|about| about.is_file() && about.modified().is_ok_and(|at| at >= since))
            .count();
    }
    super::outcome(count)
}
