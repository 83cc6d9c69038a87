//! `tests/it/fuzzed/search.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/search.rs"]
mod search;

fuzz_target!(|bytes: &[u8]| search::check(bytes));
