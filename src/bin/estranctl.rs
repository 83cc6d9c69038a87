//! `estranctl`: the command line of staff and IT.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use estran::staff;

fn main() -> ExitCode {
    staff::run(staff::Arguments::parse()).into()
}
