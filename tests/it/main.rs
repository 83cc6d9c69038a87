//! The integration tests: one binary, one module a subject.

mod architecture;
#[cfg(feature = "display")]
mod display;
mod estranctl;
<<<<<<< HEAD
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs
)]

mod display;
#[cfg(feature = "probe")]
mod e2e;
=======
mod display;
>>>>>>> main
mod sandbox;
