//! `cargo xtask simulate`: a synthetic house through the real code (the life of a visit, the
//! guardian, the ledger, the exports), and an attacker with all that leaves it.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool for a person at a terminal, with a folder of its own"
)]

mod attack;
mod house;

use std::error::Error;

use clap::Parser;
use estran::bulletin::{cell, name_of, total};
use estran::config::Config;
use estran::usage::{Book, Cell, Dimension, Month, Period, Release, Thresholds, export, look};
use estran::wording::{Lang, Wording};

#[derive(Parser)]
struct Arguments {
    /// How many visits.
    #[arg(long, default_value_t = 5000)]
    visits: u32,
    /// The same number gives the same house.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Visits on an open day, as in a France Services house (Sénat, rapport 778, 2022).
const A_DAY: u32 = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let config = Config::embedded()?;
    let folder = std::env::temp_dir().join(format!("estran-simulate-{}", std::process::id()));
    let visits = house::live(&config, &folder, arguments.visits, arguments.seed)?;
    let outcome = shown(&config, &folder, &visits);
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn shown(
    config: &Config,
    folder: &std::path::Path,
    visits: &[house::Visit],
) -> Result<(), Box<dyn Error>> {
    let book = look(folder)?.ok_or("no store was written")?;
    let months: Vec<Month> = book.closed_months().collect();
    let refused = visits.iter().filter(|visit| visit.line.is_none()).count();
    println!(
        "{} visits, {A_DAY} on an open day, {} months; {refused} visitors asked not to be counted",
        visits.len(),
        months.len()
    );
    let thresholds = Thresholds::default();
    let mut releases = Vec::new();
    for month in &months {
        releases.push(export(folder, Period::Month(*month), thresholds)?);
    }
    let mut quarters: Vec<_> = months.iter().map(|month| month.quarter()).collect();
    quarters.dedup();
    quarters.retain(|quarter| quarter.months().iter().all(|month| book.is_closed(*month)));
    for quarter in &quarters {
        releases.push(export(folder, Period::Quarter(*quarter), thresholds)?);
    }
    let month = releases.get(months.len() / 2).ok_or("no month is over")?;
    month_tables(&book, month, &config.wording);
    let quarter = releases.get(months.len()).ok_or("no quarter is over")?;
    quarter_tables(&book, quarter, &config.wording);
    hidden(&releases, thresholds);
    let found = attack::attack(&book, &releases, &quarters, visits);
    println!(
        "\nattack with all exports, the appointment book and the connection log, \
         {} quarters, {} visits:",
        found.quarters, found.visits
    );
    for (what, links) in [
        ("on the bare counts (control)", found.bare),
        ("on what left the house", found.released),
        (
            "the same, by one who knows who asked not to be counted",
            found.exact,
        ),
        (
            "the same, by one who also guesses rightly which hidden numbers are small",
            found.guessed,
        ),
        (
            "what those guesses find without any export",
            found.guesses_alone,
        ),
    ] {
        let attack::Links { so, not } = links;
        println!("  {what}: {} links ({so} so, {not} not so)", links.all());
    }
    // Who guesses what is hidden needs no export for it: those links are not the export's.
    let by_exports = found.guessed.all().abs_diff(found.guesses_alone.all());
    let links = found.released.all() + found.exact.all() + by_exports;
    match (found.bare.so, found.bare.not, links) {
        (0, _, _) | (_, 0, _) => {
            Err("the control found nothing: this attack shows nothing; try more visits".into())
        }
        (_, _, 0) => Ok(()),
        (_, _, _) => Err("what left the house says something of a person".into()),
    }
}

fn hidden(releases: &[Release], thresholds: Thresholds) {
    let threshold = thresholds.export();
    println!("\nhidden cells (below {threshold}, and for the sake of others):");
    let mut all = (0, 0, 0);
    for release in releases {
        let ((few, masked), cells) = (release.hidden(), release.cells.len());
        println!("  {}: {few} + {masked} of {cells}", release.period);
        all = (all.0 + few, all.1 + masked, all.2 + cells);
    }
    println!("  together: {} + {} of {}", all.0, all.1, all.2);
}

/// A month before and after suppression.
fn month_tables(book: &Book, release: &Release, words: &Wording) {
    let Period::Month(month) = release.period else {
        return;
    };
    let lang = Lang::Fr;
    let counts = book.month(month);
    println!("\n{}: before | after", name_of(release.period, words, lang));
    let after = total(release.total, release.threshold, words, lang);
    println!(
        "  {}: {} | {after}",
        words.text(lang, "usage-visits"),
        book.visits(month)
    );
    for list in Dimension::ALL {
        println!("  {}", words.text(lang, list.key()));
        for rank in 0..list.len() {
            let key = Cell::One(*list, rank);
            let before = counts.get(&key).copied().unwrap_or(0);
            let after = release.cells.get(&key).map_or_else(String::new, |shown| {
                cell(*shown, release.threshold, words, lang)
            });
            println!(
                "    {}: {before} | {after}",
                words.text(lang, list.cell_key(rank))
            );
        }
    }
}

/// A quarter's tables before and after suppression.
fn quarter_tables(book: &Book, release: &Release, words: &Wording) {
    let Period::Quarter(quarter) = release.period else {
        return;
    };
    let lang = Lang::Fr;
    let counts = book.quarter(quarter);
    println!("\n{}: before | after", name_of(release.period, words, lang));
    for pair in attack::pairs(release) {
        let columns: Vec<String> = (0..pair.columns.len())
            .map(|column| words.text(lang, pair.columns.cell_key(column)))
            .collect();
        let rows = words.text(lang, pair.rows.key());
        println!("  {rows} × {}", columns.join(", "));
        for row in 0..pair.rows.len() {
            let cells: Vec<String> = (0..pair.columns.len())
                .map(|column| {
                    let key = Cell::Two(pair, row, column);
                    let before = counts.get(&key).copied().unwrap_or(0);
                    let after = release.cells.get(&key).map_or_else(String::new, |shown| {
                        cell(*shown, release.threshold, words, lang)
                    });
                    format!("{before} | {after}")
                })
                .collect();
            let name = words.text(lang, pair.rows.cell_key(row));
            println!("    {name}: {}", cells.join(",  "));
        }
    }
}
