//! What front-end and custodian say to each other: serde JSON in length-limited frames over a
//! private Unix socket. Either side treats the other's bytes as hostile.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::audit::Report;
use crate::guest::sensor::Sensed;
use crate::receipt::{Counters, HalfDay};
use crate::visit::Browser;

/// The protocol's version; an unknown one is refused with a typed error.
pub const VERSION: u16 = 5;

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
        /// Refused domain suffixes, in any case: known imitations.
        #[serde(default)]
        refused: Vec<String>,
    },
    /// The practice démarche, served inside the guest, without any network.
    Practice,
    /// A program of the house in the place of a browser, without any network.
    App {
        /// The program by its whole path, and its arguments.
        command: Vec<String>,
    },
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
    /// Starts the session if none runs, and opens the target in the browser. In a running session whose
    /// walls are right for it: opens it there (home, restart, other browser), in the same home. Otherwise
    /// in a session of its own, which the documents go along to.
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
    /// Puts a paper that the front-end has typeset among the session's documents.
    Paper(Paper),
    /// Prints a paper that the front-end has typeset, from memory: it becomes no document, and the
    /// guest never has it.
    PrintPaper(Paper),
    /// Puts papers of the house onto the stick that staff plugged in: all or none, between two
    /// visits alone. What becomes of it is the stick's state.
    Deliver(Vec<Paper>),
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

/// A paper of the station for the visitor, or of the house for its staff. What stands on it may be
/// the visit's own business, so its `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The file name under which it is found.
    pub name: String,
    /// The file's bytes; a visitor's paper is a PDF.
    pub pdf: Vec<u8>,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paper(…)")
    }
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
    /// On its way to paper now.
    pub printing: bool,
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
    /// The state of the printer, whenever it changes.
    Printer(Printer),
    /// The state of the visitor's stick, whenever it changes.
    Stick(Stick),
    /// Papers of the house for its staff: all of them are on the stick (true), or they did not get
    /// there. One for each `Deliver`.
    Delivered(bool),
    /// A page was not opened, because the visit's rules do not allow it.
    Closed,
    /// Something of the visitor's is on its way to a site (true), or no longer (false).
    Uploading(bool),
    /// The kind of field that has the keyboard in the guest, whenever it changes.
    Sensed(Sensed),
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
    /// The latest receipt, at the greeting and after each.
    Receipt(Receipted),
    /// A command was not understood or not possible; the front-end shows a kind error.
    Refused(Refused),
}

/// What staff may know of receipts: the latest, and how many there were. No time finer than the
/// half-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipted {
    /// When the latest was written.
    pub when: HalfDay,
    /// Nothing had stayed.
    pub clean: bool,
    /// The key of this station signed it.
    pub signed: bool,
    /// All of them.
    pub counters: Counters,
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
    /// No printer.
    #[error("no printer is ready")]
    NoPrinter,
    /// No stick.
    #[error("no stick is there")]
    NoStick,
    /// The print service did not take the document, or gave it up.
    #[error("the document could not be printed")]
    NotPrinted,
    /// The document did not get onto the stick; the stick's own state says why.
    #[error("the document could not be copied")]
    NotCopied,
}

/// The printer, as far as a visitor needs to know.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Printer {
    /// The house has none.
    #[default]
    None,
    /// It prints what it gets.
    Ready,
    /// It does not answer.
    NotReached,
    /// It has no paper.
    NoPaper,
    /// Somebody must look after it: paper stuck, a door open, no ink.
    NeedsHand,
}

/// The visitor's stick, as far as a visitor needs to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stick {
    /// None is there.
    #[default]
    Absent,
    /// There never is one: this form, or this house, mounts none.
    Never,
    /// It can take documents.
    Ready,
    /// A document is on its way: do not pull it out.
    Copying,
    /// Everything is on it: it may be pulled out.
    SafeToRemove,
    /// No room on it. It may be pulled out.
    Full,
    /// It cannot be read or written to.
    Unreadable,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use proptest::prelude::*;

    use super::*;
    use crate::guest::frame::{self, FrameError};

    /// A message as the other side would write it.
    fn wire(text: &[u8]) -> Vec<u8> {
        let mut bytes = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
        bytes.extend(text);
        bytes
    }

    /// Words of the protocol and what is near them, put together at random.
    fn almost() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"hello\"",
            "\"version\"",
            "\"open\"",
            "\"target\"",
            "\"web\"",
            "\"url\"",
            "\"practice\"",
            "\"wipe\"",
            "\"round\"",
            "\"audit\"",
            "\"print\"",
            "\"display\"",
            "\"language\"",
            "\"zoom\"",
            "\"\u{0}\"",
            "2",
            "-1",
            "65536",
            "1e999",
            "null",
            "true",
        ]);
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_message_or_a_typed_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            frame::read::<Command>(&mut bytes.as_slice(), frame::LIMIT).ok();
            frame::read::<Notice>(&mut bytes.as_slice(), frame::LIMIT).ok();
            let framed = wire(&bytes);
            let read = frame::read::<Command>(&mut framed.as_slice(), frame::LIMIT);
            prop_assert!(matches!(read, Ok(_) | Err(FrameError::NotValid)));
        }

        #[test]
        fn almost_right_messages_are_too(text in almost()) {
            let framed = wire(text.as_bytes());
            let read = frame::read::<Command>(&mut framed.as_slice(), frame::LIMIT);
            prop_assert!(matches!(read, Ok(_) | Err(FrameError::NotValid)));
            // What was understood is said again in the same words.
            if let Ok(command) = read {
                let mut again = Vec::new();
                frame::write(&mut again, &command, frame::LIMIT).unwrap();
                let back: Command = frame::read(&mut again.as_slice(), frame::LIMIT).unwrap();
                prop_assert_eq!(back, command);
            }
        }

        #[test]
        fn a_length_is_believed_only_below_the_limit(length in frame::LIMIT + 1..) {
            let bytes = length.to_le_bytes();
            let read = frame::read::<Command>(&mut bytes.as_slice(), frame::LIMIT);
            prop_assert!(matches!(read, Err(FrameError::TooLong)));
        }
    }
}
