//! Where the station keeps its secrets, as it is written on a command line.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use super::given::Given;
use super::{Keyring, Store, StoreError};

/// The place of the store: `keyutils`, `memory`, `desktop` or `folder:/path`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The kernel's key rings of this user: a desk.
    #[default]
    Keyutils,
    /// This program's memory: a demonstration.
    Memory,
    /// The desktop's Secret Service: a desk whose codes outlive a restart.
    #[cfg(feature = "desktop-keyring")]
    Desktop,
    /// A folder that only its owner can read: a station.
    Folder(PathBuf),
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = text.strip_prefix("folder:").map(Path::new) {
            return if path.is_absolute() {
                Ok(Self::Folder(path.to_owned()))
            } else {
                Err("write the whole path, as in folder:/var/lib/estran/secrets".to_owned())
            };
        }
        match text {
            "keyutils" => Ok(Self::Keyutils),
            "memory" => Ok(Self::Memory),
            #[cfg(feature = "desktop-keyring")]
            "desktop" => Ok(Self::Desktop),
            _ => Err("write keyutils, memory or folder:/path".to_owned()),
        }
    }
}

impl Place {
    /// Opens the store there, behind what the service manager has handed to this program.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        let store = match self {
            Self::Keyutils => Keyring::keyutils()?,
            Self::Memory => Keyring::memory(),
            #[cfg(feature = "desktop-keyring")]
            Self::Desktop => Keyring::desktop()?,
            Self::Folder(path) => Keyring::folder(path),
        };
        Ok(Given::before(Arc::new(store)))
    }
}
