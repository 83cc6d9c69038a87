//! One guest at a time, and nothing of it afterwards.

use super::client::Client;
use super::*;
use crate::display::globals::ALLOWED;

#[test]
fn a_guest_sees_the_allowed_globals_and_no_other() {
    let (_stand, path) = Stand::open();
    let client = Client::connect(&path);
    let mut seen: Vec<_> = client
        .heard
        .globals
        .iter()
        .map(|(_, interface, _)| interface.as_str())
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, ALLOWED);
}

#[test]
fn closing_ends_clients_and_leaves_nothing() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::Connected));
    assert!(stand.hears(Notice::FirstFrame));
    assert!(stand.shows((200, 150), RED));
    assert!(path.exists());
    stand.handle.close();
    assert!(stand.shows((200, 150), [0, 0, 0, 255]));
    assert!(!path.exists());
    let ended = (0..100).any(|_| client.queue.roundtrip(&mut client.heard).is_err());
    assert!(ended, "the client is cut off");
    let again = stand.handle.open().unwrap();
    assert_ne!(again, path);
    let mut client = Client::connect(&again);
    let _window = client.painted_window(None, (400, 300), GREEN);
    assert!(stand.shows((200, 150), GREEN));
}

#[test]
fn every_clone_gone_removes_the_socket() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    client.roundtrip();
    let Stand {
        handle, directory, ..
    } = stand;
    drop(handle);
    let end = Instant::now() + PATIENCE;
    while path.exists() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[test]
fn another_uid_is_refused() {
    let stand = Stand::with(|settings| settings.guest_uids = 54_321..=54_330);
    let path = stand.handle.open().unwrap();
    let stream = std::os::unix::net::UnixStream::connect(&path).unwrap();
    let connection = wayland_client::Connection::from_socket(stream).unwrap();
    let mut queue = connection.new_event_queue::<client::Heard>();
    let _registry = connection.display().get_registry(&queue.handle(), ());
    assert!(queue.roundtrip(&mut client::Heard::default()).is_err());
}

#[test]
fn the_last_client_s_end_is_told() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.hears(Notice::FirstFrame));
    drop(client);
    assert!(stand.hears(Notice::Disconnected));
}

#[test]
fn a_panic_ends_the_guest_and_not_the_thread() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let _window = client.painted_window(None, (400, 300), RED);
    assert!(stand.shows((200, 150), RED));
    stand.handle.send(Command::Panic);
    assert!(stand.hears(Notice::Disconnected));
    assert!(stand.shows((200, 150), [0, 0, 0, 255]));
    let path = stand.handle.open().unwrap();
    let mut client = Client::connect(&path);
    let _window = client.painted_window(None, (400, 300), GREEN);
    assert!(stand.shows((200, 150), GREEN));
}

#[test]
fn a_truncated_pool_ends_at_most_its_client() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let window = client.painted_window(None, (400, 300), RED);
    assert!(stand.shows((200, 150), RED));
    let memory = window.memory.as_ref().unwrap();
    memory.set_len(0).unwrap();
    window.surface.damage_buffer(0, 0, 400, 300);
    window.surface.commit();
    stand.handle.resize(
        Size {
            width: 500,
            height: 300,
        },
        1.0,
    );
    // The client may be cut off for what it did; another one is served.
    let _cut = client.queue.roundtrip(&mut client.heard);
    let mut other = Client::connect(&path);
    let _window = other.painted_window(None, (500, 300), GREEN);
    assert!(stand.shows((450, 150), GREEN));
}

#[test]
fn an_unknown_keyboard_is_told_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let mut settings = settings(directory.path());
    settings.keymap.layout = "no-such-layout".into();
    let outcome = start(settings, |_| {}, || {});
    assert!(matches!(outcome, Err(Error::Keymap)));
}
