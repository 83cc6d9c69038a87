//! Exports: the same release as CSV and as JSON, in the vocabulary of La Coop de la médiation
//! numérique, under the place's id of the national cartography.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::book::{Cell, Pair};
use super::line::{Dimension, Rank};
use super::period::Period;
use super::private::Privacy;
use super::release::{Release, Shown, Total};
use super::store::{cell, names};

const HEADER: &str = "lieu_id,periode,seuil,dimension,valeur,dimension_2,valeur_2,statut,nombre";

/// The name of the row that gives the number of visits.
const TOTAL: &str = "visites";

/// As many rows as a release can have, and some more.
const MOST_ROWS: usize = 10_000;

/// Why a text is no export. Names a line, never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} is not one of an export of Estran")]
pub struct NotAnExport(pub usize);

impl Shown {
    /// Its status and number in exports.
    const fn said(self) -> (&'static str, Option<u32>) {
        match self {
            Self::Exact(count) => ("exact", Some(count)),
            Self::Fewer => ("moins_que_seuil", None),
            Self::Masked => ("masque", None),
        }
    }

    fn heard(status: &str, count: Option<u32>) -> Option<Self> {
        match (status, count) {
            ("exact", Some(count)) => Some(Self::Exact(count)),
            ("moins_que_seuil", None) => Some(Self::Fewer),
            ("masque", None) => Some(Self::Masked),
            _ => None,
        }
    }
}

impl Total {
    const fn said(self) -> (&'static str, Option<u32>) {
        match self {
            Self::Exact(count) => ("exact", Some(count)),
            Self::Rounded(count) => ("arrondi_5", Some(count)),
            Self::Fewer => ("moins_que_seuil", None),
            Self::Masked => ("masque", None),
            Self::Noisy { count, privacy } => (privacy.status(), Some(count)),
        }
    }

    fn heard(status: &str, count: Option<u32>) -> Option<Self> {
        let noise = Privacy::heard(status);
        match (status, count) {
            ("arrondi_5", Some(count)) => Some(Self::Rounded(count)),
            (_, Some(count)) if noise.is_some() => {
                noise.map(|privacy| Self::Noisy { count, privacy })
            }
            _ => Shown::heard(status, count).map(|shown| match shown {
                Shown::Exact(count) => Self::Exact(count),
                Shown::Fewer => Self::Fewer,
                Shown::Masked => Self::Masked,
            }),
        }
    }
}

/// As CSV: one row a number, UTF-8, commas, `\n`.
#[must_use]
pub fn csv(place: &str, release: &Release) -> String {
    let Release {
        period,
        threshold,
        total,
        cells,
    } = release;
    let mut text = format!("{HEADER}\n");
    let mut row = |names: [&str; 4], (status, count): (&str, Option<u32>)| {
        let [a, b, c, d] = names;
        let count = count.map_or_else(String::new, |count| count.to_string());
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{place},{period},{threshold},{a},{b},{c},{d},{status},{count}"
        );
    };
    row([TOTAL, "", "", ""], total.said());
    for (cell, shown) in cells {
        row(names(*cell), shown.said());
    }
    text
}

/// Reads an export back: the place's id, and what it shows.
///
/// # Errors
/// When the text is not exactly what [`csv`] writes.
pub fn read_csv(text: &str) -> Result<(String, Release), NotAnExport> {
    let mut lines = text.lines().zip(1..);
    if lines.next().map(|(line, _)| line) != Some(HEADER) {
        return Err(NotAnExport(1));
    }
    let (first, _) = lines.next().ok_or(NotAnExport(2))?;
    let (place, mut release) = opening(first).ok_or(NotAnExport(2))?;
    for (line, at) in lines {
        let (head, names, status, count) = fields(line).ok_or(NotAnExport(at))?;
        let same = head == (place.as_str(), release.period, release.threshold);
        let shown = Shown::heard(status, count).filter(|_| same && at < MOST_ROWS);
        let (cell, shown) = cell(names).zip(shown).ok_or(NotAnExport(at))?;
        let fits = matches!(
            (release.period, cell),
            (Period::Month(_), Cell::One(..)) | (Period::Quarter(_), Cell::Two(..))
        );
        if !fits || release.cells.insert(cell, shown).is_some() {
            return Err(NotAnExport(at));
        }
    }
    if csv(&place, &release) == text {
        Ok((place, release))
    } else {
        Err(NotAnExport(1))
    }
}

fn opening(line: &str) -> Option<(String, Release)> {
    let ((place, period, threshold), names, status, count) = fields(line)?;
    let total = Total::heard(status, count).filter(|_| names == [TOTAL, "", "", ""])?;
    let release = Release {
        period,
        threshold,
        total,
        cells: BTreeMap::new(),
    };
    Some((place.to_owned(), release))
}

type Fields<'a> = ((&'a str, Period, u32), [&'a str; 4], &'a str, Option<u32>);

fn fields(line: &str) -> Option<Fields<'_>> {
    let fields: Vec<&str> = line.split(',').collect();
    let [place, period, threshold, a, b, c, d, status, count] = fields[..] else {
        return None;
    };
    let threshold = threshold
        .parse()
        .ok()
        .filter(|t| (1..=1_000_000).contains(t))?;
    let count = match count {
        "" => None,
        count => Some(count.parse().ok().filter(|c| *c <= 100_000_000)?),
    };
    Some((
        (place, period.parse().ok()?, threshold),
        [a, b, c, d],
        status,
        count,
    ))
}

/// What La Coop calls a list.
const fn coop(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Mode => "autonomie",
        Dimension::Thematique => "thematiques",
        Dimension::Orientation => "structure_de_redirection",
        Dimension::Duree => "duree",
        Dimension::Posture
        | Dimension::Operateur
        | Dimension::Issue
        | Dimension::Consentement
        | Dimension::Fin
        | Dimension::Effacement => dimension.name(),
    }
}

/// As JSON: a pre-filled report of the period's activities.
#[must_use]
pub fn json(place: &str, release: &Release) -> Value {
    let mut margins: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut tables: BTreeMap<Pair, Vec<Value>> = BTreeMap::new();
    for (cell, shown) in &release.cells {
        let name = |list: Dimension, rank: Rank| list.cell(rank);
        match cell {
            Cell::One(list, rank) => {
                let value = number(shown.said(), &[("valeur", name(*list, *rank))]);
                margins.entry(coop(*list)).or_default().push(value);
            }
            Cell::Two(pair, row, column) => {
                let at = [
                    (coop(pair.rows), name(pair.rows, *row)),
                    (coop(pair.columns), name(pair.columns, *column)),
                ];
                let value = number(shown.said(), &at);
                tables.entry(*pair).or_default().push(value);
            }
        }
    }
    let tables: Vec<Value> = tables
        .into_iter()
        .map(|(pair, cells)| {
            json!({"lignes": coop(pair.rows), "colonnes": coop(pair.columns), "cases": cells})
        })
        .collect();
    json!({
        "format": "estran.statistiques",
        "version": 1,
        "lieu_id": place,
        "periode": release.period.to_string(),
        "seuil": release.threshold,
        "activites": {
            "type": "individuel",
            "type_lieu": "lieu_activite",
            "materiel": "ordinateur",
            "nombre": number(release.total.said(), &[]),
        },
        "marges": margins,
        "croisements": tables,
    })
}

fn number((status, count): (&str, Option<u32>), at: &[(&str, Option<&str>)]) -> Value {
    let mut value = serde_json::Map::new();
    for (key, name) in at {
        value.insert((*key).to_owned(), json!(name));
    }
    value.insert("statut".to_owned(), json!(status));
    value.insert("nombre".to_owned(), json!(count));
    Value::Object(value)
}
