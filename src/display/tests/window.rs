//! Windows, dialogs, popups and their pictures.

use wayland_protocols::wp::fractional_scale::v1::client::wp_fractional_scale_manager_v1::WpFractionalScaleManagerV1;
use wayland_protocols::xdg::shell::client::xdg_positioner::{
    Anchor, ConstraintAdjustment, Gravity,
};
use wayland_protocols::xdg::shell::client::xdg_wm_base::XdgWmBase;

use super::client::Client;
use super::*;

const SIZE: (i32, i32) = (400, 300);

#[test]
fn a_window_always_fills_the_area() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let window = client.painted_window(None, SIZE, RED);
    assert_eq!(client.heard.configured, Some(SIZE));
    assert!(client.heard.maximised);
    window.toplevel.unset_maximized();
    client.heard.configured = None;
    client.roundtrip();
    assert_eq!(client.heard.configured, Some(SIZE), "answered");
    assert!(client.heard.maximised);
    let (width, height) = (600, 200);
    stand.handle.resize(Size { width, height }, 1.0);
    stand.settle(&mut client);
    assert_eq!(client.heard.configured, Some((600, 200)));
    stand.handle.resize(Size { width, height }, 2.0);
    stand.settle(&mut client);
    assert_eq!(client.heard.configured, Some((300, 100)));
}

#[test]
fn a_dialog_is_in_the_middle_and_above() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let main = client.painted_window(None, SIZE, RED);
    let dialog = client.painted_window(Some(&main), (100, 50), GREEN);
    assert_eq!(client.heard.configured, Some((0, 0)), "its own size");
    assert!(!client.heard.maximised);
    assert!(stand.shows((151, 126), GREEN));
    assert!(stand.shows((248, 173), GREEN));
    assert!(stand.shows((149, 150), RED));
    // A click on the window behind leaves the dialog above it.
    stand.motion(Source::Desk, 5.0, 5.0);
    stand.button(Source::Desk, true);
    stand.button(Source::Desk, false);
    stand.settle(&mut client);
    assert!(stand.shows((200, 150), GREEN));
    dialog.toplevel.destroy();
    dialog.xdg.destroy();
    dialog.surface.destroy();
    client.roundtrip();
    assert!(stand.shows((200, 150), RED));
}

#[test]
fn a_popup_stays_inside() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let main = client.painted_window(None, SIZE, RED);
    let wm: XdgWmBase = client.bind(6);
    let handle = client.queue.handle();
    let positioner = wm.create_positioner(&handle, ());
    positioner.set_size(100, 80);
    positioner.set_anchor_rect(380, 290, 10, 10);
    positioner.set_anchor(Anchor::BottomRight);
    positioner.set_gravity(Gravity::BottomRight);
    positioner.set_constraint_adjustment(ConstraintAdjustment::FlipX | ConstraintAdjustment::FlipY);
    let compositor: wayland_client::protocol::wl_compositor::WlCompositor = client.bind(6);
    let surface = compositor.create_surface(&handle, ());
    let xdg = wm.get_xdg_surface(&surface, &handle, ());
    let _popup = xdg.get_popup(Some(&main.xdg), &positioner, &handle, ());
    surface.commit();
    client.roundtrip();
    assert_eq!(client.heard.popup, Some((280, 210, 100, 80)));
    client.paint(&surface, (100, 80), GREEN);
    assert!(stand.shows((281, 211), GREEN));
    assert!(!client.heard.popup_done);
    stand.handle.apply(policy(Desk::Shell, HelperGate::Dropped));
    stand.settle(&mut client);
    assert!(client.heard.popup_done, "nobody may act: no popup stays");
}

#[test]
fn a_fraction_is_told() {
    let (stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let manager: WpFractionalScaleManagerV1 = client.bind(1);
    let window = client.painted_window(None, SIZE, RED);
    let _scale = manager.get_fractional_scale(&window.surface, &client.queue.handle(), ());
    client.roundtrip();
    assert_eq!(client.heard.scale, Some(120));
    let (width, height) = (400, 300);
    stand.handle.resize(Size { width, height }, 1.5);
    stand.settle(&mut client);
    assert_eq!(client.heard.scale, Some(180));
}

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let window = client.painted_window(None, SIZE, RED);
    assert!(stand.shows((200, 150), RED));
    stand.settle(&mut client);
    assert_eq!(client.heard.frames, 1, "one frame, one callback");
    while stand.handle.frames().take().is_some() {}
    std::thread::sleep(Duration::from_millis(300));
    assert!(stand.handle.frames().take().is_none());
    // The control: a small change is a small frame.
    let mut pixels = RED.repeat((SIZE.0 * SIZE.1) as usize);
    pixels[..4].copy_from_slice(&GREEN);
    let _memory = client.paint_pixels(&window.surface, SIZE, &pixels, (1, 1));
    assert!(stand.shows((0, 0), GREEN));
    let frame = stand.frame.as_ref().unwrap();
    assert!(frame.damage.iter().map(Rect::area).sum::<u64>() <= 4);
}

#[test]
fn a_covered_guest_makes_no_frame() {
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let window = client.painted_window(None, SIZE, RED);
    assert!(stand.shows((200, 150), RED));
    let mut covered = policy(Desk::Shell, HelperGate::Dropped);
    covered.veiled = true;
    stand.handle.apply(covered);
    stand.settle(&mut client);
    while stand.handle.frames().take().is_some() {}
    let _memory = client.paint(&window.surface, SIZE, GREEN);
    std::thread::sleep(Duration::from_millis(200));
    assert!(stand.handle.frames().take().is_none());
    stand.handle.apply(policy(Desk::Guest, HelperGate::Dropped));
    assert!(stand.shows((200, 150), GREEN));
    let frame = stand.frame.as_ref().unwrap();
    assert_eq!(frame.damage, [Rect::whole(400, 300)]);
}

/// A window's title and its program's name go nowhere: whatever a guest writes there, as often as
/// it likes, takes no memory and no place on the screen.
#[test]
fn huge_titles_and_names_change_nothing() {
    // The longest that fits a message of the protocol; further words would be cut off there.
    let long = "🦀".repeat(1000);
    let (mut stand, path) = Stand::open();
    let mut client = Client::connect(&path);
    let window = client.painted_window(None, (400, 300), RED);
    assert!(stand.shows((200, 150), RED));
    let before = resident();
    for round in 0..4_000_u32 {
        window.toplevel.set_title(format!("{round}{long}"));
        window.toplevel.set_app_id(format!("{round}{long}"));
        if round % 8 == 0 {
            client.roundtrip();
        }
    }
    for odd in ["", "\u{202e}\u{0301}", "\u{1b}[2J\n\r\t"] {
        window.toplevel.set_title(odd.into());
        window.toplevel.set_app_id(odd.into());
    }
    client.roundtrip();
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 20, "160 MB of words left {grown} bytes");
    client.paint(&window.surface, (400, 300), GREEN);
    assert!(stand.shows((200, 150), GREEN), "it still draws");
}

/// A message that says it is longer than any may be, and one that ends in its middle: that guest
/// is cut off, and the next is served.
#[test]
fn messages_of_a_false_length_end_their_sender_alone() {
    use std::io::{Read, Write};
    let (mut stand, path) = Stand::open();
    for length in [0_u16, 4, 7, 4100, u16::MAX] {
        let mut liar = std::os::unix::net::UnixStream::connect(&path).unwrap();
        liar.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut bytes = 1_u32.to_ne_bytes().to_vec();
        bytes.extend((u32::from(length) << 16).to_ne_bytes());
        bytes.extend(vec![0x41; 70_000]);
        // It may be cut off while it still speaks.
        liar.write_all(&bytes).ok();
        let mut rest = Vec::new();
        let end = liar.read_to_end(&mut rest);
        let cut = |error: std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(end.map_or_else(cut, |_| true), "{length}: not cut off");
    }
    let mut honest = Client::connect(&path);
    let _window = honest.painted_window(None, (400, 300), GREEN);
    assert!(stand.shows((200, 150), GREEN));
}

/// Memory of this program that is there, bytes (`proc_pid_status(5)`).
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let mut lines = text.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap() * 1024
}
