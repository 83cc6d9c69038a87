//! `demarches.toml`: from raw to checked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use super::checker::{Checker, shortened};
use super::raw::{RawDemarche, RawDemarches, RawGroup, RawText, keys_of};
use super::{Finding, Problem};
use crate::catalogue::{
    Catalogue, Demarche, Domain, Group, GroupId, Operator, Pictogram, StartUrl, Text, Thematique,
};
use crate::visit::DemarcheId;

const MOST_GROUPS: usize = 24;
const MOST_DEMARCHES: usize = 500;

/// What a démarche may refer to.
struct Known {
    groups: Vec<(String, GroupId)>,
    documents: BTreeMap<String, Text>,
}

pub fn check(file: &Path, text: &str) -> Result<Catalogue, Vec<Finding>> {
    let mut checker = Checker::new(file, text);
    let Some(raw) = checker.raw::<RawDemarches>(keys) else {
        return Err(checker.findings());
    };
    // A group with a mistake of its own is still the one that its démarches mean.
    let named = (0..=u8::MAX).zip(&raw.group).filter_map(|(rank, group)| {
        let key = group.get_ref().key.as_ref()?;
        Some((key.get_ref().clone(), GroupId(rank)))
    });
    let named = named.collect();
    let groups = groups(&mut checker, raw.group);
    let documents = raw
        .document
        .into_iter()
        .map(|(key, text)| (key, checker.text(text, 120)))
        .collect();
    let known = Known {
        groups: named,
        documents,
    };
    let transversal = domains(&mut checker, raw.transversal);
    let demarches = demarches(&mut checker, &known, raw.demarche);
    let findings = checker.findings();
    if findings.is_empty() {
        Ok(Catalogue::new(groups, demarches, transversal))
    } else {
        Err(findings)
    }
}

/// The keys of each table; `None` where a value is no table of ours.
fn keys(path: &[&str]) -> Option<&'static [&'static str]> {
    match path {
        [] => Some(keys_of::<RawDemarches>()),
        ["group"] => Some(keys_of::<RawGroup>()),
        ["demarche"] => Some(keys_of::<RawDemarche>()),
        ["document", _] | ["group", "label" | "hint"] | ["demarche", "label"] => {
            Some(keys_of::<RawText>())
        }
        _ => None,
    }
}

fn groups(checker: &mut Checker, raw: Vec<Spanned<RawGroup>>) -> Vec<Group> {
    if raw.len() > MOST_GROUPS {
        let span = raw.last().map_or(0..0, Spanned::span);
        checker.report(span, Problem::Count { max: MOST_GROUPS });
    }
    let mut seen = BTreeSet::new();
    (0..=u8::MAX)
        .zip(raw)
        .filter_map(|(rank, raw)| {
            let span = heading(&raw);
            let raw = raw.into_inner();
            let key = key(checker, raw.key, &span, &mut seen);
            let label = checker.required_text(raw.label, "label", &span, 60);
            let hint = checker.required_text(raw.hint, "hint", &span, 90);
            let pictogram = choice(checker, raw.pictogram, "pictogram", &span, &pictograms());
            Some(Group {
                id: GroupId(rank),
                key: key?,
                label,
                hint,
                pictogram: pictogram?,
            })
        })
        .collect()
}

fn demarches(
    checker: &mut Checker,
    known: &Known,
    raw: Vec<Spanned<RawDemarche>>,
) -> Vec<Demarche> {
    if raw.len() > MOST_DEMARCHES {
        let span = raw.last().map_or(0..0, Spanned::span);
        checker.report(
            span,
            Problem::Count {
                max: MOST_DEMARCHES,
            },
        );
    }
    let mut seen = BTreeSet::new();
    (0..=u16::MAX)
        .zip(raw)
        .filter_map(|(rank, raw)| demarche(checker, known, DemarcheId(rank), raw, &mut seen))
        .collect()
}

fn demarche(
    checker: &mut Checker,
    known: &Known,
    id: DemarcheId,
    raw: Spanned<RawDemarche>,
    seen: &mut BTreeSet<String>,
) -> Option<Demarche> {
    let span = heading(&raw);
    let raw = raw.into_inner();
    let key = key(checker, raw.key, &span, seen);
    let label = checker.required_text(raw.label, "label", &span, 90);
    let groups: Vec<(&str, GroupId)> = known
        .groups
        .iter()
        .map(|(name, id)| (name.as_str(), *id))
        .collect();
    let group = choice(checker, raw.group, "group", &span, &groups);
    let operator = choice(checker, raw.operator, "operator", &span, &operators());
    let thematique = choice(checker, raw.thematique, "thematique", &span, &thematiques());
    let start = checker.required(raw.start, "start", &span);
    let domains = domains(checker, raw.domains);
    let start = start.and_then(|value| self::start(checker, &value, &domains));
    let documents = raw
        .documents
        .iter()
        .filter_map(|name| document(checker, known, name))
        .collect();
    let aliases = raw
        .aliases
        .into_iter()
        .map(|alias| checker.words(alias, 60))
        .collect();
    Some(Demarche {
        id,
        key: key?,
        label,
        group: group?,
        operator: operator?,
        thematique: thematique?,
        start: start?,
        domains,
        documents,
        aliases,
        franceconnect_plus: raw.franceconnect_plus,
        own_signature: raw.own_signature,
    })
}

/// The first bytes of a table: what is missing from it is shown at its heading.
pub fn heading<T>(raw: &Spanned<T>) -> Range<usize> {
    let span = raw.span();
    span.start..span.end.min(span.start + 2)
}

/// A key of the house's own: small letters, digits and `-`, at most 40, never twice.
pub fn key(
    checker: &mut Checker,
    raw: Option<Spanned<String>>,
    table: &Range<usize>,
    seen: &mut BTreeSet<String>,
) -> Option<String> {
    let raw = checker.required(raw, "key", table)?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let name = raw.get_ref();
    if !(1..=40).contains(&name.len()) || !name.bytes().all(plain) {
        checker.report(raw.span(), Problem::Key);
        return None;
    }
    if !seen.insert(name.clone()) {
        checker.report(raw.span(), Problem::Twice(name.clone()));
        return None;
    }
    Some(raw.into_inner())
}

fn choice<T: Copy>(
    checker: &mut Checker,
    raw: Option<Spanned<String>>,
    key: &'static str,
    table: &Range<usize>,
    list: &[(&str, T)],
) -> Option<T> {
    let raw = checker.required(raw, key, table)?;
    checker.choice(&raw, list)
}

pub fn domains(checker: &mut Checker, raw: Vec<Spanned<String>>) -> Vec<Domain> {
    raw.into_iter()
        .filter_map(|value| {
            Domain::parse(value.get_ref())
                .map_err(|error| checker.report(value.span(), Problem::Domain(error)))
                .ok()
        })
        .collect()
}

fn start(checker: &mut Checker, raw: &Spanned<String>, domains: &[Domain]) -> Option<StartUrl> {
    match StartUrl::parse(raw.get_ref()) {
        Ok(start) if domains.iter().any(|domain| domain.matches(start.host())) => Some(start),
        Ok(_) => {
            checker.report(raw.span(), Problem::StartOutside);
            None
        }
        Err(error) => {
            checker.report(raw.span(), Problem::Start(error));
            None
        }
    }
}

fn document(checker: &mut Checker, known: &Known, name: &Spanned<String>) -> Option<Text> {
    let found = known.documents.get(name.get_ref());
    if found.is_none() {
        let problem = Problem::NotAmong {
            value: shortened(name.get_ref()),
            allowed: known.documents.keys().cloned().collect(),
        };
        checker.report(name.span(), problem);
    }
    found.cloned()
}

fn pictograms() -> Vec<(&'static str, Pictogram)> {
    Pictogram::ALL.iter().map(|v| (v.name(), *v)).collect()
}

fn operators() -> Vec<(&'static str, Operator)> {
    Operator::ALL.iter().map(|v| (v.name(), *v)).collect()
}

fn thematiques() -> Vec<(&'static str, Thematique)> {
    Thematique::ALL.iter().map(|v| (v.name(), *v)).collect()
}
