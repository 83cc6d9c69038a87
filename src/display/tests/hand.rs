//! Whose hand reaches the guest.

use super::client::Client;
use super::*;
use crate::visit::Field;

fn window_with_keys() -> (Stand, Client, client::Window) {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    client.seat();
    let window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::FirstFrame));
    stand.settle(&mut client);
    let log = client.take_log();
    assert_eq!(log, ["keys enter"]);
    (stand, client, window)
}

#[test]
fn the_person_s_keys_arrive_and_the_shell_takes_them_back() {
    let (stand, mut client, _window) = window_with_keys();
    stand.key(Source::Desk, 30, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["key 30 down"]);
    stand.handle.apply(policy(Desk::Shell, HelperGate::Dropped));
    stand.key(Source::Desk, 31, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["key 30 up", "keys leave"]);
    stand.handle.apply(policy(Desk::Guest, HelperGate::Dropped));
    stand.key(Source::Desk, 32, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["keys enter", "key 32 down"]);
}

#[test]
fn losing_the_focus_releases_every_key() {
    let (stand, mut client, _window) = window_with_keys();
    stand.key(Source::Desk, 42, true);
    stand.key(Source::Desk, 30, true);
    stand.handle.input(Source::Desk, Input::Focus(false));
    stand.key(Source::Desk, 31, true);
    stand.settle(&mut client);
    assert_eq!(
        client.take_log(),
        [
            "key 42 down",
            "key 30 down",
            "key 30 up",
            "key 42 up",
            "keys leave"
        ]
    );
}

#[test]
fn num_lock_is_on_and_repeat_is_the_client_s() {
    let (stand, mut client, _window) = window_with_keys();
    assert_eq!(client.heard.repeat, Some((25, 600)));
    let (_, locked) = client.heard.modifiers.unwrap();
    assert_ne!(locked & 0x10, 0, "Mod2 is locked");
    // Caps Lock pressed while the shell has the keyboard counts all the same.
    stand.handle.input(Source::Desk, Input::Focus(false));
    stand.key(Source::Desk, 58, true);
    stand.key(Source::Desk, 58, false);
    stand.handle.input(Source::Desk, Input::Focus(true));
    stand.settle(&mut client);
    let (_, locked) = client.heard.modifiers.unwrap();
    assert_eq!(locked & 0x12, 0x12);
    assert_eq!(client.take_log(), ["keys leave", "keys enter"]);
}

#[test]
fn a_helper_acts_only_while_granted() {
    let (stand, mut client, _window) = window_with_keys();
    let acts = |number| policy(Desk::Guest, HelperGate::Acts(ticket(number)));
    stand.motion(Source::Helper, 5.0, 5.0);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), [""; 0]);
    stand.handle.apply(acts(1));
    // The client never announces its fields: unknown counts as sensitive while a helper acts.
    assert!(stand.hears(Notice::Field(Field::Sensitive)));
    stand.motion(Source::Helper, 5.0, 5.0);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), [""; 0]);
}

#[test]
fn a_revocation_takes_the_hand_and_what_it_held() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let seat = client.seat();
    let _text = super::field::text_input(&mut client, &seat);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::FirstFrame));
    stand
        .handle
        .apply(policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    stand.settle(&mut client);
    client.take_log();
    stand.motion(Source::Helper, 5.0, 6.0);
    stand.button(Source::Helper, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["pointer enter", "button 110 down"]);
    stand.handle.revoke_helper();
    stand.button(Source::Helper, false);
    stand.motion(Source::Helper, 50.0, 60.0);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["button 110 up"]);
}

#[test]
fn pointer_wheel_and_touch_arrive() {
    let (stand, mut client, _window) = window_with_keys();
    stand.motion(Source::Desk, 10.0, 20.0);
    stand.motion(Source::Desk, 11.0, 20.0);
    stand
        .handle
        .input(Source::Desk, Input::Wheel { x: 0, y: 120 });
    stand.handle.input(Source::Desk, Input::Left);
    let (id, x, y) = (3, 1.0, 1.0);
    stand
        .handle
        .input(Source::Desk, Input::TouchDown { id, x, y });
    stand.handle.input(Source::Desk, Input::TouchUp { id });
    stand.settle(&mut client);
    assert_eq!(
        client.take_log(),
        [
            "pointer enter",
            "motion 11 20",
            "wheel 120",
            "pointer leave",
            "touch 3 down",
            "touch 3 up"
        ]
    );
}

#[test]
fn fingers_are_cancelled_when_the_shell_takes_over() {
    let (stand, mut client, _window) = window_with_keys();
    for id in [1, 2] {
        let (x, y) = (1.0, 1.0);
        stand
            .handle
            .input(Source::Desk, Input::TouchDown { id, x, y });
    }
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["touch 1 down", "touch 2 down"]);
    stand.handle.apply(policy(Desk::Shell, HelperGate::Dropped));
    let id = 1;
    stand.handle.input(Source::Desk, Input::TouchUp { id });
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["touch cancel", "keys leave"]);
}

#[test]
fn a_window_that_comes_under_a_resting_pointer_is_told() {
    let (stand, mut client, main) = window_with_keys();
    stand.motion(Source::Desk, 200.0, 150.0);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["pointer enter"]);
    let dialog = client.painted_window(Some(&main), (100, 50), GREEN);
    stand.settle(&mut client);
    let mut log = client.take_log();
    log.retain(|line| line.starts_with("pointer"));
    assert_eq!(log, ["pointer leave", "pointer enter"]);
    drop(dialog);
}

#[test]
fn the_shell_s_chord_arrives_without_the_focus() {
    let (stand, mut client, _window) = window_with_keys();
    stand.handle.input(Source::Desk, Input::Focus(false));
    stand.handle.shortcut(&[56, 105]);
    stand.settle(&mut client);
    assert_eq!(
        client.take_log(),
        [
            "keys leave",
            "keys enter",
            "key 56 down",
            "key 105 down",
            "key 105 up",
            "key 56 up",
            "keys leave"
        ]
    );
    stand.handle.apply(policy(Desk::Shell, HelperGate::Dropped));
    stand.handle.shortcut(&[56, 105]);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), [""; 0]);
}
