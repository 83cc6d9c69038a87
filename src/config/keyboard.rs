//! The keyboard of the station, in the names of XKB.

/// A keyboard layout and its variant, as `xkeyboard-config` names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyboard {
    layout: String,
    variant: String,
}

impl Keyboard {
    /// A layout (`fr`) and a variant (`latin9`, or empty), if both are plain XKB names: letters,
    /// digits, `_` and `-`, at most 32 of them.
    #[must_use]
    pub fn new(layout: &str, variant: &str) -> Option<Self> {
        (!layout.is_empty() && Self::plain(layout) && Self::plain(variant)).then(|| Self {
            layout: layout.to_owned(),
            variant: variant.to_owned(),
        })
    }

    /// The layout, `fr`.
    #[must_use]
    pub fn layout(&self) -> &str {
        &self.layout
    }

    /// The variant; empty for the layout's usual one.
    #[must_use]
    pub fn variant(&self) -> &str {
        &self.variant
    }

    /// Whether this is at most 32 letters, digits, `_` and `-`.
    pub(super) fn plain(name: &str) -> bool {
        name.len() <= 32
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    }
}
