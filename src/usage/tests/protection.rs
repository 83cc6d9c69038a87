//! Thousands of random tables: nothing that is hidden can be worked out.

use super::*;
use crate::usage::attack::{Knowledge, Number};
use crate::usage::release::Release;

const MONTHS: [&str; 3] = ["2026-10", "2026-11", "2026-12"];

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// What a list's cells and total may be, as far as its release says.
fn said(book: &Book, at: Month, release: &Release, cell: Cell) -> (u32, u32) {
    match release.cells[&cell] {
        Shown::Exact(count) => (count, count),
        Shown::Fewer => (0, release.threshold - 1),
        // The attacker guesses rightly that it is large, unless it is not.
        Shown::Masked if says_some(release, cell) && count(book, at, cell) >= release.threshold => {
            (release.threshold, 100_000)
        }
        Shown::Masked => (0, 100_000),
    }
}

/// Whether anything is said of the list of this cell.
fn says_some(release: &Release, of: Cell) -> bool {
    let Cell::One(list, _) = of else {
        panic!("a month has no tables");
    };
    let mut cells = (0..list.len()).map(|rank| release.cells[&Cell::One(list, rank)]);
    cells.any(|shown| shown != Shown::Masked)
}

fn count(book: &Book, at: Month, cell: Cell) -> u32 {
    book.month(at).get(&cell).copied().unwrap_or(0)
}

/// A second attacker, who knows nothing of programs: the lists of one month hang together only by
/// their total, so that the range of each number can be written down.
fn by_hand(book: &Book, at: Month, release: &Release) -> Vec<(Cell, (u32, u32))> {
    let lists: Vec<Vec<(Cell, (u32, u32))>> = Dimension::ALL
        .iter()
        .filter(|list| !list.of_the_machine())
        .map(|list| {
            let cells = (0..list.len()).map(|rank| Cell::One(*list, rank));
            cells
                .map(|cell| (cell, said(book, at, release, cell)))
                .collect()
        })
        .collect();
    let (mut least, mut most) = match release.total {
        Total::Exact(total) => (total, total),
        Total::Rounded(total) => (total.saturating_sub(2).max(release.threshold), total + 2),
        Total::Fewer => (0, release.threshold - 1),
        Total::Masked | Total::Noisy { .. } => (0, 100_000),
    };
    let sums = |list: &[(Cell, (u32, u32))]| {
        list.iter().fold((0, 0), |(low, high), (_, (from, to))| {
            (low + from, high + to)
        })
    };
    for list in &lists {
        let (low, high) = sums(list);
        (least, most) = (least.max(low), most.min(high));
    }
    assert!(least <= most);
    let mut ranges = Vec::new();
    for list in &lists {
        let (low, high) = sums(list);
        for (cell, (from, to)) in list {
            let floor = least.saturating_sub(high - to).max(*from);
            let ceiling = (most - (low - from)).min(*to);
            ranges.push((*cell, (floor, ceiling)));
        }
    }
    ranges
}

/// The hidden small numbers of a month that are narrowed down too much.
fn found(book: &Book, at: Month, threshold: u32, ranges: &[(Cell, (u32, u32))]) -> Vec<Cell> {
    let counts = book.month(at);
    let small = |cell: &Cell| counts.get(cell).copied().unwrap_or(0) < threshold;
    ranges
        .iter()
        .filter(|(cell, (low, high))| small(cell) && high - low < guard(threshold))
        .map(|(cell, _)| *cell)
        .collect()
}

/// Every cell of a month, also the empty ones.
fn all(book: &Book, at: Month) -> Vec<(Cell, u32)> {
    let counts = book.month(at);
    Dimension::ALL
        .iter()
        .flat_map(|list| (0..list.len()).map(|rank| Cell::One(*list, rank)))
        .map(|cell| (cell, counts.get(&cell).copied().unwrap_or(0)))
        .collect()
}

/// Lists whose every cell is hidden or true, never below the threshold, with a rounded total.
fn is_lawful(book: &Book, at: Month, release: &Release) {
    let threshold = release.threshold;
    for (cell, count) in all(book, at) {
        let Cell::One(list, _) = cell else { continue };
        match release.cells[&cell] {
            Shown::Exact(shown) if list.of_the_machine() => assert_eq!(shown, count),
            Shown::Exact(shown) => assert!(shown == count && count >= threshold, "{cell:?}"),
            Shown::Fewer => assert!(count < threshold, "{cell:?}"),
            Shown::Masked => (),
        }
    }
    let visits = book.visits(at);
    match release.total {
        Total::Exact(total) => assert_eq!((total, release.hidden()), (visits, (0, 0))),
        Total::Rounded(total) => assert!(total % 5 == 0 && total.abs_diff(visits) <= 2),
        Total::Fewer => assert!(visits < threshold),
        Total::Masked | Total::Noisy { .. } => (),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Each case is three months of ten lists under two thresholds: 60 tables.
    #[test]
    fn no_month_gives_a_hidden_number_away(book in quarter(120)) {
        for at in MONTHS.map(month) {
            for threshold in [11, 5] {
                let public = Onlooker { threshold, seen: Vec::new() };
                let release = protect(&book, Period::Month(at), threshold, &[public]).unwrap();
                is_lawful(&book, at, &release);
                prop_assert_eq!(found(&book, at, threshold, &by_hand(&book, at, &release)), vec![]);
            }
        }
    }
}

/// The hidden small numbers of a quarter that the attacker narrows down too much; of each list and
/// table those at `some`, because each costs two programs.
fn found_in_quarter(
    book: &Book,
    releases: &[Release],
    threshold: u32,
    some: &[prop::sample::Index],
) -> Vec<Number> {
    let quarter = month("2026-10").quarter();
    let truth = crate::usage::attack::truth(book, quarter);
    let at = |number: Number| truth.get(&number).copied().unwrap_or(0);
    let knowledge = Knowledge::with(quarter, &releases.iter().collect::<Vec<_>>(), at);
    let mut hidden = Vec::new();
    for at in MONTHS.map(month) {
        let counts = all(book, at)
            .into_iter()
            .filter(|(_, count)| *count < threshold);
        hidden.extend(counts.filter_map(|(cell, _)| match cell {
            Cell::One(list, rank) if !list.of_the_machine() => Some(Number::One(at, list, rank)),
            Cell::One(..) | Cell::Two(..) => None,
        }));
    }
    let counts = book.quarter(quarter);
    for pair in pairs() {
        let ranks = (0..pair.rows.len()).flat_map(|r| (0..pair.columns.len()).map(move |c| (r, c)));
        let small = |(r, c): &(Rank, Rank)| {
            counts.get(&Cell::Two(pair, *r, *c)).copied().unwrap_or(0) < threshold
        };
        hidden.extend(
            ranks
                .filter(small)
                .map(|(r, c)| Number::Two(quarter, pair, r, c)),
        );
    }
    some.iter()
        .map(|index| hidden[index.index(hidden.len())])
        .filter(|number| {
            let (low, high) = knowledge.range(*number).unwrap();
            high - low < guard(threshold)
        })
        .collect()
}

/// Months, their quarter, then perhaps a month again under a higher threshold; and staff who see
/// their screen too.
fn no_row_gives_a_hidden_number_away(
    book: &Book,
    higher: u32,
    some: &[prop::sample::Index],
) -> Result<(), TestCaseError> {
    let rules = Thresholds::default();
    let mut before = Vec::new();
    prop_assert_eq!(
        for_export(book, period("2026-T4"), rules, &before),
        Err(Withheld::Months)
    );
    for at in MONTHS.into_iter().chain(["2026-T4"]) {
        before.push(for_export(book, period(at), rules, &before).unwrap());
    }
    let higher = Thresholds::new(higher, 5).unwrap();
    before.extend(for_export(book, period("2026-11"), higher, &before));
    prop_assert_eq!(found_in_quarter(book, &before, 11, some), vec![]);
    for at in MONTHS {
        before.push(for_staff(book, month(at), rules).unwrap());
    }
    prop_assert_eq!(found_in_quarter(book, &before, 5, some), vec![]);
    Ok(())
}

/// Twice the same in two tests: each case takes seconds, and tests run beside each other.
macro_rules! no_row {
    ($name:ident) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(2))]

            #[test]
            fn $name(
                book in quarter(260),
                higher in 11u32..30,
                some in prop::collection::vec(any::<prop::sample::Index>(), 10),
            ) {
                no_row_gives_a_hidden_number_away(&book, higher, &some)?;
            }
        }
    };
}

no_row!(no_row_of_exports_gives_a_hidden_number_away);
no_row!(no_row_of_other_exports_does_either);

/// A month of 100 visits in which one list has this distribution.
fn with_modes(counts: [u32; 3]) -> Book {
    let mut book = Book::new(month("2026-11"));
    for (mode, count) in Mode::ALL.iter().zip(counts) {
        for _ in 0..count {
            let line = Line {
                mode: *mode,
                ..super::trace::alone()
            };
            book.count(&line, month("2026-11"), &pairs());
        }
    }
    book.written = month("2026-12");
    book
}

#[test]
fn one_small_cell_hides_another_and_the_total_is_rounded() {
    let book = with_modes([60, 33, 4]);
    let at = month("2026-11");
    // The control: without the second cell, the sum gives the first away.
    let naive = Release::primary(&book, Period::Month(at), 11);
    assert!(!found(&book, at, 11, &by_hand(&book, at, &naive)).is_empty());
    let release = for_export(&book, Period::Month(at), Thresholds::default(), &[]).unwrap();
    let mode = |rank| release.cells[&Cell::One(Dimension::Mode, rank)];
    assert_eq!(
        [mode(0), mode(1), mode(2)],
        [Shown::Exact(60), Shown::Masked, Shown::Fewer]
    );
    assert_eq!(release.total, Total::Rounded(95));
}

#[test]
fn everybody_alike_is_hidden_too() {
    // "All 100 visits were alone" says something of each visitor.
    let book = with_modes([100, 0, 0]);
    let at = Period::Month(month("2026-11"));
    let release = for_export(&book, at, Thresholds::default(), &[]).unwrap();
    for rank in 0..3 {
        assert!(!matches!(
            release.cells[&Cell::One(Dimension::Mode, rank)],
            Shown::Exact(_)
        ));
    }
}

#[test]
fn two_tables_that_overlap_are_looked_at_together() {
    let book = with_modes([60, 33, 4]);
    let at = Period::Month(month("2026-11"));
    let rules = Thresholds::default();
    let first = for_export(&book, at, rules, &[]).unwrap();
    // An earlier table that shows what the new one hides: together they would give 4 away.
    let mut other = first.clone();
    other.threshold = 12;
    other.total = Total::Exact(97);
    other
        .cells
        .insert(Cell::One(Dimension::Mode, 1), Shown::Exact(33));
    let refused = for_export(&book, at, rules, std::slice::from_ref(&other));
    assert_eq!(
        refused,
        Err(Withheld::Recoverable),
        "it is out already: nothing can be hidden"
    );
    // One that contradicts the store is a reason to stop, too.
    other.total = Total::Exact(96);
    assert_eq!(
        for_export(&book, at, rules, &[other]),
        Err(Withheld::Contradiction)
    );
}

#[test]
fn a_pair_that_began_within_the_quarter_is_left_out() {
    let mut book = with_modes([60, 33, 40]);
    book.count(&super::trace::alone(), month("2026-12"), &[]);
    book.written = month("2027-01");
    let rules = Thresholds::default();
    let mut before = Vec::new();
    for at in MONTHS.into_iter().chain(["2026-T4"]) {
        before.push(for_export(&book, period(at), rules, &before).unwrap());
    }
    assert_eq!(before[3].cells.len(), 0);
}

#[test]
fn the_staff_board_has_twelve_complete_months_at_most() {
    let mut book = Book::new(month("2025-01"));
    let mut at = month("2025-01");
    while at <= month("2026-11") {
        for _ in 0..20 {
            book.count(&super::trace::alone(), at, &[]);
        }
        at = at.after();
    }
    book.written = month("2026-11");
    let board = Board::of(&book, Thresholds::default()).unwrap();
    let months: Vec<Month> = board.months().collect();
    assert_eq!(months.len(), 12);
    assert_eq!(
        (months[0], months[11]),
        (month("2025-11"), month("2026-10"))
    );
    assert_eq!(
        board.cell(month("2026-11"), Dimension::Mode, 0),
        None,
        "the month is not over"
    );
    assert_eq!(
        board.cell(months[0], Dimension::Mode, 1),
        Some(Shown::Fewer)
    );
}
