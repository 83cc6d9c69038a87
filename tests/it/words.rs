//! The code says only keys that the wording knows.
#![allow(clippy::expect_used, reason = "a test stops at what it cannot read")]

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
            for lang in Lang::ALL {
                if !wording.has(lang, &key) {
                    lost.push(format!("{}: {key} in {}", path.display(), lang.tag()));
                }
            }
        }
    }
    assert!(count > 0, "the scan saw keys");
    assert_eq!(lost, Vec::<String>::new());
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
