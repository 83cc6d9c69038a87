//! The few words of HTTP that IPP travels in (RFC 8010), over the instance's Unix socket. Filters
//! that read a visitor's document live behind that socket: its answers are hostile input.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The longest answer, bytes. Small on purpose: collections may be nested, and are taken apart by
/// recursion.
pub const LIMIT: usize = 16 * 1024;

/// How long a living instance may leave us waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends an IPP request, with a document of exactly `size` bytes behind it, and returns the body
/// of the answer.
///
/// # Errors
/// When the instance is gone, the document is shorter than announced, or the answer is none.
pub fn post(
    socket: &Path,
    request: &[u8],
    document: Option<(&mut dyn Read, u64)>,
) -> io::Result<Vec<u8>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let size = document.as_ref().map_or(0, |(_, size)| *size);
    let length = request.len() as u64 + size;
    write!(
        stream,
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(request)?;
    if let Some((document, size)) = document {
        if io::copy(&mut document.take(size), &mut stream)? < size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let mut answer = Vec::new();
    stream.take(LIMIT as u64).read_to_end(&mut answer)?;
    body(&answer)
        .map(<[u8]>::to_vec)
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// The body of a whole answer of status 200.
fn body(answer: &[u8]) -> Option<&[u8]> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(start) = head.parse(answer).ok()? else {
        return None;
    };
    if head.code != Some(200) {
        return None;
    }
    let length = head
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))?;
    let length: usize = std::str::from_utf8(length.value)
        .ok()?
        .trim()
        .parse()
        .ok()?;
    answer.get(start..start.checked_add(length)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_whole_answer_has_a_body_and_half_a_one_has_none() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(body(whole), Some(&b"abc"[..]));
        assert_eq!(body(&whole[..whole.len() - 1]), None);
        assert_eq!(
            body(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
            None
        );
        let huge = b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nabc";
        assert_eq!(body(huge), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_answer_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            body(&bytes);
            let mut whole = b"HTTP/1.1 200 OK\r\n".to_vec();
            whole.extend(bytes);
            body(&whole);
        }
    }
}
