//! The attacker: every export, the appointment book (who came in which month, for what) and the
//! network's connection log (which operator's site, when, for how long). They want what none of these says: how
//! much help a person needed, whether they agreed to it, what came of the visit.
//!
//! A link is one such fact about one person that must be so, whatever the hidden numbers are ("they
//! were helped all along"), or that cannot be so ("they did not refuse").

use estran::usage::{
    Book, Cell, Counts, Dimension, Knowledge, Number, Pair, Period, Quarter, Rank, Release, Shown,
    Total,
};

use crate::house::Visit;

/// What neither the appointment book nor the connection log says.
const WANTED: [Dimension; 6] = [
    Dimension::Mode,
    Dimension::Posture,
    Dimension::Issue,
    Dimension::Orientation,
    Dimension::Consentement,
    Dimension::Fin,
];

/// What the appointment book and the connection log say.
const LOGGED: [Dimension; 3] = [
    Dimension::Operateur,
    Dimension::Thematique,
    Dimension::Duree,
];

/// The most that a number can be, as far as the attacker knows.
type Most<'a> = &'a dyn Fn(Number) -> u32;

/// Links, by what they say.
#[derive(Clone, Copy, Default)]
pub struct Links {
    /// It must be so.
    pub so: usize,
    /// It cannot be so.
    pub not: usize,
}

impl Links {
    /// All of them.
    pub const fn all(self) -> usize {
        self.so + self.not
    }
}

/// How many links each attacker found.
#[derive(Default)]
pub struct Found {
    /// Quarters that were attacked.
    pub quarters: usize,
    /// Visits in them.
    pub visits: usize,
    /// On the bare counts: the control.
    pub bare: Links,
    /// On what left the house.
    pub released: Links,
    /// The same, by one who also knows which visitors asked not to be counted.
    pub exact: Links,
    /// The same, by one who also guesses rightly which hidden numbers are small.
    pub guessed: Links,
    /// What those guesses and logs find by themselves, when no export shows anything.
    pub guesses_alone: Links,
}

/// Runs the attack on what left the house, and on the bare counts to show that it can succeed.
pub fn attack(book: &Book, releases: &[Release], quarters: &[Quarter], visits: &[Visit]) -> Found {
    let attacked = |visit: &&Visit| quarters.contains(&visit.month.quarter());
    let mut found = Found {
        quarters: quarters.len(),
        visits: visits.iter().filter(attacked).count(),
        ..Found::default()
    };
    let all: Vec<&Release> = releases.iter().collect();
    let silent: Vec<Release> = releases.iter().map(says_nothing).collect();
    let silent: Vec<&Release> = silent.iter().collect();
    for quarter in quarters {
        let months = quarter.months().map(|month| book.month(month));
        let pairs = book.quarter(*quarter);
        let counted = |number| count(number, *quarter, &months, &pairs);
        links(*quarter, releases, visits, &counted, &mut found.bare);
        let plain = || Knowledge::of(*quarter, &all);
        let suspecting = |shown: &[&Release]| Knowledge::suspecting(*quarter, shown, counted);
        for (mut knowledge, exactly, links_found) in [
            (plain(), false, &mut found.released),
            (plain(), true, &mut found.exact),
            (suspecting(&all), true, &mut found.guessed),
            (suspecting(&silent), true, &mut found.guesses_alone),
        ] {
            if exactly {
                counts(&mut knowledge, *quarter, &counted, book);
            } else {
                logs(&mut knowledge, *quarter, visits);
            }
            let most = |number| knowledge.range(number).map_or(0, |(_, most)| most);
            links(*quarter, releases, visits, &most, links_found);
        }
    }
    found
}

/// The same export with nothing in it.
fn says_nothing(release: &Release) -> Release {
    let cells = release.cells.keys().map(|cell| (*cell, Shown::Masked));
    Release {
        total: Total::Masked,
        cells: cells.collect(),
        ..*release
    }
}

/// What the appointment book and the log add: no more visits of a kind were counted than there were.
/// Neither says who asked not to be counted.
fn logs(knowledge: &mut Knowledge, quarter: Quarter, visits: &[Visit]) {
    for month in quarter.months() {
        let there = || visits.iter().filter(|visit| visit.month == month);
        let most = |count: usize| (0, u32::try_from(count).unwrap_or(u32::MAX));
        knowledge.hears(Number::Visits(month), most(there().count()));
        for list in LOGGED {
            for cell in 0..list.len() {
                let same = there().filter(|visit| rank(visit, list) == Some(cell));
                knowledge.hears(Number::One(month, list, cell), most(same.count()));
            }
        }
    }
}

/// The same for one who knows who asked not to be counted, and so each number exactly. Nobody but the
/// station does, and it forgets: this shows how much depends on it.
fn counts(
    knowledge: &mut Knowledge,
    quarter: Quarter,
    counted: &dyn Fn(Number) -> u32,
    book: &Book,
) {
    for month in quarter.months() {
        let visits = book.visits(month);
        knowledge.hears(Number::Visits(month), (visits, visits));
        for list in LOGGED {
            for rank in 0..list.len() {
                let number = Number::One(month, list, rank);
                let count = counted(number);
                knowledge.hears(number, (count, count));
            }
        }
    }
}

fn count(number: Number, quarter: Quarter, months: &[Counts; 3], pairs: &Counts) -> u32 {
    let of = |counts: &Counts, cell| counts.get(&cell).copied().unwrap_or(0);
    match number {
        Number::One(month, list, rank) => quarter
            .months()
            .iter()
            .zip(months)
            .find(|(one, _)| **one == month)
            .map_or(0, |(_, counts)| of(counts, Cell::One(list, rank))),
        Number::Two(_, pair, row, column) => of(pairs, Cell::Two(pair, row, column)),
        Number::Visits(_) | Number::Total(_) => 0,
    }
}

fn links(
    quarter: Quarter,
    releases: &[Release],
    visits: &[Visit],
    most: Most<'_>,
    found: &mut Links,
) {
    for month in quarter.months() {
        let there = visits.iter().filter(|visit| visit.month == month).count();
        for list in WANTED {
            group(
                there,
                list.len(),
                |rank| most(Number::One(month, list, rank)),
                found,
            );
        }
    }
    let pairs = releases
        .iter()
        .find(|release| release.period == Period::Quarter(quarter))
        .map(pairs)
        .unwrap_or_default();
    for pair in pairs {
        for row in 0..pair.rows.len() {
            let there = visits
                .iter()
                .filter(|visit| {
                    visit.month.quarter() == quarter && rank(visit, pair.rows) == Some(row)
                })
                .count();
            let cell = |column| most(Number::Two(quarter, pair, row, column));
            group(there, pair.columns.len(), cell, found);
        }
        for column in 0..pair.columns.len() {
            let same = |visit: &&Visit| {
                visit.month.quarter() == quarter && rank(visit, pair.columns) == Some(column)
            };
            let there = visits.iter().filter(same).count();
            let cell = |row| most(Number::Two(quarter, pair, row, column));
            group(there, pair.rows.len(), cell, found);
        }
    }
}

/// What is so, or cannot be so, of every visit of a group that the attacker knows: the cells that
/// must be empty say it.
fn group(there: usize, cells: Rank, most: impl Fn(Rank) -> u32, found: &mut Links) {
    if there == 0 {
        return;
    }
    let empty = (0..cells).filter(|rank| most(*rank) == 0).count();
    let cells = usize::from(cells);
    if empty + 1 == cells {
        found.so += there;
    } else {
        found.not += empty * there;
    }
}

/// What the attacker knows of a visit.
const fn rank(visit: &Visit, list: Dimension) -> Option<Rank> {
    match list {
        Dimension::Operateur => Some(visit.operateur as Rank),
        Dimension::Thematique => Some(visit.thematique as Rank),
        Dimension::Duree => Some(visit.duree as Rank),
        Dimension::Mode
        | Dimension::Posture
        | Dimension::Issue
        | Dimension::Orientation
        | Dimension::Consentement
        | Dimension::Fin
        | Dimension::Effacement => None,
    }
}

/// The pairs that a release tells of.
pub fn pairs(release: &Release) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for cell in release.cells.keys() {
        if let Cell::Two(pair, _, _) = cell
            && !pairs.contains(pair)
        {
            pairs.push(*pair);
        }
    }
    pairs
}
