//! Working out a hidden number: the smallest and the largest value that agree with all that is
//! known.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, Variable,
};

use super::attack::{Bounds, Knowledge, Number, Sum};
use super::period::Month;

/// An attack that needs more branches than this is given up; the number then counts as found.
const BRANCHES: u64 = 2_000;

/// What is known contradicts the true numbers: something shown earlier was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contradiction;

type Values = BTreeMap<Number, u32>;

impl Knowledge {
    /// The smallest and the largest value of `number` that agree with everything known; `None`
    /// when nothing agrees. What cannot be worked out is as wide as the sums by themselves allow.
    #[must_use]
    pub fn range(&self, number: Number) -> Option<Bounds> {
        let outer = self.bounds(number);
        let end = |direction| match self.extreme(number, direction) {
            Extreme::Proven(values) => Ok(values.get(&number).copied()),
            Extreme::Unproven => Ok(None),
            Extreme::Impossible => Err(()),
        };
        let low = end(OptimizationDirection::Minimize).ok()?;
        let high = end(OptimizationDirection::Maximize).ok()?;
        Some((low.unwrap_or(outer.0), high.unwrap_or(outer.1)))
    }

    /// The numbers that can be worked out more closely than their guard allows. `guards` gives,
    /// for each hidden number, how wide its range must at least be.
    pub(super) fn exposed(
        &self,
        truth: &Values,
        guards: &BTreeMap<Number, u32>,
    ) -> Result<Vec<Number>, Contradiction> {
        let at = |number: Number| truth.get(&number).copied().unwrap_or(0);
        let fits = |number: &Number| {
            let (least, most) = self.bounds(*number);
            (least..=most).contains(&at(*number))
        };
        if !self.numbers().chain(guards.keys()).all(fits) {
            return Err(Contradiction);
        }
        let mut seen: BTreeMap<Number, Bounds> = BTreeMap::new();
        let mut exposed = Vec::new();
        for (number, guard) in guards {
            let (least, most) = self.bounds(*number);
            let hidden = most - least >= *guard
                && (self.moves_alone(*number, at) >= *guard
                    || self.moves_in_fours(*number, at) >= *guard
                    || self.is_hidden(*number, *guard, at, &mut seen));
            if !hidden {
                exposed.push(*number);
            }
        }
        Ok(exposed)
    }

    /// How far a number can move when only the others of its own list, and where nothing else
    /// depends on it the list's total, make up for it.
    fn moves_alone(&self, number: Number, at: impl Fn(Number) -> u32) -> u32 {
        let [own] = self.places(number)[..] else {
            return 0;
        };
        let (list, total) = &self.sums[own];
        let [total] = total[..] else { return 0 };
        if !self.alone(own) || total == number {
            return 0;
        }
        let free = self.places(total).iter().all(|sum| self.alone(*sum));
        let (from, to) = if free {
            self.bounds(total)
        } else {
            (at(total), at(total))
        };
        let (low, high) = self.sum(list);
        let (least, most) = self.bounds(number);
        let floor = u64::from(from).saturating_sub(high - u64::from(most));
        let ceiling = u64::from(to).saturating_sub(low - u64::from(least));
        let (floor, ceiling) = (floor.max(u64::from(least)), ceiling.min(u64::from(most)));
        u32::try_from(ceiling.saturating_sub(floor)).unwrap_or(0)
    }

    /// How far a number can move when three others at the corners of a rectangle make up for it:
    /// one more here, one less in its row and in its column, one more across. Every sum stays.
    fn moves_in_fours(&self, number: Number, at: impl Fn(Number) -> u32) -> u32 {
        let slack = |number: Number| {
            let (least, most) = self.bounds(number);
            let value = at(number);
            (value.saturating_sub(least), most.saturating_sub(value))
        };
        let (down, up) = slack(number);
        let (mut lower, mut higher) = (0, 0);
        for [beside, below, across] in corners(number) {
            let ((less_b, more_b), (less_c, more_c)) = (slack(beside), slack(below));
            let (less_a, more_a) = slack(across);
            higher = higher.max(up.min(less_b).min(less_c).min(more_a));
            lower = lower.max(down.min(more_b).min(more_c).min(less_a));
        }
        lower + higher
    }

    /// Whether the cells of this sum's list stand in no other sum.
    fn alone(&self, sum: usize) -> bool {
        let (list, _) = &self.sums[sum];
        list.iter().all(|each| self.places(*each).len() == 1)
    }

    /// Looks for two sets of counts that differ in `number` by the guard.
    fn is_hidden(
        &self,
        number: Number,
        guard: u32,
        at: impl Fn(Number) -> u32,
        seen: &mut BTreeMap<Number, Bounds>,
    ) -> bool {
        let wide = |seen: &BTreeMap<Number, Bounds>| {
            let truth = at(number);
            let (low, high) = seen.get(&number).copied().unwrap_or((truth, truth));
            high.max(truth) - low.min(truth) >= guard
        };
        if wide(seen) {
            return true;
        }
        for direction in [
            OptimizationDirection::Maximize,
            OptimizationDirection::Minimize,
        ] {
            if let Extreme::Proven(values) = self.extreme(number, direction) {
                for (each, value) in values {
                    let (low, high) = seen.entry(each).or_insert((value, value));
                    (*low, *high) = ((*low).min(value), (*high).max(value));
                }
                if wide(seen) {
                    return true;
                }
            }
        }
        false
    }

    /// A set of counts that agrees with everything known and in which `number` is as small or as
    /// large as it can be.
    fn extreme(&self, number: Number, direction: OptimizationDirection) -> Extreme {
        let (least, most) = self.bounds(number);
        if least > most {
            return Extreme::Impossible;
        }
        if least == most {
            return Extreme::Proven(Values::from([(number, least)]));
        }
        let mut program = Program::new(direction);
        program.aim(self, number);
        for (left, right) in self.touching(number) {
            if !program.add(self, left, right) {
                return Extreme::Impossible;
            }
        }
        program.solve()
    }

    /// The sums that may matter for a number: its own, and those that share an unknown number with
    /// them, and so on. A list in which every cell stands alone matters only by the bounds of its
    /// total, which [`Knowledge::of`] has taken over already.
    fn touching(&self, number: Number) -> Vec<&Sum> {
        let mut chosen = BTreeSet::new();
        let mut reached = BTreeSet::from([number]);
        let mut next = vec![number];
        while let Some(each) = next.pop() {
            for at in self.places(each) {
                let (left, right) = &self.sums[*at];
                let own = left.contains(&number) || right.contains(&number);
                if (self.alone(*at) && !own) || !chosen.insert(*at) {
                    continue;
                }
                for other in left.iter().chain(right) {
                    let (least, most) = self.bounds(*other);
                    if least < most && reached.insert(*other) {
                        next.push(*other);
                    }
                }
            }
        }
        chosen.into_iter().map(|at| &self.sums[at]).collect()
    }
}

/// The other corners of each rectangle with `number` at one of them: of a pair's table, or of the
/// table of a list's values by month.
fn corners(number: Number) -> Vec<[Number; 3]> {
    match number {
        Number::Visits(_) | Number::Total(_) => Vec::new(),
        Number::One(month, list, rank) => {
            let ranks = (0..list.len()).filter(move |other| *other != rank);
            let months = month.quarter().months();
            let corner = |other: Month, other_rank| {
                [
                    Number::One(month, list, other_rank),
                    Number::One(other, list, rank),
                    Number::One(other, list, other_rank),
                ]
            };
            let months = months.into_iter().filter(|other| *other != month);
            months
                .flat_map(|other| ranks.clone().map(move |rank| corner(other, rank)))
                .collect()
        }
        Number::Two(quarter, pair, row, column) => {
            let cell = |row, column| Number::Two(quarter, pair, row, column);
            let rows = (0..pair.rows.len()).filter(|other| *other != row);
            let columns = (0..pair.columns.len()).filter(|other| *other != column);
            rows.flat_map(|r| {
                let columns = columns.clone();
                columns.map(move |c| [cell(row, c), cell(r, column), cell(r, c)])
            })
            .collect()
        }
    }
}

enum Extreme {
    Proven(Values),
    Unproven,
    Impossible,
}

/// One integer program.
struct Program {
    problem: Problem,
    variables: BTreeMap<Number, Variable>,
}

impl Program {
    fn new(direction: OptimizationDirection) -> Self {
        Self {
            problem: Problem::new(direction),
            variables: BTreeMap::new(),
        }
    }

    fn aim(&mut self, knowledge: &Knowledge, number: Number) {
        let bounds = whole(knowledge.bounds(number));
        let variable = self.problem.add_integer_var(1.0, bounds);
        self.variables.insert(number, variable);
    }

    /// Adds "left = right"; false when that cannot be.
    fn add(&mut self, knowledge: &Knowledge, left: &[Number], right: &[Number]) -> bool {
        let mut known = 0.0;
        let mut terms = Vec::new();
        for (side, sign) in [(left, 1.0), (right, -1.0)] {
            for number in side {
                let (least, most) = knowledge.bounds(*number);
                if least > most {
                    return false;
                }
                if least == most {
                    known += sign * f64::from(least);
                    continue;
                }
                let problem = &mut self.problem;
                let variable = self
                    .variables
                    .entry(*number)
                    .or_insert_with(|| problem.add_integer_var(0.0, whole((least, most))));
                terms.push((*variable, sign));
            }
        }
        if terms.is_empty() {
            return known == 0.0;
        }
        self.problem
            .add_constraint(&terms[..], ComparisonOp::Eq, -known);
        true
    }

    fn solve(&self) -> Extreme {
        let mut options = SolveOptions::default();
        options.node_limit = Some(BRANCHES);
        let solution = match self.problem.solve_with(options) {
            Ok(outcome) => match outcome.into_solution() {
                Ok(solution) if solution.status() == SolutionStatus::Optimal => solution,
                Ok(_) | Err(_) => return Extreme::Unproven,
            },
            Err(microlp::Error::Infeasible) => return Extreme::Impossible,
            Err(_) => return Extreme::Unproven,
        };
        let value = |variable| solution.var_value(variable).round().max(0.0) as u32;
        let values = self.variables.iter();
        Extreme::Proven(values.map(|(number, at)| (*number, value(*at))).collect())
    }
}

fn whole((least, most): Bounds) -> (i32, i32) {
    let whole = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    (whole(least), whole(most))
}
