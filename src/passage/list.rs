//! Which sites may be opened: by name, on a dot boundary.

use serde::{Deserialize, Serialize};

use super::ask::Refusal;
use crate::catalogue::{Domain, DomainError};

/// The sites of one visit, as the front-end names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Named", into = "Named")]
pub struct List {
    /// These and what is below them; empty: all.
    allowed: Vec<Domain>,
    /// Never these, nor what is below them.
    refused: Vec<Domain>,
}

/// A list in plain words.
#[derive(Clone, Serialize, Deserialize)]
struct Named {
    allowed: Vec<String>,
    refused: Vec<String>,
}

impl List {
    /// Reads the names. One that is none spoils the list: left out, it could open or close what
    /// nobody meant.
    ///
    /// # Errors
    /// See [`DomainError`].
    pub fn new(allowed: &[String], refused: &[String]) -> Result<Self, DomainError> {
        let domains = |names: &[String]| -> Result<Vec<Domain>, DomainError> {
            names.iter().map(|name| Domain::parse(name)).collect()
        };
        Ok(Self {
            allowed: domains(allowed)?,
            refused: domains(refused)?,
        })
    }

    /// Whether this host, a name in lower case without a dot at its end, may be opened.
    ///
    /// # Errors
    /// Why not.
    pub fn judge(&self, host: &str) -> Result<(), Refusal> {
        if self.refused.iter().any(|site| site.matches(host)) {
            return Err(Refusal::Imitation);
        }
        if self.allowed.is_empty() || self.allowed.iter().any(|site| site.matches(host)) {
            return Ok(());
        }
        Err(Refusal::Elsewhere)
    }
}

impl TryFrom<Named> for List {
    type Error = DomainError;

    fn try_from(named: Named) -> Result<Self, DomainError> {
        Self::new(&named.allowed, &named.refused)
    }
}

impl From<List> for Named {
    fn from(list: List) -> Self {
        let names = |domains: Vec<Domain>| {
            let names = domains.iter().map(|domain| domain.as_str().to_owned());
            names.collect()
        };
        Self {
            allowed: names(list.allowed),
            refused: names(list.refused),
        }
    }
}

/// A host as it may be asked for: a name of two labels at least, in lower case, never an address in
/// any way of writing one (a last label that begins with a digit is one, RFC 3696).
pub(super) fn host(text: &str) -> Option<String> {
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let last = name.rsplit('.').next()?;
    let fits = name.len() <= 253
        && name.contains('.')
        && name.split('.').all(label)
        && last.starts_with(|first: char| first.is_ascii_alphabetic());
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    fn list(allowed: &[&str], refused: &[&str]) -> List {
        let owned = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        List::new(&owned(allowed), &owned(refused)).unwrap()
    }

    #[test]
    fn look_alikes_never_pass() {
        let list = list(&["antai.gouv.fr"], &[]);
        for open in ["antai.gouv.fr", "www.antai.gouv.fr"] {
            assert_eq!(list.judge(open), Ok(()), "{open}");
        }
        for closed in [
            "antai.gouv.fr.example.com",
            "xantai.gouv.fr",
            "antai-gouv.fr",
            "gouv.fr",
            "antai.gouv.fr.",
            ".antai.gouv.fr",
        ] {
            let same = closed == "antai.gouv.fr.";
            assert_eq!(list.judge(closed).is_ok(), same, "{closed}");
        }
        assert_eq!(list.judge("caf.fr"), Err(Refusal::Elsewhere));
    }

    #[test]
    fn imitations_are_refused_even_where_all_is_open() {
        let list = list(&[], &["carte-grise.example"]);
        assert_eq!(list.judge("ailleurs.example"), Ok(()));
        assert_eq!(
            list.judge("www.carte-grise.example"),
            Err(Refusal::Imitation)
        );
    }

    #[test]
    fn one_bad_name_spoils_the_list() {
        assert!(List::new(&["caf.fr".into(), "FR".into()], &[]).is_err());
        assert!(serde_json::from_str::<List>(r#"{"allowed":[],"refused":["x"]}"#).is_err());
        let list = list(&["caf.fr"], &["faux.example"]);
        let text = serde_json::to_string(&list).unwrap();
        assert_eq!(serde_json::from_str::<List>(&text).unwrap(), list);
    }

    #[test]
    fn addresses_are_no_names() {
        for name in ["www.caf.fr", "WWW.CAF.FR.", "a_b.example", "xn--caf-dma.fr"] {
            assert!(host(name).is_some(), "{name}");
        }
        for address in [
            "9.9.9.10",
            "0x9.9",
            "1.0x7f",
            "2130706433",
            "[::1]",
            "::1",
            "localhost",
            "",
            ".",
            "..",
            "a..fr",
            "caf.fr..",
            "caf.fr:443",
            "caf.fr/",
            "a@caf.fr",
            "caf .fr",
            "café.fr",
            "127.1",
            "9.9.9.10.",
        ] {
            assert_eq!(host(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn what_passes_ends_in_the_site(name in "[a-z0-9.-]{0,40}") {
            let list = list(&["antai.gouv.fr"], &[]);
            if let Some(host) = host(&name) {
                let below = host == "antai.gouv.fr" || host.ends_with(".antai.gouv.fr");
                prop_assert_eq!(list.judge(&host).is_ok(), below);
            }
        }
    }
}
