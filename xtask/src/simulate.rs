//! `cargo xtask simulate`: what the statistics of a house would show, and to whom.

use crate::Result;
use crate::packages::{Purpose, prepare};
use crate::tool::{cargo, go};

/// How large a house.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many visits, eleven on an open day
    #[arg(long, default_value_t = 5000)]
    visits: u32,
    /// The same number gives the same house
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs it through the core alone: no screen is needed.
///
/// # Errors
/// When it does not build, or an export is refused.
pub fn run(arguments: &Arguments) -> Result {
    prepare(Purpose::Build)?;
    let visits = arguments.visits.to_string();
    let seed = arguments.seed.to_string();
    go(cargo()
        .args(["run", "--package", "estran", "--no-default-features"])
        .args(["--example", "simulate", "--"])
        .args(["--visits", &visits, "--seed", &seed]))
}
