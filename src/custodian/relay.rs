//! The station's door as a process of its own, without any right: it hears outsiders, refuses
//! strangers and garbage, and carries what is left, read and written anew, to the one that builds
//! the walls and wipes. That one never reads a byte of an outsider's.
#![forbid(unsafe_code)]

use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::daemon::{Front, GREETING, READING, no_core_dumps};
use super::door::{Door, DoorSettings};
use super::protocol::{Command, Notice, Refused};
use crate::config::Config;
use crate::guest::frame::{self, FrameError};

/// The first frame is longer than no number.
const ADMITTED: u32 = 64;
/// So often, and so long in between, a caller's walls are looked for while they are coming up.
const COMING: (u32, Duration) = (50, Duration::from_millis(100));

/// The first frame to the walls: whom the kernel saw at the door.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Admitted {
    uid: u32,
}

/// Where the door is.
#[derive(Clone, Debug)]
pub struct DoorPaths {
    /// The socket for the front-end.
    pub socket: PathBuf,
    /// The socket of the walls.
    pub walls: PathBuf,
}

/// Keeps the door until it is killed.
///
/// # Errors
/// When the socket cannot be made: the station stays closed.
pub fn keep_door(paths: &DoorPaths, config: &Config) -> io::Result<()> {
    no_core_dumps()?;
    let door = Door::open(DoorSettings {
        socket: paths.socket.clone(),
        front_end: config.custody.front_end.clone(),
        staff: config.custody.staff.clone(),
    })?;
    tracing::info!("waiting for a front-end");
    while let Some(front) = door.next() {
        tracing::info!("a front-end came");
        match relay(front, &paths.walls) {
            Ok(()) => tracing::info!("front-end or walls gone"),
            Err(error) => tracing::error!(%error, "no walls"),
        }
        door.free();
    }
    Ok(())
}

/// Who stands at the door, as the process that keeps it says.
///
/// # Errors
/// When it does not say so in time.
pub(super) fn announced(mut front: Front) -> Result<Front, FrameError> {
    front.wait_at_most(Some(GREETING))?;
    let Admitted { uid } = frame::read(&mut front.stream, ADMITTED)?;
    front.wait_at_most(None)?;
    Ok(Front { uid, ..front })
}

impl Front {
    fn wait_at_most(&self, time: Option<Duration>) -> Result<(), FrameError> {
        self.stream.set_read_timeout(time).map_err(FrameError::Io)
    }
}

/// Carries words both ways until one side is gone.
fn relay(front: Front, walls: &Path) -> io::Result<()> {
    let mut walls = reach(walls)?;
    // Walls that are busy have answered and closed by now: their answer is carried all the same.
    frame::write(&mut walls, &Admitted { uid: front.uid }, ADMITTED).ok();
    front.stream.set_write_timeout(Some(READING))?;
    let heard = front.stream.try_clone()?;
    let said = Arc::new(Mutex::new(front.stream));
    let (up, answers) = (walls.try_clone()?, Arc::clone(&said));
    let commands = std::thread::spawn(move || carry_commands(heard, up, &answers));
    while let Ok(notice) = frame::read::<Notice>(&mut walls, frame::LIMIT) {
        if tell(&said, &notice).is_err() {
            break;
        }
    }
    walls.shutdown(Shutdown::Both).ok();
    locked(&said).shutdown(Shutdown::Both).ok();
    commands.join().ok();
    Ok(())
}

/// Once the walls have ended and come again, a caller finds them closed for a moment.
fn reach(walls: &Path) -> io::Result<UnixStream> {
    for _ in 0..COMING.0 {
        if let Ok(reached) = UnixStream::connect(walls) {
            return Ok(reached);
        }
        std::thread::sleep(COMING.1);
    }
    UnixStream::connect(walls)
}

fn carry_commands(mut front: UnixStream, mut walls: UnixStream, answers: &Mutex<UnixStream>) {
    loop {
        let carried = match frame::read::<Command>(&mut front, frame::LIMIT) {
            Ok(command) => frame::write(&mut walls, &command, frame::LIMIT),
            Err(FrameError::NotValid) => tell(answers, &Notice::Refused(Refused::Garbage)),
            Err(error) => {
                if matches!(error, FrameError::TooLong) {
                    tell(answers, &Notice::Refused(Refused::Garbage)).ok();
                }
                Err(error)
            }
        };
        if carried.is_err() {
            // To the walls, a front-end that is gone is an order to wipe.
            walls.shutdown(Shutdown::Write).ok();
            return;
        }
    }
}

fn tell(front: &Mutex<UnixStream>, notice: &Notice) -> Result<(), FrameError> {
    frame::write(&mut *locked(front), notice, frame::LIMIT)
}

fn locked(front: &Mutex<UnixStream>) -> std::sync::MutexGuard<'_, UnixStream> {
    front.lock().unwrap_or_else(PoisonError::into_inner)
}
