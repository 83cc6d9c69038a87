//! `estran-practice`: serves the practice démarche inside the guest.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use estran::practice::{Options, serve};

/// Serve the practice démarche "Mutuelle de l'Estran" (fictitious data).
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Write what is received to DIR/record.json (DIR must be on the session's tmpfs).
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = Options {
        listen: arguments.listen,
        record: arguments.record,
    };
    match serve(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write as _;
            // Nobody is left to tell when standard error is closed.
            let _told = writeln!(std::io::stderr(), "estran-practice: {error}");
            ExitCode::FAILURE
        }
    }
}
