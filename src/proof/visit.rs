//! The visit of a proof: the very custodian, sandbox, wipe and audit of a visitor's, with a
//! planter and a headless browser inside, and the same search before the end and after it.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: clock, files and a helper process"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::process::{Pid, PidfdFlags, pidfd_open};
use rustix::thread::{ThreadNameSpaceType, move_into_thread_name_spaces};

use super::canary::{Canary, Plant};
use super::custody::{Custody, Root};
use super::plant::STATE;
use super::result::{self, Findings, Place, Planted, Proof, Searched};
use super::search::{Depth, Patterns, Search, Tally, files, kernel, memory};
use super::turn::Turn;
use crate::audit::Report;
use crate::config::BrowserKind;
use crate::custodian::{Client, ClientError, Command, Notice, Target};
use crate::guest::sandbox::WRITABLE;
use crate::printer;
use crate::receipt::{HalfDay, init_on_free};
use crate::visit::Browser;

/// How long a browser may take to plant everything on a loaded machine.
const PLANTING: Duration = Duration::from_mins(4);
/// How long the custodian may take for any answer.
const ANSWER: Duration = Duration::from_mins(2);

/// Who is the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    /// A browser, headless.
    Browser(BrowserKind),
    /// A program of the administrator, and how long it may run.
    Program(PathBuf, Duration),
}

/// What a proof is asked to do.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The custodian's program.
    pub estrand: PathBuf,
    /// In which form.
    pub custody: Custody,
    /// The guest.
    pub guest: Guest,
    /// A disk or its image, to be read byte by byte.
    pub image: Option<PathBuf>,
}

/// How far a proof has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Another proof runs; this one comes after it.
    Waiting,
    /// The sandbox and the browser start, the canary is planted.
    Planting,
    /// The search looks for it while the guest lives.
    Control,
    /// Kill, wipe, audit.
    Wiping,
    /// The search looks for it on the machine.
    Searching,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The custodian cannot be spoken to.
    #[error(transparent)]
    Custodian(#[from] ClientError),
    /// The custodian of root could not be started.
    #[error("starting the custodian: {0}; is estrand installed beside estranctl?")]
    Station(#[source] io::Error),
    /// It ended at once.
    #[error(
        "preparing the station: the custodian ended at once; start this as root, and stop the \
         service first: systemctl stop estrand"
    )]
    NoGround,
    /// The station's configuration is not valid.
    #[error("reading {0}: not valid; see estranctl config check")]
    Config(PathBuf),
    /// It refused or did not answer.
    #[error(
        "starting the guest: the custodian did not do it; is the browser installed, are user \
         namespaces allowed?"
    )]
    NotStarted,
    /// The planter did not come to its end.
    #[error("planting: the browser did not come to its end in time; try again on a quiet machine")]
    NotPlanted,
    /// The guest cannot be looked into.
    #[error("looking into the guest: {0}; start this as the user of the station, or as root")]
    Inside(#[source] io::Error),
    /// Another one never ended.
    #[error("waiting for another proof: {0}; wait for its end, or end it")]
    Turn(#[source] io::Error),
    /// The machine cannot be looked at.
    #[error("searching: {0}")]
    Search(#[from] io::Error),
    /// The disk or its image cannot be read to its end.
    #[error("reading {0}: {1}")]
    Image(PathBuf, #[source] io::Error),
}

/// Runs a whole proof; `tell` hears how far it is.
///
/// # Errors
/// [`ProofError`] when there is nothing to judge.
pub fn prove(wanted: &Wanted, tell: &mut dyn FnMut(Step)) -> Result<Proof, ProofError> {
    let _turn = Turn::take(|| tell(Step::Waiting)).map_err(ProofError::Turn)?;
    let canary = Canary::fresh();
    let patterns = Patterns::of(&canary)?;
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs().cast_signed() - 1);
    tell(Step::Planting);
    let mut visit = Visit::start(wanted, &canary)?;
    let planted = visit.planted(&wanted.guest)?;
    tell(Step::Control);
    let before = visit.inside(&canary, &patterns)?;
    tell(Step::Wiping);
    let (wipe_millis, audit) = visit.end()?;
    tell(Step::Searching);
    // The custodian still runs: what it knew of the visit is searched for in its memory, too.
    let after = machine(&canary, &patterns, since, wanted.image.as_deref(), &[])?;
    drop(visit);
    let found = after.tally();
    Ok(Proof {
        version: result::VERSION,
        software: env!("CARGO_PKG_VERSION").to_owned(),
        when: HalfDay::now(),
        form: wanted.custody.form(),
        root: rustix::process::geteuid().is_root(),
        guest: match wanted.guest {
            Guest::Browser(BrowserKind::Firefox) => "firefox",
            Guest::Browser(BrowserKind::Chromium) => "chromium",
            Guest::Program(..) => "program",
        }
        .to_owned(),
        rows: result::rows(&planted, &before, &found),
        searched: result::searched(&after),
        unmarked: found.of(None),
        clipped: found.clipped,
        wipe_millis,
        audit,
        init_on_free: init_on_free(),
    })
}

/// A running visit.
struct Visit {
    client: Client,
    heard: Receiver<Notice>,
    /// Ends after the client.
    _root: Option<Root>,
}

impl Visit {
    fn start(wanted: &Wanted, canary: &Canary) -> Result<Self, ProofError> {
        let (browser, program, target) = match &wanted.guest {
            Guest::Browser(kind) => {
                let canary = canary.text().to_owned();
                let first = wanted.custody.first()? == *kind;
                let browser = if first {
                    Browser::First
                } else {
                    Browser::Second
                };
                (browser, None, Target::Proof { canary })
            }
            Guest::Program(program, _) => {
                let canary = canary.token(Plant::Program);
                (
                    Browser::First,
                    Some(program.clone()),
                    Target::Program { canary },
                )
            }
        };
        let (told, heard) = mpsc::channel();
        let (client, root) = wanted.custody.start(&wanted.estrand, program, &told)?;
        let mut visit = Self {
            client,
            heard,
            _root: root,
        };
        visit.client.send(&Command::Open {
            browser,
            target,
            display: None,
            language: "fr".to_owned(),
            zoom: 100,
        })?;
        visit
            .wait(ANSWER, |notice| {
                matches!(notice, Notice::Opened).then_some(())
            })
            .ok_or(ProofError::NotStarted)?;
        Ok(visit)
    }

    /// Waits for a notice; a refusal or the custodian's end is none.
    fn wait<T>(&self, limit: Duration, wanted: impl Fn(&Notice) -> Option<T>) -> Option<T> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let notice = self.heard.recv_timeout(left).ok()?;
            if let Some(found) = wanted(&notice) {
                return Some(found);
            }
            if matches!(notice, Notice::Refused(_) | Notice::Lost) {
                return None;
            }
        }
    }

    /// What the planter says, or, of a program, that it was there.
    fn planted(&self, guest: &Guest) -> Result<BTreeMap<Plant, Planted>, ProofError> {
        match guest {
            Guest::Browser(_) => self.planter_done(),
            Guest::Program(_, limit) => {
                let gone = |notice: &Notice| matches!(notice, Notice::GuestGone).then_some(());
                // One that runs on is ended by the wipe, like a browser.
                self.wait(*limit, gone);
                Ok([(Plant::Program, Planted::Planted)].into())
            }
        }
    }

    fn planter_done(&self) -> Result<BTreeMap<Plant, Planted>, ProofError> {
        /// The list is shorter.
        const LONGEST: u64 = 64 << 10;
        let state = self.root()?.join(STATE.trim_start_matches('/'));
        let until = Instant::now() + PLANTING;
        while Instant::now() < until {
            let mut text = String::new();
            let read =
                File::open(&state).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
            if read.is_ok() {
                return serde_json::from_str(&text).map_err(|_| ProofError::NotPlanted);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(ProofError::NotPlanted)
    }

    /// A process of ours inside the sandbox.
    fn agent(&self) -> Result<u32, ProofError> {
        memory::descendants(self.client.custodian())
            .into_iter()
            .find(|pid| ours(*pid))
            .ok_or_else(|| ProofError::Inside(io::ErrorKind::NotFound.into()))
    }

    fn root(&self) -> Result<PathBuf, ProofError> {
        Ok(PathBuf::from(format!("/proc/{}/root", self.agent()?)))
    }

    /// The positive control: the same search, in the living guest.
    fn inside(&self, canary: &Canary, patterns: &Patterns) -> Result<Findings, ProofError> {
        let mut findings = Findings::default();
        let mut search = Search::new(patterns, Depth::Inside);
        let (root, agent) = (self.root()?, self.agent()?);
        for place in WRITABLE {
            let place = root.join(place.trim_start_matches('/'));
            let class = |_: &Path| Place::RamFiles;
            files::walk(&place, &mut search, 0, &|_, _| false, &class, &mut findings);
        }
        for service in memory::descendants(self.client.custodian())
            .into_iter()
            .filter(|pid| prints(*pid))
        {
            let spool = format!("/proc/{service}/root/var/spool/cups");
            let class = |_: &Path| Place::Spool;
            let spool = Path::new(&spool);
            files::walk(spool, &mut search, 0, &|_, _| false, &class, &mut findings);
        }
        let mut search = Search::new(patterns, Depth::Plain);
        for pid in memory::descendants(self.client.custodian()) {
            let mut of = Findings::default();
            memory::process(pid, &mut search, &mut of);
            if ours(pid) {
                // The planter knows every word: of ours, only what was meant to stay is a plant.
                of = of.only(Plant::LingeringProcess, Place::Memory);
            }
            findings.merge(&of);
        }
        let ipc = ask_inside(agent, canary).map_err(ProofError::Inside)?;
        findings.seen(Place::Ipc).tally.merge(&ipc);
        Ok(findings)
    }

    fn end(&mut self) -> Result<(Option<u32>, Report), ProofError> {
        self.client.send(&Command::Wipe { round: 1 })?;
        let wiped = self.wait(ANSWER, |notice| {
            if let Notice::Wiped { millis, .. } = notice {
                Some(Some(*millis))
            } else {
                matches!(notice, Notice::WipeFailed { .. }).then_some(None)
            }
        });
        self.client.send(&Command::Audit { round: 1 })?;
        let report = self.wait(ANSWER, |notice| {
            if let Notice::Audited { report, .. } = notice {
                Some(report.clone())
            } else {
                None
            }
        });
        Ok((wiped.flatten(), report.unwrap_or_default()))
    }
}

/// Our own program, inside a sandbox.
fn ours(pid: u32) -> bool {
    std::fs::read_link(format!("/proc/{pid}/exe"))
        .is_ok_and(|exe| exe == Path::new("/run/estran/estrand"))
}

/// The visit's own print service.
fn prints(pid: u32) -> bool {
    std::fs::read_link(format!("/proc/{pid}/exe"))
        .is_ok_and(|exe| exe == Path::new(printer::DAEMON))
}

/// Looks everywhere on the machine that this user may look.
fn machine(
    canary: &Canary,
    patterns: &Patterns,
    since: i64,
    image: Option<&Path>,
    except: &[u32],
) -> Result<Findings, ProofError> {
    let mut findings = Findings::default();
    kernel::machine(canary, patterns, &mut findings);
    let mut plain = Search::new(patterns, Depth::Plain);
    // This very process holds the canary, or it could not look for it.
    let wanted = |pid: &u32| *pid != std::process::id() && !except.contains(pid);
    for pid in memory::pids().into_iter().filter(wanted) {
        memory::process(pid, &mut plain, &mut findings);
    }
    let mut search = Search::new(patterns, Depth::Inside);
    files::machine(&mut search, since, image, &mut findings)?;
    if let Some(image) = image {
        files::disk(image, &mut search, &mut findings)
            .map_err(|error| ProofError::Image(image.to_owned(), error))?;
    }
    Ok(findings)
}

/// The search alone, for a canary that someone else planted after `since` (seconds since 1970);
/// processes of `except` know it for a good reason.
///
/// # Errors
/// [`ProofError`] when the machine or the image cannot be searched.
pub fn look(
    canary: &Canary,
    since: i64,
    image: Option<&Path>,
    except: &[u32],
) -> Result<Vec<Searched>, ProofError> {
    let patterns = Patterns::of(canary)?;
    Ok(result::searched(&machine(
        canary, &patterns, since, image, except,
    )?))
}

/// The hidden command by which a search looks into the IPC namespace of a guest.
pub const LOOK_INSIDE: &str = "look-inside";

/// Whoever enters another user namespace must be single-threaded: a program of its own does it.
fn ask_inside(pid: u32, canary: &Canary) -> io::Result<Tally> {
    let mut helper = Process::new(std::env::current_exe()?)
        .args([LOOK_INSIDE, &pid.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = helper.stdin.take() {
        stdin.write_all(canary.text().as_bytes())?;
    }
    let answer = helper.wait_with_output()?;
    let counts: Vec<(Option<Plant>, u64)> =
        serde_json::from_slice(&answer.stdout).map_err(io::Error::other)?;
    let mut tally = Tally::default();
    for (plant, count) in counts {
        for _ in 0..count.min(1000) {
            tally.add(plant);
        }
    }
    Ok(tally)
}

/// The helper's side: enters the namespaces of `pid`, and prints what it sees of the canary that
/// stands on its standard input. Must be called before any thread is started.
///
/// # Errors
/// When the namespaces cannot be entered.
pub fn look_inside(pid: u32) -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().take(1024).read_to_string(&mut text)?;
    let canary = Canary::from_text(text.trim()).ok_or(io::ErrorKind::InvalidInput)?;
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    let process = pidfd_open(pid.ok_or(io::ErrorKind::InvalidInput)?, PidfdFlags::empty())?;
    // Root may enter directly; a user is root only in a namespace of its own.
    let mut spaces = ThreadNameSpaceType::INTER_PROCESS_COMMUNICATION;
    if !rustix::process::getuid().is_root() {
        spaces |= ThreadNameSpaceType::USER;
    }
    move_into_thread_name_spaces(std::os::fd::AsFd::as_fd(&process), spaces)?;
    let mut tally = Tally::default();
    kernel::ipc(&canary, &Patterns::of(&canary)?, &mut tally);
    let counts: Vec<(Option<Plant>, u64)> = tally.counts().collect();
    serde_json::to_string(&counts).map_err(io::Error::other)
}
