//! `tests/it/fuzzed/frames.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/frames.rs"]
mod frames;

fuzz_target!(|bytes: &[u8]| frames::check(bytes));
