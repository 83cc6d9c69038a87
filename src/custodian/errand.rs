//! What the guest is started for, in orders to its agent.
#![forbid(unsafe_code)]

use crate::config::BrowserKind;
use crate::guest::browser::{self, Journey};
use crate::guest::sandbox::{PRACTICE_ADDRESS, PROGRAM};
use crate::guest::words::{Launch, Order, Planting};

/// What a session is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// The web.
    Web,
    /// The practice démarche.
    Practice,
    /// A program of the house.
    App(Vec<String>),
    /// A proof: this canary is planted, with a browser.
    Plant(String),
    /// A proof with a program in the place of a browser, which is told this canary.
    Program(String),
}

impl Errand {
    /// What to start for the visitor; `None` when the browser is not installed.
    pub(super) fn launch(
        &self,
        kind: BrowserKind,
        journey: &Journey,
        headless: bool,
    ) -> Option<Launch> {
        match self {
            Self::Web | Self::Practice | Self::Plant(_) => {
                let launch = browser::launch(kind, journey)?;
                Some(if headless {
                    browser::headless(kind, launch)
                } else {
                    launch
                })
            }
            Self::App(command) => Some(Launch {
                argv: command.clone(),
                env: Vec::new(),
                files: Vec::new(),
                forward: false,
            }),
            Self::Program(canary) => Some(Launch {
                argv: vec![PROGRAM.to_owned()],
                env: vec![("ESTRAN_CANARY".to_owned(), canary.clone())],
                files: Vec::new(),
                forward: false,
            }),
        }
    }

    /// The server that must listen inside before the browser starts.
    pub(super) fn server(&self, kind: BrowserKind) -> Option<Order> {
        match self {
            Self::Web | Self::App(_) | Self::Program(_) => None,
            Self::Practice => Some(Order::Practice),
            Self::Plant(canary) => Some(Order::Plant(Planting {
                canary: canary.clone(),
                print: browser::print(kind, &format!("http://{PRACTICE_ADDRESS}/imprimer")),
            })),
        }
    }
}

/// A command as the configuration's own check lets it pass: a program by its whole path, and a few
/// words.
pub(super) fn is_plain(command: &[String]) -> bool {
    let words = command
        .iter()
        .all(|word| word.len() <= 16 * 1024 && !word.contains('\0'));
    (1..=16).contains(&command.len())
        && words
        && command[0].starts_with('/')
        && command[0]
            .split('/')
            .all(|part| part != ".." && part != ".")
}
