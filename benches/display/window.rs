//! The shell in small: a bar, the guest area, the nested display and a browser in it.

use std::path::Path;
use std::process::{Child, Command};

use estran::display::{self, Handle, Keymap, Settings, Size, Source};
use estran::shell::guest_area::{Element, FrameWaker, GuestArea, Picture, frame_stream};
use estran::visit::{Desk, HelperGate, Order, Policy};
use iced::widget::{column, container, text};
use iced::{Length, Task};

/// The trusted bar's height in pixels.
pub const BAR: u32 = 64;

struct Window {
    handle: Handle,
    picture: Picture,
    browser: Child,
}

#[derive(Clone, Copy, Debug)]
struct Drawn;

/// Opens the window with a guest area of this size and `browser` in it.
pub fn run(size: Size, runtime: &Path, browser: fn(&Path) -> Command) -> iced::Result {
    let runtime = runtime.to_owned();
    let boot = move || {
        let waker = FrameWaker::default();
        let wake = waker.clone();
        let settings = Settings {
            runtime_dir: runtime.clone(),
            size,
            scale: 1.0,
            keymap: Keymap {
                layout: "fr".to_owned(),
                variant: "oss".to_owned(),
                options: String::new(),
            },
            guest_uids: rustix::process::getuid().as_raw()..=rustix::process::getuid().as_raw(),
        };
        let handle = display::start(settings, |_| {}, move || wake.wake()).expect("a display");
        handle.apply(Policy {
            order: Order::Nothing,
            desk: Desk::Guest,
            helper: HelperGate::Dropped,
            sends: false,
            veiled: false,
        });
        let socket = handle.open().expect("a socket");
        let browser = browser(&socket).spawn().expect("a browser");
        println!("{}", browser.id());
        let window = Window {
            picture: Picture::new(handle.frames(), waker.clone()),
            handle,
            browser,
        };
        (window, Task::run(frame_stream(waker), |()| Drawn))
    };
    iced::application(boot, update, view)
        .window_size((size.width as f32, (size.height + BAR) as f32))
        .run()
}

fn update(window: &mut Window, _: Drawn) -> Task<Drawn> {
    window.picture.refresh();
    if window.browser.try_wait().is_ok_and(|ended| ended.is_some()) {
        return iced::exit();
    }
    Task::none()
}

fn view(window: &Window) -> Element<'_, Drawn> {
    let bar = container(text("Estran").size(28))
        .height(BAR as f32)
        .width(Length::Fill);
    let guest = GuestArea::new(&window.picture)
        .on_input(|input| window.handle.input(Source::Desk, input))
        .on_resize(|size, scale| window.handle.resize(size, scale));
    column![bar, guest].into()
}
