#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;

use super::*;
use crate::wording::Lang;

fn catalogue() -> Catalogue {
    let text = |text: &str| Text::new(text.to_owned(), [(Lang::En, format!("{text} in English"))]);
    let demarche =
        |id, key: &str, label: &str, start: &str, domain: &str, aliases: &[&str]| Demarche {
            id: DemarcheId(id),
            key: key.to_owned(),
            label: text(label),
            group: GroupId(0),
            operator: Operator::Autre,
            thematique: Thematique::ArgentImpots,
            start: StartUrl::parse(start).unwrap(),
            domains: vec![Domain::parse(domain).unwrap()],
            documents: vec![],
            aliases: aliases.iter().map(ToString::to_string).collect(),
            franceconnect_plus: false,
            own_signature: false,
        };
    Catalogue::new(
        vec![Group {
            id: GroupId(0),
            key: "tout".to_owned(),
            label: text("Véhicule"),
            hint: text("Tout"),
            pictogram: Pictogram::Car,
        }],
        vec![
            demarche(
                0,
                "amende",
                "Payer une amende",
                "https://www.antai.gouv.fr/",
                "antai.gouv.fr",
                &["PV", "permis à points"],
            ),
            demarche(
                1,
                "permis",
                "Permis de conduire",
                "https://permisdeconduire.ants.gouv.fr/",
                "permisdeconduire.ants.gouv.fr",
                &[],
            ),
            demarche(
                2,
                "rsa",
                "Demander le RSA",
                "https://caf.fr/",
                "caf.fr",
                &["revenu de solidarité", "cœur"],
            ),
        ],
        vec![Domain::parse("franceconnect.gouv.fr").unwrap()],
    )
}

#[test]
fn look_alike_addresses_never_pass() {
    let catalogue = catalogue();
    let amende = DemarcheId(0);
    for good in [
        "https://antai.gouv.fr",
        "https://antai.gouv.fr/",
        "https://www.antai.gouv.fr/paiement?x=https://example.com#y",
        "https://WWW.Antai.Gouv.FR/",
        "https://www.antai.gouv.fr./",
        "https://antai.gouv.fr:443/",
        // A backslash ends the host for browsers, and so for us.
        "https://antai.gouv.fr\\.example.com@evil.test/",
        "https://app.franceconnect.gouv.fr/",
    ] {
        assert!(catalogue.allows(amende, good), "{good}");
    }
    for bad in [
        "https://antai.gouv.fr.example.com/",
        "https://example.com/antai.gouv.fr",
        "https://fauxantai.gouv.fr/",
        "https://antai.gouv.fr-paiement.com/",
        "https://antai-gouv.fr/",
        "https://gouv.fr/",
        "https://www.gouv.fr/",
        "https://.antai.gouv.fr/",
        "https://antai.gouv.fr../",
        "http://antai.gouv.fr/",
        "ftp://antai.gouv.fr/",
        "https://antai.gouv.fr@example.com/",
        "https://antai.gouv.fr:pass@example.com/",
        "https://user@antai.gouv.fr/",
        "https://user:pass@antai.gouv.fr/",
        "https://antai.gouv.fr:8443/",
        "https://antai.gouv.fr:80/",
        "https://аntai.gouv.fr/",
        "https://xn--ntai-63d.gouv.fr/",
        "https://antai.gouv.fr%2eexample.com/",
        "https://example.com\\@antai.gouv.fr/",
        "https://1.2.3.4/",
        "https://[::1]/",
        "javascript:alert(1)//antai.gouv.fr",
        "data:text/html,antai.gouv.fr",
        "blob:https://antai.gouv.fr/1",
        "//antai.gouv.fr/",
        "antai.gouv.fr",
        "",
    ] {
        assert!(!catalogue.allows(amende, bad), "{bad}");
    }
}

#[test]
fn a_demarche_may_not_open_the_sites_of_another() {
    let catalogue = catalogue();
    assert!(catalogue.allows(DemarcheId(2), "https://wwwd.caf.fr/"));
    assert!(!catalogue.allows(DemarcheId(0), "https://wwwd.caf.fr/"));
    assert!(!catalogue.allows(DemarcheId(99), "https://wwwd.caf.fr/"));
}

#[test]
fn the_host_rule_agrees_with_the_address_rule() {
    let site = Domain::parse("caf.fr").unwrap();
    for good in [
        "caf.fr",
        "CAF.fr",
        "connect.caf.fr",
        "a.b.caf.fr",
        "caf.fr.",
    ] {
        assert!(site.matches(good), "{good}");
    }
    for bad in [
        "",
        ".",
        "fr",
        "af.fr",
        "xcaf.fr",
        ".caf.fr",
        "caf.fr..",
        "caf.fr.example.com",
        "é.fr",
    ] {
        assert!(!site.matches(bad), "{bad}");
    }
}

#[test]
fn a_site_is_written_plainly() {
    for good in [
        "caf.fr",
        "aidejuridictionnelle.justice.fr",
        "service-public.gouv.fr",
    ] {
        assert_eq!(Domain::parse(good).unwrap().as_str(), good);
    }
    for (bad, error) in [
        ("", DomainError::NotAHost),
        ("https://caf.fr", DomainError::NotAHost),
        ("caf.fr/", DomainError::NotAHost),
        ("CAF.fr", DomainError::NotAHost),
        ("*.caf.fr", DomainError::NotAHost),
        (".caf.fr", DomainError::NotAHost),
        ("caf.fr.", DomainError::NotAHost),
        ("caf..fr", DomainError::NotAHost),
        ("-caf.fr", DomainError::NotAHost),
        ("xn--cf-9ia.fr", DomainError::NotAHost),
        ("câf.fr", DomainError::NotAHost),
        ("192.168.1.1", DomainError::NotAHost),
        ("caf.fr:443", DomainError::NotAHost),
        ("fr", DomainError::TooBroad),
        ("localhost", DomainError::TooBroad),
        ("gouv.fr", DomainError::TooBroad),
    ] {
        assert_eq!(Domain::parse(bad), Err(error), "{bad}");
    }
}

fn found(query: &str) -> Vec<String> {
    let catalogue = catalogue();
    let found = catalogue.search(query);
    found.iter().map(|demarche| demarche.key.clone()).collect()
}

#[test]
fn search_ignores_accents_case_and_order() {
    assert_eq!(found("rsa"), ["rsa"]);
    assert_eq!(found("  RSA ! "), ["rsa"]);
    assert_eq!(found("SOLIDARITE revenu"), ["rsa"]);
    assert_eq!(found("coeur"), ["rsa"]);
    assert_eq!(found("Cœur"), ["rsa"]);
    assert_eq!(found("vehicule"), ["amende", "permis", "rsa"]);
    assert_eq!(found("english conduire"), ["permis"]);
    assert_eq!(found("zzz"), Vec::<String>::new());
    assert_eq!(found(" . "), Vec::<String>::new());
}

#[test]
fn a_label_comes_before_an_alias() {
    assert_eq!(found("permis"), ["permis", "amende"]);
}

#[test]
fn closed_lists_read_back_their_own_names() {
    for operator in Operator::ALL {
        assert_eq!(Operator::from_name(operator.name()), Some(*operator));
    }
    for thematique in Thematique::ALL {
        assert_eq!(Thematique::from_name(thematique.name()), Some(*thematique));
    }
    assert_eq!(Operator::from_name("autres"), None);
}

proptest! {
    #[test]
    fn nothing_from_outside_panics(text in ".*") {
        let catalogue = catalogue();
        let _ = catalogue.search(&text);
        let _ = catalogue.allows(DemarcheId(0), &text);
        if let Ok(domain) = Domain::parse(&text) {
            prop_assert!(domain.matches(&text));
            let below = format!("www.{text}");
            prop_assert!(domain.matches(&below));
        }
    }

    #[test]
    fn what_follows_a_site_is_another_site(tail in "[a-z0-9.-]{1,20}") {
        let site = Domain::parse("antai.gouv.fr").unwrap();
        let host = format!("antai.gouv.fr.{tail}");
        // Only a tail that is the site itself brings it back.
        prop_assert_eq!(site.matches(&host), host.strip_suffix('.').unwrap_or(&host).ends_with(".antai.gouv.fr") );
    }
}
