//! A session's way to the sites: through the passage where only some may be opened, and in both cases
//! whether something of the visitor's is on its way.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: reads the session's counters of the network"
)]

use std::io;
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use super::daemon::Daemon;
use super::devices::Word;
use super::hear::Heard;
use super::protocol::{Notice, Target};
use super::uploads::Connections;
use crate::guest::browser::Journey;
use crate::guest::frame::FrameError;
use crate::guest::outer::INTERFACE;
use crate::guest::sandbox::Network;
use crate::guest::{Form, Session};
use crate::passage::{List, Meter, Orders, Passage, Words};

/// The network of a session that goes there.
pub(super) fn network(form: &Form, journey: &Journey) -> Network {
    match form {
        _ if journey.practice => Network::None,
        Form::Station(_) if journey.passage => Network::Passage,
        Form::Desk | Form::Station(_) => Network::Machine,
    }
}

/// Whether the target opens some sites only, and this form has a network of its own to see to that.
pub(super) fn passes(form: &Form, target: &Target) -> bool {
    match (form, target) {
        (
            Form::Station(_),
            Target::Web {
                allowed, refused, ..
            },
        ) => !(allowed.is_empty() && refused.is_empty()),
        (Form::Desk, _)
        | (
            Form::Station(_),
            Target::Practice | Target::App { .. } | Target::Proof { .. } | Target::Program { .. },
        ) => false,
    }
}

/// Opens the way that this network needs; the passage must be kept as long as the session. `number`
/// is the session's.
pub(super) fn open(
    (form, session, number): (&Form, &Session, u32),
    words: &Words,
    network: Network,
    journey: &Journey,
    voices: &SyncSender<Heard>,
) -> io::Result<Option<Passage>> {
    let voices = voices.clone();
    let told = move |uploading| {
        let word = Word::Uploading(number, uploading);
        voices.send(Heard::Device(word)).is_ok()
    };
    match (form, network) {
        (Form::Station(ground), Network::Passage) => {
            let orders = Orders {
                list: List::new(&journey.allowed, &journey.refused).map_err(io::Error::other)?,
                home: journey.home.clone(),
                words: words.for_visitor(&journey.language),
                services: ground.services().to_vec(),
            };
            let told = move |uploading| {
                told(uploading);
            };
            let passage = Passage::open(session, &orders, told).map_err(io::Error::other)?;
            Ok(Some(passage))
        }
        (Form::Station(_), Network::Machine) => {
            count(session.init(), told)?;
            Ok(None)
        }
        (Form::Desk, Network::Machine) => {
            // Without the kernel's counters the idle timer asks in the middle of an upload, too.
            if let Err(error) = watch(session.init(), told) {
                tracing::warn!(%error, "uploads are not seen");
            }
            Ok(None)
        }
        (Form::Desk, Network::Passage | Network::None) | (Form::Station(_), Network::None) => {
            Ok(None)
        }
    }
}

/// The same in a network that is not the session's alone: its connections, every second.
fn watch(init: u32, told: impl Fn(bool) -> bool + Send + 'static) -> io::Result<()> {
    let mut connections = Connections::look()?;
    let watch = move || {
        let mut meter = Meter::default();
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let Ok(Some((out, inward))) = connections.carried(init) else {
                return;
            };
            if meter.second(out, inward).is_some_and(|now| !told(now)) {
                return;
            }
        }
    };
    let watcher = std::thread::Builder::new().name("uploads".into());
    watcher.spawn(watch).map(drop)
}

/// Reads the session's own counters every second, as long as there is a session.
fn count(init: u32, told: impl Fn(bool) -> bool + Send + 'static) -> io::Result<()> {
    let count = move || {
        let mut meter = Meter::default();
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let table = std::fs::read_to_string(format!("/proc/{init}/net/dev"));
            let Some((out, inward)) = table.ok().and_then(|table| carried(&table)) else {
                return;
            };
            if meter.second(out, inward).is_some_and(|now| !told(now)) {
                return;
            }
        }
    };
    let counter = std::thread::Builder::new().name("uploads".into());
    counter.spawn(count).map(drop)
}

/// Bytes out and in of the session's interface, from `/proc/net/dev` (proc(5)).
fn carried(table: &str) -> Option<(u64, u64)> {
    let of = |line: &str| {
        let (name, numbers) = line.split_once(':')?;
        let numbers: Vec<&str> = numbers.split_ascii_whitespace().collect();
        (name.trim() == INTERFACE).then_some(())?;
        Some((
            numbers.get(8)?.parse().ok()?,
            numbers.first()?.parse().ok()?,
        ))
    };
    table.lines().find_map(of)
}

impl Daemon {
    pub(super) fn uploading(&mut self, number: u32, uploading: bool) -> Result<(), FrameError> {
        if self.session.as_ref().map(|now| now.number) != Some(number) {
            return Ok(());
        }
        self.tell(&Notice::Uploading(uploading))
    }
}

#[cfg(test)]
mod tests {
    #![allow(missing_docs)]

    use super::carried;

    #[test]
    fn the_counters_of_the_way_out() {
        let table = "Inter-|   Receive        |  Transmit\n face |bytes packets\n    \
                     lo: 9 1 0 0 0 0 0 0 9 1 0 0 0 0 0 0\n  \
                     tap0: 120 3 0 0 0 0 0 0 4500 7 0 0 0 0 0 0\n";
        assert_eq!(carried(table), Some((4500, 120)));
        assert_eq!(carried("nonsense: 1 2"), None);
    }
}
