#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    clippy::match_same_arms,
    clippy::wildcard_enum_match_arm
)]

use proptest::prelude::*;

use super::*;
use crate::visit::Order;

/// Tickets are made by the visit alone; their wire form serves the tests.
fn ticket(number: u32) -> Ticket {
    serde_json::from_str(&number.to_string()).unwrap()
}

fn policy(desk: Desk, helper: HelperGate) -> Policy {
    Policy {
        order: Order::Nothing,
        desk,
        helper,
        sends: false,
        veiled: false,
    }
}

fn helpers(number: u32) -> [HelperGate; 3] {
    [
        HelperGate::Dropped,
        HelperGate::Pointer(ticket(number)),
        HelperGate::Acts(ticket(number)),
    ]
}

/// One of each kind of event.
fn inputs() -> Vec<Input> {
    vec![
        Input::Motion { x: 1.0, y: 1.0 },
        Input::Left,
        Input::Button {
            code: 0x110,
            pressed: true,
        },
        Input::Wheel { x: 0, y: 120 },
        Input::Scroll { x: 0.0, y: 3.0 },
        Input::TouchDown {
            id: 1,
            x: 0.0,
            y: 0.0,
        },
        Input::Key {
            code: 30,
            pressed: true,
        },
    ]
}

const fn is_motion(input: &Input) -> bool {
    matches!(input, Input::Motion { .. } | Input::Left)
}

const fn is_key(input: &Input) -> bool {
    matches!(input, Input::Key { .. })
}

/// What the rules say, written apart from the gate.
fn expected(source: Source, input: &Input, desk: Desk, helper: HelperGate, focus: bool) -> Verdict {
    let page = |allowed| {
        if allowed {
            Verdict::Page
        } else {
            Verdict::Drop
        }
    };
    match (source, desk, helper) {
        (Source::Desk, Desk::Shell, _) => Verdict::Drop,
        (Source::Desk, Desk::Guest, _) => page(focus || !is_key(input)),
        (Source::Helper, _, HelperGate::Dropped) => Verdict::Drop,
        (Source::Helper, _, HelperGate::Pointer(_)) if is_motion(input) => Verdict::Pointer,
        (Source::Helper, _, HelperGate::Pointer(_)) => Verdict::Drop,
        (Source::Helper, _, HelperGate::Acts(_)) => Verdict::Page,
    }
}

#[test]
fn every_source_under_every_policy() {
    let mut passed = 0;
    for source in [Source::Desk, Source::Helper] {
        for desk in [Desk::Shell, Desk::Guest] {
            for helper in helpers(1) {
                for focus in [false, true] {
                    for input in inputs() {
                        let mut gate = Gate::new(Revocation::default());
                        gate.apply(&policy(desk, helper));
                        let kept = gate.admit(Source::Desk, &Input::Focus(focus));
                        assert_eq!(kept, Verdict::Drop);
                        let verdict = gate.admit(source, &input);
                        let rule = expected(source, &input, desk, helper, focus);
                        assert_eq!(verdict, rule, "{source:?} {desk:?} {helper:?} {input:?}");
                        passed += usize::from(verdict == Verdict::Page);
                    }
                }
            }
        }
    }
    assert!(passed > 0, "something passes at all");
}

#[test]
fn nothing_passes_before_the_first_policy() {
    for source in [Source::Desk, Source::Helper] {
        for input in inputs() {
            let mut gate = Gate::new(Revocation::default());
            assert_eq!(gate.admit(source, &input), Verdict::Drop);
        }
    }
}

#[test]
fn only_a_newer_ticket_reopens_after_a_revocation() {
    let revocation = Revocation::default();
    let mut gate = Gate::new(revocation.clone());
    let apply = |gate: &mut Gate, number| {
        let policy = policy(Desk::Guest, HelperGate::Acts(ticket(number)));
        revocation.granted(&policy);
        gate.apply(&policy);
    };
    let wheel = Input::Wheel { x: 0, y: 120 };
    apply(&mut gate, 5);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Page);
    revocation.revoke();
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Drop);
    apply(&mut gate, 5);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Drop);
    apply(&mut gate, 4);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Drop);
    apply(&mut gate, 6);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Page);
}

#[test]
fn a_sensitive_field_stops_the_helper_and_not_the_desk() {
    let mut gate = Gate::new(Revocation::default());
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    let wheel = Input::Wheel { x: 0, y: 120 };
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Page);
    gate.set_sensitive(true);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Drop);
    assert_eq!(gate.admit(Source::Desk, &wheel), Verdict::Page);
    gate.at(YIELDS);
    gate.set_sensitive(false);
    gate.set_unsettled(true);
    let key = Input::Key {
        code: 30,
        pressed: true,
    };
    assert_eq!(gate.admit(Source::Helper, &key), Verdict::Drop);
    assert_eq!(gate.admit(Source::Helper, &wheel), Verdict::Page);
}

#[test]
fn with_one_keyboard_for_both_a_secret_field_waits_for_the_visitors_word() {
    let mut gate = Gate::new(Revocation::default());
    let _focus = gate.admit(Source::Desk, &Input::Focus(true));
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    assert_eq!(gate.admit(Source::Desk, &down(30)), Verdict::Page);
    gate.set_sensitive(true);
    assert_eq!(gate.admit(Source::Desk, &down(31)), Verdict::Drop);
    let up = Input::Key {
        code: 30,
        pressed: false,
    };
    assert_eq!(gate.admit(Source::Desk, &up), Verdict::Page, "let go");
    // "C'est moi": the policy names no helper any more.
    gate.apply(&policy(Desk::Guest, HelperGate::Dropped));
    assert_eq!(gate.admit(Source::Desk, &down(31)), Verdict::Page);
    // A helper with a keyboard of their own is stopped there; this one is the visitor's.
    gate.set_second_seat(true);
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(2))));
    assert_eq!(gate.admit(Source::Desk, &down(32)), Verdict::Page);
    assert_eq!(gate.admit(Source::Helper, &down(33)), Verdict::Drop);
}

const fn down(code: u32) -> Input {
    Input::Key {
        code,
        pressed: true,
    }
}

#[test]
fn the_visitors_hand_wins_at_once_and_the_helpers_waits() {
    let mut gate = Gate::new(Revocation::default());
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    gate.at(Duration::from_secs(100));
    assert_eq!(gate.admit(Source::Helper, &down(30)), Verdict::Page);
    let motion = Input::Motion { x: 1.0, y: 1.0 };
    assert_eq!(gate.admit(Source::Desk, &motion), Verdict::Page);
    assert_eq!(gate.admit(Source::Helper, &down(31)), Verdict::Drop);
    let up = Input::Key {
        code: 30,
        pressed: false,
    };
    assert_eq!(gate.releases(), [up], "what the helper held is let go");
    gate.at(Duration::from_secs(100) + YIELDS);
    assert_eq!(gate.admit(Source::Helper, &down(31)), Verdict::Page);
    // The pointer that leaves and the keyboard that comes are no hand.
    let _kept = gate.admit(Source::Desk, &Input::Left);
    let _kept = gate.admit(Source::Desk, &Input::Focus(true));
    assert_eq!(gate.admit(Source::Helper, &down(32)), Verdict::Page);
}

#[test]
fn return_waits_for_the_yes_to_send_and_the_stations_keys_never_pass() {
    let mut gate = Gate::new(Revocation::default());
    let mut acts = policy(Desk::Guest, HelperGate::Acts(ticket(1)));
    gate.apply(&acts);
    for code in SENDING_KEYS.into_iter().chain(STATION_KEYS) {
        assert_eq!(
            gate.admit(Source::Helper, &down(code)),
            Verdict::Drop,
            "{code}"
        );
    }
    acts.sends = true;
    gate.apply(&acts);
    for code in SENDING_KEYS {
        assert_eq!(
            gate.admit(Source::Helper, &down(code)),
            Verdict::Page,
            "{code}"
        );
    }
    for code in STATION_KEYS {
        assert_eq!(
            gate.admit(Source::Helper, &down(code)),
            Verdict::Drop,
            "{code}"
        );
    }
}

#[test]
fn what_was_done_is_told_once_and_only_of_a_helper() {
    let mut gate = Gate::new(Revocation::default());
    let acts = policy(Desk::Guest, HelperGate::Acts(ticket(1)));
    let _focus = gate.admit(Source::Desk, &Input::Focus(true));
    gate.apply(&policy(Desk::Guest, HelperGate::Dropped));
    let _typed = gate.admit(Source::Desk, &down(30));
    assert!(gate.new_deeds().is_empty(), "nobody helps");
    gate.apply(&acts);
    let _typed = gate.admit(Source::Desk, &down(31));
    assert_eq!(gate.new_deeds(), [Deed::Wrote], "one keyboard for both");
    let _typed = gate.admit(Source::Desk, &down(32));
    assert!(gate.new_deeds().is_empty(), "it was told");
    gate.set_second_seat(true);
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(2))));
    let _typed = gate.admit(Source::Desk, &down(33));
    assert!(gate.new_deeds().is_empty(), "that is the visitor's own");
    gate.at(Duration::from_mins(1));
    let _typed = gate.admit(Source::Helper, &down(34));
    assert_eq!(gate.new_deeds(), [Deed::Wrote]);
}

#[test]
fn a_seat_that_is_unplugged_holds_nothing() {
    let mut gate = Gate::new(Revocation::default());
    gate.apply(&policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    assert_eq!(gate.admit(Source::Helper, &down(30)), Verdict::Page);
    assert_eq!(gate.helper_gone().len(), 1);
    assert!(gate.helper_gone().is_empty());
}

#[test]
fn lock_keys_are_kept_in_step_while_shut() {
    let mut gate = Gate::new(Revocation::default());
    for code in LOCK_KEYS {
        let key = Input::Key {
            code,
            pressed: true,
        };
        assert_eq!(gate.admit(Source::Desk, &key), Verdict::Locks);
        assert_eq!(gate.admit(Source::Helper, &key), Verdict::Drop);
    }
    assert!(gate.releases().is_empty(), "a lock key is not held");
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Source::Desk), Just(Source::Helper)]
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        (30u32..33, any::<bool>()).prop_map(|(code, pressed)| Input::Key { code, pressed }),
        (0x110u32..0x112, any::<bool>())
            .prop_map(|(code, pressed)| Input::Button { code, pressed }),
        (0u64..2).prop_map(|id| Input::TouchDown { id, x: 0.0, y: 0.0 }),
        (0u64..2).prop_map(|id| Input::TouchUp { id }),
        Just(Input::Motion { x: 0.0, y: 0.0 }),
        any::<bool>().prop_map(Input::Focus),
    ]
}

#[derive(Clone, Debug)]
enum Op {
    Offer(Source, Input),
    Apply(bool, usize, u32),
    Sensitive(bool),
    Revoke,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        8 => (source(), input()).prop_map(|(source, input)| Op::Offer(source, input)),
        2 => (any::<bool>(), 0usize..3, 0u32..6).prop_map(|(d, h, t)| Op::Apply(d, h, t)),
        1 => any::<bool>().prop_map(Op::Sensitive),
        1 => Just(Op::Revoke),
    ]
}

/// What the guest believes is down.
#[derive(Default)]
struct Guest {
    keys: std::collections::BTreeSet<u32>,
    buttons: std::collections::BTreeSet<u32>,
}

impl Guest {
    fn hears(&mut self, input: Input) {
        match input {
            Input::Key { code, pressed } => hear(&mut self.keys, code, pressed),
            Input::Button { code, pressed } => hear(&mut self.buttons, code, pressed),
            _ => {}
        }
    }
}

/// A press of what is down, or a release of what is not, would confuse every client.
fn hear(down: &mut std::collections::BTreeSet<u32>, code: u32, pressed: bool) {
    let changed = if pressed {
        down.insert(code)
    } else {
        down.remove(&code)
    };
    assert!(changed, "{code} {pressed}");
}

proptest! {
    #[test]
    fn presses_and_releases_match_and_nothing_passes_after_revoke(
        ops in prop::collection::vec(op(), 0..80)
    ) {
        let revocation = Revocation::default();
        let mut gate = Gate::new(revocation.clone());
        let mut guest = Guest::default();
        let (mut newest, mut refused) = (None, None);
        let mut current = None;
        for op in ops {
            match op {
                Op::Offer(source, input) => {
                    if gate.admit(source, &input) == Verdict::Page {
                        if source == Source::Helper {
                            let allowed = current > refused;
                            prop_assert!(allowed, "a helper's event after its revocation");
                        }
                        guest.hears(input);
                    }
                }
                Op::Apply(desk, helper, number) => {
                    let desk = if desk { Desk::Guest } else { Desk::Shell };
                    let policy = policy(desk, helpers(number)[helper]);
                    revocation.granted(&policy);
                    gate.apply(&policy);
                    current = (helper > 0).then_some(number);
                    newest = newest.max(current);
                }
                Op::Sensitive(sensitive) => gate.set_sensitive(sensitive),
                Op::Revoke => {
                    revocation.revoke();
                    refused = newest;
                }
            }
            for release in gate.releases() {
                guest.hears(release);
            }
            if !gate.keyboard_open() {
                prop_assert!(guest.keys.is_empty(), "a key is held in a shut guest");
            }
            if !gate.pointer_open() {
                prop_assert!(guest.buttons.is_empty(), "a button is held in a shut guest");
            }
        }
    }
}
