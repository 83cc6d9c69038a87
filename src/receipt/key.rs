//! The station's key for receipts: Ed25519 (RFC 8032).
#![forbid(unsafe_code)]

use std::fmt::{self, Write as _};
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rand::RngCore as _;
use zeroize::Zeroizing;

use crate::secrets::{Name, Store, StoreError};

/// A signing key; overwritten when it is dropped.
pub struct Key(SigningKey);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The station's key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum NoKey {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it keeps is no key.
    #[error("reading the key of receipts: it is damaged; delete it, the station makes a new one")]
    Damaged,
}

/// Not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a public key: it is 64 hexadecimal digits, as `estranctl receipt key` prints them")]
pub struct KeyError;

impl Key {
    /// A new one.
    pub fn fresh() -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(&mut *seed);
        Self(SigningKey::from_bytes(&seed))
    }

    /// The one that a store kept; `None` when the bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let seed = Zeroizing::new(<[u8; 32]>::try_from(bytes).ok()?);
        Some(Self(SigningKey::from_bytes(&seed)))
    }

    /// The one of this station, made when there is none yet.
    ///
    /// # Errors
    /// [`NoKey`].
    pub fn of_station(store: &dyn Store) -> Result<Self, NoKey> {
        if let Some(bytes) = store.get(Name::ReceiptKey)? {
            return Self::from_bytes(&bytes).ok_or(NoKey::Damaged);
        }
        let key = Self::fresh();
        store.set(Name::ReceiptKey, &*key.bytes())?;
        Ok(key)
    }

    /// For a store.
    pub fn bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// What others check with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, bytes: &[u8]) -> String {
        hex(&self.0.sign(bytes).to_bytes())
    }
}

/// What a receipt is checked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    pub(super) fn verifies(&self, bytes: &[u8], signature: &str) -> bool {
        let signature = unhex::<64>(signature).map(|bytes| Signature::from_bytes(&bytes));
        signature.is_some_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bytes = unhex::<32>(text.trim()).ok_or(KeyError)?;
        VerifyingKey::from_bytes(&bytes)
            .map(Self)
            .map_err(|_| KeyError)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// Lower case only: a signature is written in one way.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits: Option<Vec<u8>> = text.as_bytes().iter().map(digit).collect();
    let digits = digits.filter(|digits| digits.len() == 2 * N)?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect();
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_signature_is_that_of_rfc_8032() {
        // RFC 8032, 7.1, test 2.
        let seed = unhex::<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = Key::from_bytes(&seed.unwrap()).unwrap();
        assert_eq!(
            key.public().to_string(),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        );
        assert_eq!(
            key.sign(&[0x72]),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da".to_owned()
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
    }

    #[test]
    fn only_a_key_is_a_key() {
        let key = Key::fresh();
        let public = key.public();
        assert_eq!(format!("{public}\n").parse(), Ok(public));
        let again = Key::from_bytes(&*key.bytes()).unwrap();
        assert_eq!(again.public(), public);
        for text in ["", "00", &"zz".repeat(32), &"é".repeat(32)] {
            assert_eq!(text.parse::<PublicKey>(), Err(KeyError), "{text}");
        }
        assert!(Key::from_bytes(b"short").is_none());
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
