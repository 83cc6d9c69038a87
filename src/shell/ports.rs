//! The guardian's ports, as the front-end has them: the nested display and the custodian's client.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::custodian::{Client, ClientSettings, Command};
use crate::display;
use crate::guardian::{Keeper, Lost, Mail, Seat, Word};
use crate::visit::{Event, Machine, Policy};

impl Seat for display::Handle {
    fn apply(&mut self, policy: Policy) {
        Self::apply(self, policy);
    }

    fn open(&mut self) -> std::io::Result<PathBuf> {
        Self::open(self)
    }

    fn close(&mut self) {
        Self::close(self);
    }
}

/// What the display tells, in the guardian's words.
pub fn heard(notice: display::Notice) -> Option<Word> {
    match notice {
        display::Notice::FirstFrame => Some(Word::Picture(true)),
        display::Notice::NoPicture => Some(Word::Picture(false)),
        display::Notice::Sensitive(sensitive) => {
            Some(Word::Say(Event::Machine(Machine::Sensitive(sensitive))))
        }
        display::Notice::SecondSeat(there) => Some(Word::SecondSeat(there)),
        display::Notice::Deed(deed) => Some(Word::Deed(deed)),
        display::Notice::IdleInhibited(inhibited) => Some(Word::Inhibited(inhibited)),
        display::Notice::Connected | display::Notice::Disconnected | display::Notice::Cursor(_) => {
            None
        }
    }
}

/// What the custodian is started with; an edit of the configuration may change it. Cheap to clone.
#[derive(Clone)]
pub struct Settings(Arc<Mutex<ClientSettings>>);

impl Settings {
    /// These settings.
    pub fn new(settings: ClientSettings) -> Self {
        Self(Arc::new(Mutex::new(settings)))
    }

    /// These from the next start on.
    pub fn renew(&self, settings: ClientSettings) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    fn now(&self) -> ClientSettings {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The custodian: started at once, and started anew for a wipe after it was lost.
pub struct Custodian {
    program: PathBuf,
    settings: Settings,
    /// What the running one was started with.
    started: ClientSettings,
    /// Which one is heard: what an earlier one still says, and its end, is nobody's business.
    heard: Arc<AtomicU32>,
    mail: Mail,
    client: Option<Client>,
}

impl Custodian {
    /// Starts `estrand` beside the front-end.
    pub fn start(program: &Path, settings: Settings, mail: Mail) -> Self {
        let mut custodian = Self {
            program: program.to_owned(),
            started: settings.now(),
            settings,
            heard: Arc::default(),
            mail,
            client: None,
        };
        custodian.client = custodian.spawn();
        custodian
    }

    fn spawn(&mut self) -> Option<Client> {
        let mail = self.mail.clone();
        let number = self.heard.fetch_add(1, Ordering::SeqCst) + 1;
        let counts = Arc::clone(&self.heard);
        let heard = move |notice| {
            if counts.load(Ordering::SeqCst) == number {
                mail.tell(Word::Keeper(notice));
            }
        };
        self.started = self.settings.now();
        match Client::spawn_desk(&self.program, self.started.clone(), heard) {
            Ok(client) => Some(client),
            Err(error) => {
                tracing::error!(%error, "the custodian does not start");
                None
            }
        }
    }
}

impl Keeper for Custodian {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        if self.client.is_none() && matches!(command, Command::Wipe { .. }) {
            self.client = self.spawn();
        }
        let sent = self.client.as_mut().ok_or(Lost)?.send(command);
        if sent.is_err() {
            self.client = None;
        }
        sent.map_err(|_| Lost)
    }
    /// A custodian with other browsers is another custodian. There is no session now.
    fn renew(&mut self) {
        if self.started != self.settings.now() {
            self.heard.fetch_add(1, Ordering::SeqCst);
            self.client = None;
            self.client = self.spawn();
        }
    }
}
