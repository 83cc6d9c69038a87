//! The counter's private socket: for the station's own user and root, and for nobody else.

use std::os::unix::fs::FileTypeExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::net::sockopt::socket_peercred;

use super::{Answer, Ask, Counter, Role, VERSION, Why};
use crate::custodian::runtime_directory;
use crate::guardian::Shut;
use crate::guest::frame::{self, FrameError};
use crate::wording::Lang;

/// The longest question, bytes.
pub(super) const QUESTION: u32 = 4 * 1024;

/// An asker that says nothing for so long is gone.
const SILENT: Duration = Duration::from_secs(5);

/// So many questions on one connection.
const MOST: usize = 32;

/// Where a station listens when nothing else is said.
#[must_use]
pub fn default_place() -> PathBuf {
    runtime_directory().join("estran-counter.sock")
}

/// Where the screen of an installed station listens (see the unit estran.service).
const STATION: &str = "/run/estran-screen/counter.sock";

/// Where to ask when nothing else is said: an installed station, if there is one here.
#[must_use]
pub fn place_to_ask() -> PathBuf {
    let station = PathBuf::from(STATION);
    if station.exists() {
        station
    } else {
        default_place()
    }
}

/// Listens at `place` on a thread of its own, for as long as the program runs. A socket that a
/// dead station left there is replaced; a living one is not.
///
/// # Errors
/// When another station listens there, or the socket cannot be made.
pub fn listen(place: &Path, counter: Counter) -> std::io::Result<()> {
    let old = std::fs::symlink_metadata(place);
    if old.is_ok_and(|old| old.file_type().is_socket()) {
        if UnixStream::connect(place).is_ok() {
            return Err(std::io::ErrorKind::AddrInUse.into());
        }
        std::fs::remove_file(place)?;
    }
    let listener = UnixListener::bind(place)?;
    rustix::fs::chmod(place, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR)?;
    std::thread::Builder::new()
        .name("counter".to_owned())
        .spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(&stream, &counter);
            }
        })
        .map(drop)
}

fn serve(stream: &UnixStream, counter: &Counter) {
    let limits = stream
        .set_read_timeout(Some(SILENT))
        .and_then(|()| stream.set_write_timeout(Some(SILENT)));
    if limits.is_err() {
        return;
    }
    let mut wire = stream;
    let mut say = |answer: &Answer| frame::write(&mut wire, answer, frame::LIMIT);
    if !known(stream) {
        say(&Answer::Refused(Why::NotAllowed)).ok();
        return;
    }
    let mut reader = stream;
    let mut lang = None;
    for _ in 0..MOST {
        let answer = match frame::read::<Ask>(&mut reader, QUESTION) {
            Ok(ask) => answered(counter, ask, &mut lang),
            Err(FrameError::NotValid) => Answer::Refused(Why::Garbage),
            Err(FrameError::Closed | FrameError::TooLong | FrameError::Io(_)) => return,
        };
        let refused = answer == Answer::Refused(Why::Version);
        if say(&answer).is_err() || refused {
            return;
        }
    }
}

/// The station's own user, or root.
fn known(stream: &UnixStream) -> bool {
    socket_peercred(stream).is_ok_and(|peer| {
        let uid = peer.uid;
        uid.is_root() || uid == rustix::process::geteuid()
    })
}

fn answered(counter: &Counter, ask: Ask, lang: &mut Option<Lang>) -> Answer {
    if let Ask::Hello {
        version: VERSION,
        lang: spoken,
    } = ask
    {
        *lang = Some(spoken);
        return Answer::Welcome { version: VERSION };
    }
    let Some(lang) = *lang else {
        return Answer::Refused(Why::Version);
    };
    let done = |result: Result<(), Why>| result.map_or_else(Answer::Refused, |()| Answer::Done);
    match ask {
        Ask::Hello { .. } => Answer::Refused(Why::Version),
        Ask::Status => Answer::Status(counter.status(lang)),
        Ask::Health => Answer::Health(counter.health()),
        Ask::Config => Answer::Config(counter.configuration(lang)),
        Ask::Acts => Answer::Acts(counter.acts()),
        Ask::Reset { now } => done(counter.reset(Role::Shell, now)),
        Ask::Release => done(counter.release(Role::Shell)),
        Ask::Close { maintenance } => {
            let shut = if maintenance {
                Shut::Maintenance
            } else {
                Shut::Early
            };
            counter.close(Role::Shell, shut);
            Answer::Done
        }
        Ask::Open => done(counter.open(Role::Shell)),
        Ask::OthersWait(wait) => {
            counter.others_wait(wait);
            Answer::Done
        }
    }
}
