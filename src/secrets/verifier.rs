//! What is kept in the place of a code: enough to recognise it, not to know it.
//!
//! Argon2id (RFC 9106) with 32 MiB, three passes, one lane: about a tenth of a second of one core
//! of a small machine, and little enough memory for one with 2 GB. The codes of a desk are short,
//! so the wait of [`super::Attempts`] and the closed store carry as much weight.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

use super::Code;

/// Memory, KiB.
const MEMORY: u32 = 32 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// What is read back may ask for no more than this (KiB, passes, lanes): a damaged or planted
/// verifier must not take the machine down.
const MOST: (u32, u32, u32) = (256 * 1024, 10, 4);

/// The most codes of one door.
const MOST_CODES: usize = 16;

/// A verifier that cannot be made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadVerifier {
    /// It is not an Argon2id verifier within bounds.
    #[error("what is kept there is not a verifier of a code; set the code again")]
    Unreadable,
    /// The system gave no random bytes or no memory.
    #[error("no memory or no random bytes; restart the station")]
    Refused,
}

/// Recognises one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier(PasswordHash);

impl Verifier {
    /// The verifier of `code`, with fresh salt.
    ///
    /// # Errors
    /// When the system refuses random bytes.
    pub fn of(code: &Code) -> Result<Self, BadVerifier> {
        let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| BadVerifier::Refused)?;
        let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password(code.bytes())
            .map_err(|_| BadVerifier::Refused);
        scrub();
        hash.map(Self)
    }

    /// Reads what [`Self::text`] wrote.
    ///
    /// # Errors
    /// When it is anything but an Argon2id verifier within bounds.
    pub fn parse(text: &str) -> Result<Self, BadVerifier> {
        let hash = PasswordHash::new(text).map_err(|_| BadVerifier::Unreadable)?;
        let params = Params::try_from(&hash).map_err(|_| BadVerifier::Unreadable)?;
        let within = params.m_cost() <= MOST.0
            && params.t_cost() <= MOST.1
            && params.p_cost() <= MOST.2
            && hash.algorithm == argon2::ARGON2ID_IDENT
            && hash.version == Some(u32::from(Version::V0x13))
            && hash.salt.is_some()
            && hash.hash.as_ref().is_some_and(|output| output.len() >= 16);
        if within {
            Ok(Self(hash))
        } else {
            Err(BadVerifier::Unreadable)
        }
    }

    /// As it is kept: a PHC string.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// Whether this is the code. The comparison takes as long whatever is wrong.
    #[must_use]
    pub fn matches(&self, code: &Code) -> bool {
        let right = Argon2::default()
            .verify_password(code.bytes(), &self.0)
            .is_ok();
        scrub();
        right
    }
}

/// Recognises any code of a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifiers(Vec<Verifier>);

impl Verifiers {
    /// Recognises `code` alone.
    ///
    /// # Errors
    /// See [`Verifier::of`].
    pub fn one(code: &Code) -> Result<Self, BadVerifier> {
        Verifier::of(code).map(|verifier| Self(vec![verifier]))
    }

    /// Recognises `code` too; nothing when the door has its most codes already.
    ///
    /// # Errors
    /// See [`Verifier::of`].
    pub fn add(&mut self, code: &Code) -> Result<bool, BadVerifier> {
        if self.0.len() >= MOST_CODES {
            return Ok(false);
        }
        self.0.push(Verifier::of(code)?);
        Ok(true)
    }

    /// How many codes it recognises.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// Reads what [`Self::text`] wrote: one verifier a line.
    ///
    /// # Errors
    /// When a line is no verifier, or there is none, or far too many.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadVerifier> {
        let text = std::str::from_utf8(bytes).map_err(|_| BadVerifier::Unreadable)?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let verifiers = lines
            .take(MOST_CODES + 1)
            .map(|line| Verifier::parse(line.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        if (1..=MOST_CODES).contains(&verifiers.len()) {
            Ok(Self(verifiers))
        } else {
            Err(BadVerifier::Unreadable)
        }
    }

    /// As they are kept.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(Verifier::text).collect();
        lines.join("\n")
    }

    /// Whether this is one of the codes. Every verifier is asked, whichever answers first.
    #[must_use]
    pub fn matches(&self, code: &Code) -> bool {
        self.0
            .iter()
            .fold(false, |found, verifier| verifier.matches(code) | found)
    }
}

/// Overwrites the part of the stack that the hash function used: its first block held the code.
#[inline(never)]
fn scrub() {
    let mut used = zeroize::Zeroizing::new([0xA5_u8; 16 * 1024]);
    std::hint::black_box(&mut *used);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Code {
        let mut code = Code::default();
        text.bytes().for_each(|byte| code.push(byte));
        code
    }

    /// As fast as Argon2 allows: these tests are about everything else.
    fn quick(text: &str) -> Verifier {
        let params = Params::new(8, 1, 1, None).unwrap();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Verifier(argon.hash_password(text.as_bytes()).unwrap())
    }

    #[test]
    fn it_recognises_its_code_alone_after_being_kept() {
        let made = Verifier::of(&code("271828")).unwrap();
        let text = made.text();
        assert!(
            text.starts_with("$argon2id$v=19$m=32768,t=3,p=1$"),
            "{text}"
        );
        assert!(!text.contains("271828"));
        let kept = Verifier::parse(&text).unwrap();
        assert!(kept.matches(&code("271828")));
        assert!(!kept.matches(&code("271829")));
        assert!(!kept.matches(&Code::default()));
        let again = Verifier::of(&code("271828")).unwrap();
        assert_ne!(again.text(), text, "each has its own salt");
    }

    #[test]
    fn a_door_may_have_several_codes_and_not_without_end() {
        let mut door = Verifiers(vec![quick("111222")]);
        door.0
            .extend((1..MOST_CODES).map(|n| quick(&n.to_string())));
        assert_eq!(door.count(), MOST_CODES);
        assert!(!door.add(&code("999")).unwrap());
        let door = Verifiers::parse(door.text().as_bytes()).unwrap();
        assert!(door.matches(&code("111222")) && door.matches(&code("3")));
        assert!(!door.matches(&code("999")));
        let many = format!("{}\n{}", door.text(), quick("x").text());
        assert_eq!(
            Verifiers::parse(many.as_bytes()),
            Err(BadVerifier::Unreadable)
        );
    }

    #[test]
    fn a_planted_verifier_cannot_take_the_machine_down() {
        let good = quick("1").text();
        assert!(Verifier::parse(&good).is_ok(), "the allowed side");
        for (from, to) in [
            ("m=8,", "m=4194304,"),
            ("t=1,", "t=1000000,"),
            ("p=1$", "p=200$"),
            ("argon2id", "argon2i"),
            ("v=19", "v=7"),
        ] {
            let planted = good.replacen(from, to, 1);
            assert_ne!(planted, good);
            assert_eq!(
                Verifier::parse(&planted).err(),
                Some(BadVerifier::Unreadable),
                "{planted}"
            );
        }
        for other in ["", "$argon2id$v=19$m=8,t=1,p=1", "plain", "$6$rounds=5$x$y"] {
            assert!(Verifiers::parse(other.as_bytes()).is_err(), "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_verifier_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _made = Verifiers::parse(&bytes);
        }
    }
}
