//! `tests/it/fuzzed/passage.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/passage.rs"]
mod passage;

fuzz_target!(|bytes: &[u8]| passage::check(bytes));
