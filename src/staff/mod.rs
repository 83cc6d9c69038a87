//! The command line of staff and IT: one file for each subject, and nothing of a visitor in it.
#![forbid(unsafe_code)]

mod answers;
mod config;
mod gate;
pub mod generated;
mod metrics;
#[cfg(feature = "telemetry")]
mod otlp;
mod prove;
mod receipt;
mod seats;
mod secrets;
mod station;
mod stats;
#[cfg(feature = "probe")]
mod ui;

use std::io::Write as _;
#[cfg(feature = "probe")]
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::wording::Lang;

/// Staff and IT command line of an Estran station.
#[derive(Debug, Parser)]
#[command(name = "estranctl", version)]
pub struct Arguments {
    /// Language of the answers: fr or en.
    #[arg(long, global = true, default_value = "fr", value_parser = language)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The configuration of the station.
    #[command(subcommand)]
    Config(config::Command),
    #[command(flatten)]
    Station(station::Command),
    /// Looks whether the machine is what the house declares. Exit code 1: it is not, and the station
    /// stays closed.
    Gate(gate::Gate),
    /// Proves that a visit leaves nothing.
    Prove(prove::Arguments),
    /// The receipt of the latest wipe.
    Receipt(receipt::Arguments),
    /// For a comparison: searches for a canary that someone else planted.
    #[command(hide = true)]
    Look(prove::Look),
    /// For a proof: looks into the IPC namespace of a process.
    #[command(hide = true)]
    LookInside {
        /// The process.
        pid: u32,
    },
    /// The codes and keys of the station.
    #[command(subcommand)]
    Secrets(secrets::Command),
    /// The station's numbers: twelve months, or an export of a month or a quarter.
    Stats(stats::Stats),
    /// The suppressed numbers and the machine's health, for monitoring.
    Metrics(metrics::Metrics),
    /// The helper's keyboard and mouse.
    #[command(subcommand)]
    Seats(seats::Command),
    /// The current screen and its controls, for black-box tests.
    #[cfg(feature = "probe")]
    Ui {
        /// As JSON, the only form there is.
        #[arg(long, required = true)]
        json: bool,
        /// The front-end's probe socket [default: estran-probe.sock in XDG_RUNTIME_DIR].
        #[arg(long)]
        socket: Option<PathBuf>,
    },
    /// The version of this program.
    Version,
}

/// What the caller is told by the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0: done, valid, clean.
    Good,
    /// 1: mistakes or findings, shown.
    Mistakes,
    /// 2: it could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0,
            Outcome::Mistakes => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Does what was asked.
pub fn run(arguments: Arguments) -> Outcome {
    let outcome = match arguments.command {
        Command::Config(command) => config::run(command, arguments.lang),
        Command::Station(command) => station::run(command, arguments.lang),
        Command::Gate(wanted) => gate::run(&wanted, arguments.lang),
        Command::Prove(wanted) => prove::run(wanted, arguments.lang),
        Command::Receipt(wanted) => receipt::run(wanted, arguments.lang),
        Command::Look(wanted) => prove::look(&wanted),
        Command::LookInside { pid } => prove::look_inside(pid),
        Command::Seats(command) => seats::run(command, arguments.lang),
        Command::Secrets(command) => secrets::run(command, arguments.lang),
        Command::Metrics(metrics) => metrics::run(&metrics, arguments.lang),
        Command::Stats(stats) => stats::run(&stats, arguments.lang),
        #[cfg(feature = "probe")]
        Command::Ui { socket, .. } => ui::show(socket),
        Command::Version => say(concat!("estranctl ", env!("CARGO_PKG_VERSION"))),
    };
    // Whoever closed the pipe has read enough.
    outcome.unwrap_or(Outcome::Failed)
}

fn language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| {
        let tags = Lang::ALL.map(Lang::tag).join(", ");
        format!("not a language of Estran; allowed: {tags}")
    })
}

/// As JSON, for programs.
fn print(answer: &impl serde::Serialize) -> std::io::Result<Outcome> {
    say(&serde_json::to_string_pretty(answer)?)
}

fn say(text: &str) -> std::io::Result<Outcome> {
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(Outcome::Good)
}
