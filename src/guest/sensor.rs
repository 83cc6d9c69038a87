//! The sensor: what the companion extension says about the field that has the keyboard, as one
//! byte of a closed list. Nothing else can be said on this way: neither a value nor a name of a
//! field fits into it.
//!
//! extension → (native messaging) → `estran-sensor` → (session-local socket) → agent → custodian.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    reason = "door: the clock that tells a silent sensor"
)]

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::sandbox::RUNTIME;

/// The program's name inside the sandbox: the same binary as the agent.
pub const PROGRAM: &str = "estran-sensor";

/// The companion speaks at least every three seconds; after so long it is silent.
const SILENT: Duration = Duration::from_secs(10);

/// An unchanged word is passed on at most this often.
const REPEAT: Duration = Duration::from_secs(1);

/// Two browsers, and a start or two in between.
const CONNECTIONS: usize = 8;

/// The longest message of a browser that is looked at; ours are one digit.
const LONGEST: u32 = 64;

/// What kind of field has the keyboard, as far as the companion says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Sensed {
    /// No secret field.
    Plain,
    /// A password or a PIN, shown in letters or not.
    Password,
    /// A one-time code.
    Code,
    /// A payment card.
    Card,
    /// A bank account.
    Bank,
    /// An identity number: social security, tax, passport.
    Identity,
    /// The companion runs, and a page lets no script of ours in.
    Unknown,
    /// The companion is missing, stopped, or does not speak.
    #[default]
    Silent,
}

impl Sensed {
    /// Everything that the wire can say, by its digit.
    const WIRE: [Self; 7] = [
        Self::Plain,
        Self::Password,
        Self::Code,
        Self::Card,
        Self::Bank,
        Self::Identity,
        Self::Unknown,
    ];

    /// From a digit of the wire; everything else is unknown.
    fn from_wire(byte: u8) -> Self {
        let digit = usize::from(byte.wrapping_sub(b'0'));
        Self::WIRE.get(digit).copied().unwrap_or(Self::Unknown)
    }

    /// A field in which nobody but the visitor types.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Password | Self::Code | Self::Card | Self::Bank | Self::Identity => true,
            Self::Plain | Self::Unknown | Self::Silent => false,
        }
    }

    /// The companion sees which kind of field it is.
    #[must_use]
    pub const fn is_known(self) -> bool {
        match self {
            Self::Plain
            | Self::Password
            | Self::Code
            | Self::Card
            | Self::Bank
            | Self::Identity => true,
            Self::Unknown | Self::Silent => false,
        }
    }

    /// With several speakers the strictest counts: a secret, then doubt, then none.
    const fn strictness(self) -> u8 {
        match self {
            Self::Silent => 0,
            Self::Plain => 1,
            Self::Unknown => 2,
            Self::Password | Self::Code | Self::Card | Self::Bank | Self::Identity => 3,
        }
    }
}

/// `estran-sensor`: the browser's native messages on standard input become bytes on the session's
/// socket, until the browser closes.
///
/// # Errors
/// When the agent does not listen, or one of the two ends breaks off.
pub fn relay() -> io::Result<()> {
    let agent = UnixStream::connect(Path::new(RUNTIME).join(PROGRAM))?;
    pass_on(&mut io::stdin().lock(), &agent)
}

/// Native messaging: a length in the machine's byte order, and that many bytes of JSON. Only the
/// digit of a kind is passed on, never a byte of anything else.
///
/// # Errors
/// When a message is longer than any of ours, or one of the two ends breaks off.
pub fn pass_on(browser: &mut impl Read, mut agent: impl Write) -> io::Result<()> {
    loop {
        let mut length = [0; 4];
        match browser.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        let length = u32::from_ne_bytes(length);
        if length > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut message = [0; LONGEST as usize];
        let message = &mut message[..length as usize];
        browser.read_exact(message)?;
        agent.write_all(&[digit(message)])?;
    }
}

/// The digit that a message is; anything else is the digit for "unknown".
fn digit(message: &[u8]) -> u8 {
    match message {
        [byte @ b'0'..=CLOSED] => *byte,
        _ => b'6',
    }
}

/// The digit for a page that the browser's rules do not open.
const CLOSED: u8 = b'7';

/// What a companion says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The kind of field.
    Field(Sensed),
    /// A page was not opened.
    Closed,
    /// Nothing any more: it is gone.
    Gone,
}

/// One word of one companion: which connection, and what.
pub type Word = (u64, Said);

/// Listens for companions and tells what they say to `heard`, which returns false when nobody
/// wants to know any more.
///
/// # Errors
/// When the socket cannot be made.
pub fn listen(
    runtime: &Path,
    heard: impl Fn(Word) -> bool + Clone + Send + 'static,
) -> io::Result<()> {
    let listener = UnixListener::bind(runtime.join(PROGRAM))?;
    let open = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for (number, stream) in (0_u64..).zip(listener.incoming()) {
            let Ok(stream) = stream else { continue };
            if open.fetch_add(1, Ordering::SeqCst) >= CONNECTIONS {
                open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let (open, heard) = (Arc::clone(&open), heard.clone());
            std::thread::spawn(move || {
                hear(stream, number, &heard);
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    Ok(())
}

/// One companion, byte by byte. A flood is thinned out: only a change or a sign of life goes on.
fn hear(mut companion: UnixStream, number: u64, heard: &impl Fn(Word) -> bool) {
    let mut last: Option<(Sensed, Instant)> = None;
    let mut closed: Option<Instant> = None;
    let mut byte = [0];
    while let Ok(1) = companion.read(&mut byte) {
        if byte[0] == CLOSED {
            let known = closed.is_some_and(|when| when.elapsed() < REPEAT);
            closed = Some(Instant::now());
            if !known && !heard((number, Said::Closed)) {
                return;
            }
            continue;
        }
        let sensed = Sensed::from_wire(byte[0]);
        let known = last.is_some_and(|(said, when)| said == sensed && when.elapsed() < REPEAT);
        if known {
            continue;
        }
        last = Some((sensed, Instant::now()));
        if !heard((number, Said::Field(sensed))) {
            return;
        }
    }
    heard((number, Said::Gone));
}

/// What all companions together say.
#[derive(Debug, Default)]
pub struct Companions {
    now: BTreeMap<u64, (Sensed, Instant)>,
}

impl Companions {
    /// Takes a word.
    pub fn told(&mut self, (number, said): Word) {
        match said {
            Said::Field(sensed) => {
                self.now.insert(number, (sensed, Instant::now()));
            }
            Said::Gone => {
                self.now.remove(&number);
            }
            Said::Closed => {}
        }
    }

    /// The strictest of those that still speak.
    pub fn level(&self) -> Sensed {
        self.level_at(Instant::now())
    }

    fn level_at(&self, now: Instant) -> Sensed {
        self.now
            .values()
            .filter(|(_, when)| now.saturating_duration_since(*when) < SILENT)
            .map(|(sensed, _)| *sensed)
            .max_by_key(|sensed| sensed.strictness())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    fn native(messages: &[&str]) -> Vec<u8> {
        let mut wire = Vec::new();
        for message in messages {
            let length = u32::try_from(message.len()).unwrap();
            wire.extend_from_slice(&length.to_ne_bytes());
            wire.extend_from_slice(message.as_bytes());
        }
        wire
    }

    fn passed(wire: &[u8]) -> (io::Result<()>, Vec<u8>) {
        let mut out = Vec::new();
        let ended = pass_on(&mut &wire[..], &mut out);
        (ended, out)
    }

    #[test]
    fn a_kind_is_passed_on_and_words_are_not() {
        let (ended, out) = passed(&native(&[
            "0",
            "1",
            "5",
            "6",
            "7",
            "8",
            "12",
            "\"secret\"",
            "{}",
            "",
        ]));
        ended.unwrap();
        assert_eq!(out, b"0156766666");
    }

    #[test]
    fn a_long_message_ends_the_channel_without_a_byte_of_it() {
        let (ended, out) = passed(&native(&["1", &"x".repeat(65), "1"]));
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(out, b"1");
    }

    #[test]
    fn every_digit_has_its_kind_and_every_other_byte_is_unknown() {
        for (digit, kind) in (b'0'..).zip(Sensed::WIRE) {
            assert_eq!(Sensed::from_wire(digit), kind);
        }
        for byte in [0, b'8', b'9', b'a', 255] {
            assert_eq!(Sensed::from_wire(byte), Sensed::Unknown);
        }
    }

    #[test]
    fn silence_is_heard() {
        let mut companions = Companions::default();
        assert_eq!(companions.level(), Sensed::Silent);
        companions.told((0, Said::Field(Sensed::Plain)));
        assert_eq!(companions.level(), Sensed::Plain);
        let later = Instant::now() + SILENT;
        assert_eq!(companions.level_at(later), Sensed::Silent);
        companions.told((0, Said::Gone));
        assert_eq!(companions.level(), Sensed::Silent);
    }

    #[test]
    fn the_strictest_companion_counts() {
        let mut companions = Companions::default();
        companions.told((0, Said::Field(Sensed::Plain)));
        companions.told((1, Said::Field(Sensed::Card)));
        companions.told((2, Said::Field(Sensed::Unknown)));
        assert_eq!(companions.level(), Sensed::Card);
        companions.told((1, Said::Gone));
        assert_eq!(companions.level(), Sensed::Unknown);
    }

    #[test]
    fn over_the_socket() {
        let folder = tempfile::tempdir().unwrap();
        let (words, heard) = std::sync::mpsc::channel();
        listen(folder.path(), move |word| words.send(word).is_ok()).unwrap();
        let mut companion = UnixStream::connect(folder.path().join(PROGRAM)).unwrap();
        companion.write_all(b"1111717710").unwrap();
        drop(companion);
        let words: Vec<Word> = (0..4).map(|_| heard.recv().unwrap()).collect();
        assert_eq!(
            words,
            [
                (0, Said::Field(Sensed::Password)),
                (0, Said::Closed),
                (0, Said::Field(Sensed::Plain)),
                (0, Said::Gone)
            ]
        );
    }

    proptest! {
        #[test]
        fn whatever_a_browser_says_only_digits_come_out(
            wire in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let (_, out) = passed(&wire);
            prop_assert!(out.iter().all(|byte| (b'0'..=b'7').contains(byte)));
        }
    }
}
