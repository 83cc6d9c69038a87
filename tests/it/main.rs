//! The integration tests: one binary, one module a subject.

mod architecture;
#[cfg(feature = "display")]
mod display;
mod documents;
mod estranctl;
mod sources;
mod words;
