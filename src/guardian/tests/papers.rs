//! The papers of a visit: what its summary may say, and when one leaves for the printer.

use super::*;
use crate::guardian::Given;

fn given(station: &Station) -> Option<Given> {
    station.guardian.published(station.now).given
}

fn asks(station: &mut Station, request: Request) -> Ticket {
    station.hear(Word::Say(Event::Helper(Helper::Asks(request))));
    let ticket = station.question();
    station.pass(2);
    ticket
}

#[test]
fn a_summary_knows_all_the_help_of_its_visit_and_none_of_another() {
    let mut station = Station::in_visit();
    let show = Request {
        role: RoleId(1),
        level: Level::Show,
        asked: Gestures::default(),
        ..REQUEST
    };
    let ticket = asks(&mut station, show);
    assert_eq!(given(&station), None, "nobody has helped yet");
    station.person(Person::No(ticket));
    assert_eq!(given(&station), None, "a no is no help");
    let ticket = asks(&mut station, show);
    station.person(Person::Yes(ticket, Gestures::default()));
    station.pass(30);
    station.person(Person::TakeBack);
    let acts = Request {
        asked: REQUEST.asked.toggled(Gesture::Submit),
        ..REQUEST
    };
    let ticket = asks(&mut station, acts);
    station.person(Person::Yes(ticket, acts.asked));
    station.hear(Word::Say(Event::Helper(Helper::WillDo(Gesture::Submit))));
    let act = station.question();
    station.pass(2);
    station.person(Person::Yes(act, Gestures::default()));
    station.pass(70);
    station.person(Person::Finish);
    let all = given(&station).unwrap();
    assert_eq!(all.roles, [RoleId(1), RoleId(0)]);
    assert_eq!(all.levels, [Level::Show, Level::Act]);
    assert_eq!(all.gestures, acts.asked);
    assert_eq!(all.acts, Gestures::only(Gesture::Submit));
    assert_eq!(all.minutes(), 2, "{:?}", all.length);
    let View::Farewell(farewell) = station.view() else {
        panic!("no farewell")
    };
    station.person(Person::EraseNow(farewell.ticket));
    assert_eq!(given(&station), None);
    station.answer_wipe();
    station.answer_audit(Outcome::Nothing);
    station.person(Person::Touched);
    station.person(Person::Read);
    station.person(Person::Chose(Destination::Practice));
    station.person(Person::Finish);
    assert_eq!(given(&station), None, "the next visitor had no help");
}

#[test]
fn a_private_moment_is_no_help_and_what_comes_after_it_is() {
    let mut station = Station::in_visit();
    let ticket = asks(&mut station, REQUEST);
    station.person(Person::Yes(ticket, REQUEST.asked));
    station.pass(10);
    station.person(Person::WantsPrivacy);
    station.pass(300);
    assert_eq!(given(&station).unwrap().length, Duration::from_secs(10));
}

#[test]
fn a_paper_leaves_for_the_printer_during_a_visit_alone() {
    let paper = || {
        Command::PrintPaper(Paper {
            name: "Ma carte mémo.pdf".to_owned(),
            pdf: vec![1],
        })
    };
    let mut station = Station::welcoming();
    station.hear(Word::Take(paper()));
    assert!(!station.sent().contains(&paper()), "nobody is there");
    let mut station = Station::in_visit();
    station.person(Person::Finish);
    station.hear(Word::Take(paper()));
    assert!(station.sent().contains(&paper()));
    assert!(
        !format!("{:?}", paper()).contains("mémo"),
        "nothing is told"
    );
}
