//! `cargo xtask deb`: the Debian packages, and whether they install, upgrade and leave.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::cross::Arch;
use crate::packages::{Purpose, prepare};
use crate::tool::{built, cargo, go, root};
use crate::tree;

/// How to package.
#[derive(clap::Args)]
pub struct Arguments {
    /// Take programs that were built before from this folder, instead of building them
    #[arg(long)]
    programs: Option<PathBuf>,
    /// Build for another processor; the packages go to a folder of its name, and are not installed
    /// anywhere: the programs are started in emulation
    #[arg(long)]
    arch: Option<Arch>,
    /// Do not install the packages in a clean system
    #[arg(long)]
    no_install_test: bool,
    /// Debian releases in which to install them
    #[arg(long, value_delimiter = ',', default_value = "trixie,bookworm")]
    releases: Vec<String>,
}

impl Arguments {
    /// Builds the packages and leaves it at that.
    pub const fn only_build() -> Self {
        Self {
            programs: None,
            arch: None,
            no_install_test: true,
            releases: Vec::new(),
        }
    }
}

/// The programs that the packages hold.
const PROGRAMS: [&str; 4] = ["estran", "estrand", "estranctl", "estran-practice"];

/// The packages.
pub const PACKAGES: [&str; 3] = ["estran", "estran-custodian", "estran-station"];

/// Builds, packages, and tries the packages.
///
/// # Errors
/// When something is missing, lintian finds an error, or the packages do not do what they must.
pub fn run(arguments: &Arguments) -> Result {
    let arch = arguments.arch;
    arch.map_or_else(|| prepare(Purpose::Packages), Arch::prepare)?;
    let programs = match (&arguments.programs, arch) {
        (Some(folder), _) => folder.clone(),
        (None, Some(arch)) => arch.build()?,
        (None, None) => build()?,
    };
    let out = root().join("out/deb").join(arch.map_or("", Arch::debian));
    let debs = package(&programs, &out, arch)?;
    lint(&debs)?;
    println!("\nThe packages:");
    for deb in &debs {
        println!("  {}", deb.display());
    }
    if let Some(arch) = arch {
        return arch.try_programs(&programs);
    }
    if arguments.no_install_test {
        println!("They were not installed anywhere.");
        return Ok(());
    }
    for release in &arguments.releases {
        tree::try_packages(release, &debs, &out)?;
    }
    Ok(())
}

/// The release build of every program, with the helper's own seat.
///
/// # Errors
/// When the build fails.
fn build() -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--release", "--locked", "--package", "estran"]);
    println!("\nBuilding Estran for release. This takes some minutes.");
    go(build.args(["--bins", "--features", "seats"]))?;
    built("release")
}

/// The version of the workspace.
fn version() -> Result<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = "));
    let line = line.ok_or("Cargo.toml names no version")?;
    Ok(line.trim_matches('"').to_owned())
}

/// Puts the source tree together and builds the packages from it.
fn package(programs: &Path, out: &Path, arch: Option<Arch>) -> Result<Vec<PathBuf>> {
    let tree = out.join("tree");
    fs::remove_dir_all(&tree).ok();
    fs::create_dir_all(tree.join("bin"))?;
    for program in PROGRAMS {
        fs::copy(programs.join(program), tree.join("bin").join(program))?;
    }
    let top = root();
    for (from, to) in [
        ("packaging/debian", "debian"),
        ("packaging/station", "station"),
        ("docs/man", "man"),
        ("completions", "completions"),
        ("kiosk-config", "station/etc/estran"),
    ] {
        copy(&top.join(from), &tree.join(to))?;
    }
    fs::rename(tree.join("station/etc/estran/schema"), tree.join("schema"))?;
    fs::create_dir_all(tree.join("bash"))?;
    fs::rename(
        tree.join("completions/estranctl.bash"),
        tree.join("bash/estranctl"),
    )?;
    copy(&top.join("docs"), &tree.join("docs"))?;
    declare_cleared_memory(&tree.join("station/etc/estran/station.toml"))?;
    fs::write(tree.join("debian/changelog"), changelog(&version()?)?)?;
    for old in files(out, "deb")? {
        fs::remove_file(old)?;
    }
    let mut builder = Command::new("dpkg-buildpackage");
    builder.args(["--build=binary", "--unsigned-changes", "--no-sign"]);
    if let Some(arch) = arch {
        // The compiler was here before; of what the source asks for, only its own tools are needed.
        builder.args(["--host-arch", arch.debian(), "--no-check-builddeps"]);
    }
    go(builder.args(["--no-pre-clean"]).current_dir(&tree))?;
    files(out, "deb")
}

/// A packaged station boots with `init_on_free=1`, and says so.
fn declare_cleared_memory(station: &Path) -> Result {
    let text = fs::read_to_string(station)?;
    let (before, after) = ("memory_cleared = false", "memory_cleared = true");
    if !text.contains(before) {
        return Err(format!("{}: no line `{before}`", station.display()).into());
    }
    Ok(fs::write(station, text.replacen(before, after, 1))?)
}

/// Debian wants a date, which `SOURCE_DATE_EPOCH` or the last commit gives: the same source makes
/// the same packages.
fn changelog(version: &str) -> Result<String> {
    let mut date = Command::new("date");
    date.args(["--utc", "--rfc-email"]);
    if let Some(epoch) = epoch() {
        date.arg(format!("--date=@{epoch}"));
    }
    let date = crate::tool::answer(&mut date).ok_or("`date` did not answer")?;
    Ok(format!(
        "estran ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n \
         -- Estran <paquet@estran.example>  {}\n",
        date.trim()
    ))
}

fn epoch() -> Option<String> {
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        return Some(epoch);
    }
    let mut git = Command::new("git");
    git.args(["log", "-1", "--format=%ct"]).current_dir(root());
    crate::tool::answer(&mut git).map(|epoch| epoch.trim().to_owned())
}

fn lint(debs: &[PathBuf]) -> Result {
    let mut lintian = Command::new("lintian");
    lintian.args([
        "--fail-on",
        "error",
        "--allow-root",
        "--tag-display-limit",
        "0",
    ]);
    go(lintian.args(debs))
}

/// Files with this extension directly in a folder, in order.
pub fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|one| one == extension))
        .collect();
    found.sort();
    Ok(found)
}

/// Copies a folder with its modes as Debian wants them: programs 0755, everything else 0644.
fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), &place)?;
            let runs = entry.metadata()?.permissions().mode() & 0o100 != 0;
            let mode = if runs { 0o755 } else { 0o644 };
            fs::set_permissions(&place, fs::Permissions::from_mode(mode))?;
        }
    }
    Ok(())
}
