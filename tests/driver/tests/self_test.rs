//! The driver against an X program of the test's own.
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::Duration;

use estran_driver::{Desk, Level, Rect, Server, strokes, wait_for};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConnectionExt, CreateWindowAux, EventMask, KeyButMask, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

const SEA: u32 = 0x000E_4D73;

/// A window of one colour at (40, 30), 200 × 100, which reports what it gets.
fn window(display: &str) -> (RustConnection, Window) {
    let (conn, screen) = RustConnection::connect(Some(display)).unwrap();
    let root = conn.setup().roots[screen].root;
    let id = conn.generate_id().unwrap();
    let mask = EventMask::KEY_PRESS | EventMask::BUTTON_PRESS | EventMask::BUTTON_RELEASE;
    let aux = CreateWindowAux::new()
        .background_pixel(SEA)
        .override_redirect(1)
        .event_mask(mask);
    conn.create_window(
        24,
        id,
        root,
        40,
        30,
        200,
        100,
        0,
        WindowClass::INPUT_OUTPUT,
        0,
        &aux,
    )
    .unwrap();
    conn.map_window(id).unwrap();
    conn.sync().unwrap();
    (conn, id)
}

trait Sync {
    fn sync(&self) -> Result<(), Box<dyn std::error::Error>>;
}

impl Sync for RustConnection {
    fn sync(&self) -> Result<(), Box<dyn std::error::Error>> {
        self.get_input_focus()?.reply()?;
        Ok(())
    }
}

fn next(conn: &RustConnection) -> Event {
    wait_for("an event", Duration::from_secs(5), || {
        Ok(conn.poll_for_event()?)
    })
    .unwrap()
}

fn next_key(conn: &RustConnection) -> (u8, KeyButMask) {
    loop {
        if let Event::KeyPress(key) = next(conn) {
            return (key.detail, key.state);
        }
    }
}

fn next_button(conn: &RustConnection) -> (u8, i16, i16) {
    loop {
        if let Event::ButtonPress(press) = next(conn) {
            return (press.detail, press.event_x, press.event_y);
        }
    }
}

#[test]
fn clicks_and_pictures() {
    let server = Server::start(320, 200).unwrap();
    let desk = Desk::at(server.display()).unwrap();
    let before = desk.look().unwrap();
    assert_eq!(before.find([14, 77, 115], 0), None);
    let (conn, id) = window(server.display());
    let after = desk
        .wait_change(&before, 20_000, Duration::from_secs(5))
        .unwrap();
    let patch = after.find([14, 77, 115], 0).unwrap();
    // The root's own pointer may cover a corner, never move an edge inwards by much.
    assert_eq!(
        (patch.x, patch.y, patch.width, patch.height),
        (40, 30, 200, 100)
    );
    assert_eq!(desk.main_window().unwrap(), Some((id, 40, 30)));
    desk.click(100, 60).unwrap();
    assert_eq!(next_button(&conn), (1, 60, 30));
    desk.scroll(-1).unwrap();
    assert_eq!(next_button(&conn).0, 4);
    let still = desk
        .wait_still(Duration::from_millis(200), Duration::from_secs(5))
        .unwrap();
    let part = Rect {
        x: 60,
        y: 90,
        width: 20,
        height: 20,
    };
    assert_eq!(still.average(part), [14, 77, 115]);
}

#[test]
fn every_letter_is_where_the_server_s_french_keyboard_has_it() {
    let server = Server::start(320, 200).unwrap();
    let desk = Desk::at(server.display()).unwrap();
    let (conn, id) = window(server.display());
    desk.give_keyboard(id).unwrap();
    let first = conn.setup().min_keycode;
    let count = conn.setup().max_keycode - first + 1;
    let map = conn
        .get_keyboard_mapping(first, count)
        .unwrap()
        .reply()
        .unwrap();
    let wide = usize::from(map.keysyms_per_keycode);
    for letter in "azertyuiopqsdfghjklmwxcvbn AZERTY0123456789éèçàù&\"'(-_)=,;:!.?/@#%+*<>".chars()
    {
        let keys = strokes(letter).unwrap();
        assert_eq!(keys.len(), 1, "{letter}");
        let row = usize::from(keys[0].code + 8 - first) * wide;
        let place = match keys[0].level {
            Level::Plain => 0,
            Level::Shift => 1,
            Level::AltGr => 4,
        };
        // Latin-1 keysyms are the letters' own numbers.
        assert_eq!(map.keysyms[row + place], u32::from(letter), "{letter}");
    }
}

#[test]
fn keys_arrive_with_what_is_held() {
    let server = Server::start(320, 200).unwrap();
    let desk = Desk::at(server.display()).unwrap();
    let (conn, id) = window(server.display());
    desk.give_keyboard(id).unwrap();
    desk.press("ctrl+shift+t").unwrap();
    assert_eq!(next_key(&conn).0, 29 + 8);
    assert_eq!(next_key(&conn).0, 42 + 8);
    let (code, held) = next_key(&conn);
    assert_eq!(code, 20 + 8);
    assert!(held.contains(KeyButMask::CONTROL) && held.contains(KeyButMask::SHIFT));
    desk.type_text("ê@").unwrap();
    assert_eq!(next_key(&conn).0, 26 + 8);
    assert_eq!(next_key(&conn).0, 18 + 8);
    assert_eq!(next_key(&conn).0, 100 + 8);
    assert_eq!(next_key(&conn).0, 11 + 8);
    assert!(desk.press("no-such-key").is_err());
    assert!(desk.type_text("Ω").is_err());
}
