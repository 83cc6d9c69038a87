//! The page of a period, and the words of its numbers.

use super::House;
use crate::paper::{Block, Paper, Style};
use crate::usage::{Cell, Dimension, Pair, Period, Release, Shown, Total};
use crate::wording::{Arg, Lang, Wording};

/// The lists that are drawn as bars, in this order; the page has no room for all.
const DRAWN: [Dimension; 6] = [
    Dimension::Thematique,
    Dimension::Operateur,
    Dimension::Mode,
    Dimension::Duree,
    Dimension::Issue,
    Dimension::Consentement,
];

/// "novembre 2026".
#[must_use]
pub fn name_of(period: Period, words: &Wording, lang: Lang) -> String {
    let (key, (part, number), year) = period.said();
    // As a text, a year has no thousands separator.
    let year = year.to_string();
    let number = Arg::Number(i64::from(number));
    words.text_with(lang, key, &[(part, number), ("year", Arg::Text(&year))])
}

/// "23", "moins de 11" or "masqué".
#[must_use]
pub fn cell(shown: Shown, threshold: u32, words: &Wording, lang: Lang) -> String {
    match shown {
        Shown::Exact(count) => count.to_string(),
        Shown::Fewer => fewer(threshold, words, lang),
        Shown::Masked => words.text(lang, "usage-masked"),
    }
}

/// "230", "environ 230", "moins de 11" or "masqué".
#[must_use]
pub fn total(total: Total, threshold: u32, words: &Wording, lang: Lang) -> String {
    match total {
        Total::Exact(count) => count.to_string(),
        Total::Rounded(count) => {
            let count = count.to_string();
            words.text_with(lang, "usage-about", &[("count", Arg::Text(&count))])
        }
        Total::Fewer => fewer(threshold, words, lang),
        Total::Masked => words.text(lang, "usage-masked"),
        Total::Noisy { count, privacy } => {
            let epsilon = epsilon(privacy.tenths(), lang);
            let count = count.to_string();
            let args = [
                ("count", Arg::Text(&count)),
                ("epsilon", Arg::Text(&epsilon)),
            ];
            words.text_with(lang, "usage-noisy", &args)
        }
    }
}

/// "0,5" or "1".
#[must_use]
pub fn epsilon(tenths: u32, lang: Lang) -> String {
    let point = if lang == Lang::En { '.' } else { ',' };
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}{point}{rest}"),
    }
}

fn fewer(threshold: u32, words: &Wording, lang: Lang) -> String {
    let threshold = Arg::Number(i64::from(threshold));
    words.text_with(lang, "usage-fewer", &[("threshold", threshold)])
}

/// The page.
pub(super) fn sheet(release: &Release, house: House<'_>, words: &Wording, lang: Lang) -> Paper {
    let mut paper = Paper::new(words.text(lang, "usage-title"), lang.tag())
        .from(house.name)
        .with_foot(house.id);
    let period = name_of(release.period, words, lang);
    let visits = words.text(lang, "usage-visits");
    let total = total(release.total, release.threshold, words, lang);
    paper.add(Block::Text(Style::Large, period));
    paper.add(Block::Fields(vec![(visits, Some(total))]));
    match release.period {
        Period::Month(_) => paper.extend(bars(release, words, lang)),
        Period::Quarter(_) => paper.extend(tables(release, words, lang)),
    }
    let threshold = Arg::Number(i64::from(release.threshold));
    let explained = words.text_with(lang, "usage-explained", &[("threshold", threshold)]);
    paper.add(Block::Text(Style::Small, explained));
    paper
}

/// One plot a list. The page is to be read at a glance: "moins de" and "masqué" have no bar, and
/// cells of which nothing is said but "moins de" are told in one line.
fn bars(release: &Release, words: &Wording, lang: Lang) -> Vec<Block> {
    let most = release
        .cells
        .values()
        .filter_map(|shown| exact(*shown))
        .max();
    let most = f32::from(u16::try_from(most.unwrap_or(1).max(1)).unwrap_or(u16::MAX));
    let mut blocks = Vec::new();
    for list in DRAWN {
        let mut rows = Vec::new();
        let mut few = Vec::new();
        for rank in 0..list.len() {
            let Some(shown) = release.cells.get(&Cell::One(list, rank)) else {
                continue;
            };
            let name = words.text(lang, list.cell_key(rank));
            if *shown == Shown::Fewer {
                few.push(name);
                continue;
            }
            let count = exact(*shown).unwrap_or(0);
            let length = f32::from(u16::try_from(count).unwrap_or(u16::MAX)) / most;
            rows.push((name, length, cell(*shown, release.threshold, words, lang)));
        }
        let title = words.text(lang, list.key());
        let mut parts = vec![Block::Heading(2, title.clone())];
        if !rows.is_empty() {
            parts.push(Block::Bars { alt: title, rows });
        }
        if !few.is_empty() {
            let fewer = fewer(release.threshold, words, lang);
            parts.push(Block::Text(
                Style::Small,
                format!("{fewer} — {}", few.join(", ")),
            ));
        }
        blocks.push(Block::Together(parts));
    }
    blocks
}

const fn exact(shown: Shown) -> Option<u32> {
    match shown {
        Shown::Exact(count) => Some(count),
        Shown::Fewer | Shown::Masked => None,
    }
}

/// One table a pair, without rows of which nothing is said but "moins de".
fn tables(release: &Release, words: &Wording, lang: Lang) -> Vec<Block> {
    let mut pairs: Vec<Pair> = Vec::new();
    for cell in release.cells.keys() {
        if let Cell::Two(pair, _, _) = cell
            && !pairs.contains(pair)
        {
            pairs.push(*pair);
        }
    }
    let mut blocks = Vec::new();
    for pair in pairs {
        let name = |list: Dimension, rank| words.text(lang, list.cell_key(rank));
        let title = words.text(lang, pair.rows.key());
        let columns = (0..pair.columns.len()).map(|rank| name(pair.columns, rank));
        let head: Vec<String> = std::iter::once(title.clone()).chain(columns).collect();
        let row = |rank| {
            let shown: Vec<Shown> = (0..pair.columns.len())
                .filter_map(|column| release.cells.get(&Cell::Two(pair, rank, column)).copied())
                .collect();
            let said = shown.iter().any(|shown| *shown != Shown::Fewer);
            let cells = shown
                .iter()
                .map(|one| cell(*one, release.threshold, words, lang));
            said.then(|| {
                std::iter::once(name(pair.rows, rank))
                    .chain(cells)
                    .collect()
            })
        };
        let rows: Vec<Vec<String>> = (0..pair.rows.len()).filter_map(row).collect();
        let widths = std::iter::once(2.0).chain((0..pair.columns.len()).map(|_| 1.0));
        let title = format!("{title} — {}", words.text(lang, pair.columns.key()));
        blocks.push(Block::Heading(2, title));
        if rows.is_empty() {
            blocks.push(Block::text(fewer(release.threshold, words, lang)));
        } else {
            let widths = widths.collect();
            blocks.push(Block::Table { widths, head, rows });
        }
    }
    blocks
}
