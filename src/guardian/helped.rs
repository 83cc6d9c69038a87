//! What a helper did, for the visitor to read when it is over: how long, and in which closed
//! words. Never what was written, nor where.

use std::time::Duration;

use crate::visit::{Asks, Deed, Gesture, Gestures, GuestView, Hands, Level, View};

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

/// The hand that is held now, and the one that ended last.
#[derive(Debug, Default)]
pub(super) struct Help {
    held: Option<Held>,
    ended: Option<Helped>,
    count: u32,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    level: Level,
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
            Hands::Helper { request, act, .. } => {
                let held = self.held.get_or_insert(Held {
                    level: request.level,
                    started: now,
                    wrote: false,
                    clicked: false,
                    acts: Gestures::default(),
                });
                held.acts = act.map_or(held.acts, |act| with(held.acts, act));
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
        let seconds = now.saturating_sub(held.started).as_secs();
        self.ended = Some(Helped {
            number: self.count,
            level: held.level,
            minutes: u16::try_from(seconds.div_ceil(60))
                .unwrap_or(u16::MAX)
                .max(1),
            wrote: held.wrote,
            clicked: held.clicked,
            acts: held.acts,
        });
    }

    /// How the last hand ended.
    pub(super) const fn ended(&self) -> Option<Helped> {
        self.ended
    }
}

const fn with(set: Gestures, gesture: Gesture) -> Gestures {
    if set.contains(gesture) {
        set
    } else {
        set.toggled(gesture)
    }
}
