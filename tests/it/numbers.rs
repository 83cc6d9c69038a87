//! A house's store of numbers, for the tests that read it.

use std::path::Path;

use estran::usage::{
    Consentement, Duree, Effacement, Fin, Issue, Ledger, Line, Mode, Month, Operateur, Thematique,
};

/// A store with 40 like visits in a month that is over.
pub fn prepared(folder: &Path, month: Month) {
    let mut ledger = Ledger::open(folder, Vec::new(), month).unwrap();
    let line = Line {
        mode: Mode::Autonome,
        posture: None,
        thematique: Thematique::Logement,
        operateur: Operateur::Cnaf,
        duree: Duree::Lt30,
        issue: Issue::NonRenseigne,
        orientation: None,
        consentement: Consentement::NonDemande,
        fin: Fin::Usager,
        effacement: Effacement::Ok,
    };
    for _ in 0..40 {
        ledger.count(&line, month);
    }
    ledger.save("2025-12".parse().unwrap()).unwrap();
}
