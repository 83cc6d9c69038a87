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
            Self::Web | Self::Program(_) => None,
            Self::Practice => Some(Order::Practice),
            Self::Plant(canary) => Some(Order::Plant(Planting {
                canary: canary.clone(),
                print: browser::print(kind, &format!("http://{PRACTICE_ADDRESS}/imprimer")),
            })),
        }
    }
}
