#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs
)]

mod attacker;
mod disk;
mod export;
mod logs;
mod private;
mod protection;
mod store;
mod trace;

use proptest::prelude::*;

use super::*;

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// What most houses will count.
pub fn pairs() -> Vec<Pair> {
    vec![
        Pair::new(Dimension::Operateur, Dimension::Mode).unwrap(),
        Pair::new(Dimension::Thematique, Dimension::Issue).unwrap(),
    ]
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    // Real counts are uneven: low ranks are much more frequent.
    (any::<prop::sample::Index>(), any::<prop::sample::Index>())
        .prop_map(move |(a, b)| all[a.index(all.len()).min(b.index(all.len()))])
}

pub fn line() -> impl Strategy<Value = Line> {
    (
        any_of(Mode::ALL),
        prop::option::of(any_of(Posture::ALL)),
        any_of(Thematique::ALL),
        any_of(Operateur::ALL),
        any_of(Duree::ALL),
        any_of(Issue::ALL),
        prop::option::weighted(0.1, any_of(Orientation::ALL)),
        any_of(Consentement::ALL),
        any_of(Fin::ALL),
        prop::sample::select(vec![Effacement::Ok; 20]),
    )
        .prop_map(
            |(mode, posture, thematique, operateur, duree, issue, orientation, c, fin, e)| Line {
                mode,
                posture,
                thematique,
                operateur,
                duree,
                issue,
                orientation,
                consentement: c,
                fin,
                effacement: e,
            },
        )
}

/// A quarter's visits, month by month, and the book of them, written in the quarter after.
pub fn quarter(most: usize) -> impl Strategy<Value = Book> {
    let visits = || prop::collection::vec(line(), 0..most);
    [visits(), visits(), visits()].prop_map(|months| {
        let mut book = Book::new(month("2026-10"));
        for (lines, at) in months.iter().zip(["2026-10", "2026-11", "2026-12"]) {
            for line in lines {
                book.count(line, month(at), &pairs());
            }
        }
        book.written = month("2027-01");
        book
    })
}

/// A station that counts in this folder until the first value is dropped; for other rooms' tests.
pub fn counting(folder: &std::path::Path) -> (impl Sized, Tray) {
    let clerk = Clerk::open(folder, Vec::new(), Hour::EVENING).unwrap();
    let tray = clerk.tray();
    (clerk, tray)
}

/// Puts something in the place of the store that is none.
pub fn damage(folder: &std::path::Path) {
    std::fs::write(folder.join("statistiques.csv"), b"not a store").unwrap();
}

/// A store of so many like visits in a month that is over.
pub fn a_month(folder: &std::path::Path, at: Month, visits: u32) {
    let mut ledger = Ledger::open(folder, Vec::new(), at).unwrap();
    (0..visits).for_each(|_| ledger.count(&trace::alone(), at));
    ledger.save(at.after()).unwrap();
}

#[test]
fn the_lists_are_those_of_the_catalogue_and_a_few_more() {
    for operator in crate::catalogue::Operator::ALL {
        assert_eq!(Operateur::from(*operator).name(), operator.name());
    }
    for thematique in crate::catalogue::Thematique::ALL {
        assert_eq!(Thematique::from(*thematique).name(), thematique.name());
    }
    for dimension in Dimension::ALL {
        for rank in 0..dimension.len() {
            let name = dimension.cell(rank).unwrap();
            assert_eq!(dimension.rank(name), Some(rank));
        }
        assert_eq!(dimension.cell(dimension.len()), None);
    }
}

#[test]
fn periods_are_fixed_and_have_one_spelling() {
    for text in ["2026-11", "2026-T4", "2020-01", "2199-12"] {
        assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }
    for text in [
        "2026-13", "2026-00", "2026-1", "+026-11", "2026-T5", "2019-12", "2026", "",
    ] {
        assert_eq!(text.parse::<Period>(), Err(NoPeriod), "{text}");
    }
    assert_eq!(month("2026-01").before(), month("2025-12"));
    assert_eq!(month("2026-12").after(), month("2027-01"));
    assert_eq!(month("2026-05").quarter().to_string(), "2026-T2");
    assert!(
        month("2026-05")
            .quarter()
            .months()
            .contains(&month("2026-06"))
    );
    for text in ["19:00", "00:00", "23:59"] {
        assert_eq!(text.parse::<Hour>().unwrap().to_string(), text);
    }
    for text in ["24:00", "9:00", "19h00", "19:60", ""] {
        assert!(text.parse::<Hour>().is_err(), "{text}");
    }
}

#[test]
fn thresholds_go_upwards_only() {
    assert!(Thresholds::new(11, 5).is_some() && Thresholds::new(20, 11).is_some());
    for (export, staff) in [(10, 5), (11, 4), (11, 12), (101, 5)] {
        assert_eq!(Thresholds::new(export, staff), None);
    }
}
