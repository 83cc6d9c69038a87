//! The properties of a visit, held against every shape.

use super::*;

#[test]
fn only_a_clean_audit_opens_the_welcome_and_nothing_goes_around_the_wipe() {
    let before = |stage: &str| match stage {
        "Welcome" => ["Auditing", "Notice", "Choosing"].as_slice(),
        "Auditing" => &["Wiping"],
        "Wiping" => &["Farewell", "Quarantined"],
        "Notice" => &["Welcome"],
        "Choosing" => &["Notice"],
        _ => &[],
    };
    let edges = explore();
    assert!(
        edges
            .iter()
            .any(|e| e.from_name == "Auditing" && e.to_name == "Welcome"),
        "nothing was explored"
    );
    for e in edges.iter().filter(|e| e.from != e.to) {
        if matches!(
            e.to_name,
            "Welcome" | "Auditing" | "Wiping" | "Notice" | "Choosing"
        ) && e.from_name != e.to_name
        {
            assert!(
                before(e.to_name).contains(&e.from_name),
                "{} —{}→ {}",
                e.from_name,
                e.word,
                e.to_name
            );
        }
        if e.from_name == "Auditing" && e.to_name == "Welcome" {
            assert_eq!(e.word, "Machine: audit clean");
        }
        if e.from_name == "Wiping" && e.to_name == "Auditing" {
            assert_eq!(e.word, "Machine: wiped");
        }
    }
}

const fn given(gate: HelperGate) -> Option<Ticket> {
    match gate {
        HelperGate::Dropped => None,
        HelperGate::Pointer(ticket) | HelperGate::Acts(ticket) => Some(ticket),
    }
}

#[test]
fn a_helper_acts_only_by_the_visitors_current_yes() {
    let edges = explore();
    let (mut granted, mut kept) = (0, 0);
    for e in edges.iter().filter(|e| given(e.after.helper).is_some()) {
        if e.before.helper == e.after.helper {
            continue;
        }
        let label = format!("{} —{}→ {}", e.from_name, e.word, e.to_name);
        assert_eq!(e.before.helper, HelperGate::Dropped, "{label}");
        if e.from_name == "Guest/Private" {
            continue; // held to its own rule below
        }
        assert_eq!(e.from_name, "Guest/Asking", "{label}");
        if e.word == "Person says Yes" || e.word == "Person says Yes to nothing" {
            granted += 1;
        } else {
            // A No to more leaves what a Yes had given before, and nothing else.
            assert!(
                ["Person says No", "Clock: expired"].contains(&e.word),
                "{label}"
            );
            assert_eq!(given(e.after.helper), e.held, "{label}");
            kept += 1;
        }
    }
    assert!(granted > 0 && kept > 0, "nobody was ever granted anything");
}

/// After a private moment a helper goes on without a question only where the visitor chose it on
/// that very screen, with no secret field in front, and under a new ticket.
#[test]
fn a_helper_goes_on_after_privacy_only_by_the_visitors_choice() {
    let edges = explore();
    let mut back = 0;
    for e in edges.iter().filter(|e| e.from_name == "Guest/Private") {
        if given(e.after.helper).is_none() {
            continue;
        }
        let ends = ["Person ends privacy", "Machine: field left"].contains(&e.word);
        assert!(
            ends && e.from.contains("returns: true"),
            "{} {}",
            e.word,
            e.from
        );
        assert!(e.to.contains("sensitive: false"), "{}", e.to);
        assert!(
            e.word == "Machine: field left" || e.from.contains("sensitive: false"),
            "{}",
            e.from
        );
        back += 1;
    }
    assert!(back > 1, "nobody ever went on");
    let chose = |e: &&Edge| !e.from.contains("returns: true") && e.to.contains("returns: true");
    let words: BTreeSet<&str> = edges.iter().filter(chose).map(|e| e.word).collect();
    assert_eq!(
        words,
        BTreeSet::from(["Person lets the helper go on afterwards"])
    );
    for word in [
        "Person takes back",
        "Person pauses",
        "Clock: the hand's time is over",
    ] {
        let mut of_word = edges
            .iter()
            .filter(|e| e.from.contains("returns: true") && e.word == word);
        assert!(of_word.all(|e| !e.to.contains("returns: true")), "{word}");
    }
}

#[test]
fn no_word_of_a_helper_answers_a_question() {
    let edges = explore();
    let mut tried = 0;
    for e in edges
        .iter()
        .filter(|e| e.from_name == "Guest/Asking" && e.word.starts_with("Helper"))
    {
        assert_eq!(e.after.helper, HelperGate::Dropped, "{}", e.word);
        let back = e.word == "Helper hands back" && e.to_name == "Guest/Person";
        assert!(back || e.to == e.from, "{} leads to {}", e.word, e.to);
        tried += 1;
    }
    assert!(tried > 0, "no question was asked");
}

#[test]
fn a_yes_counts_after_the_time_to_read() {
    let edges = explore();
    let asked = |ready: &'static str| {
        edges
            .iter()
            .filter(move |e| e.from_name == "Guest/Asking" && e.word == "Person says Yes")
            .filter(move |e| e.from.contains(ready))
    };
    assert!(asked("ready: true").all(|e| e.heard == Heard::Taken));
    assert!(asked("ready: false").all(|e| e.heard != Heard::Taken));
    assert!(asked("ready: true").count() > 0 && asked("ready: false").count() > 0);
}

#[test]
fn an_act_is_agreed_to_at_the_moment_of_the_act() {
    let edges = explore();
    let mut agreed = 0;
    for e in edges.iter().filter(|e| !e.before.sends && e.after.sends) {
        assert_eq!(e.from_name, "Guest/Asking");
        assert!(e.word.starts_with("Person says Yes"), "{}", e.word);
        assert!(e.from.contains("Act(Pay)"), "{}", e.from);
        agreed += 1;
    }
    assert!(agreed > 0, "nobody ever paid");
    for word in ["Helper will validate, unticked", "Helper will write"] {
        let mut of_word = edges.iter().filter(|e| e.word == word);
        assert!(of_word.all(|e| e.heard != Heard::Taken), "{word}");
    }
}

#[test]
fn a_grant_survives_neither_privacy_nor_pause() {
    let edges = explore();
    for word in [
        "Person wants privacy",
        "Person pauses",
        "Machine: sensitive field",
        "Person takes back",
    ] {
        let mut seen = 0;
        for e in edges
            .iter()
            .filter(|e| e.from_name == "Guest/Helper" && e.word == word)
        {
            assert_eq!(e.after.helper, HelperGate::Dropped, "{word}");
            seen += 1;
        }
        assert!(seen > 0, "{word} was never tried on a helper");
    }
}

#[test]
fn stale_tickets_are_refused_everywhere_and_a_refusal_changes_nothing() {
    let edges = explore();
    assert!(
        edges
            .iter()
            .any(|e| matches!(e.heard, Heard::Refused(Refusal::Stale))),
        "no stale answer was tried"
    );
    for e in edges {
        if e.word.contains("stale") {
            assert!(
                matches!(e.heard, Heard::Refused(_)),
                "{} took {}",
                e.from_name,
                e.word
            );
        }
        if matches!(e.heard, Heard::Refused(_)) {
            assert_eq!(e.from, e.to, "a refused {} changed {}", e.word, e.from_name);
        }
    }
}

#[test]
fn there_is_no_dead_end() {
    let edges = explore();
    let shapes: BTreeSet<&str> = edges.iter().map(|e| e.from.as_str()).collect();
    let mut home: BTreeSet<&str> = edges
        .iter()
        .filter(|e| e.from_name == "Welcome")
        .map(|e| e.from.as_str())
        .collect();
    loop {
        let more: Vec<&str> = edges
            .iter()
            .filter(|e| home.contains(e.to.as_str()) && !home.contains(e.from.as_str()))
            .map(|e| e.from.as_str())
            .collect();
        if more.is_empty() {
            break;
        }
        home.extend(more);
    }
    assert!(shapes.len() > 30, "only {} shapes", shapes.len());
    let stuck: Vec<&&str> = shapes.difference(&home).collect();
    assert!(
        stuck.is_empty(),
        "no way back to the welcome from {stuck:?}"
    );
}

/// The published table: `docs/life-cycle.md` is this snapshot. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_published_table_is_the_life() {
    let mut cells: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for e in explore().iter().filter(|e| e.from != e.to) {
        cells
            .entry((e.from_name, e.word))
            .or_default()
            .insert(e.to_name);
    }
    let mut table = String::from(
        "# The life of a visit\n\nWritten by the test `the_published_table_is_the_life`; do not edit by hand. \
         A word that is not listed under a stage changes nothing there. \"=\" means the same stage, with something \
         in it changed.\n",
    );
    for stage in STAGES {
        writeln!(table, "\n## {stage}\n\n| word | leads to |\n|---|---|").unwrap();
        for &word in WORDS {
            if let Some(to) = cells.get(&(stage, word)) {
                let to: Vec<&str> = to
                    .iter()
                    .map(|to| if *to == stage { "=" } else { to })
                    .collect();
                writeln!(table, "| {word} | {} |", to.join(", ")).unwrap();
            }
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/life-cycle.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        #[allow(
            clippy::disallowed_methods,
            reason = "writes the documentation on request"
        )]
        std::fs::write(path, &table).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        table,
        "run with UPDATE_DOCS=1"
    );
}
