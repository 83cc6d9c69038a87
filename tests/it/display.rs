//! Real browsers in the real compositor, without a screen.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use estran::display::{Frame, Handle, Input, Keymap, Notice, Settings, Size, Source, start};
use estran::visit::{Desk, HelperGate, Order, Policy};

pub struct Stand {
    pub handle: Handle,
    pub notices: Receiver<Notice>,
    pub last: Option<Frame>,
    _dir: tempfile::TempDir,
    home: tempfile::TempDir,
    dirpath: std::path::PathBuf,
}

/// An unprivileged user, for browsers refuse root.
const NOBODY: u32 = 65534;

fn person() -> Policy {
    Policy {
        order: Order::Nothing,
        desk: Desk::Guest,
        helper: HelperGate::Dropped,
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
                runtime_dir: runtime_dir.clone(),
                size: Size { width, height },
                scale: 1.0,
                keymap: Keymap {
                    layout: "fr".into(),
                    variant: String::new(),
                    options: String::new(),
                },
                guest_uid: uid(),
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
            dirpath: runtime_dir,
        }
    }

    pub fn run(&self, program: &str, args: &[&str]) -> Child {
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
        command.spawn().unwrap()
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

    pub fn pause(&mut self, millis: u64) {
        std::thread::sleep(Duration::from_millis(millis));
        if let Some(frame) = self.handle.frames().take() {
            self.last = Some(frame);
        }
    }

    pub fn shot(&mut self, path: &Path) {
        self.pause(0);
        let frame = self.last.as_ref().unwrap();
        let mut out = format!("P6\n{} {}\n255\n", frame.width, frame.height).into_bytes();
        for pixel in frame.pixels.chunks_exact(4) {
            out.extend_from_slice(&pixel[..3]);
        }
        std::fs::write(path, out).unwrap();
    }

    pub fn tap(&self, code: u32) {
        for pressed in [true, false] {
            self.handle
                .input(Source::Desk, Input::Key { code, pressed });
        }
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

#[test]
fn firefox() {
    let mut stand = Stand::new(1280, 720);
    let page = "data:text/html,<body style='background:%23cfe'><input id=a autofocus oninput='document.title=this.value;b.textContent=this.value'><p id=b style='font-size:60px'></p><input type=password><select><option>un<option>deux</select>";
    let mut child = stand.run("firefox-esr", &["--no-remote", "--new-instance", page]);
    assert!(stand.wait(Notice::FirstFrame, 40));
    stand.pause(6000);
    stand.shot(Path::new("/tmp/display-ff1.ppm"));
    stand.click(60.0, 110.0);
    for code in [16, 17, 18, 3, 8] {
        stand.tap(code);
    }
    stand.pause(1000);
    stand.shot(Path::new("/tmp/display-ff2.ppm"));
    stand.tap(15);
    stand.pause(500);
    stand.tap(15);
    stand.pause(300);
    stand.tap(57);
    stand.pause(800);
    stand.shot(Path::new("/tmp/display-ff3.ppm"));
    while let Ok(n) = stand.notices.try_recv() {
        eprintln!("notice {n:?}");
    }
    stand.handle.close();
    stand.pause(500);
    stand.shot(Path::new("/tmp/display-ff4.ppm"));
    let pid = rustix::process::Pid::from_child(&child);
    let _gone = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    child.wait().unwrap();
    let _ = &stand.dirpath;
}
