//! The custodian's devices: the visit's print queue and the visitor's stick.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the custodian's own folder"
)]

use std::fs::File;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use super::daemon::{Daemon, Settings};
use super::hear::Heard;
use super::protocol::{DocumentId, Notice, Printer, Refused, Stick};
use super::runtime;
use crate::audit::{Marks, RUNTIME_PREFIX};
use crate::guest::frame::FrameError;
use crate::guest::{Form, NotEnded, open_document};
use crate::printer::{self, Driver, Level, Queue, Said, Trouble};
use crate::stick::{self, Copied};

/// How long to wait before the printer is asked again what it can do.
const AGAIN: Duration = Duration::from_secs(15);

/// What the devices' own threads say.
#[derive(Debug)]
pub(super) enum Word {
    /// The printer said what it can do.
    Driver(Driver),
    /// The queue of the session with this number speaks.
    Printer(u32, Said),
    /// A document of that session was copied, or not.
    Copied(u32, DocumentId, Copied),
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
    stick: Option<PathBuf>,
    stick_state: Stick,
    copying: Arc<AtomicBool>,
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
            stick: settings.stick.clone(),
            stick_state: Stick::Absent,
            copying: Arc::default(),
            folder: None,
        };
        devices.stick_state = devices.stick_now();
        // A proof plants in a queue of its own: no canary is ever on paper.
        let nobody =
            (settings.proof && printer::is_installed()).then(|| printer::NOBODY.to_owned());
        let house = settings.printer.clone().filter(|_| !settings.proof);
        if let Some(uri) = house.or(nobody) {
            let name = format!("{RUNTIME_PREFIX}{}", std::process::id());
            let folder = runtime::runtime_directory().join(name);
            // A station's guest and its print service have accounts of their own.
            let account = match form {
                Form::Desk => None,
                Form::Station(_) => Some(printer::LP),
            };
            let mode = if account.is_some() { 0o755 } else { 0o700 };
            std::fs::DirBuilder::new().mode(mode).create(&folder)?;
            std::os::unix::fs::chown(&folder, account, account)?;
            devices.folder = Some(folder.clone());
            let printer = printer::Settings {
                uri,
                folder,
                account,
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
    pub fn open_queue(&mut self, voices: &SyncSender<Heard>) {
        let (Some(settings), Some(driver), None) = (&self.printer, &self.driver, &self.queue)
        else {
            return;
        };
        self.queues = self.queues.wrapping_add(1);
        let (number, voices) = (self.queues, voices.clone());
        let say = move |said| {
            voices.send(Heard::Device(Word::Printer(number, said))).ok();
        };
        match Queue::start(settings, driver, say) {
            Ok(queue) => {
                tracing::info!("print queue started");
                self.queue = Some(queue);
            }
            Err(error) => tracing::error!(%error, "no print queue"),
        }
    }

    /// Ends the queue and any copying; the marks are for the audit.
    ///
    /// # Errors
    /// When the print service survived.
    pub fn end(&mut self, patience: Duration) -> (Result<(), NotEnded>, Option<Marks>) {
        self.copying.store(true, Ordering::Release);
        self.copying = Arc::default();
        self.level = Level::default();
        self.stick_state = self.stick_now();
        match self.queue.take() {
            Some(queue) => {
                let (ended, marks) = queue.end(patience);
                (ended, Some(marks))
            }
            None => (Ok(()), None),
        }
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

    fn stick_now(&self) -> Stick {
        match &self.stick {
            Some(folder) if folder.is_dir() => Stick::Ready,
            Some(_) | None => Stick::Absent,
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

impl Daemon {
    /// The state of the devices that are there, for a front-end that has just come.
    pub(super) fn tell_devices(&mut self) -> Result<(), FrameError> {
        let printer = self.devices.printer_now();
        if printer != Printer::None {
            self.tell(&Notice::Printer(printer))?;
        }
        let stick = self.devices.stick_state;
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
                if self.session.is_some() {
                    self.devices.open_queue(&self.voices);
                }
                let printer = self.devices.printer_now();
                self.tell(&Notice::Printer(printer))
            }
            Word::Printer(number, said) if number == self.devices.queues => self.queue_said(said),
            Word::Printer(..) => Ok(()),
            Word::Copied(number, id, copied) => self.copied(number, id, copied),
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
    fn document(
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
    fn taken(&self, id: DocumentId) -> Option<(File, u64, String)> {
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

    pub(super) fn copy(&mut self, id: DocumentId) -> Result<(), FrameError> {
        let Some((file, size, name)) = self.taken(id) else {
            return self.refuse(Refused::NoDocument);
        };
        self.devices.stick_state = self.devices.stick_now();
        let folder = self.devices.stick.as_ref().filter(|folder| folder.is_dir());
        let (Some(folder), Some(running)) = (folder.cloned(), &self.session) else {
            self.tell(&Notice::Stick(Stick::Absent))?;
            return self.refuse(Refused::NoStick);
        };
        let (number, voices) = (running.number, self.voices.clone());
        let stop = Arc::clone(&self.devices.copying);
        self.devices.stick_state = Stick::Copying;
        std::thread::spawn(move || {
            let copied = stick::copy(file, size, &folder, &name, &stop);
            voices
                .send(Heard::Device(Word::Copied(number, id, copied)))
                .ok();
        });
        self.tell(&Notice::Stick(Stick::Copying))
    }

    fn copied(&mut self, number: u32, id: DocumentId, copied: Copied) -> Result<(), FrameError> {
        if self.session.as_ref().map(|now| now.number) != Some(number) {
            return Ok(());
        }
        let state = match copied {
            Copied::Whole => Stick::SafeToRemove,
            Copied::Full => Stick::Full,
            Copied::Unreadable | Copied::Stopped => Stick::Unreadable,
        };
        self.devices.stick_state = state;
        self.tell(&Notice::Stick(state))?;
        if copied == Copied::Whole {
            return self.document(id, |document| document.copied = true);
        }
        self.refuse(Refused::NotCopied)
    }
}
