//! Packages for processors of another kind than this machine's: built here, and tried in emulation.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::packages::{Purpose, prepare};
use crate::system::privileged;
use crate::tool::{answer, cargo, go, root};

/// A processor that is not this machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Arch {
    /// Raspberry Pi 4 and 5, and other 64-bit ARM machines.
    Arm64,
}

impl Arch {
    /// Debian's name for it.
    pub const fn debian(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
        }
    }

    /// Rust's name for it.
    const fn target(self) -> &'static str {
        match self {
            Self::Arm64 => "aarch64-unknown-linux-gnu",
        }
    }

    /// What starts its programs here.
    const fn emulator(self) -> &'static str {
        match self {
            Self::Arm64 => "qemu-aarch64",
        }
    }

    /// Fetches its compiler and its libraries.
    ///
    /// # Errors
    /// When something is missing and cannot be installed from here.
    pub fn prepare(self) -> Result {
        let known = answer(Command::new("dpkg").arg("--print-foreign-architectures"));
        if !known.is_some_and(|known| known.lines().any(|one| one == self.debian())) {
            println!(
                "Packages of {} are made known to apt: the libraries to link with.",
                self.debian()
            );
            go(privileged("dpkg")?.args(["--add-architecture", self.debian()]))?;
        }
        prepare(Purpose::Cross)?;
        go(Command::new("rustup").args(["target", "add", self.target()]))
    }

    /// The release build of every program, with the helper's own seat.
    ///
    /// # Errors
    /// When the build fails.
    pub fn build(self) -> Result<PathBuf> {
        let mut build = cargo();
        build.args(["build", "--release", "--locked", "--package", "estran"]);
        build.args(["--bins", "--features", "seats", "--target", self.target()]);
        build
            .env(
                "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER",
                "aarch64-linux-gnu-gcc",
            )
            .env("CC_aarch64_unknown_linux_gnu", "aarch64-linux-gnu-gcc")
            .env("PKG_CONFIG_ALLOW_CROSS", "1")
            .env("PKG_CONFIG_PATH", "/usr/lib/aarch64-linux-gnu/pkgconfig");
        let target = self.target();
        println!("\nBuilding Estran for {target}. This takes some minutes.");
        go(&mut build)?;
        Ok(root().join("target").join(target).join("release"))
    }

    /// Starts what needs no screen, in emulation, on the shipped configuration.
    ///
    /// # Errors
    /// When a program does not start there.
    pub fn try_programs(self, programs: &Path) -> Result {
        let emulated = |program: &str| {
            let mut command = Command::new(self.emulator());
            // Its libraries are those that were linked with.
            command.args(["-L", "/"]).arg(programs.join(program));
            command
        };
        for program in ["estran", "estrand", "estranctl", "estran-practice"] {
            go(emulated(program).arg("--version"))?;
        }
        let configuration = root().join("kiosk-config");
        go(emulated("estranctl")
            .args(["config", "check"])
            .arg(configuration))
    }
}
