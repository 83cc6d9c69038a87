//! `estrand`, the custodian: owner of the guest's sandbox, the wipe and the audit.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use estran::config::{BrowserKind, Config, UsbPolicy};
use estran::custodian::{DoorPaths, Settings, StationPaths, desk, keep_door, station};
use estran::guest::agent;
use estran::guest::outer::enter;
use estran::guest::sandbox::Capacity;
use estran::guest::sensor;
use estran::journal;
use estran::passage;
use estran::proof::plant;

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
        /// The house's printer: ipp:// or ipps://.
        #[arg(long)]
        printer: Option<String>,
        /// A folder that stands for the visitor's stick: this form may not mount anything.
        #[arg(long)]
        stick: Option<PathBuf>,
        /// Where the latest receipt is kept [default: no receipts].
        #[arg(long)]
        state: Option<PathBuf>,
        /// Started by `estranctl prove`: no visitor's custodian plants anything.
        #[arg(long, hide = true)]
        proof: bool,
        /// The program that a proof runs in the place of a browser.
        #[arg(long, hide = true, requires = "proof")]
        program: Option<PathBuf>,
    },
    /// As root, for one front-end at a time, which speaks on a private socket.
    Station(StationArguments),
    /// The station's door: hears front-end and staff, without any right, for a `station --behind`.
    Door {
        /// The house's configuration.
        #[arg(long, default_value = "/etc/estran")]
        config: PathBuf,
        /// The socket for the front-end.
        #[arg(long, default_value = estran::custodian::STATION_SOCKET)]
        socket: PathBuf,
        /// The socket of `station`.
        #[arg(long, default_value = "/run/estran/walls.sock")]
        walls: PathBuf,
    },
    /// On the way into the sandbox (started by the custodian, of no use elsewhere).
    #[command(hide = true)]
    Outer,
    /// Serves the sites of a session (started by the custodian, of no use elsewhere).
    #[command(hide = true)]
    Passage,
    /// A helper of the session on its way into the same control group.
    #[command(hide = true)]
    Into {
        /// The group's door.
        #[arg(long)]
        door: PathBuf,
        /// The account that it becomes.
        #[arg(long)]
        account: u32,
        /// Program and arguments.
        #[arg(last = true)]
        command: Vec<std::ffi::OsString>,
    },
    /// Inside the sandbox (started by the custodian, of no use elsewhere).
    #[command(hide = true)]
    Agent,
    /// Inside the sandbox, for a proof: plants what is to be searched after the wipe.
    #[command(hide = true)]
    Plant {
        /// Only keeps running, with what was planted in memory.
        #[arg(long)]
        linger: bool,
    },
}

#[derive(clap::Args)]
struct StationArguments {
    /// The house's configuration.
    #[arg(long, default_value = "/etc/estran")]
    config: PathBuf,
    /// The socket for the front-end.
    #[arg(long, default_value = "/run/estran/walls.sock")]
    socket: PathBuf,
    /// The account of `door`, which is then the only one that is heard [default: the front-end
    /// itself comes to the socket].
    #[arg(long)]
    behind: Option<String>,
    /// The custodian's own folder.
    #[arg(long, default_value = "/run/estran")]
    state: PathBuf,
    /// Where the latest receipt is kept [default: no receipts].
    #[arg(long)]
    receipts: Option<PathBuf>,
    /// Where the kernel lists block devices; tests name a folder of their own.
    #[arg(long, hide = true, default_value = estran::stick::BLOCK)]
    block: PathBuf,
    /// Started by `estranctl prove`: no visitor's custodian plants anything.
    #[arg(long, hide = true)]
    proof: bool,
    /// The program that a proof runs in the place of a browser.
    #[arg(long, hide = true, requires = "proof")]
    program: Option<PathBuf>,
}

impl From<StationArguments> for StationPaths {
    fn from(given: StationArguments) -> Self {
        Self {
            socket: given.socket,
            behind: given.behind,
            state: given.state,
            agent: PathBuf::new(),
            receipts: given.receipts,
            block: given.block,
            proof: given.proof,
            program: given.program,
        }
    }
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

fn run_station(config: &Path, paths: StationPaths) -> std::io::Result<()> {
    let config = Config::load(config).map_err(std::io::Error::other)?;
    let agent = std::env::current_exe()?;
    station(StationPaths { agent, ..paths }, &config)
}

fn run_desk(settings: Settings) -> std::io::Result<()> {
    journal::start();
    let agent = std::env::current_exe()?;
    desk(Settings { agent, ..settings })
}

fn main() -> ExitCode {
    if is_sensor() {
        return match sensor::relay() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    match perform(Arguments::parse().form) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "ended");
            ExitCode::FAILURE
        }
    }
}

fn capacity(memory_mib: u32) -> Capacity {
    Capacity {
        home: u64::from(memory_mib) * 1024 * 1024,
        ..Capacity::default()
    }
}

fn perform(form: Form) -> std::io::Result<()> {
    match form {
        Form::Agent => agent::run(),
        Form::Outer => enter::run(),
        Form::Passage => passage::run(),
        Form::Into {
            door,
            account,
            command,
        } => enter::into(&door, account, &command),
        Form::Station(given) => {
            journal::start();
            let config = given.config.clone();
            run_station(&config, given.into())
        }
        Form::Door {
            config,
            socket,
            walls,
        } => {
            journal::start();
            let config = Config::load(&config).map_err(std::io::Error::other)?;
            keep_door(&DoorPaths { socket, walls }, &config)
        }
        Form::Plant { linger: false } => plant::run(),
        Form::Plant { linger: true } => plant::linger(),
        Form::Desk {
            first,
            second,
            memory_mib,
            printer,
            stick,
            state,
            proof,
            program,
        } => run_desk(Settings {
            first: first.into(),
            second: second.into(),
            capacity: capacity(memory_mib),
            agent: PathBuf::new(),
            printer,
            stick,
            usb: UsbPolicy::Take,
            block: PathBuf::new(),
            proof,
            program,
            state,
            // This form has no passage.
            words: passage::Words::default(),
        }),
    }
}
