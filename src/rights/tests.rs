#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;

use super::*;

const SMALL: &str = "date = 2026-11-25\nnote = Demandez.\n\n# Un thème\n\n## Lire ?\nseulement si : \
                     elle est là.\n- Une raison.\nsource : Une loi\n";

fn wrongs(text: &str) -> Vec<(usize, Wrong)> {
    let mistakes = Rights::parse(text).expect_err("a mistake");
    for mistake in &mistakes {
        assert!(text.get(mistake.span.clone()).is_some(), "{mistake:?}");
    }
    mistakes
        .into_iter()
        .map(|each| (each.line, each.wrong))
        .collect()
}

#[test]
fn the_sheet_of_the_house_is_right_and_has_its_twenty_questions() {
    let rights = Rights::parse(EMBEDDED).unwrap();
    assert_eq!(rights.questions().count(), 20);
    assert!(rights.topics.len() >= 4 && rights.note.contains("DPO"));
    assert!(rights.note.contains("pas un conseil juridique"));
    for answer in [Answer::Yes, Answer::No, Answer::OnlyIf] {
        assert!(rights.questions().any(|(_, each)| each.answer == answer));
    }
    let rank = |query| rights.search(query);
    let first = |query| rights.question(rank(query)[0]).unwrap().asks.clone();
    assert!(first("mot passe").contains("mot de passe"));
    assert!(first("payer").starts_with("Payer"));
    assert!(first("tutelle").contains("protégée"), "by its reasons");
    assert_eq!(rank("  "), []);
    assert_eq!(rank("xyzzy"), []);
}

#[test]
fn a_sheet_is_read_as_it_is_written() {
    let rights = Rights::parse(SMALL).unwrap();
    assert_eq!(rights.date.to_string(), "25/11/2026");
    let question = rights.question((0, 0)).unwrap();
    assert_eq!(question.answer, Answer::OnlyIf);
    assert_eq!(question.short, "elle est là.");
    assert_eq!(question.why, ["Une raison."]);
    assert_eq!(question.sources, ["Une loi"]);
    assert_eq!(rights.question((0, 1)), None);
    // As a French keyboard with no-break spaces, or Windows, writes it.
    let other = SMALL.replace(" : ", "\u{a0}: ").replace('\n', "\r\n");
    assert_eq!(Rights::parse(&other).unwrap(), rights);
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let with = |from: &str, to: &str| {
        assert!(SMALL.contains(from));
        wrongs(&SMALL.replace(from, to))
    };
    assert_eq!(
        with("- Une", "* Une"),
        [(6, Wrong::Missing("- …")), (8, Wrong::Form)]
    );
    assert_eq!(
        with("seulement si :", "peut-être :")[0].1,
        Wrong::Missing("oui : … / non : … / seulement si : …")
    );
    assert_eq!(with("2026-11-25", "2026-02-29"), [(1, Wrong::Day)]);
    assert_eq!(
        with("date = 2026-11-25\n", ""),
        [(1, Wrong::Missing("date = …"))]
    );
    assert_eq!(
        with("source : Une loi\n", ""),
        [(6, Wrong::Missing("source : …"))]
    );
    assert_eq!(
        with("# Un thème\n", "\n"),
        [(1, Wrong::Missing("# …")), (6, Wrong::Place)]
    );
    assert_eq!(
        with("- Une", "non : rien\n- Une")[0],
        (8, Wrong::Twice("oui, non, seulement si"))
    );
    assert_eq!(with("Lire ?", "Li\u{202e}re ?"), [(6, Wrong::Control)]);
    assert_eq!(with("Lire ?", &"x".repeat(121)), [(6, Wrong::Length(120))]);
    assert_eq!(with("Une loi", "Une loi\n<b>gras</b>"), [(10, Wrong::Form)]);
    assert_eq!(
        with("Une loi", "Une loi\nnote = encore"),
        [(10, Wrong::Place)]
    );
    let long = format!("{SMALL}{}", "- Encore.\n".repeat(6));
    assert_eq!(wrongs(&long), [(15, Wrong::Count(6))]);
    assert_eq!(wrongs("").len(), 3);
    // Somebody's letter is told in a few lines, not in a thousand.
    assert_eq!(wrongs(&"Bonjour,\n".repeat(1000)).len(), 20);
}

#[test]
fn only_days_of_the_calendar_are_days() {
    assert!(Day::new(2028, 2, 29).is_some() && Day::new(2100, 2, 29).is_none());
    assert!(Day::new(2026, 4, 31).is_none() && Day::new(2026, 13, 1).is_none());
    assert!(Day::new(1999, 1, 1).is_none() && Day::new(2026, 1, 0).is_none());
}

proptest! {
    /// Whatever the bytes: a sheet or mistakes, each in its line, and no panic.
    #[test]
    fn any_text_is_a_sheet_or_a_few_mistakes(text in ".{0,400}") {
        if let Err(mistakes) = Rights::parse(&text) {
            prop_assert!(!mistakes.is_empty() && mistakes.len() <= 24);
        }
    }

    /// Lines of the known forms in any order; what is taken keeps its promises.
    #[test]
    fn lines_in_any_order_never_make_a_sheet_with_a_hole(
        picks in prop::collection::vec((0..9_usize, "[a-zé ?\u{202e}]{0,9}"), 0..40)
    ) {
        let marks = ["# ", "## ", "oui : ", "non : ", "seulement si : ", "- ", "source : ", "//", ""];
        let mut text = String::from("date = 2026-11-25\nnote = n\n");
        for (mark, rest) in picks {
            text.extend([marks[mark], &rest, "\n"]);
        }
        match Rights::parse(&text) {
            Ok(rights) => {
                prop_assert!(!rights.topics.is_empty());
                for topic in &rights.topics {
                    prop_assert!(!topic.title.is_empty() && !topic.questions.is_empty());
                    for each in &topic.questions {
                        prop_assert!(!each.asks.is_empty() && !each.short.is_empty());
                        prop_assert!(!each.why.is_empty() && !each.sources.is_empty());
                    }
                }
            }
            Err(mistakes) => {
                let lines = text.lines().count().max(1);
                for each in &mistakes {
                    prop_assert!(each.line >= 1 && each.line <= lines);
                    prop_assert!(text.get(each.span.clone()).is_some());
                }
            }
        }
    }
}
