#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

fn keys(lang: Lang) -> BTreeSet<String> {
    load::embedded_files(lang)
        .flat_map(|text| {
            let resource = load::parse(Path::new("embedded"), text.to_owned())
                .unwrap_or_else(|error| panic!("{error}"));
            resource
                .entries()
                .filter_map(|entry| match entry {
                    fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_language_has_the_same_keys() {
    let french = keys(Lang::Fr);
    assert!(french.len() > 5, "the French wording was found");
    for lang in Lang::ALL {
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
