//! What leaves: the same text comes back, nothing else does, and its words are those of La Coop.

use super::*;
use crate::usage::release::Release;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_csv_comes_back(book in quarter(80), which in 0usize..4) {
        let period: Period = ["2026-10", "2026-11", "2026-12", "2026-T4"][which].parse().unwrap();
        let release = Release::primary(&book, period, 11);
        let text = csv("lieu-1", &release);
        prop_assert_eq!(read_csv(&text), Ok(("lieu-1".to_owned(), release)));
    }

    #[test]
    fn noise_is_no_export(text in "[ -~\n]{0,300}") {
        prop_assert!(read_csv(&text).is_err());
    }

    #[test]
    fn a_changed_export_is_no_export_or_another_one(
        book in quarter(40),
        at in any::<prop::sample::Index>(),
        byte in b' '..b'~',
    ) {
        let text = csv("lieu-1", &Release::primary(&book, "2026-11".parse().unwrap(), 11));
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        if let Ok((place, release)) = read_csv(&changed) {
            prop_assert_eq!(csv(&place, &release), changed);
        }
    }
}

/// Rows of the vocabulary of exports, odd ones among them.
fn almost() -> impl Strategy<Value = String> {
    let place = prop::sample::select(vec!["lieu-1", "", "autre"]);
    let period = prop::sample::select(vec!["2026-11", "2026-T4", "2026-99", ""]);
    let threshold = prop::sample::select(vec!["11", "5", "0", "-1", "99999999999"]);
    let list = prop::sample::select(vec!["visites", "mode", "operateur", "effacement", ""]);
    let value = prop::sample::select(vec!["autonome", "cnaf", "ok", ""]);
    let status = vec![
        "exact",
        "masque",
        "moins_que_seuil",
        "arrondi_5",
        "bruit_epsilon_1",
        "",
    ];
    let status = prop::sample::select(status);
    let count = prop::sample::select(vec!["", "12", "0", "4294967295", "99999999999", "1e9"]);
    let row = (
        place,
        period,
        threshold,
        list.clone(),
        value.clone(),
        (list, value, status, count),
    )
        .prop_map(|(a, b, c, d, e, (f, g, h, i))| format!("{a},{b},{c},{d},{e},{f},{g},{h},{i}\n"));
    prop::collection::vec(row, 0..8).prop_map(|rows| rows.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_read_is_what_would_leave(rows in almost()) {
        let header = "lieu_id,periode,seuil,dimension,valeur,dimension_2,valeur_2,statut,nombre";
        let opening = "lieu-1,2026-11,11,visites,,,,arrondi_5,230\n";
        for text in [format!("{header}\n{rows}"), format!("{header}\n{opening}{rows}")] {
            if let Ok((place, release)) = read_csv(&text) {
                prop_assert_eq!(csv(&place, &release), text);
            }
        }
    }
}

#[test]
fn the_json_speaks_as_la_coop_does() {
    let mut book = Book::new(month("2026-10"));
    for _ in 0..30 {
        book.count(&super::trace::alone(), month("2026-10"), &pairs());
    }
    book.written = month("2027-01");
    let rules = Thresholds::default();
    let release = for_export(&book, "2026-10".parse().unwrap(), rules, &[]).unwrap();
    let value = json("Coop-numerique_42", &release);
    assert_eq!(value["lieu_id"], "Coop-numerique_42");
    assert_eq!(value["periode"], "2026-10");
    assert_eq!(value["activites"]["type"], "individuel");
    let names = |key: &str| -> Vec<String> {
        let list = value["marges"][key].as_array().unwrap();
        list.iter()
            .map(|one| one["valeur"].as_str().unwrap().to_owned())
            .collect()
    };
    let autonomie = [
        "autonome",
        "partiellement_autonome",
        "entierement_accompagne",
    ];
    assert_eq!(names("autonomie"), autonomie);
    for theme in [
        "papiers_elections_citoyennete",
        "argent_impots",
        "email",
        "securite_numerique",
    ] {
        assert!(names("thematiques").contains(&theme.to_owned()), "{theme}");
    }
    for to in [
        "operateur_ou_organisme_en_charge",
        "mediation_numerique",
        "aide_sociale",
    ] {
        assert!(
            names("structure_de_redirection").contains(&to.to_owned()),
            "{to}"
        );
    }
}
