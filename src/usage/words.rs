//! The wording keys of the lists and their cells: for screens, sheets and the command line.

use super::line::{Dimension, Rank};
use super::period::Period;

impl Dimension {
    /// The wording key of the list's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mode => "usage-list-mode",
            Self::Posture => "usage-list-posture",
            Self::Thematique => "usage-list-thematique",
            Self::Operateur => "usage-list-operateur",
            Self::Duree => "usage-list-duree",
            Self::Issue => "usage-list-issue",
            Self::Orientation => "usage-list-orientation",
            Self::Consentement => "usage-list-consentement",
            Self::Fin => "usage-list-fin",
            Self::Effacement => "usage-list-effacement",
        }
    }

    /// The wording key of a cell; empty beyond the list.
    #[must_use]
    pub fn cell_key(self, rank: Rank) -> &'static str {
        self.cell_keys()
            .get(usize::from(rank))
            .copied()
            .unwrap_or_default()
    }

    const fn cell_keys(self) -> &'static [&'static str] {
        match self {
            Self::Mode => &MODE,
            Self::Posture => &POSTURE,
            Self::Thematique => &THEMATIQUE,
            Self::Operateur => &OPERATEUR,
            Self::Duree => &DUREE,
            Self::Issue => &ISSUE,
            Self::Orientation => &ORIENTATION,
            Self::Consentement => &CONSENTEMENT,
            Self::Fin => &FIN,
            Self::Effacement => &EFFACEMENT,
        }
    }
}

const MODE: [&str; 3] = [
    "usage-mode-autonome",
    "usage-mode-partiellement-autonome",
    "usage-mode-entierement-accompagne",
];
const POSTURE: [&str; 4] = [
    "usage-posture-je-forme",
    "usage-posture-j-accompagne",
    "usage-posture-je-fais",
    "usage-posture-sans-objet",
];
const THEMATIQUE: [&str; 16] = [
    "usage-thematique-papiers-elections-citoyennete",
    "usage-thematique-famille-scolarite",
    "usage-thematique-social-sante",
    "usage-thematique-travail-formation",
    "usage-thematique-logement",
    "usage-thematique-transports-mobilite",
    "usage-thematique-argent-impots",
    "usage-thematique-justice",
    "usage-thematique-etrangers-europe",
    "usage-thematique-loisirs-sports-culture",
    "usage-thematique-associations",
    "usage-thematique-email",
    "usage-thematique-navigation-sur-internet",
    "usage-thematique-securite-numerique",
    "usage-thematique-prendre-en-main-du-materiel",
    "usage-thematique-autre",
];
const OPERATEUR: [&str; 15] = [
    "usage-operateur-dgfip",
    "usage-operateur-cnaf",
    "usage-operateur-cnam",
    "usage-operateur-cnav",
    "usage-operateur-agirc-arrco",
    "usage-operateur-ccmsa",
    "usage-operateur-france-travail",
    "usage-operateur-la-poste",
    "usage-operateur-france-titres",
    "usage-operateur-justice",
    "usage-operateur-energie",
    "usage-operateur-anah",
    "usage-operateur-urssaf",
    "usage-operateur-autre",
    "usage-operateur-aucun",
];
const DUREE: [&str; 4] = [
    "usage-duree-lt30",
    "usage-duree-30-60",
    "usage-duree-60-120",
    "usage-duree-ge120",
];
const ISSUE: [&str; 5] = [
    "usage-issue-terminee",
    "usage-issue-a-poursuivre",
    "usage-issue-orientee",
    "usage-issue-abandonnee",
    "usage-issue-non-renseigne",
];
const ORIENTATION: [&str; 8] = [
    "usage-orientation-operateur-ou-organisme-en-charge",
    "usage-orientation-aide-aux-demarches-administratives",
    "usage-orientation-administration",
    "usage-orientation-mediation-numerique",
    "usage-orientation-aide-sociale",
    "usage-orientation-insertion-professionnelle",
    "usage-orientation-autre",
    "usage-orientation-sans-objet",
];
const CONSENTEMENT: [&str; 5] = [
    "usage-consentement-non-demande",
    "usage-consentement-accorde",
    "usage-consentement-refuse",
    "usage-consentement-retire",
    "usage-consentement-mandat-imprime",
];
const FIN: [&str; 4] = [
    "usage-fin-usager",
    "usage-fin-aidant",
    "usage-fin-inactivite",
    "usage-fin-panne",
];
const EFFACEMENT: [&str; 2] = ["usage-effacement-ok", "usage-effacement-echec"];

impl Period {
    /// The wording key of its name, and its two numbers: `month` or `quarter`, and `year`.
    #[must_use]
    pub const fn said(self) -> (&'static str, (&'static str, u8), u16) {
        match self {
            Self::Month(month) => ("usage-month", ("month", month.number()), month.year()),
            Self::Quarter(quarter) => (
                "usage-quarter",
                ("quarter", quarter.number()),
                quarter.year(),
            ),
        }
    }
}
