//! The visit's own print queue: a private `cupsd` that lives and dies with the visit, in a sandbox
//! whose every writable place is RAM. The machine's own print service is never used for a visit:
//! it keeps the pages, the titles and who printed them.
//!
//! The guest reaches one Unix socket and may print there, nothing more. Documents are read as
//! bytes; only the filters inside the sandbox look into them.
#![forbid(unsafe_code)]

mod driver;
mod files;
mod http;
mod instance;
mod ipp;
mod level;
mod queue;

use std::path::PathBuf;

pub use driver::{Driver, learn};
pub use level::{Level, Trouble};
pub use queue::{Queue, Said};

use crate::guest::outer::Walls;
use crate::guest::{NotEnded, SessionError};

/// The name of the queue, as the browsers show it.
pub const QUEUE: &str = "Imprimante";

/// The socket's name in [`Settings::folder`].
pub const SOCKET: &str = "cups.sock";

/// The account of print services on Debian (base-passwd gives it this number everywhere).
pub const LP: u32 = 7;

/// What an instance is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The printer, from the checked configuration: ipp:// or ipps://.
    pub uri: String,
    /// The folder of the custodian in which the socket is made.
    pub folder: PathBuf,
    /// Root gives the instance to the account of the print service. Without root, the instance
    /// has the custodian's own account, inside a user namespace.
    pub account: Option<u32>,
    /// The station form's session, in which the instance lives; nothing in the desk form.
    pub walls: Option<Walls>,
}

impl Settings {
    /// For the session with these walls.
    #[must_use]
    pub fn inside(&self, walls: Option<Walls>) -> Self {
        let folder = walls.as_ref().map(|walls| walls.meeting.clone());
        Self {
            folder: folder.unwrap_or_else(|| self.folder.clone()),
            walls,
            ..self.clone()
        }
    }
}

/// The address of a printer that is not there: nobody listens at the port "discard".
pub const NOBODY: &str = "ipp://127.0.0.1:9/ipp/print";

/// Where the sandbox has the print service's program. Not where Debian puts it: the machine's AppArmor
/// profile for `/usr/sbin/cupsd` goes by that path, and lets it make no socket in a place of ours.
pub const DAEMON: &str = "/run/cupsd";

/// Whether this machine can have a queue at all.
pub fn is_installed() -> bool {
    std::path::Path::new("/usr/sbin/cupsd").is_file()
}

/// Hands a text to the print service whose socket lies in `folder`, as a program of the visit does.
///
/// # Errors
/// When there is none or it refuses.
pub fn hand_over(folder: &std::path::Path, text: &[u8]) -> std::io::Result<()> {
    let size = text.len() as u64;
    ipp::Asker::new(folder).print(&mut &*text, size).map(drop)
}

/// Why there is no printing.
#[derive(Debug, thiserror::Error)]
pub enum PrinterError {
    /// The print service is not installed or its sandbox did not start.
    #[error("starting the print service: {0}; are cups-daemon and cups-filters installed?")]
    Start(#[from] SessionError),
    /// The machine refused something.
    #[error("preparing the print service: {0}")]
    Machine(#[from] std::io::Error),
    /// The printer did not say what it can do.
    #[error("the printer does not answer; is it switched on, is its address right?")]
    NotReached,
    /// Something survived.
    #[error("the print service did not end: {0}")]
    NotEnded(#[from] NotEnded),
}
