//! The search: the canary in every shape that programs give to a text, in anything that can be
//! read. The same search is used before the wipe, where it must find, and after it.
#![forbid(unsafe_code)]

pub mod files;
pub mod kernel;
pub mod memory;
mod packed;
mod tables;

use std::collections::BTreeMap;
use std::io::{self, Read};

use aho_corasick::AhoCorasick;

use super::canary::{Canary, Plant};

/// How much is looked at in one step, bytes.
const WINDOW: usize = 16 << 20;
/// How much of the next step is seen with it: a compressed stream that begins in one step may
/// reach this far into the next, bytes.
const OVERLAP: usize = 4 << 20;
/// Longer than any shape of a word, bytes.
const LONGEST: usize = 128;

/// How often each place's word was found; `None` counts what holds the canary without a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Option<Plant>, u64>,
    /// Steps in which compressed data was left out, because there was too much of it.
    pub clipped: u64,
}

impl Tally {
    /// One more.
    pub fn add(&mut self, plant: Option<Plant>) {
        *self.counts.entry(plant).or_default() += 1;
    }

    /// Everything that another one counted.
    pub fn merge(&mut self, other: &Self) {
        for (plant, count) in &other.counts {
            *self.counts.entry(*plant).or_default() += count;
        }
        self.clipped += other.clipped;
    }

    /// The same of one plant alone.
    #[must_use]
    pub fn only(&self, plant: Plant) -> Self {
        let mut only = Self::default();
        only.counts.insert(Some(plant), self.of(Some(plant)));
        only
    }

    /// Of one place.
    pub fn of(&self, plant: Option<Plant>) -> u64 {
        self.counts.get(&plant).copied().unwrap_or(0)
    }

    /// Of all places.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Each place that was found, with its number.
    pub fn counts(&self) -> impl Iterator<Item = (Option<Plant>, u64)> {
        self.counts.iter().map(|(plant, count)| (*plant, *count))
    }
}

/// One shape: what all words have in common, and each place's whole word.
#[derive(Debug)]
struct Shape {
    common: Vec<u8>,
    words: Vec<(Plant, Vec<u8>)>,
}

/// The canary in every shape.
#[derive(Debug)]
pub struct Patterns {
    automaton: AhoCorasick,
    shapes: Vec<Shape>,
}

impl Patterns {
    /// Plain, UTF-16 in both orders, base64 in its three alignments, hexadecimal in both cases.
    ///
    /// # Errors
    /// Never for a canary's few short words.
    pub fn of(canary: &Canary) -> io::Result<Self> {
        let shapes: Vec<Shape> = SHAPES
            .iter()
            .map(|shape| Shape {
                common: shape(canary.text()),
                words: Plant::ALL
                    .iter()
                    .map(|plant| (*plant, shape(&canary.token(*plant))))
                    .collect(),
            })
            .collect();
        let automaton =
            AhoCorasick::new(shapes.iter().map(|shape| &shape.common)).map_err(io::Error::other)?;
        Ok(Self { automaton, shapes })
    }

    /// Counts every word that begins before `limit`; it may end behind it.
    fn count(&self, bytes: &[u8], limit: usize, tally: &mut Tally) {
        for found in self.automaton.find_iter(bytes) {
            if found.start() >= limit {
                return;
            }
            let shape = &self.shapes[found.pattern().as_usize()];
            let rest = &bytes[found.start()..];
            let word = shape.words.iter().find(|(_, word)| rest.starts_with(word));
            tally.add(word.map(|(plant, _)| *plant));
        }
    }

    /// Whether a short text holds the canary; counts it.
    pub fn in_text(&self, text: &[u8], tally: &mut Tally) -> bool {
        let before = tally.total();
        self.count(text, text.len(), tally);
        tally.total() > before
    }
}

const SHAPES: [fn(&str) -> Vec<u8>; 8] = [
    |text| text.as_bytes().to_vec(),
    |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    |text| base64(text, 0),
    |text| base64(text, 1),
    |text| base64(text, 2),
    |text| hex(text, false),
    |text| hex(text, true),
];

fn hex(text: &str, upper: bool) -> Vec<u8> {
    let byte = |byte: u8| {
        if upper {
            format!("{byte:02X}")
        } else {
            format!("{byte:02x}")
        }
    };
    text.bytes().flat_map(|b| byte(b).into_bytes()).collect()
}

/// The base64 letters that `text` alone decides when `before` bytes stand in front of it.
fn base64(text: &str, before: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = std::iter::repeat_n(0, before).chain(text.bytes()).collect();
    let bit = |at: usize| usize::from(bytes[at / 8] >> (7 - at % 8)) & 1;
    let (first, last) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    (first..last)
        .map(|letter| LETTERS[(0..6).fold(0, |all, at| all << 1 | bit(letter * 6 + at))])
        .collect()
}

/// Whether compressed data is opened, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Only what stands there.
    Plain,
    /// And what is inside zlib, gzip, mozLz4, snappy and LevelDB tables.
    Inside,
}

/// Searches streams of bytes, one after the other.
#[derive(Debug)]
pub struct Search<'a> {
    patterns: &'a Patterns,
    depth: Depth,
    buffer: Vec<u8>,
}

impl<'a> Search<'a> {
    /// A search for these patterns.
    pub const fn new(patterns: &'a Patterns, depth: Depth) -> Self {
        Self {
            patterns,
            depth,
            buffer: Vec::new(),
        }
    }

    /// The patterns.
    pub const fn patterns(&self) -> &'a Patterns {
        self.patterns
    }

    /// Counts in everything that a reader gives; returns how many bytes that was.
    ///
    /// # Errors
    /// What the reader says; what was read before it is counted.
    pub fn read(&mut self, mut reader: impl Read, tally: &mut Tally) -> io::Result<u64> {
        let overlap = match self.depth {
            Depth::Plain => LONGEST,
            Depth::Inside => OVERLAP,
        };
        let (mut kept, mut total) = (0, 0);
        loop {
            self.buffer.truncate(kept);
            let wanted = (WINDOW + overlap - kept) as u64;
            let answer = reader.by_ref().take(wanted).read_to_end(&mut self.buffer);
            total += (self.buffer.len() - kept) as u64;
            let last = answer.is_err() || self.buffer.len() < WINDOW + overlap;
            let limit = if last { self.buffer.len() } else { WINDOW };
            self.look(limit, tally);
            if last {
                return answer.map(|_| total);
            }
            self.buffer.copy_within(limit.., 0);
            kept = overlap;
        }
    }

    fn look(&self, limit: usize, tally: &mut Tally) {
        self.patterns.count(&self.buffer, limit, tally);
        if self.depth == Depth::Inside {
            packed::look(self.patterns, &self.buffer, limit, tally);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn found(depth: Depth, bytes: &[u8], canary: &Canary) -> Tally {
        let patterns = Patterns::of(canary).unwrap();
        let mut tally = Tally::default();
        let read = Search::new(&patterns, depth).read(bytes, &mut tally);
        assert_eq!(read.unwrap(), bytes.len() as u64);
        tally
    }

    #[test]
    fn every_shape_is_found_at_every_place() {
        let canary = Canary::fresh();
        let word = canary.token(Plant::Cookie);
        let mut sea = Vec::new();
        for shape in SHAPES {
            sea.extend_from_slice(b"  ~ ");
            sea.extend(shape(&word));
        }
        let tally = found(Depth::Plain, &sea, &canary);
        assert_eq!(tally.of(Some(Plant::Cookie)), SHAPES.len() as u64);
        assert_eq!(tally.total(), SHAPES.len() as u64);
        assert_eq!(
            found(Depth::Plain, &sea, &Canary::fresh()),
            Tally::default()
        );
    }

    #[test]
    fn base64_is_that_of_everyone() {
        // RFC 4648, and the same text behind one and two other bytes.
        assert_eq!(base64("foobar", 0), b"Zm9vYmFy");
        assert_eq!(base64("foobar", 1), b"Zvb2Jhc"); // xfoobar = eGZvb2Jhcg==, minus its ends
        assert_eq!(base64("foobar", 2), b"mb29iYX"); // xyfoobar = eHlmb29iYXI=
    }

    #[test]
    fn a_word_across_two_steps_is_counted_once() {
        let canary = Canary::fresh();
        let word = canary.token(Plant::Title);
        for depth in [Depth::Plain, Depth::Inside] {
            let overlap = if depth == Depth::Plain {
                LONGEST
            } else {
                OVERLAP
            };
            for at in [WINDOW - 7, WINDOW, WINDOW + overlap - 7, 2 * WINDOW - 1] {
                let mut sea = vec![b'.'; at];
                sea.extend_from_slice(word.as_bytes());
                sea.resize(2 * WINDOW + overlap + 9, b'.');
                assert_eq!(found(depth, &sea, &canary).total(), 1, "{depth:?} {at}");
            }
        }
    }

    fn packed(word: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
        use flate2::Compression;
        let text: Vec<u8> = [b"La mer monte. ".repeat(40), word.to_vec(), vec![b'.'; 300]].concat();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&text).unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(&text).unwrap();
        let mut framed = snap::write::FrameEncoder::new(Vec::new());
        framed.write_all(&text).unwrap();
        let mut lz4 = b"mozLz40\0".to_vec();
        lz4.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        lz4.extend(lz4_flex::block::compress(&text));
        vec![
            ("gzip", gzip.finish().unwrap()),
            ("zlib", zlib.finish().unwrap()),
            ("snappy", framed.into_inner().unwrap()),
            ("mozLz4", lz4),
            ("leveldb", tables::tests::table(&text)),
        ]
    }

    #[test]
    fn compressed_streams_are_opened_wherever_they_stand() {
        let canary = Canary::fresh();
        // Packed twice, so that no packer leaves the word as it is.
        let word = canary.token(Plant::Download);
        let mut inner = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        inner.write_all(&word.as_bytes().repeat(3)).unwrap();
        for word in [word.as_bytes().to_vec(), inner.finish().unwrap()] {
            for (name, stream) in packed(&word) {
                for at in [0, 13, WINDOW - 40] {
                    let mut sea = vec![0; at];
                    sea.extend_from_slice(&stream);
                    sea.extend([7; 500]);
                    let tally = found(Depth::Inside, &sea, &canary);
                    assert!(
                        tally.of(Some(Plant::Download)) > 0,
                        "{name} at {at}: {tally:?}"
                    );
                }
            }
        }
    }

    /// A hostile guest may leave nothing but beginnings: the search gives up opening, and says so.
    #[test]
    fn beginnings_without_end_do_not_hold_the_search_up() {
        let canary = Canary::fresh();
        let word = canary.token(Plant::Tmp);
        let mut promise = b"mozLz40\0".to_vec();
        promise.extend(u32::MAX.to_le_bytes());
        let mut snappy = b"\xff\x06\0\0sNaPpY".to_vec();
        snappy.extend([0; 2]);
        for (beginning, count) in [
            (promise, 20_000),
            (vec![0x78, 0x9c], 40_000),
            (vec![0x1f, 0x8b, 8, 0], 40_000),
            (snappy, 40_000),
        ] {
            let mut sea = beginning.repeat(count);
            sea.extend_from_slice(word.as_bytes());
            let tally = found(Depth::Inside, &sea, &canary);
            assert_eq!(tally.clipped, 1, "{beginning:?}");
            assert_eq!(tally.of(Some(Plant::Tmp)), 1, "what stands there is seen");
        }
        let tally = found(Depth::Inside, &[0x78, 0x9c].repeat(100), &canary);
        assert_eq!(tally.clipped, 0, "control: a few are opened");
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_searched(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
            let canary = Canary::fresh();
            prop_assert_eq!(found(Depth::Inside, &bytes, &canary).total(), 0);
        }

        #[test]
        fn broken_streams_do_no_harm(cut in 0..400_usize, at in 0..400_usize, with in any::<u8>()) {
            let canary = Canary::fresh();
            for (_, mut stream) in packed(b"nothing") {
                stream.truncate(stream.len().saturating_sub(cut));
                if let Some(byte) = stream.get_mut(at) {
                    *byte = with;
                }
                prop_assert_eq!(found(Depth::Inside, &stream, &canary).total(), 0);
            }
        }
    }
}
