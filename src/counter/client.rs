//! Asking at the counter from another program.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Answer, Ask, VERSION, Why, socket};
use crate::guest::frame::{self, FrameError};
use crate::wording::Lang;

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nobody listens there.
    #[error("asking the station at {0}: {1}; is estran running, as this user?")]
    NotThere(PathBuf, #[source] std::io::Error),
    /// The connection failed.
    #[error("asking the station: {0}; try again")]
    Frame(#[from] FrameError),
    /// The station did not do it.
    #[error("asking the station: {0}")]
    Refused(Why),
}

/// Asks one question.
///
/// # Errors
/// [`ClientError`]; the last one when the station says no.
pub fn ask(place: &Path, lang: Lang, question: Ask) -> Result<Answer, ClientError> {
    let there = |error| ClientError::NotThere(place.to_owned(), error);
    let stream = UnixStream::connect(place).map_err(there)?;
    let limit = Some(Duration::from_secs(20));
    stream.set_read_timeout(limit).map_err(there)?;
    stream.set_write_timeout(limit).map_err(there)?;
    let version = VERSION;
    for ask in [Ask::Hello { version, lang }, question] {
        let mut wire = &stream;
        // Who is refused at the door is told why, and may find it closed while speaking.
        let said = frame::write(&mut wire, &ask, socket::QUESTION);
        match frame::read::<Answer>(&mut wire, frame::LIMIT)? {
            Answer::Refused(why) => return Err(ClientError::Refused(why)),
            Answer::Welcome { .. } => said?,
            answer @ (Answer::Status(_)
            | Answer::Health(_)
            | Answer::Config(_)
            | Answer::Acts(_)
            | Answer::Done) => return Ok(answer),
        }
    }
    Err(ClientError::Frame(FrameError::NotValid))
}
