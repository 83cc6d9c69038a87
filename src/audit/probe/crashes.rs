//! Crash reports: they hold pieces of memory. One that was written during a session may hold the
//! visitor's, whoever wrote it; one of a guest does, whenever it was written. Older reports of the
//! machine's own programs are no business of a visit.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: looks at crash reports")]

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;

use super::super::{Marks, Outcome, Premises};

/// Each report counts once.
pub fn look(marks: &Marks, premises: &Premises) -> Outcome {
    let since = marks.outer.as_ref().map(|outer| outer.since);
    let mut count = 0;
    for place in &premises.places.crashes {
        let entries = match std::fs::read_dir(place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(_) => return Outcome::Blind,
        };
        for entry in entries.filter_map(Result::ok) {
            // Does not follow links.
            let Ok(about) = entry.metadata() else {
                continue;
            };
            let of_guest = premises.guests.contains(&about.uid())
                || names_guest(&entry.file_name(), &premises.guests);
            let of_session =
                since.is_some_and(|since| about.modified().is_ok_and(|at| at >= since));
            count += usize::from(about.is_file() && (of_guest || of_session));
        }
    }
    super::outcome(count)
}

/// Whoever writes reports puts the uid of the program that fell between dots:
/// `_usr_bin_x.60105.crash` (apport), `core.x.60105.….zst` (systemd-coredump).
fn names_guest(name: &OsStr, guests: &Range<u32>) -> bool {
    name.to_string_lossy()
        .split('.')
        .filter_map(|part| part.parse().ok())
        .any(|uid| guests.contains(&uid))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::names_guest;

    #[test]
    fn a_report_names_whose_program_fell() {
        let of = |name: &str| names_guest(name.as_ref(), &(60_100..60_200));
        assert!(of("_usr_lib_chromium_chromium.60105.crash"));
        assert!(of("core.firefox-esr.60100.4f1d.811.1764051000000000.zst"));
        assert!(!of("_usr_bin_gnome-shell.1000.crash"));
        assert!(!of("core.60105x.0.4f1d.811.1764051000000000.zst"));
    }
}
