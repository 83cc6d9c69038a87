#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::wording::{Lang, Wording};

const STATION: &str = include_str!("../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");

/// The report of the shipped station with one change; the change must be possible.
fn station_with(from: &str, to: &str) -> String {
    assert!(STATION.contains(from), "the shipped file has {from:?}");
    report(Config::from_texts(
        &STATION.replacen(from, to, 1),
        DEMARCHES,
    ))
}

fn demarches_with(from: &str, to: &str) -> String {
    assert!(DEMARCHES.contains(from), "the shipped file has {from:?}");
    report(Config::from_texts(
        STATION,
        &DEMARCHES.replacen(from, to, 1),
    ))
}

fn report(config: Result<Config, ConfigError>) -> String {
    config
        .expect_err("the change breaks it")
        .report(&Wording::embedded(), Lang::Fr, false)
}

#[test]
fn the_shipped_configuration_is_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    for config in [Config::load(&folder), Config::embedded()] {
        let config = config.unwrap_or_else(|error| panic!("{}", report(Err(error))));
        assert_eq!(config.catalogue.demarches().len(), 34);
        assert_eq!(config.catalogue.groups().len(), 10);
        assert_eq!(config.languages, Lang::ALL);
        assert_eq!(config.keyboard.layout(), "fr");
        assert_eq!(config.timers.idle_visit.as_secs(), 600);
    }
}

#[test]
fn every_shipped_tile_leads_somewhere_and_every_text_is_bilingual() {
    let config = Config::embedded().unwrap();
    for group in config.catalogue.groups() {
        assert!(
            config.catalogue.in_group(group.id).count() > 0,
            "{}",
            group.key
        );
        assert!(group.label.every().count() >= Lang::WHOLE.len());
    }
    for demarche in config.catalogue.demarches() {
        assert!(demarche.label.every().count() >= Lang::WHOLE.len());
        assert!(
            config
                .catalogue
                .allows(demarche.id, demarche.start.as_str())
        );
    }
}

#[test]
fn only_what_is_not_said_takes_its_default() {
    let short = "[place]\nname = \"Ici\"\ncontact.fr = \"l'accueil\"\ndpo = \"dpd\"\n\
                 [help]\nroles = [{ fr = \"Aidant\" }]\n";
    let config = Config::from_texts(short, "").unwrap();
    assert_eq!(config.timers.question.as_secs(), 90);
    assert_eq!(config.network_journal, NetworkJournal::Inconnu);
    assert_eq!(config.browsers.second, BrowserKind::Chromium);
    assert_eq!(config.place.contact.get(Lang::En), "l'accueil");
}

#[test]
fn an_unknown_key_is_shown_with_its_nearest() {
    insta::assert_snapshot!(station_with("idle_before_seconds", "idle_befor_seconds"), @r"
 × La clé « idle_befor_seconds » n’existe pas ici.
   ╭─[station.toml:40:1]
39 │ # Personne ne touche l'écran avant la démarche : retour à l'accueil (30 à 600).
40 │ idle_befor_seconds = 90
   · ──────────────────
41 │ # Personne ne touche rien pendant la démarche : question « Êtes-vous toujours là ? » (2 à 60).
   ╰────
 help: Vouliez-vous écrire « idle_before_seconds » ? Permis : idle_before_seconds,
       idle_visit_minutes, idle_warning_seconds, question_seconds, pause_minutes,
       farewell_seconds, visit_minutes, visit_limit.
");
}

#[test]
fn several_mistakes_are_found_at_once() {
    let broken = STATION
        .replacen("question_seconds = 90", "question_seconds = 5", 1)
        .replacen(
            "journal = \"operateur_externe\"",
            "journal = \"operateur\"",
            1,
        )
        .replacen("second = \"chromium\"", "second = \"firefox\"", 1);
    let error = Config::from_texts(&broken, DEMARCHES).unwrap_err();
    let lines = error.lines(&Wording::embedded(), Lang::En).join("\n");
    insta::assert_snapshot!(lines, @r"
station.toml:46:20 — 5 is not between 30 and 300. Write a whole number from 30 to 300.
station.toml:75:10 — The second browser is the same as the first. Write the other one: firefox or chromium.
station.toml:80:11 — “operateur” is not an allowed value. Allowed: operateur_externe, aucun_declare, inconnu.
");
}

#[test]
fn a_wrong_kind_is_shown() {
    insta::assert_snapshot!(station_with("pause_minutes = 5", "pause_minutes = \"cinq\""), @r#"
 × Cette valeur n’est pas du genre attendu : invalid type: string "cinq", expected i64.
   ╭─[station.toml:48:17]
47 │ # « Je reviens » (1 à 30).
48 │ pause_minutes = "cinq"
   ·                 ──────
49 │ # L'écran « Avant de partir » (30 à 900).
   ╰────
 help: Un texte s’écrit entre guillemets, un nombre et true ou false sans guillemets.
"#);
}

#[test]
fn broken_toml_is_shown() {
    insta::assert_snapshot!(station_with("[timers]", "[timers"), @r"
 × L’écriture n’est pas correcte : unclosed table, expected `]`.
   ╭─[station.toml:38:8]
37 │ 
38 │ [timers
   ·        ▲
39 │ # Personne ne touche l'écran avant la démarche : retour à l'accueil (30 à 600).
   ╰────
 help: Corrigez cette ligne : guillemets, signe =, crochets.
");
}

#[test]
fn a_missing_value_is_shown() {
    insta::assert_snapshot!(station_with("dpo = \"dpd@estran.example\"", ""), @r#"
 × Il manque « dpo ».
   ╭─[station.toml:14:1]
13 │ 
14 │ [place]
   · ───────
15 │ name = "France services de l’Estran"
   ╰────
 help: Ajoutez « dpo » à cet endroit ; le fichier d’origine montre comment.
"#);
}

#[test]
fn a_look_alike_start_is_refused() {
    insta::assert_snapshot!(
        demarches_with("https://www.antai.gouv.fr/", "https://antai.gouv.fr.example.com/"),
        @r#"
 × L’adresse de départ n’est sur aucun des sites de la démarche.
    ╭─[demarches.toml:438:9]
437 │ thematique = "argent_impots"
438 │ start = "https://antai.gouv.fr.example.com/"
    ·         ────────────────────────────────────
439 │ domains = ["antai.gouv.fr", "usagers.antai.gouv.fr", "amendes.gouv.fr"]
    ╰────
 help: Ajoutez son site à « domains », ou corrigez l’adresse.
"#
    );
}

#[test]
fn an_unknown_operator_and_document_are_shown() {
    insta::assert_snapshot!(demarches_with("operator = \"justice\"", "operator = \"justise\""), @r#"
 × « justise » n’est pas une valeur permise.
    ╭─[demarches.toml:447:12]
446 │ group = "justice"
447 │ operator = "justise"
    ·            ─────────
448 │ thematique = "justice"
    ╰────
 help: Vouliez-vous écrire « justice » ? Permis : dgfip, cnaf, cnam, cnav, agirc_arrco,
       ccmsa, france_travail, la_poste, france_titres, justice, energie, anah, urssaf, autre.
"#);
    insta::assert_snapshot!(
        demarches_with("documents = [\"attestation-employeur\"", "documents = [\"attestation-employer\""),
        @r#"
 × « attestation-employer » n’est pas une valeur permise.
    ╭─[demarches.toml:263:14]
262 │ domains = ["francetravail.fr", "candidat.francetravail.fr"]
263 │ documents = ["attestation-employer", "numero-de-securite-sociale", "cv", "rib"]
    ·              ──────────────────────
264 │ aliases = ["pôle emploi", "chômage", "anpe"]
    ╰────
 help: Vouliez-vous écrire « attestation-employeur » ?
"#
    );
}

#[test]
fn one_mistake_in_a_group_is_one_sentence() {
    let broken = DEMARCHES.replacen("pictogram = \"bank\"", "pictogram = \"bnak\"", 1);
    let error = Config::from_texts(STATION, &broken).unwrap_err();
    let lines = error.lines(&Wording::embedded(), Lang::En);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("bnak"), "{lines:?}");
}

#[test]
fn hidden_characters_are_refused() {
    for hidden in ["\u{202e}", "\u{2066}", "\\u0000", "\\n"] {
        let broken = STATION.replacen("France services de", &format!("France{hidden}de"), 1);
        let error = Config::from_texts(&broken, DEMARCHES).unwrap_err();
        let problems: Vec<_> = error.findings.iter().map(|f| &f.problem).collect();
        assert_eq!(problems, [&Problem::ControlCharacter], "{hidden:?}");
    }
}

#[test]
fn every_key_of_the_raw_types_is_in_the_shipped_file() {
    // The shipped file is the documentation that people read: it leaves no setting out.
    for key in [
        raw::keys_of::<raw::RawPlace>(),
        raw::keys_of::<raw::RawTimers>(),
        raw::keys_of::<raw::RawHelp>(),
        raw::keys_of::<raw::RawBrowsers>(),
        raw::keys_of::<raw::RawNetwork>(),
        raw::keys_of::<raw::RawScreen>(),
        raw::keys_of::<raw::RawKeyboard>(),
        raw::keys_of::<raw::RawStatistics>(),
        raw::keys_of::<raw::RawSession>(),
        raw::keys_of::<raw::RawOpening>(),
        raw::keys_of::<raw::RawSites>(),
        raw::keys_of::<raw::RawPrinter>(),
        raw::keys_of::<raw::RawUsb>(),
        raw::keys_of::<raw::RawHealth>(),
        raw::keys_of::<raw::RawStation>(),
    ]
    .concat()
    {
        assert!(STATION.contains(key), "{key} is missing from station.toml");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_for_staff() {
    let error = Config::load(Path::new("/nowhere/at/all")).unwrap_err();
    insta::assert_snapshot!(error.lines(&Wording::embedded(), Lang::Fr).join("\n"), @r"
/nowhere/at/all/demarches.toml — Le fichier n’existe pas. Vérifiez que le fichier existe et que l’utilisateur « estran » peut le lire.
/nowhere/at/all/station.toml — Le fichier n’existe pas. Vérifiez que le fichier existe et que l’utilisateur « estran » peut le lire.
");
}

#[test]
fn a_house_changes_one_sentence_and_breaks_another() {
    let folder = tempfile::tempdir().unwrap();
    let french = folder.path().join("wording/fr");
    write(&folder.path().join("station.toml"), STATION.as_bytes());
    write(&folder.path().join("demarches.toml"), DEMARCHES.as_bytes());
    fs::create_dir_all(&french).unwrap();
    write(&french.join("house.ftl"), b"welcome-lead = Notre phrase\n");
    let config = Config::load(folder.path()).unwrap();
    assert_eq!(
        config.wording.text(Lang::Fr, "welcome-lead"),
        "Notre phrase"
    );
    assert_ne!(
        config.wording.text(Lang::En, "welcome-lead"),
        "Notre phrase"
    );

    write(
        &french.join("house.ftl"),
        b"a = b\nwelcome-lead Notre phrase\n",
    );
    let error = Config::load(folder.path()).unwrap_err();
    assert!(
        error.findings[0].place().ends_with("fr/house.ftl:2:14"),
        "{}",
        error.findings[0].place()
    );
}

#[test]
fn a_file_that_is_not_text_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("station.toml"), b"name = \"\xff\"");
    write(&folder.path().join("demarches.toml"), DEMARCHES.as_bytes());
    let error = Config::load(folder.path()).unwrap_err();
    let problems: Vec<_> = error.findings.iter().map(|f| &f.problem).collect();
    assert_eq!(problems, [&Problem::NotUtf8]);

    write(&folder.path().join("station.toml"), STATION.as_bytes());
    fs::create_dir_all(folder.path().join("wording/en")).unwrap();
    write(&folder.path().join("wording/en/house.ftl"), b"a = \xff");
    let error = Config::load(folder.path()).unwrap_err();
    let problems: Vec<_> = error.findings.iter().map(|f| &f.problem).collect();
    assert_eq!(problems, [&Problem::NotUtf8]);
}

#[test]
fn a_file_that_is_no_file_or_far_too_long_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("station.toml")).unwrap();
    write(&folder.path().join("demarches.toml"), &vec![b'#'; 2 << 20]);
    let error = Config::load(folder.path()).unwrap_err();
    let problems: Vec<_> = error.findings.iter().map(|f| &f.problem).collect();
    assert_eq!(
        problems,
        [
            &Problem::TooLongFile,
            &Problem::Unreadable(std::io::ErrorKind::InvalidInput)
        ]
    );
}

#[allow(clippy::disallowed_methods, reason = "a test writes its own files")]
fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

/// The words of the files, which arbitrary text would hardly ever hit.
fn fragments() -> impl Strategy<Value = String> {
    let words = [
        "[place]",
        "[[demarche]]",
        "[document]",
        "key",
        "fr",
        "start",
        "languages",
        "=",
        "=",
        "\n",
        "\n",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\"https://caf.fr\"",
        "\"é\"",
        "-1",
        "9223372036854775807",
        "1e9",
        "true",
        ".",
        ",",
        "\u{202e}",
        "timers.pause_minutes = 3",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40)
        .prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn arbitrary_files_never_panic(station in ".*", demarches in ".*") {
        if let Err(error) = Config::from_texts(&station, &demarches) {
            prop_assert!(!error.report(&Wording::embedded(), Lang::En, false).is_empty());
        }
    }

    #[test]
    fn arbitrary_fragments_never_panic(station in fragments(), demarches in fragments()) {
        if let Err(error) = Config::from_texts(&station, &demarches) {
            let words = Wording::embedded();
            prop_assert_eq!(error.lines(&words, Lang::Fr).len(), error.findings.len());
            prop_assert!(!error.report(&words, Lang::Fr, true).is_empty());
        }
    }

    #[test]
    fn a_shipped_file_with_a_hole_never_panics(at in 0usize..DEMARCHES.len(), length in 1usize..40) {
        let broken: String = DEMARCHES
            .char_indices()
            .filter(|(index, _)| !(at..at + length).contains(index))
            .map(|(_, character)| character)
            .collect();
        if let Err(error) = Config::from_texts(STATION, &broken) {
            prop_assert!(!error.report(&Wording::embedded(), Lang::Fr, false).is_empty());
        }
    }
}
