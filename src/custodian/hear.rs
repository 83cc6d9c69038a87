//! The custodian's ears: one thread reads the front-end, one the agent. Both are bounded: whoever
//! floods the custodian waits itself.
#![forbid(unsafe_code)]

use std::os::unix::net::UnixStream;
use std::sync::mpsc::SyncSender;

use super::devices;
use super::protocol::Command;
use crate::guest::frame::{self, FrameError};
use crate::guest::words::Told;

/// So many messages may wait: whoever floods the custodian waits itself.
pub(super) const WAITING: usize = 64;

/// What reaches the custodian.
pub(super) enum Heard {
    Front(Command),
    Garbage,
    FrontGone,
    /// The agent of the session with this number.
    Agent(u32, Told),
    AgentGone(u32),
    Device(devices::Word),
}

pub(super) fn listen_to_front(mut front: UnixStream, voices: SyncSender<Heard>) {
    std::thread::spawn(move || {
        loop {
            let heard = match frame::read(&mut front, frame::LIMIT) {
                Ok(command) => Heard::Front(command),
                Err(FrameError::NotValid) => Heard::Garbage,
                Err(FrameError::TooLong) => {
                    voices.send(Heard::Garbage).ok();
                    Heard::FrontGone
                }
                Err(FrameError::Closed | FrameError::Io(_)) => Heard::FrontGone,
            };
            let last = matches!(heard, Heard::FrontGone);
            if voices.send(heard).is_err() || last {
                return;
            }
        }
    });
}

pub(super) fn listen_to_agent(mut agent: UnixStream, number: u32, voices: SyncSender<Heard>) {
    std::thread::spawn(move || {
        loop {
            // Whoever speaks nonsense here is not our agent any more.
            let Ok(told) = frame::read(&mut agent, frame::GUEST_LIMIT) else {
                voices.send(Heard::AgentGone(number)).ok();
                return;
            };
            if voices.send(Heard::Agent(number, told)).is_err() {
                return;
            }
        }
    });
}
