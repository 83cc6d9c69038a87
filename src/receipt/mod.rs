//! The receipt of a wipe: what was looked at, what was found, and a signature. Never a time finer
//! than the half-day, never how long a visit was, never a word from the guest. Only the latest
//! one is kept.
#![forbid(unsafe_code)]

mod half_day;
mod kept;
mod key;
mod machine;

use serde::{Deserialize, Serialize};

pub use half_day::HalfDay;
pub use kept::{
    Counters, Kept, KeptError, directory, keep, latest, prepare, publish, published, secrets,
};
pub use key::{Key, KeyError, NoKey, PublicKey};
pub use machine::{Swap, init_on_free, swap};

use crate::audit::{self, Outcome, Probe, Report};
use crate::visit::Verdict;

/// The form of the JSON.
pub const VERSION: u16 = 1;

/// In which form the station runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// As the user who started it.
    Desk,
    /// With a custodian that is root.
    Station,
}

/// What is said about one wipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// [`VERSION`].
    pub version: u16,
    /// Of the program.
    pub software: String,
    /// When.
    pub when: HalfDay,
    /// Desk or station.
    pub form: Form,
    /// Each probe of the audit, and what it saw.
    pub probes: Vec<(Probe, Outcome)>,
    /// Every probe that this form demands ran and saw nothing.
    pub clean: bool,
    /// How long the wipe took, milliseconds, rounded to 100: the size of a visit is nobody's
    /// business.
    pub wipe_millis: u32,
    /// The kernel clears memory when it is freed.
    pub init_on_free: bool,
    /// Where memory may be swapped out to.
    pub swap: Swap,
}

/// A receipt with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// What is signed.
    pub receipt: Receipt,
    /// The public key, hexadecimal. Compare it with the one that the station gave you.
    pub key: String,
    /// Ed25519 over [`Receipt::bytes`], hexadecimal.
    pub signature: String,
}

impl Receipt {
    /// The receipt of a wipe that took so long, after which the audit saw this.
    pub fn of(form: Form, demanded: &[Probe], report: &Report, wipe_millis: u32) -> Self {
        Self {
            version: VERSION,
            software: env!("CARGO_PKG_VERSION").to_owned(),
            when: HalfDay::now(),
            form,
            probes: report.outcomes.clone(),
            clean: matches!(audit::verdict(report, demanded), Verdict::Clean(_)),
            wipe_millis: wipe_millis.saturating_add(50) / 100 * 100,
            init_on_free: init_on_free(),
            swap: swap(),
        }
    }

    /// What is signed: a line that says what it is, then the JSON in the order of the fields,
    /// without blanks.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"estran receipt 1\n".to_vec();
        // A receipt has only numbers, words and lists: it always becomes JSON.
        bytes.extend(serde_json::to_vec(self).unwrap_or_default());
        bytes
    }

    /// Signs it.
    pub fn signed(self, key: &Key) -> Signed {
        let signature = key.sign(&self.bytes());
        Signed {
            key: key.public().to_string(),
            signature,
            receipt: self,
        }
    }
}

impl Signed {
    /// Whether this key signed exactly this.
    pub fn is_from(&self, key: &PublicKey) -> bool {
        self.key == key.to_string() && key.verifies(&self.receipt.bytes(), &self.signature)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn report(outcome: Outcome) -> Report {
        Report {
            outcomes: Probe::DESK.map(|probe| (probe, outcome)).into(),
        }
    }

    #[test]
    fn a_signature_is_of_one_receipt_and_of_one_key() {
        let (ours, theirs) = (Key::fresh(), Key::fresh());
        let receipt = Receipt::of(Form::Desk, &Probe::DESK, &report(Outcome::Nothing), 1449);
        assert!(receipt.clean);
        assert_eq!(receipt.wipe_millis, 1400);
        let signed = receipt.signed(&ours);
        let text = serde_json::to_string(&signed).unwrap();
        let back: Signed = serde_json::from_str(&text).unwrap();
        assert!(back.is_from(&ours.public()));
        assert!(!back.is_from(&theirs.public()));
        let mut changed = back.clone();
        changed.receipt.wipe_millis += 100;
        assert!(!changed.is_from(&ours.public()));
        let mut other = back;
        other.key = theirs.public().to_string();
        assert!(!other.is_from(&ours.public()) && !other.is_from(&theirs.public()));
    }

    #[test]
    fn what_was_found_is_not_clean() {
        for outcome in [Outcome::Found(1), Outcome::Blind] {
            assert!(!Receipt::of(Form::Desk, &Probe::DESK, &report(outcome), 0).clean);
        }
    }

    #[test]
    fn the_json_is_documented_and_has_no_fine_time() {
        let mut receipt = Receipt::of(
            Form::Desk,
            &Probe::DESK[..1],
            &report(Outcome::Nothing),
            260,
        );
        receipt.probes.truncate(1);
        receipt.when = HalfDay::from_text("2026-11-25 matin").unwrap();
        receipt.software = "0.1.0".to_owned();
        receipt.init_on_free = false;
        receipt.swap = Swap::None;
        assert_eq!(
            serde_json::to_string(&receipt).unwrap(),
            r#"{"version":1,"software":"0.1.0","when":"2026-11-25 matin","form":"desk","#
                .to_owned()
                + r#""probes":[["processes","nothing"]],"clean":true,"wipe_millis":300,"#
                + r#""init_on_free":false,"swap":"none"}"#
        );
    }
}
