//! The kiosk under test: the real `estran` in a window on a private X server.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::{Control, Desk, Picture, Result, Server, Ui, trace, wait_for, wait_until};

/// How to start a kiosk.
#[derive(Clone, Debug)]
pub struct Options {
    /// The built `estran`.
    pub program: PathBuf,
    /// The configuration folder.
    pub config: PathBuf,
    /// "firefox" or "chromium".
    pub browser: String,
    /// Of the window and of the screen, in pixels.
    pub size: (u16, u16),
    /// More arguments for `estran`.
    pub more: Vec<String>,
}

/// A running kiosk. Dropping it ends it.
pub struct Kiosk {
    child: Child,
    desk: Desk,
    server: Server,
    folder: PathBuf,
    browser: String,
    started: Instant,
    /// The custodian of a station: the guest is below it, not below the front-end.
    custodian: Option<u32>,
}

/// The code of staff of every kiosk under test.
pub const STAFF_CODE: &str = "271828";

/// What recognises it.
const STAFF_VERIFIER: &str = "$argon2id$v=19$m=32768,t=3,p=1$rmbiCWENiyXiqKx+q1ziEQ\
                              $//0H1PwFBQAKv1khK4oZZg/qLkq1j+lHOtounaESx6M";

/// How long a slow machine may need for one step of the front-end.
pub const STEP: Duration = Duration::from_secs(20);

impl Kiosk {
    /// Starts X and the kiosk, waits for its window and gives it the keyboard.
    ///
    /// # Errors
    /// When one of them does not start.
    pub fn start(options: &Options) -> Result<Self> {
        Self::start_scaled(options, 1.0)
    }

    /// The same on a screen whose logical pixels are `scale` physical ones wide.
    ///
    /// # Errors
    /// When one of them does not start.
    pub fn start_scaled(options: &Options, scale: f32) -> Result<Self> {
        let server = Server::start(options.size.0, options.size.1)?;
        let desk = Desk::at(server.display())?;
        let folder = private_folder()?;
        let started = Instant::now();
        let child = launch(options, &server, &folder, scale)?;
        let mut kiosk = Self {
            child,
            desk,
            server,
            folder,
            browser: options.browser.clone(),
            started,
            custodian: None,
        };
        kiosk.focus_window()?;
        Ok(kiosk)
    }

    fn focus_window(&mut self) -> Result {
        let window = wait_for("the kiosk's window", STEP * 2, || {
            if let Some(status) = self.child.try_wait()? {
                let said = self.said();
                return Err(format!("estran stopped: {status}\n{said}").into());
            }
            self.desk.main_window()
        })?;
        wait_until("the keyboard's focus", STEP, || {
            Ok(self.desk.give_keyboard(window.0).is_ok())
        })
    }

    /// Says which process is its custodian, when that is not its child.
    #[must_use]
    pub const fn kept_by(mut self, custodian: u32) -> Self {
        self.custodian = Some(custodian);
        self
    }

    /// The hands and eyes in front of it.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Its X server.
    pub const fn server(&self) -> &Server {
        &self.server
    }

    /// The browser that it was started with.
    pub fn browser(&self) -> &str {
        &self.browser
    }

    /// The front-end's process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its private runtime folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// When it was started.
    pub const fn started(&self) -> Instant {
        self.started
    }

    /// What it wrote to its standard output and error.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The current screen and its controls.
    ///
    /// # Errors
    /// When the front-end does not answer.
    pub fn ui(&self) -> Result<Ui> {
        Ui::ask(&self.folder.join("ui"))
    }

    /// Waits for a screen.
    ///
    /// # Errors
    /// When another one is still shown after `limit`; the message names it.
    pub fn wait_screen(&self, screen: &str, limit: Duration) -> Result<Ui> {
        self.wait_any(&[screen], limit)
    }

    /// Waits for one of several screens.
    ///
    /// # Errors
    /// When none of them is shown after `limit`; the message names the one that is.
    pub fn wait_any(&self, screens: &[&str], limit: Duration) -> Result<Ui> {
        let found = wait_for(&format!("screen {screens:?}"), limit, || {
            let ui = self.ui()?;
            if screens.contains(&ui.screen.as_str()) {
                Ok(Some(ui))
            } else {
                Err(format!("screen {:?}", ui.screen).into())
            }
        });
        found.map_err(|error| format!("{error}\n{}", self.said()).into())
    }

    /// Waits until a control is shown and can be used.
    ///
    /// # Errors
    /// When it is not after `limit`.
    pub fn control(&self, id: &str, limit: Duration) -> Result<Control> {
        let found = wait_for(&format!("control {id:?}"), limit, || {
            let ui = self.ui()?;
            match ui.control(id) {
                Some(control) if control.enabled => Ok(Some(control.clone())),
                Some(_) => Err(format!("{id} is shown on {:?} but not enabled", ui.screen).into()),
                None => Err(format!("{:?} has {:?}", ui.screen, ids(&ui)).into()),
            }
        });
        found.map_err(|error| format!("{error}\n{}", self.said()).into())
    }

    /// Clicks a control with the mouse, once it has stopped moving.
    ///
    /// # Errors
    /// When it does not come.
    pub fn click(&self, id: &str) -> Result {
        let mut last = self.control(id, STEP)?;
        let still = wait_for(&format!("{id:?} to stand still"), STEP, || {
            let now = self.control(id, STEP)?;
            let same = now.middle() == last.middle();
            last = now;
            Ok(same.then(|| last.clone()))
        })?;
        let (x, y) = still.middle();
        let (width, height) = self.desk.size();
        if x < 0 || y < 0 || x >= i32::from(width) || y >= i32::from(height) {
            return Err(format!("{id:?} is outside the screen: {:?}", still.bounds).into());
        }
        self.desk.click(x, y)
    }

    /// Walks to a control with the Tab key.
    ///
    /// # Errors
    /// When a whole round does not reach it.
    pub fn focus_to(&self, id: &str) -> Result {
        self.control(id, STEP)?;
        let mut way = Vec::new();
        for _ in 0..80 {
            let ui = self.ui()?;
            if ui.focus.as_deref() == Some(id) {
                return Ok(());
            }
            let before = ui.focus.clone();
            way.extend(before.clone());
            self.desk.press("Tab")?;
            // A press may need a moment to arrive; a round that does not move is pressed again.
            let _: Result = wait_until("the next focus", Duration::from_millis(600), || {
                Ok(self.ui()?.focus != before)
            });
        }
        Err(format!("Tab never reached {id:?}; it went by {way:?}").into())
    }

    /// Presses a control by keyboard alone.
    ///
    /// # Errors
    /// When Tab does not reach it.
    pub fn press_by_keyboard(&self, id: &str) -> Result {
        self.focus_to(id)?;
        self.desk.press("Return")
    }

    /// Takes the keyboard from the guest to the bar above it, by the key that does so.
    ///
    /// # Errors
    /// When it does not.
    pub fn leave_guest_by_keyboard(&self) -> Result {
        self.desk.press("super")?;
        wait_until("the bar to have the keyboard", STEP, || {
            let focus = self.ui()?.focus;
            Ok(focus.is_some_and(|id| id != "guest.page"))
        })
    }

    /// Waits until the keyboard is the page's, as it is once the page shows.
    ///
    /// # Errors
    /// When it is not.
    pub fn page_has_keyboard(&self) -> Result {
        wait_until("the page to have the keyboard", STEP, || {
            match self.ui()?.focus {
                Some(id) if id == "guest.page" => Ok(true),
                other => Err(format!("{other:?} has it").into()),
            }
        })
    }

    /// A point of the guest area: parts of its width and height, 0.0 to 1.0.
    ///
    /// # Errors
    /// When this screen shows no guest.
    pub fn guest_point(&self, across: f32, down: f32) -> Result<(i32, i32)> {
        let ui = self.ui()?;
        let guest = ui.guest.ok_or("this screen shows no guest")?;
        Ok(guest.point(across, down))
    }

    /// Takes a picture of the whole screen and writes it as a PNG.
    ///
    /// # Errors
    /// When the display is gone or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<Picture> {
        self.desk.save(path)
    }

    /// Every process of the kiosk below the front-end: custodian, sandbox, browser.
    pub fn processes(&self) -> Vec<u32> {
        let mut family = trace::descendants(self.pid());
        if let Some(custodian) = self.custodian {
            family.push(custodian);
            family.extend(trace::descendants(custodian));
        }
        family
    }

    /// The processes that live in the guest's own PID namespace.
    pub fn guest_processes(&self) -> Vec<u32> {
        let ours = fs::read_link("/proc/self/ns/pid").ok();
        let inside = |pid: &u32| {
            fs::read_link(format!("/proc/{pid}/ns/pid")).is_ok_and(|ns| Some(ns) != ours)
        };
        self.processes().into_iter().filter(inside).collect()
    }

    /// The guest's root folder as seen from outside, while a guest lives.
    pub fn guest_root(&self) -> Option<PathBuf> {
        // The innermost processes of a browser's own sandbox have an empty root: take one that
        // has a home.
        self.guest_processes()
            .into_iter()
            .map(|pid| PathBuf::from(format!("/proc/{pid}/root")))
            .find(|root| root.join("run/estran").is_dir())
    }

    /// Reads a file of the guest, named by its path there.
    ///
    /// # Errors
    /// When there is no guest or no such file.
    pub fn guest_file(&self, path: &str) -> Result<Vec<u8>> {
        let root = self.guest_root().ok_or("no guest runs")?;
        let path = root.join(path.trim_start_matches('/'));
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()).into())
    }

    /// The practice site's own record of what arrived.
    ///
    /// # Errors
    /// When there is none (yet).
    pub fn practice_record(&self) -> Result<serde_json::Value> {
        let bytes = self.guest_file("/home/visitor/.practice/record.json")?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Ends the front-end as a crash would (SIGKILL), and waits for its end.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub fn kill(&mut self) -> Result<ExitStatus> {
        self.child.kill()?;
        Ok(self.child.wait()?)
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let family = self.processes();
        if self.child.kill().is_ok() {
            self.child.wait().ok();
        }
        // The guest ends with the front-end; a test that fails must not leave one behind.
        std::thread::sleep(Duration::from_millis(300));
        for pid in family {
            let pid = i32::try_from(pid)
                .ok()
                .and_then(rustix::process::Pid::from_raw);
            if let Some(pid) = pid {
                rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
            }
        }
        if std::env::var_os("ESTRAN_KEEP").is_none() {
            fs::remove_dir_all(&self.folder).ok();
        }
    }
}

fn ids(ui: &Ui) -> Vec<&str> {
    ui.controls.iter().map(|each| each.id.as_str()).collect()
}

fn launch(options: &Options, server: &Server, folder: &Path, scale: f32) -> Result<Child> {
    let log = File::create(folder.join("log"))?;
    let secrets = secrets(options, folder)?;
    let logical = |side: u16| f32::from(side) / scale;
    let (width, height) = (logical(options.size.0), logical(options.size.1));
    Command::new(&options.program)
        .arg("--config")
        .arg(&options.config)
        .args(["--windowed", &format!("{width}x{height}")])
        .arg("--ui-socket")
        .arg(folder.join("ui"))
        .arg("--helper-socket")
        .arg(folder.join("helper"))
        .args(["--browser", &options.browser])
        .args(secrets)
        .arg("--state")
        .arg(folder.join("state"))
        .args(&options.more)
        .env("DISPLAY", server.display())
        .env("XDG_RUNTIME_DIR", folder)
        .env("XDG_STATE_HOME", folder)
        // A scale guessed from Xvfb's invented millimetres would move every pixel.
        .env("WINIT_X11_SCALE_FACTOR", scale.to_string())
        .env("RUST_BACKTRACE", "0")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .map_err(|error| format!("starting {}: {error}", options.program.display()).into())
}

/// A store of its own with the code of staff, unless the test brings one: the key rings of the
/// kernel are those of every test at once.
fn secrets(options: &Options, folder: &Path) -> Result<Vec<String>> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    if options
        .more
        .iter()
        .any(|word| word.starts_with("--secrets"))
    {
        return Ok(Vec::new());
    }
    let place = folder.join("secrets");
    fs::DirBuilder::new().mode(0o700).create(&place)?;
    let code = place.join("staff-code");
    fs::write(&code, STAFF_VERIFIER)?;
    fs::set_permissions(&code, fs::Permissions::from_mode(0o600))?;
    let place = format!("folder:{}", place.display());
    Ok(vec!["--secrets".to_owned(), place])
}

fn private_folder() -> Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("estran-test-{}-{count}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::remove_dir_all(&folder).ok();
    fs::DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}
