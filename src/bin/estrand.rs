//! `estrand`, the custodian: owner of the guest's sandbox, the wipe and the audit.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use estran::config::BrowserKind;
use estran::custodian::{Settings, desk};
use estran::guest::agent;
use estran::guest::sandbox::Capacity;
use estran::guest::sensor;
use estran::journal;

/// What is freed is overwritten: a name that the visitor saw on the farewell, or a message of the
/// guest, does not stay in this program's memory after the visit.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[derive(Parser)]
#[command(
    version,
    about = "Estran's custodian: the guest's sandbox, the wipe and the audit"
)]
struct Arguments {
    #[command(subcommand)]
    form: Form,
}

#[derive(Subcommand)]
enum Form {
    /// As the front-end's child, without privileges; the front-end speaks on standard input.
    Desk {
        /// The browser that the configuration names first.
        #[arg(long, value_enum, default_value_t = Known::Firefox)]
        first: Known,
        /// The other browser.
        #[arg(long, value_enum, default_value_t = Known::Chromium)]
        second: Known,
        /// RAM that a session's files may take at most, mebibytes.
        #[arg(long, default_value_t = 2048, value_parser = clap::value_parser!(u32).range(64..))]
        memory_mib: u32,
    },
    /// Inside the sandbox (started by the custodian, of no use elsewhere).
    #[command(hide = true)]
    Agent,
}

#[derive(Clone, Copy, ValueEnum)]
enum Known {
    Firefox,
    Chromium,
}

impl From<Known> for BrowserKind {
    fn from(known: Known) -> Self {
        match known {
            Known::Firefox => Self::Firefox,
            Known::Chromium => Self::Chromium,
        }
    }
}

/// The browsers start the sensor by its path, with arguments of their own.
fn is_sensor() -> bool {
    let name = std::env::args_os().next().map(PathBuf::from);
    name.is_some_and(|name| name.ends_with(sensor::PROGRAM))
}

fn main() -> ExitCode {
    if is_sensor() {
        return match sensor::relay() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let ended = match Arguments::parse().form {
        Form::Agent => agent::run(),
        Form::Desk {
            first,
            second,
            memory_mib,
        } => {
            journal::start();
            std::env::current_exe().and_then(|agent| {
                let capacity = Capacity {
                    home: u64::from(memory_mib) * 1024 * 1024,
                    ..Capacity::default()
                };
                desk(Settings {
                    first: first.into(),
                    second: second.into(),
                    capacity,
                    agent,
                })
            })
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "ended");
            ExitCode::FAILURE
        }
    }
}
