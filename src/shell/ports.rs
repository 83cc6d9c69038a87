//! The guardian's ports, as the front-end has them: the nested display and the custodian's client.

use std::path::{Path, PathBuf};

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

/// The custodian: started at once, and started anew for a wipe after it was lost.
pub struct Custodian {
    program: PathBuf,
    settings: ClientSettings,
    mail: Mail,
    client: Option<Client>,
}

impl Custodian {
    /// Starts `estrand` beside the front-end.
    pub fn start(program: &Path, settings: ClientSettings, mail: Mail) -> Self {
        let mut custodian = Self {
            program: program.to_owned(),
            settings,
            mail,
            client: None,
        };
        custodian.client = custodian.spawn();
        custodian
    }

    fn spawn(&self) -> Option<Client> {
        let mail = self.mail.clone();
        let heard = move |notice| mail.tell(Word::Keeper(notice));
        match Client::spawn_desk(&self.program, self.settings.clone(), heard) {
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
}
