//! The integration tests: one binary, one module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs
)]

mod architecture;
mod change;
#[cfg(feature = "display")]
mod display;
mod documents;
#[cfg(feature = "probe")]
mod e2e;
mod estranctl;
mod fuzzed;
#[cfg(feature = "display")]
mod gate;
mod generated;
mod hostile;
mod left_out;
mod numbers;
mod packaging;
mod policies;
#[cfg(feature = "practice")]
mod practice;
mod printing;
mod prove;
mod reload;
mod sandbox;
mod secrets;
mod sensor;
mod sources;
mod station;
mod stick;
mod stubborn;
#[cfg(feature = "telemetry")]
mod telemetry;
mod torture;
#[cfg(feature = "shell")]
mod voice;
mod words;

pub use left_out::left_out;
