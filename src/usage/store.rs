//! The store: one text file that anybody can open, with nothing in it but counters in a fixed
//! order. Decision 0080 says why it is no database.
//!
//! ```text
//! # estran-statistiques version=2 mois=2026-12
//! periode,dimension,valeur,dimension_2,valeur_2,nombre
//! 2026-11,mode,autonome,,,123
//! 2026-T4,operateur,cnaf,mode,autonome,12
//! # sha256=…
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::book::{Book, Cell, Counts, MOST, Pair, sum, visits};
use super::line::Dimension;
use super::period::{Month, Period};

/// The schema that is written.
pub const VERSION: u8 = 2;

/// A store is small: 600 rows a month at the very most.
pub const LARGEST: usize = 8 << 20;

/// Periods that a store may hold: fifty years of months and quarters.
const MOST_PERIODS: usize = 800;

const HEADER: &str = "periode,dimension,valeur,dimension_2,valeur_2,nombre";
const HEADER_1: &str = "periode,dimension,valeur,nombre";

/// Why a store cannot be read. Names a place in the file, never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Too long to be one of ours.
    #[error("the file is larger than a store can be")]
    Large,
    /// No text.
    #[error("the file is not UTF-8 text")]
    Text,
    /// Not ours.
    #[error("line 1 is not the first line of a store")]
    First,
    /// A schema of a later program.
    #[error("the store was written by a later version of Estran")]
    Later,
    /// Changed by something else than Estran, or cut off.
    #[error("the checksum in the last line does not fit the rest")]
    Checksum,
    /// Not a row.
    #[error("line {0} is not a row of the store")]
    Row(usize),
    /// The lists of a month do not have the same sum, or a quarter has more than its months.
    #[error("the sums of {0} do not agree")]
    Sums(Period),
}

/// The bytes of a book. Equal books have equal bytes.
#[must_use]
pub fn write(book: &Book) -> Vec<u8> {
    let mut text = format!(
        "# estran-statistiques version={VERSION} mois={}\n{HEADER}\n",
        book.written
    );
    for (month, counts) in &book.months {
        rows(&mut text, Period::Month(*month), counts);
    }
    for (quarter, counts) in &book.quarters {
        rows(&mut text, Period::Quarter(*quarter), counts);
    }
    let sum = checksum(&text);
    text.push_str(&sum);
    text.into_bytes()
}

fn rows(text: &mut String, period: Period, counts: &Counts) {
    for (cell, count) in counts.iter().filter(|(_, count)| **count > 0) {
        let [a, b, c, d] = names(*cell);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{period},{a},{b},{c},{d},{count}");
    }
}

/// The names of a cell; the last two are empty for a list alone.
pub(super) fn names(cell: Cell) -> [&'static str; 4] {
    let name = |dimension: Dimension, rank| dimension.cell(rank).unwrap_or_default();
    match cell {
        Cell::One(dimension, rank) => [dimension.name(), name(dimension, rank), "", ""],
        Cell::Two(pair, row, column) => [
            pair.rows.name(),
            name(pair.rows, row),
            pair.columns.name(),
            name(pair.columns, column),
        ],
    }
}

/// The cell of these names.
pub(super) fn cell(names: [&str; 4]) -> Option<Cell> {
    let one = Dimension::from_name(names[0])?;
    let rank = one.rank(names[1])?;
    if names[2].is_empty() && names[3].is_empty() {
        return Some(Cell::One(one, rank));
    }
    let two = Dimension::from_name(names[2])?;
    let pair = Pair::new(one, two)?;
    Some(Cell::Two(pair, rank, two.rank(names[3])?))
}

pub(super) fn checksum(text: &str) -> String {
    let mut line = "# sha256=".to_owned();
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(line, "{byte:02x}");
    }
    line.push('\n');
    line
}

/// Reads the bytes of a store, of this schema or an earlier one.
///
/// # Errors
/// When the bytes are no store, or one that something else has changed.
pub fn read(bytes: &[u8]) -> Result<Book, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::Large);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Text)?;
    let first = text.lines().next().unwrap_or_default();
    match first.strip_prefix("# estran-statistiques version=") {
        Some("1") => from_1(text),
        Some(rest) => match rest.split_once(" mois=") {
            Some(("2", month)) => {
                let month = month.parse().map_err(|_| Unreadable::First)?;
                read_2(text, month)
            }
            Some((later, _)) if later.parse::<u8>().is_ok_and(|later| later > VERSION) => {
                Err(Unreadable::Later)
            }
            Some(_) | None => Err(Unreadable::First),
        },
        None => Err(Unreadable::First),
    }
}

fn read_2(text: &str, month: Month) -> Result<Book, Unreadable> {
    let last = text
        .trim_end_matches('\n')
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let (body, sum) = text.split_at(last);
    if checksum(body) != sum {
        return Err(Unreadable::Checksum);
    }
    let mut lines = body.lines().zip(1..).skip(1);
    if lines.next().map(|(line, _)| line) != Some(HEADER) {
        return Err(Unreadable::Row(2));
    }
    let mut book = Book::new(month);
    for (line, at) in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let [period, a, b, c, d, count] = fields[..] else {
            return Err(Unreadable::Row(at));
        };
        put(&mut book, period, [a, b, c, d], count).ok_or(Unreadable::Row(at))?;
    }
    agree(&book)?;
    Ok(book)
}

/// Version 1 knew months alone, and neither a checksum nor the month of its writing: its last
/// month is taken as still open.
fn from_1(text: &str) -> Result<Book, Unreadable> {
    let mut lines = text.lines().zip(1..).skip(1);
    if lines.next().map(|(line, _)| line) != Some(HEADER_1) {
        return Err(Unreadable::Row(2));
    }
    let mut months = BTreeMap::new();
    for (line, at) in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let [period, a, b, count] = fields[..] else {
            return Err(Unreadable::Row(at));
        };
        let month: Month = period.parse().map_err(|_| Unreadable::Row(at))?;
        let book = months.entry(month).or_insert_with(|| Book::new(month));
        put(book, period, [a, b, "", ""], count).ok_or(Unreadable::Row(at))?;
    }
    let written = months
        .keys()
        .next_back()
        .copied()
        .ok_or(Unreadable::First)?;
    let mut book = Book::new(written);
    for (_, one) in months {
        book.months.extend(one.months);
    }
    agree(&book)?;
    Ok(book)
}

/// Puts a row into the book, unless it is none or stands there already.
fn put(book: &mut Book, period: &str, names: [&str; 4], count: &str) -> Option<()> {
    let plain = count.bytes().all(|byte| byte.is_ascii_digit()) && !count.starts_with('0');
    let count: u32 = count.parse().ok().filter(|count| plain && *count <= MOST)?;
    let cell = cell(names)?;
    let counts = match (period.parse().ok()?, cell) {
        (Period::Month(month), Cell::One(..)) => book.months.entry(month).or_default(),
        (Period::Quarter(quarter), Cell::Two(..)) => book.quarters.entry(quarter).or_default(),
        (Period::Month(_), Cell::Two(..)) | (Period::Quarter(_), Cell::One(..)) => return None,
    };
    let new = counts.insert(cell, count).is_none();
    let few = book.months.len() + book.quarters.len() <= MOST_PERIODS;
    (new && few).then_some(())
}

/// Every line is in every list once; a pair may have begun within its quarter.
fn agree(book: &Book) -> Result<(), Unreadable> {
    for (month, counts) in &book.months {
        let all = visits(counts);
        let agree = Dimension::ALL.iter().all(|one| sum(counts, *one) == all);
        if !agree || *month > book.written {
            return Err(Unreadable::Sums(Period::Month(*month)));
        }
    }
    for (quarter, counts) in &book.quarters {
        let visits: u64 = quarter
            .months()
            .iter()
            .map(|m| u64::from(book.visits(*m)))
            .sum();
        let mut sums: BTreeMap<Pair, u64> = BTreeMap::new();
        for (cell, count) in counts {
            if let Cell::Two(pair, _, _) = cell {
                *sums.entry(*pair).or_default() += u64::from(*count);
            }
        }
        if sums.values().any(|sum| *sum > visits) {
            return Err(Unreadable::Sums(Period::Quarter(*quarter)));
        }
    }
    Ok(())
}
