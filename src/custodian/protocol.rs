//! What front-end and custodian say to each other: serde JSON in length-limited frames over a
//! private Unix socket. Either side treats the other's bytes as hostile.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::audit::Report;
use crate::visit::Browser;

/// The protocol's version; an unknown one is refused with a typed error.
pub const VERSION: u16 = 2;

/// What the guest opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// An https address from the checked catalogue.
    Web {
        /// The start page.
        url: String,
        /// Allowed domain suffixes (dot boundary); empty means the open web.
        allowed: Vec<String>,
    },
    /// The practice démarche, served inside the guest, without any network.
    Practice,
    /// A proof: the planting page, served inside the guest, without any network. Refused unless
    /// the custodian was started for a proof.
    Proof {
        /// What is planted everywhere: lower case letters and digits.
        canary: String,
    },
    /// A proof with the program that the custodian was started with, in the place of a browser.
    Program {
        /// Given to the program as `ESTRAN_CANARY`.
        canary: String,
    },
}

/// Front-end → custodian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// First message.
    Hello {
        /// [`VERSION`].
        version: u16,
    },
    /// Starts the session if none runs, and opens the target in the browser. In a running
    /// session: opens it again there (home, restart, other browser), in the same home.
    Open {
        /// Which browser.
        browser: Browser,
        /// What to open.
        target: Target,
        /// The compositor's private socket, to be bound into the sandbox; without one the browser
        /// runs headless.
        display: Option<PathBuf>,
        /// BCP 47 language of the visitor, "fr" or "en" ….
        language: String,
        /// Page zoom, percent, 100 to 200.
        zoom: u16,
    },
    /// Prints one of the session's documents.
    Print(DocumentId),
    /// Copies one of the session's documents to the visitor's stick.
    Copy(DocumentId),
    /// Kill, then wipe.
    Wipe {
        /// Echoed in the answer.
        round: u32,
    },
    /// Look whether anything remains.
    Audit {
        /// Echoed in the answer.
        round: u32,
    },
}

/// A document of the session, by rank; names stay inside [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentId(pub u32);

/// A document that the visitor may want to take. Its name came from the guest: it may be shown
/// to the visitor and to nobody else, so its `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its rank.
    pub id: DocumentId,
    /// Its file name, cleaned of control and direction characters, 80 characters at most.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Printed during this visit.
    pub printed: bool,
    /// Copied during this visit.
    pub copied: bool,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("id", &self.id)
            .field("name", &"…")
            .finish_non_exhaustive()
    }
}

/// Custodian → front-end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Answer to `Hello`.
    Welcome {
        /// The custodian's version.
        version: u16,
    },
    /// The browser was started.
    Opened,
    /// The browser stopped by itself.
    GuestGone,
    /// The custodian is gone, and the session with it. Never sent: the front-end's own end of the
    /// socket says it.
    #[serde(skip)]
    Lost,
    /// The session's documents, whenever they change.
    Documents(Vec<Document>),
    /// A print job of the session is under way (true) or none is (false).
    Printing(bool),
    /// Kill and wipe ended well.
    Wiped {
        /// Of the order.
        round: u32,
        /// Milliseconds from the order to the end.
        millis: u32,
    },
    /// Kill or wipe failed.
    WipeFailed {
        /// Of the order.
        round: u32,
    },
    /// An audit ended.
    Audited {
        /// Of the order.
        round: u32,
        /// What it saw.
        report: Report,
    },
    /// A command was not understood or not possible; the front-end shows a kind error.
    Refused(Refused),
}

/// Why a command was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// The other side speaks another version.
    #[error("protocol version not understood: install the same version of estran and estrand")]
    Version,
    /// The frame was too long or not valid.
    #[error("message not understood")]
    Garbage,
    /// The sandbox or the browser could not be started.
    #[error("the guest could not be started")]
    CannotStart,
    /// This custodian was not started for a proof.
    #[error("this custodian was not started for a proof")]
    NoProof,
    /// No such document.
    #[error("no such document")]
    NoDocument,
    /// Neither the front-end's account, nor staff, nor root.
    #[error("this account may not speak to the custodian")]
    Stranger,
    /// Another front-end speaks to the custodian already.
    #[error("another front-end speaks to the custodian already")]
    Busy,
    /// No printer or no stick.
    #[error("no printer or no stick is there")]
    NoDevice,
}
