//! `cargo xtask vm`: the whole station as it is installed, in a virtual machine, and what happens to it.

mod image;
mod machine;
mod report;
mod scenarios;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::Result;
use crate::deb;
use crate::packages::{Purpose, prepare};
use crate::tool::root;

use image::Image;
use report::{Held, Report};
use scenarios::{ALL, Place};

/// Which scenarios.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only scenarios whose name contains this
    filter: Option<String>,
    /// Take the packages that are in out/deb, instead of building them
    #[arg(long)]
    packaged: bool,
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
    let image = Image::make(&out, &debs)?;
    let mut report = Report::new(&debs);
    let place = Place { image, debs, out };
    fs::create_dir_all(place.out.join("pictures"))?;
    for scenario in &ALL {
        let wanted = arguments.filter.as_deref();
        if !wanted.is_none_or(|part| scenario.name.contains(part)) {
            continue;
        }
        println!("\n=== {}: {}", scenario.name, scenario.what);
        let since = Instant::now();
        let held = match (scenario.run)(&place) {
            Ok(seen) => Held::Yes(seen),
            Err(error) => Held::No(error.to_string()),
        };
        report.add(scenario.name, scenario.what, held, since.elapsed());
        fs::write(place.out.join("vm-rapport.md"), report.text())?;
    }
    println!("\n{}", report.text());
    if arguments.write {
        let page = root().join("docs/vm-rapport.md");
        let before = fs::read_to_string(&page).unwrap_or_default();
        fs::write(page, report.text() + kept(&before))?;
    }
    report.verdict()
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
