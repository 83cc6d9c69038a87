//! The room's only door to the time of day: which month it is, and how long until closing time.
//! Neither is ever written beside a visit.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::ZonedDateTime;

use super::period::{Month, NoPeriod};

/// A time of day, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hour {
    hour: u8,
    minute: u8,
}

impl Hour {
    /// When most houses have closed.
    pub const EVENING: Self = Self {
        hour: 19,
        minute: 0,
    };

    /// `hour` 0 to 23, `minute` 0 to 59.
    #[must_use]
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 {
            Some(Self { hour, minute })
        } else {
            None
        }
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl FromStr for Hour {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (hour, minute) = text.split_once(':').ok_or(NoPeriod)?;
        let plain = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        let made = (plain(hour) && plain(minute))
            .then(|| hour.parse().ok().zip(minute.parse().ok()))
            .flatten()
            .and_then(|(hour, minute)| Self::new(hour, minute));
        made.ok_or(NoPeriod)
    }
}

/// The month that it is here.
pub(super) fn this_month() -> Month {
    let now = ZonedDateTime::now();
    let month = u16::try_from(now.year())
        .ok()
        .zip(u8::try_from(now.month()).ok())
        .and_then(|(year, month)| Month::new(year, month));
    // A machine whose clock is before 2020 counts into one month that is never closed by itself.
    month.unwrap_or(Month::FIRST)
}

/// How long until it is `hour` here; at most a day.
pub(super) fn until(hour: Hour) -> Duration {
    const DAY: u64 = 24 * 60 * 60;
    let now = ZonedDateTime::now().time();
    let seconds = |h: u64, m: u64, s: u64| (h * 60 + m) * 60 + s;
    let of = |part: i8| u64::try_from(part).unwrap_or(0);
    let passed = seconds(of(now.hour()), of(now.minute()), of(now.second()));
    let wanted = seconds(u64::from(hour.hour), u64::from(hour.minute), 0);
    Duration::from_secs((DAY + wanted - passed - 1) % DAY + 1)
}

/// Midnight of the month's first day, seconds since 1970: the neutral time of what is written.
pub(super) fn first_second(month: Month) -> i64 {
    let year = i64::from(month.year());
    let months = i64::from(month.number()) - 1;
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let years: i64 = (1970..year)
        .map(|year| if leap(year) { 366 } else { 365 })
        .sum();
    let lengths = [
        31,
        if leap(year) { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let days: i64 = lengths
        .iter()
        .take(usize::try_from(months).unwrap_or(0))
        .sum();
    (years + days) * 86_400
}
