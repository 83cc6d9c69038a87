//! The clock on the wall, and the one that only counts.
#![allow(
    clippy::disallowed_methods,
    reason = "door: time, for staff and opening hours"
)]

use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{ToSpan as _, ZonedDateTime};

use crate::config::{Config, Moment, Opening};
use crate::guardian::{Hours, Mail, Word};

/// How often the opening hours are looked at.
const LOOK: Duration = Duration::from_secs(10);

/// Counts from its start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch(Instant);

impl Watch {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn now(self) -> Duration {
        self.0.elapsed()
    }
}

/// The day and the hour of an act. Never the minute: it would date a visit.
pub(super) fn day_and_hour() -> (Date, i8) {
    let now = ZonedDateTime::now();
    (now.date(), now.hour())
}

/// The first day that the journal of acts still keeps.
pub(super) fn oldest_kept(today: Date) -> Date {
    today.checked_sub(6.months()).unwrap_or(today)
}

fn moment() -> (Moment, u8) {
    let now = ZonedDateTime::now();
    let day = now.weekday().to_monday_zero_offset();
    let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
    let moment = Moment {
        day: u8::try_from(day).unwrap_or_default(),
        minute: u16::try_from(minute).unwrap_or_default(),
    };
    (moment, u8::try_from(now.second()).unwrap_or_default())
}

fn hours(opening: &Opening, (at, second): (Moment, u8)) -> Hours {
    let left = |minutes: u16| {
        Duration::from_secs(u64::from(minutes) * 60)
            .saturating_sub(Duration::from_secs(u64::from(second)))
    };
    Hours {
        open: opening.is_open(at),
        closes_in: opening.closes_in(at).map(left),
    }
}

/// Tells the guardian the opening hours of whatever configuration counts, for as long as the
/// program runs. Without hours in the configuration it says so once and sleeps.
///
/// # Errors
/// When the thread cannot be started.
pub fn keep_hours(
    counting: impl Fn() -> std::sync::Arc<Config> + Send + 'static,
    mail: Mail,
) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("hours".to_owned())
        .spawn(move || {
            let mut told = false;
            loop {
                let config = counting();
                let timeless = config.opening == Opening::default();
                if !(timeless && told) {
                    mail.tell(Word::Hours(hours(&config.opening, moment())));
                }
                told = timeless;
                std::thread::sleep(LOOK);
            }
        })
        .map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    #[test]
    fn the_journal_keeps_six_months() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(oldest_kept(day("2026-08-31")), day("2026-02-28"));
        assert_eq!(oldest_kept(day("2026-12-15")), day("2026-06-15"));
    }

    #[test]
    fn seconds_count_too() {
        let house = "[place]\nname = \"x\"\ncontact.fr = \"x\"\ndpo = \"x\"\n[help]\n\
                     roles = [{ fr = \"x\" }]\n[opening]\nmonday = \"9:00-12:00\"\n";
        let opening = Config::from_texts(house, "").unwrap().opening;
        let at = Moment {
            day: 0,
            minute: 11 * 60 + 55,
        };
        let said = hours(&opening, (at, 20));
        assert!(said.open);
        assert_eq!(said.closes_in, Some(Duration::from_secs(4 * 60 + 40)));
        let closed = Moment { minute: 720, ..at };
        assert!(!hours(&opening, (closed, 0)).open);
    }
}
