//! `estranctl prove`.
#![forbid(unsafe_code)]

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{Outcome, say};
use crate::config::BrowserKind;
use crate::proof::{self, Guest, Proof, ProofError, Step, Verdict, Wanted};
use crate::wording::{Lang, Wording};

/// Runs a real visit with a canary everywhere a visitor leaves traces, wipes it, and searches the
/// machine. Exit code 0: nothing is left; 1: something is; 2: no proof could be made.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The browser of the visit.
    #[arg(long, value_enum, default_value_t = Known::Firefox)]
    browser: Known,
    /// Runs this program as the guest, in the place of a browser: try to beat the wipe with it.
    /// It finds what it has to leave somewhere in ESTRAN_CANARY.
    #[arg(long, value_name = "PATH", conflicts_with = "browser")]
    program: Option<PathBuf>,
    /// How long that program may run, seconds.
    #[arg(long, default_value_t = 20, requires = "program")]
    seconds: u64,
    /// Also searches this disk, or its image, from its first byte to its last.
    #[arg(long, value_name = "DEVICE")]
    image: Option<PathBuf>,
    /// Prints JSON (docs/preuve.md says what it means).
    #[arg(long)]
    json: bool,
    /// The custodian's program [default: estrand beside this one].
    #[arg(long, value_name = "PATH", hide = true)]
    estrand: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Known {
    Firefox,
    Chromium,
}

pub(super) fn run(arguments: Arguments, lang: Lang) -> io::Result<Outcome> {
    let words = Wording::embedded();
    let estrand = match arguments.estrand {
        Some(path) => path,
        None => std::env::current_exe()?.with_file_name("estrand"),
    };
    let guest = match (arguments.program, arguments.browser) {
        (Some(path), _) => Guest::Program(path, Duration::from_secs(arguments.seconds)),
        (None, Known::Firefox) => Guest::Browser(BrowserKind::Firefox),
        (None, Known::Chromium) => Guest::Browser(BrowserKind::Chromium),
    };
    let wanted = Wanted {
        estrand,
        guest,
        image: arguments.image,
    };
    let mut tell = |step| {
        let text = words.text(lang, step_key(step));
        // Whoever closed standard error does not want to hear it.
        writeln!(io::stderr().lock(), "{text}").ok();
    };
    let proof = match proof::prove(&wanted, &mut tell) {
        Ok(proof) => proof,
        Err(error) => return failed(&error),
    };
    if arguments.json {
        say(&serde_json::to_string_pretty(&proof)?)?;
    } else {
        say(&proof::table(&proof, &words, lang))?;
    }
    Ok(outcome(&proof))
}

fn failed(error: &ProofError) -> io::Result<Outcome> {
    writeln!(io::stderr().lock(), "estranctl: {error}")?;
    Ok(Outcome::Failed)
}

fn outcome(proof: &Proof) -> Outcome {
    match proof.verdict() {
        Verdict::Clean => Outcome::Good,
        Verdict::Residue => Outcome::Mistakes,
        Verdict::Unproven => Outcome::Failed,
    }
}

const fn step_key(step: Step) -> &'static str {
    match step {
        Step::Planting => "prove-planting",
        Step::Control => "prove-control",
        Step::Wiping => "prove-wiping",
        Step::Searching => "prove-searching",
    }
}

/// The helper of a search inside a guest's IPC namespace.
pub(super) fn look_inside(pid: u32) -> io::Result<Outcome> {
    match proof::look_inside(pid) {
        Ok(counts) => say(&counts),
        Err(error) => {
            writeln!(io::stderr().lock(), "estranctl: looking inside: {error}")?;
            Ok(Outcome::Failed)
        }
    }
}
