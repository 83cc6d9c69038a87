//! What of a visit reaches the statistics.

use super::*;
use crate::usage::{
    Consentement, Duree, Effacement, Fin, Issue, Mode, Note, Operateur, Posture, Thematique,
};
use crate::visit::FarewellView;

impl Station {
    fn farewell(&self) -> FarewellView {
        let View::Farewell(farewell) = self.view() else {
            panic!("no farewell: {:?}", self.view())
        };
        farewell
    }

    fn lines(&self) -> Vec<Line> {
        self.counted.lock().unwrap().clone()
    }

    fn helper_asks(&mut self, level: Level) -> Ticket {
        let asked = match level {
            Level::Act => REQUEST.asked,
            Level::Show | Level::See => Gestures::default(),
        };
        let request = Request {
            level,
            asked,
            ..REQUEST
        };
        self.hear(Word::Say(Event::Helper(Helper::Asks(request))));
        let ticket = self.question();
        // There must have been time to read the question.
        self.pass(2);
        ticket
    }

    /// From the farewell to the next welcome.
    fn erase(&mut self) {
        let ticket = self.farewell().ticket;
        self.person(Person::EraseNow(ticket));
        self.answer_wipe();
        self.answer_audit(Outcome::Nothing);
    }

    fn line(&self) -> Line {
        let lines = self.lines();
        assert_eq!(lines.len(), 1, "one visit, one line");
        lines[0]
    }
}

#[test]
fn a_visit_alone_is_shown_then_counted_once_after_its_wipe() {
    let mut station = Station::in_visit();
    station.pass(60);
    assert_eq!(station.guardian.published(station.now).line, None);
    station.person(Person::Finish);
    let shown = station.guardian.published(station.now).line.unwrap();
    assert!(shown.counted && station.lines().is_empty());
    station.erase();
    let line = station.line();
    assert_eq!(line, shown.line, "the very line");
    assert_eq!(line.mode, Mode::Autonome);
    assert_eq!(line.thematique, Thematique::PrendreEnMainDuMateriel);
    assert_eq!(line.operateur, Operateur::Aucun);
    assert_eq!((line.fin, line.duree), (Fin::Usager, Duree::Lt30));
    assert_eq!(
        station.guardian.published(station.now).line,
        None,
        "and forgotten"
    );
    station.person(Person::Touched);
    station.person(Person::Read);
    station.person(Person::Left);
    assert_eq!(station.lines().len(), 1, "who only looks is no visit");
}

#[test]
fn who_says_no_is_not_counted_and_may_change_their_mind() {
    for (counted, lines) in [(vec![false], 0), (vec![false, true], 1)] {
        let mut station = Station::in_visit();
        station.hear(Word::Note(Note::Count(true)));
        station.person(Person::Finish);
        for count in counted {
            station.hear(Word::Note(Note::Count(count)));
        }
        station.erase();
        assert_eq!(station.lines().len(), lines);
    }
}

#[test]
fn no_is_said_for_one_visit_only() {
    let mut station = Station::in_visit();
    station.person(Person::Finish);
    station.hear(Word::Note(Note::Count(false)));
    station.erase();
    station.person(Person::Touched);
    station.person(Person::Read);
    station.person(Person::Chose(Destination::Practice));
    station.person(Person::Finish);
    station.erase();
    assert_eq!(station.lines().len(), 1);
}

#[test]
fn help_and_what_the_helper_chose_are_in_the_line() {
    let mut station = Station::in_visit();
    let ticket = station.helper_asks(Level::Act);
    station.person(Person::Yes(ticket, REQUEST.asked));
    station.pass(120);
    station.person(Person::TakeBack);
    station.person(Person::Finish);
    station.hear(Word::Note(Note::Posture(Some(Posture::JeFais))));
    station.hear(Word::Note(Note::Issue(Issue::APoursuivre)));
    station.erase();
    let line = station.line();
    assert_eq!(line.mode, Mode::EntierementAccompagne);
    assert_eq!(line.consentement, Consentement::Retire);
    assert_eq!(
        (line.posture, line.issue),
        (Some(Posture::JeFais), Issue::APoursuivre)
    );
}

#[test]
fn no_answer_is_a_refusal_and_a_pointer_is_a_part() {
    let mut station = Station::in_visit();
    station.helper_asks(Level::Act);
    station.pass(91);
    station.person(Person::Finish);
    station.erase();
    assert_eq!(station.line().consentement, Consentement::Refuse);

    let mut station = Station::in_visit();
    let ticket = station.helper_asks(Level::Show);
    station.person(Person::Yes(ticket, Gestures::default()));
    station.pass(60);
    station.hear(Word::Say(Event::Helper(Helper::HandsBack)));
    station.person(Person::Finish);
    station.erase();
    let line = station.line();
    assert_eq!(line.mode, Mode::PartiellementAutonome);
    assert_eq!(line.consentement, Consentement::Accorde);
}

#[test]
fn nobody_there_is_counted_after_the_farewells_own_time() {
    let mut station = Station::in_visit();
    station.pass(700);
    assert_eq!(station.farewell().cause, crate::visit::FarewellCause::Idle);
    station.pass(200);
    station.answer_wipe();
    station.answer_audit(Outcome::Nothing);
    assert_eq!(station.line().fin, Fin::Inactivite);
}

#[test]
fn a_line_that_nobody_could_refuse_is_not_counted() {
    // Staff ends the farewell at once.
    let mut station = Station::in_visit();
    station.person(Person::Finish);
    station.hear(Word::Say(Event::Staff(Staff::Reset)));
    station.answer_wipe();
    station.answer_audit(Outcome::Nothing);
    assert_eq!(station.view(), View::Welcome { after_visit: true });
    assert_eq!(station.lines(), vec![]);
    // The custodian is lost in the middle of a visit.
    let mut station = Station::in_visit();
    station.hear(Word::Keeper(Notice::Lost));
    assert_eq!(station.lines(), vec![]);
}

#[test]
fn a_failed_wipe_is_counted_as_one() {
    let mut station = Station::in_visit();
    station.person(Person::Finish);
    let ticket = station.farewell().ticket;
    station.person(Person::EraseNow(ticket));
    station.answer_wipe();
    station.answer_audit(Outcome::Found(1));
    assert_eq!(station.line().effacement, Effacement::Echec);
}

#[test]
fn coming_back_goes_on_with_the_same_visit() {
    let mut station = Station::in_visit();
    let ticket = station.helper_asks(Level::Act);
    station.person(Person::No(ticket));
    station.person(Person::Finish);
    let ticket = station.farewell().ticket;
    station.person(Person::ComeBack(ticket));
    assert_eq!(station.guardian.published(station.now).line, None);
    station.pass(45);
    station.hear(Word::Say(Event::Machine(Machine::GuestGone)));
    station.person(Person::Finish);
    station.erase();
    let line = station.line();
    assert_eq!(line.fin, Fin::Panne);
    assert_eq!(line.consentement, Consentement::Refuse);
}

fn document(name: &str, printed: bool) -> Word {
    Word::Keeper(Notice::Documents(vec![Document {
        id: crate::custodian::DocumentId(0),
        name: name.to_owned(),
        size: 9,
        printing: false,
        printed,
        copied: false,
    }]))
}

fn mandate() -> Word {
    Word::Mandate(crate::custodian::Paper {
        name: "Mandat à signer.pdf".to_owned(),
        pdf: vec![1],
    })
}

/// A visit in which a helper helped, and these words were said after it.
fn consent_after(words: Vec<Word>) -> Consentement {
    let mut station = Station::in_visit();
    let ticket = station.helper_asks(Level::Act);
    station.person(Person::Yes(ticket, REQUEST.asked));
    for word in words {
        station.hear(word);
    }
    station.person(Person::Finish);
    station.erase();
    station.line().consentement
}

#[test]
fn a_mandate_counts_once_it_is_on_paper_and_was_made_here() {
    let printed = || document("Mandat à signer.pdf", true);
    let second = document("Mandat à signer (2).pdf", true);
    let granted = Consentement::Accorde;
    assert_eq!(
        consent_after(vec![printed()]),
        granted,
        "a page made that name"
    );
    let made = vec![mandate(), document("Mandat à signer.pdf", false)];
    assert_eq!(consent_after(made), granted, "never printed");
    let other = vec![mandate(), document("facture.pdf", true)];
    assert_eq!(consent_after(other), granted);
    for paper in [printed(), second] {
        let said = consent_after(vec![mandate(), paper]);
        assert_eq!(said, Consentement::MandatImprime);
    }
}

#[test]
fn papers_of_the_house_leave_at_the_welcome_alone() {
    let papers = || Word::Take(Command::Deliver(Vec::new()));
    let mut station = Station::in_visit();
    station.hear(papers());
    let delivered = |station: &Station| station.sent().contains(&Command::Deliver(Vec::new()));
    assert!(!delivered(&station), "never during a visit");
    station.person(Person::Finish);
    station.hear(papers());
    station.erase();
    assert!(!delivered(&station));
    station.hear(papers());
    assert!(delivered(&station));
    let stick = |station: &Station| station.guardian.published(station.now).stick;
    assert_eq!(stick(&station), crate::custodian::Stick::Copying);
    let safe = crate::custodian::Stick::SafeToRemove;
    station.hear(Word::Keeper(Notice::Stick(safe)));
    assert_eq!(stick(&station), safe);
}
