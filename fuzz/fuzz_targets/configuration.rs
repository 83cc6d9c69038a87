//! `tests/it/fuzzed/configuration.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/configuration.rs"]
mod configuration;

fuzz_target!(|bytes: &[u8]| configuration::check(bytes));
