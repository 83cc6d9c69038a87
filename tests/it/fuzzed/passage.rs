//! Whatever a guest writes to the passage: no site but the named ones is ever asked for, and what
//! goes on to a site is one whole request that we wrote.

use estran::passage::{Ask, List, read};

fn list() -> List {
    List::new(&["antai.gouv.fr".into()], &["faux.antai.gouv.fr".into()]).expect("names")
}

fn named(host: &str) -> bool {
    let below = |site: &str| host == site || host.ends_with(&format!(".{site}"));
    below("antai.gouv.fr") && !below("faux.antai.gouv.fr")
}

/// One input.
pub fn check(bytes: &[u8]) {
    let Ok(Some((ask, end))) = read(bytes, &list()) else {
        return;
    };
    assert!(end <= bytes.len());
    match ask {
        Ask::Tunnel { host } => assert!(named(&host), "{host}"),
        Ask::Page { host, head } => {
            assert!(named(&host), "{host}");
            let body = head.strip_suffix(b"\r\n\r\n").expect("a whole head");
            let lines: Vec<&[u8]> = memchr_lines(body);
            let hosts = lines.iter().filter(|line| is_host(line)).count();
            assert_eq!(hosts, 1, "one name");
            for line in lines {
                assert!(!line.is_empty(), "an end before the end");
                assert!(
                    !line.iter().any(|byte| b"\r\n\0".contains(byte)),
                    "{line:?}"
                );
            }
        }
    }
}

fn memchr_lines(head: &[u8]) -> Vec<&[u8]> {
    let mut rest = head;
    let mut lines = Vec::new();
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        lines.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    lines.push(rest);
    lines
}

fn is_host(line: &[u8]) -> bool {
    line.get(..5)
        .is_some_and(|name| name.eq_ignore_ascii_case(b"host:"))
}
