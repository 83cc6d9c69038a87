//! Three places for the same browser: X directly, Estran's window, and sway without a screen.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use estran_driver::{Desk, Result, Server, wait_for};
use x11rb::protocol::xproto::{ConfigureWindowAux, ConnectionExt, ImageFormat};

use crate::window::BAR;

/// Where the browser runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the X server itself.
    Direct,
    /// In Estran, on the X server.
    Estran,
    /// In sway, which shows it nowhere.
    Sway,
}

/// A browser at its place.
pub struct Stage {
    browser: u32,
    shell: Option<u32>,
    server: u32,
    children: Vec<Child>,
    xorg: Option<Server>,
    offset: u32,
}

/// Processor seconds so far.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    pub browser: f64,
    pub shell: f64,
    pub server: f64,
}

impl Spent {
    pub fn total(self) -> f64 {
        self.browser + self.shell + self.server
    }

    pub fn since(self, before: Self) -> Self {
        Self {
            browser: self.browser - before.browser,
            shell: self.shell - before.shell,
            server: self.server - before.server,
        }
    }
}

/// The browser with a fresh profile in `home`, opening `url`.
pub fn browser(home: &Path, url: &str) -> Command {
    let profile = home.join(format!("profile-{}", std::process::id()));
    fs::create_dir_all(&profile).expect("a profile");
    fs::write(profile.join("user.js"), include_str!("user.js")).expect("preferences");
    let mut command = Command::new("firefox-esr");
    command
        .args(["--no-remote", "--kiosk", "--profile"])
        .arg(profile)
        .arg(url)
        .env("MOZ_CRASHREPORTER_DISABLE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The browser as a client of a Wayland socket.
pub fn on_wayland(mut browser: Command, socket: &Path) -> Command {
    browser
        .env_remove("DISPLAY")
        .env("WAYLAND_DISPLAY", socket)
        .env("MOZ_ENABLE_WAYLAND", "1")
        .env("GDK_BACKEND", "wayland");
    browser
}

impl Stage {
    /// Starts everything at a place; the guest gets `width` × `height` pixels.
    pub fn start(
        place: Place,
        (width, height): (u16, u16),
        home: &Path,
        url: &str,
    ) -> Result<Self> {
        match place {
            Place::Direct => Self::direct((width, height), home, url),
            Place::Estran => Self::estran((width, height), home, url),
            Place::Sway => Self::sway((width, height), home, url),
        }
    }

    fn direct((width, height): (u16, u16), home: &Path, url: &str) -> Result<Self> {
        let xorg = Server::start(width, height)?;
        let child = browser(home, url)
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", xorg.display())
            .env("MOZ_ENABLE_WAYLAND", "0")
            .env("GDK_BACKEND", "x11")
            .spawn()?;
        let stage = Self {
            browser: child.id(),
            shell: None,
            server: xorg.pid(),
            children: vec![child],
            offset: 0,
            xorg: Some(xorg),
        };
        // Without a window manager nobody else makes the window as large as the screen.
        let desk = stage.desk()?;
        let (conn, _) = desk.x();
        let window = wait_for("a window", Duration::from_secs(40), || desk.main_window())?.0;
        thread::sleep(Duration::from_secs(2));
        let whole = ConfigureWindowAux::new()
            .x(0)
            .y(0)
            .width(u32::from(width))
            .height(u32::from(height));
        conn.configure_window(window, &whole)?.check()?;
        desk.give_keyboard(window)?;
        Ok(stage)
    }

    fn estran((width, height): (u16, u16), home: &Path, url: &str) -> Result<Self> {
        let xorg = Server::start(width, height + BAR as u16)?;
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--window", &width.to_string(), &height.to_string()])
            .env("ESTRAN_BENCH_URL", url)
            .env("ESTRAN_BENCH_HOME", home)
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", xorg.display())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let stage = Self {
            browser: line.trim().parse()?,
            shell: Some(child.id()),
            server: xorg.pid(),
            children: vec![child],
            offset: BAR,
            xorg: Some(xorg),
        };
        let desk = stage.desk()?;
        let window = wait_for("a window", Duration::from_secs(40), || desk.main_window())?.0;
        desk.give_keyboard(window)?;
        Ok(stage)
    }

    fn sway((width, height): (u16, u16), home: &Path, url: &str) -> Result<Self> {
        let runtime = home.join(format!("sway-{height}"));
        fs::create_dir_all(&runtime)?;
        private(&runtime)?;
        let config = home.join("sway.conf");
        fs::write(
            &config,
            format!(
                "xwayland disable\noutput HEADLESS-1 resolution {width}x{height}\ndefault_border none\n"
            ),
        )?;
        let server = Command::new("sway")
            .arg("-c")
            .arg(&config)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("XDG_RUNTIME_DIR", &runtime)
            .env("WLR_BACKENDS", "headless")
            .env("WLR_RENDERER", "pixman")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let socket = wait_for("sway's socket", Duration::from_secs(20), || {
            Ok(socket_in(&runtime))
        })?;
        let child = on_wayland(browser(home, url), &socket)
            .env("XDG_RUNTIME_DIR", &runtime)
            .spawn()?;
        Ok(Self {
            browser: child.id(),
            shell: None,
            server: server.id(),
            children: vec![child, server],
            xorg: None,
            offset: 0,
        })
    }

    /// Processor time of everything that makes the picture.
    pub fn spent(&self) -> Spent {
        let all = processes();
        Spent {
            browser: tree(&all, self.browser),
            shell: self.shell.map_or(0.0, |pid| own(&all, pid)),
            server: own(&all, self.server),
        }
    }

    /// Hands and eyes on the X server, where there is one.
    pub fn desk(&self) -> Result<Desk> {
        let xorg = self.xorg.as_ref().ok_or("no X server here")?;
        Desk::at(xorg.display())
    }

    /// Whether the page's square is white. One pixel is fetched, so looking costs little.
    pub fn is_white(&self, desk: &Desk) -> Result<bool> {
        let (conn, root) = desk.x();
        let y = (self.offset + 60) as i16;
        let image = conn
            .get_image(ImageFormat::Z_PIXMAP, root, 60, y, 1, 1, u32::MAX)?
            .reply()?;
        Ok(image.data.first().is_some_and(|blue| *blue > 128))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for pid in descendants(&processes(), self.browser) {
            kill(pid);
        }
        for child in &mut self.children {
            // It may have gone by itself.
            child.kill().ok();
            child.wait().ok();
        }
    }
}

fn kill(pid: u32) {
    if let Some(pid) = rustix::process::Pid::from_raw(pid as i32) {
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
    }
}

/// Makes a directory its owner's alone.
pub fn private(directory: &Path) -> Result {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(
        directory,
        fs::Permissions::from_mode(0o700),
    )?)
}

fn socket_in(runtime: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(runtime).ok()?.flatten();
    let mut names = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("wayland-") && !name.ends_with(".lock")
    });
    names.next()
}

/// Process, parent, processor seconds.
type Process = (u32, u32, f64);

fn processes() -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let read = |pid: u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
        let parent = fields.get(1)?.parse().ok()?;
        Some((pid, parent, (ticks(11)? + ticks(12)?) / 100.0))
    };
    pids.filter_map(read).collect()
}

fn descendants(all: &[Process], root: u32) -> Vec<u32> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        let children = all.iter().filter(|process| process.1 == parent);
        found.extend(children.map(|process| process.0));
        next += 1;
    }
    found
}

fn tree(all: &[Process], root: u32) -> f64 {
    descendants(all, root)
        .into_iter()
        .map(|pid| own(all, pid))
        .sum()
}

fn own(all: &[Process], pid: u32) -> f64 {
    let process = all.iter().find(|process| process.0 == pid);
    process.map_or(0.0, |process| process.2)
}
