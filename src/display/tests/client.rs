//! A small real client: connects to the private socket and writes down what it hears.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use wayland_client::globals::GlobalListContents;
use wayland_client::protocol::{
    wl_buffer, wl_callback, wl_compositor, wl_keyboard, wl_pointer, wl_registry, wl_seat, wl_shm,
    wl_shm_pool, wl_surface, wl_touch,
};
use wayland_client::{Connection, Dispatch, EventQueue, Proxy, QueueHandle, WEnum, delegate_noop};
use wayland_protocols::wp::fractional_scale::v1::client::{
    wp_fractional_scale_manager_v1, wp_fractional_scale_v1,
};
use wayland_protocols::wp::idle_inhibit::zv1::client::{
    zwp_idle_inhibit_manager_v1, zwp_idle_inhibitor_v1,
};
use wayland_protocols::wp::text_input::zv3::client::{
    zwp_text_input_manager_v3, zwp_text_input_v3,
};
use wayland_protocols::xdg::shell::client::{
    xdg_popup, xdg_positioner, xdg_surface, xdg_toplevel, xdg_wm_base,
};

/// What a client has heard so far.
#[derive(Debug, Default)]
pub struct Heard {
    pub globals: Vec<(u32, String, u32)>,
    pub configured: Option<(i32, i32)>,
    pub maximised: bool,
    pub popup: Option<(i32, i32, i32, i32)>,
    pub popup_done: bool,
    pub closed: bool,
    pub log: Vec<String>,
    pub scale: Option<u32>,
    pub frames: u32,
    pub repeat: Option<(i32, i32)>,
    pub modifiers: Option<(u32, u32)>,
}

pub struct Client {
    pub queue: EventQueue<Heard>,
    pub heard: Heard,
    registry: wl_registry::WlRegistry,
}

/// A window and the shared memory behind it.
pub struct Window {
    pub surface: wl_surface::WlSurface,
    pub xdg: xdg_surface::XdgSurface,
    pub toplevel: xdg_toplevel::XdgToplevel,
    pub memory: Option<File>,
}

impl Client {
    pub fn connect(path: &Path) -> Self {
        let stream = UnixStream::connect(path).unwrap();
        let connection = Connection::from_socket(stream).unwrap();
        let mut queue = connection.new_event_queue();
        let registry = connection.display().get_registry(&queue.handle(), ());
        let mut heard = Heard::default();
        queue.roundtrip(&mut heard).unwrap();
        Self {
            queue,
            heard,
            registry,
        }
    }

    pub fn roundtrip(&mut self) {
        self.queue.roundtrip(&mut self.heard).unwrap();
    }

    /// Binds a global at the version that the compositor offers, at most `newest`.
    pub fn bind<I>(&mut self, newest: u32) -> I
    where
        I: Proxy + 'static,
        Heard: Dispatch<I, ()>,
    {
        let name = I::interface().name;
        let (id, _, version) = self
            .heard
            .globals
            .iter()
            .find(|(_, interface, _)| interface == name)
            .unwrap()
            .clone();
        self.registry
            .bind(id, version.min(newest), &self.queue.handle(), ())
    }

    /// A toplevel that has been configured and acknowledged it, but shows nothing yet.
    pub fn window(&mut self, parent: Option<&Window>) -> Window {
        let compositor: wl_compositor::WlCompositor = self.bind(6);
        let wm: xdg_wm_base::XdgWmBase = self.bind(6);
        let handle = self.queue.handle();
        let surface = compositor.create_surface(&handle, ());
        let xdg = wm.get_xdg_surface(&surface, &handle, ());
        let toplevel = xdg.get_toplevel(&handle, ());
        toplevel.set_parent(parent.map(|window| &window.toplevel));
        surface.commit();
        self.roundtrip();
        Window {
            surface,
            xdg,
            toplevel,
            memory: None,
        }
    }

    /// Fills a surface with one colour and commits.
    pub fn paint(
        &mut self,
        surface: &wl_surface::WlSurface,
        size: (i32, i32),
        bgra: [u8; 4],
    ) -> File {
        let pixels = bgra.repeat((size.0 * size.1) as usize);
        self.paint_pixels(surface, size, &pixels, size)
    }

    /// Attaches these pixels and commits; only the top left corner counts as changed.
    pub fn paint_pixels(
        &mut self,
        surface: &wl_surface::WlSurface,
        size: (i32, i32),
        pixels: &[u8],
        changed: (i32, i32),
    ) -> File {
        let shm: wl_shm::WlShm = self.bind(1);
        let handle = self.queue.handle();
        let mut memory = tempfile::tempfile().unwrap();
        memory.write_all(pixels).unwrap();
        memory.seek(SeekFrom::Start(0)).unwrap();
        let pool = shm.create_pool(memory.as_fd(), pixels.len() as i32, &handle, ());
        let format = wl_shm::Format::Argb8888;
        let buffer = pool.create_buffer(0, size.0, size.1, size.0 * 4, format, &handle, ());
        surface.attach(Some(&buffer), 0, 0);
        surface.damage_buffer(0, 0, changed.0, changed.1);
        surface.frame(&handle, ());
        surface.commit();
        self.roundtrip();
        memory
    }

    pub fn painted_window(
        &mut self,
        parent: Option<&Window>,
        size: (i32, i32),
        bgra: [u8; 4],
    ) -> Window {
        let mut window = self.window(parent);
        let memory = self.paint(&window.surface.clone(), size, bgra);
        window.memory = Some(memory);
        window
    }

    /// A seat with all its devices.
    pub fn seat(&mut self) -> wl_seat::WlSeat {
        let seat: wl_seat::WlSeat = self.bind(8);
        let handle = self.queue.handle();
        seat.get_keyboard(&handle, ());
        seat.get_pointer(&handle, ());
        seat.get_touch(&handle, ());
        self.roundtrip();
        seat
    }

    pub fn take_log(&mut self) -> Vec<String> {
        self.roundtrip();
        std::mem::take(&mut self.heard.log)
    }
}

impl Dispatch<wl_registry::WlRegistry, ()> for Heard {
    fn event(
        heard: &mut Self,
        _: &wl_registry::WlRegistry,
        event: wl_registry::Event,
        _: &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let wl_registry::Event::Global {
            name,
            interface,
            version,
        } = event
        {
            heard.globals.push((name, interface, version));
        }
    }
}

impl Dispatch<wl_registry::WlRegistry, GlobalListContents> for Heard {
    fn event(
        _: &mut Self,
        _: &wl_registry::WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

/// Writes down the events of an interface by a closure.
macro_rules! hears {
    ($interface:ty, $event:ty, $proxy:ident, $heard:ident, $name:ident, $body:block) => {
        impl Dispatch<$interface, ()> for Heard {
            fn event(
                $heard: &mut Self,
                $proxy: &$interface,
                $name: $event,
                _: &(),
                _: &Connection,
                _: &QueueHandle<Self>,
            ) $body
        }
    };
}

hears!(
    xdg_wm_base::XdgWmBase,
    xdg_wm_base::Event,
    wm,
    _heard,
    event,
    {
        if let xdg_wm_base::Event::Ping { serial } = event {
            wm.pong(serial);
        }
    }
);

hears!(
    xdg_surface::XdgSurface,
    xdg_surface::Event,
    xdg,
    _heard,
    event,
    {
        if let xdg_surface::Event::Configure { serial } = event {
            xdg.ack_configure(serial);
        }
    }
);

hears!(
    xdg_toplevel::XdgToplevel,
    xdg_toplevel::Event,
    _top,
    heard,
    event,
    {
        match event {
            xdg_toplevel::Event::Configure {
                width,
                height,
                states,
            } => {
                heard.configured = Some((width, height));
                let maximised = (xdg_toplevel::State::Maximized as u32).to_ne_bytes();
                heard.maximised = states.chunks_exact(4).any(|state| state == maximised);
            }
            xdg_toplevel::Event::Close => heard.closed = true,
            _ => {}
        }
    }
);

hears!(
    xdg_popup::XdgPopup,
    xdg_popup::Event,
    _popup,
    heard,
    event,
    {
        match event {
            xdg_popup::Event::Configure {
                x,
                y,
                width,
                height,
            } => heard.popup = Some((x, y, width, height)),
            xdg_popup::Event::PopupDone => heard.popup_done = true,
            _ => {}
        }
    }
);

hears!(
    wl_keyboard::WlKeyboard,
    wl_keyboard::Event,
    _kb,
    heard,
    event,
    {
        match event {
            wl_keyboard::Event::Enter { .. } => heard.log.push("keys enter".into()),
            wl_keyboard::Event::Leave { .. } => heard.log.push("keys leave".into()),
            wl_keyboard::Event::Key { key, state, .. } => {
                let down = state == WEnum::Value(wl_keyboard::KeyState::Pressed);
                heard
                    .log
                    .push(format!("key {key} {}", if down { "down" } else { "up" }));
            }
            wl_keyboard::Event::Modifiers {
                mods_depressed,
                mods_locked,
                ..
            } => heard.modifiers = Some((mods_depressed, mods_locked)),
            wl_keyboard::Event::RepeatInfo { rate, delay } => heard.repeat = Some((rate, delay)),
            _ => {}
        }
    }
);

hears!(
    wl_pointer::WlPointer,
    wl_pointer::Event,
    _pointer,
    heard,
    event,
    {
        match event {
            wl_pointer::Event::Enter { .. } => heard.log.push("pointer enter".into()),
            wl_pointer::Event::Leave { .. } => heard.log.push("pointer leave".into()),
            wl_pointer::Event::Motion {
                surface_x,
                surface_y,
                ..
            } => heard.log.push(format!("motion {surface_x} {surface_y}")),
            wl_pointer::Event::Button { button, state, .. } => {
                let down = state == WEnum::Value(wl_pointer::ButtonState::Pressed);
                heard.log.push(format!(
                    "button {button:x} {}",
                    if down { "down" } else { "up" }
                ));
            }
            wl_pointer::Event::AxisValue120 { value120, .. } => {
                heard.log.push(format!("wheel {value120}"));
            }
            _ => {}
        }
    }
);

hears!(wl_touch::WlTouch, wl_touch::Event, _touch, heard, event, {
    match event {
        wl_touch::Event::Down { id, .. } => heard.log.push(format!("touch {id} down")),
        wl_touch::Event::Up { id, .. } => heard.log.push(format!("touch {id} up")),
        wl_touch::Event::Cancel => heard.log.push("touch cancel".into()),
        _ => {}
    }
});

hears!(
    zwp_text_input_v3::ZwpTextInputV3,
    zwp_text_input_v3::Event,
    _input,
    heard,
    event,
    {
        match event {
            zwp_text_input_v3::Event::Enter { .. } => heard.log.push("text enter".into()),
            zwp_text_input_v3::Event::Leave { .. } => heard.log.push("text leave".into()),
            _ => {}
        }
    }
);

hears!(
    wp_fractional_scale_v1::WpFractionalScaleV1,
    wp_fractional_scale_v1::Event,
    _scale,
    heard,
    event,
    {
        if let wp_fractional_scale_v1::Event::PreferredScale { scale } = event {
            heard.scale = Some(scale);
        }
    }
);

hears!(
    wl_callback::WlCallback,
    wl_callback::Event,
    _callback,
    heard,
    _event,
    {
        heard.frames += 1;
    }
);

delegate_noop!(Heard: ignore wl_compositor::WlCompositor);
delegate_noop!(Heard: ignore wl_surface::WlSurface);
delegate_noop!(Heard: ignore wl_shm::WlShm);
delegate_noop!(Heard: ignore wl_shm_pool::WlShmPool);
delegate_noop!(Heard: ignore wl_buffer::WlBuffer);
delegate_noop!(Heard: ignore wl_seat::WlSeat);
delegate_noop!(Heard: ignore xdg_positioner::XdgPositioner);
delegate_noop!(Heard: ignore zwp_text_input_manager_v3::ZwpTextInputManagerV3);
delegate_noop!(Heard: ignore wp_fractional_scale_manager_v1::WpFractionalScaleManagerV1);
delegate_noop!(Heard: ignore zwp_idle_inhibit_manager_v1::ZwpIdleInhibitManagerV1);
delegate_noop!(Heard: ignore zwp_idle_inhibitor_v1::ZwpIdleInhibitorV1);
