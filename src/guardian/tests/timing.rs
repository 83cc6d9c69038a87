//! The ends that come by time: told before, put off by a person, and never by a page for ever.

use super::*;
use crate::guardian::{End, Limit};
use crate::guest::sensor::Sensed;
use crate::visit::FarewellCause;

const MINUTE: u64 = 60;

fn told(station: &Station) -> Option<(End, u16, u8)> {
    let ending = station.guardian.published(station.now).ending;
    ending.map(|ending| (ending.end, ending.minutes, ending.told))
}

/// Somebody is there all the time.
fn pass_awake(station: &mut Station, minutes: u64) {
    for _ in 0..minutes {
        station.hear(Word::Activity);
        station.pass(MINUTE);
    }
}

fn cause(station: &Station) -> Option<FarewellCause> {
    if let View::Farewell(farewell) = station.view() {
        return Some(farewell.cause);
    }
    None
}

#[test]
fn a_limited_visit_is_told_ten_and_five_minutes_before_its_end() {
    let mut station = Station::in_visit();
    station.guardian.rules.limit = Some(Limit {
        length: Duration::from_hours(1),
        always: true,
    });
    pass_awake(&mut station, 49);
    assert_eq!(told(&station), None, "not too early");
    pass_awake(&mut station, 1);
    assert_eq!(told(&station), Some((End::Limit, 10, 1)));
    pass_awake(&mut station, 5);
    assert_eq!(told(&station), Some((End::Limit, 5, 2)));
    pass_awake(&mut station, 4);
    assert_eq!(told(&station), Some((End::Limit, 1, 2)));
    assert_eq!(cause(&station), None);
    pass_awake(&mut station, 1);
    assert_eq!(cause(&station), Some(FarewellCause::LongEnough));
}

#[test]
fn a_visit_is_only_limited_while_others_wait_and_hears_it_ten_minutes_before() {
    let mut station = Station::in_visit();
    station.guardian.rules.limit = Some(Limit {
        length: Duration::from_hours(1),
        always: false,
    });
    pass_awake(&mut station, 90);
    assert_eq!((told(&station), cause(&station)), (None, None));
    station.hear(Word::OthersWait(true));
    assert_eq!(told(&station), Some((End::Limit, 10, 1)), "never at once");
    pass_awake(&mut station, 3);
    station.hear(Word::OthersWait(false));
    assert_eq!(told(&station), None, "they have gone");
    pass_awake(&mut station, 30);
    station.hear(Word::OthersWait(true));
    pass_awake(&mut station, 9);
    assert_eq!(
        (told(&station), cause(&station)),
        (Some((End::Limit, 1, 2)), None)
    );
    pass_awake(&mut station, 1);
    assert_eq!(cause(&station), Some(FarewellCause::LongEnough));
}

#[test]
fn the_closing_of_the_house_is_told_and_then_it_ends() {
    let mut station = Station::in_visit();
    let open = |minutes| {
        Word::Hours(Hours {
            open: true,
            closes_in: Some(Duration::from_mins(minutes)),
        })
    };
    station.hear(open(12));
    assert_eq!(told(&station), None);
    pass_awake(&mut station, 2);
    assert_eq!(told(&station), Some((End::Closing, 10, 1)));
    // The clock on the wall is right, whatever ours says.
    station.hear(open(6));
    pass_awake(&mut station, 1);
    assert_eq!(told(&station), Some((End::Closing, 5, 2)));
    pass_awake(&mut station, 5);
    assert_eq!(
        cause(&station),
        None,
        "the clock on the wall has not said so"
    );
    station.hear(Word::Hours(Hours {
        open: false,
        closes_in: None,
    }));
    assert_eq!(cause(&station), Some(FarewellCause::Closing));
}

/// WCAG 2.2.1: at least ten times.
#[test]
fn whoever_answers_the_warning_may_stay_as_often_as_they_like() {
    let mut station = Station::in_visit();
    for time in 0..20 {
        station.pass(9 * MINUTE + 50);
        let left = station.guardian.published(station.now).idle_left;
        assert_eq!(left, Some(10), "time {time}");
        station.hear(Word::Activity);
        let left = station.guardian.published(station.now).idle_left;
        assert_eq!(left, None, "time {time}");
    }
    station.pass(10 * MINUTE);
    assert_eq!(cause(&station), Some(FarewellCause::Idle), "the control");
}

#[test]
fn a_page_that_is_not_opened_is_said_for_a_while_or_until_the_way_back() {
    let mut station = Station::in_visit();
    let said = |station: &Station| station.guardian.published(station.now).closed;
    assert!(!said(&station));
    station.hear(Word::Keeper(Notice::Closed));
    station.pass(29);
    assert!(said(&station));
    station.pass(1);
    assert!(!said(&station));
    station.hear(Word::Keeper(Notice::Closed));
    station.person(Person::Home);
    assert!(!said(&station));
}

#[test]
fn a_page_that_is_not_opened_is_forgotten_on_the_next_one() {
    let mut station = Station::in_visit();
    let said = |station: &Station| station.guardian.published(station.now).closed;
    let sensed = |kind| Word::Keeper(Notice::Sensed(kind));
    station.hear(sensed(Sensed::Plain));
    station.hear(Word::Keeper(Notice::Closed));
    station.hear(sensed(Sensed::Plain));
    assert!(said(&station), "the page before it still speaks");
    station.hear(sensed(Sensed::Unknown));
    assert!(said(&station), "the page that was not opened");
    station.hear(sensed(Sensed::Plain));
    assert!(!said(&station), "a page of the démarche");
}

#[test]
fn an_upload_keeps_the_visit_open_and_not_for_ever() {
    let mut station = Station::in_visit();
    let upload = |on| Word::Keeper(Notice::Uploading(on));
    station.pass(9 * MINUTE);
    station.hear(upload(true));
    station.pass(20 * MINUTE);
    assert_eq!(cause(&station), None);
    // It is there: the person has their whole time to come back.
    station.hear(upload(false));
    station.pass(9 * MINUTE + 59);
    assert_eq!(cause(&station), None);
    station.pass(1);
    assert_eq!(cause(&station), Some(FarewellCause::Idle));

    // A page that sends for ever, with or without pauses, is not a person.
    let mut station = Station::in_visit();
    for _ in 0..31 {
        station.hear(upload(true));
        station.pass(50);
        station.hear(upload(false));
        station.pass(10);
    }
    station.hear(upload(true));
    station.pass(9 * MINUTE - 20);
    assert!(station.guardian.published(station.now).idle_left.is_some());
    station.pass(MINUTE + 30);
    assert_eq!(cause(&station), Some(FarewellCause::Idle));
    // A person who is there begins anew.
    let mut station = Station::in_visit();
    station.hear(upload(true));
    station.pass(29 * MINUTE);
    station.hear(Word::Activity);
    station.pass(29 * MINUTE);
    assert_eq!(cause(&station), None);
    station.pass(12 * MINUTE);
    assert_eq!(cause(&station), Some(FarewellCause::Idle));
}
