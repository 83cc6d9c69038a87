//! The custodian's devices: the visit's print queue and the visitor's stick.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the custodian's own folder"
)]

use std::fs::File;
use std::io::{self, Seek, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use rustix::fs::MemfdFlags;

use super::daemon::{Daemon, Settings};
use super::hear::Heard;
use super::protocol::{DocumentId, Notice, Paper, Printer, Refused, Stick};
use super::receipts::Receipts;
use super::runtime;
use super::sticks::Sticks;
use crate::audit::{Marks, RUNTIME_PREFIX};
use crate::guest::frame::FrameError;
use crate::guest::outer::Outer;
use crate::guest::{Form, NotEnded, Session, open_document};
use crate::passage::Passage;
use crate::printer::{self, Driver, Level, Queue, Said, Trouble};
use crate::stick::{Copied, Plugged};

/// How long to wait before the printer is asked again what it can do.
const AGAIN: Duration = Duration::from_secs(15);

/// A paper of the station is no document: no rank of one is this number.
const PAPER: u32 = u32::MAX;

/// What the devices' own threads say.
#[derive(Debug)]
pub(super) enum Word {
    /// The printer said what it can do.
    Driver(Driver),
    /// The queue of the session with this number speaks.
    Printer(u32, Said),
    /// Something of that session's visitor is on its way to a site (true), or no longer.
    Uploading(u32, bool),
    /// This stick is plugged in, or none.
    Stick(Option<Plugged>),
    /// The guest of that session reads the stick, or cannot.
    Shown(u32, bool),
    /// A document of that session was copied, or not.
    Copied(u32, DocumentId, Copied),
    /// Papers of the house were put onto the stick of staff, or not.
    Delivered(Copied),
}

/// The devices and what they are doing.
#[derive(Debug)]
pub(super) struct Devices {
    printer: Option<printer::Settings>,
    driver: Option<Driver>,
    queue: Option<Queue>,
    /// Counts the queues: a late word of an old one is dropped.
    queues: u32,
    level: Level,
    pub(super) sticks: Sticks,
    /// The session's way to some sites, where it has such a one.
    pub(super) passage: Option<Passage>,
    folder: Option<PathBuf>,
}

impl Devices {
    /// Makes the folder of the print service's socket and begins to ask the printer, when there is
    /// one.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(settings: &Settings, form: &Form, voices: &SyncSender<Heard>) -> io::Result<Self> {
        let mut devices = Self {
            printer: None,
            driver: None,
            queue: None,
            queues: 0,
            level: Level::default(),
            sticks: Sticks::new(settings, form, voices)?,
            passage: None,
            folder: None,
        };
        // A proof plants in a queue of its own: no canary is ever on paper.
        let nobody =
            (settings.proof && printer::is_installed()).then(|| printer::NOBODY.to_owned());
        let house = settings.printer.clone().filter(|_| !settings.proof);
        if let Some(uri) = house.or(nobody) {
            let (folder, account) = meeting(form)?;
            devices.folder = Some(folder.clone());
            let printer = printer::Settings {
                uri,
                folder,
                account,
                walls: None,
            };
            if settings.proof {
                devices.driver = Some(Driver::of_nobody());
            } else {
                ask(printer.clone(), voices.clone())?;
            }
            devices.printer = Some(printer);
        }
        Ok(devices)
    }

    /// The folder that the guest finds the print service in.
    pub fn meeting(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// Starts the visit's queue, if it can be and does not run. Called from the custodian's own
    /// thread: the queue's sandbox dies with it.
    pub fn open_queue(&mut self, voices: &SyncSender<Heard>, session: &Session) {
        let (Some(settings), Some(driver), None) = (&self.printer, &self.driver, &self.queue)
        else {
            return;
        };
        let settings = settings.inside(session.outer().and_then(Outer::helper));
        self.queues = self.queues.wrapping_add(1);
        let (number, voices) = (self.queues, voices.clone());
        let say = move |said| {
            voices.send(Heard::Device(Word::Printer(number, said))).ok();
        };
        match Queue::start(&settings, driver, say) {
            Ok(queue) => {
                tracing::info!("print queue started");
                self.queue = Some(queue);
            }
            Err(error) => tracing::error!(%error, "no print queue"),
        }
    }

    /// Ends the queue, the passage and any copying; the marks are for the audit.
    ///
    /// # Errors
    /// When the print service survived.
    pub fn end(&mut self, patience: Duration) -> (Result<(), NotEnded>, Option<Marks>) {
        self.sticks.end();
        self.passage = None;
        self.level = Level::default();
        match self.queue.take() {
            Some(queue) => {
                let (ended, marks) = queue.end(patience);
                (ended, Some(marks))
            }
            None => (Ok(()), None),
        }
    }

    /// Whether something is on its way to a printer that takes it.
    pub const fn is_printing(&self) -> bool {
        self.level.printing && self.level.trouble.is_none()
    }

    const fn printer_now(&self) -> Printer {
        match (&self.printer, &self.driver, self.level.trouble) {
            (None, _, _) => Printer::None,
            (Some(_), None, _) | (_, _, Some(Trouble::NotReached)) => Printer::NotReached,
            (_, _, Some(Trouble::NoPaper)) => Printer::NoPaper,
            (_, _, Some(Trouble::NeedsHand)) => Printer::NeedsHand,
            (Some(_), Some(_), None) => Printer::Ready,
        }
    }
}

impl Drop for Devices {
    fn drop(&mut self) {
        self.end(Duration::from_secs(5)).0.ok();
        if let Some(folder) = &self.folder {
            std::fs::remove_dir(folder).ok();
        }
    }
}

/// The folder in which the print service listens. In the station form each session brings its own,
/// and this one only serves to ask the printer what it can do.
fn meeting(form: &Form) -> io::Result<(PathBuf, Option<u32>)> {
    match form {
        Form::Desk => {
            let name = format!("{RUNTIME_PREFIX}{}", std::process::id());
            let folder = runtime::runtime_directory().join(name);
            std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
            Ok((folder, None))
        }
        Form::Station(ground) => {
            let folder = ground.state().join("asking");
            let made = std::fs::DirBuilder::new().mode(0o755).create(&folder);
            match made {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
                _ => Ok((folder, Some(printer::LP))),
            }
        }
    }
}

/// Asks the printer until it has answered.
fn ask(printer: printer::Settings, voices: SyncSender<Heard>) -> io::Result<()> {
    let asked = move || {
        loop {
            match printer::learn(&printer) {
                Ok(driver) => {
                    voices.send(Heard::Device(Word::Driver(driver))).ok();
                    return;
                }
                Err(error) => tracing::warn!(%error, "printer"),
            }
            std::thread::sleep(AGAIN);
        }
    };
    std::thread::Builder::new()
        .name("ask printer".into())
        .spawn(asked)?;
    Ok(())
}

/// A file that is nowhere, at its beginning.
fn in_memory(bytes: &[u8]) -> io::Result<File> {
    let memory = rustix::fs::memfd_create("estran-paper", MemfdFlags::CLOEXEC)?;
    let mut file = File::from(memory);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

impl Daemon {
    /// The latest receipt, where there are any.
    pub(super) fn tell_receipt(&mut self) -> Result<(), FrameError> {
        let latest = self.receipts.as_ref().and_then(Receipts::latest);
        latest.map_or(Ok(()), |latest| self.tell(&Notice::Receipt(latest)))
    }

    /// The state of the devices that are there, for a front-end that has just come.
    pub(super) fn tell_devices(&mut self) -> Result<(), FrameError> {
        let printer = self.devices.printer_now();
        if printer != Printer::None {
            self.tell(&Notice::Printer(printer))?;
        }
        let stick = self.devices.sticks.state();
        if stick != Stick::Absent {
            self.tell(&Notice::Stick(stick))?;
        }
        Ok(())
    }

    pub(super) fn device_said(&mut self, word: Word) -> Result<(), FrameError> {
        match word {
            Word::Driver(driver) => {
                tracing::info!("the printer answers");
                self.devices.driver = Some(driver);
                if let Some(running) = &self.session {
                    self.devices.open_queue(&self.voices, &running.session);
                }
                let printer = self.devices.printer_now();
                self.tell(&Notice::Printer(printer))
            }
            Word::Printer(number, said) if number == self.devices.queues => self.queue_said(said),
            Word::Printer(..) => Ok(()),
            Word::Uploading(number, uploading) => self.uploading(number, uploading),
            Word::Stick(plugged) => self.stick_is(plugged),
            Word::Shown(number, shown) => self.shown(number, shown),
            Word::Copied(number, id, copied) => self.copied(number, id, copied),
            Word::Delivered(added) => self.delivered(added),
        }
    }

    fn queue_said(&mut self, said: Said) -> Result<(), FrameError> {
        match said {
            Said::Level(level) => {
                self.devices.level = level;
                let printer = self.devices.printer_now();
                self.tell(&Notice::Printer(printer))?;
                self.tell(&Notice::Printing(level.printing))
            }
            Said::Ended(document, printed) => {
                self.document(DocumentId(document), |document| {
                    document.printing = false;
                    document.printed |= printed;
                })?;
                if printed {
                    Ok(())
                } else {
                    self.refuse(Refused::NotPrinted)
                }
            }
        }
    }

    /// Changes what is known of a document, and tells the list.
    pub(super) fn document(
        &mut self,
        id: DocumentId,
        change: impl FnOnce(&mut super::Document),
    ) -> Result<(), FrameError> {
        let Some(running) = &mut self.session else {
            return Ok(());
        };
        let documents = running.documents.change(id, change).to_vec();
        self.tell(&Notice::Documents(documents))
    }

    /// The document as a file, with its size and the guest's own name for it.
    pub(super) fn taken(&self, id: DocumentId) -> Option<(File, u64, String)> {
        let running = self.session.as_ref()?;
        let name = running.documents.name(id)?;
        let (file, size) = open_document(running.session.init(), name).ok()?;
        Some((file, size, name.to_owned()))
    }

    pub(super) fn print(&mut self, id: DocumentId) -> Result<(), FrameError> {
        let Some((file, size, _)) = self.taken(id) else {
            return self.refuse(Refused::NoDocument);
        };
        let Some(queue) = &self.devices.queue else {
            return self.refuse(Refused::NoPrinter);
        };
        queue.print(id.0, file, size);
        self.document(id, |document| document.printing = true)
    }

    /// Prints a paper of the station. It lies in memory of our own until the print service has it.
    pub(super) fn print_paper(&mut self, paper: &Paper) -> Result<(), FrameError> {
        let (Some(_), Some(queue)) = (&self.session, &self.devices.queue) else {
            return self.refuse(Refused::NoPrinter);
        };
        match in_memory(&paper.pdf) {
            Ok(file) => {
                queue.print(PAPER, file, paper.pdf.len() as u64);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "a paper");
                self.refuse(Refused::NotPrinted)
            }
        }
    }
}
