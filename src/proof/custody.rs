//! The custodian of a proof: the desk form's, or one of root of the proof's own.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: starts a custodian, and a clock that waits for it"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::visit::ProofError;
use crate::config::{BrowserKind, Config};
use crate::custodian::{Client, ClientSettings, Notice};
use crate::receipt::Form;

/// How long a custodian of root may take to prepare its ground.
const START: Duration = Duration::from_mins(1);

/// In which form a proof is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Custody {
    /// As the user who asks.
    Desk,
    /// As root, with the station's own configuration and folder. A custodian that runs there
    /// already is not disturbed: then there is no proof.
    Station {
        /// The house's configuration.
        config: PathBuf,
        /// The custodian's folder.
        state: PathBuf,
    },
}

impl Custody {
    /// As a receipt calls it.
    pub const fn form(&self) -> Form {
        match self {
            Self::Desk => Form::Desk,
            Self::Station { .. } => Form::Station,
        }
    }

    /// The browser that this custodian calls the first.
    pub(super) fn first(&self) -> Result<BrowserKind, ProofError> {
        match self {
            Self::Desk => Ok(ClientSettings::default().first),
            Self::Station { config, .. } => Config::load(config)
                .map(|config| config.browsers.first)
                .map_err(|_| ProofError::Config(config.clone())),
        }
    }

    /// Starts the custodian, with or without a program in the place of a browser.
    pub(super) fn start(
        &self,
        estrand: &Path,
        program: Option<PathBuf>,
        told: &Sender<Notice>,
    ) -> Result<(Client, Option<Root>), ProofError> {
        match self {
            Self::Desk => {
                let settings = ClientSettings {
                    proof: true,
                    program,
                    ..ClientSettings::default()
                };
                let client = Client::spawn_desk(estrand, settings, hear(told))?;
                Ok((client, None))
            }
            Self::Station { config, state } => {
                let mut root = Root::start(estrand, config, state, program)?;
                let client = root.connect(&socket(state), told)?;
                Ok((client, Some(root)))
            }
        }
    }
}

fn socket(state: &Path) -> PathBuf {
    state.join("proof.sock")
}

fn hear(told: &Sender<Notice>) -> impl FnMut(Notice) + Send + 'static {
    let told = told.clone();
    move |notice| {
        told.send(notice).ok();
    }
}

/// A custodian of root; ends with the proof.
#[derive(Debug)]
pub(super) struct Root(Child);

impl Root {
    fn start(
        estrand: &Path,
        config: &Path,
        state: &Path,
        program: Option<PathBuf>,
    ) -> Result<Self, ProofError> {
        let mut process = Command::new(estrand);
        process.args(["station", "--proof", "--config"]).arg(config);
        process.arg("--state").arg(state);
        process.arg("--socket").arg(socket(state));
        if let Some(program) = program {
            process.arg("--program").arg(program);
        }
        process.stdin(Stdio::null()).stdout(Stdio::null());
        // What it says is for the journal; that it ended is all that matters here.
        process.stderr(Stdio::null());
        let child = process.spawn().map_err(ProofError::Station)?;
        Ok(Self(child))
    }

    fn connect(&mut self, socket: &Path, told: &Sender<Notice>) -> Result<Client, ProofError> {
        let until = Instant::now() + START;
        loop {
            match Client::connect_station(socket, hear(told)) {
                Ok(client) => return Ok(client),
                Err(error) if Instant::now() > until => return Err(error.into()),
                Err(_) => {}
            }
            if self.0.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Err(ProofError::NoGround);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
