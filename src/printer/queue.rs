//! The queue of one visit: the instance, and the thread that feeds and watches it.
#![allow(
    clippy::disallowed_methods,
    reason = "door: the socket's file, and the clock of its start"
)]

use std::fs::File;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::driver::Driver;
use super::instance::Instance;
use super::ipp::Asker;
use super::level::{Job, Level, Watch};
use super::{PrinterError, SOCKET, Settings};
use crate::audit::Marks;
use crate::guest::NotEnded;

/// How often the print service is asked while a job is under way.
const BUSY: Duration = Duration::from_millis(400);
/// How long a printer may take to pick up.
const CALL: Duration = Duration::from_secs(2);
/// How long an instance may take until it answers for the first time.
const START: Duration = Duration::from_secs(30);
/// How often otherwise: a page of the visitor's may be printed at any moment.
const CALM: Duration = Duration::from_millis(1200);

/// What the queue tells its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// What must be shown, whenever it changes.
    Level(Level),
    /// The document that was handed over under this number is on paper (true) or will not be.
    Ended(u32, bool),
}

struct Wanted {
    document: u32,
    file: File,
    size: u64,
}

/// A running queue. Dropping it kills it.
#[derive(Debug)]
pub struct Queue {
    instance: Instance,
    wanted: Sender<Wanted>,
    socket: PathBuf,
}

impl Queue {
    /// Starts one. Must be called from a thread that outlives it. `say` is called from a thread of
    /// the queue's own.
    ///
    /// # Errors
    /// When the instance does not start.
    pub fn start(
        settings: &Settings,
        driver: &Driver,
        say: impl Fn(Said) + Send + 'static,
    ) -> Result<Self, PrinterError> {
        let instance = Instance::start(settings, driver)?;
        let (wanted, orders) = mpsc::channel();
        let asker = Asker::new(&settings.folder);
        let device = device(&settings.uri);
        std::thread::Builder::new()
            .name("printer".into())
            .spawn(move || {
                let mut feeder = Feeder::new(asker, device, say);
                loop {
                    match orders.recv_timeout(feeder.pace()) {
                        Ok(wanted) => feeder.waiting.push(wanted),
                        Err(RecvTimeoutError::Timeout) => {}
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                    feeder.feed();
                    feeder.look();
                }
            })?;
        Ok(Self {
            instance,
            wanted,
            socket: settings.folder.join(SOCKET),
        })
    }

    /// The pid, seen from outside, of its sandbox's first process.
    pub fn init(&self) -> u32 {
        self.instance.init()
    }

    /// Prints `size` bytes of a document. [`Said::Ended`] follows with its number.
    pub fn print(&self, document: u32, file: File, size: u64) {
        // The thread lives as long as the sender.
        self.wanted
            .send(Wanted {
                document,
                file,
                size,
            })
            .ok();
    }

    /// Kills the instance with all it holds, whatever is being printed.
    ///
    /// # Errors
    /// When it survived `patience`; the marks are for the audit in both cases.
    pub fn end(self, patience: Duration) -> (Result<(), NotEnded>, Marks) {
        drop(self.wanted);
        let ended = self.instance.end(patience);
        std::fs::remove_file(&self.socket).ok();
        ended
    }
}

fn device(uri: &str) -> Option<(String, u16)> {
    let uri = url::Url::parse(uri).ok()?;
    let host = uri.host_str()?.trim_matches(['[', ']']).to_owned();
    Some((host, uri.port().unwrap_or(631)))
}

struct Feeder<S> {
    asker: Asker,
    /// Host and port of the printer itself.
    device: Option<(String, u16)>,
    say: S,
    watch: Watch,
    level: Level,
    /// Until when an instance that has never answered is waited for.
    starting: Option<Instant>,
    /// Documents that it does not have yet.
    waiting: Vec<Wanted>,
    /// Documents whose job has not ended: job, document.
    jobs: Vec<(i32, u32)>,
}

impl<S: Fn(Said)> Feeder<S> {
    fn new(asker: Asker, device: Option<(String, u16)>, say: S) -> Self {
        Self {
            asker,
            device,
            say,
            watch: Watch::default(),
            level: Level::default(),
            starting: Some(Instant::now() + START),
            waiting: Vec::new(),
            jobs: Vec::new(),
        }
    }

    fn pace(&self) -> Duration {
        if self.level.printing || !self.jobs.is_empty() || !self.waiting.is_empty() {
            BUSY
        } else {
            CALM
        }
    }

    /// Hands over what waits, once the instance answers, or has had its time.
    fn feed(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let early = |until| Instant::now() < until;
        if self.starting.is_some_and(early) && self.asker.look().is_err() {
            return;
        }
        self.starting = None;
        for wanted in std::mem::take(&mut self.waiting) {
            self.print(wanted);
        }
    }

    fn print(&mut self, mut wanted: Wanted) {
        match self.asker.print(&mut wanted.file, wanted.size) {
            Ok(job) => self.jobs.push((job, wanted.document)),
            Err(_) => (self.say)(Said::Ended(wanted.document, false)),
        }
    }

    /// The print service calls a printer that is switched off again and again, and tells nobody.
    fn away(&self) -> bool {
        self.device.as_ref().is_some_and(|(host, port)| {
            let addresses = (host.as_str(), *port).to_socket_addrs();
            !addresses.is_ok_and(|mut all| {
                all.any(|address| TcpStream::connect_timeout(&address, CALL).is_ok())
            })
        })
    }

    fn look(&mut self) {
        // An instance that is coming up or going down does not answer: the level stays.
        let Ok(mut seen) = self.asker.look() else {
            return;
        };
        seen.away = seen.busy() && self.away();
        let level = self.watch.level(&seen);
        if level != self.level {
            self.level = level;
            (self.say)(Said::Level(level));
        }
        let say = &self.say;
        self.jobs.retain(|(job, document)| {
            match seen.jobs.iter().find(|(seen, _)| seen == job) {
                Some((_, Job::UnderWay)) => return true,
                Some((_, Job::Done)) => say(Said::Ended(*document, true)),
                Some((_, Job::Failed)) | None => say(Said::Ended(*document, false)),
            }
            false
        });
    }
}
