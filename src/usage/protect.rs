//! Hiding enough: first what is below the threshold, then what would give it away, until the
//! attacker of [`super::attack`] finds nothing. Otherwise nothing is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::attack::{Knowledge, Number, is_known_elsewhere, truth};
use super::book::{Book, Cell, Pair};
use super::line::{Dimension, Rank};
use super::period::{Month, Period, Quarter};
use super::private::{NoNoise, Privacy, noisy};
use super::release::{Release, Shown, Total, of_the_machine};

/// Who looks: what they see beside the new release, and the threshold that protects from them.
#[derive(Clone, Debug)]
pub struct Onlooker {
    /// Counts below it must stay hidden.
    pub threshold: u32,
    /// What they have seen already.
    pub seen: Vec<Release>,
}

/// Why nothing is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Withheld {
    /// It is not over, or the store was not written since it ended.
    #[error(
        "the period is not over: its numbers are shown once the store was written after its end"
    )]
    Open,
    /// A quarter without its months.
    #[error("the three months of the quarter are exported first")]
    Months,
    /// A hidden number could be worked out whatever else is hidden.
    #[error("a hidden number could be worked out from this table and what was shown before")]
    Recoverable,
    /// What was shown earlier does not agree with the store.
    #[error("what was exported before does not agree with the store")]
    Contradiction,
    /// A part of it has left with noise, and the rest would leave without; or the other way round.
    #[error("a part of the period has left under the other setting of `private_totals`")]
    Mixed,
    /// There is no noise to be had.
    #[error(transparent)]
    Noise(#[from] NoNoise),
}

/// How wide the range of a number below the threshold must stay for an onlooker.
#[must_use]
pub const fn guard(threshold: u32) -> u32 {
    threshold.div_ceil(2)
}

/// The release of a period: as little hidden as the onlookers allow.
///
/// # Errors
/// When the period is not over, or when no hiding protects it.
pub fn protect(
    book: &Book,
    period: Period,
    threshold: u32,
    onlookers: &[Onlooker],
) -> Result<Release, Withheld> {
    if !book.is_closed(period.last()) {
        return Err(Withheld::Open);
    }
    let quarter = period.quarter();
    let truth = truth(book, quarter);
    let visits = match period {
        Period::Month(month) => book.visits(month),
        Period::Quarter(_) => truth.get(&Number::Total(quarter)).copied().unwrap_or(0),
    };
    let mut release = Release::primary(book, period, threshold);
    loop {
        let mut exposed = Exposed::default();
        for onlooker in onlookers {
            let one = found(&release, onlooker, &truth, quarter)?;
            exposed.by_tables.extend(one.by_tables);
            exposed.by_logs.extend(one.by_logs);
        }
        if exposed.all().next().is_none() {
            return Ok(release);
        }
        if !hide_more(&mut release, &exposed) {
            return Err(Withheld::Recoverable);
        }
        release.settle(visits);
    }
}

/// Whether what an onlooker sees gives a hidden number away. The judge of [`protect`], for others
/// who want to look for themselves.
///
/// # Errors
/// When what was seen does not agree with the store.
pub fn gives_away(
    book: &Book,
    release: &Release,
    onlooker: &Onlooker,
) -> Result<Vec<Number>, Withheld> {
    let quarter = release.period.quarter();
    let exposed = found(release, onlooker, &truth(book, quarter), quarter)?;
    Ok(exposed.all().collect::<BTreeSet<_>>().into_iter().collect())
}

/// Numbers that are given away.
#[derive(Default)]
struct Exposed {
    /// To one who has the releases alone: more closely than the guard allows.
    by_tables: BTreeSet<Number>,
    /// To one who has the appointment book and the network's log, too: for certain. To leave more
    /// open is not always possible: who knows that two came for something knows much of each.
    by_logs: BTreeSet<Number>,
}

impl Exposed {
    fn all(&self) -> impl Iterator<Item = Number> {
        self.by_logs.iter().chain(&self.by_tables).copied()
    }
}

fn found(
    release: &Release,
    onlooker: &Onlooker,
    truth: &BTreeMap<Number, u32>,
    quarter: Quarter,
) -> Result<Exposed, Withheld> {
    let all: Vec<&Release> = onlooker.seen.iter().chain([release]).collect();
    let at = |number: Number| truth.get(&number).copied().unwrap_or(0);
    let knowledge = Knowledge::with(quarter, &all, at);
    let mut guards = guards(&all, onlooker.threshold, truth, quarter);
    let by_tables = knowledge
        .exposed(truth, &guards)
        .map_err(|_| Withheld::Contradiction)?;
    // What they know without us, and what is said of nobody, cannot be hidden from them.
    guards.retain(|number, _| !is_known_elsewhere(*number) && among(truth, *number) > 0);
    for guard in guards.values_mut() {
        *guard = 1;
    }
    let by_logs = Knowledge::with_logs(quarter, &all, at)
        .exposed(truth, &guards)
        .map_err(|_| Withheld::Contradiction)?;
    Ok(Exposed {
        by_tables: by_tables.into_iter().collect(),
        by_logs: by_logs.into_iter().collect(),
    })
}

/// How many visits a number is said of, as far as the appointment book and the log tell.
fn among(truth: &BTreeMap<Number, u32>, number: Number) -> u32 {
    let at = |number: Number| truth.get(&number).copied().unwrap_or(0);
    match number {
        Number::Visits(_) | Number::Total(_) => at(number),
        Number::One(month, _, _) => at(Number::Visits(month)),
        Number::Two(quarter, pair, row, column) => {
            let sum = |list, rank| quarter.months().map(|m| at(Number::One(m, list, rank)));
            let line = |list: Dimension, rank| list.is_logged().then(|| sum(list, rank));
            let lines = [line(pair.rows, row), line(pair.columns, column)];
            let all = at(Number::Total(quarter));
            let sums = lines.iter().flatten().map(|months| months.iter().sum());
            sums.fold(all, u32::min)
        }
    }
}

/// The numbers that are shown nowhere, each with the width that its range must keep.
fn guards(
    shown: &[&Release],
    threshold: u32,
    truth: &BTreeMap<Number, u32>,
    quarter: Quarter,
) -> BTreeMap<Number, u32> {
    let mut guards = BTreeMap::new();
    let mut open = Vec::new();
    let here = shown
        .iter()
        .filter(|release| release.period.quarter() == quarter);
    for (release, cell, shown) in here.flat_map(|release| {
        release
            .cells
            .iter()
            .map(move |(cell, shown)| (release, *cell, *shown))
    }) {
        let Some(number) = number(release.period, cell) else {
            continue;
        };
        if let Shown::Exact(_) = shown {
            open.push(number);
        } else {
            let small = truth.get(&number).copied().unwrap_or(0) < threshold;
            guards.insert(number, if small { guard(threshold) } else { 1 });
        }
    }
    for number in open {
        guards.remove(&number);
    }
    guards
}

/// The number behind a cell about visits.
const fn number(period: Period, cell: Cell) -> Option<Number> {
    if of_the_machine(cell) {
        return None;
    }
    match (period, cell) {
        (Period::Month(month), Cell::One(list, rank)) => Some(Number::One(month, list, rank)),
        (Period::Quarter(quarter), Cell::Two(pair, row, column)) => {
            Some(Number::Two(quarter, pair, row, column))
        }
        (Period::Month(_), Cell::Two(..)) | (Period::Quarter(_), Cell::One(..)) => None,
    }
}

/// Hides a little more for the sake of these numbers; false when nothing is left to hide.
///
/// First, for each of them, the smallest shown number that stands in a sum with it, unless one has
/// just been hidden there; for what a log gives away, one of the row whose sum the log tells, or when
/// there is none, its "fewer than". When that helps nobody, "fewer than" is no longer said in their
/// lists, for that is knowledge too; then any other number is hidden, the total, and every other
/// "fewer than".
fn hide_more(release: &mut Release, exposed: &Exposed) -> bool {
    let period = release.period;
    let mut masked: Vec<Cell> = Vec::new();
    for number in &exposed.by_logs {
        let beside = |cell: &Cell| is_beside(*cell, *number);
        if !masked.iter().any(beside) {
            match smallest(release, beside) {
                Some(cell) => masked.push(cell),
                None => masked.extend(said_few(release, beside)),
            }
        }
    }
    for number in exposed.all() {
        let near = |cell: &Cell| is_near(period, *cell, number);
        if !masked.iter().any(near) {
            masked.extend(smallest(release, near));
        }
    }
    if masked.is_empty() {
        let near = |cell: &Cell| exposed.all().any(|number| is_near(period, *cell, number));
        masked = said_few(release, near);
    }
    if masked.is_empty() {
        masked.extend(smallest(release, |_| true));
    }
    if masked.is_empty() && hide_total(release) {
        return true;
    }
    if masked.is_empty() {
        masked = said_few(release, |_| true);
    }
    for cell in &masked {
        release.cells.insert(*cell, Shown::Masked);
    }
    !masked.is_empty()
}

/// The cells of which "fewer than" is said.
fn said_few(release: &Release, among: impl Fn(&Cell) -> bool) -> Vec<Cell> {
    let few = release
        .cells
        .iter()
        .filter(|(_, shown)| **shown == Shown::Fewer);
    few.map(|(cell, _)| *cell).filter(among).collect()
}

/// The cell with the smallest number that is shown.
fn smallest(release: &Release, among: impl Fn(&Cell) -> bool) -> Option<Cell> {
    let shown = release
        .cells
        .iter()
        .filter_map(|(cell, shown)| match shown {
            Shown::Exact(count) if !of_the_machine(*cell) && among(cell) => Some((*count, *cell)),
            Shown::Exact(_) | Shown::Fewer | Shown::Masked => None,
        });
    shown.min().map(|(_, cell)| cell)
}

fn is_near(period: Period, cell: Cell, exposed: Number) -> bool {
    let line = |pair: Pair, row: Rank, column: Rank, list, rank| {
        (pair.rows == list && row == rank) || (pair.columns == list && column == rank)
    };
    match (cell, exposed) {
        (Cell::One(list, _), Number::One(month, other, _)) => {
            list == other && period == Period::Month(month)
        }
        (Cell::One(list, rank), Number::Two(_, pair, row, column))
        | (Cell::Two(pair, row, column), Number::One(_, list, rank)) => {
            line(pair, row, column, list, rank)
        }
        (Cell::Two(pair, row, column), Number::Two(_, other, a, b)) => {
            pair == other && (row == a || column == b)
        }
        (Cell::One(..) | Cell::Two(..), Number::Visits(_) | Number::Total(_)) => true,
    }
}

/// Whether a cell stands beside a number in a row or column whose sum a log tells.
fn is_beside(cell: Cell, exposed: Number) -> bool {
    match (cell, exposed) {
        (Cell::Two(pair, row, column), Number::Two(_, other, a, b)) => {
            let logged = |list: Dimension, same| list.is_logged() && same;
            pair == other && (logged(pair.rows, row == a) || logged(pair.columns, column == b))
        }
        (Cell::One(..), _)
        | (Cell::Two(..), Number::One(..) | Number::Visits(_) | Number::Total(_)) => false,
    }
}

/// The last thing to hide.
fn hide_total(release: &mut Release) -> bool {
    match release.total {
        Total::Exact(_) | Total::Rounded(_) | Total::Fewer => {
            release.total = Total::Masked;
            true
        }
        Total::Masked | Total::Noisy { .. } => false,
    }
}

/// The thresholds of a house. Upwards only: see [`Thresholds::new`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    export: u32,
    staff: u32,
    privacy: Privacy,
}

impl Thresholds {
    /// Numbers of persons below 11 are not made public (Insee, DGFiP).
    pub const EXPORT: u32 = 11;
    /// Inside the house.
    pub const STAFF: u32 = 5;
    /// More would hide everything.
    pub const HIGHEST: u32 = 100;

    /// Thresholds of at least 11 and 5, and the one for staff no higher than the other.
    #[must_use]
    pub const fn new(export: u32, staff: u32) -> Option<Self> {
        let fits = export >= Self::EXPORT && staff >= Self::STAFF;
        if fits && staff <= export && export <= Self::HIGHEST {
            let privacy = Privacy::Off;
            Some(Self {
                export,
                staff,
                privacy,
            })
        } else {
            None
        }
    }

    /// For exports and public display.
    #[must_use]
    pub const fn export(self) -> u32 {
        self.export
    }

    /// The same, with noise in what leaves.
    #[must_use]
    pub const fn with_noise(mut self, privacy: Privacy) -> Self {
        self.privacy = privacy;
        self
    }

    /// How much noise is in what leaves.
    #[must_use]
    pub const fn privacy(self) -> Privacy {
        self.privacy
    }

    /// For the staff screen.
    #[must_use]
    pub const fn staff(self) -> u32 {
        self.staff
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            export: Self::EXPORT,
            staff: Self::STAFF,
            privacy: Privacy::Off,
        }
    }
}

/// What the staff screen shows of a month.
///
/// # Errors
/// When the month is not over.
pub fn for_staff(book: &Book, month: Month, thresholds: Thresholds) -> Result<Release, Withheld> {
    let staff = Onlooker {
        threshold: thresholds.staff,
        seen: Vec::new(),
    };
    protect(book, Period::Month(month), thresholds.staff, &[staff])
}

/// What may leave the station for a period, given everything that left it `before`: hidden from
/// the public, and from staff who also see their own screen.
///
/// # Errors
/// When the period is not over, when a quarter comes before its months, or when no hiding protects
/// it.
pub fn for_export(
    book: &Book,
    period: Period,
    thresholds: Thresholds,
    before: &[Release],
) -> Result<Release, Withheld> {
    let known = |month: &Month| before.iter().any(|one| one.period == Period::Month(*month));
    if let Period::Quarter(quarter) = period {
        // A month shown after its quarter could not be protected from it any more.
        if !quarter.months().iter().all(known) {
            return Err(Withheld::Months);
        }
    }
    if thresholds.privacy != Privacy::Off {
        return with_noise(book, period, thresholds, before);
    }
    let noisy = |one: &Release| matches!(one.total, Total::Noisy { .. });
    let same = |one: &&Release| parts(period).contains(&one.period);
    if before.iter().filter(same).any(noisy) {
        return Err(Withheld::Mixed);
    }
    let screens = period
        .quarter()
        .months()
        .into_iter()
        .filter(|month| book.is_closed(*month))
        .map(|month| for_staff(book, month, thresholds))
        .collect::<Result<Vec<_>, _>>()?;
    let public = Onlooker {
        threshold: thresholds.export,
        seen: before.to_vec(),
    };
    let staff = Onlooker {
        threshold: thresholds.staff,
        seen: before.iter().cloned().chain(screens).collect(),
    };
    protect(book, period, thresholds.export, &[public, staff])
}

/// The period and its months.
fn parts(period: Period) -> Vec<Period> {
    match period {
        Period::Month(_) => vec![period],
        Period::Quarter(quarter) => {
            let months = quarter.months().map(Period::Month);
            months.into_iter().chain([period]).collect()
        }
    }
}

/// The total alone, with noise: drawn for a month, added up for a quarter.
fn with_noise(
    book: &Book,
    period: Period,
    thresholds: Thresholds,
    before: &[Release],
) -> Result<Release, Withheld> {
    if !book.is_closed(period.last()) {
        return Err(Withheld::Open);
    }
    let privacy = thresholds.privacy;
    let count = match period {
        Period::Month(month) if before.iter().all(|one| one.period != period) => {
            noisy(book.visits(month), privacy)?
        }
        Period::Month(_) => return Err(Withheld::Mixed),
        Period::Quarter(quarter) => {
            let mut sum = 0;
            for month in quarter.months().map(Period::Month) {
                let left = before.iter().find(|one| one.period == month);
                match left.map(|one| one.total) {
                    Some(Total::Noisy { count, .. }) => sum += count,
                    Some(_) | None => return Err(Withheld::Mixed),
                }
            }
            sum
        }
    };
    let release = Release::primary(book, period, thresholds.export);
    Ok(release.total_alone(Total::Noisy { count, privacy }))
}
