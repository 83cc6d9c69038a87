//! All sources at all stages: the visit and the seat's gate together, under random sequences.
//!
//! The ordinary run tries a few hundred sequences; `ESTRAN_GATE_CASES=100000` is the long run.

use std::time::Duration;

use estran::audit::{self, Outcome, Probe, Report};
use estran::display::seat::{Gate, Revocation, Verdict};
use estran::display::{Input, Source};
use estran::visit::{
    Asks, Clock, Destination, Event, Gesture, Gestures, Hands, Heard, Helper, HelperGate, Level,
    Life, Machine, Person, Place, Request, RoleId, Staff, Ticket, View,
};
use proptest::prelude::*;

/// What can happen, whoever does it.
#[derive(Clone, Debug)]
enum Op {
    Desk(Input),
    Second(Input),
    Helper(u8),
    /// A helper asks, the question is read, and the visitor says yes: what chance alone seldom does.
    Granted,
    Person(u8),
    Clock(u8),
    Machine(u8),
    Pass(u16),
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        (
            prop::sample::select(vec![28_u32, 30, 31, 88, 96]),
            any::<bool>()
        )
            .prop_map(|(code, pressed)| Input::Key { code, pressed }),
        any::<bool>().prop_map(|pressed| Input::Button {
            code: 0x110,
            pressed
        }),
        Just(Input::Motion { x: 3.0, y: 4.0 }),
        Just(Input::Wheel { x: 0, y: 120 }),
        any::<bool>().prop_map(Input::Focus),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => input().prop_map(Op::Desk),
        6 => input().prop_map(Op::Second),
        4 => any::<u8>().prop_map(Op::Helper),
        2 => Just(Op::Granted),
        8 => any::<u8>().prop_map(Op::Person),
        4 => any::<u8>().prop_map(Op::Clock),
        2 => any::<u8>().prop_map(Op::Machine),
        1 => (0_u16..4000).prop_map(Op::Pass),
    ]
}

/// The visit, its seat, and what a witness wrote down beside them.
struct Station {
    life: Life,
    gate: Gate,
    revocation: Revocation,
    now: Duration,
    /// The question to which the visitor has said yes, as long as it was not taken back.
    yes: Option<Ticket>,
    reached: usize,
    /// How often a helper went on after a private moment, by the visitor's choice.
    went_on: usize,
}

impl Station {
    fn in_visit() -> Self {
        let revocation = Revocation::default();
        let mut station = Self {
            life: Life::booted(),
            gate: Gate::new(revocation.clone()),
            revocation,
            now: Duration::from_secs(1000),
            yes: None,
            reached: 0,
            went_on: 0,
        };
        let report = Report {
            outcomes: Probe::DESK
                .iter()
                .map(|probe| (*probe, Outcome::Nothing))
                .collect(),
        };
        let verdict = audit::verdict(&report, &Probe::DESK);
        station.say(Event::Machine(Machine::Audited(verdict)));
        station.say(Event::Person(Person::Touched));
        station.say(Event::Person(Person::Read));
        station.say(Event::Person(Person::Chose(Destination::Practice)));
        assert!(station.hands().is_some(), "a visit has begun");
        station
    }

    fn hands(&self) -> Option<Hands> {
        match self.life.view() {
            View::Guest(guest) => Some(guest.hands),
            View::Auditing { .. }
            | View::Welcome { .. }
            | View::Notice
            | View::Choosing
            | View::Farewell(_)
            | View::Wiping { .. }
            | View::Quarantined(_) => None,
        }
    }

    fn ticket(&self) -> Option<Ticket> {
        match self.hands()? {
            Hands::Asking { ticket, .. }
            | Hands::Helper { ticket, .. }
            | Hands::Private { ticket, .. }
            | Hands::Paused { ticket } => Some(ticket),
            Hands::Person | Hands::Choosing | Hands::Gone => None,
        }
    }

    fn say(&mut self, event: Event) -> Heard {
        let (life, heard) = std::mem::take(&mut self.life).on(event);
        self.life = life;
        let policy = self.life.policy();
        self.revocation.granted(&policy);
        self.gate.at(self.now);
        self.gate.apply(&policy);
        let _releases = self.gate.releases();
        heard
    }
}

fn request(level: Level) -> Request {
    let asked = Gestures::only(Gesture::Write)
        .toggled(Gesture::Submit)
        .toggled(Gesture::Pay);
    Request {
        role: RoleId(0),
        level,
        place: Place::Here,
        asked,
        minutes: 15,
    }
}

const fn helper(number: u8) -> fn() -> Helper {
    match number % 7 {
        0 => || Helper::Asks(request(Level::Act)),
        1 => || Helper::Asks(request(Level::Show)),
        2 => || Helper::WillDo(Gesture::Submit),
        3 => || Helper::WillDo(Gesture::Pay),
        4 => || Helper::Did,
        5 => || Helper::WantsLonger(10),
        _ => || Helper::HandsBack,
    }
}

fn person(number: u8, ticket: Option<Ticket>) -> Option<Person> {
    Some(match number % 12 {
        0..=2 => Person::Yes(ticket?, request(Level::Act).asked),
        3 => Person::No(ticket?),
        4 => Person::TakeBack,
        5 => Person::WantsPrivacy,
        6 => Person::PrivacyOver(ticket?),
        7 => Person::ItIsMe(ticket?),
        8 => Person::MoreTime(ticket?),
        9 | 10 => Person::Returns(ticket?, number % 24 < 12),
        _ => Person::Yes(ticket?, Gestures::default()),
    })
}

fn run(ops: Vec<Op>) -> Result<(usize, usize), TestCaseError> {
    let mut station = Station::in_visit();
    for op in ops {
        match op {
            Op::Pass(millis) => station.now += Duration::from_millis(millis.into()),
            Op::Desk(input) => {
                station.gate.at(station.now);
                let _verdict = station.gate.admit(Source::Desk, &input);
            }
            Op::Second(input) => second(&mut station, &input)?,
            Op::Helper(number) => {
                let asked = matches!(station.hands(), Some(Hands::Asking { .. }));
                station.say(Event::Helper(helper(number)()));
                if asked {
                    let now = station.life.policy().helper;
                    prop_assert_eq!(now, HelperGate::Dropped, "a helper's word answered");
                }
            }
            Op::Granted => granted(&mut station)?,
            Op::Person(number) => visitor(&mut station, number)?,
            Op::Clock(number) => {
                let Some(ticket) = station.ticket() else {
                    continue;
                };
                station.say(Event::Clock(if number % 2 == 0 {
                    Clock::Read(ticket)
                } else {
                    Clock::Expired(ticket)
                }));
            }
            Op::Machine(number) => {
                let sensitive = number % 3 == 0;
                station.gate.set_sensitive(sensitive);
                let before = station.hands();
                station.say(Event::Machine(Machine::Sensitive(sensitive)));
                went_on(&mut station, before)?;
                if number == 255 {
                    station.say(Event::Staff(Staff::Reset));
                }
            }
        }
    }
    Ok((station.reached, station.went_on))
}

/// The whole way to a yes, as far as the visit lets it go.
fn granted(station: &mut Station) -> Result<(), TestCaseError> {
    station.say(Event::Helper(Helper::Asks(request(Level::Act))));
    if let Some(ticket) = station.ticket() {
        station.say(Event::Clock(Clock::Read(ticket)));
    }
    visitor(station, 0)
}

/// A person's word. Only a Yes to the current question, after the time to read, gives anything.
fn visitor(station: &mut Station, number: u8) -> Result<(), TestCaseError> {
    let asked = station.hands();
    let Some(said) = person(number, station.ticket()) else {
        return Ok(());
    };
    if said == Person::TakeBack {
        station.revocation.revoke();
        station.yes = None;
    }
    let heard = station.say(Event::Person(said));
    if let (
        Some(Hands::Asking {
            ticket,
            ready,
            asks,
            ..
        }),
        Person::Yes(answered, _),
    ) = (asked, said)
    {
        if heard == Heard::Taken {
            prop_assert!(ready, "a yes before there was time to read");
            prop_assert_eq!(answered, ticket);
            station.yes = Some(ticket);
        }
        let _about = matches!(asks, Asks::Hand);
    }
    went_on(station, asked)
}

/// After a private moment a helper goes on without a question only where the visitor chose it, and
/// with the yes that was given before.
fn went_on(station: &mut Station, before: Option<Hands>) -> Result<(), TestCaseError> {
    if let (Some(Hands::Private { returns, .. }), Some(Hands::Helper { ticket, .. })) =
        (before, station.hands())
    {
        prop_assert_eq!(returns, Some(true), "nobody chose that the helper goes on");
        prop_assert!(
            station.yes.is_some(),
            "a hand was given back that nobody gave"
        );
        station.yes = Some(ticket);
        station.went_on += 1;
    }
    Ok(())
}

/// An event of the helper's own devices reaches the page only by a living yes, and changes nothing
/// of the visit.
fn second(station: &mut Station, input: &Input) -> Result<(), TestCaseError> {
    let before = station.life.view();
    station.gate.at(station.now);
    let verdict = station.gate.admit(Source::Helper, input);
    prop_assert_eq!(before, station.life.view(), "a device changed the visit");
    if verdict == Verdict::Drop {
        return Ok(());
    }
    let Some(Hands::Helper {
        ticket,
        request,
        act,
        ..
    }) = station.hands()
    else {
        return Err(TestCaseError::fail(format!("{verdict:?} outside a grant")));
    };
    prop_assert!(
        station.yes.is_some(),
        "nobody said yes, or it was taken back"
    );
    prop_assert!(station.yes >= Some(ticket), "another question was answered");
    if verdict == Verdict::Page {
        prop_assert_eq!(request.level, Level::Act);
        let sends = matches!(
            input,
            Input::Key {
                code: 28 | 96,
                pressed: true
            }
        );
        let agreed = matches!(act, Some(Gesture::Submit | Gesture::Pay));
        prop_assert!(!sends || agreed, "a form was sent without a yes to that");
        station.reached += 1;
    } else {
        let drawn = matches!(input, Input::Motion { .. } | Input::Left);
        prop_assert!(drawn, "a press reached the page");
    }
    Ok(())
}

#[test]
#[allow(clippy::print_stdout, reason = "how much was tried is to be seen")]
fn all_sources_at_all_stages() {
    let cases = std::env::var("ESTRAN_GATE_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(400);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let reached = std::cell::Cell::new(0);
    let went_on = std::cell::Cell::new(0);
    runner
        .run(&prop::collection::vec(op(), 0..120), |ops| {
            let (events, moments) = run(ops)?;
            reached.set(reached.get() + events);
            went_on.set(went_on.get() + moments);
            Ok(())
        })
        .unwrap();
    let (sure, moments) = (reached.get(), went_on.get());
    println!(
        "{cases} sequences; {sure} events of a helper reached the page by a living yes; {moments} \
         went on after a private moment by the visitor's choice"
    );
    assert!(
        sure > 0,
        "no event of a helper ever reached the page: nothing was tested"
    );
}
