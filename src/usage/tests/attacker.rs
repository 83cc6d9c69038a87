//! The attacker against every table there is, one by one: small enough to count them all.

use super::*;
use crate::usage::attack::{Knowledge, Number};
use std::collections::BTreeMap;

fn number(at: usize) -> Number {
    Number::One(month("2026-11"), Dimension::Operateur, at as Rank)
}

/// A system of `count` numbers with bounds and sums; each sum's total is a number of its own.
#[derive(Clone, Debug)]
struct Small {
    truth: Vec<u32>,
    bounds: Vec<(u32, u32)>,
    sums: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Small {
    fn knowledge(&self) -> Knowledge {
        let numbers = |list: &Vec<usize>| list.iter().map(|at| number(*at)).collect();
        let bounds = self.bounds.iter().enumerate();
        let bounds = bounds.map(|(at, bounds)| (number(at), *bounds)).collect();
        let sums = self.sums.iter().map(|(l, r)| (numbers(l), numbers(r)));
        Knowledge::new(bounds, sums.collect())
    }

    /// The ranges over all tables that agree.
    fn all(&self) -> Vec<(u32, u32)> {
        let mut found: Vec<Option<(u32, u32)>> = vec![None; self.truth.len()];
        let mut values: Vec<u32> = self.bounds.iter().map(|b| b.0).collect();
        loop {
            let sum = |list: &[usize]| list.iter().map(|at| values[*at]).sum::<u32>();
            if self
                .sums
                .iter()
                .all(|(left, right)| sum(left) == sum(right))
            {
                for (range, value) in found.iter_mut().zip(&values) {
                    let (low, high) = range.unwrap_or((*value, *value));
                    *range = Some((low.min(*value), high.max(*value)));
                }
            }
            let Some(at) = (0..values.len()).find(|at| values[*at] < self.bounds[*at].1) else {
                return found.into_iter().map(Option::unwrap).collect();
            };
            values[at] += 1;
            for (value, bounds) in values.iter_mut().zip(&self.bounds).take(at) {
                *value = bounds.0;
            }
        }
    }
}

/// A table of 2 or 3 rows and columns with row and column totals, some numbers of it hidden.
fn table() -> impl Strategy<Value = Small> {
    let size = (2usize..=3, 2usize..=3);
    size.prop_flat_map(|(rows, columns)| {
        let cells = rows * columns;
        (
            Just((rows, columns)),
            prop::collection::vec(0u32..5, cells),
            prop::collection::vec(prop::bool::weighted(0.6), cells + rows + columns),
        )
    })
    .prop_map(|((rows, columns), mut truth, hidden)| {
        let cells = rows * columns;
        let mut sums = Vec::new();
        let lines = (0..rows).map(|r| (0..columns).map(|c| r * columns + c).collect::<Vec<_>>());
        let stacks = (0..columns).map(|c| (0..rows).map(|r| r * columns + c).collect::<Vec<_>>());
        for list in lines.chain(stacks) {
            sums.push((list.clone(), vec![truth.len()]));
            truth.push(list.iter().map(|at| truth[*at]).sum());
        }
        let mut wide = 0;
        let bounds = (truth.iter().zip(&hidden).enumerate())
            .map(
                |(at, (value, hidden))| match (at < cells, *hidden && wide < 7) {
                    (true, true) => {
                        wide += 1;
                        (0, 4)
                    }
                    (false, true) if at == truth.len() - 1 => (value.saturating_sub(2), value + 2),
                    (true | false, _) => (*value, *value),
                },
            )
            .collect();
        Small {
            truth,
            bounds,
            sums,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn finds_exactly_what_can_be_found(small in table()) {
        let mut knowledge = small.knowledge();
        for round in 0..2 {
            for (at, range) in small.all().into_iter().enumerate() {
                prop_assert_eq!(knowledge.range(number(at)), Some(range), "round {} at {}", round, at);
            }
            // Narrowing is a help that changes no answer.
            knowledge.narrow();
        }
    }

    #[test]
    fn calls_exposed_exactly_what_is(small in table(), guard in 1u32..5) {
        let truth: BTreeMap<_, _> =
            small.truth.iter().enumerate().map(|(at, value)| (number(at), *value)).collect();
        let guards = (0..small.truth.len()).map(|at| (number(at), guard)).collect();
        let exposed = small.knowledge().exposed(&truth, &guards).unwrap();
        let narrow: Vec<_> = small
            .all()
            .iter()
            .enumerate()
            .filter(|(_, (low, high))| high - low < guard)
            .map(|(at, _)| number(at))
            .collect();
        prop_assert_eq!(exposed, narrow);
    }
}
