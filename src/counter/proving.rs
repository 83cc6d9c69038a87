//! "Faire la preuve": staff have `estranctl prove` run beside the closed station, and read what
//! came of it.
#![allow(
    clippy::disallowed_methods,
    reason = "door: starts the proof beside the station"
)]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Act, Counter, Role, Why};
use crate::config::BrowserKind;
use crate::guardian::{Shut, Word};
use crate::proof::{self, Proof, Verdict};
use crate::visit::View;
use crate::wording::Lang;

/// A proof is longer than a few seconds, and its paper shorter than this (bytes).
const LONGEST: u64 = 1 << 20;

/// A proof that takes longer than this hangs, and the station would stay closed (seconds).
const AT_MOST: &str = "900";

/// So long the station is waited for to be closed and empty.
const CLOSING: Duration = Duration::from_secs(5);

/// How a proof stands, for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proving {
    /// This station's proof is made from a shell of root.
    #[default]
    Elsewhere,
    /// None was asked for.
    Nothing,
    /// It runs.
    Running,
    /// It could not be made.
    Failed,
    /// Here it is, in words.
    Proved(Proved),
}

/// A proof in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// Everything was seen before the wipe and nothing after it.
    pub clean: bool,
    /// The same in a sentence.
    pub verdict: String,
    /// What must be known beside it.
    pub remarks: Vec<String>,
    /// What was planted: name, whether it could be, seen before, seen after. The first row names
    /// the columns.
    pub rows: Vec<[String; 4]>,
}

/// What makes proofs, and the last one.
#[derive(Clone, Debug, Default)]
pub(super) struct Prover {
    program: Option<PathBuf>,
    last: Arc<Mutex<Last>>,
}

#[derive(Debug, Default)]
enum Last {
    #[default]
    Nothing,
    Running,
    Failed,
    Made(Box<Proof>),
}

impl Prover {
    pub(super) fn new(program: Option<PathBuf>) -> Self {
        Self {
            program,
            last: Arc::default(),
        }
    }

    fn set(&self, last: Last) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = last;
    }

    /// Whether one runs now.
    pub(super) fn runs(&self) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*last, Last::Running)
    }

    /// True for the one who may begin.
    fn begin(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let free = !matches!(*last, Last::Running);
        *last = Last::Running;
        free
    }
}

impl Counter {
    /// How the last proof stands, in the words of `lang`.
    #[must_use]
    pub fn proving(&self, lang: Lang) -> Proving {
        let (prover, config) = (&self.0.prover, self.counting());
        let words = &config.wording;
        if prover.program.is_none() {
            return Proving::Elsewhere;
        }
        let last = prover.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Last::Nothing => Proving::Nothing,
            Last::Running => Proving::Running,
            Last::Failed => Proving::Failed,
            Last::Made(proof) => Proving::Proved(Proved {
                clean: proof.verdict() == Verdict::Clean,
                verdict: proof::verdict(proof, words, lang),
                remarks: proof::remarks(proof, words, lang),
                rows: proof::plants(proof, words, lang),
            }),
        }
    }

    /// Begins a proof beside the station, which is closed until it has ended: its search would see
    /// a visit's programs, and a visit's audit would see its.
    ///
    /// # Errors
    /// [`Why::NotNow`] when somebody is there, or a proof runs, or this form makes none.
    pub fn prove(&self, role: Role) -> Result<(), Why> {
        let prover = self.0.prover.clone();
        let free = matches!(self.0.guardian.published().view, View::Welcome { .. });
        let Some(program) = prover.program.clone().filter(|_| free) else {
            return Err(Why::NotNow);
        };
        if !prover.begin() {
            return Err(Why::NotNow);
        }
        self.wrote(role, Act::Proved);
        let browser = self.counting().browsers.first;
        let counter = self.clone();
        let thread = std::thread::Builder::new().name("proof".to_owned());
        let begun = thread.spawn(move || {
            let ended = counter.prove_closed(&program, browser);
            counter.0.prover.set(ended);
        });
        begun.map(drop).map_err(|error| {
            tracing::warn!(%error, "no proof");
            prover.set(Last::Failed);
            Why::NotNow
        })
    }

    fn prove_closed(&self, program: &Path, browser: BrowserKind) -> Last {
        let guardian = &self.0.guardian;
        guardian.tell(Word::Proving(true));
        let ended = if self.is_closed_soon() {
            made(program, browser)
        } else {
            Last::Failed
        };
        guardian.tell(Word::Proving(false));
        ended
    }

    /// Nobody may come in any more, and nobody has.
    fn is_closed_soon(&self) -> bool {
        let step = Duration::from_millis(50);
        (0..CLOSING.as_millis() / step.as_millis()).any(|_| {
            let published = self.0.guardian.published();
            let closed = published.shut == Some(Shut::Proof);
            let closed = closed && matches!(published.view, View::Welcome { .. });
            if !closed {
                std::thread::sleep(step);
            }
            closed
        })
    }
}

fn made(program: &Path, browser: BrowserKind) -> Last {
    match run(program, browser) {
        Ok(proof) => Last::Made(Box::new(proof)),
        Err(error) => {
            tracing::warn!(%error, "no proof");
            Last::Failed
        }
    }
}

fn run(program: &Path, browser: BrowserKind) -> std::io::Result<Proof> {
    let browser = match browser {
        BrowserKind::Firefox => "firefox",
        BrowserKind::Chromium => "chromium",
    };
    let mut child = Command::new("timeout")
        .args(["--kill-after=10", AT_MOST])
        .arg(program)
        .args(["prove", "--json", "--browser", browser])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut text = Vec::new();
    let read = match child.stdout.take() {
        Some(out) => out.take(LONGEST).read_to_end(&mut text).map(drop),
        None => Ok(()),
    };
    child.wait()?;
    read?;
    Ok(serde_json::from_slice(&text)?)
}
