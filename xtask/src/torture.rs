//! `cargo xtask torture`: the faults that take too long for every test run.

use crate::Result;
use crate::packages::{Purpose, prepare};
use crate::tool::{cargo, go};

/// How much of it.
#[derive(clap::Args)]
pub struct Arguments {
    /// Repeats the run that printed this seed
    #[arg(long)]
    seed: Option<u64>,
    /// How many visits are cut short
    #[arg(long, default_value_t = 200)]
    moments: u32,
    /// Of a station of root in the place of a desk
    #[arg(long)]
    station: bool,
}

/// Kills somebody at random moments of visits; after each the station must look before it
/// welcomes anyone.
///
/// # Errors
/// When it ever welcomed beside a trace, or never again.
pub fn run(arguments: &Arguments) -> Result {
    prepare(Purpose::Tests)?;
    go(cargo().args(["build", "--no-default-features", "--bin", "estrand"]))?;
    let mut test = cargo();
    test.args(["test", "--no-default-features", "--test", "it", "--"]);
    test.args(["--ignored", "--exact", "--nocapture"]);
    let many = "torture::whoever_is_killed_at_many_moments";
    if arguments.station {
        test.arg(format!("station::{many}"));
    } else {
        test.arg(many);
    }
    test.env("ESTRAN_MOMENTS", arguments.moments.to_string());
    if let Some(seed) = arguments.seed {
        test.env("ESTRAN_SEED", seed.to_string());
    }
    go(&mut test)
}
