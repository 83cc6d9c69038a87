//! The end of a session: the wipe, the look, and another démarche of the same visit. What a session may
//! open is fixed with its walls, so other sites get walls of their own. The documents go along; cookies,
//! pages and programs do not.
#![forbid(unsafe_code)]

use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use rustix::io::Errno;

use super::daemon::{Daemon, Running};
use super::documents::Documents;
use super::protocol::{Notice, Target};
use super::runtime;
use crate::audit::{self, Marks, Outcome, Probe, Report};
use crate::guest::frame::FrameError;
use crate::guest::words::Order;
use crate::guest::{Form, Session, SessionError, open_document};
use crate::receipt;

/// A wipe that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most that goes along from one démarche to the next, bytes.
const ALONG: u64 = 256 * 1024 * 1024;

/// So much of a document goes in one order: as numbers in JSON it stays below [`frame::LIMIT`].
///
/// [`frame::LIMIT`]: crate::guest::frame::LIMIT
const PART: usize = 128 * 1024;

/// Whether walls that were built for one target are right for another.
pub(super) fn fits(built: &Target, wanted: &Target) -> bool {
    match (built, wanted) {
        (
            Target::Web {
                allowed, refused, ..
            },
            Target::Web {
                allowed: now,
                refused: never,
                ..
            },
        ) => allowed == now && refused == never,
        (Target::Practice, Target::Practice)
        | (Target::App { .. }, Target::App { .. })
        | (Target::Proof { .. }, Target::Proof { .. })
        | (Target::Program { .. }, Target::Program { .. }) => true,
        (
            Target::Web { .. }
            | Target::Practice
            | Target::App { .. }
            | Target::Proof { .. }
            | Target::Program { .. },
            _,
        ) => false,
    }
}

/// What goes along from one démarche to the next.
pub(super) struct Along {
    documents: Documents,
    files: Vec<(String, Vec<u8>)>,
}

/// All of it is the visitor's: nothing of it is ever printed.
impl fmt::Debug for Along {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Along").finish_non_exhaustive()
    }
}

/// What a living session has to give.
fn along(running: &Running) -> Result<Along, SessionError> {
    let documents = running.documents.carried();
    let mut files = Vec::new();
    let mut left = ALONG;
    for id in documents.ids() {
        let Some(name) = documents.name(id).map(str::to_owned) else {
            continue;
        };
        let file = match open_document(running.session.init(), &name) {
            Ok((file, _)) => file,
            // Its owner has taken it away meanwhile. Of any other, nothing is lost: it all stays.
            Err(Errno::NOENT) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut bytes = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(SessionError::System)?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or(SessionError::NotUp)?;
        files.push((name, bytes));
    }
    Ok(Along { documents, files })
}

impl Daemon {
    /// Ends a session that is dead, or whose walls are not right for `target`, and keeps what goes along.
    ///
    /// # Errors
    /// When the documents are more than can go along: the session then stays as it is. When something
    /// of the session resists.
    pub(super) fn leave_for(&mut self, target: &Target) -> Result<(), SessionError> {
        let Some(running) = &self.session else {
            return Ok(());
        };
        if !running.dead {
            if fits(&running.target, target) {
                return Ok(());
            }
            self.along = Some(along(running)?);
        }
        if let Some(running) = self.session.take() {
            self.ended(running.session)?;
            self.look_between();
            tracing::info!("walls of their own for other sites");
        }
        Ok(())
    }

    /// Puts what goes along into a session whose guest has not started yet. Until that is done it is
    /// kept: walls that do not rise at the first try lose nothing.
    ///
    /// # Errors
    /// When the session's agent does not listen.
    pub(super) fn give(&mut self) -> Result<(), SessionError> {
        let (Some(running), Some(along)) = (&mut self.session, &self.along) else {
            return Ok(());
        };
        for (name, bytes) in &along.files {
            for (rank, part) in bytes.chunks(PART).enumerate() {
                let (name, part) = (name.clone(), part.to_vec());
                running.session.order(&if rank == 0 {
                    Order::Paper(name, part)
                } else {
                    Order::More(name, part)
                })?;
            }
        }
        if let Some(along) = self.along.take() {
            running.documents = along.documents;
        }
        Ok(())
    }

    /// Looks at once for what the session left: numbers that tell it apart are given to others soon.
    /// Where something is seen, its marks stay for the audit at the end. The front-end's own display is
    /// there in the middle of a visit, and no residue.
    fn look_between(&mut self) {
        let report = self.look(&runtime::directory_of(self.front.uid));
        let clean = |(probe, outcome): &(Probe, Outcome)| match outcome {
            Outcome::Nothing | Outcome::Excused => true,
            Outcome::Found(_) | Outcome::Blind => *probe == Probe::Runtime,
        };
        if report.outcomes.iter().all(clean) {
            self.marks.clear();
        } else {
            tracing::warn!("not clean between two démarches");
        }
    }

    /// One look for each session of the visit; of each probe, the worst.
    fn look(&self, directory: &Path) -> Report {
        let look = |marks: &Marks| match &self.form {
            Form::Desk => audit::look(marks, directory),
            Form::Station(ground) => audit::look_station(marks, directory, &ground.premises()),
        };
        let running = self.session.as_ref().map(|now| now.session.marks());
        let all = self.marks.iter().chain(running);
        all.map(look)
            .reduce(Report::worst)
            .unwrap_or_else(|| look(&Marks::default()))
    }

    pub(super) fn wipe(&mut self, round: u32) -> Result<(), FrameError> {
        self.along = None;
        let Some(running) = self.session.take() else {
            return match self.form.sweep() {
                Ok(()) => self.tell(&Notice::Wiped { round, millis: 0 }),
                Err(error) => {
                    tracing::error!(%error, "wipe failed");
                    self.tell(&Notice::WipeFailed { round })
                }
            };
        };
        let ended = self.ended(running.session);
        self.wiped = Some(0);
        match ended {
            Ok(taken) => {
                let millis = u32::try_from(taken.as_millis()).unwrap_or(u32::MAX);
                tracing::info!(millis, "wiped");
                self.wiped = Some(millis);
                self.tell(&Notice::Wiped { round, millis })
            }
            Err(error) => {
                tracing::error!(%error, "wipe failed");
                self.tell(&Notice::WipeFailed { round })
            }
        }
    }

    /// The print service and the stick first: they read from the session.
    pub(super) fn ended(&mut self, session: Session) -> Result<Duration, SessionError> {
        let (devices, printer) = self.devices.end(PATIENCE);
        let (taken, marks) = match session.wipe(PATIENCE) {
            Ok((taken, marks)) => (Ok(taken), marks),
            Err((error, marks)) => (Err(error), marks),
        };
        self.marks.push(marks.with_printer(printer));
        self.looked = false;
        let ended = devices.map_err(SessionError::from).and(taken);
        self.resists |= ended.is_err();
        ended
    }

    pub(super) fn audit(&mut self, round: u32) -> Result<(), FrameError> {
        let directory = runtime::directory_of(self.front.uid);
        runtime::stale_runtimes_removed(&directory);
        runtime::left_sandboxes_ended();
        let report = self.look(&directory);
        (self.looked, self.resists) = (true, false);
        for (probe, outcome) in &report.outcomes {
            tracing::info!(?probe, ?outcome, "looked");
        }
        let told = self.tell(&Notice::Audited {
            round,
            report: report.clone(),
        });
        if let (Some(receipts), Some(millis)) = (&self.receipts, self.wiped.take()) {
            let form = match self.form {
                Form::Desk => receipt::Form::Desk,
                Form::Station(_) => receipt::Form::Station,
            };
            receipts.keep(form, &report, millis);
            return told.and_then(|()| self.tell_receipt());
        }
        told
    }
}
