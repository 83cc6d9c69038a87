//! A receipt from anywhere: read or refused; and none that was changed is from the key.

use estran::receipt::{Key, PublicKey, Signed};

/// One input.
pub fn check(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        text.trim().parse::<PublicKey>().ok();
    }
    let Ok(signed) = serde_json::from_slice::<Signed>(bytes) else {
        return;
    };
    // A key that this program has only now made cannot have signed it.
    assert!(!signed.is_from(&Key::fresh().public()));
    if let Ok(key) = signed.key.parse::<PublicKey>() {
        let good = signed.is_from(&key);
        let mut changed = signed.clone();
        changed.receipt.wipe_millis = changed.receipt.wipe_millis.wrapping_add(1);
        assert!(!(good && changed.is_from(&key)));
    }
}
