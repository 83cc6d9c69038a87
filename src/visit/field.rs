//! What kind of field the guest's window says has the keyboard.

use serde::{Deserialize, Serialize};

/// What the guest's own window announces (`zwp_text_input_v3`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Nothing that takes text, or nothing at all.
    #[default]
    None,
    /// A field like any other, or one that only a look into the page can tell from it.
    Plain,
    /// A password, a PIN, a one-time code, something that its page calls sensitive, or a window
    /// that says nothing.
    Sensitive,
}
