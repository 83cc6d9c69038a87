//! Walks every shape that a life can take and holds it against the properties of the visit.
//!
//! A life cannot be copied (it holds `Clean` and `Grant`), so each shape is remembered by the path
//! of events that leads to it, and found again by walking that path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::LazyLock;

use super::consent::Withheld;
use super::stage::{After, Mode, Question, Stage};
use super::*;

mod properties;

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
    "Person lets the helper go on afterwards",
    "Person wants to be asked afterwards",
    "Person answers so on a stale private screen",
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
    "Clock: long enough",
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
fn event(word: &str, (ticket, since): (Ticket, Ticket)) -> Event {
    use Event::{Clock as C, Machine as M, Staff as S};
    match word {
        "Clock: idle" => C(Clock::Idle),
        "Clock: time to read" => C(Clock::Read(ticket)),
        "Clock: time to read, stale" => C(Clock::Read(STALE)),
        "Clock: the hand's time is over" => C(Clock::Expired(since)),
        "Clock: expired" => C(Clock::Expired(ticket)),
        "Clock: expired, stale" => C(Clock::Expired(STALE)),
        "Clock: closing" => C(Clock::Closing),
        "Clock: long enough" => C(Clock::LongEnough),
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
        other if other.starts_with("Helper ") => Event::Helper(helper(other)),
        other => Event::Person(person(other, ticket)),
    }
}

fn person(word: &str, ticket: Ticket) -> Person {
    match word {
        "Person touches the welcome" => Person::Touched,
        "Person has read" => Person::Read,
        "Person leaves" => Person::Left,
        "Person chooses a démarche" => Person::Chose(Destination::Practice),
        "Person goes home" => Person::Home,
        "Person says Yes" => Person::Yes(ticket, ticked()),
        "Person says Yes to nothing" => Person::Yes(ticket, Gestures::default()),
        "Person needs more time" => Person::MoreTime(ticket),
        "Person needs more time for a stale question" => Person::MoreTime(STALE),
        "Person says No" => Person::No(ticket),
        "Person says Yes to a stale question" => Person::Yes(STALE, ticked()),
        "Person says No to a stale question" => Person::No(STALE),
        "Person takes back" => Person::TakeBack,
        "Person wants privacy" => Person::WantsPrivacy,
        "Person says it is me" => Person::ItIsMe(ticket),
        "Person says it is me to a stale question" => Person::ItIsMe(STALE),
        "Person ends privacy" => Person::PrivacyOver(ticket),
        "Person ends a stale privacy" => Person::PrivacyOver(STALE),
        "Person lets the helper go on afterwards" => Person::Returns(ticket, true),
        "Person wants to be asked afterwards" => Person::Returns(ticket, false),
        "Person answers so on a stale private screen" => Person::Returns(STALE, true),
        "Person pauses" => Person::Pause,
        "Person resumes" => Person::Resume(ticket),
        "Person resumes a stale pause" => Person::Resume(STALE),
        "Person restarts the browser" => Person::Restart,
        "Person tries the other browser" => Person::OtherBrowser,
        "Person finishes" => Person::Finish,
        "Person comes back" => Person::ComeBack(ticket),
        "Person comes back to a stale farewell" => Person::ComeBack(STALE),
        "Person erases now" => Person::EraseNow(ticket),
        "Person erases a stale farewell" => Person::EraseNow(STALE),
        other => panic!("no such word: {other}"),
    }
}

fn helper(word: &str) -> Helper {
    match word {
        "Helper asks to show" => Helper::Asks(request(Level::Show, Place::Here)),
        "Helper asks to see" => Helper::Asks(request(Level::See, Place::Far)),
        "Helper asks to act" => Helper::Asks(request(Level::Act, Place::Here)),
        "Helper asks to see from beside" => Helper::Asks(request(Level::See, Place::Here)),
        "Helper asks to act for no time" => Helper::Asks(Request {
            minutes: 0,
            ..request(Level::Act, Place::Here)
        }),
        "Helper will pay" => Helper::WillDo(Gesture::Pay),
        "Helper will validate, unticked" => Helper::WillDo(Gesture::Submit),
        "Helper will write" => Helper::WillDo(Gesture::Write),
        "Helper has done it" => Helper::Did,
        "Helper wants longer" => Helper::WantsLonger(20),
        "Helper hands back" => Helper::HandsBack,
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
    let aside = withheld(life).map(Withheld::since);
    let since = grant(life).map(Grant::since).or(aside);
    (ticket(life), since.unwrap_or(Ticket(u32::MAX)))
}

/// The right that was put aside for a private moment.
fn withheld(life: &Life) -> Option<&Withheld> {
    let Stage::Guest(guest) = &life.stage else {
        return None;
    };
    match &guest.mode {
        Mode::Private {
            after: After::Withheld { grant, .. },
            ..
        } => Some(grant),
        Mode::Person
        | Mode::Choosing
        | Mode::Asking(_)
        | Mode::Helper { .. }
        | Mode::Private { .. }
        | Mode::Paused { .. }
        | Mode::Gone => None,
    }
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
