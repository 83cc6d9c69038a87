//! What lies on the disk, byte by byte.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use super::*;
use crate::usage::store::Unreadable;

fn open(folder: &Path, at: &str) -> Ledger {
    Ledger::open(folder, pairs(), month(at)).unwrap()
}

/// Everything in a folder: names, modes, times, bytes.
fn everything(folder: &Path) -> Vec<(String, u32, i64, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            let name = entry.file_name().into_string().unwrap();
            let time = if name.ends_with("verrou") {
                0
            } else {
                meta.mtime()
            };
            (
                name,
                meta.permissions().mode() & 0o777,
                time,
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

/// Counts lines in this order, with the ledger closed and opened anew at some of them.
fn counted(lines: &[Line], reopened: &[usize]) -> Vec<(String, u32, i64, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path(), "2026-11");
    for (at, line) in lines.iter().enumerate() {
        if reopened.contains(&at) {
            ledger.save(month("2026-11")).unwrap();
            drop(ledger);
            ledger = open(folder.path(), "2026-11");
        }
        ledger.count(line, month("2026-11"));
    }
    ledger.save(month("2026-11")).unwrap();
    everything(folder.path())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_and_the_moments_of_visits_leave_no_trace(
        lines in prop::collection::vec(line(), 2..40),
        shuffled in any::<u64>(),
        cuts in prop::collection::vec(0usize..40, 0..4),
    ) {
        let mut other = lines.clone();
        let length = other.len();
        for at in 0..length {
            let to = (shuffled.rotate_left(at as u32 % 64) as usize) % length;
            other.swap(at, to);
        }
        let first = counted(&lines, &[]);
        prop_assert_eq!(&first, &counted(&other, &cuts));
        prop_assert_eq!(first.len(), 2, "the store and the empty lock, nothing else");
        // The control: one other visit does change the bytes.
        other.pop();
        prop_assert!(first != counted(&other, &cuts));
    }
}

#[test]
fn nothing_is_written_by_a_visit() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path(), "2026-11");
    let before = everything(folder.path());
    ledger.count(&super::trace::alone(), month("2026-11"));
    assert_eq!(everything(folder.path()), before);
    ledger.save(month("2026-11")).unwrap();
    assert_ne!(everything(folder.path()), before, "the control");
}

#[test]
fn the_file_is_the_owners_and_its_time_says_only_the_month() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    drop(open(&state, "2026-11"));
    assert_eq!(
        fs::metadata(&state).unwrap().permissions().mode() & 0o777,
        0o700
    );
    for (name, mode, time, bytes) in everything(&state) {
        assert_eq!(mode, 0o600, "{name}");
        if name.ends_with("verrou") {
            assert!(bytes.is_empty());
        } else {
            assert_eq!(time, 1_793_491_200, "2026-11-01 00:00 UTC");
        }
    }
}

#[test]
fn the_old_counts_are_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path(), "2026-11");
    // A second name keeps the old file's blocks visible.
    let old = folder.path().join("old");
    fs::hard_link(folder.path().join("statistiques.csv"), &old).unwrap();
    assert!(
        fs::read(&old).unwrap().starts_with(b"# estran"),
        "the control"
    );
    ledger.count(&super::trace::alone(), month("2026-11"));
    ledger.save(month("2026-11")).unwrap();
    let bytes = fs::read(&old).unwrap();
    assert!(!bytes.is_empty() && bytes.iter().all(|byte| *byte == 0));
}

#[test]
fn a_damaged_store_is_kept_aside_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("statistiques.csv");
    for number in 1..=2 {
        fs::write(&place, b"not a store").unwrap();
        let mut ledger = open(folder.path(), "2026-11");
        let name = folder
            .path()
            .join(format!("statistiques.illisible-{number}.csv"));
        assert_eq!(
            ledger.found(),
            &Found::Aside(name.clone(), Unreadable::First)
        );
        assert_eq!(fs::read(name).unwrap(), b"not a store", "nothing is lost");
        ledger.count(&super::trace::alone(), month("2026-11"));
        ledger.save(month("2026-11")).unwrap();
        drop(ledger);
        let ledger = open(folder.path(), "2026-11");
        assert_eq!(
            ledger.found(),
            &Found::Store,
            "said once, and counting goes on"
        );
        assert_eq!(ledger.book().visits(month("2026-11")), 1);
    }
}

#[test]
fn two_programs_do_not_count_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path(), "2026-11");
    let second = Ledger::open(folder.path(), pairs(), month("2026-11"));
    assert!(matches!(second, Err(LedgerError::Taken(_))));
    drop(first);
    drop(open(folder.path(), "2026-11"));
}

#[test]
fn a_clock_that_goes_back_reopens_no_month() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(folder.path(), "2026-12");
    ledger.count(&super::trace::alone(), month("2026-11"));
    ledger.save(month("2026-11")).unwrap();
    let book = look(folder.path()).unwrap().unwrap();
    assert_eq!(book.visits(month("2026-11")), 0);
    assert_eq!(book.visits(month("2026-12")), 1);
    assert!(book.is_closed(month("2026-11")) && !book.is_closed(month("2026-12")));
}

#[test]
fn the_clerk_writes_at_closing_time_and_at_the_end() {
    let visits = |folder: &Path| {
        let book = look(folder).unwrap().unwrap();
        book.visits(book.written())
    };
    let folder = tempfile::tempdir().unwrap();
    let this_month = crate::usage::calendar::this_month();
    let ledger = Ledger::open(folder.path(), pairs(), this_month).unwrap();
    // An hour that is not now.
    let far = if crate::usage::calendar::until(Hour::new(0, 0).unwrap()).as_secs() > 7200 {
        Hour::new(0, 0).unwrap()
    } else {
        Hour::new(12, 0).unwrap()
    };
    let clerk = Clerk::start(ledger, far).unwrap();
    let tray = clerk.tray();
    tray.count(super::trace::alone());
    tray.count(super::trace::alone());
    assert_eq!(visits(folder.path()), 0);
    drop(clerk);
    assert_eq!(visits(folder.path()), 2);
    tray.count(super::trace::alone());
}

#[test]
fn the_clerk_follows_other_pairs_and_another_hour() {
    let noon = Hour::new(12, 0).unwrap();
    let clock = |hour: Hour| match hour {
        Hour::EVENING => std::time::Duration::from_hours(24),
        _ => std::time::Duration::from_millis(20),
    };
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Vec::new(), month("2026-11")).unwrap();
    let clerk = Clerk::with(ledger, Hour::EVENING, clock).unwrap();
    let tray = clerk.tray();
    tray.count(super::trace::alone());
    tray.follow(pairs(), Hour::EVENING);
    tray.count(super::trace::alone());
    let book = || look(folder.path()).unwrap().unwrap();
    tray.save_now();
    let before = book();
    let quarter = before.written().quarter();
    let counted: u32 = before.quarter(quarter).values().sum();
    assert_eq!(counted, pairs().len() as u32, "of the second visit alone");
    assert!(before.whole_pairs(quarter).is_empty(), "and not shown");
    tray.count(super::trace::alone());
    assert_eq!(book(), before, "evening is far");
    tray.follow(pairs(), noon);
    let written = || book().visits(before.written()) == 3;
    assert!(
        (0..1000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            written()
        }),
        "written at the new hour"
    );
}

#[test]
fn exports_are_the_same_again_and_an_unknown_file_among_them_stops_them() {
    let folder = tempfile::tempdir().unwrap();
    let period: Period = "2026-11".parse().unwrap();
    let rules = Thresholds::default();
    assert!(matches!(
        export(folder.path(), period, rules),
        Err(ExportError::Nothing)
    ));
    let mut ledger = open(folder.path(), "2026-11");
    for _ in 0..40 {
        ledger.count(&super::trace::alone(), month("2026-11"));
    }
    ledger.save(month("2026-11")).unwrap();
    let open = export(folder.path(), period, rules);
    assert!(matches!(open, Err(ExportError::Withheld(Withheld::Open))));
    ledger.save(month("2026-12")).unwrap();
    let first = export(folder.path(), period, rules).unwrap();
    assert_eq!(export(folder.path(), period, rules).unwrap(), first);
    export(folder.path(), "2026-T3".parse().unwrap(), rules).unwrap();
    fs::write(folder.path().join("exports/2026-08-11.csv"), "?").unwrap();
    assert!(matches!(
        export(folder.path(), period, rules),
        Err(ExportError::Disk(_))
    ));
}
