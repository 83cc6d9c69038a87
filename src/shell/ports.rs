//! The guardian's ports, as the front-end has them: the nested display and the custodian's client.

use std::path::PathBuf;

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
#[derive(Clone, Debug)]
pub enum Reach {
    /// Desk form: its program, started by us.
    Desk(PathBuf, Box<ClientSettings>),
    /// Station form: the socket of root's daemon.
    Station(PathBuf),
}

/// The custodian: reached at once, and reached anew for a wipe after it was lost.
pub struct Custodian {
    reach: Reach,
    mail: Mail,
    client: Option<Client>,
}

impl Custodian {
    /// Starts `estrand` beside the front-end, or greets the station's.
    pub fn start(reach: Reach, mail: Mail) -> Self {
        let mut custodian = Self {
            reach,
            mail,
            client: None,
        };
        custodian.client = custodian.client();
        custodian
    }

    fn client(&self) -> Option<Client> {
        let mail = self.mail.clone();
        let heard = move |notice| mail.tell(Word::Keeper(notice));
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
}

impl Keeper for Custodian {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        if self.client.is_none() && matches!(command, Command::Wipe { .. }) {
            self.client = self.client();
        }
        let sent = self.client.as_mut().ok_or(Lost)?.send(command);
        if sent.is_err() {
            self.client = None;
        }
        sent.map_err(|_| Lost)
    }
}
