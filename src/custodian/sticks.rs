//! The visitor's stick, or that of staff: who may see it, and how documents get onto it.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the place where a stick is mounted"
)]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;

use super::daemon::{Daemon, Settings};
use super::devices::Word;
use super::hear::Heard;
use super::protocol::{DocumentId, Notice, Paper, Refused, Stick};
use crate::config::UsbPolicy;
use crate::guest::frame::FrameError;
use crate::guest::outer::own_mounts;
use crate::guest::{Form, Session};
use crate::stick::{self, Copied, Mounted, Plugged, Watch};

/// The folder that a stick is mounted at, in the session's own places.
const NAME: &str = "stick";

/// The folder that staff's stick is mounted at, in the custodian's own.
const STAFF: &str = "staff-stick";

/// Where copies go.
#[derive(Debug)]
enum Source {
    /// The house allows no stick, or this form may not mount any.
    Nothing,
    /// A folder that stands for a stick.
    Folder(PathBuf),
    /// Real ones.
    Real {
        /// Guests may read what is on it.
        shown: bool,
        _watch: Watch,
    },
}

/// The sticks of a custodian.
#[derive(Debug)]
pub(super) struct Sticks {
    source: Source,
    state: Stick,
    plugged: Option<Plugged>,
    /// The one that a visit left plugged in is not the next visitor's, until it is plugged in
    /// again.
    left: Option<u64>,
    /// The one that staff use: no visitor's, until it is plugged in again.
    staff: Option<u64>,
    /// Tells the copying of the present visit to stop.
    stop: Arc<AtomicBool>,
}

impl Sticks {
    /// Begins to watch, where this form and this house have sticks.
    ///
    /// # Errors
    /// When the machine refuses a thread.
    pub fn new(settings: &Settings, form: &Form, voices: &SyncSender<Heard>) -> io::Result<Self> {
        let source = match (form, settings.usb) {
            (_, UsbPolicy::Off) => Source::Nothing,
            (Form::Desk, UsbPolicy::Take | UsbPolicy::BringAndTake) => settings
                .stick
                .clone()
                .map_or(Source::Nothing, Source::Folder),
            (Form::Station(_), policy @ (UsbPolicy::Take | UsbPolicy::BringAndTake)) => {
                let voices = voices.clone();
                let told = move |plugged| {
                    voices.send(Heard::Device(Word::Stick(plugged))).ok();
                };
                Source::Real {
                    shown: policy == UsbPolicy::BringAndTake,
                    _watch: Watch::start(settings.block.clone(), told)?,
                }
            }
        };
        let mut sticks = Self {
            source,
            state: Stick::Absent,
            plugged: None,
            left: None,
            staff: None,
            stop: Arc::default(),
        };
        sticks.state = sticks.there();
        Ok(sticks)
    }

    /// What is there for the visitor, if nothing is done with it.
    fn there(&self) -> Stick {
        let theirs = |plugged: &Plugged| ![self.left, self.staff].contains(&Some(plugged.number));
        let ready = match &self.source {
            Source::Nothing => return Stick::Never,
            Source::Folder(folder) => folder.is_dir(),
            Source::Real { .. } => self.plugged.as_ref().is_some_and(theirs),
        };
        if ready { Stick::Ready } else { Stick::Absent }
    }

    pub const fn state(&self) -> Stick {
        self.state
    }

    const fn shown(&self) -> bool {
        matches!(self.source, Source::Real { shown: true, .. })
    }

    /// A visit is over: no copy goes on, and its stick is no longer anybody's.
    pub fn end(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.stop = Arc::default();
        self.left = self.plugged.as_ref().map(|plugged| plugged.number);
        self.state = self.there();
    }

    /// How papers of the house get to the stick that staff plugged in; `None` without one. A stick
    /// that a visitor left is not theirs.
    fn staff_way(&mut self, form: &Form) -> Option<StaffWay> {
        match (&self.source, form) {
            (Source::Nothing, _) | (Source::Real { .. }, Form::Desk) => None,
            (Source::Folder(folder), _) => {
                folder.is_dir().then(|| StaffWay::Folder(folder.clone()))
            }
            (Source::Real { .. }, Form::Station(ground)) => {
                let plugged = self.plugged.as_ref()?;
                let number = Some(plugged.number);
                if number == self.left && number != self.staff {
                    return None;
                }
                self.staff = number;
                let place = ground.state().join(STAFF);
                Some(StaffWay::Mounted(plugged.device.clone(), place))
            }
        }
    }

    /// How a document gets to where it is to be copied; `None` without a stick.
    fn way(&self, session: &Session) -> Option<Way> {
        match &self.source {
            Source::Nothing => None,
            Source::Folder(folder) => folder.is_dir().then(|| Way::Folder(folder.clone())),
            Source::Real { shown, .. } => {
                let plugged = self
                    .plugged
                    .as_ref()
                    .filter(|_| self.there() == Stick::Ready)?;
                let outer = session.outer()?;
                Some(if *shown {
                    Way::Shown(outer.media().join(NAME))
                } else {
                    Way::Mounted(plugged.device.clone(), outer.back().join(NAME))
                })
            }
        }
    }
}

/// The way of the house's papers: staff plug in a stick between two visits.
enum StaffWay {
    /// Into a folder that stands for a stick.
    Folder(PathBuf),
    /// Onto a stick, mounted at this place for the papers alone.
    Mounted(PathBuf, PathBuf),
}

impl StaffWay {
    /// When all of it is on the stick, the stick may be pulled out. For a thread of its own: what
    /// it mounts is seen by no other, and goes with it.
    fn add_all(&self, papers: &[(String, Vec<u8>)]) -> Copied {
        let (device, place) = match self {
            Self::Folder(folder) => return stick::add_all(papers, folder),
            Self::Mounted(device, place) => (device, place),
        };
        let mounted = own_mounts()
            .and_then(|()| folder(place))
            .and_then(|()| Mounted::new(device, place, 0))
            .inspect_err(|error| tracing::warn!(%error, "a stick cannot be mounted"));
        let Ok(mounted) = mounted else {
            return Copied::Unreadable;
        };
        let added = stick::add_all(papers, place);
        if mounted.release().is_ok() {
            added
        } else {
            Copied::Unreadable
        }
    }
}

/// The way of one document.
enum Way {
    /// Into a folder that is there.
    Folder(PathBuf),
    /// Onto a stick that nobody else sees, mounted for this one document.
    Mounted(PathBuf, PathBuf),
    /// Onto the stick that the guest reads at this place, and cannot write to.
    Shown(PathBuf),
}

impl Way {
    /// Copies; when all of it is on the stick, the stick may be pulled out.
    fn copy(&self, file: File, size: u64, name: &str, stop: &AtomicBool) -> Copied {
        match self {
            Self::Folder(folder) => stick::copy(file, size, folder, name, stop),
            Self::Mounted(device, place) => {
                let Ok(mounted) = folder(place).and_then(|()| Mounted::new(device, place, 0))
                else {
                    return Copied::Unreadable;
                };
                let copied = stick::copy(file, size, place, name, stop);
                if mounted.release().is_ok() {
                    copied
                } else {
                    Copied::Unreadable
                }
            }
            Self::Shown(place) => {
                let mounted = Mounted::at(place);
                if mounted.open().is_err() {
                    return Copied::Unreadable;
                }
                let copied = stick::copy(file, size, place, name, stop);
                if mounted.shut().is_ok() {
                    copied
                } else {
                    Copied::Unreadable
                }
            }
        }
    }
}

const fn after(copied: Copied) -> Stick {
    match copied {
        Copied::Whole => Stick::SafeToRemove,
        Copied::Full => Stick::Full,
        Copied::Unreadable | Copied::Stopped => Stick::Unreadable,
    }
}

fn folder(place: &Path) -> io::Result<()> {
    match std::fs::create_dir(place) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

impl Daemon {
    /// A stick was plugged in, or pulled out.
    pub(super) fn stick_is(&mut self, plugged: Option<Plugged>) -> Result<(), FrameError> {
        tracing::info!(there = plugged.is_some(), "stick");
        let greeted = self.greeted;
        let sticks = &mut self.devices.sticks;
        if sticks.plugged == plugged {
            return Ok(());
        }
        let gone = sticks.plugged.is_some();
        sticks.plugged = plugged;
        if !greeted {
            // Told with the greeting.
            sticks.state = sticks.there();
            return Ok(());
        }
        if sticks.state == Stick::Copying {
            // How that ended is told next.
            return Ok(());
        }
        if let (true, true, Some(running)) = (gone, sticks.shown(), &self.session) {
            if let Some(outer) = running.session.outer() {
                // Busy: it goes with the session.
                Mounted::at(&outer.media().join(NAME)).release().ok();
            }
        }
        self.offer_stick()
    }

    /// Tells what is there, and lets the guest read it where the house allows that.
    pub(super) fn offer_stick(&mut self) -> Result<(), FrameError> {
        let state = self.devices.sticks.there();
        if let (Stick::Ready, true) = (state, self.devices.sticks.shown()) {
            if self.show_stick() {
                return Ok(());
            }
        }
        self.devices.sticks.state = state;
        self.tell(&Notice::Stick(state))
    }

    /// Mounts it for the guest, aside: a stick may be slow. True when an answer will come.
    fn show_stick(&self) -> bool {
        let outer = self.session.as_ref().and_then(|running| {
            let outer = running.session.outer()?;
            Some((running.number, outer.media().join(NAME), outer.guest()))
        });
        let (Some((number, place, guest)), Some(plugged)) = (outer, &self.devices.sticks.plugged)
        else {
            return false;
        };
        let (voices, plugged) = (self.voices.clone(), plugged.clone());
        std::thread::spawn(move || {
            let shown = folder(&place)
                .and_then(|()| Mounted::to_read(&plugged.device, &place, guest))
                .inspect_err(|error| tracing::warn!(%error, "a stick cannot be mounted"));
            let word = Word::Shown(number, shown.is_ok());
            voices.send(Heard::Device(word)).ok();
        });
        true
    }

    pub(super) fn shown(&mut self, number: u32, shown: bool) -> Result<(), FrameError> {
        if self.session.as_ref().map(|now| now.number) != Some(number) {
            return Ok(());
        }
        self.stick_state(match (shown, self.devices.sticks.there()) {
            (true, state) => state,
            (false, _) => Stick::Unreadable,
        })
    }

    fn stick_state(&mut self, state: Stick) -> Result<(), FrameError> {
        if std::mem::replace(&mut self.devices.sticks.state, state) == state {
            return Ok(());
        }
        self.tell(&Notice::Stick(state))
    }

    pub(super) fn copy(&mut self, id: DocumentId) -> Result<(), FrameError> {
        let Some((file, size, name)) = self.taken(id) else {
            return self.refuse(Refused::NoDocument);
        };
        let sticks = &self.devices.sticks;
        let way = self
            .session
            .as_ref()
            .and_then(|running| Some((running.number, sticks.way(&running.session)?)));
        let Some((number, way)) = way else {
            let state = match &self.devices.sticks.source {
                Source::Nothing => Stick::Never,
                Source::Folder(_) | Source::Real { .. } => Stick::Absent,
            };
            self.devices.sticks.state = state;
            self.tell(&Notice::Stick(state))?;
            return self.refuse(Refused::NoStick);
        };
        let (stop, voices) = (Arc::clone(&sticks.stop), self.voices.clone());
        std::thread::spawn(move || {
            let copied = way.copy(file, size, &name, &stop);
            let word = Word::Copied(number, id, copied);
            voices.send(Heard::Device(word)).ok();
        });
        self.stick_state(Stick::Copying)
    }

    /// Papers of the house for its staff: never while a visitor's session is there.
    pub(super) fn deliver(&mut self, papers: Vec<Paper>) -> Result<(), FrameError> {
        let way = match self.session {
            None => self.devices.sticks.staff_way(&self.form),
            Some(_) => None,
        };
        let Some(way) = way else {
            let state = self.devices.sticks.there();
            self.devices.sticks.state = state;
            self.tell(&Notice::Delivered(false))?;
            return self.tell(&Notice::Stick(state));
        };
        let papers: Vec<_> = papers.into_iter().map(|one| (one.name, one.pdf)).collect();
        let voices = self.voices.clone();
        std::thread::spawn(move || {
            let word = Word::Delivered(way.add_all(&papers));
            voices.send(Heard::Device(word)).ok();
        });
        self.stick_state(Stick::Copying)
    }

    pub(super) fn delivered(&mut self, added: Copied) -> Result<(), FrameError> {
        self.tell(&Notice::Delivered(added == Copied::Whole))?;
        // A visit that has begun meanwhile has its own stick, or none.
        match self.session {
            None => self.stick_state(after(added)),
            Some(_) => Ok(()),
        }
    }

    pub(super) fn copied(
        &mut self,
        number: u32,
        id: DocumentId,
        copied: Copied,
    ) -> Result<(), FrameError> {
        if self.session.as_ref().map(|now| now.number) != Some(number) {
            return Ok(());
        }
        self.stick_state(after(copied))?;
        if copied == Copied::Whole {
            return self.document(id, |document| document.copied = true);
        }
        self.refuse(Refused::NotCopied)
    }
}
