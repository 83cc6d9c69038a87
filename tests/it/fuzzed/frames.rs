//! What a stranger, a front-end, a custodian, a guest's agent or a program of staff may send: a
//! message or a typed error; and what was understood is said again in the same words.

use estran::counter::{Answer, Ask};
use estran::custodian::{Command, Notice};
use estran::guest::frame;
use estran::guest::words::{Order, Told};
use serde::{Serialize, de::DeserializeOwned};

fn both_ways<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    limit: u32,
) {
    frame::read::<T>(&mut &*bytes, limit).ok();
    let mut framed = u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec();
    framed.extend(bytes);
    if let Ok(message) = frame::read::<T>(&mut framed.as_slice(), limit) {
        let mut again = Vec::new();
        // JSON of a shorter form may be longer than the limit when it is written out.
        if frame::write(&mut again, &message, u32::MAX).is_ok() {
            let back: T = frame::read(&mut again.as_slice(), u32::MAX).expect("our own words");
            assert_eq!(back, message);
        }
    }
}

/// One input.
pub fn check(bytes: &[u8]) {
    both_ways::<Command>(bytes, frame::LIMIT);
    both_ways::<Notice>(bytes, frame::LIMIT);
    both_ways::<Told>(bytes, frame::GUEST_LIMIT);
    both_ways::<Ask>(bytes, frame::LIMIT);
    both_ways::<Answer>(bytes, frame::LIMIT);
    frame::read::<Order>(&mut &*bytes, frame::LIMIT).ok();
}
