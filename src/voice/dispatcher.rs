//! Speech Dispatcher, through its socket.

use std::path::PathBuf;
use std::time::Duration;

use ssip_client_async::fifo::synchronous::{Builder, UnixStream};
use ssip_client_async::{
    Client, ClientError, ClientName, ClientScope, MessageScope, OK_LANGUAGE_SET,
    OK_VOICES_LIST_SENT,
};

use super::{Missing, Voice};
use crate::wording::Lang;

/// A service that answers later than this is taken for none.
const PATIENCE: Duration = Duration::from_secs(5);

/// The module that only says that nothing is configured.
const DUMMY: &str = "dummy";

/// A little slower than usual, for whoever reads along (-100 to 100).
const RATE: i8 = -15;

/// Speech Dispatcher of this user. It is asked to start when it is first needed, and again after
/// it was lost.
#[derive(Default)]
pub struct Dispatcher {
    socket: Option<PathBuf>,
    client: Option<Client<UnixStream>>,
}

impl Dispatcher {
    /// One that already runs, at this socket.
    pub fn at(socket: PathBuf) -> Self {
        Self {
            socket: Some(socket),
            client: None,
        }
    }

    fn client(&mut self) -> Result<&mut Client<UnixStream>, ClientError> {
        let client = match self.client.take() {
            Some(client) => client,
            None => self.connect()?,
        };
        Ok(self.client.insert(client))
    }

    fn connect(&self) -> Result<Client<UnixStream>, ClientError> {
        let mut builder = Builder::new();
        builder.timeout(PATIENCE);
        match &self.socket {
            Some(socket) => {
                builder.path(socket);
            }
            None => {
                // Already running, or not allowed to be started here: connecting will tell.
                drop(builder.with_spawn());
            }
        }
        let mut client = builder.build()?;
        client
            .set_client_name(ClientName::new("estran", "kiosk"))?
            .check_client_name_set()?;
        Ok(client)
    }

    fn try_say(&mut self, lang: Lang, sentences: &[String]) -> Result<bool, ClientError> {
        let tag = lang.plain_tag();
        let client = self.client()?;
        client.cancel(MessageScope::Last)?.receive()?;
        if !speaks(client, tag)? {
            return Ok(false);
        }
        client
            .set_language(ClientScope::Current, tag)?
            .check_status(OK_LANGUAGE_SET)?;
        client.set_rate(ClientScope::Current, RATE)?.receive()?;
        client.speak()?.check_receiving_data()?;
        let lines: Vec<String> = sentences.iter().map(|said| line(said)).collect();
        client.send_lines(&lines)?;
        client.receive_message_id()?;
        Ok(true)
    }
}

/// Whether the chosen module has a voice for `tag`.
fn speaks(client: &mut Client<UnixStream>, tag: &str) -> Result<bool, ClientError> {
    client.get_output_module()?;
    if client.receive_string(ssip_client_async::OK_GET)? == DUMMY {
        return Ok(false);
    }
    client.list_synthesis_voices()?;
    let lines = client.receive_lines(OK_VOICES_LIST_SENT)?;
    // "name<tab>language<tab>variant"
    Ok(lines.iter().any(|line| {
        line.split('\t')
            .nth(1)
            .and_then(|language| language.split(['-', '_']).next())
            == Some(tag)
    }))
}

/// One line of the protocol: no line break, and no dot at its beginning, which would end the text.
fn line(said: &str) -> String {
    let flat: String = said
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    flat.trim_start_matches(['.', ' ']).to_owned()
}

impl Voice for Dispatcher {
    fn say(&mut self, lang: Lang, sentences: &[String]) -> Result<(), Missing> {
        match self.try_say(lang, sentences) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Missing::Language),
            Err(error) => {
                tracing::warn!(%error, "the speech service does not speak");
                self.client = None;
                Err(Missing::Service)
            }
        }
    }

    fn hush(&mut self) {
        let Some(client) = &mut self.client else {
            return;
        };
        let hushed = client
            .cancel(MessageScope::Last)
            .and_then(Client::receive)
            .map(drop);
        if hushed.is_err() {
            self.client = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_one_line_that_cannot_end_the_text() {
        assert_eq!(line("Bonjour.\nSTOP self"), "Bonjour. STOP self");
        assert_eq!(line(". .\r\nQUIT"), "QUIT");
    }
}
