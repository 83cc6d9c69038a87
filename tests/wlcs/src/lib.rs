//! The display as the Wayland conformance suite loads it: the suite's orders become input and
//! window places, and its clients connect to the private socket.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Mutex;

use estran::display::{Handle, Input, Keymap, Settings, Size, Source, start};
use estran::visit::{Desk, HelperGate, Order, Policy};
use wayland_sys::client::{wayland_client_handle, wl_display, wl_proxy};
use wayland_sys::common::wl_fixed_t;
use wayland_sys::ffi_dispatch;
use wlcs::ffi_display_server_api::{
    WlcsExtensionDescriptor, WlcsIntegrationDescriptor, WlcsServerIntegration,
};
use wlcs::ffi_wrappers::wlcs_server;
use wlcs::{Pointer, Touch, Wlcs, extension_list, wlcs_server_integration};

wlcs_server_integration!(Conformance);

/// The suite has one finger.
const FINGER: u64 = 0;

static EXTENSIONS: &[WlcsExtensionDescriptor] = extension_list!(
    ("wl_compositor", 6),
    ("wl_subcompositor", 1),
    ("wl_shm", 1),
    ("wl_data_device_manager", 3),
    ("wl_seat", 9),
    ("wl_output", 4),
    ("xdg_wm_base", 6),
    ("wp_viewporter", 1),
    ("wp_fractional_scale_manager_v1", 1),
    ("zwp_primary_selection_device_manager_v1", 1),
    ("zwp_text_input_manager_v3", 1),
);

static DESCRIPTOR: WlcsIntegrationDescriptor = WlcsIntegrationDescriptor {
    version: 1,
    num_extensions: EXTENSIONS.len(),
    supported_extensions: EXTENSIONS.as_ptr(),
};

/// A running display.
struct Running {
    handle: Handle,
    socket: PathBuf,
    _directory: tempfile::TempDir,
}

/// One server of the suite.
struct Conformance {
    running: Option<Running>,
    /// The suite names clients by their socket, the display by the order in which they came.
    clients: Mutex<BTreeMap<RawFd, usize>>,
    arrived: Mutex<usize>,
}

fn run() -> io::Result<Running> {
    let directory = tempfile::tempdir()?;
    let settings = Settings {
        runtime_dir: directory.path().to_owned(),
        size: Size {
            width: 1280,
            height: 1024,
        },
        scale: 1.0,
        keymap: Keymap {
            layout: "us".to_owned(),
            variant: String::new(),
            options: String::new(),
        },
        guest_uids: rustix::process::getuid().as_raw()..=rustix::process::getuid().as_raw(),
    };
    let handle = start(settings, |_| {}, || {}).map_err(io::Error::other)?;
    handle.apply(Policy {
        order: Order::Nothing,
        desk: Desk::Guest,
        helper: HelperGate::Dropped,
        sends: false,
        veiled: false,
    });
    handle.input(Source::Desk, Input::Focus(true));
    let socket = handle.open()?;
    handle.float_windows();
    handle.settled();
    Ok(Running {
        handle,
        socket,
        _directory: directory,
    })
}

impl Conformance {
    fn handle(&self) -> Option<Handle> {
        self.running.as_ref().map(|running| running.handle.clone())
    }
}

impl Wlcs for Conformance {
    type Pointer = Mouse;
    type Touch = Finger;

    fn new() -> Self {
        Self {
            running: None,
            clients: Mutex::default(),
            arrived: Mutex::default(),
        }
    }

    fn start(&mut self) {
        self.running = run().ok();
    }

    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.handle.close();
            running.handle.settled();
        }
    }

    fn create_client_socket(&self) -> io::Result<OwnedFd> {
        let gone = || io::Error::from(io::ErrorKind::NotConnected);
        let running = self.running.as_ref().ok_or_else(gone)?;
        let mut arrived = self.arrived.lock().map_err(|_| gone())?;
        let stream = UnixStream::connect(&running.socket)?;
        let mut clients = self.clients.lock().map_err(|_| gone())?;
        clients.insert(stream.as_raw_fd(), *arrived);
        *arrived += 1;
        Ok(stream.into())
    }

    fn position_window_absolute(
        &self,
        display: *mut wl_display,
        surface: *mut wl_proxy,
        x: i32,
        y: i32,
    ) {
        // SAFETY: the suite passes a live display and a live surface of its own.
        #[allow(unsafe_code)]
        let (fd, surface) = unsafe {
            (
                ffi_dispatch!(wayland_client_handle(), wl_display_get_fd, display),
                ffi_dispatch!(wayland_client_handle(), wl_proxy_get_id, surface),
            )
        };
        let client = self.clients.lock().ok().and_then(|c| c.get(&fd).copied());
        if let (Some(handle), Some(client)) = (self.handle(), client) {
            handle.place(client, surface, x, y);
            handle.settled();
        }
    }

    fn create_pointer(&mut self) -> Option<Mouse> {
        Some(Mouse {
            handle: self.handle()?,
            x: 0.0,
            y: 0.0,
        })
    }

    fn create_touch(&mut self) -> Option<Finger> {
        Some(Finger {
            handle: self.handle()?,
        })
    }

    fn get_descriptor(&self) -> &WlcsIntegrationDescriptor {
        &DESCRIPTOR
    }
}

/// Wayland's fixed-point numbers have 8 bits of fraction.
fn fixed(value: wl_fixed_t) -> f64 {
    f64::from(value) / 256.0
}

fn offer(handle: &Handle, input: Input) {
    handle.input(Source::Desk, input);
    // The suite expects the events before the answer to its next request.
    handle.settled();
}

/// The suite's mouse.
struct Mouse {
    handle: Handle,
    x: f64,
    y: f64,
}

impl Mouse {
    fn button(&self, code: i32, pressed: bool) {
        if let Ok(code) = u32::try_from(code) {
            offer(&self.handle, Input::Button { code, pressed });
        }
    }

    fn go(&mut self, x: f64, y: f64) {
        (self.x, self.y) = (x, y);
        offer(&self.handle, Input::Motion { x, y });
    }
}

impl Pointer for Mouse {
    fn move_absolute(&mut self, x: wl_fixed_t, y: wl_fixed_t) {
        self.go(fixed(x), fixed(y));
    }

    fn move_relative(&mut self, dx: wl_fixed_t, dy: wl_fixed_t) {
        self.go(self.x + fixed(dx), self.y + fixed(dy));
    }

    fn button_up(&mut self, button: i32) {
        self.button(button, false);
    }

    fn button_down(&mut self, button: i32) {
        self.button(button, true);
    }
}

/// The suite's finger.
struct Finger {
    handle: Handle,
}

impl Touch for Finger {
    // Whatever its header says, the suite passes whole pixels to a finger.
    fn touch_down(&mut self, x: wl_fixed_t, y: wl_fixed_t) {
        let (id, x, y) = (FINGER, f64::from(x), f64::from(y));
        offer(&self.handle, Input::TouchDown { id, x, y });
    }

    fn touch_move(&mut self, x: wl_fixed_t, y: wl_fixed_t) {
        let (id, x, y) = (FINGER, f64::from(x), f64::from(y));
        offer(&self.handle, Input::TouchMotion { id, x, y });
    }

    fn touch_up(&mut self) {
        offer(&self.handle, Input::TouchUp { id: FINGER });
    }
}
