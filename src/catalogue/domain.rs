//! Which addresses belong to a site: by suffix on a dot boundary, https only.

use url::{Host, Url};

/// A site: itself and every host below it. Lower-case ASCII, at least two labels.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain(String);

/// Why a text is not a site or not an address of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// Not a plain lower-case host name such as `caf.fr`.
    #[error("not a plain host name in lower case, such as caf.fr")]
    NotAHost,
    /// One label alone would allow a whole top-level domain.
    #[error("one label alone would allow a whole top-level domain")]
    TooBroad,
    /// Not an https address without user name and without port.
    #[error("not an https address without user name and without port")]
    NotHttps,
}

/// Suffixes under which anybody may register a name: allowing one would allow look-alikes.
const PUBLIC_SUFFIXES: [&str; 6] = ["asso.fr", "com.fr", "gouv.fr", "nom.fr", "prd.fr", "tm.fr"];

impl Domain {
    /// Reads a site as a configuration writes it.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let Ok(Host::Domain(host)) = Host::parse(text) else {
            return Err(DomainError::NotAHost);
        };
        let labels: Vec<&str> = text.split('.').collect();
        let plain = |label: &&str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && !label.starts_with("xn--")
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if host != text || text.len() > 253 || !labels.iter().all(plain) {
            return Err(DomainError::NotAHost);
        }
        if labels.len() < 2 || PUBLIC_SUFFIXES.contains(&text) {
            return Err(DomainError::TooBroad);
        }
        Ok(Self(host))
    }

    /// The site's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `host` is this site or below it. One trailing dot names the same host in DNS.
    #[must_use]
    pub fn matches(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        let Some(cut) = host.len().checked_sub(self.0.len()) else {
            return false;
        };
        host.get(cut..)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(&self.0))
            && (cut == 0 || (cut > 1 && host.as_bytes().get(cut - 1) == Some(&b'.')))
    }

    /// Whether `address` is an https address of this site, on the ordinary port and without a
    /// user name. Read with the parser of the WHATWG URL standard, as browsers do.
    #[must_use]
    pub fn allows(&self, address: &str) -> bool {
        StartUrl::parse(address).is_ok_and(|url| self.matches(url.host()))
    }
}

/// A checked https address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartUrl {
    url: Url,
    host: String,
}

impl StartUrl {
    /// Reads an address: https, a host name, no user name, no port.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let url = Url::parse(text).map_err(|_| DomainError::NotHttps)?;
        let plain = url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none();
        match url.host() {
            Some(Host::Domain(host)) if plain => Ok(Self {
                host: host.to_owned(),
                url,
            }),
            Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => {
                Err(DomainError::NotHttps)
            }
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Its host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}
