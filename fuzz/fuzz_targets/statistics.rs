//! `tests/it/fuzzed/statistics.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/statistics.rs"]
mod statistics;

fuzz_target!(|bytes: &[u8]| statistics::check(bytes));
