//! Compressed data, found by its first bytes wherever it stands: zlib (RFC 1950), gzip (RFC 1952),
//! Mozilla's own wrapping of LZ4, framed snappy, and LevelDB tables. Raw LZ4 and snappy blocks
//! without a mark need no opening: a random word is literal in them the first time it comes.
#![forbid(unsafe_code)]

use std::io::Read;

use flate2::read::{GzDecoder, ZlibDecoder};

use super::tables::{self, Found};
use super::{Patterns, Tally};

/// The longest stream that is opened, bytes.
const STREAM: u64 = 8 << 20;
/// So much is opened for one step at most: nobody can make the search endless, bytes.
const BUDGET: u64 = 512 << 20;
/// What an opening costs at least, bytes: a file may consist of nothing but beginnings.
const OPENING: u64 = 16 << 10;
/// Streams in streams.
const NESTED: u32 = 2;

const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const MOZLZ4: &[u8] = b"mozLz40\0";
const SNAPPY: &[u8] = b"\xff\x06\0\0sNaPpY";

/// What is left to open in one step.
struct Opening<'a> {
    patterns: &'a Patterns,
    tally: &'a mut Tally,
    left: u64,
}

/// Counts in every stream that begins before `limit`.
pub(super) fn look(patterns: &Patterns, bytes: &[u8], limit: usize, tally: &mut Tally) {
    let mut opening = Opening {
        patterns,
        tally,
        left: BUDGET,
    };
    opening.open(bytes, limit, 0);
    if opening.left == 0 {
        opening.tally.clipped += 1;
    }
}

impl Opening<'_> {
    fn open(&mut self, bytes: &[u8], limit: usize, depth: u32) {
        for start in memchr::memchr_iter(0x78, &bytes[..limit]) {
            if is_zlib(&bytes[start..]) {
                self.stream(ZlibDecoder::new(&bytes[start..]), depth);
            }
        }
        for start in starts(bytes, limit, GZIP) {
            self.stream(GzDecoder::new(&bytes[start..]), depth);
        }
        for start in starts(bytes, limit, SNAPPY) {
            self.stream(snap::read::FrameDecoder::new(&bytes[start..]), depth);
        }
        for start in starts(bytes, limit, MOZLZ4) {
            if self.left == 0 {
                return;
            }
            match mozlz4(&bytes[start + MOZLZ4.len()..]) {
                Some(text) => self.opened(&text, depth),
                None => self.spend(OPENING),
            }
        }
        tables::blocks(bytes, limit, &mut |found| {
            match found {
                Found::Table(length) => self.spend(length as u64),
                Found::Broken => self.spend(OPENING),
                Found::Block(block) => self.opened(block, depth),
            }
            self.left > 0
        });
    }

    /// Reads a stream as far as it goes: what comes before a fault counts.
    fn stream(&mut self, decoder: impl Read, depth: u32) {
        if self.left == 0 {
            return;
        }
        let mut text = Vec::new();
        decoder.take(STREAM).read_to_end(&mut text).ok();
        self.opened(&text, depth);
    }

    fn opened(&mut self, text: &[u8], depth: u32) {
        self.spend(text.len() as u64);
        self.patterns.count(text, text.len(), self.tally);
        if depth + 1 < NESTED && self.left > 0 {
            self.open(text, text.len(), depth + 1);
        }
    }

    const fn spend(&mut self, bytes: u64) {
        let bytes = if bytes < OPENING { OPENING } else { bytes };
        self.left = self.left.saturating_sub(bytes);
    }
}

fn starts<'a>(
    bytes: &'a [u8],
    limit: usize,
    mark: &'static [u8],
) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, mark).take_while(move |start| *start < limit)
}

/// RFC 1950, 2.2: deflate with a 32 KiB window, no dictionary, a check in the second byte.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..]
        if second & 0x20 == 0 && (u16::from(*first) * 256 + u16::from(*second)) % 31 == 0)
}

/// After the mark: the length (little endian), then one LZ4 block. Where the block ends is not
/// told: what was opened before the fault counts.
fn mozlz4(bytes: &[u8]) -> Option<Vec<u8>> {
    let (length, block) = bytes.split_first_chunk::<4>()?;
    let length = u64::from(u32::from_le_bytes(*length)).min(STREAM);
    let mut text = vec![0; usize::try_from(length).ok()?];
    lz4_flex::block::decompress_into(block, &mut text).ok();
    Some(text)
}
