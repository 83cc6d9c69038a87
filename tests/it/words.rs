//! The code says only keys that the wording knows.
#![allow(clippy::expect_used, reason = "a test stops at what it cannot read")]

use std::collections::BTreeSet;

use estran::wording::{Lang, Wording};
use proc_macro2::{TokenStream, TokenTree};

use crate::sources::{files, is_test, root, text};

/// The methods whose first argument is a key.
const SPEAKERS: [&str; 4] = ["text", "text_with", "say", "say_with"];

/// The keys that a source file says outright, as `.say("key")` or `.text(lang, "key")`.
fn said(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let tokens: TokenStream = source.parse().expect("a source file");
    walk(tokens, &mut keys);
    keys
}

fn walk(tokens: TokenStream, keys: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let spoken = at >= 2
            && tokens[at - 2].to_string() == "."
            && SPEAKERS.contains(&tokens[at - 1].to_string().as_str());
        if spoken {
            let arguments = group.stream().into_iter();
            keys.extend(arguments.filter_map(|token| literal(&token)).take(1));
        }
        walk(group.stream(), keys);
    }
}

/// The text of a string literal.
fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    let text = literal.to_string();
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.to_owned())
}

#[test]
fn every_key_that_is_said_exists_in_every_language() {
    let wording = Wording::embedded();
    let mut count = 0;
    let mut lost = Vec::new();
    for path in files(&root().join("src"), "rs") {
        if is_test(&path) {
            continue;
        }
        for key in said(&text(&path)) {
            count += 1;
            for lang in Lang::WHOLE {
                if !wording.has(lang, &key) {
                    lost.push(format!("{}: {key} in {}", path.display(), lang.tag()));
                }
            }
        }
    }
    assert!(count > 0, "the scan saw keys");
    assert_eq!(lost, Vec::<String>::new());
}

/// Every string literal of the source, wherever it stands: keys also travel in tables.
fn literals(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            literals(group.stream(), found);
        }
        found.extend(literal(&token));
    }
}

/// The messages of a wording file: what it says, by key.
fn messages(source: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((key, said)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                all.push((key.to_owned(), said.to_owned()));
            }
            _ => {
                if let Some((_, said)) = all.last_mut() {
                    said.push(' ');
                    said.push_str(line.trim());
                }
            }
        }
    }
    all
}

fn wording(lang: Lang) -> Vec<(String, String)> {
    files(&root().join("kiosk-config/wording").join(lang.tag()), "ftl")
        .iter()
        .flat_map(|path| messages(&text(path)))
        .collect()
}

/// The keys of the words of a setting and of the tables that it stands in.
fn paths(file: &str, path: &str) -> Vec<String> {
    let path = path.replace("[]", "").replace('.', "-");
    let dashes = path.match_indices('-').map(|(at, _)| at);
    dashes
        .chain([path.len()])
        .map(|end| format!("setting-{file}-{}", &path[..end]))
        .chain(["setting-text".to_owned()])
        .collect()
}

#[test]
fn every_key_of_the_wording_is_used() {
    let mut used = BTreeSet::new();
    for path in files(&root().join("src"), "rs") {
        if !is_test(&path) {
            let tokens: TokenStream = text(&path).parse().expect("a source file");
            literals(tokens, &mut used);
        }
    }
    // A remedy is named after its mistake, the words of a setting after its path; that each path
    // has words is a test of the schema.
    let settings: BTreeSet<String> = estran::config::settings(&Wording::embedded(), Lang::Fr)
        .into_iter()
        .flat_map(|setting| paths(setting.file.stem(), &setting.path))
        .collect();
    let known = |key: &str| {
        used.contains(key.strip_suffix("-remedy").unwrap_or(key)) || settings.contains(key)
    };
    for lang in Lang::ALL {
        let keys = wording(lang);
        assert!(keys.len() > 50, "the wording was read");
        let idle: Vec<_> = keys.iter().filter(|(key, _)| !known(key)).collect();
        assert!(idle.is_empty(), "{}: {idle:?}", lang.tag());
    }
    assert!(!known("welcome-nobody-says-this"));
}

/// What is wrong with the marks of a sentence in `lang`.
fn mark(lang: Lang, said: &str) -> Option<&'static str> {
    let chars: Vec<char> = said.chars().collect();
    let before = |at: usize| at.checked_sub(1).and_then(|at| chars.get(at)).copied();
    chars.iter().enumerate().find_map(|(at, mark)| {
        let glued = before(at) == Some('\u{a0}');
        let digit = |at: Option<char>| at.is_some_and(|c| c.is_ascii_digit());
        let hour = digit(before(at)) && digit(chars.get(at + 1).copied());
        let address = chars.get(at + 1) == Some(&'/') || hour;
        match (lang, *mark) {
            (_, '\'') => Some("a typewriter's apostrophe"),
            (Lang::Fr, ';' | '!' | '?' | '»') if !glued => Some("no no-break space before"),
            (Lang::Fr, ':') if !glued && !address => Some("no no-break space before"),
            (Lang::Fr, '«') if chars.get(at + 1) != Some(&'\u{a0}') => {
                Some("no no-break space after")
            }
            (Lang::En, ';' | ':' | '!' | '?') if before(at).is_some_and(char::is_whitespace) => {
                Some("a space before")
            }
            _ => None,
        }
    })
}

#[test]
fn sentences_have_the_marks_of_their_language() {
    assert_eq!(mark(Lang::Fr, "Que faire\u{a0}? L’aide."), None);
    assert!(mark(Lang::Fr, "Que faire ?").is_some() && mark(Lang::En, "Now ?").is_some());
    assert!(mark(Lang::Fr, "L'aide").is_some() && mark(Lang::Fr, "« Oui\u{a0}»").is_some());
    for lang in Lang::ALL {
        for (key, said) in wording(lang) {
            assert_eq!(mark(lang, &said), None, "{key} in {}: {said}", lang.tag());
        }
    }
}

/// Promises that nobody here can keep.
#[test]
fn no_sentence_promises_too_much() {
    let forbidden = [
        "enregistré",
        "aucune trace",
        "recorded",
        "no trace",
        "anonym",
    ];
    for lang in Lang::ALL {
        for (key, said) in wording(lang) {
            let said = said.to_lowercase();
            assert!(
                !forbidden.iter().any(|promise| said.contains(promise)),
                "{key}: {said}"
            );
            let nothing =
                said.contains("rien de votre visite") || said.contains("nothing of your visit");
            assert!(!nothing || key == "clean-text", "{key}: {said}");
        }
    }
}

#[test]
fn the_scan_sees_keys_in_every_form() {
    let source =
        "fn f() { column![text(m.say(\"a-b\")), w.text_with(lang, \"c\", &[(\"d\", x)])] }";
    assert_eq!(said(source), ["a-b", "c"]);
    assert_eq!(
        said("fn f() { text(\"not-a-key\"); m.say(key); }"),
        Vec::<String>::new()
    );
}
