//! The nested display against X directly and against sway: the same browser, the same page, in
//! one run. It prints ratios and judges nothing.
//!
//! `cargo bench --features probe --bench display`. Processor time is that of everything that
//! makes the picture: the browser's processes, Estran's window, and the X server or sway (which
//! in this mode shows nothing anywhere, so it is a lower bound, not a rival). Latency is from a
//! key on the X server to the pixel there; a headless sway has no keys to press.
//!
//! Nothing runs as root: started so, it continues as `nobody`, as sway insists.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs
)]

mod site;
mod stage;
mod window;

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use estran::display::Size;
use estran_driver::{Desk, Result};

use site::Site;
use stage::{Place, Spent, Stage};

const SIZES: [(u16, u16); 2] = [(1280, 720), (1920, 1080)];
const LOADS: [&str; 4] = ["typing", "scrolling", "animation", "idle"];
const PLACES: [Place; 3] = [Place::Direct, Place::Estran, Place::Sway];
const KEYS: usize = 40;
const NOBODY: u32 = 65_534;

/// How long the page may stay silent.
const PATIENCE: Duration = Duration::from_secs(90);

fn main() -> Result {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "--window") {
        return open_window(&args);
    }
    if rustix::process::getuid().is_root() {
        return go_on_as_nobody();
    }
    let home = PathBuf::from(std::env::var("HOME")?);
    let home = home.join(format!("estran-bench-{}", std::process::id()));
    fs::create_dir_all(&home)?;
    let only = args
        .iter()
        .find_map(|arg| arg.strip_suffix('p')?.parse().ok());
    for size in SIZES {
        if only.is_none_or(|height: u16| height == size.1) {
            compare(size, &home);
        }
    }
    Ok(fs::remove_dir_all(&home)?)
}

fn open_window(args: &[String]) -> Result {
    let side = |index: usize| -> Result<u32> { Ok(args.get(index).ok_or("a size")?.parse()?) };
    let size = Size {
        width: side(1)?,
        height: side(2)?,
    };
    let runtime = home().join(format!("run-{}", std::process::id()));
    fs::create_dir_all(&runtime)?;
    stage::private(&runtime)?;
    let browser = |socket: &Path| {
        let url = std::env::var("ESTRAN_BENCH_URL").expect("the page");
        stage::on_wayland(stage::browser(&home(), &url), socket)
    };
    Ok(window::run(size, &runtime, browser)?)
}

fn home() -> PathBuf {
    std::env::var("ESTRAN_BENCH_HOME").expect("a home").into()
}

fn go_on_as_nobody() -> Result {
    let home = std::env::temp_dir().join(format!("estran-bench-root-{}", std::process::id()));
    fs::create_dir_all(&home)?;
    let copy = home.join("bench");
    fs::copy(std::env::current_exe()?, &copy)?;
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755))?;
    chown(&home, Some(NOBODY), Some(NOBODY))?;
    stage::private(&home)?;
    let id = NOBODY.to_string();
    let failed = Command::new("setpriv")
        .args(["--reuid", &id, "--regid", &id, "--clear-groups", "--"])
        .arg(copy)
        .args(std::env::args_os().skip(1))
        .current_dir("/")
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &home)
        .env_remove("XDG_CACHE_HOME")
        .exec();
    Err(failed.into())
}

/// What one place took: processor time and seconds a load, and latencies in milliseconds.
struct Taken {
    loads: Vec<(Spent, f64)>,
    latency: Vec<f64>,
}

impl Taken {
    /// Cores busy during a load.
    fn cores(&self, load: usize) -> f64 {
        self.loads
            .get(load)
            .map_or(f64::NAN, |(spent, seconds)| spent.total() / seconds)
    }
}

fn compare(size: (u16, u16), home: &Path) {
    println!("\n## {} × {}\n", size.0, size.1);
    let mut all = Vec::new();
    for place in PLACES {
        match measure(place, size, home) {
            Ok(taken) => all.push((place, taken)),
            Err(error) => println!("{place:?}: not measured: {error}"),
        }
    }
    println!("| load | place | browser | shell | server | total (% of a core) | ratio to X |");
    println!("|---|---|---|---|---|---|---|");
    let direct = all.iter().find(|(place, _)| *place == Place::Direct);
    for (index, load) in LOADS.iter().enumerate() {
        let base = direct.map_or(f64::NAN, |(_, taken)| taken.cores(index));
        for (place, taken) in &all {
            let Some((spent, seconds)) = taken.loads.get(index) else {
                continue;
            };
            let percent = |part: f64| part / seconds * 100.0;
            println!(
                "| {load} | {place:?} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
                percent(spent.browser),
                percent(spent.shell),
                percent(spent.server),
                percent(spent.total()),
                taken.cores(index) / base,
            );
        }
    }
    println!("\n| key to pixel | median ms | 95th percentile ms | keys |\n|---|---|---|---|");
    for (place, taken) in all.iter().filter(|(_, taken)| !taken.latency.is_empty()) {
        let mut sorted = taken.latency.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        let (median, late) = (at(0.5), at(0.95));
        println!("| {place:?} | {median:.1} | {late:.1} | {} |", sorted.len());
    }
}

fn measure(place: Place, size: (u16, u16), home: &Path) -> Result<Taken> {
    let site = Site::open()?;
    let stage = Stage::start(place, size, home, &site.url)?;
    let mut loads = Vec::new();
    let mut began = (Spent::default(), Instant::now());
    loop {
        let said = site.said.recv_timeout(PATIENCE)?;
        if said == "start/latency" {
            break;
        }
        if said.starts_with("start/") {
            began = (stage.spent(), Instant::now());
        } else {
            let spent = stage.spent().since(began.0);
            loads.push((spent, began.1.elapsed().as_secs_f64()));
        }
    }
    let latency = match place {
        Place::Direct | Place::Estran => latencies(&stage)?,
        Place::Sway => Vec::new(),
    };
    Ok(Taken { loads, latency })
}

fn latencies(stage: &Stage) -> Result<Vec<f64>> {
    let desk = stage.desk()?;
    std::thread::sleep(Duration::from_secs(1));
    let mut taken = Vec::new();
    for key in 0..KEYS {
        // Not in step with any frame clock.
        std::thread::sleep(Duration::from_millis(150 + (key as u64 * 7) % 16));
        taken.extend(press(stage, &desk)?);
    }
    Ok(taken)
}

/// Milliseconds from the key to the pixel, or nothing when the page did not answer.
fn press(stage: &Stage, desk: &Desk) -> Result<Option<f64>> {
    const KEY_A: u8 = 30;
    let before = stage.is_white(desk)?;
    let start = Instant::now();
    desk.key(KEY_A, true)?;
    let mut after = before;
    while after == before && start.elapsed() < Duration::from_secs(1) {
        std::thread::sleep(Duration::from_micros(300));
        after = stage.is_white(desk)?;
    }
    let taken = start.elapsed().as_secs_f64() * 1000.0;
    desk.key(KEY_A, false)?;
    Ok((after != before).then_some(taken))
}
