//! `estran`, the front-end: arguments → configuration → display → custodian → guardian → shell.

#[path = "bin/front/broken.rs"]
mod broken;
#[path = "bin/front/runtime.rs"]
mod runtime;
#[path = "bin/front/screen.rs"]
mod screen;

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use estran::audit::Probe;
use estran::config::{self, BrowserKind, Config, UsbPolicy, VisitLimit};
use estran::counter::{self, Counter};
use estran::custodian::{self, ClientSettings, Target};
use estran::display::{self, Keymap, Settings};
use estran::gate;
use estran::guardian::{self, Limit, Rules, Timings, Word};
use estran::journal;
use estran::secrets;
use estran::shell::guest_area::FrameWaker;
use estran::shell::ports::Reach;
use estran::shell::{self, Start, ports, signal};
use estran::usage::{self, Clerk, Tray};
use estran::visit::Destination;
use estran::wording::{Lang, Wording};

use runtime::Runtime;

/// What is freed is overwritten: a name that the visitor saw on the farewell, or a message of the
/// guest, does not stay in this program's memory after the visit.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// The kiosk's front-end.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The house's configuration; the one compiled in when absent.
    #[arg(long)]
    config: Option<PathBuf>,
    /// A window of this size instead of the full screen, as in 1280x720.
    #[arg(long, value_parser = size, value_name = "WxH")]
    windowed: Option<(u32, u32)>,
    /// The browser that is opened first, instead of the configured one.
    #[arg(long, value_enum)]
    browser: Option<First>,
    /// The custodian's program; beside this one when absent.
    #[arg(long)]
    custodian: Option<PathBuf>,
    /// The socket of the station's root custodian [default: /run/estran/custodian.sock, when it is
    /// there].
    #[arg(long, conflicts_with = "custodian")]
    station: Option<PathBuf>,
    /// The verdict of `estranctl gate`: a fault in it, or no verdict, and the station stays closed.
    #[arg(long, value_name = "PATH")]
    gate: Option<PathBuf>,
    /// A folder that stands for the visitor's USB stick: for demonstrations, since only a station
    /// that runs as root may mount a real one.
    #[arg(long)]
    stick: Option<PathBuf>,
    /// Where the codes are kept: keyutils, memory, or folder:/path.
    #[arg(long, default_value = "keyutils", value_name = "PLACE")]
    secrets: secrets::Place,
    /// Where estranctl finds the station [default: estran-counter.sock in the runtime directory].
    #[arg(long, value_name = "PATH")]
    counter: Option<PathBuf>,
    /// The folder of the journal of acts of staff; without it, none is kept.
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Where `estranctl ui --json` finds the screen's controls.
    #[cfg(feature = "probe")]
    #[arg(long)]
    ui_socket: Option<PathBuf>,
    /// Every timer is so many times shorter.
    #[cfg(feature = "probe")]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100))]
    hurry: Option<u32>,
    /// Where recorded events of a helper's devices arrive, one JSON object a line.
    #[cfg(feature = "probe")]
    #[arg(long)]
    helper_socket: Option<PathBuf>,
    #[cfg(feature = "shots")]
    #[command(subcommand)]
    tool: Option<Tool>,
}

#[cfg(feature = "shots")]
#[derive(clap::Subcommand)]
enum Tool {
    /// Draws every screen into PNG files.
    Shots {
        /// The folder.
        directory: PathBuf,
        /// Only the looks whose folder name contains this, as in 1280x720-200-fr.
        only: Option<String>,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum First {
    Firefox,
    Chromium,
}

impl First {
    const fn and_other(self) -> (BrowserKind, BrowserKind) {
        match self {
            Self::Firefox => (BrowserKind::Firefox, BrowserKind::Chromium),
            Self::Chromium => (BrowserKind::Chromium, BrowserKind::Firefox),
        }
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text
        .split_once('x')
        .ok_or("write WIDTHxHEIGHT, as in 1280x720")?;
    let number = |part: &str| part.parse().ok().filter(|n| (320..=16_384).contains(n));
    number(width)
        .zip(number(height))
        .ok_or_else(|| "each side is 320 to 16384 pixels".to_owned())
}

fn main() -> ExitCode {
    journal::start();
    let arguments = Arguments::parse();
    #[cfg(feature = "shots")]
    if let Some(Tool::Shots { directory, only }) = &arguments.tool {
        return shots(directory, only.as_deref());
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(feature = "shots")]
#[allow(clippy::print_stdout, reason = "the tool's answer")]
fn shots(directory: &std::path::Path, only: Option<&str>) -> ExitCode {
    match shell::shots::all(directory, only) {
        Ok(count) => {
            println!("{count} pictures in {}", directory.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    screen::find()?;
    let config = match in_order(&arguments) {
        Ok(config) => Arc::new(config),
        Err(lines) => {
            let (gate, files) = (arguments.gate.as_deref(), arguments.config.as_deref());
            return broken::show(lines, arguments.windowed, gate, files);
        }
    };
    let runtime = Runtime::make()?;
    let (mail, inbox) = guardian::mailbox();
    let frames = FrameWaker::default();
    let reach = reach(&arguments, &config)?;
    let guests = guests(&config, &reach);
    let display = start_display(&config, &runtime, guests, mail.clone(), frames.clone())?;
    if config.help.seats > 0 {
        attach_seats(&arguments, &display)?;
    }
    let settings = ports::Settings::new(reach.clone());
    let clerk = clerk(&config);
    let count = clerk.as_ref().map(Clerk::tray);
    let rules = rules(&config, &reach, hurry(&arguments), count.clone());
    let keeper = ports::Custodian::start(settings.clone(), mail.clone());
    let (bell, changes) = signal::signal();
    let (handle, thread) = guardian::start(
        display.clone(),
        keeper,
        rules,
        (mail.clone(), inbox),
        move || bell.ring(),
    )?;
    if let Some(clerk) = &clerk {
        clerk.tray().save_before_death()?;
    }
    let counter = open_counter(&arguments, &config, &handle, settings, (reach, count))?;
    follow(&arguments, &counter, mail)?;
    let shown = shell::run(Start {
        counter,
        config,
        guardian: handle.clone(),
        changes,
        display,
        frames,
        windowed: arguments.windowed,
        door: helper_door(&arguments.secrets),
        #[cfg(feature = "probe")]
        probe: arguments.ui_socket,
        #[cfg(not(feature = "probe"))]
        probe: None,
    });
    handle.tell(Word::Stop);
    // A guardian that panicked has lost its custodian's socket with it: the custodian wipes.
    drop(thread.join());
    drop(clerk);
    drop(runtime);
    Ok(shown?)
}

/// Opens the helper's own devices. A house without seats (`help.seats = 0`) opens none.
#[allow(
    clippy::unnecessary_wraps,
    unused_variables,
    reason = "only with their features"
)]
fn attach_seats(arguments: &Arguments, display: &display::Handle) -> std::io::Result<()> {
    #[cfg(feature = "probe")]
    if let Some(path) = arguments.helper_socket.clone() {
        display.attach(move || shell::RecordedHelper::listen(&path))?;
    }
    #[cfg(feature = "seats")]
    display.attach(display::seats::Seat::open)?;
    Ok(())
}

/// What staff may ask of this station.
fn open_counter(
    arguments: &Arguments,
    config: &Arc<Config>,
    guardian: &guardian::Handle,
    settings: ports::Settings,
    (reach, count): (Reach, Option<Tray>),
) -> Result<Counter, Box<dyn std::error::Error>> {
    let first = arguments.browser;
    let hurry = hurry(arguments);
    let stick = arguments.stick.clone();
    let statistics = count.clone();
    let prover = match &reach {
        Reach::Desk(custodian, _) => Some(custodian.with_file_name("estranctl")),
        // Only root makes the proof of a station.
        Reach::Station(_) => None,
    };
    let counter = Counter::new(counter::Setting {
        guardian: guardian.clone(),
        config: Arc::clone(config),
        rules: Box::new(move |config| {
            let next = match &reach {
                Reach::Desk(program, _) => {
                    let mut chosen = client(config, stick.clone());
                    if let Some(first) = first {
                        (chosen.first, chosen.second) = first.and_other();
                    }
                    Reach::Desk(program.clone(), Box::new(chosen))
                }
                Reach::Station(socket) => Reach::Station(socket.clone()),
            };
            settings.renew(next);
            rules(config, &reach, hurry, count.clone())
        }),
        store: arguments.secrets.open()?,
        journal: arguments.state.clone(),
        statistics,
        prover,
    });
    let place = arguments.counter.clone();
    let place = place.unwrap_or_else(counter::default_place);
    if let Err(error) = counter::listen(&place, counter.clone()) {
        // The screen does all that the shell could.
        tracing::warn!(%error, "estranctl cannot reach this station");
    }
    Ok(counter)
}

/// Follows the house's files and its hours.
fn follow(
    arguments: &Arguments,
    counter: &Counter,
    mail: guardian::Mail,
) -> Result<(), Box<dyn std::error::Error>> {
    let hours = counter.clone();
    counter::keep_hours(move || hours.counting(), mail)?;
    if let Some(dir) = &arguments.config {
        let edited = counter.clone();
        config::watch(dir, move |edit| edited.edited(edit))?;
    }
    Ok(())
}

/// The house's configuration, when the machine and the house's files are in order; else what staff
/// must know.
fn in_order(arguments: &Arguments) -> Result<Config, Vec<String>> {
    let wording = Wording::embedded();
    let seen = arguments.gate.as_deref().map(gate::read_verdict);
    if let Some(seen) = seen.filter(|seen| !seen.faults.is_empty()) {
        return Err(seen.lines(&wording, Lang::Fr));
    }
    configuration(arguments).map_err(|error| error.lines(&wording, Lang::Fr))
}

/// The house's configuration, with the browser that was asked for first.
fn configuration(arguments: &Arguments) -> Result<Config, config::ConfigError> {
    let folder = arguments.config.as_deref();
    let mut config = folder.map_or_else(Config::embedded, Config::load)?;
    if let Some(first) = arguments.browser {
        (config.browsers.first, config.browsers.second) = first.and_other();
    }
    Ok(config)
}

/// The station form where its custodian waits or is asked for; a desk otherwise.
fn reach(arguments: &Arguments, config: &Config) -> std::io::Result<Reach> {
    let program = arguments.custodian.clone();
    let usual = PathBuf::from(custodian::STATION_SOCKET);
    let waiting = (program.is_none() && usual.exists()).then_some(usual);
    if let Some(socket) = arguments.station.clone().or(waiting) {
        return Ok(Reach::Station(socket));
    }
    let program = program.map_or_else(beside, Ok)?;
    let client = client(config, arguments.stick.clone());
    Ok(Reach::Desk(program, Box::new(client)))
}

/// The uids under which a guest may come to the display.
fn guests(config: &Config, reach: &Reach) -> RangeInclusive<u32> {
    match reach {
        Reach::Desk(..) => {
            let us = rustix::process::getuid().as_raw();
            us..=us
        }
        Reach::Station(_) => {
            let first = config.custody.first_guest;
            first..=first.saturating_add(config.custody.guests - 1)
        }
    }
}

/// `estrand` as installed beside this program.
fn beside() -> std::io::Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("estrand"))
}

/// The door behind the helper's code. A store that cannot be opened opens no door.
fn helper_door(place: &secrets::Place) -> Option<secrets::Door> {
    match place.open() {
        Ok(store) => Some(secrets::Door::new(store, secrets::Name::HelperCode)),
        Err(error) => {
            tracing::warn!(%error, "the helper's code cannot be checked");
            None
        }
    }
}

fn start_display(
    config: &Config,
    runtime: &Runtime,
    guest_uids: RangeInclusive<u32>,
    mail: guardian::Mail,
    frames: FrameWaker,
) -> Result<display::Handle, display::Error> {
    let settings = Settings {
        runtime_dir: runtime.0.clone(),
        size: display::Size {
            width: 1280,
            height: 720,
        },
        scale: 1.0,
        keymap: Keymap {
            layout: config.keyboard.layout().to_owned(),
            variant: config.keyboard.variant().to_owned(),
            options: String::new(),
        },
        guest_uids,
    };
    let on_notice = move |notice| {
        if let Some(word) = ports::heard(notice) {
            mail.tell(word);
        }
    };
    display::start(settings, on_notice, move || frames.wake())
}

fn client(config: &Config, stick: Option<PathBuf>) -> ClientSettings {
    ClientSettings {
        first: config.browsers.first,
        second: config.browsers.second,
        memory_mib: config.session.memory_mib,
        state: estran::receipt::directory(),
        printer: config.printer.as_ref().map(|printer| printer.uri.clone()),
        stick: stick.filter(|_| config.usb != UsbPolicy::Off),
        ..ClientSettings::default()
    }
}

/// How many times shorter every timer is: never, but in black-box tests.
#[allow(
    clippy::missing_const_for_fn,
    unused_variables,
    reason = "only tests are in a hurry"
)]
fn hurry(arguments: &Arguments) -> u32 {
    #[cfg(feature = "probe")]
    let hurry = arguments.hurry.unwrap_or(1);
    #[cfg(not(feature = "probe"))]
    let hurry = 1;
    hurry
}

/// Keeps the statistics, if they can be kept: a visit does not depend on them.
fn clerk(config: &Config) -> Option<Clerk> {
    let started = usage::directory()
        .ok_or_else(|| "neither STATE_DIRECTORY nor HOME is set".to_owned())
        .and_then(|directory| {
            let pairs = config.statistics.pairs.clone();
            Clerk::open(&directory, pairs, config.statistics.write_at).map_err(|e| e.to_string())
        });
    started
        .map_err(|error| tracing::error!(%error, "nothing is counted"))
        .ok()
}

fn rules(config: &Arc<Config>, reach: &Reach, hurry: u32, tray: Option<Tray>) -> Rules {
    let timers = config.timers;
    let timings = Timings {
        idle_before: timers.idle_before / hurry,
        idle_visit: (timers.idle_visit + timers.idle_warning) / hurry,
        idle_warning: timers.idle_warning / hurry,
        question: timers.question / hurry,
        pause: timers.pause / hurry,
        farewell: timers.farewell / hurry,
        ..Timings::default()
    };
    let limit = match timers.visit_limit {
        VisitLimit::Never => None,
        VisitLimit::WhenOthersWait | VisitLimit::Always => Some(Limit {
            length: timers.visit / hurry,
            always: timers.visit_limit == VisitLimit::Always,
        }),
    };
    let config = Arc::clone(config);
    let subjects = Arc::clone(&config);
    let clerk = tray.clone();
    let (pairs, hour) = (config.statistics.pairs.clone(), config.statistics.write_at);
    Rules {
        timings,
        demanded: match reach {
            Reach::Desk(..) => Probe::DESK.to_vec(),
            Reach::Station(_) => Probe::STATION.to_vec(),
        },
        target: Box::new(move |to| target(&config, to)),
        limit,
        subject: Box::new(move |to| subjects.subject(to)),
        count: Box::new(move |line| {
            if let Some(tray) = &tray {
                tray.count(line);
            }
        }),
        begin: Box::new(move || {
            if let Some(clerk) = &clerk {
                clerk.follow(pairs.clone(), hour);
            }
        }),
    }
}

/// What a destination means, if the configuration allows it.
fn target(config: &Config, destination: Destination) -> Option<Target> {
    match destination {
        Destination::Practice => return config.practice.then_some(Target::Practice),
        Destination::App(id) => {
            return config.app(id).map(|app| Target::App {
                command: app.command.clone(),
            });
        }
        Destination::Free | Destination::Demarche(_) => {}
    }
    let names = |sites: Vec<estran::catalogue::Domain>| {
        sites.iter().map(|site| site.as_str().to_owned()).collect()
    };
    config.reach(destination).map(|reach| Target::Web {
        url: reach.start,
        allowed: names(reach.allowed),
        refused: names(reach.fake),
    })
}
