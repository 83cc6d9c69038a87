//! `cargo xtask bench`: ratios side by side in one run; it prints and never judges.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use estran_driver::{Desk, Kiosk, Options, STEP, Server, trace, visit, wait_until};

use crate::Result;
use crate::build::build;
use crate::packages::{Purpose, prepare};
use crate::sandbox::{self, Browser};
use crate::site::{self, Owned};
use crate::tool::{cargo, go, root};

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    /// The subject
    #[arg(value_enum, default_value = "visit")]
    subject: Subject,
    /// How many rounds; the middle one is shown
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The folder of programs that are built already, with the feature `probe`
    #[arg(long)]
    programs: Option<PathBuf>,
    /// Of the wipe, only the lines whose name contains this
    #[arg(long)]
    only: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Subject {
    /// Typing, scrolling, animation and idle: the nested display against X direct
    Display,
    /// From touch to page, from erase to Welcome, memory, start
    Visit,
    /// From the order to wipe to a clean audit, beside `rm -rf` and `shred`
    Wipe,
    /// From erase to the next welcome, by what the visit holds in memory
    End,
}

/// Measures the subject.
///
/// # Errors
/// When something cannot be started.
pub fn run(arguments: &Arguments) -> Result {
    prepare(Purpose::Unattended)?;
    match arguments.subject {
        Subject::Display => {
            go(cargo().args(["bench", "--features", "probe", "--bench", "display"]))
        }
        Subject::Wipe => go(cargo()
            .args([
                "bench",
                "--package",
                "estran",
                "--no-default-features",
                "--bench",
                "wipe",
                "--",
            ])
            .args(&arguments.only)),
        Subject::Visit => visits(arguments.rounds.max(1), &programs(arguments)?),
        Subject::End => ends(arguments.rounds.max(1), &programs(arguments)?),
    }
}

fn programs(arguments: &Arguments) -> Result<PathBuf> {
    match &arguments.programs {
        Some(folder) => Ok(folder.canonicalize()?),
        None => built_programs(),
    }
}

const SIZE: (u16, u16) = (1280, 720);

/// What one visit took.
#[derive(Default)]
struct Taken {
    start: Vec<f64>,
    bare: Vec<f64>,
    begun: Vec<f64>,
    page: Vec<f64>,
    wipe: Vec<f64>,
    front: Vec<f64>,
    custodian: Vec<f64>,
}

fn visits(rounds: usize, programs: &Path) -> Result {
    let browsers = sandbox::check()?;
    println!(
        "\n{rounds} rounds with each browser on an idle machine, {}×{}; middle values.",
        SIZE.0, SIZE.1
    );
    for browser in browsers {
        let mut taken = Taken::default();
        // The first start reads everything from the disk, for both sides: not counted.
        bare(programs, browser)?;
        for _ in 0..rounds {
            taken.bare.push(bare(programs, browser)?);
            inside(programs, browser, &mut taken)?;
        }
        table(browser, taken);
    }
    Ok(())
}

fn built_programs() -> Result<PathBuf> {
    let estran = build(true, "probe")?.estran;
    Ok(estran.parent().map(Path::to_path_buf).unwrap_or_default())
}

fn table(browser: Browser, taken: Taken) {
    let (bare, page) = (middle(taken.bare), middle(taken.page));
    println!("\n{}", browser.name());
    println!("  {:<46} {:>10} {:>12}", "", "measured", "aim");
    let line =
        |what: &str, value: String, aim: &str| println!("  {what:<46} {value:>10} {aim:>12}");
    line(
        "start → Welcome",
        format!("{:.2} s", middle(taken.start)),
        "≤ 1 s",
    );
    line(
        "same browser bare, start → painted page",
        format!("{bare:.2} s"),
        "",
    );
    line(
        "touch → the browser's first process",
        format!("{:.2} s", middle(taken.begun)),
        "",
    );
    line("touch → painted page", format!("{page:.2} s"), "");
    line("  ratio", format!("{:.2} ×", page / bare), "≤ 1.15 ×");
    line(
        "erase → cleaned and checked",
        format!("{:.2} s", middle(taken.wipe)),
        "≤ 2 s",
    );
    line(
        "front-end memory, idle at Welcome",
        format!("{:.0} MB", middle(taken.front)),
        "≤ 150 MB",
    );
    line(
        "custodian memory, idle at Welcome",
        format!("{:.0} MB", middle(taken.custodian)),
        "",
    );
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The end of visits that left more or less in memory: from the order to erase to the next welcome,
/// which includes the stick, the print service, the wipe, the audit and the screens.
fn ends(rounds: usize, programs: &Path) -> Result {
    let browser = sandbox::check()?.into_iter().next().ok_or("no browser")?;
    println!("\nerase → next welcome, {}", browser.name());
    for (megabytes, aim) in [(0, ""), (300, "≤ 1 s"), (1000, "≤ 2 s")] {
        let mut all = Vec::new();
        for _ in 0..rounds {
            all.push(end(programs, browser, megabytes)?);
        }
        let what = format!("  page + {megabytes} MB in the home");
        println!(
            "{what:<48} {:>10} {aim:>12}",
            format!("{:.2} s", middle(all))
        );
    }
    Ok(())
}

fn end(programs: &Path, browser: Browser, megabytes: u64) -> Result<f64> {
    let kiosk = started(programs, browser)?;
    kiosk.click("welcome.start")?;
    kiosk.click("notice.read")?;
    kiosk.click("choosing.practice")?;
    kiosk.wait_screen("guest", STEP)?;
    visit::wait_page(&kiosk, visit::FIRST_PAGE)?;
    let home = kiosk.guest_root().ok_or("no guest")?.join("home/visitor");
    let load = fs::File::create(home.join("load"))?;
    let bytes = std::io::Read::take(fs::File::open("/dev/urandom")?, megabytes * 1_000_000);
    std::io::copy(&mut std::io::BufReader::new(bytes), &mut &load)?;
    drop(load);
    thread::sleep(Duration::from_secs(1));
    Ok(visit::leave(&kiosk, &mut |_| Ok(()))?.as_secs_f64())
}

fn started(programs: &Path, browser: Browser) -> Result<Kiosk> {
    let kiosk = Kiosk::start(&Options {
        program: programs.join("estran"),
        config: root().join("kiosk-config"),
        browser: browser.name().to_owned(),
        size: SIZE,
        more: Vec::new(),
    })?;
    kiosk.wait_screen("welcome", STEP)?;
    Ok(kiosk)
}

fn inside(programs: &Path, browser: Browser, taken: &mut Taken) -> Result {
    let kiosk = started(programs, browser)?;
    taken.start.push(kiosk.started().elapsed().as_secs_f64());
    thread::sleep(Duration::from_secs(2));
    let megabytes = |pid| trace::resident(pid) as f64 / 1e6;
    taken.front.push(megabytes(kiosk.pid()));
    taken
        .custodian
        .push(kiosk.processes().into_iter().map(megabytes).sum());
    kiosk.click("welcome.start")?;
    kiosk.click("notice.read")?;
    let tile = kiosk.control("choosing.practice", STEP)?.middle();
    thread::sleep(Duration::from_millis(500));
    kiosk.desk().click(tile.0, tile.1)?;
    let touched = Instant::now();
    wait_until("the browser's first process", STEP, || {
        let names = kiosk.guest_processes().into_iter().map(trace::name);
        let mut started = names.filter(|name| name.starts_with(&browser.name()[..5]));
        Ok(started.next().is_some())
    })?;
    taken.begun.push(touched.elapsed().as_secs_f64());
    kiosk.wait_screen("guest", STEP)?;
    visit::wait_page(&kiosk, visit::FIRST_PAGE)?;
    taken.page.push(touched.elapsed().as_secs_f64());
    thread::sleep(Duration::from_secs(2));
    let wipe = visit::leave(&kiosk, &mut |_| Ok(()))?;
    taken.wipe.push(wipe.as_secs_f64());
    Ok(())
}

/// The same browser with a fresh profile, directly on X, on the same page: seconds from its start
/// to the painted page.
fn bare(programs: &Path, browser: Browser) -> Result<f64> {
    let (_site, address) = site::start(&programs.join("estran-practice"))?;
    let server = Server::start(SIZE.0, SIZE.1)?;
    let desk = Desk::at(server.display())?;
    let home = std::env::temp_dir().join(format!("estran-bare-{}", std::process::id()));
    fs::remove_dir_all(&home).ok();
    fs::create_dir_all(&home)?;
    let mut command = bare_command(browser, &home);
    command.arg(format!("{address}/"));
    command
        .env("DISPLAY", server.display())
        .env("HOME", &home)
        .env_remove("WAYLAND_DISPLAY");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let running = Owned(command.spawn()?);
    let seen = wait_until("the bare browser's page", visit::FIRST_PAGE, || {
        Ok(visit::is_home(&desk.look()?))
    });
    let taken = begun.elapsed().as_secs_f64();
    drop(running);
    fs::remove_dir_all(&home).ok();
    seen?;
    Ok(taken)
}

fn bare_command(browser: Browser, home: &Path) -> Command {
    match browser {
        Browser::Firefox => {
            let esr = crate::tool::find("firefox-esr").is_some();
            let mut command = Command::new(if esr { "firefox-esr" } else { "firefox" });
            command.args([
                "--no-remote",
                "--width",
                "1280",
                "--height",
                "720",
                "--profile",
            ]);
            command.arg(home);
            command
        }
        Browser::Chromium => {
            let mut command = Command::new("chromium");
            command.args([
                "--no-first-run",
                "--window-position=0,0",
                "--window-size=1280,720",
            ]);
            if crate::system::is_root() {
                // Bare, Chromium refuses to run as root otherwise; this only flatters the bare
                // side. In the kiosk its sandbox is always on.
                command.arg("--no-sandbox");
            }
            command.arg(format!("--user-data-dir={}", home.display()));
            command
        }
    }
}
