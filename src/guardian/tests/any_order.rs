//! Whatever is said in whatever order: kill, then wipe, then audit.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Poke {
    Touch,
    Read,
    Choose,
    Finish,
    Erase,
    Ask,
    Yes,
    Privacy,
    Pause,
    TakeBack,
    Restart,
    Gone,
    Sensitive(bool),
    Wiped,
    WipeFailed,
    Clean,
    Residue,
    Stale,
    Reset,
    Release,
    Pass(u64),
}

fn poke() -> impl Strategy<Value = Poke> {
    prop_oneof![
        Just(Poke::Touch),
        Just(Poke::Read),
        Just(Poke::Choose),
        Just(Poke::Finish),
        Just(Poke::Erase),
        Just(Poke::Ask),
        Just(Poke::Yes),
        Just(Poke::Privacy),
        Just(Poke::Pause),
        Just(Poke::TakeBack),
        Just(Poke::Restart),
        Just(Poke::Gone),
        any::<bool>().prop_map(Poke::Sensitive),
        Just(Poke::Wiped),
        Just(Poke::WipeFailed),
        Just(Poke::Clean),
        Just(Poke::Residue),
        Just(Poke::Stale),
        Just(Poke::Reset),
        Just(Poke::Release),
        (1_u64..400).prop_map(Poke::Pass),
    ]
}

fn apply(station: &mut Station, poke: &Poke) {
    match poke {
        Poke::Touch => station.person(Person::Touched),
        Poke::Read => station.person(Person::Read),
        Poke::Choose => station.person(Person::Chose(Destination::Practice)),
        Poke::Finish => station.person(Person::Finish),
        Poke::Erase => {
            if let View::Farewell(farewell) = station.view() {
                station.person(Person::EraseNow(farewell.ticket));
            }
        }
        Poke::Ask => station.hear(Word::Say(Event::Helper(Helper::Asks(REQUEST)))),
        Poke::Yes => {
            if let View::Guest(guest) = station.view()
                && let Hands::Asking { ticket, .. } = guest.hands
            {
                station.person(Person::Yes(ticket, REQUEST.asked));
            }
        }
        Poke::Privacy => station.person(Person::WantsPrivacy),
        Poke::Pause => station.person(Person::Pause),
        Poke::TakeBack => station.person(Person::TakeBack),
        Poke::Restart => station.person(Person::Restart),
        Poke::Gone => station.hear(Word::Keeper(Notice::GuestGone)),
        Poke::Sensitive(on) => station.hear(Word::Say(Event::Machine(Machine::Sensitive(*on)))),
        Poke::Wiped => station.answer_wipe(),
        Poke::WipeFailed => {
            let round = station.round();
            station.hear(Word::Keeper(Notice::WipeFailed { round }));
        }
        Poke::Clean => station.answer_audit(Outcome::Nothing),
        Poke::Residue => station.answer_audit(Outcome::Found(3)),
        Poke::Stale => station.hear(Word::Keeper(Notice::Wiped {
            round: 0,
            millis: 0,
        })),
        Poke::Reset => station.hear(Word::Say(Event::Staff(Staff::Reset))),
        Poke::Release => station.hear(Word::Say(Event::Staff(Staff::Release))),
        Poke::Pass(seconds) => station.pass(*seconds),
    }
}

/// After a guest was opened: no welcome, and no other visit's opening, before wipe then audit.
fn check_order(log: &[Did]) {
    #[derive(PartialEq, Debug)]
    enum At {
        Clean,
        Guest,
        Wiping,
        Auditing,
    }
    let mut at = At::Auditing;
    for did in log {
        match did {
            Did::Opened => {
                assert!(
                    at == At::Clean || at == At::Auditing,
                    "a second guest before the wipe: {at:?}"
                );
                at = At::Guest;
            }
            Did::Sent(Command::Wipe { .. }) => at = At::Wiping,
            Did::Sent(Command::Audit { .. }) => {
                assert_ne!(at, At::Guest, "an audit without a wipe");
                at = At::Auditing;
            }
            Did::Applied(policy) if policy.desk == Desk::Guest => {
                // The policy is applied just before the custodian is told to open.
                assert_ne!(
                    at,
                    At::Wiping,
                    "the desk reached a guest while it was wiped"
                );
            }
            Did::Applied(_) | Did::Closed | Did::Sent(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn kill_then_wipe_then_audit_whatever_happens(pokes in proptest::collection::vec(poke(), 1..80)) {
        let mut station = Station::welcoming();
        for poke in &pokes {
            apply(&mut station, poke);
            let policy = station.guardian.life.policy();
            let applied = station.log.borrow().iter().rev().find_map(|did| {
                if let Did::Applied(policy) = did { Some(*policy) } else { None }
            });
            prop_assert_eq!(applied, Some(policy), "the seat does not hold the life's policy");
            if !matches!(station.view(), View::Guest(_)) {
                prop_assert_eq!(policy.desk, Desk::Shell);
                prop_assert_eq!(policy.helper, HelperGate::Dropped);
            }
        }
        check_order(&station.log.borrow());
    }
}
