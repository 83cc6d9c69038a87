//! Whatever stands on a disk or in memory: searched to its end, in bounded time, and a word that is
//! there is found wherever it stands.

use estran::proof::search::{Depth, Patterns, Search, Tally};
use estran::proof::{Canary, Plant};

const WORD: &str = "estranestranestran23";

fn tally(depth: Depth, bytes: &[u8]) -> Tally {
    let patterns = Patterns::of(&Canary::from_text(WORD).expect("of the form")).expect("patterns");
    let mut all = Tally::default();
    let read = Search::new(&patterns, depth).read(bytes, &mut all);
    assert_eq!(read.expect("memory can be read"), bytes.len() as u64);
    all
}

/// How often each seed's word must be seen.
#[allow(dead_code, reason = "for the test, not for the fuzzer")]
pub const SEEDS: &[(&str, u64)] = &[
    ("search/plain", 1),
    ("search/utf16", 2),
    ("search/zlib", 1),
    ("search/gzip", 1),
    ("search/twice", 1),
    ("search/mozlz4", 2),
    ("search/snappy", 1),
    ("search/leveldb", 2),
];

/// How often the word is seen.
#[allow(dead_code, reason = "for the test, not for the fuzzer")]
pub fn found(bytes: &[u8]) -> u64 {
    tally(Depth::Inside, bytes).total()
}

/// One input.
pub fn check(bytes: &[u8]) {
    let plain = tally(Depth::Plain, bytes);
    let inside = tally(Depth::Inside, bytes);
    // Opening shows more, and hides nothing.
    assert!(inside.total() >= plain.total());
    let token = Canary::from_text(WORD)
        .expect("of the form")
        .token(Plant::Tmp);
    let with = [bytes, token.as_bytes()].concat();
    assert!(tally(Depth::Plain, &with).of(Some(Plant::Tmp)) > 0);
}
