//! The guardian's ports, as the front-end has them: the nested display and the custodian's client.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::custodian::{Client, ClientSettings, Command};
use crate::display;
use crate::guardian::{Keeper, Lost, Mail, Seat, Word};
use crate::visit::Policy;

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
        display::Notice::Field(field) => Some(Word::Field(field)),
        display::Notice::SecondSeat(there) => Some(Word::SecondSeat(there)),
        display::Notice::Deed(deed) => Some(Word::Deed(deed)),
        display::Notice::IdleInhibited(inhibited) => Some(Word::Inhibited(inhibited)),
        display::Notice::Connected | display::Notice::Disconnected | display::Notice::Cursor(_) => {
            None
        }
    }
}

/// How the custodian is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Desk form: its program, started by us.
    Desk(PathBuf, Box<ClientSettings>),
    /// Station form: the socket of root's daemon.
    Station(PathBuf),
}

/// How it is reached next; an edit of the configuration may change it. Cheap to clone.
#[derive(Clone)]
pub struct Settings(Arc<Mutex<Reach>>);

impl Settings {
    /// This way.
    pub fn new(reach: Reach) -> Self {
        Self(Arc::new(Mutex::new(reach)))
    }

    /// This way from the next start on.
    pub fn renew(&self, reach: Reach) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reach;
    }

    fn now(&self) -> Reach {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The custodian: reached at once, and reached anew for a wipe after it was lost.
pub struct Custodian {
    settings: Settings,
    /// How the present one was reached.
    reach: Reach,
    /// Which one is heard: what an earlier one still says, and its end, is nobody's business.
    heard: Arc<AtomicU32>,
    mail: Mail,
    client: Option<Client>,
}

impl Custodian {
    /// Starts `estrand` beside the front-end, or greets the station's.
    pub fn start(settings: Settings, mail: Mail) -> Self {
        let mut custodian = Self {
            reach: settings.now(),
            settings,
            heard: Arc::default(),
            mail,
            client: None,
        };
        custodian.client = custodian.client();
        custodian
    }

    fn client(&mut self) -> Option<Client> {
        let mail = self.mail.clone();
        let number = self.heard.fetch_add(1, Ordering::SeqCst) + 1;
        let counts = Arc::clone(&self.heard);
        let heard = move |notice| {
            if counts.load(Ordering::SeqCst) == number {
                mail.tell(Word::Keeper(notice));
            }
        };
        self.reach = self.settings.now();
        let client = match &self.reach {
            Reach::Desk(program, settings) => {
                Client::spawn_desk(program, ClientSettings::clone(settings), heard)
            }
            Reach::Station(socket) => Client::connect_station(socket, heard),
        };
        client
            .inspect_err(|error| tracing::error!(%error, "no custodian"))
            .ok()
    }

    /// Says it to the present one; who does not hear it is not there any more.
    fn said(&mut self, command: &Command) -> Result<(), Lost> {
        let sent = self.client.as_mut().ok_or(Lost)?.send(command);
        sent.map_err(|_| {
            self.client = None;
            Lost
        })
    }
}

impl Keeper for Custodian {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        match self.said(command) {
            Err(Lost) if matches!(command, Command::Wipe { .. }) => {
                self.client = self.client();
                self.said(command)
            }
            said => said,
        }
    }

    /// A custodian with other browsers is another custodian. There is no session now.
    fn renew(&mut self) {
        if self.reach != self.settings.now() {
            self.heard.fetch_add(1, Ordering::SeqCst);
            self.client = None;
            self.client = self.client();
        }
    }
}
