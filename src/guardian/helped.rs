//! What a helper did, for the visitor to read when it is over: how long, and in which closed
//! words. Never what was written, nor where.

use std::time::Duration;

use crate::visit::{Asks, Deed, Gestures, GuestView, Hands, Level, Request, RoleId, View};

/// The end of a helper's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Helped {
    /// Counts the ends of this visit, so that one that was read is known again.
    pub number: u32,
    /// How far the helper might go.
    pub level: Level,
    /// How long, in whole minutes, rounded up; never 0.
    pub minutes: u16,
    /// Something was typed.
    pub wrote: bool,
    /// Something was pressed in the page.
    pub clicked: bool,
    /// The acts to which the visitor agreed at their moment.
    pub acts: Gestures,
}

/// All the help of a visit, for the summary that the visitor may print: functions, levels and
/// gestures, never a name nor what was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The functions of those who helped, each once, in the order in which they came.
    pub roles: Vec<RoleId>,
    /// How far they might go, each level once, in the same order.
    pub levels: Vec<Level>,
    /// What the visitor ticked.
    pub gestures: Gestures,
    /// The acts to which the visitor agreed at their moment.
    pub acts: Gestures,
    /// How long somebody had the hand, all together.
    pub length: Duration,
}

impl Given {
    /// The whole minutes of it, rounded up; never 0.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        minutes(self.length)
    }

    fn add(&mut self, held: &Held, length: Duration) {
        let Request { role, level, .. } = held.request;
        if !self.roles.contains(&role) {
            self.roles.push(role);
        }
        if !self.levels.contains(&level) {
            self.levels.push(level);
        }
        self.gestures = self.gestures.or(held.gestures);
        self.acts = self.acts.or(held.acts);
        self.length += length;
    }
}

fn minutes(length: Duration) -> u16 {
    let minutes = length.as_secs().div_ceil(60);
    u16::try_from(minutes).unwrap_or(u16::MAX).max(1)
}

/// The hand that is held now, the one that ended last, and all of the visit.
#[derive(Debug, Default)]
pub(super) struct Help {
    held: Option<Held>,
    ended: Option<Helped>,
    given: Option<Given>,
    count: u32,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    request: Request,
    gestures: Gestures,
    started: Duration,
    wrote: bool,
    clicked: bool,
    acts: Gestures,
}

impl Help {
    /// Something was done at the seat.
    pub(super) fn did(&mut self, deed: Deed) {
        let Some(held) = &mut self.held else { return };
        match deed {
            Deed::Wrote => held.wrote = true,
            Deed::Clicked => held.clicked = true,
            Deed::Showed => {}
        }
    }

    /// Follows whose hands the guest is in.
    pub(super) fn follow(&mut self, view: View, now: Duration) {
        match view {
            View::Guest(GuestView { hands, .. }) => self.hands(hands, now),
            View::Farewell(_) => self.end(now),
            View::Auditing { .. }
            | View::Welcome { .. }
            | View::Notice
            | View::Choosing
            | View::Wiping { .. }
            | View::Quarantined(_) => *self = Self::default(),
        }
    }

    fn hands(&mut self, hands: Hands, now: Duration) {
        match hands {
            Hands::Helper {
                request,
                gestures,
                act,
                ..
            } => {
                let held = self.held.get_or_insert(Held {
                    request,
                    gestures,
                    started: now,
                    wrote: false,
                    clicked: false,
                    acts: Gestures::default(),
                });
                held.gestures = held.gestures.or(gestures);
                held.acts = held
                    .acts
                    .or(act.map_or(Gestures::default(), Gestures::only));
                self.ended = None;
            }
            Hands::Asking {
                asks: Asks::Hand, ..
            } => self.ended = None,
            // More is asked: what was given waits, and goes on after a No.
            Hands::Asking {
                asks: Asks::Act(_) | Asks::Longer { .. },
                ..
            } => {}
            Hands::Person
            | Hands::Choosing
            | Hands::Private { .. }
            | Hands::Paused { .. }
            | Hands::Gone => self.end(now),
        }
    }

    fn end(&mut self, now: Duration) {
        let Some(held) = self.held.take() else { return };
        self.count += 1;
        let length = now.saturating_sub(held.started);
        self.given.get_or_insert_default().add(&held, length);
        self.ended = Some(Helped {
            number: self.count,
            level: held.request.level,
            minutes: minutes(length),
            wrote: held.wrote,
            clicked: held.clicked,
            acts: held.acts,
        });
    }

    /// How the last hand ended.
    pub(super) const fn ended(&self) -> Option<Helped> {
        self.ended
    }

    /// All the help of this visit that has ended, if there was any.
    pub(super) const fn given(&self) -> Option<&Given> {
        self.given.as_ref()
    }
}
