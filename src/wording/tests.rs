#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;

fn keys(lang: Lang) -> BTreeSet<String> {
    load::embedded_files(lang)
        .flat_map(|text| {
            let resource = load::parse(Path::new("embedded"), text.to_owned())
                .unwrap_or_else(|error| panic!("{error}"));
            resource
                .entries()
                .filter_map(|entry| {
                    let fluent_syntax::ast::Entry::Message(message) = entry else {
                        return None;
                    };
                    Some(message.id.name.to_owned())
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_language_has_the_same_keys() {
    let french = keys(Lang::Fr);
    assert!(french.len() > 5, "the French wording was found");
    for lang in Lang::WHOLE {
        let here = keys(lang);
        assert_eq!(
            (
                french.difference(&here).collect::<Vec<_>>(),
                here.difference(&french).collect::<Vec<_>>()
            ),
            (vec![], vec![]),
            "keys missing from, and unknown in French but present in {}",
            lang.tag()
        );
    }
}

/// Keys that a translated language says in French, by intention or for want of a translator.
fn lacks(lang: Lang) -> BTreeSet<String> {
    let here = keys(lang);
    keys(Lang::Fr)
        .into_iter()
        .filter(|key| !here.contains(key))
        .collect()
}

/// What a question to the visitor is made of: nobody says yes to a sentence in another language.
const QUESTIONS: [&str; 6] = [
    "consent-", "helper-", "helped-", "private-", "network-", "idle-",
];

#[test]
fn a_question_is_whole_in_arabic() {
    let lacking: Vec<_> = lacks(Lang::Ar)
        .into_iter()
        .filter(|key| QUESTIONS.iter().any(|begin| key.starts_with(begin)))
        .collect();
    assert_eq!(lacking, Vec::<String>::new());
    let french = keys(Lang::Fr);
    for begin in QUESTIONS {
        assert!(french.iter().any(|key| key.starts_with(begin)), "{begin}");
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "what is lacking is to be seen")]
fn a_translation_adds_no_key_and_what_it_lacks_is_seen() {
    for lang in Lang::ALL {
        let unknown: Vec<_> = keys(lang).difference(&keys(Lang::Fr)).cloned().collect();
        assert_eq!(unknown, Vec::<String>::new(), "{}", lang.tag());
        println!("{}: in French {:?}", lang.tag(), lacks(lang));
    }
}

#[test]
fn no_key_is_written_twice() {
    for lang in Lang::ALL {
        let mut bundle: FluentBundle<FluentResource> = FluentBundle::new_concurrent(vec![]);
        for text in load::embedded_files(lang) {
            let resource = load::parse(Path::new("embedded"), text.to_owned()).unwrap();
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("{}: {errors:?}", lang.tag()));
        }
    }
}

/// A wording of two short files.
fn small() -> Wording {
    let mut wording = Wording::embedded();
    let french = "small-minutes = { $minutes ->\n    [one] une minute\n   *[other] { $minutes } minutes\n}\nsmall-who = Bonjour { $who }.\n";
    let english = "small-minutes = { $minutes ->\n    [one] one minute\n   *[other] { $minutes } minutes\n}\n";
    for (lang, text) in [(Lang::Fr, french), (Lang::En, english)] {
        let bundle = &mut wording.bundles[lang.rank()];
        bundle.add_resource_overriding(load::parse(Path::new("small"), text.to_owned()).unwrap());
    }
    wording
}

#[test]
fn numbers_choose_their_plural() {
    let minutes = |lang, number| {
        small().text_with(lang, "small-minutes", &[("minutes", Arg::Number(number))])
    };
    assert_eq!(minutes(Lang::Fr, 1), "une minute");
    assert_eq!(minutes(Lang::Fr, 15), "15 minutes");
    assert_eq!(
        minutes(Lang::Fr, 0),
        "une minute",
        "zero is singular in French"
    );
    assert_eq!(minutes(Lang::En, 0), "0 minutes");
}

#[test]
fn a_text_is_put_in_without_any_mark() {
    let text = small().text_with(Lang::Fr, "small-who", &[("who", Arg::Text("Zoé"))]);
    assert_eq!(text, "Bonjour Zoé.");
}

#[test]
fn what_a_language_lacks_is_said_in_french_and_what_all_lack_is_seen() {
    let wording = small();
    assert!(!wording.has(Lang::En, "small-who"));
    assert_eq!(
        wording.text_with(Lang::En, "small-who", &[("who", Arg::Text("x"))]),
        "Bonjour x."
    );
    assert_eq!(wording.text(Lang::En, "no-such-key"), "⟦no-such-key⟧");
}

#[test]
fn a_mistake_in_a_file_has_its_place() {
    let text = "a = b\n\né é\nc = d\n".to_owned();
    let error = load::parse(Path::new("x.ftl"), text).unwrap_err();
    let WordingError::Syntax { line, column, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!((*line, *column), (3, 1));
    assert!(error.to_string().starts_with("reading x.ftl:3:1: "));
}

#[test]
fn tags_read_back() {
    for lang in Lang::ALL {
        assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        assert!(!lang.own_name().is_empty());
    }
    assert_eq!(Lang::from_tag("FR"), None);
}

/// The signs of Fluent, which arbitrary text would hardly ever put together.
fn fragments() -> impl Strategy<Value = String> {
    let parts = [
        "k = ",
        "k",
        "= ",
        "{ ",
        "} ",
        "$n ",
        "-> ",
        "[one] ",
        "*[other] ",
        "\n    ",
        "\n",
        "-term = ",
        "-term ",
        "\"\\u{1F600}\" ",
        "\"",
        "\\",
        ".a = ",
        "k.a ",
        "é",
        "# x\n",
        "1.5 ",
        "NUMBER($n) ",
        "\r\n",
        "\t",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 0..40).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn a_file_of_the_house_never_panics(text in prop_oneof![".*", fragments()]) {
        let mut wording = Wording::embedded();
        match load::parse(Path::new("house.ftl"), text) {
            Ok(resource) => wording.bundles[0].add_resource_overriding(resource),
            Err(error) => prop_assert!(error.to_string().contains("house.ftl:")),
        }
        let _ = wording.text_with(Lang::Fr, "k", &[("n", Arg::Number(3))]);
    }
}
