//! What a guest's picture costs in a real window: processor time a frame, by way of drawing.
//!
//! `cargo bench --bench guest_area` starts an X server of its own (Xvfb) for each size. The guest
//! is synthetic, so only the shell and the X server are measured; the guest's own drawing is left
//! out of the count.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods, // it starts the X server and reads the clock: that is its work
    clippy::expect_used,
    clippy::unwrap_used,
    missing_docs
)]

use std::fs;
use std::io;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use estran::display::{Frame, FrameSlot, Rect};
use estran::shell::guest_area::software;
use estran::shell::guest_area::{FrameWaker, GuestArea, Paint, Picture, frame_stream};
use iced::widget::{column, container, text};
use iced::{Element, Length, Task, Theme};
use rustix::time::{ClockId, clock_gettime};

const SECONDS: u64 = 6;
const DISPLAY: u32 = 29;
const BAR: u32 = 64;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Load {
    Typing,
    Scrolling,
    Animation,
    Idle,
}

impl Load {
    const ALL: [Self; 4] = [Self::Typing, Self::Scrolling, Self::Animation, Self::Idle];

    fn hertz(self) -> u64 {
        match self {
            Self::Typing => 10,
            Self::Scrolling => 20,
            Self::Animation => 30,
            Self::Idle => 0,
        }
    }

    fn damage(self, tick: u32, width: u32, height: u32) -> Rect {
        let (x, y, w, h) = match self {
            Self::Typing => (300 + tick * 9 % 600, 200, 12, 24),
            Self::Scrolling => (0, 0, width, height),
            Self::Animation => (200, 150, 300, 300),
            Self::Idle => (0, 0, 0, 0),
        };
        Rect {
            x,
            y,
            width: w,
            height: h,
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, load, width, height] = &args[..] {
        let load = Load::ALL
            .into_iter()
            .find(|known| format!("{known:?}") == *load)
            .expect("a load");
        let size = (width.parse().unwrap(), height.parse().unwrap());
        return window(mode, load, size);
    }
    println!("| way | load | size | shell ms/frame | X server ms/frame | frames/s | cores |");
    println!("|---|---|---|---|---|---|---|");
    for size in [(1280, 720), (1920, 1080)] {
        let mut server = Command::new("Xvfb")
            .args([
                &format!(":{DISPLAY}"),
                "-screen",
                "0",
                &format!("{}x{}x24", size.0, size.1),
            ])
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb");
        thread::sleep(Duration::from_secs(1));
        for mode in ["images", "copy"] {
            for load in Load::ALL {
                row(mode, load, size, &server);
            }
        }
        server.kill().ok();
        server.wait().ok();
    }
}

fn row(mode: &str, load: Load, size: (u32, u32), server: &Child) {
    let before = ticks(server.id()).expect("the X server runs");
    let output = Command::new(std::env::current_exe().expect("this bench"))
        .args([
            mode,
            &format!("{load:?}"),
            &size.0.to_string(),
            &size.1.to_string(),
        ])
        .env("DISPLAY", format!(":{DISPLAY}"))
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("a window");
    let after = ticks(server.id()).expect("the X server runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut numbers = printed.split_whitespace().map(str::parse::<f64>);
    let (Some(Ok(frames)), Some(Ok(milliseconds))) = (numbers.next(), numbers.next()) else {
        println!("| {mode} | {load:?} | {}p | failed | | | |", size.1);
        return;
    };
    let each = frames.max(1.0);
    let seconds = SECONDS as f64;
    // The server also answers the window's opening, some tens of milliseconds.
    let server = (after - before) * 10.0;
    println!(
        "| {mode} | {load:?} | {}p | {:.2} | {:.2} | {:.1} | {:.4} |",
        size.1,
        milliseconds / each,
        server / each,
        frames / seconds,
        (milliseconds + server) / 1000.0 / seconds,
    );
}

/// Processor time of another process, in hundredths of a second.
fn ticks(pid: u32) -> io::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse().ok())
        .collect();
    Ok(fields.iter().sum())
}

fn clock(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 * 1000.0 + time.tv_nsec as f64 / 1e6
}

struct Bench {
    picture: Picture,
    frames: u32,
    waker: FrameWaker,
    done: Arc<Mutex<Option<f64>>>,
}

#[derive(Clone, Copy, Debug)]
enum Message {
    Frame,
}

fn window(mode: &str, load: Load, size: (u32, u32)) {
    match mode {
        "images" => run::<iced::Renderer>(load, size),
        _ => run::<software::Renderer>(load, size),
    }
}

fn run<R>(load: Load, size: (u32, u32))
where
    R: Paint + iced::advanced::text::Renderer<Font = iced::Font> + 'static,
    R: iced::advanced::graphics::compositor::Default + iced::advanced::renderer::Headless,
{
    let boot = move || {
        let slot = Arc::new(FrameSlot::default());
        let waker = FrameWaker::default();
        let done = Arc::new(Mutex::new(None));
        let guest = (Arc::clone(&slot), waker.clone(), Arc::clone(&done));
        thread::spawn(move || paint(load, (size.0, size.1 - BAR), guest));
        let bench = Bench {
            picture: Picture::new(slot, waker.clone()),
            frames: 0,
            waker: waker.clone(),
            done,
        };
        (bench, Task::run(frame_stream(waker), |()| Message::Frame))
    };
    iced::application(boot, update, view::<R>)
        .window_size((size.0 as f32, size.1 as f32))
        .run()
        .expect("a window");
}

fn view<R>(bench: &Bench) -> Element<'_, Message, Theme, R>
where
    R: Paint + iced::advanced::text::Renderer<Font = iced::Font> + 'static,
{
    let bar = container(text("estran").size(28))
        .height(BAR as f32)
        .width(Length::Fill);
    column![bar, GuestArea::new(&bench.picture)].into()
}

fn update(bench: &mut Bench, message: Message) -> Task<Message> {
    match message {
        Message::Frame => {
            if bench.picture.refresh() {
                bench.frames += 1;
            }
        }
    }
    let done = *bench.done.lock().unwrap();
    let Some(milliseconds) = done else {
        return Task::none();
    };
    bench.waker.wake();
    // The first two frames warm the window up and are not counted.
    println!("{} {milliseconds}", bench.frames.saturating_sub(2));
    iced::exit()
}

type Guest = (Arc<FrameSlot>, FrameWaker, Arc<Mutex<Option<f64>>>);

fn paint(load: Load, (width, height): (u32, u32), (slot, waker, done): Guest) {
    let mut pixels = Arc::new(vec![grey(230); width as usize * height as usize]);
    let mut serial = 0;
    let mut put = |pixels: &Arc<Vec<u32>>, rect| {
        serial += 1;
        slot.put(Frame {
            serial,
            width,
            height,
            pixels: Arc::clone(pixels),
            damage: vec![rect],
        });
        waker.wake();
    };
    let whole = Rect {
        x: 0,
        y: 0,
        width,
        height,
    };
    put(&pixels, whole);
    thread::sleep(Duration::from_secs(2));
    let start = Instant::now();
    let (process, mine) = (
        clock(ClockId::ProcessCPUTime),
        clock(ClockId::ThreadCPUTime),
    );
    let frames = SECONDS * load.hertz();
    for tick in 0..frames {
        let rect = load.damage(tick as u32, width, height);
        draw(
            Arc::make_mut(&mut pixels).as_mut_slice(),
            width,
            rect,
            tick as u8,
        );
        put(&pixels, rect);
        let next = start + Duration::from_millis((tick + 1) * 1000 / load.hertz());
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    thread::sleep((start + Duration::from_secs(SECONDS)).saturating_duration_since(Instant::now()));
    let process = clock(ClockId::ProcessCPUTime) - process;
    let mine = clock(ClockId::ThreadCPUTime) - mine;
    *done.lock().unwrap() = Some(process - mine);
    put(&pixels, whole);
}

fn grey(shade: u8) -> u32 {
    u32::from_be_bytes([255, shade, shade, shade])
}

fn draw(pixels: &mut [u32], width: u32, rect: Rect, shade: u8) {
    let stride = width as usize;
    let left = rect.x as usize;
    for row in pixels
        .chunks_exact_mut(stride)
        .skip(rect.y as usize)
        .take(rect.height as usize)
    {
        row[left..left + rect.width as usize].fill(grey(shade));
    }
}
