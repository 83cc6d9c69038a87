//! A half-day: the finest time that anything of ours keeps.
#![forbid(unsafe_code)]

use std::fmt;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Morning or afternoon of a day, local time. Written as in "2026-11-25 matin".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfDay {
    date: Date,
    afternoon: bool,
}

const MORNING: &str = "matin";
const AFTERNOON: &str = "après-midi";

impl HalfDay {
    /// This one.
    #[allow(
        clippy::disallowed_methods,
        reason = "door: the clock, cut to the half-day at once"
    )]
    pub fn now() -> Self {
        let now = std::time::SystemTime::now();
        let now = Timestamp::try_from(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let now = now.to_zoned_datetime(TimeZone::system());
        Self {
            date: now.date(),
            afternoon: now.hour() >= 12,
        }
    }

    /// Reads one; `None` when it is none.
    pub fn from_text(text: &str) -> Option<Self> {
        let (date, half) = text.split_once(' ')?;
        let afternoon = match half {
            MORNING => false,
            AFTERNOON => true,
            _ => return None,
        };
        let date: Date = date.parse().ok()?;
        let half = Self { date, afternoon };
        // Only the one way of writing it: it is signed.
        (half.to_string() == text).then_some(half)
    }

    /// When it began, in seconds since 1970, local time: for a file that must not tell more.
    pub fn start(self) -> i64 {
        let hour = if self.afternoon { 12 } else { 0 };
        self.date
            .at(hour, 0, 0, 0)
            .to_zoned_datetime(TimeZone::system())
            .map_or(0, |start| start.timestamp().as_second())
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// Whether it is the afternoon.
    pub const fn is_afternoon(self) -> bool {
        self.afternoon
    }
}

impl fmt::Display for HalfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = if self.afternoon { AFTERNOON } else { MORNING };
        write!(f, "{} {half}", self.date)
    }
}

impl Serialize for HalfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HalfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).ok_or_else(|| de::Error::custom("not a half-day"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_half_day_is_written_in_one_way() {
        for text in ["2026-11-25 matin", "2026-11-25 après-midi"] {
            assert_eq!(HalfDay::from_text(text).unwrap().to_string(), text);
        }
        for text in [
            "2026-11-25",
            "2026-11-25 10:30",
            "2026-1-5 matin",
            "2026-13-01 matin",
            "",
        ] {
            assert_eq!(HalfDay::from_text(text), None, "{text}");
        }
        let now = HalfDay::now();
        assert_eq!(HalfDay::from_text(&now.to_string()), Some(now));
    }
}
