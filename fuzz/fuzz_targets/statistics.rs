//! Whatever lies where the statistics were: a store is read or refused, an export too; and what was
//! read is written again in the same bytes. The first byte says whether a checksum is put right, so
//! that what stands behind it is reached.
#![no_main]

use estran::usage::{read_csv, read_store, write_store};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let mut store = rest.to_vec();
    if first % 2 == 1 {
        let sum: String = Sha256::digest(rest)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        store.extend(format!("# sha256={sum}\n").bytes());
    }
    if let Ok(book) = read_store(&store) {
        let again = write_store(&book);
        assert_eq!(read_store(&again).as_ref(), Ok(&book));
        if store.starts_with(b"# estran-statistiques version=2") {
            let lines = |bytes: &[u8]| {
                let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
                lines.retain(|line| !line.starts_with(b"# sha256="));
                lines.sort();
                lines
            };
            assert_eq!(lines(&again), lines(&store), "a row more or less");
        }
    }
    if let Ok(text) = std::str::from_utf8(rest)
        && let Ok((place, release)) = read_csv(text)
    {
        assert_eq!(estran::usage::csv(&place, &release), text);
    }
});
