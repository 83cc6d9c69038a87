//! The integration tests: one binary, one module a subject.
#[cfg(feature = "display")]
mod display;
