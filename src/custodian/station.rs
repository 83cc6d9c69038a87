//! The station form: a daemon of root, one front-end at a time over a private socket.
#![forbid(unsafe_code)]

use std::io;
use std::path::PathBuf;

use super::daemon::{Daemon, Settings, no_core_dumps};
use super::door::{Door, DoorSettings};
use super::relay::announced;
use crate::audit::{self, Marks, Probe};
use crate::config::Config;
use crate::guest::Form;
use crate::guest::outer::{Bounds, Ground, GroundSettings};
use crate::guest::sandbox::Capacity;
use crate::passage::Words;
use crate::visit::Verdict;

/// Processes and threads that a session may have: two browsers need a quarter of it.
const PROCESSES: u32 = 2000;

/// Where the front-end finds the station's custodian.
pub const STATION_SOCKET: &str = "/run/estrand/custodian.sock";

/// Where the station is.
#[derive(Clone, Debug)]
pub struct StationPaths {
    /// The socket for the front-end.
    pub socket: PathBuf,
    /// The account of the process that keeps the door; the only one that is then heard. Without
    /// one, the front-end itself comes to the socket.
    pub behind: Option<String>,
    /// The custodian's own folder.
    pub state: PathBuf,
    /// Our own program.
    pub agent: PathBuf,
    /// Where the latest receipt is kept, if anywhere.
    pub receipts: Option<PathBuf>,
    /// Where the kernel lists block devices.
    pub block: PathBuf,
    /// For a proof: its targets are allowed.
    pub proof: bool,
    /// The program of such a proof, in the place of a browser.
    pub program: Option<PathBuf>,
}

/// Runs until it is killed. Must be called before a second thread is there.
///
/// # Errors
/// When the machine cannot be prepared or the socket cannot be made: the station stays closed.
pub fn station(paths: StationPaths, config: &Config) -> io::Result<()> {
    no_core_dumps()?;
    if paths.proof {
        // A proof that is interrupted leaves no custodian behind.
        let kill = Some(rustix::process::Signal::KILL);
        rustix::process::set_parent_process_death_signal(kill)?;
    }
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
    let ground = Ground::prepare(ground(&paths, config)).map_err(io::Error::other)?;
    say_what_boot_saw(&ground);
    let behind = paths.behind.clone();
    let custody = &config.custody;
    let (front_end, staff) = match &behind {
        Some(account) => (account, account),
        None => (&custody.front_end, &custody.staff),
    };
    let door = Door::open(DoorSettings {
        socket: paths.socket.clone(),
        front_end: front_end.clone(),
        staff: staff.clone(),
    })?;
    let settings = settings(paths, config);
    let (mut form, mut marks) = (Form::Station(Box::new(ground)), Vec::new());
    tracing::info!("waiting for a front-end");
    while let Some(front) = door.next() {
        let front = match behind {
            Some(_) => announced(front),
            None => Ok(front),
        };
        let Ok(front) = front else {
            tracing::warn!("the door did not say who came");
            door.free();
            continue;
        };
        tracing::info!("a front-end came");
        let (mut daemon, ears) = Daemon::for_front(settings.clone(), form, marks, front)?;
        daemon.serve(&ears);
        (form, marks) = daemon.into_rest();
        door.free();
    }
    Ok(())
}

fn settings(paths: StationPaths, config: &Config) -> Settings {
    const MIB: u64 = 1024 * 1024;
    let memory = u64::from(config.session.memory_mib) * MIB;
    Settings {
        first: config.browsers.first,
        second: config.browsers.second,
        // Files may take half of what the session may have; the browser needs the rest.
        capacity: Capacity {
            home: memory / 2,
            scratch: memory / 4,
            small: 32 * MIB,
        },
        agent: paths.agent,
        printer: config.printer.as_ref().map(|printer| printer.uri.clone()),
        stick: None,
        usb: config.usb,
        block: paths.block,
        proof: paths.proof,
        program: paths.program,
        state: paths.receipts,
        words: Words::of(&config.wording),
    }
}

fn ground(paths: &StationPaths, config: &Config) -> GroundSettings {
    let custody = &config.custody;
    let first = custody.first_guest;
    GroundSettings {
        state: paths.state.clone(),
        guests: first..first.saturating_add(custody.guests),
        bounds: Bounds {
            memory: u64::from(config.session.memory_mib) * 1024 * 1024,
            processes: PROCESSES,
        },
        must_bound: custody.bounded,
        services: custody.services.clone(),
        resolvers: custody.resolvers.clone(),
        memory_cleared: custody.memory_cleared,
        places: audit::Places::default(),
    }
}

/// For the journal only: the front-end asks for an audit of its own before it welcomes anyone.
fn say_what_boot_saw(ground: &Ground) {
    let nowhere = PathBuf::from("/run");
    let report = audit::look_station(&Marks::default(), &nowhere, &ground.premises());
    match audit::verdict(&report, &Probe::STATION) {
        Verdict::Clean(_) => tracing::info!("clean at boot"),
        Verdict::Residue => {
            for (probe, outcome) in &report.outcomes {
                if *outcome != audit::Outcome::Nothing {
                    tracing::warn!(?probe, ?outcome, "not clean at boot");
                }
            }
        }
    }
}
