//! An attacker who also has the appointment book and the network's log: random tables, and nothing
//! hidden in them can be learnt for certain.

use super::*;
use crate::usage::book::Counts;
use crate::usage::release::Release;

/// Tables whose rows an appointment book or a log can count, and one whose columns it can.
const SMALL: [(Dimension, Dimension); 4] = [
    (Dimension::Duree, Dimension::Mode),
    (Dimension::Duree, Dimension::Consentement),
    (Dimension::Duree, Dimension::Issue),
    (Dimension::Fin, Dimension::Duree),
];

/// What most houses will count.
const LARGE: [(Dimension, Dimension); 2] = [
    (Dimension::Operateur, Dimension::Mode),
    (Dimension::Thematique, Dimension::Issue),
];

fn logged<const N: usize>(tables: [(Dimension, Dimension); N]) -> Vec<Pair> {
    tables
        .map(|(rows, columns)| Pair::new(rows, columns).unwrap())
        .to_vec()
}

/// A table with the log's lines as rows, and how its cells are called.
fn lines(pair: Pair) -> Vec<Vec<Cell>> {
    let cell = |row, column| Cell::Two(pair, row, column);
    if pair.rows.is_logged() {
        let columns = move |row| (0..pair.columns.len()).map(move |c| cell(row, c)).collect();
        (0..pair.rows.len()).map(columns).collect()
    } else {
        let rows = move |column| (0..pair.rows.len()).map(move |r| cell(r, column)).collect();
        (0..pair.columns.len()).map(rows).collect()
    }
}

fn count(counts: &Counts, cell: Cell) -> u32 {
    counts.get(&cell).copied().unwrap_or(0)
}

/// What the attacker believes of each cell of a line, before they subtract. They are right about
/// which masked numbers are large, as long as anything else of the line is said.
fn believed(release: &Release, counts: &Counts, line: &[Cell]) -> Vec<(u32, u32)> {
    let silent = line.iter().all(|cell| release.cells[cell] == Shown::Masked);
    let bounds = |cell: &Cell| match release.cells[cell] {
        Shown::Exact(shown) => (shown, shown),
        Shown::Fewer => (0, release.threshold - 1),
        Shown::Masked if !silent && count(counts, *cell) >= release.threshold => {
            (release.threshold, 100_000)
        }
        Shown::Masked => (0, 100_000),
    };
    line.iter().map(bounds).collect()
}

/// The hidden cells that somebody who knows the sum of each line learns for certain. Written without
/// the judge: within a line the range of a cell is what the others leave.
fn learnt(release: &Release, counts: &Counts) -> Vec<Cell> {
    let mut learnt = Vec::new();
    for line in release.pairs().into_iter().flat_map(lines) {
        let sum: u32 = line.iter().map(|cell| count(counts, *cell)).sum();
        if sum == 0 {
            continue;
        }
        let bounds = believed(release, counts, &line);
        let (low, high) = bounds.iter().fold((0, 0), |all: (u32, u32), one| {
            (all.0 + one.0, all.1 + one.1)
        });
        for (cell, (least, most)) in line.iter().zip(bounds) {
            let floor = least.max(sum.saturating_sub(high - most));
            let ceiling = most.min(sum - (low - least));
            let hidden = !matches!(release.cells[cell], Shown::Exact(_));
            if hidden && floor == ceiling {
                learnt.push(*cell);
            }
        }
    }
    learnt
}

/// A quarter's visits, and the book of them with these tables.
fn book(most: usize, pairs: Vec<Pair>) -> impl Strategy<Value = Book> {
    prop::collection::vec((line(), 0usize..3), 0..most).prop_map(move |visits| {
        let mut book = Book::new(month("2026-10"));
        for (line, at) in visits {
            let at = ["2026-10", "2026-11", "2026-12"][at];
            book.count(&line, month(at), &pairs);
        }
        book.written = month("2027-01");
        book
    })
}

fn judged(book: &Book, threshold: u32) -> Release {
    let public = Onlooker {
        threshold,
        seen: Vec::new(),
    };
    let quarter = Period::Quarter(month("2026-11").quarter());
    protect(book, quarter, threshold, &[public]).unwrap()
}

/// Each case is four small tables, or two large ones, under two thresholds.
macro_rules! who_has_the_log_learns_nothing {
    ($name:ident, $cases:expr, $most:expr, $tables:expr) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases($cases))]

            #[test]
            fn $name(book in book($most, logged($tables))) {
                for threshold in [11, 5] {
                    let counts = book.quarter(month("2026-11").quarter());
                    let release = judged(&book, threshold);
                    prop_assert_eq!(learnt(&release, &counts), vec![]);
                }
            }
        }
    };
}

who_has_the_log_learns_nothing!(
    who_has_the_log_learns_nothing_of_small_tables,
    20,
    300,
    SMALL
);
who_has_the_log_learns_nothing!(
    who_has_the_log_learns_nothing_of_large_tables,
    6,
    800,
    LARGE
);

/// The row that gave itself away: 25 visits, 14 and 11 shown, "fewer than 11" for the third.
#[test]
fn a_row_whose_sum_a_log_tells_does_not_give_its_empty_cell_away() {
    let pair = Pair::new(Dimension::Operateur, Dimension::Mode).unwrap();
    let mut book = Book::new(month("2026-10"));
    for (operateur, counts) in [
        (Operateur::Justice, [14, 11, 0]),
        (Operateur::Cnaf, [40, 30, 20]),
        (Operateur::Dgfip, [11, 11, 0]),
    ] {
        for (mode, count) in Mode::ALL.iter().zip(counts) {
            let line = Line {
                mode: *mode,
                operateur,
                ..super::trace::alone()
            };
            (0..count).for_each(|_| book.count(&line, month("2026-11"), &[pair]));
        }
    }
    book.written = month("2027-01");
    let quarter = month("2026-11").quarter();
    let counts = book.quarter(quarter);
    // The control: thresholds alone give both empty cells away.
    let naive = Release::primary(&book, Period::Quarter(quarter), 11);
    let empty = |operateur: Operateur| Cell::Two(pair, operateur as Rank, 2);
    for operateur in [Operateur::Justice, Operateur::Dgfip] {
        assert!(learnt(&naive, &counts).contains(&empty(operateur)));
    }
    let release = judged(&book, 11);
    assert_eq!(learnt(&release, &counts), []);
    let caf = (0..3).map(|mode| release.cells[&Cell::Two(pair, Operateur::Cnaf as Rank, mode)]);
    assert!(
        caf.clone().any(|shown| matches!(shown, Shown::Exact(_))),
        "the rest stays useful: {:?}",
        caf.collect::<Vec<_>>()
    );
}
