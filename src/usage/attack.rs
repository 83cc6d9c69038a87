//! The attacker who has every table: what can be worked out about a hidden number from all that is
//! shown, with the sums that must hold between months, lists and pairs.
//!
//! A number is protected while two complete sets of counts exist that agree with everything shown
//! and differ in it by the guard. Such sets are looked for with an integer program, so that the
//! answer is exact for an attacker who knows that counts are whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, Cell, MOST, Pair};
use super::line::{Dimension, Rank};
use super::period::{Month, Period, Quarter};
use super::release::{ROUNDING, Release, Shown, Total, of_the_machine};

/// A number that the attacker would like to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// The visits of a month.
    Visits(Month),
    /// The visits of a quarter.
    Total(Quarter),
    /// A cell of a month's list.
    One(Month, Dimension, Rank),
    /// A cell of a quarter's pair.
    Two(Quarter, Pair, Rank, Rank),
}

/// From and to, both possible as far as is known.
pub type Bounds = (u32, u32);

/// "These add up to the same as those."
pub(super) type Sum = (Vec<Number>, Vec<Number>);

/// What a cell stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Table {
    List(Dimension),
    Pair(Pair),
    /// The rows or columns of a pair whose sums are known from elsewhere, each for itself.
    Line(Pair, Rank),
}

impl Table {
    const fn of(cell: Cell) -> Self {
        match cell {
            Cell::One(list, _) => Self::List(list),
            Cell::Two(pair, _, _) => Self::Pair(pair),
        }
    }

    const fn line_of(cell: Cell) -> Self {
        match cell {
            Cell::Two(pair, row, _) if pair.rows.is_logged() => Self::Line(pair, row),
            Cell::Two(pair, _, column) if pair.columns.is_logged() => Self::Line(pair, column),
            Cell::One(..) | Cell::Two(..) => Self::of(cell),
        }
    }
}

/// Where the attacker guesses rightly whether a masked number reaches the threshold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guess {
    /// Wherever something is said of the number's list or table.
    Tables,
    /// Wherever something is said of its list, or of its row.
    Lines,
    /// Everywhere.
    Everywhere,
}

impl Guess {
    /// The lists, tables or rows of which something is said.
    fn said(self, release: &Release) -> BTreeSet<Table> {
        let cells = release.cells.iter();
        cells
            .filter(|(_, shown)| self == Self::Everywhere || **shown != Shown::Masked)
            .map(|(cell, _)| self.around(*cell))
            .collect()
    }

    const fn around(self, cell: Cell) -> Table {
        match self {
            Self::Tables | Self::Everywhere => Table::of(cell),
            Self::Lines => Table::line_of(cell),
        }
    }
}

/// All that is shown of one quarter and its months.
#[derive(Clone, Debug)]
pub struct Knowledge {
    bounds: BTreeMap<Number, Bounds>,
    pub(super) sums: Vec<Sum>,
    /// The sums in which a number stands.
    places: BTreeMap<Number, Vec<usize>>,
}

impl Knowledge {
    /// What these releases show of `quarter`. Releases of other quarters say nothing of it.
    #[must_use]
    pub fn of(quarter: Quarter, releases: &[&Release]) -> Self {
        Self::with(quarter, releases, |_| 0)
    }

    /// The same, for an attacker who guesses rightly, wherever a number is masked, whether it reaches
    /// the threshold: more than anybody can. The judge of a release does not go so far (0081); the
    /// simulation does, to see what it costs.
    #[must_use]
    pub fn suspecting(
        quarter: Quarter,
        releases: &[&Release],
        truth: impl Fn(Number) -> u32,
    ) -> Self {
        Self::made(quarter, releases, truth, Guess::Everywhere)
    }

    /// The same, for an attacker who also guesses rightly which masked numbers reach the threshold:
    /// nearly all do. A list or table of which nothing at all is said leaves nothing to guess.
    pub(super) fn with(
        quarter: Quarter,
        releases: &[&Release],
        truth: impl Fn(Number) -> u32,
    ) -> Self {
        Self::made(quarter, releases, truth, Guess::Tables)
    }

    /// The same, for one who has the appointment book and the network's log, too, and so every number
    /// that they can tell ([`is_known_elsewhere`]), exactly.
    pub(super) fn with_logs(
        quarter: Quarter,
        releases: &[&Release],
        truth: impl Fn(Number) -> u32,
    ) -> Self {
        let mut knowledge = Self::made(quarter, releases, &truth, Guess::Lines);
        for month in quarter.months() {
            let lists = Dimension::ALL
                .iter()
                .flat_map(|list| (0..list.len()).map(move |rank| Number::One(month, *list, rank)));
            let known = lists.filter(|number| is_known_elsewhere(*number));
            for number in known.chain([Number::Visits(month)]) {
                knowledge.meet(number, (truth(number), truth(number)));
            }
        }
        knowledge.narrow();
        knowledge
    }

    fn made(
        quarter: Quarter,
        releases: &[&Release],
        truth: impl Fn(Number) -> u32,
        guess: Guess,
    ) -> Self {
        let releases: Vec<&Release> = releases
            .iter()
            .copied()
            .filter(|release| release.period.quarter() == quarter)
            .collect();
        let pairs: BTreeSet<Pair> = releases
            .iter()
            .flat_map(|release| release.pairs())
            .collect();
        let mut sums = Vec::new();
        for month in quarter.months() {
            let shown = releases
                .iter()
                .any(|one| one.period == Period::Month(month));
            if shown || !pairs.is_empty() {
                sums.extend(lists(month));
            }
        }
        for pair in pairs {
            sums.extend(tables(quarter, pair));
        }
        let mut knowledge = Self::new(BTreeMap::new(), sums);
        for release in releases {
            knowledge.learn(release, &truth, guess);
        }
        knowledge.narrow();
        knowledge
    }

    pub(super) fn new(bounds: BTreeMap<Number, Bounds>, sums: Vec<Sum>) -> Self {
        let mut places: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
        for (at, (left, right)) in sums.iter().enumerate() {
            for number in left.iter().chain(right) {
                places.entry(*number).or_default().push(at);
            }
        }
        Self {
            bounds,
            sums,
            places,
        }
    }

    /// The sums in which a number stands, by rank.
    pub(super) fn places(&self, number: Number) -> &[usize] {
        self.places.get(&number).map_or(&[], Vec::as_slice)
    }

    /// All numbers of which something is known.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.bounds.keys()
    }

    fn learn(&mut self, release: &Release, truth: impl Fn(Number) -> u32, guess: Guess) {
        let total = match release.period {
            Period::Month(month) => Number::Visits(month),
            Period::Quarter(quarter) => Number::Total(quarter),
        };
        let threshold = release.threshold;
        let said = guess.said(release);
        self.meet(
            total,
            match release.total {
                Total::Exact(count) => (count, count),
                Total::Rounded(near) => {
                    let half = ROUNDING / 2;
                    (near.saturating_sub(half).max(threshold), near + half)
                }
                Total::Fewer => (0, threshold - 1),
                // Never beside exact cells, nor beside an exact quarter.
                Total::Masked | Total::Noisy { .. } => (0, MOST),
            },
        );
        for (cell, shown) in release
            .cells
            .iter()
            .filter(|(cell, _)| !of_the_machine(**cell))
        {
            let number = match (release.period, *cell) {
                (Period::Month(month), Cell::One(list, rank)) => Number::One(month, list, rank),
                (Period::Quarter(quarter), Cell::Two(pair, row, column)) => {
                    Number::Two(quarter, pair, row, column)
                }
                (Period::Month(_), Cell::Two(..)) | (Period::Quarter(_), Cell::One(..)) => continue,
            };
            self.meet(
                number,
                match shown {
                    Shown::Exact(count) => (*count, *count),
                    Shown::Fewer => (0, threshold - 1),
                    Shown::Masked
                        if said.contains(&guess.around(*cell)) && truth(number) >= threshold =>
                    {
                        (threshold, MOST)
                    }
                    Shown::Masked => (0, MOST),
                },
            );
        }
    }

    /// What somebody knows from elsewhere: an appointment book, a network's log.
    pub fn hears(&mut self, number: Number, bounds: Bounds) {
        self.meet(number, bounds);
        self.narrow();
    }

    /// Whether anything new was learnt.
    fn meet(&mut self, number: Number, (from, to): Bounds) -> bool {
        let bounds = self.bounds.entry(number).or_insert((0, MOST));
        let before = *bounds;
        *bounds = (bounds.0.max(from), bounds.1.min(to));
        *bounds != before
    }

    /// What is known of one number by itself and by each sum alone.
    #[must_use]
    pub fn bounds(&self, number: Number) -> Bounds {
        self.bounds.get(&number).copied().unwrap_or((0, MOST))
    }

    /// Tightens the bounds by one sum after the other until nothing moves. Only ever removes what
    /// is impossible; rounds are bounded because it is a help, not the judge.
    pub(super) fn narrow(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        for _ in 0..20 {
            let mut moved = false;
            for (left, right) in &sums {
                moved |= self.narrow_side(left, right);
                moved |= self.narrow_side(right, left);
            }
            if !moved {
                break;
            }
        }
        self.sums = sums;
    }

    fn narrow_side(&mut self, side: &[Number], other: &[Number]) -> bool {
        let (from, to) = self.sum(other);
        let (low, high) = self.sum(side);
        let mut moved = false;
        for number in side {
            let (least, most) = self.bounds(*number);
            let floor = from.saturating_sub(high - u64::from(most));
            let ceiling = to.saturating_sub(low - u64::from(least));
            let clip = |value: u64| u32::try_from(value).unwrap_or(MOST).min(MOST);
            moved |= self.meet(*number, (clip(floor), clip(ceiling)));
        }
        moved
    }

    pub(super) fn sum(&self, numbers: &[Number]) -> (u64, u64) {
        numbers.iter().fold((0, 0), |(low, high), number| {
            let (least, most) = self.bounds(*number);
            (low + u64::from(least), high + u64::from(most))
        })
    }
}

/// Whether an appointment book and a network's log tell this number: nothing can hide it from those
/// who have them.
pub(super) const fn is_known_elsewhere(number: Number) -> bool {
    match number {
        Number::Visits(_) | Number::Total(_) => true,
        Number::One(_, list, _) => list.is_logged(),
        Number::Two(_, pair, _, _) => pair.rows.is_logged() && pair.columns.is_logged(),
    }
}

/// Every visit of a month is in each of its lists once.
fn lists(month: Month) -> impl Iterator<Item = Sum> {
    let about_visits = Dimension::ALL.iter().filter(|one| !one.of_the_machine());
    about_visits.map(move |list| {
        let cells = (0..list.len()).map(|rank| Number::One(month, *list, rank));
        (cells.collect(), vec![Number::Visits(month)])
    })
}

/// The rows and columns of a pair add up to those of the quarter's months.
fn tables(quarter: Quarter, pair: Pair) -> Vec<Sum> {
    let months = |list, rank| {
        quarter
            .months()
            .map(|month| Number::One(month, list, rank))
            .to_vec()
    };
    let cell = |row, column| Number::Two(quarter, pair, row, column);
    let rows = (0..pair.rows.len()).map(|row| {
        let cells = (0..pair.columns.len()).map(|column| cell(row, column));
        (cells.collect(), months(pair.rows, row))
    });
    let columns = (0..pair.columns.len()).map(|column| {
        let cells = (0..pair.rows.len()).map(|row| cell(row, column));
        (cells.collect(), months(pair.columns, column))
    });
    let visits = quarter.months().map(Number::Visits).to_vec();
    let total = (visits, vec![Number::Total(quarter)]);
    rows.chain(columns).chain([total]).collect()
}

/// The true numbers of a quarter, for the one who has the book.
pub(super) fn truth(book: &Book, quarter: Quarter) -> BTreeMap<Number, u32> {
    let mut truth = BTreeMap::new();
    let mut total = 0;
    for month in quarter.months() {
        let visits = book.visits(month);
        total += visits;
        truth.insert(Number::Visits(month), visits);
        for (cell, count) in book.month(month) {
            if let Cell::One(dimension, rank) = cell {
                truth.insert(Number::One(month, dimension, rank), count);
            }
        }
    }
    truth.insert(Number::Total(quarter), total);
    for (cell, count) in book.quarter(quarter) {
        if let Cell::Two(pair, row, column) = cell {
            truth.insert(Number::Two(quarter, pair, row, column), count);
        }
    }
    truth
}
