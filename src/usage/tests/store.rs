//! The file: every book comes back, no other bytes do.

use super::*;
use crate::usage::store::{Unreadable, read, write};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_book_comes_back(book in quarter(60)) {
        prop_assert_eq!(read(&write(&book)), Ok(book));
    }

    #[test]
    fn a_changed_byte_never_passes(
        book in quarter(20),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = write(&book);
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn a_cut_never_passes(book in quarter(20), at in any::<prop::sample::Index>()) {
        let bytes = write(&book);
        let at = at.index(bytes.len());
        prop_assert!(read(&bytes[..at]).is_err());
    }

    #[test]
    fn noise_is_no_store(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn noise_behind_a_good_beginning_is_no_store(
        version in 1u8..4,
        rows in "[0-9T,a-z_\n-]{0,300}",
    ) {
        let mois = if version == 1 { "" } else { " mois=2026-12" };
        let text = format!("# estran-statistiques version={version}{mois}\n{rows}");
        prop_assert!(read(text.as_bytes()).is_err());
    }
}

/// Rows of the vocabulary of a store, in any order, with odd ones among them.
fn almost() -> impl Strategy<Value = String> {
    let period = prop::sample::select(vec!["2026-11", "2026-12", "2026-T4", "2026-T5", "", "x"]);
    let list = prop::sample::select(vec!["mode", "issue", "effacement", "visites", ""]);
    let value = prop::sample::select(vec!["autonome", "terminee", "ok", "echec", "", "\u{e9}"]);
    let count = prop::sample::select(vec![
        "1",
        "2",
        "0",
        "01",
        "-1",
        "1000001",
        "99999999999",
        "",
    ]);
    let row = (period, list.clone(), value.clone(), list, value, count)
        .prop_map(|(a, b, c, d, e, f)| format!("{a},{b},{c},{d},{e},{f}\n"));
    prop::collection::vec(row, 0..12).prop_map(|rows| rows.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Also under a checksum that fits, as somebody would write it who knows how.
    #[test]
    fn what_is_read_is_what_would_be_written(rows in almost(), first in 0usize..3) {
        let first = ["# estran-statistiques version=2 mois=2026-12",
            "# estran-statistiques version=1", "# estran-statistiques version=2 mois=2026-13"][first];
        for header in ["periode,dimension,valeur,dimension_2,valeur_2,nombre",
            "periode,dimension,valeur,nombre"] {
            let body = format!("{first}\n{header}\n{rows}");
            let text = format!("{body}{}", crate::usage::store::checksum(&body));
            if let Ok(book) = read(text.as_bytes()) {
                prop_assert_eq!(read(&write(&book)), Ok(book));
            }
        }
    }
}

#[test]
fn every_unreadable_file_has_its_reason() {
    let book = {
        let mut book = Book::new(month("2026-12"));
        book.count(&super::trace::alone(), month("2026-12"), &pairs());
        book
    };
    let text = String::from_utf8(write(&book)).unwrap();
    let signed = |text: &str| {
        let body = &text[..text.rfind("# sha256").unwrap()];
        format!("{body}{}", crate::usage::store::checksum(body))
    };
    assert_eq!(read(signed(&text).as_bytes()), Ok(book));
    let cases = [
        (vec![0xff, 0xfe], Unreadable::Text),
        (Vec::new(), Unreadable::First),
        (
            text.replace("version=2", "version=3").into_bytes(),
            Unreadable::Later,
        ),
        (
            text.replace(",1\n", ",2\n").into_bytes(),
            Unreadable::Checksum,
        ),
        (
            signed(&text.replace("mode,autonome,,,1", "mode,autonome,,,2")).into_bytes(),
            Unreadable::Sums(Period::Month(month("2026-12"))),
        ),
        (
            signed(&text.replace("mode,autonome", "mode,Mme Dupont")).into_bytes(),
            Unreadable::Row(3),
        ),
        (
            vec![b' '; crate::usage::store::LARGEST + 1],
            Unreadable::Large,
        ),
    ];
    for (bytes, why) in cases {
        assert_eq!(read(&bytes), Err(why));
    }
}

#[test]
fn a_store_of_version_1_is_taken_over() {
    let old = "# estran-statistiques version=1\nperiode,dimension,valeur,nombre\n".to_owned();
    let rows = [
        "mode,autonome",
        "posture,sans_objet",
        "thematique,logement",
        "operateur,cnaf",
    ]
    .into_iter()
    .chain(["duree,lt30", "issue,terminee", "orientation,sans_objet"])
    .chain(["consentement,non_demande", "fin,usager", "effacement,ok"]);
    let old = rows.fold(old, |text, row| text + "2026-10," + row + ",3\n");
    let book = read(old.as_bytes()).unwrap();
    assert_eq!(book.visits(month("2026-10")), 3);
    assert!(
        !book.is_closed(month("2026-10")),
        "nobody knows whether it is complete"
    );
    let new = write(&book);
    assert!(new.starts_with(b"# estran-statistiques version=2 "));
    assert_eq!(read(&new), Ok(book));
}
