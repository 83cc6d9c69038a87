//! What the guest's browser shows in the place of a page that is not opened. Only a request that is
//! not secure can be answered so; for the others the kiosk's own screen says the same.

use super::ask::Refusal;
use crate::wording::{Lang, Wording};

/// The answer, in the visitor's language and in a second one.
pub fn page(refusal: Refusal, home: &str, language: &str) -> String {
    let wording = Wording::embedded();
    let status = match refusal {
        Refusal::Away => "502 Bad Gateway",
        Refusal::Garbage => "400 Bad Request",
        Refusal::Address | Refusal::Port | Refusal::Elsewhere | Refusal::Imitation => {
            "403 Forbidden"
        }
    };
    let [first, second] = languages(language);
    let body = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n<main>{}<hr>{}</main></html>\n",
        first.tag(),
        escaped(&wording.text(first, "blocked-title")),
        part(&wording, first, refusal, home),
        part(&wording, second, refusal, home),
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

fn languages(tag: &str) -> [Lang; 2] {
    let first = Lang::ALL.into_iter().find(|lang| lang.tag() == tag);
    let first = first.unwrap_or(Lang::Fr);
    let second = if first == Lang::Fr {
        Lang::En
    } else {
        Lang::Fr
    };
    [first, second]
}

fn part(wording: &Wording, lang: Lang, refusal: Refusal, home: &str) -> String {
    let say = |key: &str| escaped(&wording.text(lang, key));
    let direction = if lang == Lang::Ar { "rtl" } else { "ltr" };
    format!(
        "<section lang=\"{}\" dir=\"{direction}\"><h1>{}</h1><p>{}</p>\
         <p><a href=\"{}\">{}</a></p></section>",
        lang.tag(),
        say("blocked-title"),
        say(why(refusal)),
        escaped(home),
        say("blocked-back"),
    )
}

const fn why(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Elsewhere => "blocked-elsewhere",
        Refusal::Imitation => "blocked-imitation",
        Refusal::Address | Refusal::Port | Refusal::Garbage => "blocked-address",
        Refusal::Away => "blocked-away",
    }
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
        let page = page(Refusal::Elsewhere, "https://www.caf.fr/?a=\"<b>", "fr");
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
                assert!(
                    !page(refusal, "http://a.fr/", lang).contains('⟦'),
                    "{refusal:?} {lang}"
                );
            }
        }
    }
}
