//! `cargo xtask bench`: ratios side by side in one run; it prints and never judges.

use crate::Result;
use crate::build::build;
use crate::packages::{Purpose, prepare};
use crate::tool::{cargo, go};

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    /// The subject
    #[arg(value_enum, default_value = "visit")]
    subject: Subject,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Subject {
    /// Typing, scrolling, animation and idle: the nested display against X direct
    Display,
    /// From touch to page, from erase to Welcome, memory, start
    Visit,
}

/// Measures the subject.
///
/// # Errors
/// When something cannot be started.
pub fn run(arguments: &Arguments) -> Result {
    prepare(Purpose::Unattended)?;
    match arguments.subject {
        Subject::Display => {
            go(cargo().args(["bench", "--features", "probe", "--bench", "display"]))
        }
        Subject::Visit => {
            build(true, "probe")?;
            Err("not there yet".into())
        }
    }
}
