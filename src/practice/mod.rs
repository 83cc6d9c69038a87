//! The practice démarche: "Mutuelle de l'Estran", a fictitious mutual insurance.
//!
//! A small web site that runs *inside* the guest's sandbox, in its own network
//! namespace, so that a helper can teach an online démarche without any real
//! administration at the other end, and so that every other room has a real form to
//! be tested with. It needs no network, no disk and no clock: everything lives in
//! memory and dies with the session.
//!
//! The pages are rendered here, work without script, and say only what the strict
//! content security policy of [`http`] lets them say. Their French is the *content* of
//! a fictitious site, not the kiosk's own wording, which is why it lives in the pages
//! and not in the Fluent files (decision 0030).
//!
//! | file | what lives there |
//! |---|---|
//! | `http` | routes, security headers, the session cookie |
//! | `store` | sessions, accounts, what was received, all in memory |
//! | `fields` | bytes from outside → bounded, named values |
//! | `check` | values → problems in plain French |
//! | `fault` | every refusal, as a kind page |
//! | `layout`, `parts` | the frame of a page, and its form controls |
//! | `account`, `login`, `request`, `upload`, `appointment`, `pages` | the démarches |
//! | `secrets` | every kind of secret field, on one page |
//! | `attestation` | the PDF documents |
//! | `record` | the one file that tests read |

#![forbid(unsafe_code)]

mod account;
mod appointment;
mod attestation;
mod check;
mod fault;
mod fields;
mod http;
mod layout;
mod login;
mod pages;
mod parts;
mod record;
mod request;
mod request_views;
mod secrets;
mod store;
mod upload;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

pub use fields::{Fields, MAX_BODY, MAX_FIELDS, Unreadable};
pub use record::{Form, Receipt, Received, Record, Upload, Value};
pub use upload::MAX_UPLOAD;

/// What the site is told when it starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Where to write `record.json`, if anywhere. The folder must exist and belong to
    /// the session: what is written there is what a person typed.
    pub record: Option<PathBuf>,
}

/// Why the site could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The runtime could not be built: the system refused a file descriptor.
    #[error("starting the practice site: {0}; check the limit of open files")]
    Runtime(std::io::Error),
    /// The address could not be taken.
    #[error("listening on {0}: {1}; choose another address with --listen")]
    Listen(SocketAddr, std::io::Error),
    /// The record's folder is not usable.
    #[error("opening the record's folder: {0}; --record needs a writable folder")]
    Record(std::io::Error),
    /// The listening socket failed.
    #[error("serving the practice site: {0}")]
    Serve(std::io::Error),
}

/// Serves the site until the process ends, on one thread.
///
/// Writes one line, `listening on ADDRESS`, to standard output once connections are
/// accepted, so that whoever started it knows when (and on which port).
///
/// # Errors
/// Returns [`ServeError`] when the address, the record's folder or the runtime cannot
/// be had. Nothing that a visitor sends makes it return.
pub fn serve(options: &Options) -> Result<(), ServeError> {
    let recorder = match &options.record {
        Some(folder) => Some(record::Recorder::open(folder).map_err(ServeError::Record)?),
        None => None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(options.listen)
            .await
            .map_err(|error| ServeError::Listen(options.listen, error))?;
        let address = listener.local_addr().map_err(ServeError::Serve)?;
        let mut out = std::io::stdout();
        // A closed standard output is no reason not to serve.
        let _told = writeln!(out, "listening on {address}").and_then(|()| out.flush());
        axum::serve(listener, http::router(store::Site::new(recorder)))
            .await
            .map_err(ServeError::Serve)
    })
}
