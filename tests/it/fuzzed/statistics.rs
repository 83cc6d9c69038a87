//! A store of the statistics, or an export of them, that something else may have written: read or
//! refused; and what was understood is written again in the same way.

use estran::usage::{csv, read_csv, read_store, write_store};

/// One input.
pub fn check(bytes: &[u8]) {
    if let Ok(book) = read_store(bytes) {
        let again = read_store(&write_store(&book)).expect("our own words");
        assert_eq!(write_store(&again), write_store(&book));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok((place, release)) = read_csv(text) {
        let written = csv(&place, &release);
        let (place, again) = read_csv(&written).expect("our own words");
        assert_eq!(csv(&place, &again), written);
    }
}
