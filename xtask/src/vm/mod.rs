//! `cargo xtask vm`: the whole station as it is installed, in a virtual machine, and what happens to it.

mod image;
mod machine;
mod report;
mod scenarios;

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::Result;
use crate::deb;
use crate::packages::{Purpose, prepare};
use crate::tool::root;

use image::{Guest, Image};
use machine::accelerated;
use report::{Held, Report};
use scenarios::{ALL, Place, Scenario};

/// Which scenarios.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only scenarios whose name contains this
    filter: Option<String>,
    /// Take the packages that are in out/deb, instead of building them
    #[arg(long)]
    packaged: bool,
    /// What visits open there [default: all, and the browsers only where the machine is accelerated]
    #[arg(long, value_delimiter = ',')]
    guests: Vec<Guest>,
    /// Write the report to docs/vm-rapport.md too
    #[arg(long)]
    write: bool,
}

/// Builds the machine and lets everything happen to it.
///
/// # Errors
/// When the machine cannot be built, or does not hold.
pub fn run(arguments: &Arguments) -> Result {
    prepare(Purpose::Machine)?;
    let out = root().join("out/vm");
    let debs = packages(arguments.packaged)?;
    let mut report = Report::new(&debs);
    let since = Instant::now();
    for guest in [Guest::Light, Guest::Firefox, Guest::Chromium] {
        let scenarios: VecDeque<&Scenario> = ALL
            .iter()
            .filter(|scenario| arguments.wants(scenario, guest))
            .collect();
        if scenarios.is_empty() {
            continue;
        }
        if guest != Guest::Light && arguments.guests.is_empty() && !accelerated() {
            let why = "cette machine n’a pas d’accélération ; `--guests` essaie quand même";
            report.skip(
                guest.program(),
                "les scénarios d’une visite, avec ce navigateur",
                why,
            );
            continue;
        }
        let place = Place {
            image: Image::make(&out, &debs, guest)?,
            debs: debs.clone(),
            out: guest.folder(&out),
            guest,
        };
        fs::create_dir_all(place.out.join("pictures"))?;
        side_by_side(scenarios, &place, &mut report);
    }
    report.took(since.elapsed(), lanes());
    fs::write(out.join("vm-rapport.md"), report.text())?;
    println!("\n{}", report.text());
    if arguments.write {
        let page = root().join("docs/vm-rapport.md");
        let before = fs::read_to_string(&page).unwrap_or_default();
        fs::write(page, report.text() + kept(&before))?;
    }
    report.verdict()
}

/// As many machines at a time as there are processors for them, and no more than there is surely memory
/// for.
fn lanes() -> usize {
    std::thread::available_parallelism().map_or(1, |all| all.get().min(4))
}

/// Lets scenarios happen, each in a machine of its own. The cold start goes first: it leaves the saved
/// moment from which the others begin.
fn side_by_side(mut scenarios: VecDeque<&Scenario>, place: &Place, report: &mut Report) {
    let report = Mutex::new(report);
    if let Some(first) = scenarios.pop_front_if(|first| first.name == scenarios::FIRST) {
        hold(first, place, &report);
    }
    let waiting = Mutex::new(scenarios);
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.pop_front()
    };
    std::thread::scope(|threads| {
        for _ in 0..lanes() {
            threads.spawn(|| {
                while let Some(scenario) = next() {
                    hold(scenario, place, &report);
                }
            });
        }
    });
}

/// Lets one scenario happen.
fn hold(scenario: &Scenario, place: &Place, report: &Mutex<&mut Report>) {
    let name = match place.guest {
        Guest::Light => scenario.name.to_owned(),
        Guest::Firefox | Guest::Chromium => {
            format!("{} ({})", scenario.name, place.guest.program())
        }
    };
    println!("\n=== {name}: {}", scenario.what);
    let since = Instant::now();
    let held = match (scenario.run)(place) {
        Ok(seen) => Held::Yes(seen),
        Err(error) => Held::No(error.to_string()),
    };
    let time = since.elapsed();
    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
    report.add(&name, scenario.what, held, time);
}

impl Arguments {
    fn wants(&self, scenario: &Scenario, guest: Guest) -> bool {
        let named = self.filter.as_deref();
        named.is_none_or(|part| scenario.name.contains(part))
            && (self.guests.is_empty() || self.guests.contains(&guest))
            && (guest == Guest::Light || scenario.browsers)
    }
}

/// What people wrote below the report stays.
fn kept(page: &str) -> &str {
    page.find("\n![").map_or("", |at| &page[at..])
}

fn packages(packaged: bool) -> Result<Vec<PathBuf>> {
    let out = root().join("out/deb");
    if !packaged {
        deb::run(&deb::Arguments::only_build())?;
    }
    let debs = deb::files(&out, "deb")?;
    if debs.len() == deb::PACKAGES.len() {
        Ok(debs)
    } else {
        Err("the packages are not in out/deb: run `cargo xtask deb` first".into())
    }
}
