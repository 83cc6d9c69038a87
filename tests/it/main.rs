//! The integration tests: one binary, one module a subject.

mod architecture;
#[cfg(feature = "display")]
mod display;
#[cfg(feature = "probe")]
mod e2e;
mod estranctl;
mod sandbox;
