//! What the print service tells, as levels for the screen.

/// A job's state (RFC 8011, 5.3.7), as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Waiting or printing.
    UnderWay,
    /// On paper.
    Done,
    /// Cancelled, given up, or unknown.
    Failed,
}

impl Job {
    /// From the number on the wire.
    pub const fn of(state: i32) -> Self {
        match state {
            3..=6 => Self::UnderWay,
            9 => Self::Done,
            _ => Self::Failed,
        }
    }
}

/// One look at the print service. The reasons are keywords of the printer: never logged, never
/// shown, only compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Each job of the visit.
    pub jobs: Vec<(i32, Job)>,
    /// The queue does not work at the moment.
    pub stopped: bool,
    /// `printer-state-reasons`.
    pub reasons: Vec<String>,
    /// The printer itself refuses connections, asked while a job is under way.
    pub away: bool,
}

impl Seen {
    /// A job is under way.
    pub fn busy(&self) -> bool {
        self.jobs.iter().any(|(_, job)| *job == Job::UnderWay)
    }
}

/// What a person can do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It does not answer: switched off, or the cable.
    NotReached,
    /// No paper.
    NoPaper,
    /// Paper is stuck, a door is open, the ink is used up …
    NeedsHand,
}

/// What must be shown now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// A job is on its way and will get there.
    pub printing: bool,
    /// Why it does not get there.
    pub trouble: Option<Trouble>,
}

/// A printer that was away at so many looks does not answer.
const CALLS: u32 = 3;

/// Keeps what one look alone cannot tell.
#[derive(Debug, Default)]
pub struct Watch {
    calls: u32,
}

impl Watch {
    /// The level after one more look.
    pub fn level(&mut self, seen: &Seen) -> Level {
        let says = |words: &[&str]| {
            seen.reasons
                .iter()
                .any(|reason| words.iter().any(|word| reason.starts_with(word)))
        };
        self.calls = if seen.away {
            self.calls.saturating_add(1)
        } else {
            0
        };
        let trouble = if says(&["media-empty", "media-needed"]) {
            Some(Trouble::NoPaper)
        } else if says(&[
            "media-jam",
            "cover-open",
            "door-open",
            "interlock-open",
            "toner-empty",
            "marker-supply-empty",
            "output-area-full",
            "input-tray-missing",
        ]) {
            Some(Trouble::NeedsHand)
        } else if says(&["offline", "timed-out", "shutdown"]) || self.calls >= CALLS {
            Some(Trouble::NotReached)
        } else if seen.stopped || says(&["other-error", "paused"]) {
            Some(Trouble::NeedsHand)
        } else {
            None
        };
        Level {
            printing: seen.busy() && trouble.is_none(),
            trouble,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn seen(job: Job, reasons: &[&str]) -> Seen {
        Seen {
            jobs: vec![(1, job)],
            stopped: false,
            away: reasons.contains(&"away"),
            reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        }
    }

    #[test]
    fn a_job_is_under_way_until_it_is_done_or_cannot_be() {
        let mut watch = Watch::default();
        let mut level = |job, reasons: &[&str]| watch.level(&seen(job, reasons));
        let calm = Level::default();
        let printing = Level {
            printing: true,
            ..calm
        };
        assert_eq!(level(Job::UnderWay, &["none"]), printing);
        assert_eq!(level(Job::Done, &["none"]), calm);
        let no_paper = level(Job::UnderWay, &["media-empty-error"]);
        assert_eq!(no_paper.trouble, Some(Trouble::NoPaper));
        assert!(!no_paper.printing, "nobody waits for paper for ever");
        assert_eq!(
            level(Job::UnderWay, &["cover-open-warning"]).trouble,
            Some(Trouble::NeedsHand)
        );
        for _ in 1..CALLS {
            assert_eq!(level(Job::UnderWay, &["away"]), printing);
        }
        let called = level(Job::UnderWay, &["away"]);
        assert_eq!(called.trouble, Some(Trouble::NotReached));
        assert_eq!(level(Job::UnderWay, &["none"]), printing, "it came back");
    }

    #[test]
    fn states_of_rfc_8011() {
        let under_way = [3, 4, 5, 6];
        for state in 0..12 {
            let job = Job::of(state);
            assert_eq!(job == Job::UnderWay, under_way.contains(&state));
            assert_eq!(job == Job::Done, state == 9);
        }
    }
}
