//! Carrying out the life's orders: each exactly once, and never the next before the answer.

use std::path::PathBuf;
use std::time::Duration;

use super::{Guardian, Keeper, Lost, Seat};
use crate::custodian::Command;
use crate::visit::{Machine, Order};

/// A custodian that has not answered a wipe or an audit for so long is lost: quarantine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What has been ordered already.
#[derive(Debug, Default)]
pub(super) struct Carried {
    order: Option<Order>,
    socket: Option<PathBuf>,
    awaited: Option<(u32, Duration)>,
}

impl Carried {
    pub(super) fn overdue(&self, now: Duration) -> bool {
        self.deadline().is_some_and(|deadline| now >= deadline)
    }

    pub(super) fn deadline(&self) -> Option<Duration> {
        self.awaited.map(|(_, since)| since + PATIENCE)
    }

    /// Whether this is the answer that is awaited; a stale one is dropped.
    pub(super) fn answers(&self, round: u32) -> bool {
        self.awaited.is_some_and(|(awaited, _)| awaited == round)
    }
}

impl<S: Seat, K: Keeper> Guardian<S, K> {
    /// Brings the order about, if it is a new one. Returns what went wrong at once.
    pub(super) fn carry_out(&mut self, order: Order, now: Duration) -> Option<Machine> {
        if self.carried.order == Some(order) {
            return None;
        }
        self.carried.order = Some(order);
        self.carried.awaited = None;
        match order {
            Order::Nothing => {
                self.close();
                None
            }
            Order::Guest { .. } => self.open(order),
            Order::Wipe { round } => {
                self.carried.awaited = Some((round, now));
                let sent = self.keeper.send(&Command::Wipe { round });
                self.close();
                sent.err().map(|Lost| Machine::CustodianLost)
            }
            Order::Audit { round } => {
                self.carried.awaited = Some((round, now));
                self.keeper
                    .send(&Command::Audit { round })
                    .err()
                    .map(|Lost| Machine::CustodianLost)
            }
        }
    }

    fn close(&mut self) {
        if self.carried.socket.take().is_some() {
            self.seat.close();
        }
    }

    fn open(&mut self, order: Order) -> Option<Machine> {
        let Order::Guest {
            destination,
            browser,
            ..
        } = order
        else {
            return None;
        };
        let Some(target) = (self.rules.target)(destination) else {
            return Some(Machine::GuestGone);
        };
        let display = match self.carried.socket.clone() {
            Some(socket) => socket,
            None => match self.seat.open() {
                Ok(socket) => socket,
                Err(_) => return Some(Machine::GuestGone),
            },
        };
        self.carried.socket = Some(display.clone());
        let language = self.preferences.language.clone();
        let zoom = self.preferences.zoom;
        let command = Command::Open {
            browser,
            target,
            display: Some(display),
            language,
            zoom,
        };
        self.keeper
            .send(&command)
            .err()
            .map(|Lost| Machine::CustodianLost)
    }
}
