//! The papers of a visit: for whom, when, and what leaves the screen for them.

use super::*;
use crate::custodian::{Command, Printer, Stick};
use crate::guardian::Word;
use crate::shell::screen::farewell::papers::Offer;

fn name(play: &Play) -> &'static str {
    play.screen.name(&play.model)
}

/// A press of this control, and what it led to.
fn press(play: &mut Play, id: &str) -> Action {
    let message = play.click(id).pop().expect(id);
    play.say(message)
}

fn is_there(play: &mut Play, id: &str) -> bool {
    play.found().iter().any(|found| found.facts.id == id)
}

#[test]
fn for_a_minor_or_a_protected_adult_nothing_leaves_the_screen() {
    let mut play = Play::new(question(ticket(), true));
    assert!(matches!(press(&mut play, "consent.paper"), Action::Nothing));
    assert_eq!(name(&play), "paper-whom");
    for whom in ["consent.whom.minor", "consent.whom.protected"] {
        let led = press(&mut play, whom);
        assert!(matches!(led, Action::Nothing), "{whom}: {led:?}");
        assert_eq!(name(&play), "paper-elsewhere", "{whom}");
        assert!(!is_there(&mut play, "consent.paper.print"), "{whom}");
        press(&mut play, "consent.paper.back");
        assert_eq!(name(&play), "paper-whom");
    }
    // The control: for an adult a mandate is made, once.
    let Action::Tell(Word::Mandate(paper)) = press(&mut play, "consent.whom.adult") else {
        panic!("no mandate")
    };
    assert!(paper.pdf.starts_with(b"%PDF-"));
    assert_eq!(name(&play), "paper-made");
    press(&mut play, "consent.paper.back");
    assert_eq!(name(&play), "consent");
    press(&mut play, "consent.paper");
    assert_eq!(name(&play), "paper-made", "nobody is asked twice");
    // The answer goes with the question.
    play.model.published.view = question(sample_visit::ticket(2).unwrap(), true);
    press(&mut play, "consent.paper");
    assert_eq!(name(&play), "paper-whom");
}

#[test]
fn the_mandate_is_printed_once_it_lies_with_the_documents() {
    let mut play = Play::new(question(ticket(), true));
    press(&mut play, "consent.paper");
    press(&mut play, "consent.whom.adult");
    assert!(!play.get("consent.paper.print").facts.enabled);
    play.model.published.documents = sample_visit::documents();
    assert!(!play.get("consent.paper.print").facts.enabled, "others");
    play.model.published.documents.push(sample_visit::mandate());
    let led = press(&mut play, "consent.paper.print");
    let Action::Take(Command::Print(id)) = led else {
        panic!("{led:?}")
    };
    assert_eq!(id, sample_visit::mandate().id);
    play.model.published.documents[2].printing = true;
    assert!(!play.get("consent.paper.print").facts.enabled, "under way");
}

#[test]
fn escape_leaves_the_paper_and_never_the_question() {
    let mut play = Play::new(question(ticket(), true));
    assert!(play.screen.back(&play.model).is_none());
    press(&mut play, "consent.paper");
    press(&mut play, "consent.whom.minor");
    for expected in ["paper-whom", "consent"] {
        let back = play.screen.back(&play.model).expect("a way back");
        assert!(matches!(play.say(back), Action::Nothing));
        assert_eq!(name(&play), expected);
    }
    assert!(play.screen.back(&play.model).is_none());
}

#[test]
fn without_a_printer_no_paper_is_made_and_that_is_said() {
    let mut play = Play::new(question(ticket(), true));
    play.model.published.printer = Printer::None;
    assert!(matches!(press(&mut play, "consent.paper"), Action::Nothing));
    assert_eq!(name(&play), "paper-no-printer");
    let adult = consent::Message::PaperFor(ticket(), consent::Whom::Adult);
    assert!(matches!(play.say(answer(adult)), Action::Nothing));
    let aloud = play.screen.spoken(&play.model).join(" ");
    let contact = play.model.read(&play.model.config.place.contact).to_owned();
    assert!(aloud.contains(&contact), "{aloud}");
}

#[test]
fn before_leaving_a_summary_is_for_those_who_were_helped() {
    let view = View::Farewell(sample_visit::farewell(ticket()));
    let mut play = Play::new(view);
    assert!(is_there(&mut play, "farewell.memo"));
    assert!(!is_there(&mut play, "farewell.summary"), "nobody helped");
    play.model.published.given = Some(sample_visit::given());
    for (id, offer) in [
        ("farewell.summary", Offer::Summary),
        ("farewell.memo", Offer::Memo),
    ] {
        let led = press(&mut play, id);
        let Action::Take(Command::PrintPaper(paper)) = led else {
            panic!("{offer:?}: {led:?}")
        };
        assert!(paper.pdf.starts_with(b"%PDF-"), "{offer:?}");
    }
    play.model.published.printer = Printer::None;
    for id in ["farewell.summary", "farewell.memo"] {
        assert!(!is_there(&mut play, id), "{id} without a printer");
    }
    let message = Message::Farewell(farewell::Message::Paper(Offer::Memo));
    assert!(matches!(play.say(message), Action::Nothing), "a late press");
}

#[test]
fn a_copy_is_offered_once_a_stick_is_there() {
    let view = View::Farewell(sample_visit::farewell(ticket()));
    let mut play = Play::new(view);
    play.model.published.documents = sample_visit::documents();
    for (stick, offered) in [
        (Stick::Absent, false),
        (Stick::Never, false),
        (Stick::Ready, true),
        (Stick::Full, true),
    ] {
        play.model.published.stick = stick;
        assert_eq!(is_there(&mut play, "farewell.copy.1"), offered, "{stick:?}");
        assert!(is_there(&mut play, "farewell.print.1"), "the control");
    }
}
