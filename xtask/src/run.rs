//! `cargo xtask run` and `demo`.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use estran_driver::{Kiosk, Options, Picture, visit};

use crate::Result;
use crate::build::{Built, build};
use crate::packages::{Purpose, prepare};
use crate::sandbox::{self, Browser};
use crate::tool::{go, root};

/// How to run.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which browser: firefox or chromium; the first that is installed otherwise
    #[arg(long)]
    browser: Option<String>,
    /// The window's size
    #[arg(long, default_value = "1280x720")]
    size: String,
}

/// Opens the kiosk in a window, or, without a display, drives one visit.
///
/// # Errors
/// When something is missing that cannot be installed, or the kiosk fails.
pub fn run(arguments: &Arguments) -> Result {
    let display = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !display("DISPLAY") && !display("WAYLAND_DISPLAY") {
        println!("There is no display here: one visit is driven on a display in memory.");
        return demo(arguments);
    }
    prepare(Purpose::Window)?;
    let browser = choose(arguments)?;
    let built = build(false, "probe")?;
    println!("\nThe kiosk opens in a window; closing the window wipes the guest.");
    let mut estran = Command::new(&built.estran);
    estran.arg("--config").arg(root().join("kiosk-config"));
    go(estran.args(["--windowed", &arguments.size, "--browser", &browser]))
}

/// Drives one complete visit on a display in memory.
///
/// # Errors
/// When something is missing that cannot be installed, or a step of the visit fails.
pub fn demo(arguments: &Arguments) -> Result {
    prepare(Purpose::Unattended)?;
    let browser = choose(arguments)?;
    let built = build(false, "probe")?;
    let out = root().join("out/visit");
    fs::remove_dir_all(&out).ok();
    fs::create_dir_all(&out)?;
    let told = drive(&built, &browser, &arguments.size, &out);
    println!("\nPictures of each step: {}", out.display());
    told
}

fn drive(built: &Built, browser: &str, size: &str, out: &Path) -> Result {
    let kiosk = Kiosk::start(&Options {
        program: built.estran.clone(),
        config: root().join("kiosk-config"),
        browser: browser.to_owned(),
        size: parse(size)?,
        more: Vec::new(),
    })?;
    println!("\nOne visit with {browser}:");
    let secret = format!("laminaire{}", std::process::id());
    let mut step = 0;
    let mut tell = |what: &str| {
        step += 1;
        println!("  {step:>2}. {what}");
        let file = format!("{step:02}-{}.png", what.replace(' ', "-"));
        // A screen is announced a moment before it is painted. What moves by itself is kept too.
        kiosk
            .desk()
            .wait_still(Duration::from_millis(250), Duration::from_secs(5))
            .ok();
        kiosk.save(&out.join(file)).map(|_| ())
    };
    let told = visit::whole(&kiosk, &secret, &mut tell);
    if told.is_err() {
        kiosk.save(&out.join("failed.png")).ok();
    }
    let told = told?;
    strip(out)?;
    report(&told);
    if told.after > 0 || !told.traces_after.is_empty() {
        return Err("something of the visit is still there".into());
    }
    Ok(())
}

/// All steps on one small sheet, as in the README.
fn strip(out: &Path) -> Result {
    let mut files: Vec<_> = fs::read_dir(out)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let pictures: Vec<Picture> = files
        .iter()
        .map(|file| Picture::load(file))
        .collect::<Result<_>>()?;
    Picture::sheet(&pictures, 4, 320).save(&out.join("strip.png"))
}

fn report(told: &visit::Told) {
    println!("\n  what arrived at the practice site: {}", told.record);
    println!(
        "  the visitor's secret in the guest's memory before the wipe: {} times",
        told.traces_before
    );
    println!(
        "  in the kiosk's memory and in new files after it: {} times",
        told.traces_after.len()
    );
    for trace in &told.traces_after {
        println!("    {trace}");
    }
    println!(
        "  the guest's processes before: {}, still alive after: {}",
        told.before, told.after
    );
    println!(
        "  from \"erase everything\" to \"cleaned and checked\": {:.1} s",
        told.wipe.as_secs_f32()
    );
}

fn choose(arguments: &Arguments) -> Result<String> {
    let found = sandbox::check()?;
    let names: Vec<_> = found.into_iter().map(Browser::name).collect();
    match &arguments.browser {
        None => Ok(names[0].to_owned()),
        Some(name) if names.contains(&name.as_str()) => Ok(name.clone()),
        Some(name) => {
            Err(format!("no browser {name:?} that is not a snap; there is {names:?}").into())
        }
    }
}

fn parse(size: &str) -> Result<(u16, u16)> {
    let (width, height) = size.split_once('x').ok_or("a size is WIDTHxHEIGHT")?;
    Ok((width.parse()?, height.parse()?))
}
