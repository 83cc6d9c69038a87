//! `tests/it/fuzzed/sensor.rs` says what must hold; every test run replays the seeds of it.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/fuzzed/sensor.rs"]
mod sensor;

fuzz_target!(|bytes: &[u8]| sensor::check(bytes));
