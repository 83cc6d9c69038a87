//! Is there a screen at all? The window library does not answer that: it panics.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::Path;

/// What can be done about it.
const REMEDY: &str = "start it inside a graphical session (`cage -- estran` on a station); \
                      `cargo xtask run` brings a display of its own";

/// Looks for the display that the environment names.
///
/// # Errors
/// When it names none, or nothing answers there; with the remedy.
pub fn find() -> Result<(), String> {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    // The library's own order.
    let answers = if named("WAYLAND_SOCKET").is_some() {
        true
    } else if let Some(name) = named("WAYLAND_DISPLAY") {
        let runtime = named("XDG_RUNTIME_DIR").unwrap_or_default();
        UnixStream::connect(Path::new(&runtime).join(name)).is_ok()
    } else if let Some(display) = named("DISPLAY") {
        x_answers(&display)
    } else {
        return Err(format!(
            "opening the window: neither WAYLAND_DISPLAY nor DISPLAY names a display; {REMEDY}"
        ));
    };
    if answers {
        return Ok(());
    }
    Err(format!(
        "opening the window: the display that the environment names does not answer; {REMEDY}"
    ))
}

/// Does an X display answer? One on another machine is left to the window library.
fn x_answers(display: &str) -> bool {
    let Some(local) = display.strip_prefix(':') else {
        return true;
    };
    let number = local.split('.').next().unwrap_or_default();
    let place = format!("/tmp/.X11-unix/X{number}");
    let hidden = SocketAddr::from_abstract_name(&place);
    UnixStream::connect(&place).is_ok()
        || hidden.is_ok_and(|place| UnixStream::connect_addr(&place).is_ok())
}
