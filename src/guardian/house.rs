//! What the house says to a station: open or closed, others wait, new settings.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Rules;
use crate::visit::{Clock, Event, View};

/// From so long before an end the visitor is told.
const TOLD: Duration = Duration::from_mins(10);

/// Told a second time, so that nobody is surprised.
const AGAIN: Duration = Duration::from_mins(5);

/// So long at most an upload keeps the idle timer waiting without a sign of a person: a page could
/// send for ever.
const UPLOAD: Duration = Duration::from_mins(30);

/// Why a station welcomes nobody although it is clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shut {
    /// Outside the opening hours.
    Hours,
    /// Staff closed early.
    Early,
    /// Staff stopped it for maintenance.
    Maintenance,
    /// A proof runs.
    Proof,
}

/// What the clock on the wall says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The house is open now.
    pub open: bool,
    /// Until it closes, where it does today.
    pub closes_in: Option<Duration>,
}

/// What staff wish, until the hours change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Open,
    Shut(Shut),
}

/// An end that comes nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The house closes.
    Closing,
    /// Others wait, or visits here are never longer.
    Limit,
}

/// Told to the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ending {
    /// Why.
    pub end: End,
    /// Whole minutes left, rounded up.
    pub minutes: u16,
    /// 1 at ten minutes, 2 at five: each is said once.
    pub told: u8,
}

/// New settings, to be used from the next welcome on.
pub struct Renewal {
    /// The rules.
    pub rules: Rules,
    /// Names them; published once they count.
    pub number: u32,
}

impl std::fmt::Debug for Renewal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renewal")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// What the house has said.
pub(super) struct House {
    hours: Hours,
    closing: Option<Duration>,
    wish: Option<Wish>,
    proving: bool,
    others_wait: bool,
    waiting_since: Duration,
    visit_since: Option<Duration>,
    uploading: bool,
    /// Since when uploads keep the idle timer waiting, without a sign of a person.
    held: Option<Duration>,
    renewal: Option<Renewal>,
    number: u32,
}

impl Default for House {
    fn default() -> Self {
        Self {
            hours: Hours {
                open: true,
                closes_in: None,
            },
            closing: None,
            wish: None,
            proving: false,
            others_wait: false,
            waiting_since: Duration::ZERO,
            visit_since: None,
            uploading: false,
            held: None,
            renewal: None,
            number: 0,
        }
    }
}

/// How long a visit may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Its length.
    pub length: Duration,
    /// Without others who wait too.
    pub always: bool,
}

impl House {
    /// The clock was read. Says the closing, once, when it has come.
    pub(super) fn clock(&mut self, hours: Hours, now: Duration) -> Option<Event> {
        let opened = hours.open && !self.hours.open;
        let closed = !hours.open && self.hours.open;
        // What staff said for one evening does not hold for the next morning; a repair does.
        let over = match self.wish {
            Some(Wish::Open) => opened || closed && self.hours.closes_in.is_none(),
            Some(Wish::Shut(Shut::Early | Shut::Hours)) => opened,
            Some(Wish::Shut(Shut::Maintenance | Shut::Proof)) | None => false,
        };
        if over {
            self.wish = None;
        }
        self.hours = hours;
        self.closing = hours.closes_in.map(|left| now + left);
        (closed && self.shut() == Some(Shut::Hours)).then_some(Event::Clock(Clock::Closing))
    }

    /// Staff close the station.
    pub(super) fn close(&mut self, shut: Shut) {
        self.wish = Some(Wish::Shut(shut));
    }

    /// Staff open it, or keep it open beyond its hours. Never during a proof: whoever came in would
    /// be searched for traces of a visit that is not theirs, and found.
    pub(super) fn open(&mut self) {
        if !self.proving {
            self.wish = Some(Wish::Open);
        }
    }

    /// A proof begins beside the station, or has ended: what staff wished holds again.
    pub(super) const fn proving(&mut self, runs: bool) {
        self.proving = runs;
    }

    /// Staff say whether others wait.
    pub(super) fn others_wait(&mut self, wait: bool, now: Duration) {
        if wait && !self.others_wait {
            self.waiting_since = now;
        }
        self.others_wait = wait;
    }

    /// Whether others wait.
    pub(super) const fn do_others_wait(&self) -> bool {
        self.others_wait
    }

    /// Something of the visitor's is on its way to a site, or no longer. Says whether the idle timer
    /// begins anew.
    pub(super) fn uploading(&mut self, uploading: bool, now: Duration) -> bool {
        let held = *self.held.get_or_insert(now);
        let counts = now < held + UPLOAD;
        self.uploading = uploading && counts;
        counts
    }

    /// A sign of a person.
    pub(super) fn active(&mut self, now: Duration) {
        self.held = self.uploading.then_some(now);
    }

    /// Whether an upload keeps the idle timer waiting.
    pub(super) fn is_uploading(&self, now: Duration) -> bool {
        self.uploading && self.held.is_some_and(|held| now < held + UPLOAD)
    }

    /// An upload has lasted too long: said once.
    pub(super) fn upload_is_over(&mut self, now: Duration) -> bool {
        let over = self.uploading && !self.is_uploading(now);
        self.uploading &= !over;
        over
    }

    /// New settings wait for the next welcome.
    pub(super) fn renew(&mut self, renewal: Renewal) {
        self.renewal = Some(renewal);
    }

    /// The settings that count from now on, if this is a moment for them: never under a visitor.
    pub(super) fn due(&mut self, view: View) -> Option<Rules> {
        match view {
            View::Welcome { .. } | View::Quarantined(_) => {}
            View::Auditing { .. }
            | View::Notice
            | View::Choosing
            | View::Guest(_)
            | View::Farewell(_)
            | View::Wiping { .. } => return None,
        }
        let renewal = self.renewal.take()?;
        self.number = renewal.number;
        Some(renewal.rules)
    }

    /// Which settings count.
    pub(super) const fn number(&self) -> u32 {
        self.number
    }

    /// Follows the visit.
    pub(super) fn follow(&mut self, view: View, now: Duration) {
        match view {
            View::Guest(_) => self.visit_since = self.visit_since.or(Some(now)),
            View::Auditing { .. }
            | View::Welcome { .. }
            | View::Notice
            | View::Choosing
            | View::Farewell(_)
            | View::Wiping { .. }
            | View::Quarantined(_) => {
                self.visit_since = None;
                self.uploading = false;
                self.held = None;
            }
        }
    }

    /// Why nobody is welcomed.
    pub(super) const fn shut(&self) -> Option<Shut> {
        if self.proving {
            return Some(Shut::Proof);
        }
        match self.wish {
            Some(Wish::Shut(shut)) => Some(shut),
            Some(Wish::Open) => None,
            None if self.hours.open => None,
            None => Some(Shut::Hours),
        }
    }

    /// When the running visit ends by itself, and why: the nearer of the two ends.
    fn end(&self, limit: Option<Limit>) -> Option<(Duration, End)> {
        let since = self.visit_since?;
        let closing = match self.wish {
            Some(Wish::Open) => None,
            Some(Wish::Shut(_)) | None => self.closing.map(|at| (at, End::Closing)),
        };
        let limit = limit
            .filter(|limit| limit.always || self.others_wait)
            .map(|limit| {
                let at = since + limit.length;
                // Whoever is asked to end hears it ten minutes before, however long they have been.
                let told = self.waiting_since + TOLD;
                let at = if limit.always { at } else { at.max(told) };
                (at, End::Limit)
            });
        [closing, limit]
            .into_iter()
            .flatten()
            .min_by_key(|(at, _)| *at)
    }

    /// What the visitor is told now.
    pub(super) fn ending(&self, limit: Option<Limit>, now: Duration) -> Option<Ending> {
        let (at, end) = self.end(limit)?;
        let left = at.saturating_sub(now);
        (left <= TOLD).then(|| Ending {
            end,
            minutes: u16::try_from(left.as_secs().div_ceil(60)).unwrap_or(u16::MAX),
            told: if left <= AGAIN { 2 } else { 1 },
        })
    }

    /// The end of the visit, when it has come. The closing itself is said by the clock on the wall.
    pub(super) fn over(&self, limit: Option<Limit>, now: Duration) -> Option<Event> {
        match self.end(limit)? {
            (at, End::Limit) if at <= now => Some(Event::Clock(Clock::LongEnough)),
            (_, End::Limit | End::Closing) => None,
        }
    }

    /// When something here changes by itself.
    pub(super) fn next(&self, limit: Option<Limit>, now: Duration) -> Option<Duration> {
        let upload = self.held.filter(|_| self.uploading);
        let upload = upload.map(|held| held + UPLOAD);
        [upload, self.next_told(limit, now)]
            .into_iter()
            .flatten()
            .min()
    }

    fn next_told(&self, limit: Option<Limit>, now: Duration) -> Option<Duration> {
        let (at, _) = self.end(limit)?;
        let left = at.saturating_sub(now);
        if left > TOLD {
            return Some(at.saturating_sub(TOLD));
        }
        let whole = left.as_secs().div_ceil(60).saturating_sub(1) * 60;
        let next = at.saturating_sub(Duration::from_secs(whole));
        Some(next.max(now + Duration::from_millis(10)))
    }
}
