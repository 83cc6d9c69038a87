//! What may be shown of a period: each number exactly, as "fewer than", or not at all.

use std::collections::BTreeMap;

use super::book::{Book, Cell, Pair, visits};
use super::line::Dimension;
use super::period::Period;
use super::private::Privacy;

/// When numbers are hidden, the total of visits is rounded to a multiple of this.
pub const ROUNDING: u32 = 5;

/// What is shown of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The number itself; never below the threshold.
    Exact(u32),
    /// "Moins de …": below the threshold, zero included.
    Fewer,
    /// Hidden for the sake of another cell. Nothing is said of it, not even that it reaches the
    /// threshold.
    Masked,
}

/// What is shown of the number of visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// The number itself: nothing of the period is hidden.
    Exact(u32),
    /// The nearest multiple of [`ROUNDING`].
    Rounded(u32),
    /// "Moins de …".
    Fewer,
    /// Hidden.
    Masked,
    /// With noise: see [`super::private`].
    Noisy {
        /// The number, with noise.
        count: u32,
        /// How much noise.
        privacy: Privacy,
    },
}

/// What may be shown of a period under a threshold. Made by [`super::protect()`], or read back
/// from an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The month or quarter.
    pub period: Period,
    /// Cells below it are hidden.
    pub threshold: u32,
    /// The number of visits.
    pub total: Total,
    /// Every cell of every list (a month) or pair (a quarter).
    pub cells: BTreeMap<Cell, Shown>,
}

impl Release {
    /// The cells of a period with only those hidden that are below the threshold.
    pub(super) fn primary(book: &Book, period: Period, threshold: u32) -> Self {
        let counts = match period {
            Period::Month(month) => book.month(month),
            Period::Quarter(quarter) => book.quarter(quarter),
        };
        let pairs = match period {
            Period::Month(_) => Vec::new(),
            Period::Quarter(quarter) => book.whole_pairs(quarter),
        };
        let all = match period {
            Period::Month(_) => visits(&counts),
            Period::Quarter(quarter) => quarter.months().iter().map(|m| book.visits(*m)).sum(),
        };
        let cells = cells(period, &pairs)
            .map(|cell| {
                let count = counts.get(&cell).copied().unwrap_or(0);
                (cell, first(cell, count, threshold))
            })
            .collect();
        let mut release = Self {
            period,
            threshold,
            total: Total::Exact(all),
            cells,
        };
        release.settle(all);
        release
    }

    /// Rounds the total as soon as anything is hidden, and with it the machine's good wipes, whose
    /// number is the total's.
    pub(super) fn settle(&mut self, visits: u32) {
        let hidden = |(cell, shown): (&Cell, &Shown)| {
            !of_the_machine(*cell) && !matches!(shown, Shown::Exact(_))
        };
        let exact = matches!(self.total, Total::Exact(_));
        if !exact || !self.cells.iter().any(hidden) {
            return;
        }
        self.total = if visits < self.threshold {
            Total::Fewer
        } else {
            Total::Rounded((visits + ROUNDING / 2) / ROUNDING * ROUNDING)
        };
        for (cell, shown) in &mut self.cells {
            if *cell == WIPED {
                *shown = Shown::Masked;
            }
        }
    }

    /// Hides every cell about visits, and says the total so.
    pub(super) fn total_alone(mut self, total: Total) -> Self {
        for (cell, shown) in &mut self.cells {
            if !of_the_machine(*cell) || *cell == WIPED {
                *shown = Shown::Masked;
            }
        }
        self.total = total;
        self
    }

    /// How many cells about visits are hidden: below the threshold, and for the sake of others.
    #[must_use]
    pub fn hidden(&self) -> (usize, usize) {
        let count = |what: Shown| {
            let hidden =
                |(cell, shown): &(&Cell, &Shown)| !of_the_machine(**cell) && **shown == what;
            self.cells.iter().filter(hidden).count()
        };
        (count(Shown::Fewer), count(Shown::Masked))
    }

    /// The pairs that it tells of.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self
            .cells
            .keys()
            .filter_map(|cell| match cell {
                Cell::One(..) => None,
                Cell::Two(pair, _, _) => Some(*pair),
            })
            .collect();
        pairs.dedup();
        pairs
    }
}

/// The wipes that went well.
const WIPED: Cell = Cell::One(Dimension::Effacement, 0);

/// Whether a cell is about the machine.
pub(super) const fn of_the_machine(cell: Cell) -> bool {
    matches!(cell, Cell::One(dimension, _) if dimension.of_the_machine())
}

const fn first(cell: Cell, count: u32, threshold: u32) -> Shown {
    if count < threshold && !of_the_machine(cell) {
        Shown::Fewer
    } else {
        Shown::Exact(count)
    }
}

/// Every cell that a release of this period tells of.
fn cells(period: Period, pairs: &[Pair]) -> Box<dyn Iterator<Item = Cell> + '_> {
    match period {
        Period::Month(_) => Box::new(
            Dimension::ALL
                .iter()
                .flat_map(|dimension| (0..dimension.len()).map(|rank| Cell::One(*dimension, rank))),
        ),
        Period::Quarter(_) => Box::new(pairs.iter().flat_map(|pair| {
            (0..pair.rows.len()).flat_map(move |row| {
                (0..pair.columns.len()).map(move |column| Cell::Two(*pair, row, column))
            })
        })),
    }
}
