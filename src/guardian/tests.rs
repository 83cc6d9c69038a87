#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

mod any_order;
mod counted;
mod papers;
mod timing;

use super::*;
use crate::audit::Outcome;
use crate::visit::{
    Deed, Desk, Gesture, Gestures, Hands, Helper, HelperGate, Level, Person, Place, Request,
    RoleId, Staff, Ticket, View,
};

/// What the ports saw, in order.
#[derive(Clone, Debug, PartialEq)]
enum Did {
    Applied(Policy),
    Opened,
    Closed,
    Sent(Command),
}

type Log = Rc<RefCell<Vec<Did>>>;

struct FakeSeat(Log);

impl Seat for FakeSeat {
    fn apply(&mut self, policy: Policy) {
        self.0.borrow_mut().push(Did::Applied(policy));
    }
    fn open(&mut self) -> std::io::Result<PathBuf> {
        self.0.borrow_mut().push(Did::Opened);
        Ok(PathBuf::from("/run/test/wayland"))
    }
    fn close(&mut self) {
        self.0.borrow_mut().push(Did::Closed);
    }
}

struct FakeKeeper(Log);

impl Keeper for FakeKeeper {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        self.0.borrow_mut().push(Did::Sent(command.clone()));
        Ok(())
    }
}

struct Station {
    guardian: Guardian<FakeSeat, FakeKeeper>,
    log: Log,
    now: Duration,
    counted: Arc<Mutex<Vec<Line>>>,
}

const REQUEST: Request = Request {
    role: RoleId(0),
    level: Level::Act,
    place: Place::Here,
    asked: Gestures::only(Gesture::Write),
    minutes: 15,
};

impl Station {
    fn booted() -> Self {
        let log = Log::default();
        let counted = Arc::new(Mutex::new(Vec::new()));
        let counting = Arc::clone(&counted);
        let rules = Rules {
            timings: Timings::default(),
            demanded: Probe::DESK.to_vec(),
            limit: None,
            target: Box::new(|_| Some(Target::Practice)),
            subject: Box::new(|_| Subject::PRACTICE),
            count: Box::new(move |line| counting.lock().unwrap().push(line)),
            begin: Box::new(|| ()),
        };
        let guardian = Guardian::new(
            FakeSeat(log.clone()),
            FakeKeeper(log.clone()),
            rules,
            Duration::ZERO,
        );
        Self {
            guardian,
            log,
            now: Duration::ZERO,
            counted,
        }
    }

    fn welcoming() -> Self {
        let mut station = Self::booted();
        station.answer_audit(Outcome::Nothing);
        station
    }

    fn in_visit() -> Self {
        let mut station = Self::welcoming();
        station.person(Person::Touched);
        station.person(Person::Read);
        station.person(Person::Chose(Destination::Practice));
        station
    }

    fn hear(&mut self, word: Word) {
        self.guardian.hear(word, self.now);
    }

    fn person(&mut self, said: Person) {
        self.hear(Word::Say(Event::Person(said)));
    }

    fn sent(&self) -> Vec<Command> {
        let log = self.log.borrow();
        log.iter()
            .filter_map(|did| {
                if let Did::Sent(c) = did {
                    Some(c.clone())
                } else {
                    None
                }
            })
            .collect()
    }

    fn round(&self) -> u32 {
        match self.sent().last() {
            Some(Command::Wipe { round } | Command::Audit { round }) => *round,
            _ => 0,
        }
    }

    fn answer_audit(&mut self, outcome: Outcome) {
        let report = Report {
            outcomes: Probe::DESK.into_iter().map(|p| (p, outcome)).collect(),
        };
        let round = self.round();
        self.hear(Word::Keeper(Notice::Audited { round, report }));
    }

    fn answer_wipe(&mut self) {
        let round = self.round();
        self.hear(Word::Keeper(Notice::Wiped { round, millis: 5 }));
    }

    fn view(&self) -> View {
        self.guardian.published(self.now).view
    }

    fn pass(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        for _ in 0..10_000 {
            match self.guardian.next(self.now) {
                Some(at) if at <= end => self.now = at.max(self.now),
                _ => break,
            }
            self.guardian.tick(self.now);
        }
        self.now = end;
        self.guardian.tick(self.now);
    }

    fn question(&self) -> Ticket {
        let View::Guest(guest) = self.view() else {
            panic!("no guest: {:?}", self.view())
        };
        let Hands::Asking { ticket, .. } = guest.hands else {
            panic!("not asking: {:?}", guest.hands)
        };
        ticket
    }
}

#[test]
fn a_visit_is_opened_then_wiped_then_audited_in_that_order() {
    let mut station = Station::in_visit();
    station.person(Person::Finish);
    let View::Farewell(farewell) = station.view() else {
        panic!("no farewell")
    };
    station.person(Person::EraseNow(farewell.ticket));
    station.answer_wipe();
    assert_eq!(station.view(), View::Auditing { after_visit: true });
    station.answer_audit(Outcome::Nothing);
    assert_eq!(station.view(), View::Welcome { after_visit: true });
    let kinds: Vec<&str> = station
        .sent()
        .iter()
        .map(|command| match command {
            Command::Open { .. } => "open",
            Command::Wipe { .. } => "wipe",
            Command::Audit { .. } => "audit",
            Command::Hello { .. }
            | Command::Print(_)
            | Command::Copy(_)
            | Command::Paper(_)
            | Command::PrintPaper(_)
            | Command::Deliver(_) => "other",
        })
        .collect();
    assert_eq!(kinds, ["audit", "open", "wipe", "audit"]);
    assert!(
        station.log.borrow().contains(&Did::Closed),
        "the display was not closed"
    );
}

#[test]
fn residue_or_a_blind_probe_quarantines_and_a_release_wipes_first() {
    for outcome in [Outcome::Found(1), Outcome::Blind] {
        let mut station = Station::booted();
        station.answer_audit(outcome);
        assert!(matches!(station.view(), View::Quarantined(_)));
        station.hear(Word::Say(Event::Staff(Staff::Release)));
        assert_eq!(station.view(), View::Wiping { attempt: 1 });
    }
}

#[test]
fn an_old_answer_is_not_taken_for_the_one_awaited() {
    let mut station = Station::booted();
    let report = Report {
        outcomes: Probe::DESK
            .into_iter()
            .map(|p| (p, Outcome::Nothing))
            .collect(),
    };
    let stale = station.round() + 7;
    station.hear(Word::Keeper(Notice::Audited {
        round: stale,
        report,
    }));
    assert_eq!(station.view(), View::Auditing { after_visit: false });
}

#[test]
fn a_custodian_that_never_answers_is_a_quarantine() {
    let mut station = Station::booted();
    station.pass(61);
    assert!(matches!(station.view(), View::Quarantined(_)));
}

#[test]
fn silence_is_never_consent() {
    let mut station = Station::in_visit();
    station.hear(Word::Say(Event::Helper(Helper::Asks(REQUEST))));
    let ticket = station.question();
    assert_eq!(station.guardian.published(station.now).remaining, Some(90));
    station.pass(91);
    let View::Guest(guest) = station.view() else {
        panic!("no guest")
    };
    assert_eq!(guest.hands, Hands::Person);
    station.person(Person::Yes(ticket, REQUEST.asked));
    let View::Guest(guest) = station.view() else {
        panic!("no guest")
    };
    assert_eq!(guest.hands, Hands::Person, "a late Yes was taken");
}

#[test]
fn a_grant_ends_with_its_time() {
    let mut station = Station::in_visit();
    station.hear(Word::Say(Event::Helper(Helper::Asks(REQUEST))));
    let ticket = station.question();
    station.person(Person::Yes(ticket, REQUEST.asked));
    let gate = |station: &Station| station.guardian.life.policy().helper;
    assert_eq!(
        gate(&station),
        HelperGate::Dropped,
        "nobody can have read it"
    );
    station.pass(2);
    station.person(Person::Yes(ticket, REQUEST.asked));
    assert!(matches!(gate(&station), HelperGate::Acts(_)));
    station.pass(15 * 60 + 1);
    assert_eq!(gate(&station), HelperGate::Dropped);
}

#[test]
fn a_question_waits_as_long_again_when_asked_to() {
    let mut station = Station::in_visit();
    station.hear(Word::Say(Event::Helper(Helper::Asks(REQUEST))));
    let ticket = station.question();
    station.pass(80);
    station.person(Person::MoreTime(ticket));
    assert_eq!(station.guardian.published(station.now).remaining, Some(90));
    station.pass(80);
    assert_eq!(station.question(), ticket);
    station.pass(11);
    let View::Guest(guest) = station.view() else {
        panic!("no guest")
    };
    assert_eq!(guest.hands, Hands::Person);
}

#[test]
fn what_a_helper_did_is_said_at_the_end_in_closed_words() {
    let mut station = Station::in_visit();
    let helped = |station: &Station| station.guardian.published(station.now).helped;
    station.hear(Word::Deed(Deed::Wrote));
    assert_eq!(helped(&station), None, "nobody helped");
    station.hear(Word::Say(Event::Helper(Helper::Asks(REQUEST))));
    let ticket = station.question();
    station.pass(2);
    station.person(Person::Yes(ticket, REQUEST.asked));
    station.hear(Word::Deed(Deed::Wrote));
    station.pass(200);
    assert_eq!(helped(&station), None, "it has not ended");
    station.hear(Word::Say(Event::Helper(Helper::WantsLonger(5))));
    station.person(Person::No(station.question()));
    station.pass(20);
    station.person(Person::TakeBack);
    let end = helped(&station).unwrap();
    assert_eq!((end.minutes, end.wrote, end.clicked), (4, true, false));
    station.person(Person::Finish);
    assert_eq!(
        helped(&station),
        Some(end),
        "it still stands on the farewell"
    );
    let View::Farewell(farewell) = station.view() else {
        panic!("no farewell")
    };
    station.person(Person::EraseNow(farewell.ticket));
    assert_eq!(helped(&station), None, "nothing of a visit stays");
}

#[test]
fn the_idle_warning_comes_before_the_end_and_a_key_takes_it_away() {
    let mut station = Station::in_visit();
    station.pass(9 * 60 - 1);
    assert_eq!(station.guardian.published(station.now).idle_left, None);
    station.pass(2);
    assert!(station.guardian.published(station.now).idle_left.is_some());
    station.hear(Word::Activity);
    assert_eq!(station.guardian.published(station.now).idle_left, None);
    station.pass(10 * 60 + 1);
    assert!(matches!(station.view(), View::Farewell(_)));
    station.pass(3 * 60 + 1);
    assert!(matches!(station.view(), View::Wiping { .. }));
}

#[test]
fn a_call_or_a_film_keeps_the_visit_open() {
    let mut station = Station::in_visit();
    station.hear(Word::Inhibited(true));
    station.pass(3600);
    assert!(matches!(station.view(), View::Guest(_)));
    station.hear(Word::Inhibited(false));
    station.pass(10 * 60 + 1);
    assert!(!matches!(station.view(), View::Guest(_)));
}
