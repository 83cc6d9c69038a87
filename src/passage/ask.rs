//! One request at the passage. The guest's bytes are hostile: a limit, one reading, and what goes on
//! to a site is written anew from what was read.

use std::io::Write;

use url::Url;

use super::list::{List, host};

/// The longest beginning of a request, bytes: cookies are long.
pub const LONGEST: usize = 64 * 1024;

/// The most lines of it.
const LINES: usize = 100;

/// What is asked for, of a site that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A way to the site's secure port; what is sent there is not ours to read.
    Tunnel {
        /// The site's name.
        host: String,
    },
    /// A page of the open web.
    Page {
        /// The site's name.
        host: String,
        /// What is sent to it in the place of what was read.
        head: Vec<u8>,
    },
}

/// Why nothing is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Not a request.
    Garbage,
    /// An address in the place of a name.
    Address,
    /// Another port than that of the web.
    Port,
    /// A site that this visit does not open.
    Elsewhere,
    /// A known imitation.
    Imitation,
    /// The site is not to be found or does not answer.
    Away,
}

/// Reads a request and judges it: what is asked for, and where what follows begins. `None` while
/// its beginning is not whole.
///
/// # Errors
/// Why it is refused.
pub fn read(bytes: &[u8], list: &List) -> Result<Option<(Ask, usize)>, Refusal> {
    let mut headers = [httparse::EMPTY_HEADER; LINES];
    let mut request = httparse::Request::new(&mut headers);
    let end = match request.parse(bytes) {
        Ok(httparse::Status::Complete(end)) => end,
        Ok(httparse::Status::Partial) if bytes.len() < LONGEST => return Ok(None),
        Ok(httparse::Status::Partial) | Err(_) => return Err(Refusal::Garbage),
    };
    let (Some(method), Some(target)) = (request.method, request.path) else {
        return Err(Refusal::Garbage);
    };
    let ask = if method == "CONNECT" {
        tunnel(target, list)?
    } else {
        page(method, target, request.headers, list)?
    };
    Ok(Some((ask, end)))
}

fn tunnel(target: &str, list: &List) -> Result<Ask, Refusal> {
    let (name, port) = target.rsplit_once(':').ok_or(Refusal::Garbage)?;
    let host = host(name).ok_or(Refusal::Address)?;
    if port != "443" {
        return Err(Refusal::Port);
    }
    list.judge(&host)?;
    Ok(Ask::Tunnel { host })
}

fn page(
    method: &str,
    target: &str,
    headers: &[httparse::Header<'_>],
    list: &List,
) -> Result<Ask, Refusal> {
    let url = Url::parse(target).map_err(|_| Refusal::Garbage)?;
    if url.scheme() != "http" || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Garbage);
    }
    let host = host(url.host_str().unwrap_or_default()).ok_or(Refusal::Address)?;
    if url.port_or_known_default() != Some(80) {
        return Err(Refusal::Port);
    }
    list.judge(&host)?;
    let mut place = url.path().to_owned();
    if let Some(query) = url.query() {
        place.push('?');
        place.push_str(query);
    }
    let mut head = Vec::new();
    // Writing to memory does not fail.
    write!(head, "{method} {place} HTTP/1.1\r\nHost: {host}\r\n").ok();
    for header in headers.iter().filter(|header| goes_on(header.name)) {
        head.extend(header.name.as_bytes());
        head.extend(b": ");
        head.extend(header.value);
        head.extend(b"\r\n");
    }
    // One request a connection: the next one is judged, too.
    head.extend(b"Connection: close\r\n\r\n");
    Ok(Ask::Page { host, head })
}

/// Not what is between the guest and us (RFC 9110, 7.6.1), and not the name, which we write.
/// How long the body is (`Transfer-Encoding`, `Content-Length`) goes on with it.
fn goes_on(name: &str) -> bool {
    ![
        "connection",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "upgrade",
    ]
    .iter()
    .any(|ours| name.eq_ignore_ascii_case(ours))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    fn list() -> List {
        List::new(&["antai.gouv.fr".into()], &["faux.antai.gouv.fr".into()]).unwrap()
    }

    fn asked(text: &str) -> Result<Option<(Ask, usize)>, Refusal> {
        read(text.as_bytes(), &list())
    }

    fn connect(target: &str) -> Result<Ask, Refusal> {
        let text = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
        asked(&text).map(|ask| ask.unwrap().0)
    }

    #[test]
    fn a_way_to_an_allowed_site_and_to_no_other() {
        let host = "www.antai.gouv.fr".to_owned();
        assert_eq!(
            connect("www.antai.gouv.fr:443"),
            Ok(Ask::Tunnel { host: host.clone() })
        );
        assert_eq!(connect("WWW.antai.gouv.fr.:443"), Ok(Ask::Tunnel { host }));
        for (target, refusal) in [
            ("antai.gouv.fr.example.com:443", Refusal::Elsewhere),
            ("faux.antai.gouv.fr:443", Refusal::Imitation),
            ("antai.gouv.fr:22", Refusal::Port),
            ("antai.gouv.fr:0443", Refusal::Port),
            ("9.9.9.10:443", Refusal::Address),
            ("[2001:db8::1]:443", Refusal::Address),
            ("antai.gouv.fr@example.com:443", Refusal::Address),
            ("antai.gouv.fr", Refusal::Garbage),
        ] {
            assert_eq!(connect(target), Err(refusal), "{target}");
        }
    }

    #[test]
    fn a_page_is_asked_for_in_our_own_words() {
        let text = "GET http://ANTAI.gouv.fr/a?b=c#d HTTP/1.1\r\nHost: example.com\r\n\
                    Proxy-Connection: keep-alive\r\nConnection: keep-alive\r\nAccept: */*\r\n\r\nmore";
        let (ask, end) = asked(text).unwrap().unwrap();
        assert_eq!(&text[end..], "more");
        let Ask::Page { host, head } = ask else {
            panic!("no page")
        };
        assert_eq!(host, "antai.gouv.fr");
        assert_eq!(
            String::from_utf8(head).unwrap(),
            "GET /a?b=c HTTP/1.1\r\nHost: antai.gouv.fr\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        );
        for (target, refusal) in [
            ("http://example.com/", Refusal::Elsewhere),
            ("http://antai.gouv.fr.example.com/", Refusal::Elsewhere),
            ("http://antai.gouv.fr:8080/", Refusal::Port),
            ("http://9.9.9.10/", Refusal::Address),
            ("http://0x09090909/", Refusal::Address),
            ("http://antai.gouv.fr@example.com/", Refusal::Garbage),
            ("https://antai.gouv.fr/", Refusal::Garbage),
            ("ftp://antai.gouv.fr/", Refusal::Garbage),
            ("/", Refusal::Garbage),
        ] {
            let text = format!("GET {target} HTTP/1.1\r\nHost: antai.gouv.fr\r\n\r\n");
            assert_eq!(asked(&text), Err(refusal), "{target}");
        }
    }

    #[test]
    fn half_a_request_waits_and_too_long_a_one_does_not() {
        assert_eq!(asked("CONNECT antai.gouv.fr:443 HTTP/1.1\r\n"), Ok(None));
        let long = format!(
            "GET http://antai.gouv.fr/{} HTTP/1.1\r\n",
            "x".repeat(LONGEST)
        );
        assert_eq!(asked(&long), Err(Refusal::Garbage));
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            read(&bytes, &list()).ok();
        }

        #[test]
        fn whatever_is_asked_only_the_site_is_opened(
            method in "CONNECT|GET|POST|get", target in "[ -~]{0,60}",
            name in "[A-Za-z-]{1,16}", value in "[ -~\r\n]{0,40}",
        ) {
            let text = format!("{method} {target} HTTP/1.1\r\n{name}: {value}\r\n\r\n");
            if let Ok(Some((ask, _))) = asked(&text) {
                let (Ask::Tunnel { host } | Ask::Page { host, .. }) = &ask;
                prop_assert!(host == "antai.gouv.fr" || host.ends_with(".antai.gouv.fr"));
                if let Ask::Page { head, .. } = &ask {
                    let head = String::from_utf8_lossy(head);
                    let hosts = head.lines().filter(|line| line.to_lowercase().starts_with("host:"));
                    prop_assert_eq!(hosts.count(), 1);
                }
            }
        }

        #[test]
        fn near_misses_are_judged(
            before in "[a-z.@:/]{0,8}", after in "[a-z0-9.@:/#?]{0,8}", tunnel in any::<bool>(),
        ) {
            let target = if tunnel {
                format!("{before}antai.gouv.fr{after}:443")
            } else {
                format!("http://{before}antai.gouv.fr{after}/")
            };
            let method = if tunnel { "CONNECT" } else { "GET" };
            let text = format!("{method} {target} HTTP/1.1\r\n\r\n");
            if let Ok(Some((ask, _))) = asked(&text) {
                let (Ask::Tunnel { host } | Ask::Page { host, .. }) = &ask;
                prop_assert!(host == "antai.gouv.fr" || host.ends_with(".antai.gouv.fr"));
            }
        }
    }
}
