//! Frames: a length (u32, little endian) and that many bytes of JSON. Both ends treat the other's
//! bytes as hostile: a limit before any allocation, a typed error for everything else.
#![forbid(unsafe_code)]

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

/// The longest frame between front-end and custodian, bytes.
pub const LIMIT: u32 = 1024 * 1024;

/// The longest frame from inside the sandbox, bytes.
pub const GUEST_LIMIT: u32 = 128 * 1024;

/// Why no message came out of the stream.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The other side closed the stream, between two frames or inside one.
    #[error("the other side is gone")]
    Closed,
    /// The announced length is above the limit. The stream cannot be used any more.
    #[error("frame longer than the limit")]
    TooLong,
    /// The bytes are not a message. The next frame can still be read.
    #[error("frame is not a message")]
    NotValid,
    /// The stream failed.
    #[error("reading or writing a frame: {0}")]
    Io(#[source] io::Error),
}

impl FrameError {
    fn of(error: io::Error) -> Self {
        use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
        if matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof) {
            Self::Closed
        } else {
            Self::Io(error)
        }
    }
}

/// Reads one message.
///
/// # Errors
/// See [`FrameError`]; only [`FrameError::NotValid`] leaves the stream usable.
pub fn read<T: DeserializeOwned>(from: &mut impl Read, limit: u32) -> Result<T, FrameError> {
    let mut length = [0; 4];
    fill(from, &mut length)?;
    let length = u32::from_le_bytes(length);
    if length > limit {
        return Err(FrameError::TooLong);
    }
    let mut body = Zeroizing::new(vec![0; length as usize]);
    fill(from, &mut body)?;
    serde_json::from_slice(&body).map_err(|_| FrameError::NotValid)
}

/// Writes one message.
///
/// # Errors
/// [`FrameError::TooLong`] when the message does not fit into `limit`, [`FrameError::Closed`] when
/// nobody reads any more, [`FrameError::Io`] otherwise.
pub fn write<T: Serialize>(to: &mut impl Write, message: &T, limit: u32) -> Result<(), FrameError> {
    let body = Zeroizing::new(serde_json::to_vec(message).map_err(|_| FrameError::NotValid)?);
    let length = u32::try_from(body.len()).map_err(|_| FrameError::TooLong)?;
    if length > limit {
        return Err(FrameError::TooLong);
    }
    let mut frame = Zeroizing::new(Vec::with_capacity(body.len() + 4));
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(&body);
    to.write_all(&frame).map_err(FrameError::of)
}

fn fill(from: &mut impl Read, buffer: &mut [u8]) -> Result<(), FrameError> {
    from.read_exact(buffer).map_err(FrameError::of)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_comes_back() {
        let mut wire = Vec::new();
        write(&mut wire, &("démarche", 3), LIMIT).unwrap();
        write(&mut wire, &("fin", 4), LIMIT).unwrap();
        let mut wire = wire.as_slice();
        assert_eq!(
            read::<(String, u8)>(&mut wire, LIMIT).unwrap(),
            ("démarche".into(), 3)
        );
        assert_eq!(
            read::<(String, u8)>(&mut wire, LIMIT).unwrap(),
            ("fin".into(), 4)
        );
        assert!(matches!(
            read::<(String, u8)>(&mut wire, LIMIT),
            Err(FrameError::Closed)
        ));
    }

    #[test]
    fn the_length_is_checked_before_anything_is_allocated() {
        let mut wire: &[u8] = &[0xff, 0xff, 0xff, 0xff, b'{'];
        assert!(matches!(
            read::<u8>(&mut wire, LIMIT),
            Err(FrameError::TooLong)
        ));
        assert!(matches!(
            write(&mut Vec::new(), &"x".repeat(20), 10),
            Err(FrameError::TooLong)
        ));
    }

    #[test]
    fn after_garbage_the_next_frame_is_read() {
        let mut wire = vec![3, 0, 0, 0, b'{', b'"', b'x'];
        write(&mut wire, &7, LIMIT).unwrap();
        let mut wire = wire.as_slice();
        assert!(matches!(
            read::<u8>(&mut wire, LIMIT),
            Err(FrameError::NotValid)
        ));
        assert_eq!(read::<u8>(&mut wire, LIMIT).unwrap(), 7);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_a_value_or_a_typed_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut wire = bytes.as_slice();
            let mut frames = 0;
            loop {
                match read::<serde_json::Value>(&mut wire, 64) {
                    Ok(_) | Err(FrameError::NotValid) => frames += 1,
                    Err(FrameError::Closed | FrameError::TooLong) => break,
                    Err(FrameError::Io(error)) => panic!("a slice cannot fail: {error}"),
                }
            }
            prop_assert!(frames * 4 <= bytes.len());
        }
    }
}
