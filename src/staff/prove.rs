//! `estranctl prove`.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the page that the officer asked for"
)]

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::{Outcome, say};
use crate::config::BrowserKind;
use crate::proof::{self, Canary, Custody, Guest, Proof, Step, Verdict, Wanted};
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
    /// In which form: as this user, or as root in the station's own walls.
    #[arg(long, value_enum, default_value_t = Form::Desk)]
    form: Form,
    /// The station's configuration.
    #[arg(long, value_name = "FOLDER", default_value = "/etc/estran")]
    config: PathBuf,
    /// The custodian's folder; one that is in use is left alone.
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = "/run/estran",
        hide = true
    )]
    state: PathBuf,
    /// Also searches this disk, or its image, from its first byte to its last.
    #[arg(long, value_name = "DEVICE")]
    image: Option<PathBuf>,
    /// Also writes a page for the data protection officer.
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Prints JSON (docs/preuve.md says what it means).
    #[arg(long)]
    json: bool,
    /// The custodian's program [default: estrand beside this one].
    #[arg(long, value_name = "PATH", hide = true)]
    estrand: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Desk,
    Station,
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
    let custody = match arguments.form {
        Form::Desk => Custody::Desk,
        Form::Station => Custody::Station {
            config: arguments.config,
            state: arguments.state,
        },
    };
    let wanted = Wanted {
        estrand,
        custody,
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
        Err(error) => return failed(&error.to_string()),
    };
    if let Some(path) = &arguments.pdf {
        if let Err(why) = write_pdf(path, &proof, &words, lang) {
            return failed(&why);
        }
    }
    if arguments.json {
        say(&serde_json::to_string_pretty(&proof)?)?;
    } else {
        say(&proof::table(&proof, &words, lang))?;
    }
    Ok(outcome(&proof))
}

/// The page; its file is nobody's secret, but nobody's else either.
fn write_pdf(path: &Path, proof: &Proof, words: &Wording, lang: Lang) -> Result<(), String> {
    let page = proof::sheet(proof, words, lang).map_err(|error| error.to_string())?;
    std::fs::write(path, page).map_err(|error| {
        let path = path.display();
        format!("writing {path}: {error}; is the folder there and yours?")
    })
}

fn failed(why: &str) -> io::Result<Outcome> {
    writeln!(io::stderr().lock(), "estranctl: {why}")?;
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
        Step::Waiting => "prove-waiting",
        Step::Planting => "prove-planting",
        Step::Control => "prove-control",
        Step::Wiping => "prove-wiping",
        Step::Searching => "prove-searching",
    }
}

/// The search alone: of a canary on standard input that someone else planted.
#[derive(Debug, Args)]
pub(super) struct Look {
    /// Since when it exists, seconds since 1970.
    #[arg(long)]
    since: i64,
    /// Also searches this disk, or its image.
    #[arg(long)]
    image: Option<PathBuf>,
    /// Programs that know it for a good reason.
    #[arg(long)]
    except: Vec<u32>,
}

/// Prints as JSON what was found where.
pub(super) fn look(wanted: &Look) -> io::Result<Outcome> {
    let mut text = String::new();
    io::stdin().lock().take(1024).read_to_string(&mut text)?;
    let Some(canary) = Canary::from_text(text.trim()) else {
        return failed("not a canary: 20 letters a to z and digits 2 to 7");
    };
    match proof::look(
        &canary,
        wanted.since,
        wanted.image.as_deref(),
        &wanted.except,
    ) {
        Ok(searched) => say(&serde_json::to_string(&searched)?),
        Err(error) => failed(&error.to_string()),
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
