//! Walks every shape that a life can take and holds it against the properties of the visit.
//!
//! A life cannot be copied (it holds `Clean` and `Grant`), so each shape is remembered by the path
//! of events that leads to it, and found again by walking that path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::LazyLock;

use super::stage::{Mode, Question, Stage};
use super::*;

fn request(level: Level, place: Place) -> Request {
    Request {
        role: RoleId(0),
        level,
        place,
        asked: ticked(),
        minutes: 15,
    }
}

/// What is asked and ticked: a gesture, and one that is asked again.
fn ticked() -> Gestures {
    Gestures::default()
        .toggled(Gesture::Write)
        .toggled(Gesture::Pay)
}

const STALE: Ticket = Ticket(0);

/// The name of each word that can be said, in the order of the table's rows.
const WORDS: &[&str] = &[
    "Person touches the welcome",
    "Person has read",
    "Person leaves",
    "Person chooses a démarche",
    "Person goes home",
    "Person says Yes",
    "Person says No",
    "Person says Yes to a stale question",
    "Person says Yes to nothing",
    "Person says No to a stale question",
    "Person needs more time",
    "Person needs more time for a stale question",
    "Person takes back",
    "Person wants privacy",
    "Person says it is me",
    "Person says it is me to a stale question",
    "Person ends privacy",
    "Person ends a stale privacy",
    "Person pauses",
    "Person resumes",
    "Person resumes a stale pause",
    "Person restarts the browser",
    "Person tries the other browser",
    "Person finishes",
    "Person comes back",
    "Person comes back to a stale farewell",
    "Person erases now",
    "Person erases a stale farewell",
    "Helper asks to show",
    "Helper asks to see",
    "Helper asks to act",
    "Helper asks to see from beside",
    "Helper asks to act for no time",
    "Helper will pay",
    "Helper will validate, unticked",
    "Helper will write",
    "Helper has done it",
    "Helper wants longer",
    "Helper hands back",
    "Clock: idle",
    "Clock: time to read",
    "Clock: time to read, stale",
    "Clock: the hand's time is over",
    "Clock: expired",
    "Clock: expired, stale",
    "Clock: closing",
    "Machine: audit clean",
    "Machine: audit found residue",
    "Machine: guest gone",
    "Machine: sensitive field",
    "Machine: field left",
    "Machine: printing",
    "Machine: printed",
    "Machine: wiped",
    "Machine: wipe failed",
    "Machine: custodian lost",
    "Staff resets",
    "Staff releases",
];

/// The event of a word, for a life in which `ticket` is the current question and `since` the one
/// that gave the hand.
#[allow(clippy::too_many_lines, reason = "one line for each word")]
fn event(word: &str, (ticket, since): (Ticket, Ticket)) -> Event {
    use Event::{Clock as C, Helper as H, Machine as M, Person as P, Staff as S};
    match word {
        "Person touches the welcome" => P(Person::Touched),
        "Person has read" => P(Person::Read),
        "Person leaves" => P(Person::Left),
        "Person chooses a démarche" => P(Person::Chose(Destination::Practice)),
        "Person goes home" => P(Person::Home),
        "Person says Yes" => P(Person::Yes(ticket, ticked())),
        "Person says Yes to nothing" => P(Person::Yes(ticket, Gestures::default())),
        "Person needs more time" => P(Person::MoreTime(ticket)),
        "Person needs more time for a stale question" => P(Person::MoreTime(STALE)),
        "Person says No" => P(Person::No(ticket)),
        "Person says Yes to a stale question" => P(Person::Yes(STALE, ticked())),
        "Person says No to a stale question" => P(Person::No(STALE)),
        "Person takes back" => P(Person::TakeBack),
        "Person wants privacy" => P(Person::WantsPrivacy),
        "Person says it is me" => P(Person::ItIsMe(ticket)),
        "Person says it is me to a stale question" => P(Person::ItIsMe(STALE)),
        "Person ends privacy" => P(Person::PrivacyOver(ticket)),
        "Person ends a stale privacy" => P(Person::PrivacyOver(STALE)),
        "Person pauses" => P(Person::Pause),
        "Person resumes" => P(Person::Resume(ticket)),
        "Person resumes a stale pause" => P(Person::Resume(STALE)),
        "Person restarts the browser" => P(Person::Restart),
        "Person tries the other browser" => P(Person::OtherBrowser),
        "Person finishes" => P(Person::Finish),
        "Person comes back" => P(Person::ComeBack(ticket)),
        "Person comes back to a stale farewell" => P(Person::ComeBack(STALE)),
        "Person erases now" => P(Person::EraseNow(ticket)),
        "Person erases a stale farewell" => P(Person::EraseNow(STALE)),
        "Helper asks to show" => H(Helper::Asks(request(Level::Show, Place::Here))),
        "Helper asks to see" => H(Helper::Asks(request(Level::See, Place::Far))),
        "Helper asks to act" => H(Helper::Asks(request(Level::Act, Place::Here))),
        "Helper asks to see from beside" => H(Helper::Asks(request(Level::See, Place::Here))),
        "Helper asks to act for no time" => H(Helper::Asks(Request {
            minutes: 0,
            ..request(Level::Act, Place::Here)
        })),
        "Helper will pay" => H(Helper::WillDo(Gesture::Pay)),
        "Helper will validate, unticked" => H(Helper::WillDo(Gesture::Submit)),
        "Helper will write" => H(Helper::WillDo(Gesture::Write)),
        "Helper has done it" => H(Helper::Did),
        "Helper wants longer" => H(Helper::WantsLonger(20)),
        "Helper hands back" => H(Helper::HandsBack),
        "Clock: idle" => C(Clock::Idle),
        "Clock: time to read" => C(Clock::Read(ticket)),
        "Clock: time to read, stale" => C(Clock::Read(STALE)),
        "Clock: the hand's time is over" => C(Clock::Expired(since)),
        "Clock: expired" => C(Clock::Expired(ticket)),
        "Clock: expired, stale" => C(Clock::Expired(STALE)),
        "Clock: closing" => C(Clock::Closing),
        "Machine: audit clean" => M(Machine::Audited(Verdict::Clean(Clean::certified()))),
        "Machine: audit found residue" => M(Machine::Audited(Verdict::Residue)),
        "Machine: guest gone" => M(Machine::GuestGone),
        "Machine: sensitive field" => M(Machine::Sensitive(true)),
        "Machine: field left" => M(Machine::Sensitive(false)),
        "Machine: printing" => M(Machine::Printing(true)),
        "Machine: printed" => M(Machine::Printing(false)),
        "Machine: wiped" => M(Machine::Wiped),
        "Machine: wipe failed" => M(Machine::WipeFailed),
        "Machine: custodian lost" => M(Machine::CustodianLost),
        "Staff resets" => S(Staff::Reset),
        "Staff releases" => S(Staff::Release),
        other => panic!("no such word: {other}"),
    }
}

/// The ticket that an answer must carry now.
fn ticket(life: &Life) -> Ticket {
    match &life.stage {
        Stage::Guest(guest) => match &guest.mode {
            Mode::Asking(Question { ticket, .. })
            | Mode::Private { ticket, .. }
            | Mode::Paused { ticket } => *ticket,
            Mode::Helper { grant } => grant.ticket(),
            Mode::Person | Mode::Choosing | Mode::Gone => Ticket(u32::MAX),
        },
        Stage::Farewell(farewell) => farewell.ticket,
        Stage::Auditing { .. }
        | Stage::Welcome { .. }
        | Stage::Notice { .. }
        | Stage::Choosing { .. }
        | Stage::Wiping { .. }
        | Stage::Quarantined(_) => Ticket(u32::MAX),
    }
}

/// The right that the helper holds now, or that waits for an answer.
fn grant(life: &Life) -> Option<&Grant> {
    match &life.stage {
        Stage::Guest(guest) => match &guest.mode {
            Mode::Helper { grant } => Some(grant),
            Mode::Asking(question) => question.held.as_ref(),
            Mode::Person
            | Mode::Choosing
            | Mode::Private { .. }
            | Mode::Paused { .. }
            | Mode::Gone => None,
        },
        Stage::Auditing { .. }
        | Stage::Welcome { .. }
        | Stage::Notice { .. }
        | Stage::Choosing { .. }
        | Stage::Farewell(_)
        | Stage::Wiping { .. }
        | Stage::Quarantined(_) => None,
    }
}

fn tickets(life: &Life) -> (Ticket, Ticket) {
    let since = grant(life).map_or(Ticket(u32::MAX), Grant::since);
    (ticket(life), since)
}

/// The life's shape: all of it but the running numbers.
fn shape(life: &Life) -> String {
    let text = format!("{:?}", life.stage);
    ["Ticket(", "opening: "]
        .into_iter()
        .fold(text, |text, marker| {
            let mut parts = text.split(marker);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |shape, part| {
                shape + marker + part.trim_start_matches(|c: char| c.is_ascii_digit())
            })
        })
}

/// The stage's name in the published table.
fn name(life: &Life) -> &'static str {
    match &life.stage {
        Stage::Auditing { .. } => "Auditing",
        Stage::Welcome { .. } => "Welcome",
        Stage::Notice { .. } => "Notice",
        Stage::Choosing { .. } => "Choosing",
        Stage::Guest(guest) => match &guest.mode {
            Mode::Person => "Guest/Person",
            Mode::Choosing => "Guest/Choosing",
            Mode::Asking(_) => "Guest/Asking",
            Mode::Helper { .. } => "Guest/Helper",
            Mode::Private { .. } => "Guest/Private",
            Mode::Paused { .. } => "Guest/Paused",
            Mode::Gone => "Guest/Gone",
        },
        Stage::Farewell(_) => "Farewell",
        Stage::Wiping { .. } => "Wiping",
        Stage::Quarantined(_) => "Quarantined",
    }
}

const STAGES: [&str; 14] = [
    "Auditing",
    "Welcome",
    "Notice",
    "Choosing",
    "Guest/Person",
    "Guest/Choosing",
    "Guest/Asking",
    "Guest/Helper",
    "Guest/Private",
    "Guest/Paused",
    "Guest/Gone",
    "Farewell",
    "Wiping",
    "Quarantined",
];

fn walk(path: &[&str]) -> Life {
    path.iter().fold(Life::booted(), |life, word| {
        let current = tickets(&life);
        life.on(event(word, current)).0
    })
}

struct Edge {
    from: String,
    from_name: &'static str,
    word: &'static str,
    to: String,
    to_name: &'static str,
    heard: Heard,
    held: Option<Ticket>,
    before: Policy,
    after: Policy,
}

/// Every edge of every shape; walked once for all tests of one process.
fn explore() -> &'static [Edge] {
    static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(walk_everything);
    &EDGES
}

fn walk_everything() -> Vec<Edge> {
    let mut paths: HashMap<String, Vec<&'static str>> = HashMap::new();
    let mut todo = VecDeque::from([Vec::new()]);
    let mut edges = Vec::new();
    paths.insert(shape(&Life::booted()), Vec::new());
    while let Some(path) = todo.pop_front() {
        for &word in WORDS {
            let life = walk(&path);
            let (from, from_name, before) = (shape(&life), name(&life), life.policy());
            let current = tickets(&life);
            let held = grant(&life).map(Grant::ticket);
            let (after, heard) = life.on(event(word, current));
            let to = shape(&after);
            let _total = (after.view(), after.policy(), after.timers());
            edges.push(Edge {
                from,
                from_name,
                word,
                to: to.clone(),
                to_name: name(&after),
                heard,
                held,
                before,
                after: after.policy(),
            });
            if let Entry::Vacant(new) = paths.entry(to) {
                let mut longer = path.clone();
                longer.push(word);
                new.insert(longer.clone());
                todo.push_back(longer);
            }
        }
    }
    edges
}

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
        assert_eq!(e.from_name, "Guest/Asking", "{label}");
        assert_eq!(e.before.helper, HelperGate::Dropped, "{label}");
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
