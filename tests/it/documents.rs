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

/// The commands of our own that a document shows, in its examples and in its sentences.
fn commands(document: &str) -> Vec<String> {
    let examples = document.lines().filter_map(|line| {
        line.split_once("estranctl ")
            .filter(|(before, _)| before.is_empty() || before.ends_with("-- "))
    });
    let examples = examples.map(|(_, words)| words.to_owned());
    let sentences = document.split('`').skip(1).step_by(2);
    let sentences = sentences.filter_map(|code| Some(code.strip_prefix("estranctl ")?.to_owned()));
    examples
        .chain(sentences)
        .filter(|words| !words.contains('\n'))
        .collect()
}

/// Whether our program knows these words; a sentence may name a command without what follows it.
fn understood(words: &str) -> bool {
    use clap::error::ErrorKind::{
        DisplayHelpOnMissingArgumentOrSubcommand, MissingRequiredArgument, MissingSubcommand,
    };
    let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    let words = words.replace("CLÉ", key);
    let named = words
        .rsplit(' ')
        .next()
        .is_some_and(|last| last.starts_with("--"));
    let parsed = |more: &[&'static str]| {
        let all = std::iter::once("estranctl").chain(words.split_whitespace());
        let all = all.chain(more.iter().copied());
        match <estran::staff::Arguments as clap::Parser>::try_parse_from(all) {
            Ok(_) => true,
            Err(error) => matches!(
                error.kind(),
                DisplayHelpOnMissingArgumentOrSubcommand
                    | MissingRequiredArgument
                    | MissingSubcommand
            ),
        }
    };
    parsed(&[]) || named && parsed(&["/value"])
}

#[test]
fn every_command_of_the_guides_is_one() {
    assert!(understood("status --json") && !understood("statut") && !understood("open --wide"));
    let (mut seen, mut unknown) = (0, Vec::new());
    for path in files(&root().join("docs"), "md") {
        // A decision tells what was decided then.
        let past = path
            .parent()
            .is_some_and(|folder| folder.ends_with("decisions"));
        for words in commands(&text(&path)) {
            // Of an optional feature.
            if past || words.contains("--send") {
                continue;
            }
            seen += 1;
            if !understood(&words) {
                unknown.push(format!("{}: estranctl {words}", path.display()));
            }
        }
    }
    assert!(seen > 30, "control: {seen}");
    assert_eq!(unknown, Vec::<String>::new());
}
