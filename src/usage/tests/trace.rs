//! From what happened in a visit to its line.

use std::time::Duration;

use super::*;
use Duree::{De30A60, De60A120, Ge120, Lt30};

const MINUTE: Duration = Duration::from_mins(1);

pub fn alone() -> Line {
    ended(|_| ()).line(Effacement::Ok).unwrap()
}

/// A visit of forty minutes.
fn ended(during: impl Fn(&mut Trace)) -> Trace {
    let mut trace = Trace::begin(Subject::FREE, MINUTE);
    during(&mut trace);
    trace.end(Fin::Usager, 41 * MINUTE);
    trace
}

fn helped(acts: bool, minutes: u32, taken: bool) -> Line {
    let trace = ended(|trace| {
        trace.asked();
        trace.granted(acts, 5 * MINUTE);
        trace.hand_back(taken, (5 + minutes) * MINUTE);
    });
    trace.line(Effacement::Ok).unwrap()
}

#[test]
fn alone_is_alone() {
    let line = alone();
    assert_eq!(line.mode, Mode::Autonome);
    assert_eq!(line.consentement, Consentement::NonDemande);
    assert_eq!(line.duree, Duree::De30A60);
    assert_eq!(line.posture, None);
    assert_eq!(line.issue, Issue::NonRenseigne);
}

#[test]
fn the_mode_is_the_time_that_a_helper_acted() {
    assert_eq!(helped(true, 5, false).mode, Mode::PartiellementAutonome);
    assert_eq!(helped(true, 20, false).mode, Mode::EntierementAccompagne);
    assert_eq!(helped(false, 30, false).mode, Mode::PartiellementAutonome);
}

#[test]
fn the_consent_is_what_became_of_the_question() {
    assert_eq!(helped(true, 5, false).consentement, Consentement::Accorde);
    assert_eq!(helped(true, 5, true).consentement, Consentement::Retire);
    let refused = ended(Trace::asked).line(Effacement::Ok).unwrap();
    assert_eq!(refused.consentement, Consentement::Refuse);
    let mandate = ended(|trace| {
        trace.asked();
        trace.granted(true, 2 * MINUTE);
        trace.mandate();
    });
    let line = mandate.line(Effacement::Ok).unwrap();
    assert_eq!(line.consentement, Consentement::MandatImprime);
}

#[test]
fn a_visit_that_is_not_over_or_refused_has_no_line() {
    let mut trace = Trace::begin(Subject::FREE, MINUTE);
    assert_eq!(trace.line(Effacement::Ok), None);
    trace.end(Fin::Usager, 2 * MINUTE);
    assert!(trace.preview().unwrap().counted);
    trace.note(Note::Count(false));
    assert_eq!(trace.line(Effacement::Ok), None);
    assert!(!trace.preview().unwrap().counted, "it is still shown");
    trace.note(Note::Count(true));
    assert!(trace.line(Effacement::Echec).is_some());
    trace.at(Subject::PRACTICE);
    assert_eq!(trace.preview(), None, "the visitor came back");
}

#[test]
fn the_helper_chooses_from_closed_lists() {
    let mut trace = ended(|_| ());
    for note in [
        Note::Posture(Some(Posture::JeForme)),
        Note::Thematique(Thematique::Email),
        Note::Issue(Issue::Orientee),
        Note::Orientation(Some(Orientation::AideSociale)),
    ] {
        trace.note(note);
    }
    let line = trace.line(Effacement::Ok).unwrap();
    assert_eq!(line.posture, Some(Posture::JeForme));
    assert_eq!(line.thematique, Thematique::Email);
    assert_eq!(line.orientation, Some(Orientation::AideSociale));
    trace.note(Note::Issue(Issue::Terminee));
    let line = trace.line(Effacement::Ok).unwrap();
    assert_eq!(line.orientation, None, "nobody was sent anywhere after all");
}

#[test]
fn the_bands_are_those_of_la_coop() {
    let lasting = |minutes: u32| {
        let mut trace = Trace::begin(Subject::FREE, Duration::ZERO);
        trace.end(Fin::Usager, minutes * MINUTE);
        trace.line(Effacement::Ok).unwrap().duree
    };
    let bands = [0, 29, 30, 59, 60, 119, 120, 600].map(lasting);
    assert_eq!(
        bands,
        [
            Lt30, Lt30, De30A60, De30A60, De60A120, De60A120, Ge120, Ge120
        ]
    );
}
