//! What the guest says about its fields and its rest.

use wayland_client::protocol::wl_seat::WlSeat;
use wayland_protocols::wp::idle_inhibit::zv1::client::zwp_idle_inhibit_manager_v1::ZwpIdleInhibitManagerV1;
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_manager_v3::ZwpTextInputManagerV3;
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_v3::{
    ContentHint, ContentPurpose, ZwpTextInputV3,
};

use super::client::Client;
use super::*;
use crate::visit::Field;

pub fn text_input(client: &mut Client, seat: &WlSeat) -> ZwpTextInputV3 {
    let manager: ZwpTextInputManagerV3 = client.bind(1);
    let text = manager.get_text_input(seat, &client.queue.handle(), ());
    client.roundtrip();
    text
}

#[test]
fn a_password_is_announced_and_its_end_too() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let seat = client.seat();
    let text = text_input(&mut client, &seat);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::FirstFrame));
    stand.settle(&mut client);
    assert!(client.take_log().contains(&"text enter".to_owned()));
    let mut announce = |purpose| {
        text.enable();
        text.set_content_type(ContentHint::None, purpose);
        text.commit();
        client.roundtrip();
    };
    announce(ContentPurpose::Normal);
    announce(ContentPurpose::Password);
    assert!(stand.hears(Notice::Field(Field::Sensitive)));
    announce(ContentPurpose::Email);
    assert!(stand.hears(Notice::Field(Field::Plain)));
    announce(ContentPurpose::Digits);
    assert!(stand.hears(Notice::Field(Field::Sensitive)));
    text.disable();
    text.commit();
    client.roundtrip();
    assert!(stand.hears(Notice::Field(Field::None)));
    announce_end(&stand, &mut client, &text);
}

/// The end of the guest ends its sensitive field.
fn announce_end(stand: &Stand, client: &mut Client, text: &ZwpTextInputV3) {
    text.enable();
    text.set_content_type(ContentHint::HiddenText, ContentPurpose::Normal);
    text.commit();
    client.roundtrip();
    assert!(stand.hears(Notice::Field(Field::Sensitive)));
    stand.handle.close();
    assert!(stand.hears(Notice::Field(Field::None)));
}

#[test]
fn a_sensitive_field_stops_the_helper_at_once() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let seat = client.seat();
    let text = text_input(&mut client, &seat);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::FirstFrame));
    stand
        .handle
        .apply(policy(Desk::Guest, HelperGate::Acts(ticket(1))));
    stand.settle(&mut client);
    client.take_log();
    text.enable();
    text.set_content_type(ContentHint::None, ContentPurpose::Normal);
    text.commit();
    client.roundtrip();
    stand.key(Source::Helper, 30, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["key 30 down"]);
    text.enable();
    text.set_content_type(ContentHint::None, ContentPurpose::Pin);
    text.commit();
    client.roundtrip();
    assert!(stand.hears(Notice::Field(Field::Sensitive)));
    stand.key(Source::Helper, 31, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["key 30 up"]);
    // The helper has no keyboard of their own, so this one waits until the visitor says "C'est moi".
    stand.key(Source::Desk, 31, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), [""; 0]);
    stand.handle.apply(policy(Desk::Guest, HelperGate::Dropped));
    stand.key(Source::Desk, 32, true);
    stand.settle(&mut client);
    assert_eq!(client.take_log(), ["key 32 down"]);
}

#[test]
fn a_video_holds_the_idle_timer() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let manager: ZwpIdleInhibitManagerV1 = client.bind(1);
    let window = client.painted_window(None, (400, 300), RED);
    let handle = client.queue.handle();
    let inhibitor = manager.create_inhibitor(&window.surface, &handle, ());
    client.roundtrip();
    assert!(stand.hears(Notice::IdleInhibited(true)));
    inhibitor.destroy();
    client.roundtrip();
    assert!(stand.hears(Notice::IdleInhibited(false)));
    let _again = manager.create_inhibitor(&window.surface, &handle, ());
    client.roundtrip();
    assert!(stand.hears(Notice::IdleInhibited(true)));
    drop(client);
    assert!(stand.hears(Notice::IdleInhibited(false)));
}
