//! The law of the house: who may name whom, how long a file and a function may be, where `Clean`
//! is made. The table of rooms is read from `src/lib.rs` itself, so that it is written once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test stops at what it cannot read"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources::{files, is_test, root, text};

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 60;

/// Rooms that forbid unsafe code as a whole.
const CORE: [&str; 8] = [
    "usage",
    "bulletin",
    "visit",
    "catalogue",
    "wording",
    "config",
    "secrets",
    "guardian",
];

/// The only files with unsafe code: each tiny, each block with its reason.
const DOORS: [&str; 2] = ["audit/namespace.rs", "proof/ipc.rs"];

const LONGEST_DOOR: usize = 150;

/// The rooms of the table, each with those that it may name.
type Law = BTreeMap<String, BTreeSet<String>>;

/// What a scan of one file saw.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// First names after `crate::`, and `(root)` for a way out of the room by `super`.
    rooms: BTreeSet<String>,
    /// Functions longer than allowed, with their length.
    long: Vec<(String, usize)>,
    /// Unsafe code.
    trusts: bool,
    /// `certified`, the maker of `Clean`, is named.
    certifies: bool,
    /// The ledger of the statistics is opened, counted into or written.
    counts: bool,
}

/// The table in the documentation of the library.
fn law(documentation: &str) -> Law {
    let cell = |text: &str| text.trim().trim_matches(['[', ']', '`']).to_owned();
    documentation
        .lines()
        .filter_map(|line| line.strip_prefix("//! |"))
        .map(|line| line.split('|').collect::<Vec<_>>())
        .filter(|cells| cells.len() >= 3 && !cells[0].contains("---") && cells[0].trim() != "room")
        .map(|cells| {
            let named = match cells[2].trim() {
                "nobody" => BTreeSet::new(),
                list => list.split(',').map(|name| name.trim().to_owned()).collect(),
            };
            (cell(cells[0].trim_matches([' ', '[', ']', '`'])), named)
        })
        .collect()
}

fn scan(text: &str, depth: usize) -> Seen {
    let mut seen = Seen::default();
    let tokens: TokenStream = text.parse().expect("a source file");
    walk(tokens, depth, &mut seen);
    seen
}

fn walk(tokens: TokenStream, depth: usize, seen: &mut Seen) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if name == "crate" => {
                seen.rooms.extend(after_colons(&tokens[at + 1..]));
            }
            TokenTree::Ident(name) if name == "super" => {
                let supers = chain(&tokens[at..]);
                if supers >= depth {
                    seen.rooms.insert("(root)".to_owned());
                }
            }
            TokenTree::Ident(name) if name == "certified" => seen.certifies = true,
            TokenTree::Ident(name) if name == "Ledger" || name == "Clerk" => seen.counts = true,
            TokenTree::Ident(name) if name == "unsafe" => seen.trusts = true,
            TokenTree::Ident(name) if name == "fn" => {
                seen.long.extend(long_function(&tokens[at + 1..]));
            }
            TokenTree::Group(group) => {
                let inline = at >= 2 && word(&tokens[at - 2]) == Some("mod".to_owned());
                let inline = inline && group.delimiter() == Delimiter::Brace;
                walk(group.stream(), depth + usize::from(inline), seen);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

/// The names that follow `::`: one, or the first of each branch of a `{…}`.
fn after_colons(tokens: &[TokenTree]) -> Vec<String> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), name, ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            match name {
                TokenTree::Group(branches) => {
                    let branches: Vec<TokenTree> = branches.stream().into_iter().collect();
                    branches
                        .split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','))
                        .filter_map(|branch| branch.first().map(ToString::to_string))
                        .collect()
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    vec![name.to_string()]
                }
            }
        }
        _ => Vec::new(),
    }
}

/// How many `super` follow each other.
fn chain(tokens: &[TokenTree]) -> usize {
    tokens
        .chunks(3)
        .take_while(|step| word(&step[0]).as_deref() == Some("super"))
        .count()
}

/// The function whose tokens after `fn` these are, if it is too long.
fn long_function(tokens: &[TokenTree]) -> Option<(String, usize)> {
    let name = tokens.first().and_then(word)?;
    let body = tokens
        .iter()
        .take_while(|token| !matches!(token, TokenTree::Punct(p) if p.as_char() == ';'))
        .find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
            TokenTree::Group(_)
            | TokenTree::Ident(_)
            | TokenTree::Punct(_)
            | TokenTree::Literal(_) => None,
        })?;
    let lines = body.span_close().end().line + 1 - tokens.first()?.span().start().line;
    (lines > LONGEST_FUNCTION).then_some((name, lines))
}

/// Each file of a room: the room, the depth of its module below the crate, the path.
fn rooms() -> Vec<(String, usize, PathBuf)> {
    let src = root().join("src");
    files(&src, "rs")
        .into_iter()
        .filter_map(|path| {
            let parts: Vec<String> = path
                .strip_prefix(&src)
                .ok()?
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            let room = parts.first()?.trim_end_matches(".rs").to_owned();
            let file = parts.last()?;
            let depth = parts.len() - usize::from(file == "mod.rs");
            let outside = ["bin", "lib", "main"].contains(&room.as_str());
            (!outside).then_some((room, depth, path))
        })
        .collect()
}

/// What a file of `room` says against the law.
fn breaches(law: &Law, room: &str, seen: &Seen) -> Vec<String> {
    let Some(allowed) = law.get(room) else {
        return vec![format!("{room} is not in the table")];
    };
    seen.rooms
        .iter()
        .filter(|name| *name != room && !allowed.contains(*name))
        .map(|name| format!("{room} names {name}"))
        .collect()
}

#[test]
fn rooms_name_only_whom_they_may() {
    let law = law(&text(&root().join("src/lib.rs")));
    assert!(law.len() >= 10, "the table was found: {law:?}");
    let sources = rooms();
    assert!(sources.len() > 20, "the rooms were found");
    let found: Vec<String> = sources
        .iter()
        .flat_map(|(room, depth, path)| {
            let seen = scan(&text(path), *depth);
            breaches(&law, room, &seen)
                .into_iter()
                .map(|breach| format!("{}: {breach}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_arrows_make_no_circle() {
    let mut left = law(&text(&root().join("src/lib.rs")));
    while let Some(room) = left
        .iter()
        .find(|(_, named)| named.iter().all(|name| !left.contains_key(name)))
        .map(|(room, _)| room.clone())
    {
        left.remove(&room);
    }
    assert_eq!(left, Law::new());
}

#[test]
fn only_the_audit_and_the_visit_speak_of_making_a_clean() {
    let mut named: BTreeSet<String> = rooms()
        .iter()
        .filter(|(_, depth, path)| scan(&text(path), *depth).certifies)
        .map(|(room, _, _)| room.clone())
        .collect();
    assert!(named.remove("audit"), "the audit makes it");
    assert!(named.remove("visit"), "the visit defines it");
    assert_eq!(named, BTreeSet::new());
}

#[test]
fn only_the_usage_room_writes_the_statistics() {
    let named: BTreeSet<String> = rooms()
        .iter()
        .filter(|(_, depth, path)| scan(&text(path), *depth).counts)
        .map(|(room, _, _)| room.clone())
        .collect();
    assert_eq!(named, BTreeSet::from(["usage".to_owned()]));
    // Outside it, the names of the store's files are said nowhere either.
    for (room, _, path) in rooms() {
        if room != "usage" {
            let text = text(&path);
            for name in ["statistiques.csv", "statistiques.nouveau"] {
                assert!(!text.contains(name), "{}", path.display());
            }
        }
    }
    // Nor is a counter changed: only a reader's copy leaves the room.
    let book = text(&root().join("src/usage/book.rs"));
    assert!(
        book.contains("pub(super) months:"),
        "the counters are closed"
    );
}

#[test]
fn core_rooms_forbid_unsafe_code() {
    for room in CORE {
        let path = root().join("src").join(room).join("mod.rs");
        assert!(text(&path).contains("#![forbid(unsafe_code)]"), "{room}");
    }
}

#[test]
fn unsafe_code_stays_behind_its_doors() {
    let src = root().join("src");
    let trusting: Vec<PathBuf> = files(&src, "rs")
        .into_iter()
        .filter(|path| scan(&text(path), usize::MAX / 2).trusts)
        .collect();
    assert_eq!(trusting, DOORS.map(|door| src.join(door)));
    for door in trusting {
        let text = text(&door);
        assert!(text.contains("// SAFETY: "), "{}", door.display());
        assert!(text.lines().count() <= LONGEST_DOOR, "{}", door.display());
    }
}

#[test]
fn files_and_functions_stay_short() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "xtask/src"] {
        for path in files(&root().join(folder), "rs") {
            let text = text(&path);
            let lines = text.lines().count();
            if lines > LONGEST_FILE {
                found.push(format!("{}: {lines} lines", path.display()));
            }
            // A table of cases may be long; a test is read from top to bottom.
            if !is_test(&path) {
                for (name, lines) in scan(&text, usize::MAX / 2).long {
                    found.push(format!("{}: fn {name}, {lines} lines", path.display()));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

mod controls {
    //! The scanner sees what it must see.

    use super::*;

    fn named(snippet: &str) -> Vec<String> {
        scan(snippet, 1).rooms.into_iter().collect()
    }

    #[test]
    fn a_breach_is_seen_in_every_form() {
        assert_eq!(named("use crate::shell::Screen;"), ["shell"]);
        assert_eq!(
            named("use crate::{shell::Screen, visit::{Life, Event}};"),
            ["shell", "visit"]
        );
        assert_eq!(named("fn f() { let x = crate::shell::new(); }"), ["shell"]);
        assert_eq!(
            named("fn f() { println!(\"{}\", crate::shell::X); }"),
            ["shell"]
        );
        assert_eq!(named("pub(in crate::shell) fn f() {}"), ["shell"]);
        assert_eq!(named("use super::shell;"), ["(root)"]);
        assert_eq!(named("mod inner { use super::x; }"), Vec::<String>::new());
        assert_eq!(named("mod inner { use super::super::shell; }"), ["(root)"]);
    }

    #[test]
    fn words_are_no_breach() {
        assert_eq!(
            named("/// As [`crate::shell`] does.\nfn f() {}"),
            Vec::<String>::new()
        );
        assert_eq!(
            named("// crate::shell\nconst X: &str = \"crate::shell\";"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_breach_is_a_finding_and_a_lawful_name_is_not() {
        let law = law("//! | room | what | may name |\n//! |---|---|---|\n\
                       //! | [`visit`] | x | nobody |\n//! | `shell` | x | visit, wording |");
        let seen = |snippet| scan(snippet, 1);
        assert_eq!(
            breaches(&law, "visit", &seen("use crate::shell::X;")),
            ["visit names shell"]
        );
        assert_eq!(
            breaches(&law, "shell", &seen("use crate::{visit::X, shell::Y};")),
            Vec::<String>::new()
        );
        assert_eq!(
            breaches(&law, "cellar", &seen("")),
            ["cellar is not in the table"]
        );
    }

    #[test]
    fn a_long_function_and_a_maker_of_clean_are_seen() {
        let body = "x();\n".repeat(LONGEST_FUNCTION);
        let seen = scan(&format!("impl A {{ fn long() {{\n{body}}} }}"), 1);
        assert_eq!(seen.long, [("long".to_owned(), LONGEST_FUNCTION + 2)]);
        let body = "x();\n".repeat(LONGEST_FUNCTION - 2);
        assert_eq!(scan(&format!("fn f() {{\n{body}}}"), 1).long, []);
        assert!(scan("fn f() { visit::Clean::certified(); }", 1).certifies);
        assert!(!scan("/// `Clean::certified`\nfn f() {}", 1).certifies);
        assert!(scan("fn f() { usage::Ledger::open(x) }", 1).counts);
        assert!(!scan("/// `Ledger`\nfn f() { usage::look(x) }", 1).counts);
        assert!(scan("fn f() { g(|| unsafe { x() }) }", 1).trusts);
        assert!(!scan("#![forbid(unsafe_code)] fn f() {}", 1).trusts);
    }
}
