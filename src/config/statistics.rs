//! `[statistics]`: what the house counts, and what may leave it.

use std::path::PathBuf;

use toml::Spanned;

use super::checker::Checker;
use super::raw::RawStatistics;
use super::{Config, Problem, Statistics};
use crate::usage::{Dimension, Hour, Pair, Privacy, Subject, Thresholds};
use crate::visit::Destination;

impl Config {
    /// What a destination means for the statistics.
    #[must_use]
    pub fn subject(&self, destination: Destination) -> Subject {
        match destination {
            Destination::Practice => Subject::PRACTICE,
            // A letter written here is nobody's démarche.
            Destination::Free | Destination::App(_) => Subject::FREE,
            Destination::Demarche(id) => {
                let demarche = self.catalogue.get(id);
                demarche.map_or(Subject::FREE, |demarche| Subject {
                    thematique: demarche.thematique.into(),
                    operateur: demarche.operator.into(),
                })
            }
        }
    }
}

/// More pairs would mostly be hidden numbers.
const MOST_PAIRS: usize = 4;

pub fn check(checker: &mut Checker, raw: RawStatistics) -> Statistics {
    let export = threshold(
        checker,
        raw.export_threshold,
        Thresholds::EXPORT,
        Thresholds::HIGHEST,
    );
    let staff = threshold(checker, raw.staff_threshold, Thresholds::STAFF, export);
    let noise = raw
        .private_totals
        .and_then(|noise| checker.choice(&noise, &Privacy::ALL))
        .unwrap_or_default();
    Statistics {
        place_id: raw
            .place_id
            .map_or_else(String::new, |id| place_id(checker, id)),
        pairs: raw
            .pairs
            .map_or_else(pairs_of_most_houses, |list| pairs(checker, &list)),
        thresholds: Thresholds::new(export, staff)
            .unwrap_or_default()
            .with_noise(noise),
        write_at: raw
            .write_at
            .map_or(Hour::EVENING, |hour| hour_of(checker, &hour)),
        folder: raw.folder.and_then(|folder| absolute(checker, &folder)),
        collector: raw
            .collector
            .and_then(|address| collector(checker, &address)),
    }
}

fn threshold(checker: &mut Checker, raw: Option<Spanned<i64>>, least: u32, most: u32) -> u32 {
    checker.number(raw, least, least..=most)
}

/// Ids of the national cartography are letters, digits, dashes and underscores.
fn place_id(checker: &mut Checker, raw: Spanned<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if raw.get_ref().len() > 100 || !raw.get_ref().chars().all(plain) {
        checker.report(raw.span(), Problem::PlaceId);
    }
    raw.into_inner()
}

fn hour_of(checker: &mut Checker, raw: &Spanned<String>) -> Hour {
    raw.get_ref().parse().unwrap_or_else(|_| {
        checker.report(raw.span(), Problem::Hour);
        Hour::EVENING
    })
}

fn pairs_of_most_houses() -> Vec<Pair> {
    [
        (Dimension::Operateur, Dimension::Mode),
        (Dimension::Thematique, Dimension::Issue),
    ]
    .into_iter()
    .filter_map(|(rows, columns)| Pair::new(rows, columns))
    .collect()
}

fn pairs(checker: &mut Checker, raw: &Spanned<Vec<Spanned<String>>>) -> Vec<Pair> {
    if raw.get_ref().len() > MOST_PAIRS {
        checker.report(raw.span(), Problem::Count { max: MOST_PAIRS });
    }
    let all: Vec<(String, Pair)> = Pair::all()
        .map(|pair| {
            (
                format!("{}/{}", pair.rows.name(), pair.columns.name()),
                pair,
            )
        })
        .collect();
    let list: Vec<(&str, Pair)> = all
        .iter()
        .map(|(name, pair)| (name.as_str(), *pair))
        .collect();
    let mut pairs = Vec::new();
    for entry in raw.get_ref() {
        let Some(pair) = checker.choice(entry, &list) else {
            continue;
        };
        if pairs.contains(&pair) {
            checker.report(entry.span(), Problem::Twice(entry.get_ref().clone()));
        }
        pairs.push(pair);
    }
    pairs
}

/// A folder by its whole path; empty for none.
fn absolute(checker: &mut Checker, raw: &Spanned<String>) -> Option<PathBuf> {
    let text = raw.get_ref();
    if text.is_empty() {
        return None;
    }
    let folder = PathBuf::from(text);
    let plain = !text.chars().any(char::is_control) && text.len() <= 300;
    if !folder.is_absolute() || !plain {
        checker.report(raw.span(), Problem::Folder);
        return None;
    }
    Some(folder)
}

/// A collector's address: https, or http within the machine; empty for none.
fn collector(checker: &mut Checker, raw: &Spanned<String>) -> Option<String> {
    let text = raw.get_ref();
    if text.is_empty() {
        return None;
    }
    let address = url::Url::parse(text).ok().filter(|url| {
        let near = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let kept = url.scheme() == "https" || (url.scheme() == "http" && near);
        let bare = url.username().is_empty() && url.password().is_none();
        kept && bare && url.query().is_none() && url.fragment().is_none() && text.len() <= 300
    });
    if address.is_none() {
        checker.report(raw.span(), Problem::Collector);
    }
    address.map(String::from)
}
