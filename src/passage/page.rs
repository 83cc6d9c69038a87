//! What the guest's browser shows in the place of a page that is not opened. Only a request that is
//! not secure can be answered so; for the others the kiosk's own screen says the same.

use serde::{Deserialize, Serialize};

use super::ask::Refusal;
use crate::wording::{Lang, Wording};

/// What the page says, in one language after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    tag: String,
    title: String,
    back: String,
    elsewhere: String,
    imitation: String,
    address: String,
    away: String,
}

impl Words {
    /// The house's own words, in every language: whoever answers has no files to read them from.
    #[must_use]
    pub fn of(wording: &Wording) -> Self {
        let part = |lang: &Lang| {
            let say = |key: &str| wording.text(*lang, key);
            Part {
                tag: lang.tag().to_owned(),
                title: say("blocked-title"),
                back: say("blocked-back"),
                elsewhere: say("blocked-elsewhere"),
                imitation: say("blocked-imitation"),
                address: say("blocked-address"),
                away: say("blocked-away"),
            }
        };
        Self(Lang::ALL.iter().map(part).collect())
    }

    /// The visitor's language, and a second one.
    #[must_use]
    pub fn for_visitor(&self, language: &str) -> Self {
        let of = |tag: &str| self.0.iter().find(|part| part.tag == tag);
        let first = of(language).or_else(|| of(Lang::Fr.tag()));
        let second = match first {
            Some(part) if part.tag == Lang::Fr.tag() => of(Lang::En.tag()),
            Some(_) | None => of(Lang::Fr.tag()),
        };
        Self(first.into_iter().chain(second).cloned().collect())
    }
}

/// The answer.
pub fn page(refusal: Refusal, home: &str, words: &Words) -> String {
    let status = match refusal {
        Refusal::Away => "502 Bad Gateway",
        Refusal::Garbage => "400 Bad Request",
        Refusal::Address | Refusal::Port | Refusal::Elsewhere | Refusal::Imitation => {
            "403 Forbidden"
        }
    };
    let first = words.0.first();
    let parts: Vec<String> = words
        .0
        .iter()
        .map(|part| section(part, refusal, home))
        .collect();
    let body = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n<main>{}</main></html>\n",
        first.map_or("fr", |part| &part.tag),
        escaped(first.map_or("", |part| &part.title)),
        parts.join("<hr>"),
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The house's own colours are not known here: those that every station has.
const STYLE: &str = "body{background:#F7F2E8;color:#10263A;font:22px/1.5 sans-serif;margin:2em}\
                     main{max-width:34em;margin:auto}\
                     a{display:inline-block;background:#0E4D73;color:#fff;padding:.6em 1.2em;\
                     border-radius:.5em;text-decoration:none;font-weight:bold}hr{margin:2em 0}";

fn section(part: &Part, refusal: Refusal, home: &str) -> String {
    let direction = if part.tag == Lang::Ar.tag() {
        "rtl"
    } else {
        "ltr"
    };
    let why = match refusal {
        Refusal::Elsewhere => &part.elsewhere,
        Refusal::Imitation => &part.imitation,
        Refusal::Address | Refusal::Port | Refusal::Garbage => &part.address,
        Refusal::Away => &part.away,
    };
    format!(
        "<section lang=\"{}\" dir=\"{direction}\"><h1>{}</h1><p>{}</p>\
         <p><a href=\"{}\">{}</a></p></section>",
        part.tag,
        escaped(&part.title),
        escaped(why),
        escaped(home),
        escaped(&part.back),
    )
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    #![allow(missing_docs)]

    use super::*;

    #[test]
    fn it_says_why_in_two_languages_and_leads_back() {
        let words = Words::of(&Wording::embedded()).for_visitor("fr");
        let page = page(Refusal::Elsewhere, "https://www.caf.fr/?a=\"<b>", &words);
        assert!(page.starts_with("HTTP/1.1 403 "));
        for word in [
            "lang=\"fr\"",
            "lang=\"en\"",
            "https://www.caf.fr/?a=&quot;&lt;b&gt;",
        ] {
            assert!(page.contains(word), "{word}: {page}");
        }
        assert!(!page.contains('⟦'), "{page}");
        let (_, body) = page.split_once("\r\n\r\n").unwrap_or_default();
        assert!(page.contains(&format!("Content-Length: {}\r\n", body.len())));
    }

    #[test]
    fn every_reason_has_its_words() {
        for refusal in [
            Refusal::Garbage,
            Refusal::Address,
            Refusal::Port,
            Refusal::Elsewhere,
            Refusal::Imitation,
            Refusal::Away,
        ] {
            for lang in ["fr", "en", "ar", "fr-x-falc", "xx"] {
                let words = Words::of(&Wording::embedded()).for_visitor(lang);
                let page = page(refusal, "http://a.fr/", &words);
                assert_eq!(page.matches("<h1>").count(), 2, "{refusal:?} {lang}");
                assert!(!page.contains('⟦'), "{refusal:?} {lang}");
            }
        }
    }
}
