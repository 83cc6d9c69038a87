//! Real browsers in the real compositor, without a screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use estran::display::{Frame, Handle, Input, Keymap, Notice, Settings, Size, Source, rgb, start};
use estran::visit::{Desk, Field, HelperGate, Order, Policy};

pub struct Stand {
    pub handle: Handle,
    pub notices: Receiver<Notice>,
    pub last: Option<Frame>,
    _dir: tempfile::TempDir,
    home: tempfile::TempDir,
}

/// A browser and whatever it has started, killed together at the end.
pub struct Guest(Child);

impl Drop for Guest {
    fn drop(&mut self) {
        let group = rustix::process::Pid::from_child(&self.0);
        let _gone = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        let _ended = self.0.wait();
    }
}

/// An unprivileged user, for browsers refuse root.
const NOBODY: u32 = 65534;

fn person() -> Policy {
    Policy {
        order: Order::Nothing,
        desk: Desk::Guest,
        helper: HelperGate::Dropped,
        sends: false,
        veiled: false,
    }
}

fn uid() -> u32 {
    let own = rustix::process::getuid().as_raw();
    if own == 0 { NOBODY } else { own }
}

impl Stand {
    pub fn new(width: u32, height: u32) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let home = tempfile::tempdir().unwrap();
        let runtime_dir = dir.path().to_owned();
        std::fs::set_permissions(&runtime_dir, std::fs::Permissions::from_mode(0o711)).unwrap();
        if uid() == NOBODY {
            std::os::unix::fs::chown(home.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let (sender, notices) = channel();
        let handle = start(
            Settings {
                runtime_dir,
                size: Size { width, height },
                scale: 1.0,
                keymap: Keymap {
                    layout: "fr".into(),
                    variant: String::new(),
                    options: String::new(),
                },
                guest_uids: uid()..=uid(),
            },
            move |notice| {
                let _gone = sender.send(notice);
            },
            || {},
        )
        .unwrap();
        handle.apply(person());
        handle.input(Source::Desk, Input::Focus(true));
        Self {
            handle,
            notices,
            last: None,
            _dir: dir,
            home,
        }
    }

    pub fn run(&self, program: &str, args: &[&str]) -> Guest {
        let socket = self.handle.open().unwrap();
        let mut command = Command::new(program);
        command
            .args(args)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("WAYLAND_DISPLAY", socket)
            .env("MOZ_ENABLE_WAYLAND", "1")
            .env("GDK_BACKEND", "wayland")
            .env("GTK_IM_MODULE", "wayland")
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::null());
        if let Some(log) = std::env::var_os("ESTRAN_GUEST_LOG") {
            let log = std::fs::File::create(log).unwrap();
            command.stdout(log.try_clone().unwrap()).stderr(log);
        } else {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        if uid() == NOBODY {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.process_group(0);
        Guest(command.spawn().unwrap())
    }

    pub fn wait(&self, wanted: Notice, seconds: u64) -> bool {
        let end = Instant::now() + Duration::from_secs(seconds);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.notices.recv_timeout(left) {
                Ok(notice) => {
                    eprintln!("notice {notice:?}");
                    if notice == wanted {
                        return true;
                    }
                }
                Err(_) => return false,
            }
        }
        false
    }

    /// Waits until this colour fills most of the picture's middle row band.
    pub fn wait_colour(&mut self, rgb: [u8; 3], seconds: u64) -> bool {
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end {
            self.pause(50);
            if self.last.as_ref().is_some_and(|frame| shows(frame, rgb)) {
                return true;
            }
        }
        self.shot("failed");
        false
    }

    pub fn pause(&mut self, millis: u64) {
        std::thread::sleep(Duration::from_millis(millis));
        if let Some(frame) = self.handle.frames().take() {
            self.last = Some(frame);
        }
    }

    /// Keeps the picture for a person to look at, when asked by the environment.
    pub fn shot(&mut self, name: &str) {
        self.pause(0);
        let (Some(frame), Some(directory)) = (&self.last, std::env::var_os("ESTRAN_SHOTS")) else {
            return;
        };
        let mut out = format!("P6\n{} {}\n255\n", frame.width, frame.height).into_bytes();
        for pixel in frame.pixels.iter() {
            out.extend_from_slice(&rgb(*pixel));
        }
        std::fs::write(Path::new(&directory).join(format!("{name}.ppm")), out).unwrap();
    }

    pub fn key(&self, code: u32, pressed: bool) {
        self.handle
            .input(Source::Desk, Input::Key { code, pressed });
    }

    pub fn tap(&self, code: u32) {
        self.key(code, true);
        self.key(code, false);
    }

    pub fn click(&self, x: f64, y: f64) {
        self.handle.input(Source::Desk, Input::Motion { x, y });
        for pressed in [true, false] {
            self.handle.input(
                Source::Desk,
                Input::Button {
                    code: 0x110,
                    pressed,
                },
            );
        }
    }
}

fn shows(frame: &Frame, colour: [u8; 3]) -> bool {
    let row = frame.height as usize * 3 / 4;
    let width = frame.width as usize;
    let pixels = &frame.pixels[row * width..(row + 1) * width];
    let same = pixels.iter().filter(|pixel| rgb(**pixel) == colour).count();
    same * 2 > width
}

const PAGE: &str = "<!doctype html><meta charset=utf-8><body style='margin:0;background:#ccffee'>
<input id=a style='position:fixed;left:20px;top:20px;width:400px;height:60px;font-size:30px'
 oninput=\"if(this.value=='azé€')document.body.style.background='#112233'\">
<input type=password style='position:fixed;left:20px;top:120px;width:400px;height:60px'
 oninput=\"document.body.style.background='#332211'\">
<select style='position:fixed;left:20px;top:220px;width:400px;height:60px'><option>un<option>deux</select>";

const READY: [u8; 3] = [0xcc, 0xff, 0xee];
const TYPED: [u8; 3] = [0x11, 0x22, 0x33];
const SECRET: [u8; 3] = [0x33, 0x22, 0x11];

/// Where the page's first line of pixels is: below the browser's own bars.
fn top_of_page(frame: &Frame) -> f64 {
    let middle = frame.width as usize - 40;
    let row = (0..frame.height as usize)
        .find(|row| rgb(frame.pixels[row * frame.width as usize + middle]) == READY);
    row.unwrap() as f64
}

fn types_into(stand: &mut Stand, program: &str, args: &[&str]) {
    let page = stand.home.path().join("page.html");
    std::fs::write(&page, PAGE).unwrap();
    let url = format!("file://{}", page.display());
    let mut args = args.to_vec();
    args.push(&url);
    let guest = stand.run(program, &args);
    assert!(stand.wait(Notice::FirstFrame, 60), "a window");
    assert!(stand.wait_colour(READY, 60), "a page");
    stand.shot("page");
    let top = top_of_page(stand.last.as_ref().unwrap());
    stand.click(100.0, top + 50.0);
    stand.pause(500);
    // An AZERTY keyboard: a, z, é on the row of digits, and AltGr with e.
    for code in [16, 17, 3] {
        stand.tap(code);
    }
    stand.key(100, true);
    stand.tap(18);
    stand.key(100, false);
    assert!(stand.wait_colour(TYPED, 20), "the text arrives");
    stand.shot("typed");
    stand.click(100.0, top + 150.0);
    assert!(
        stand.wait(Notice::Field(Field::Sensitive), 20),
        "the password field is announced"
    );
    stand.tap(16);
    assert!(stand.wait_colour(SECRET, 20), "the desk may type it");
    stand.shot("secret");
    stand.click(100.0, top + 250.0);
    assert!(stand.wait(Notice::Field(Field::None), 20));
    stand.pause(1500);
    stand.shot("select");
    stand.handle.close();
    assert!(
        stand.wait_colour([0, 0, 0], 5),
        "nothing of the page is left"
    );
    drop(guest);
}

#[test]
fn firefox_takes_text_and_announces_passwords() {
    let mut stand = Stand::new(1280, 720);
    types_into(
        &mut stand,
        "firefox-esr",
        &["--no-remote", "--new-instance"],
    );
}

#[test]
fn chromium_takes_text_and_announces_passwords() {
    let mut stand = Stand::new(1280, 720);
    types_into(
        &mut stand,
        "chromium",
        &[
            "--ozone-platform=wayland",
            "--no-first-run",
            "--disable-gpu",
            "--password-store=basic",
        ],
    );
}
