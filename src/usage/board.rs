//! What the staff screen draws: the last twelve complete months, under the house's own threshold.

use super::book::{Book, Cell};
use super::line::{Dimension, Rank};
use super::period::{Month, Period};
use super::private::Budget;
use super::protect::{Thresholds, Withheld, for_staff};
use super::release::{Release, Shown, Total};

/// Up to twelve complete months, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// Below it, "moins de …".
    pub threshold: u32,
    months: Vec<(Month, Release)>,
    /// The month of the last writing.
    written: Option<Month>,
    /// What exports with noise have cost this year.
    pub budget: Option<Budget>,
}

impl Board {
    /// The board of a book. The twelve months before the one of the last writing, those without a
    /// visit left out.
    ///
    /// # Errors
    /// When a month cannot be protected.
    pub fn of(book: &Book, thresholds: Thresholds) -> Result<Self, Withheld> {
        let mut months = Vec::new();
        let mut month = book.written();
        for _ in 0..12 {
            month = month.before();
            if book.visits(month) > 0 {
                months.push((month, for_staff(book, month, thresholds)?));
            }
        }
        months.reverse();
        Ok(Self {
            threshold: thresholds.staff(),
            months,
            written: Some(book.written()),
            budget: None,
        })
    }

    /// Its months, oldest first.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> + '_ {
        self.months.iter().map(|(month, _)| *month)
    }

    /// Whether a period is over and complete.
    #[must_use]
    pub fn is_closed(&self, period: Period) -> bool {
        self.written.is_some_and(|written| period.last() < written)
    }

    /// What is shown of each month.
    pub fn releases(&self) -> impl DoubleEndedIterator<Item = &Release> {
        self.months.iter().map(|(_, release)| release)
    }

    /// Nothing to draw yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// The visits of each month.
    pub fn totals(&self) -> impl Iterator<Item = (Month, Total)> + '_ {
        self.months
            .iter()
            .map(|(month, release)| (*month, release.total))
    }

    /// What is shown of a cell in a month.
    #[must_use]
    pub fn cell(&self, month: Month, dimension: Dimension, rank: Rank) -> Option<Shown> {
        let (_, release) = self.months.iter().find(|(one, _)| *one == month)?;
        release.cells.get(&Cell::One(dimension, rank)).copied()
    }
}
