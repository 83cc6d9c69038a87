//! Bytes from outside → bounded, named values.

/// The largest body of a form without a file, in bytes.
pub const MAX_BODY: usize = 64 * 1024;
/// The most values a form may carry; the longest form of the site has about a dozen.
pub const MAX_FIELDS: usize = 64;

/// Why the body of a form was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The decoded text is not UTF-8.
    #[error("the form is not UTF-8 text")]
    NotText,
    /// More than [`MAX_FIELDS`] values.
    #[error("the form carries too many values")]
    TooMany,
}

/// The values of one form, in the order of the page. A name may come several times
/// (check boxes).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Decodes an `application/x-www-form-urlencoded` body (WHATWG URL standard,
    /// section 5.1), refusing text that is not UTF-8 instead of repairing it.
    ///
    /// # Errors
    /// Returns [`Unreadable`] for text that is not UTF-8 or for too many values.
    pub fn decode(body: &[u8]) -> Result<Self, Unreadable> {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            // The decoder replaces broken sequences; a person's browser never sends any,
            // nor a literal U+FFFD in our forms.
            if name.contains(char::REPLACEMENT_CHARACTER)
                || value.contains(char::REPLACEMENT_CHARACTER)
            {
                return Err(Unreadable::NotText);
            }
            fields.push(name.into_owned(), value.into_owned())?;
        }
        Ok(fields)
    }

    /// Adds one value.
    ///
    /// # Errors
    /// Returns [`Unreadable::TooMany`] beyond [`MAX_FIELDS`].
    pub fn push(&mut self, name: String, value: String) -> Result<(), Unreadable> {
        if self.0.len() >= MAX_FIELDS {
            return Err(Unreadable::TooMany);
        }
        self.0.push((name, value));
        Ok(())
    }

    /// The first value of that name as it was typed, or an empty text.
    pub fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find_map(|(n, v)| (n == name).then_some(v.as_str()))
            .unwrap_or_default()
    }

    /// The first value of that name, without the blanks around it.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// Whether a value of that name equals `value` (check boxes).
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v == value)
    }

    /// Every name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_repeated_names_arrive() {
        let fields =
            Fields::decode("nom=Lef%C3%A8vre+Nu%C3%B1ez&soin=a&soin=%C5%93il".as_bytes()).unwrap();
        assert_eq!(fields.raw("nom"), "Lefèvre Nuñez");
        assert!(fields.holds("soin", "a") && fields.holds("soin", "œil"));
        assert!(!fields.holds("soin", "b"));
        assert_eq!(fields.get("absent"), "");
    }

    #[test]
    fn latin1_is_refused_not_repaired() {
        assert_eq!(Fields::decode(b"nom=Lef%E8vre"), Err(Unreadable::NotText));
        assert_eq!(Fields::decode(b"nom=Lef\xE8vre"), Err(Unreadable::NotText));
    }

    #[test]
    fn the_number_of_values_is_bounded() {
        let full = "a=1&".repeat(MAX_FIELDS);
        assert_eq!(
            Fields::decode(full.as_bytes()).map(|f| f.iter().count()),
            Ok(MAX_FIELDS)
        );
        let over = "a=1&".repeat(MAX_FIELDS + 1);
        assert_eq!(Fields::decode(over.as_bytes()), Err(Unreadable::TooMany));
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(body in proptest::collection::vec(any::<u8>(), 0..2048)) {
            if let Ok(fields) = Fields::decode(&body) {
                prop_assert!(fields.iter().count() <= MAX_FIELDS);
            }
        }

        #[test]
        fn what_a_browser_encodes_comes_back(values in proptest::collection::vec("[^\u{FFFD}]{0,40}", 1..8)) {
            let mut encoder = form_urlencoded::Serializer::new(String::new());
            for value in &values { encoder.append_pair("champ", value); }
            let decoded = Fields::decode(encoder.finish().as_bytes()).unwrap();
            let back: Vec<&str> = decoded.iter().map(|(_, v)| v).collect();
            prop_assert_eq!(back, values.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
