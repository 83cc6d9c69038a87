//! A code while it is typed: in one place of memory that is overwritten afterwards.

use std::fmt;
use std::os::fd::AsFd;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// The longest code, bytes.
pub const MOST: usize = 64;

/// A code. Zeroed when dropped; its `Debug` tells nothing, not even the length. It stands on the
/// heap, so that handing it on leaves no copy behind on a stack.
pub struct Code {
    bytes: Zeroizing<Box<[u8]>>,
    length: usize,
}

/// Why a code is not good enough to protect a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Shorter than is asked.
    Short,
    /// One character only, over and over.
    Same,
    /// Counting up or down, as in 123456.
    Counting,
}

impl Default for Code {
    fn default() -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; MOST].into_boxed_slice()),
            length: 0,
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// The code so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// How many bytes were typed.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Nothing was typed yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds a byte; one after the last place is nothing.
    pub fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Takes the last byte back.
    pub fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = 0;
        }
    }

    /// Begins again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether both are the same. Takes as long whatever is wrong.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let differs = self
            .bytes
            .iter()
            .zip(other.bytes.iter())
            .fold(0, |sum, (a, b)| std::hint::black_box(sum | (a ^ b)));
        differs == 0 && self.length == other.length
    }

    /// What is too easy about it, if anything; `least` is the fewest bytes that are enough.
    #[must_use]
    pub fn weakness(&self, least: usize) -> Option<Weakness> {
        let bytes = self.bytes();
        let steps = |step: u8| {
            bytes
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.wrapping_add(step) == *b))
        };
        if bytes.len() < least {
            Some(Weakness::Short)
        } else if steps(0) {
            Some(Weakness::Same)
        } else if steps(1) || steps(u8::MAX) {
            Some(Weakness::Counting)
        } else {
            None
        }
    }

    /// Reads a code up to the end of the line, byte by byte into its one place. On a terminal
    /// nothing is shown meanwhile.
    ///
    /// # Errors
    /// When nothing more can be read, or the line is longer than a code may be.
    pub fn read(from: impl AsFd) -> std::io::Result<Self> {
        let shown = Quiet::on(&from);
        let mut code = Self::default();
        let mut byte = Zeroizing::new([0]);
        loop {
            let read = rustix::io::retry_on_intr(|| rustix::io::read(&from, &mut *byte))?;
            match *byte {
                [b'\n'] => break,
                [b'\r'] => {}
                _ if read == 0 => break,
                [_] if code.length == MOST => {
                    drop(shown);
                    return Err(std::io::ErrorKind::InvalidInput.into());
                }
                [byte] => code.push(byte),
            }
        }
        drop(shown);
        Ok(code)
    }
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Quiet<'a, F: AsFd>(&'a F, Termios);

impl<'a, F: AsFd> Quiet<'a, F> {
    /// Nothing when this is no terminal.
    fn on(terminal: &'a F) -> Option<Self> {
        let before = tcgetattr(terminal).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        quiet.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(terminal, OptionalActions::Flush, &quiet).ok()?;
        Some(Self(terminal, before))
    }
}

impl<F: AsFd> Drop for Quiet<'_, F> {
    fn drop(&mut self) {
        // A terminal that has gone away shows nothing anyway.
        tcsetattr(self.0, OptionalActions::Now, &self.1).ok();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    fn code(text: &str) -> Code {
        let mut code = Code::default();
        text.bytes().for_each(|byte| code.push(byte));
        code
    }

    #[test]
    fn easy_codes_are_named() {
        assert_eq!(code("12").weakness(6), Some(Weakness::Short));
        assert_eq!(code("777777").weakness(6), Some(Weakness::Same));
        assert_eq!(code("345678").weakness(6), Some(Weakness::Counting));
        assert_eq!(code("987654").weakness(6), Some(Weakness::Counting));
        assert_eq!(code("271828").weakness(6), None);
        assert_eq!(code("").weakness(0), Some(Weakness::Same));
    }

    #[test]
    fn only_the_same_code_is_the_same() {
        assert!(code("271828").same(&code("271828")));
        assert!(!code("271828").same(&code("271829")));
        assert!(!code("271828").same(&code("27182")));
        assert!(!code("27182\0").same(&code("27182")), "the length counts");
    }

    #[test]
    fn it_is_taken_back_and_never_overflows() {
        let mut typed = code("12");
        typed.pop();
        typed.pop();
        typed.pop();
        assert!(typed.is_empty());
        assert!(typed.same(&Code::default()), "nothing of it is left");
        let mut long = Code::default();
        (0..200).for_each(|_| long.push(b'9'));
        assert_eq!(long.len(), MOST);
        assert_eq!(format!("{long:?}"), "Code(…)");
    }

    #[test]
    fn a_line_is_read_and_no_more() {
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        rustix::io::write(&writer, b"271828\r\nnext").unwrap();
        drop(writer);
        assert_eq!(Code::read(&reader).unwrap().bytes(), b"271828");
        assert_eq!(Code::read(&reader).unwrap().bytes(), b"next");
        assert!(Code::read(&reader).unwrap().is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        rustix::io::write(&writer, &[b'1'; 100]).unwrap();
        drop(writer);
        assert!(Code::read(&reader).is_err());
    }
}
