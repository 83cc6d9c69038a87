//! A helper's own devices, from their source to the guest.

use std::sync::mpsc::Sender;

use super::client::Client;
use super::*;

/// Devices whose events the test says one by one.
struct Fed(Receiver<HelperEvent>);

impl HelperSource for Fed {
    fn next(&mut self) -> Option<HelperEvent> {
        self.0.recv().ok()
    }
}

struct Second {
    stand: Stand,
    client: Client,
    feed: Sender<HelperEvent>,
}

const fn key(code: u32, pressed: bool) -> HelperEvent {
    HelperEvent::Key { code, pressed }
}

impl Second {
    /// A guest with a plain field, the visitor's alone, and a helper who sits down.
    fn sits() -> Self {
        let (stand, path) = Stand::open();
        let mut client = Client::connect(&path);
        let seat = client.seat();
        let _text = super::field::text_input(&mut client, &seat);
        let _window = client.painted_window(None, (400, 300), RED);
        assert!(stand.hears(Notice::FirstFrame));
        let (feed, events) = channel();
        stand.handle.attach(move || Ok(Fed(events))).unwrap();
        let mut second = Self {
            stand,
            client,
            feed,
        };
        second.says(&[]);
        second.client.take_log();
        second
    }

    /// The devices say these events; returns when the display has heard them all.
    fn says(&mut self, events: &[HelperEvent]) -> Vec<String> {
        for event in events.iter().chain(&[HelperEvent::Here(true)]) {
            self.feed.send(*event).unwrap();
        }
        assert!(self.stand.hears(Notice::SecondSeat(true)));
        self.stand.settle(&mut self.client);
        self.client.take_log()
    }

    fn may(&mut self, number: u32, helper: fn(crate::visit::Ticket) -> HelperGate) {
        let policy = policy(Desk::Guest, helper(ticket(number)));
        self.stand.handle.apply(policy);
        self.stand.settle(&mut self.client);
        // The focus moved, and the field is known a moment later.
        std::thread::sleep(Duration::from_millis(400));
        self.stand.settle(&mut self.client);
        self.client.take_log();
    }
}

#[test]
fn before_a_yes_nothing_is_heard() {
    let mut second = Second::sits();
    let said = second.says(&[
        HelperEvent::MoveBy { x: 5.0, y: 5.0 },
        key(30, true),
        key(30, false),
    ]);
    assert_eq!(said, [""; 0]);
    assert_eq!(second.stand.handle.helper_pointer(), None);
}

#[test]
fn pointing_moves_the_large_hand_and_nothing_reaches_the_page() {
    let mut second = Second::sits();
    second.may(1, HelperGate::Pointer);
    let said = second.says(&[
        HelperEvent::MoveBy { x: 10.0, y: -20.0 },
        HelperEvent::Button {
            code: 0x110,
            pressed: true,
        },
        key(30, true),
    ]);
    assert_eq!(said, [""; 0]);
    assert_eq!(second.stand.handle.helper_pointer(), Some((210.0, 130.0)));
    second.stand.handle.revoke_helper();
    second.stand.settle(&mut second.client);
    assert_eq!(
        second.stand.handle.helper_pointer(),
        None,
        "it goes with the right"
    );
}

#[test]
fn taking_back_cuts_a_word_and_lets_go_of_its_key() {
    let mut second = Second::sits();
    second.may(1, HelperGate::Acts);
    assert_eq!(
        second.says(&[key(50, true), key(50, false), key(24, true)]),
        ["key 50 down", "key 50 up", "key 24 down"]
    );
    second.stand.handle.revoke_helper();
    let said = second.says(&[key(24, false), key(20, true), key(20, false)]);
    assert_eq!(said, ["key 24 up"], "let go by us, and no letter more");
    second.may(1, HelperGate::Acts);
    assert_eq!(second.says(&[key(20, true)]), [""; 0], "an old yes");
    second.may(2, HelperGate::Acts);
    assert_eq!(second.says(&[key(20, true)]), ["key 20 down"]);
    // Unplugged in the middle of a word.
    drop(std::mem::replace(&mut second.feed, channel().0));
    assert!(second.stand.hears(Notice::SecondSeat(false)));
    second.stand.settle(&mut second.client);
    assert_eq!(second.client.take_log(), ["key 20 up"]);
}
