//! When the house is open.

use toml::Spanned;

use super::Problem;
use super::checker::Checker;
use super::problem::Unfit;
use super::raw::RawOpening;

/// Minutes of one day.
const DAY: u16 = 24 * 60;

/// A stretch of a day, in minutes after midnight; the end is later than the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First open minute.
    pub from: u16,
    /// First closed minute again; 1440 is midnight.
    pub to: u16,
}

/// The opening hours of each day, Monday first. A day without hours is open throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening([Option<Vec<Stretch>>; 7]);

/// A moment of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// 0 is Monday; 6 is Sunday.
    pub day: u8,
    /// Minutes after midnight.
    pub minute: u16,
}

impl Opening {
    /// Whether the house is open.
    #[must_use]
    pub fn is_open(&self, at: Moment) -> bool {
        self.day(at)
            .is_none_or(|hours| hours.iter().any(|s| (s.from..s.to).contains(&at.minute)))
    }

    /// Minutes until it closes; nothing when it is closed already, or never closes that day.
    #[must_use]
    pub fn closes_in(&self, at: Moment) -> Option<u16> {
        self.day(at)?
            .iter()
            .find(|stretch| (stretch.from..stretch.to).contains(&at.minute))
            .filter(|stretch| stretch.to < DAY)
            .map(|stretch| stretch.to - at.minute)
    }

    fn day(&self, at: Moment) -> Option<&Vec<Stretch>> {
        self.0.get(usize::from(at.day)).and_then(Option::as_ref)
    }
}

pub fn check(checker: &mut Checker, raw: RawOpening) -> Opening {
    let days = [
        raw.monday,
        raw.tuesday,
        raw.wednesday,
        raw.thursday,
        raw.friday,
        raw.saturday,
        raw.sunday,
    ];
    Opening(days.map(|day| day.and_then(|day| of_day(checker, &day))))
}

fn of_day(checker: &mut Checker, raw: &Spanned<String>) -> Option<Vec<Stretch>> {
    let hours = parse(raw.get_ref());
    if hours.is_none() {
        checker.report(raw.span(), Problem::Unfit(Unfit::Hours));
    }
    hours
}

/// `9:00-12:00 14:00-17:00`, in order and apart; nothing at all means closed.
fn parse(text: &str) -> Option<Vec<Stretch>> {
    let mut hours: Vec<Stretch> = Vec::new();
    for part in text.split_ascii_whitespace().take(9) {
        let (from, to) = part.split_once('-')?;
        let (from, to) = (minute(from)?, minute(to)?);
        let after = hours.last().is_none_or(|last| last.to < from);
        if from >= to || !after || hours.len() == 8 {
            return None;
        }
        hours.push(Stretch { from, to });
    }
    Some(hours)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use proptest::prelude::*;

    use super::*;

    fn at(day: u8, hour: u16, minute: u16) -> Moment {
        let minute = hour * 60 + minute;
        Moment { day, minute }
    }

    #[test]
    fn hours_are_read_and_asked() {
        let mut opening = Opening::default();
        opening.0[0] = parse("9:00-12:00 14:00-17:30");
        opening.0[6] = parse("");
        assert!(opening.is_open(at(0, 9, 0)) && opening.is_open(at(0, 17, 29)));
        assert!(!opening.is_open(at(0, 12, 0)) && !opening.is_open(at(0, 8, 59)));
        assert_eq!(opening.closes_in(at(0, 11, 50)), Some(10));
        assert_eq!(opening.closes_in(at(0, 13, 0)), None);
        assert!(opening.is_open(at(3, 3, 0)), "a day that is not named");
        assert_eq!(opening.closes_in(at(3, 3, 0)), None);
        assert!(!opening.is_open(at(6, 10, 0)), "named and empty: closed");
        opening.0[1] = parse("0:00-24:00");
        assert!(opening.is_open(at(1, 23, 59)));
        assert_eq!(opening.closes_in(at(1, 23, 59)), None);
    }

    #[test]
    fn what_is_not_hours_is_refused() {
        for wrong in [
            "9-12",
            "9:00",
            "9:00-8:00",
            "9:00-9:00",
            "9:00-25:00",
            "9:60-10:00",
            "+9:00-10:00",
            "14:00-17:00 9:00-12:00",
            "9:00-12:00 12:00-13:00",
            "9h00-12h00",
            "9:0-10:00",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_hours_or_not(text in "[0-9:\\- ]{0,40}") {
            let hours = parse(&text).unwrap_or_default();
            prop_assert!(hours.windows(2).all(|pair| pair[0].to < pair[1].from));
        }
    }
}
