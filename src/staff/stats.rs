//! `estranctl stats`: what may be shown of the station's numbers.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::answers::Numbers;
use super::{Outcome, print, say};
use crate::bulletin::{self, Format, House, cell, name_of, total};
use crate::config::Config;
use crate::usage::{
    self, Board, Book, Dimension, LedgerError, Month, Period, Quarter, Release, directory, export,
    look,
};
use crate::wording::{Lang, Wording};

/// `estranctl stats`: the last twelve complete months for the front desk; with `--month` or
/// `--quarter`, an export of that period.
#[derive(Debug, Args)]
#[allow(
    clippy::option_option,
    reason = "not given, given without a value, given with one"
)]
pub(super) struct Stats {
    /// Exports a month, as in 2026-11 [default: the last complete one].
    #[arg(long, value_name = "MONTH", num_args = 0..=1, conflicts_with = "quarter")]
    month: Option<Option<Month>>,
    /// Exports a quarter, as in 2026-T4 [default: the last complete one].
    #[arg(long, value_name = "QUARTER", num_args = 0..=1)]
    quarter: Option<Option<Quarter>>,
    /// The form of the export.
    #[arg(long, value_enum, default_value = "csv")]
    format: Form,
    /// As JSON: the last twelve complete months, or the export of the period.
    #[arg(long, conflicts_with_all = ["format", "to"])]
    json: bool,
    /// Writes all three forms into this folder, a stick for instance, instead of one to the output.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// The folder of the statistics [default: estran in STATE_DIRECTORY, XDG_STATE_HOME or HOME].
    #[arg(long, value_name = "FOLDER")]
    state: Option<PathBuf>,
    /// The folder that holds station.toml; the configuration compiled in when absent.
    #[arg(long, value_name = "FOLDER")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Csv,
    Json,
    Pdf,
}

pub(super) fn run(stats: &Stats, lang: Lang) -> std::io::Result<Outcome> {
    match done(stats, lang) {
        Ok(outcome) => outcome,
        Err(error) => refuse(&error),
    }
}

/// Says why not, on the error output.
pub(super) fn refuse(error: &str) -> std::io::Result<Outcome> {
    writeln!(std::io::stderr().lock(), "estranctl: {error}")?;
    Ok(Outcome::Failed)
}

fn done(stats: &Stats, lang: Lang) -> Result<std::io::Result<Outcome>, String> {
    let config = config(stats.config.as_deref(), lang)?;
    let folder = folder(stats.state.clone())?;
    let book = book(&folder)?;
    let last = book.as_ref().map(|book| book.written().before());
    let period = match (stats.month, stats.quarter) {
        (None, None) => return Ok(board(&config, book.as_ref(), stats.json, lang)),
        (Some(month), _) => month.or(last).map(Period::Month),
        (None, Some(quarter)) => quarter.or_else(|| last.map(complete)).map(Period::Quarter),
    };
    let period = period.ok_or("there are no statistics yet")?;
    let thresholds = config.statistics.thresholds;
    let release = export(&folder, period, thresholds).map_err(|error| error.to_string())?;
    let house = house(&config);
    let words = &config.wording;
    if let Some(to) = &stats.to {
        let files = bulletin::files(&Format::ALL, &release, house, words, lang);
        let places = files.and_then(|files| bulletin::save(to, &files));
        let places = places.map_err(|error| error.to_string())?;
        let names: Vec<String> = places.iter().map(|p| p.display().to_string()).collect();
        return Ok(say(&names.join("\n")));
    }
    let format = if stats.json {
        Format::Json
    } else {
        stats.format.into()
    };
    let bytes = bulletin::file(format, &release, house, words, lang);
    let bytes = bytes.map_err(|error| error.to_string())?;
    Ok(std::io::stdout()
        .lock()
        .write_all(&bytes)
        .map(|()| Outcome::Good))
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Csv => Self::Csv,
            Form::Json => Self::Json,
            Form::Pdf => Self::Pdf,
        }
    }
}

/// The quarter that ends with this month or before it.
fn complete(month: Month) -> Quarter {
    let [first, _, last] = month.quarter().months();
    if month == last {
        month.quarter()
    } else {
        first.before().quarter()
    }
}

const fn house(config: &Config) -> House<'_> {
    House {
        name: config.place.name.as_str(),
        id: config.statistics.place_id.as_str(),
    }
}

/// The house's configuration, or the one compiled in.
pub(super) fn config(folder: Option<&Path>, lang: Lang) -> Result<Config, String> {
    let read = folder.map_or_else(Config::embedded, Config::load);
    read.map_err(|error| error.report(&Wording::embedded(), lang, false))
}

/// Where the statistics are.
pub(super) fn folder(given: Option<PathBuf>) -> Result<PathBuf, String> {
    let none = "looking for the statistics: neither STATE_DIRECTORY nor HOME is set; give --state";
    given.or_else(directory).ok_or_else(|| none.to_owned())
}

/// The store, if there is one.
pub(super) fn book(folder: &Path) -> Result<Option<Book>, String> {
    look(folder).map_err(|error: LedgerError| error.to_string())
}

/// The last twelve months, as the staff screen draws them.
fn board(config: &Config, book: Option<&Book>, json: bool, lang: Lang) -> std::io::Result<Outcome> {
    let words = &config.wording;
    let board = book.map(|book| Board::of(book, config.statistics.thresholds));
    if json {
        return match board.transpose() {
            Ok(board) => print(&months(config, board.as_ref())),
            Err(error) => refuse(&error.to_string()),
        };
    }
    let board = match board {
        Some(Ok(board)) if !board.is_empty() => board,
        Some(Ok(_)) | None => return say(&words.text(lang, "usage-none")),
        Some(Err(error)) => return refuse(&error.to_string()),
    };
    let mut text = String::new();
    for release in board.releases() {
        text.push_str(&month(release, words, lang));
    }
    say(text.trim_end())
}

/// The same for programs; a house without numbers has no month.
fn months(config: &Config, board: Option<&Board>) -> Numbers {
    let place = house(config).id;
    let releases = board.into_iter().flat_map(Board::releases);
    Numbers::of(
        releases
            .map(|release| usage::json(place, release))
            .collect(),
    )
}

fn month(release: &Release, words: &Wording, lang: Lang) -> String {
    let visits = words.text(lang, "usage-visits");
    let all = total(release.total, release.threshold, words, lang);
    let name = name_of(release.period, words, lang);
    let mut text = format!("{name}\n  {visits}: {all}\n");
    for list in [Dimension::Mode, Dimension::Operateur, Dimension::Thematique] {
        let _ = writeln!(text, "  {}", words.text(lang, list.key()));
        for rank in 0..list.len() {
            let key = crate::usage::Cell::One(list, rank);
            if let Some(shown) = release.cells.get(&key) {
                let name = words.text(lang, list.cell_key(rank));
                let said = cell(*shown, release.threshold, words, lang);
                let _ = writeln!(text, "    {name}: {said}");
            }
        }
    }
    text
}
