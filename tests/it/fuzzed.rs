//! What the fuzz targets say of every input (`fuzz/`), held for their seeds, for each seed cut short,
//! and for small changes of it: the same functions, without a fuzzer.

mod configuration;
mod frames;
mod passage;
mod receipt;
mod search;
mod sensor;
mod statistics;

use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Changes of each seed.
const CHANGES: u32 = 60;

fn seeds(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut seeds: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "no seeds in {}", folder.display());
    seeds
}

/// Every seed, and what a little accident makes of it; always the same ones.
fn replay(target: &str, check: fn(&[u8])) {
    let mut chance = StdRng::seed_from_u64(20_261_125);
    check(b"");
    for seed in seeds(target) {
        let whole = std::fs::read(&seed).unwrap();
        check(&whole);
        for _ in 0..CHANGES {
            let mut bytes = whole.clone();
            for _ in 0..chance.random_range(1..4) {
                changed(&mut bytes, &mut chance);
            }
            let failed = std::panic::catch_unwind(|| check(&bytes)).is_err();
            assert!(
                !failed,
                "{}: {:?}",
                seed.display(),
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

fn changed(bytes: &mut Vec<u8>, chance: &mut StdRng) {
    if bytes.is_empty() {
        bytes.push(chance.random());
        return;
    }
    let at = chance.random_range(0..bytes.len());
    match chance.random_range(0..5) {
        0 => bytes.truncate(at),
        1 => bytes[at] = chance.random(),
        2 => bytes.insert(at, chance.random()),
        3 => bytes[at] ^= 1 << chance.random_range(0..8),
        _ => {
            let part = bytes[at..bytes.len().min(at + 40)].to_vec();
            bytes.extend(part);
        }
    }
}

#[test]
fn configuration_holds_for_its_seeds() {
    replay("configuration", configuration::check);
}

#[test]
fn frames_hold_for_their_seeds() {
    replay("frames", frames::check);
}

#[test]
fn passage_holds_for_its_seeds() {
    replay("passage", passage::check);
}

#[test]
fn receipt_holds_for_its_seeds() {
    replay("receipt", receipt::check);
}

#[test]
fn search_holds_for_its_seeds() {
    replay("search", search::check);
}

#[test]
fn sensor_holds_for_its_seeds() {
    replay("sensor", sensor::check);
}

#[test]
fn statistics_hold_for_their_seeds() {
    replay("statistics", statistics::check);
}

/// The control: what is changed above is something that was understood.
#[test]
fn seeds_are_what_they_are_called() {
    use estran::passage::{Ask, List, read};
    use estran::receipt::Signed;
    let seed = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
        std::fs::read(folder.join(name)).unwrap()
    };
    for store in ["statistics/store1", "statistics/store2"] {
        estran::usage::read_store(&seed(store)).unwrap();
    }
    let export = String::from_utf8(seed("statistics/export.csv")).unwrap();
    estran::usage::read_csv(&export).unwrap();
    for (name, good) in [
        ("receipt/signed.json", true),
        ("receipt/unsigned.json", false),
    ] {
        let signed: Signed = serde_json::from_slice(&seed(name)).unwrap();
        assert_eq!(signed.is_from(&signed.key.parse().unwrap()), good, "{name}");
    }
    let list = List::new(&["antai.gouv.fr".into()], &[]).unwrap();
    let (ask, _) = read(&seed("passage/connect"), &list).unwrap().unwrap();
    assert!(matches!(ask, Ask::Tunnel { .. }));
    let (ask, _) = read(&seed("passage/page"), &list).unwrap().unwrap();
    assert!(matches!(ask, Ask::Page { .. }));
    for (name, plants) in search::SEEDS {
        let seen = search::found(&seed(name));
        assert!(seen >= *plants, "{name}: {seen}");
    }
}

/// A target that nobody replays, or seeds that no target has.
#[test]
fn every_target_has_seeds_and_is_replayed() {
    let names = |folder: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    };
    let targets = names("fuzz/fuzz_targets");
    assert_eq!(targets, names("fuzz/seeds"));
    assert_eq!(targets, names("tests/it/fuzzed"));
    assert_eq!(targets.len(), 7, "and a test above for each");
}
