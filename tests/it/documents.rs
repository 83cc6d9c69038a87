//! What the guides show can be typed as it stands.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at what it cannot read, and writes its own files"
)]

use estran::config::Config;
use estran::wording::{Lang, Wording};

use crate::sources::{files, root, text};

/// The fenced examples of one kind in a document.
fn examples(document: &str, kind: &str) -> Vec<String> {
    let open = format!("```{kind}");
    let mut found: Vec<String> = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        if inside && line == "```" {
            inside = false;
        } else if inside {
            let example = found.last_mut().expect("an open example");
            example.push_str(line);
            example.push('\n');
        } else if line == open {
            inside = true;
            found.push(String::new());
        }
    }
    found
}

fn all(kind: &str) -> Vec<String> {
    let found: Vec<String> = files(&root().join("docs"), "md")
        .iter()
        .flat_map(|path| examples(&text(path), kind))
        .collect();
    assert!(!found.is_empty(), "the documents have {kind} examples");
    found
}

#[test]
fn every_toml_example_is_a_part_of_a_station() {
    for example in all("toml") {
        let needed = "[place]\nname = \"x\"\ncontact.fr = \"x\"\ndpo = \"x\"\n\
                      [help]\nroles = [{ fr = \"x\" }]\n";
        let station = format!("{example}\n{needed}");
        let config = Config::from_texts(&station, "");
        assert!(
            config.is_ok(),
            "{example}\n{:?}",
            config.map_err(|error| error.lines(&Wording::embedded(), Lang::En))
        );
    }
}

#[test]
fn every_wording_example_changes_a_sentence_that_exists() {
    for example in all("ftl") {
        let folder = tempfile::tempdir().unwrap();
        let french = folder.path().join("fr");
        std::fs::create_dir(&french).unwrap();
        std::fs::write(french.join("house.ftl"), &example).unwrap();
        let house = Wording::load(folder.path()).unwrap();
        let shipped = Wording::embedded();
        for line in example.lines().filter(|line| !line.starts_with([' ', '#'])) {
            let key = line.split(" = ").next().unwrap();
            assert!(shipped.has(Lang::Fr, key), "{key}");
            assert_ne!(house.text(Lang::Fr, key), shipped.text(Lang::Fr, key));
        }
    }
}

#[test]
fn the_guides_and_the_shipped_files_use_the_same_command() {
    let command = "estranctl config check /etc/estran";
    assert!(text(&root().join("docs/guide-accueil.md")).contains(command));
    assert!(text(&root().join("kiosk-config/station.toml")).contains(command));
}

/// The tests that a text names as `file.rs::name`, and that are in no such file.
fn invented(document: &str) -> (usize, Vec<String>) {
    let words = document.split('`').filter(|word| word.contains(".rs::"));
    let named: Vec<&str> = words.collect();
    let absent = |word: &&&str| {
        let (file, name) = word.split_once("::").unwrap_or_default();
        let code = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        !code.contains(&format!("fn {name}("))
    };
    let absent = named.iter().filter(absent).map(|word| (*word).to_owned());
    (named.len(), absent.collect())
}

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let (named, absent) = invented(&text(&root().join("docs/menaces.md")));
    assert!(named > 25, "control: {named}");
    assert_eq!(absent, Vec::<String>::new());
    let (_, absent) = invented("`tests/it/documents.rs::nobody_wrote_this`");
    assert_eq!(absent.len(), 1, "control: an invention is seen");
}
