//! `tests/it/fuzzed/receipt.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/receipt.rs"]
mod receipt;

fuzz_target!(|bytes: &[u8]| receipt::check(bytes));
