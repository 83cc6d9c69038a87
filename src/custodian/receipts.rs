//! The receipt after each wipe and its audit.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};

use super::protocol::Receipted;
use crate::audit::{Probe, Report};
use crate::receipt::{self, Form, Key, NoKey, Receipt};
use crate::secrets;

/// Where receipts go, and the key that signs them.
#[derive(Debug)]
pub(super) struct Receipts {
    folder: PathBuf,
    key: Key,
}

impl Receipts {
    /// Opens the folder and takes its key. A station without one still wipes: it only cannot say
    /// so in writing.
    pub(super) fn open(folder: PathBuf) -> Option<Self> {
        // What is wrong with the folder, the store of the key says.
        receipt::prepare(&folder).ok();
        let key = key(&folder);
        match key {
            Ok(key) => {
                if let Err(error) = receipt::publish(&folder, &key.public()) {
                    tracing::warn!(%error, "the public key of receipts cannot be written down");
                }
                Some(Self { folder, key })
            }
            Err(error) => {
                tracing::warn!(%error, "no receipts");
                None
            }
        }
    }

    /// Writes the receipt of a wipe in the place of the one before.
    pub(super) fn keep(&self, form: Form, report: &Report, wipe_millis: u32) {
        let demanded: &[Probe] = match form {
            Form::Desk => &Probe::DESK,
            Form::Station => &Probe::STATION,
        };
        let receipt = Receipt::of(form, demanded, report, wipe_millis);
        if let Err(error) = receipt::keep(&self.folder, receipt.signed(&self.key)) {
            tracing::warn!(%error, "no receipt");
        }
    }

    /// What staff may know of the latest.
    pub(super) fn latest(&self) -> Option<Receipted> {
        let kept = receipt::latest(&self.folder)
            .inspect_err(|error| tracing::warn!(%error, "the receipt cannot be read"))
            .ok()??;
        Some(Receipted {
            when: kept.latest.receipt.when,
            clean: kept.latest.receipt.clean,
            signed: kept.latest.is_from(&self.key.public()),
            counters: kept.counters,
        })
    }
}

fn key(folder: &Path) -> Result<Key, NoKey> {
    let store = secrets::Place::Folder(receipt::secrets(folder)).open()?;
    Key::of_station(store.as_ref())
}
