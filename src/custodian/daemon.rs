//! `estrand`: the owner of the guest. One thread decides; one reads the front-end, one the agent.
#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "door: the custodian's process")]

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

use super::devices::Devices;
use super::documents::Documents;
use super::ending::{Along, fits};
use super::errand::{self, Errand};
use super::hear::{Heard, WAITING, listen_to_agent, listen_to_front};
use super::journey::journey;
use super::protocol::{Command, Notice, Paper, Refused, Target, VERSION};
use super::receipts::Receipts;
use super::ways;
use crate::audit::Marks;
use crate::config::{BrowserKind, UsbPolicy};
use crate::guest::browser::{self, Journey};
use crate::guest::frame::{self, FrameError};
use crate::guest::sandbox::{Capacity, Network, Plan};
use crate::guest::words::{Order, Told};
use crate::guest::{Form, Session, SessionError, adopt_orphans};
use crate::passage::Words;
use crate::visit::Browser;

/// What `estrand` was started with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The station's first browser.
    pub first: BrowserKind,
    /// The other one.
    pub second: BrowserKind,
    /// RAM limits of a session.
    pub capacity: Capacity,
    /// Our own binary, started again inside the sandbox.
    pub agent: PathBuf,
    /// The house's printer, ipp:// or ipps://.
    pub printer: Option<String>,
    /// A folder that stands for the visitor's stick.
    pub stick: Option<PathBuf>,
    /// What visitors may do with a stick.
    pub usb: UsbPolicy,
    /// Where the kernel lists block devices.
    pub block: PathBuf,
    /// Started by `estranctl prove`: the targets of a proof are allowed.
    pub proof: bool,
    /// The program of such a proof, in the place of a browser.
    pub program: Option<PathBuf>,
    /// Where the latest receipt is kept, and in it the folder of the key; none are made without.
    pub state: Option<PathBuf>,
    /// What a page says that stands for one that is not opened.
    pub words: Words,
}

/// A front-end that has not greeted by then is none.
pub(super) const GREETING: Duration = Duration::from_secs(10);

/// A front-end that has not read for so long is gone.
pub(super) const READING: Duration = Duration::from_secs(10);

/// The custodian's state.
#[derive(Debug)]
pub struct Daemon {
    settings: Settings,
    pub(super) form: Form,
    pub(super) front: Front,
    pub(super) voices: SyncSender<Heard>,
    pub(super) greeted: bool,
    pub(super) session: Option<Running>,
    sessions: u32,
    /// Of the sessions of this visit, or of the last one, that have ended.
    pub(super) marks: Vec<Marks>,
    /// Whether an audit has looked since the last session ended.
    pub(super) looked: bool,
    /// A session could not be ended whole: nothing opens beside what is left of it.
    pub(super) resists: bool,
    /// Another démarche, which waits until what is being printed is on paper.
    later: Option<Command>,
    /// What has left one session and is not in the next one yet.
    pub(super) along: Option<Along>,
    pub(super) devices: Devices,
    pub(super) receipts: Option<Receipts>,
    /// How long the wipe took after which no audit has looked yet, milliseconds.
    pub(super) wiped: Option<u32>,
}

/// A front-end, as the kernel knows it.
#[derive(Debug)]
pub(super) struct Front {
    /// Its socket.
    pub stream: UnixStream,
    /// Its account.
    pub uid: u32,
}

#[derive(Debug)]
pub(super) struct Running {
    pub(super) session: Session,
    pub(super) number: u32,
    /// What its walls were built for.
    pub(super) target: Target,
    pub(super) documents: Documents,
    /// Orders whose answer opens the browser for the front-end.
    opening: bool,
    awaited: u32,
    /// The sandbox ended by itself; only its wipe is left to do.
    pub(super) dead: bool,
}

/// Runs the desk form on standard input until the front-end is gone.
///
/// # Errors
/// When standard input is not the front-end's socket.
pub fn desk(settings: Settings) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    adopt_orphans()?;
    let front = Front {
        stream: UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?),
        uid: rustix::process::getuid().as_raw(),
    };
    let (mut daemon, ears) = Daemon::for_front(settings, Form::Desk, Vec::new(), front)?;
    daemon.serve(&ears);
    Ok(())
}

/// No core dump of ours, nor of any child. 1, not 0: handlers that are piped to ignore 0.
pub(super) fn no_core_dumps() -> io::Result<()> {
    let limit = Rlimit {
        current: Some(1),
        maximum: Some(1),
    };
    Ok(setrlimit(Resource::Core, limit)?)
}

impl Daemon {
    /// A custodian for one front-end.
    pub(super) fn for_front(
        settings: Settings,
        form: Form,
        marks: Vec<Marks>,
        front: Front,
    ) -> io::Result<(Self, Receiver<Heard>)> {
        no_core_dumps()?;
        front.stream.set_write_timeout(Some(READING))?;
        let (voices, ears) = mpsc::sync_channel(WAITING);
        listen_to_front(front.stream.try_clone()?, voices.clone());
        let receipts = settings.state.clone().and_then(Receipts::open);
        let devices = Devices::new(&settings, &form, &voices)?;
        let daemon = Self {
            settings,
            form,
            front,
            voices,
            greeted: false,
            session: None,
            sessions: 0,
            marks,
            looked: false,
            resists: false,
            later: None,
            along: None,
            devices,
            receipts,
            wiped: None,
        };
        Ok((daemon, ears))
    }

    /// Serves the front-end until it is gone, then ends its session.
    pub(super) fn serve(&mut self, ears: &Receiver<Heard>) {
        while let Ok(heard) = self.next(ears) {
            let answered = match heard {
                Heard::Front(command) => self.obey(command),
                Heard::Garbage => self.tell(&Notice::Refused(Refused::Garbage)),
                Heard::Agent(number, told) => self.agent_told(number, told),
                Heard::AgentGone(number) => self.agent_gone(number),
                Heard::Device(word) => self.device_said(word).and_then(|()| self.go_on()),
                Heard::FrontGone => break,
            };
            if answered.is_err() {
                break;
            }
        }
        tracing::info!(session = self.session.is_some(), "front-end gone: ending");
        self.front.stream.shutdown(std::net::Shutdown::Both).ok();
        if let Some(running) = self.session.take() {
            if let Err(error) = self.ended(running.session) {
                tracing::error!(%error, "wipe failed");
            }
        }
    }

    fn next(&self, ears: &Receiver<Heard>) -> Result<Heard, RecvTimeoutError> {
        if self.greeted {
            return ears.recv().map_err(|_| RecvTimeoutError::Disconnected);
        }
        ears.recv_timeout(GREETING)
    }

    /// What outlives the front-end: the station's ground, and what the audit has to look for.
    pub(super) fn into_rest(self) -> (Form, Vec<Marks>) {
        (self.form, self.marks)
    }

    pub(super) fn tell(&mut self, notice: &Notice) -> Result<(), FrameError> {
        frame::write(&mut self.front.stream, notice, frame::LIMIT)
    }

    pub(super) fn refuse(&mut self, why: Refused) -> Result<(), FrameError> {
        tracing::warn!(?why, "refused");
        self.tell(&Notice::Refused(why))
    }

    fn obey(&mut self, command: Command) -> Result<(), FrameError> {
        if !self.greeted && !matches!(command, Command::Hello { .. }) {
            return self.refuse(Refused::Version);
        }
        match command {
            Command::Hello { version } => {
                if version != VERSION {
                    return self.refuse(Refused::Version);
                }
                self.greeted = true;
                self.tell(&Notice::Welcome { version: VERSION })?;
                self.tell_receipt()?;
                self.tell_devices()
            }
            Command::Open { .. } if self.must_wait(&command) => {
                self.later = Some(command);
                Ok(())
            }
            Command::Open {
                browser,
                target,
                display,
                language,
                zoom,
            } => {
                self.later = None;
                let Some(errand) = self.errand(&target) else {
                    return self.refuse(Refused::NoProof);
                };
                let passage = ways::passes(&self.form, &target);
                let journey = Journey {
                    passage,
                    ..journey(target.clone(), &language, zoom)
                };
                let way = (browser, &journey, display);
                if self.open(way, &target, &errand).is_err() {
                    return self.refuse(Refused::CannotStart);
                }
                Ok(())
            }
            Command::Print(id) => self.print(id),
            Command::Copy(id) => self.copy(id),
            Command::Paper(paper) => self.paper(paper),
            Command::PrintPaper(paper) => self.print_paper(&paper),
            Command::Deliver(papers) => self.deliver(papers),
            Command::Wipe { round } => self.wipe(round),
            Command::Audit { round } => self.audit(round),
        }
    }

    /// Another démarche must not end what is being printed.
    fn must_wait(&self, command: &Command) -> bool {
        let Command::Open { target, .. } = command else {
            return false;
        };
        let running = self.session.as_ref().filter(|running| !running.dead);
        self.devices.is_printing() && running.is_some_and(|now| !fits(&now.target, target))
    }

    /// What had to wait is done as soon as it can be.
    fn go_on(&mut self) -> Result<(), FrameError> {
        match self.later.take() {
            Some(command) => self.obey(command),
            None => Ok(()),
        }
    }

    fn open(
        &mut self,
        (browser, journey, display): (Browser, &Journey, Option<PathBuf>),
        target: &Target,
        errand: &Errand,
    ) -> Result<(), SessionError> {
        let kind = match browser {
            Browser::First => self.settings.first,
            Browser::Second => self.settings.second,
        };
        let network = ways::network(&self.form, journey);
        let launch = errand
            .launch(kind, journey, display.is_none())
            .ok_or(SessionError::NotUp)?;
        let server = errand.server(kind);
        // What no audit has looked for yet is not forgotten.
        if self.session.is_none() && self.looked {
            self.marks.clear();
        }
        self.leave_for(target)?;
        if self.resists {
            return Err(SessionError::NotUp);
        }
        if self.session.is_none() {
            self.session = Some(self.start(journey, (errand, target), network, display)?);
            // A front-end that is gone is seen by the thread that reads it.
            self.offer_stick().ok();
        }
        self.give()?;
        let running = self.session.as_mut().ok_or(SessionError::NotUp)?;
        if let Some(server) = &server {
            running.session.order(server)?;
            running.awaited += 1;
        }
        running.session.order(&Order::Launch(launch))?;
        running.awaited += 1;
        running.opening = true;
        Ok(())
    }

    fn start(
        &mut self,
        journey: &Journey,
        (errand, target): (&Errand, &Target),
        network: Network,
        display: Option<PathBuf>,
    ) -> Result<Running, SessionError> {
        let practice = match errand {
            Errand::Practice => Some(self.practice().ok_or(SessionError::NotUp)?),
            Errand::Web | Errand::App(_) | Errand::Plant(_) | Errand::Program(_) => None,
        };
        let program = match errand {
            Errand::Program(_) => self.settings.program.clone(),
            Errand::Web | Errand::Practice | Errand::App(_) | Errand::Plant(_) => None,
        };
        let plan = Plan {
            agent: self.settings.agent.clone(),
            practice,
            program,
            display,
            printing: self.devices.meeting(),
            network,
            capacity: self.settings.capacity,
            language: journey.language.clone(),
            files: browser::files(journey),
        };
        let session = self
            .form
            .start(&plan, self.front.uid)
            .inspect_err(|error| tracing::error!(%error))?;
        self.devices.open_queue(&self.voices, &session);
        self.sessions = self.sessions.wrapping_add(1);
        let known = (&self.form, &session, self.sessions);
        self.devices.passage =
            ways::open(known, &self.settings.words, network, journey, &self.voices)
                .inspect_err(|error| tracing::error!(%error, "no way to the sites"))?;
        listen_to_agent(session.listen()?, self.sessions, self.voices.clone());
        tracing::info!(?network, "session started");
        Ok(Running {
            session,
            number: self.sessions,
            target: target.clone(),
            documents: Documents::default(),
            opening: false,
            awaited: 0,
            dead: false,
        })
    }

    fn paper(&mut self, paper: Paper) -> Result<(), FrameError> {
        let order = Order::Paper(paper.name, paper.pdf);
        let session = self.session.as_mut();
        match session.map(|running| running.session.order(&order)) {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => self.refuse(Refused::NoDocument),
        }
    }

    /// What a target asks for; `None` when this custodian does not do such things.
    fn errand(&self, target: &Target) -> Option<Errand> {
        let proof = |canary: &String| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            let fits = (16..=64).contains(&canary.len()) && canary.chars().all(plain);
            (self.settings.proof && fits).then(|| canary.clone())
        };
        match target {
            Target::Web { .. } => Some(Errand::Web),
            Target::Practice => Some(Errand::Practice),
            Target::App { command } => {
                errand::is_plain(command).then(|| Errand::App(command.clone()))
            }
            Target::Proof { canary } => proof(canary).map(Errand::Plant),
            Target::Program { canary } => {
                self.settings.program.as_ref()?;
                proof(canary).map(Errand::Program)
            }
        }
    }

    /// The practice server is installed beside us.
    fn practice(&self) -> Option<PathBuf> {
        let practice = self.settings.agent.with_file_name("estran-practice");
        practice.is_file().then_some(practice)
    }

    fn agent_told(&mut self, number: u32, told: Told) -> Result<(), FrameError> {
        let Some(running) = self
            .session
            .as_mut()
            .filter(|running| running.number == number)
        else {
            return Ok(());
        };
        match told {
            Told::Ready => Ok(()),
            Told::Done => {
                running.awaited = running.awaited.saturating_sub(1);
                if running.awaited == 0 && std::mem::take(&mut running.opening) {
                    return self.tell(&Notice::Opened);
                }
                Ok(())
            }
            Told::Failed => {
                running.awaited = running.awaited.saturating_sub(1);
                running.opening = false;
                self.refuse(Refused::CannotStart)
            }
            Told::Exited => self.tell(&Notice::GuestGone),
            Told::Closed => self.tell(&Notice::Closed),
            Told::Sensed(sensed) => self.tell(&Notice::Sensed(sensed)),
            Told::Documents(list) => {
                let documents = running.documents.told(list).to_vec();
                self.tell(&Notice::Documents(documents))
            }
        }
    }

    fn agent_gone(&mut self, number: u32) -> Result<(), FrameError> {
        // During a wipe the session is taken out first: this is a death nobody asked for.
        match self
            .session
            .as_mut()
            .filter(|running| running.number == number)
        {
            Some(running) => {
                tracing::warn!("the sandbox ended by itself");
                running.session.reap();
                running.dead = true;
                self.tell(&Notice::GuestGone)
            }
            None => Ok(()),
        }
    }
}
