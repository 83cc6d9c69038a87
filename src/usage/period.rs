//! Fixed periods: calendar months and quarters, never sliding ones, because the difference of two
//! overlapping periods is a smaller period.

use std::fmt;
use std::str::FromStr;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

/// A calendar quarter, written as in `2026-T4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: u16,
    quarter: u8,
}

/// A month or a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A month.
    Month(Month),
    /// A quarter.
    Quarter(Quarter),
}

/// Not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a period: a month is written 2026-11, a quarter 2026-T4")]
pub struct NoPeriod;

/// Years that a station may live in.
const YEARS: std::ops::RangeInclusive<u16> = 2020..=2199;

impl Month {
    /// The first month that a station may count in.
    pub const FIRST: Self = Self {
        year: 2020,
        month: 1,
    };

    /// The `month` (1 to 12) of `year` (2020 to 2199).
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.month
    }

    /// The quarter that it is in.
    #[must_use]
    pub const fn quarter(self) -> Quarter {
        Quarter {
            year: self.year,
            quarter: (self.month - 1) / 3 + 1,
        }
    }

    /// The month before; the very first one is its own.
    #[must_use]
    pub fn before(self) -> Self {
        let (year, month) = match self.month {
            1 => (self.year - 1, 12),
            month => (self.year, month - 1),
        };
        Self::new(year, month).unwrap_or(self)
    }

    /// The month after; the very last one is its own.
    #[must_use]
    pub fn after(self) -> Self {
        let (year, month) = match self.month {
            12 => (self.year + 1, 1),
            month => (self.year, month + 1),
        };
        Self::new(year, month).unwrap_or(self)
    }
}

impl Quarter {
    /// The `quarter` (1 to 4) of `year` (2020 to 2199).
    #[must_use]
    pub fn new(year: u16, quarter: u8) -> Option<Self> {
        (YEARS.contains(&year) && (1..=4).contains(&quarter)).then_some(Self { year, quarter })
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.quarter
    }

    /// Its three months.
    #[must_use]
    pub const fn months(self) -> [Month; 3] {
        let first = 3 * (self.quarter - 1) + 1;
        let year = self.year;
        [
            Month { year, month: first },
            Month {
                year,
                month: first + 1,
            },
            Month {
                year,
                month: first + 2,
            },
        ]
    }
}

impl Period {
    /// The quarter that it is, or is in.
    #[must_use]
    pub const fn quarter(self) -> Quarter {
        match self {
            Self::Month(month) => month.quarter(),
            Self::Quarter(quarter) => quarter,
        }
    }

    /// Its last month.
    #[must_use]
    pub const fn last(self) -> Month {
        match self {
            Self::Month(month) => month,
            Self::Quarter(quarter) => quarter.months()[2],
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-T{}", self.year, self.quarter)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Quarter(quarter) => quarter.fmt(f),
        }
    }
}

impl FromStr for Month {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, month) = text.split_once('-').ok_or(NoPeriod)?;
        let made = number(year, 4)
            .zip(number(month, 2))
            .and_then(|(year, month)| Self::new(year, u8::try_from(month).ok()?));
        made.ok_or(NoPeriod)
    }
}

impl FromStr for Quarter {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let (year, quarter) = text.split_once("-T").ok_or(NoPeriod)?;
        let made = number(year, 4)
            .zip(number(quarter, 1))
            .and_then(|(year, quarter)| Self::new(year, u8::try_from(quarter).ok()?));
        made.ok_or(NoPeriod)
    }
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        text.parse()
            .map(Self::Month)
            .or_else(|_| text.parse().map(Self::Quarter))
    }
}

/// Exactly so many digits: each period has one spelling.
fn number(text: &str, digits: usize) -> Option<u16> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}
