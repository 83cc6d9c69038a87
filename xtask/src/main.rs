//! Estran's own tools. `cargo xtask help` lists them.
//!
//! This crate depends on nothing of Estran itself: it must build on a machine that still lacks
//! the libraries which Estran needs.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a tool for a person at a terminal: it starts programs and talks"
)]
#![forbid(unsafe_code)]

mod bench;
mod build;
mod cross;
mod deb;
mod deny;
mod left_out;
mod packages;
mod residue;
mod run;
mod sandbox;
mod shots;
mod simulate;
mod site;
mod system;
mod tally;
mod telemetry;
mod test;
mod tool;
mod torture;
mod tree;
mod vm;
mod wlcs;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a tool answers.
type Result<T = ()> = estran_driver::Result<T>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Estran's own tools")]
struct Arguments {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Installs what is missing, builds, and opens the kiosk in a window; without a display it
    /// drives one complete visit by itself and leaves pictures in out/visit
    Run(run::Arguments),
    /// Installs what the tests need and runs them all
    Test(test::Arguments),
    /// One complete visit, driven by itself, also where there is a display
    Demo(run::Arguments),
    /// Draws every screen of the front-end to out/shots, with contact sheets
    Shots,
    /// Measures; prints ratios, judges nothing
    Bench(bench::Arguments),
    /// A synthetic house through the real code: tables before and after suppression, and an attack
    Simulate(simulate::Arguments),
    /// Compares what a visit leaves behind, by the way it is ended; writes a table. As root
    Residue(residue::Arguments),
    /// Runs the Wayland conformance suite against the display
    Wlcs,
    /// Writes anew what is made from the program: manual pages, completions, schemas, the table
    /// of settings, the table of the visit's life
    Generate,
    /// Kills front-end, custodian, sandbox or browser at random moments of many visits
    Torture(torture::Arguments),
    /// Builds the Debian packages into out/deb, checks them, and installs, upgrades and purges them
    /// in clean systems
    Deb(deb::Arguments),
    /// Installs the packages in a virtual machine and lets things happen to it; writes a report
    Vm(vm::Arguments),
    /// Formats the code and runs clippy with every warning an error
    Lint,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().tool {
        Tool::Run(arguments) => run::run(&arguments),
        Tool::Test(arguments) => return test::run(&arguments),
        Tool::Demo(arguments) => run::demo(&arguments),
        Tool::Shots => shots::run(),
        Tool::Bench(arguments) => bench::run(&arguments),
        Tool::Simulate(arguments) => simulate::run(&arguments),
        Tool::Residue(arguments) => residue::run(&arguments),
        Tool::Wlcs => test::wlcs(),
        Tool::Generate => test::generate(),
        Tool::Torture(arguments) => torture::run(&arguments),
        Tool::Deb(arguments) => deb::run(&arguments),
        Tool::Vm(arguments) => vm::run(&arguments),
        Tool::Lint => test::lint(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}
