//! The counters: each list for itself by month, configured pairs of lists by quarter.

use std::collections::BTreeMap;

use super::line::{Dimension, Line, Rank};
use super::period::{Month, Quarter};

/// A pair of lists that is counted together, by quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The rows.
    pub rows: Dimension,
    /// The columns.
    pub columns: Dimension,
}

impl Pair {
    /// Two different lists about visits.
    #[must_use]
    pub fn new(rows: Dimension, columns: Dimension) -> Option<Self> {
        let about_visits = !rows.of_the_machine() && !columns.of_the_machine();
        (rows != columns && about_visits).then_some(Self { rows, columns })
    }

    /// Every pair.
    pub fn all() -> impl Iterator<Item = Self> {
        let lists = Dimension::ALL.iter().copied();
        lists.clone().flat_map(move |rows| {
            lists
                .clone()
                .filter_map(move |columns| Self::new(rows, columns))
        })
    }
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Of a list, by month.
    One(Dimension, Rank),
    /// Of a pair, by quarter.
    Two(Pair, Rank, Rank),
}

/// Counts by cell; a cell that is absent is zero.
pub type Counts = BTreeMap<Cell, u32>;

/// No counter of a station goes beyond this; sums of a few hundred of them fit `u32`.
pub(super) const MOST: u32 = 1_000_000;

/// All counters of a station. Equal for every order of the same lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    pub(super) months: BTreeMap<Month, Counts>,
    pub(super) quarters: BTreeMap<Quarter, Counts>,
    /// The month of the last writing. Months before it are complete.
    pub(super) written: Month,
}

impl Book {
    /// A book with nothing in it.
    #[must_use]
    pub const fn new(month: Month) -> Self {
        Self {
            months: BTreeMap::new(),
            quarters: BTreeMap::new(),
            written: month,
        }
    }

    /// Adds one line to its month and quarter. A clock that goes back cannot reopen a month that
    /// is complete: the line then counts for the month after it.
    pub fn count(&mut self, line: &Line, month: Month, pairs: &[Pair]) {
        let month = month.max(self.written);
        let counts = self.months.entry(month).or_default();
        for dimension in Dimension::ALL {
            add(counts, Cell::One(*dimension, line.rank(*dimension)));
        }
        let counts = self.quarters.entry(month.quarter()).or_default();
        for pair in pairs {
            let row = line.rank(pair.rows);
            add(counts, Cell::Two(*pair, row, line.rank(pair.columns)));
        }
        counts.retain(|_, count| *count > 0);
    }

    /// Takes every month before `month` as complete; what a writing does.
    pub fn close(&mut self, month: Month) {
        self.written = self.written.max(month);
    }

    /// Months that are over and complete, oldest first.
    pub fn closed_months(&self) -> impl DoubleEndedIterator<Item = Month> {
        let now = self.written;
        self.months
            .keys()
            .copied()
            .filter(move |month| *month < now)
    }

    /// Whether a month is over and complete.
    #[must_use]
    pub fn is_closed(&self, month: Month) -> bool {
        month < self.written
    }

    /// The month in which the book was written last.
    #[must_use]
    pub const fn written(&self) -> Month {
        self.written
    }

    /// The counters of a month.
    #[must_use]
    pub fn month(&self, month: Month) -> Counts {
        self.months.get(&month).cloned().unwrap_or_default()
    }

    /// The counters of a quarter's pairs.
    #[must_use]
    pub fn quarter(&self, quarter: Quarter) -> Counts {
        self.quarters.get(&quarter).cloned().unwrap_or_default()
    }

    /// How many visits a month counts.
    #[must_use]
    pub fn visits(&self, month: Month) -> u32 {
        self.months.get(&month).map_or(0, visits)
    }

    /// The pairs that were counted through a whole quarter, and so agree with its months.
    #[must_use]
    pub fn whole_pairs(&self, quarter: Quarter) -> Vec<Pair> {
        let Some(counts) = self.quarters.get(&quarter) else {
            return Vec::new();
        };
        let visits: u32 = quarter
            .months()
            .map(|month| self.visits(month))
            .iter()
            .sum();
        let mut sums: BTreeMap<Pair, u32> = BTreeMap::new();
        for (cell, count) in counts {
            if let Cell::Two(pair, _, _) = cell {
                *sums.entry(*pair).or_default() += count;
            }
        }
        sums.retain(|_, sum| *sum == visits);
        sums.into_keys().collect()
    }
}

/// The visits of a month: every line is in every list once.
pub(super) fn visits(counts: &Counts) -> u32 {
    sum(counts, Dimension::Mode)
}

/// The sum of a list.
pub(super) fn sum(counts: &Counts, dimension: Dimension) -> u32 {
    (0..dimension.len())
        .filter_map(|rank| counts.get(&Cell::One(dimension, rank)))
        .fold(0, |sum, count| sum.saturating_add(*count))
}

fn add(counts: &mut Counts, cell: Cell) {
    let count = counts.entry(cell).or_default();
    *count = (*count + 1).min(MOST);
}
