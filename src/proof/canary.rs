//! The canary: one fresh random word, with a mark for each place that it is planted in. Whoever
//! finds it later knows where it came from.
#![forbid(unsafe_code)]

use rand::Rng as _;
use serde::{Deserialize, Serialize};

/// Where a visitor leaves traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plant {
    /// The address of a page, and so the history.
    Address,
    /// A page's title.
    Title,
    /// A cookie that is to be kept.
    Cookie,
    /// `localStorage`.
    LocalStorage,
    /// `sessionStorage`.
    SessionStorage,
    /// An indexed database.
    IndexedDb,
    /// Cache Storage.
    CacheStorage,
    /// What a service worker keeps.
    ServiceWorker,
    /// A page that came compressed, in the browser's own cache.
    CompressedPage,
    /// Text in a form field.
    FormText,
    /// User name and password of HTTP basic authentication.
    BasicAuth,
    /// A password that was typed into a login form and sent.
    Password,
    /// The clipboard.
    Clipboard,
    /// A downloaded file.
    Download,
    /// A file sent to a site.
    Upload,
    /// A page printed into a PDF file.
    PdfPrint,
    /// A document in the visit's own print queue, on its way to a printer that is away.
    PrintJob,
    /// A file in the home.
    HomeFile,
    /// A file in /tmp.
    Tmp,
    /// A file in /var/tmp.
    VarTmp,
    /// A file in /dev/shm.
    SharedMemoryFile,
    /// A file in the runtime directory.
    RuntimeFile,
    /// The list of recent files that GTK programs keep.
    RecentFiles,
    /// System V shared memory.
    SysvMemory,
    /// A System V semaphore, by its number.
    SysvSemaphore,
    /// A POSIX message queue, by its name.
    PosixQueue,
    /// A key in the kernel.
    KernelKey,
    /// The machine's log.
    SystemLog,
    /// A process that has left its family.
    LingeringProcess,
    /// A deleted file that is still open.
    UnlinkedFile,
    /// A program of the administrator, wherever it puts the canary.
    Program,
}

impl Plant {
    /// Every place.
    pub const ALL: [Self; 31] = [
        Self::Address,
        Self::Title,
        Self::Cookie,
        Self::LocalStorage,
        Self::SessionStorage,
        Self::IndexedDb,
        Self::CacheStorage,
        Self::ServiceWorker,
        Self::CompressedPage,
        Self::FormText,
        Self::BasicAuth,
        Self::Password,
        Self::Clipboard,
        Self::Download,
        Self::Upload,
        Self::PdfPrint,
        Self::PrintJob,
        Self::HomeFile,
        Self::Tmp,
        Self::VarTmp,
        Self::SharedMemoryFile,
        Self::RuntimeFile,
        Self::RecentFiles,
        Self::SysvMemory,
        Self::SysvSemaphore,
        Self::PosixQueue,
        Self::KernelKey,
        Self::SystemLog,
        Self::LingeringProcess,
        Self::UnlinkedFile,
        Self::Program,
    ];

    /// Two digits that no other place has, and an end: base64 cuts the last letter short.
    fn mark(self) -> String {
        let at = Self::ALL.iter().position(|each| *each == self);
        format!("{:02}x", at.unwrap_or(Self::ALL.len()))
    }
}

/// Random letters of a canary: 100 bits.
const LETTERS: usize = 20;

/// Lower case and digits only: never changed by an address, a host name or a shell, and its
/// base64 is the same in both alphabets.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A word that nobody else writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canary(String);

impl Canary {
    /// A new one.
    pub fn fresh() -> Self {
        let mut random = rand::rng();
        let letter = || char::from(ALPHABET[random.random_range(0..ALPHABET.len())]);
        Self(std::iter::repeat_with(letter).take(LETTERS).collect())
    }

    /// One that came from outside; `None` when it is not of the form that [`Canary::fresh`] makes.
    pub fn from_text(text: &str) -> Option<Self> {
        let plain = text.len() == LETTERS && text.bytes().all(|byte| ALPHABET.contains(&byte));
        plain.then(|| Self(text.to_owned()))
    }

    /// The part that all places share.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is planted in one place.
    pub fn token(&self, plant: Plant) -> String {
        format!("{}{}", self.0, plant.mark())
    }

    /// The number under which System V memory and semaphores are planted; never the private one.
    pub fn number(&self) -> i32 {
        let bytes = self.0.bytes().take(4);
        let number = bytes.fold(0_u32, |all, byte| (all << 8) | u32::from(byte));
        i32::try_from((number & 0x7fff_ffff) | 1).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_place_has_a_word_of_its_own() {
        let canary = Canary::fresh();
        let words: BTreeSet<String> = Plant::ALL.map(|plant| canary.token(plant)).into();
        assert_eq!(words.len(), Plant::ALL.len());
        assert!(words.iter().all(|word| word.len() == LETTERS + 3));
        assert_ne!(canary, Canary::fresh());
        assert_eq!(Canary::from_text(canary.text()), Some(canary));
        for bad in ["", "abc", "ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrs é"] {
            assert_eq!(Canary::from_text(bad), None, "{bad}");
        }
    }
}
