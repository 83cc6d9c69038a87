//! What one visit is for the statistics: a choice in each of ten closed lists, and nothing else.
//!
//! The lists are those of La Coop de la médiation numérique where it has one (autonomie,
//! thématiques, structures de redirection), of France services for the partners.

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, closed};

closed! {
    /// How far the visitor did it themselves.
    Mode {
        /// Nobody held the keyboard or the mouse for them.
        Autonome = "autonome",
        /// A helper did a part.
        PartiellementAutonome = "partiellement_autonome",
        /// A helper did most of it.
        EntierementAccompagne = "entierement_accompagne",
    }
}

closed! {
    /// What the helper says that they did.
    Posture {
        /// Teaching.
        JeForme = "je_forme",
        /// Beside the visitor.
        JAccompagne = "j_accompagne",
        /// In the visitor's place.
        JeFais = "je_fais",
    }
}

closed! {
    /// What the visit was about.
    Thematique {
        /// Papers, elections, citizenship.
        PapiersElectionsCitoyennete = "papiers_elections_citoyennete",
        /// Family and school.
        FamilleScolarite = "famille_scolarite",
        /// Social matters and health.
        SocialSante = "social_sante",
        /// Work and training.
        TravailFormation = "travail_formation",
        /// Housing.
        Logement = "logement",
        /// Transport and mobility.
        TransportsMobilite = "transports_mobilite",
        /// Money and taxes.
        ArgentImpots = "argent_impots",
        /// Justice.
        Justice = "justice",
        /// Foreigners, Europe.
        EtrangersEurope = "etrangers_europe",
        /// Leisure, sports, culture.
        LoisirsSportsCulture = "loisirs_sports_culture",
        /// Associations.
        Associations = "associations",
        /// E-mail.
        Email = "email",
        /// Finding one's way on the web.
        NavigationSurInternet = "navigation_sur_internet",
        /// Passwords, frauds.
        SecuriteNumerique = "securite_numerique",
        /// Learning to use the machine.
        PrendreEnMainDuMateriel = "prendre_en_main_du_materiel",
        /// Anything else.
        Autre = "autre",
    }
}

closed! {
    /// With whom the démarche was.
    Operateur {
        /// Direction générale des finances publiques.
        Dgfip = "dgfip",
        /// Allocations familiales.
        Cnaf = "cnaf",
        /// Assurance maladie.
        Cnam = "cnam",
        /// Assurance retraite.
        Cnav = "cnav",
        /// Agirc-Arrco.
        AgircArrco = "agirc_arrco",
        /// Mutualité sociale agricole.
        Ccmsa = "ccmsa",
        /// France Travail.
        FranceTravail = "france_travail",
        /// La Poste.
        LaPoste = "la_poste",
        /// France Titres.
        FranceTitres = "france_titres",
        /// Justice.
        Justice = "justice",
        /// Chèque énergie.
        Energie = "energie",
        /// Agence nationale de l'habitat.
        Anah = "anah",
        /// Urssaf.
        Urssaf = "urssaf",
        /// Any other.
        Autre = "autre",
        /// Nobody: free browsing, practice.
        Aucun = "aucun",
    }
}

closed! {
    /// How long it took, in the bands of La Coop.
    Duree {
        /// Less than 30 minutes.
        Lt30 = "lt30",
        /// 30 to 60 minutes.
        De30A60 = "30_60",
        /// One to two hours.
        De60A120 = "60_120",
        /// Two hours and more.
        Ge120 = "ge120",
    }
}

closed! {
    /// What came of it, as the helper or the visitor says.
    Issue {
        /// Done.
        Terminee = "terminee",
        /// To be continued.
        APoursuivre = "a_poursuivre",
        /// Sent to another place.
        Orientee = "orientee",
        /// Given up.
        Abandonnee = "abandonnee",
        /// Nobody said.
        NonRenseigne = "non_renseigne",
    }
}

closed! {
    /// Where the visitor was sent.
    Orientation {
        /// The operator itself.
        OperateurOuOrganismeEnCharge = "operateur_ou_organisme_en_charge",
        /// Help with démarches.
        AideAuxDemarchesAdministratives = "aide_aux_demarches_administratives",
        /// An administration.
        Administration = "administration",
        /// Digital mediation.
        MediationNumerique = "mediation_numerique",
        /// Social help.
        AideSociale = "aide_sociale",
        /// Return to work.
        InsertionProfessionnelle = "insertion_professionnelle",
        /// Elsewhere.
        Autre = "autre",
    }
}

closed! {
    /// What became of a helper's question.
    Consentement {
        /// Nobody asked.
        NonDemande = "non_demande",
        /// Yes.
        Accorde = "accorde",
        /// No, or no answer.
        Refuse = "refuse",
        /// Yes, then taken back.
        Retire = "retire",
        /// Yes, and a mandate was printed.
        MandatImprime = "mandat_imprime",
    }
}

closed! {
    /// Who or what ended the visit.
    Fin {
        /// The visitor.
        Usager = "usager",
        /// The house: staff, or closing time.
        Aidant = "aidant",
        /// Nobody was there any more.
        Inactivite = "inactivite",
        /// The browser or the machine.
        Panne = "panne",
    }
}

closed! {
    /// Whether the station was wiped. About the machine, hence without a threshold.
    Effacement {
        /// Wiped and verified.
        Ok = "ok",
        /// Not.
        Echec = "echec",
    }
}

/// What one visit adds to the counters. It never leaves memory: only its ten choices are counted,
/// each for itself, and the line is dropped.
///
/// ```
/// # use estran::usage::*;
/// let line = Line {
///     mode: Mode::Autonome, posture: None, thematique: Thematique::Logement,
///     operateur: Operateur::Cnaf, duree: Duree::Lt30, issue: Issue::Terminee,
///     orientation: None, consentement: Consentement::NonDemande, fin: Fin::Usager,
///     effacement: Effacement::Ok,
/// };
/// ```
///
/// No text, no number and no moment can enter it:
///
/// ```compile_fail
/// # use estran::usage::*;
/// let line = Line {
///     mode: Mode::Autonome, posture: None, thematique: "Mme Dupont".to_owned(),
///     operateur: Operateur::Cnaf, duree: Duree::Lt30, issue: Issue::Terminee,
///     orientation: None, consentement: Consentement::NonDemande, fin: Fin::Usager,
///     effacement: Effacement::Ok,
/// };
/// ```
/// ```compile_fail
/// # use estran::usage::*;
/// let line = Line {
///     mode: Mode::Autonome, posture: None, thematique: Thematique::Logement,
///     operateur: Operateur::Cnaf, duree: std::time::Duration::from_secs(61),
///     issue: Issue::Terminee, orientation: None, consentement: Consentement::NonDemande,
///     fin: Fin::Usager, effacement: Effacement::Ok,
/// };
/// ```
/// ```compile_fail
/// # use estran::usage::*;
/// let line = Line {
///     mode: Mode::Autonome, posture: None, thematique: Thematique::Logement,
///     operateur: Operateur::Cnaf, duree: Duree::Lt30, issue: Issue::Terminee,
///     orientation: None, consentement: Consentement::NonDemande, fin: Fin::Usager,
///     effacement: Effacement::Ok, hour: 14,
/// };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// How far the visitor did it themselves.
    pub mode: Mode,
    /// What the helper says that they did; `None` when nobody said.
    pub posture: Option<Posture>,
    /// What it was about.
    pub thematique: Thematique,
    /// With whom.
    pub operateur: Operateur,
    /// How long, in bands.
    pub duree: Duree,
    /// What came of it.
    pub issue: Issue,
    /// Where the visitor was sent; `None` unless they were.
    pub orientation: Option<Orientation>,
    /// What became of a helper's question.
    pub consentement: Consentement,
    /// Who or what ended it.
    pub fin: Fin,
    /// Whether the station was wiped.
    pub effacement: Effacement,
}

closed! {
    /// The ten lists.
    Dimension {
        /// [`Mode`].
        Mode = "mode",
        /// [`Posture`].
        Posture = "posture",
        /// [`Thematique`].
        Thematique = "thematique",
        /// [`Operateur`].
        Operateur = "operateur",
        /// [`Duree`].
        Duree = "duree",
        /// [`Issue`].
        Issue = "issue",
        /// [`Orientation`].
        Orientation = "orientation",
        /// [`Consentement`].
        Consentement = "consentement",
        /// [`Fin`].
        Fin = "fin",
        /// [`Effacement`].
        Effacement = "effacement",
    }
}

/// A value of a list: its rank. In a list that may be left open, the rank after the last one says
/// that it was.
pub type Rank = u8;

/// The name of what was left open.
const OPEN: &str = "sans_objet";

impl Dimension {
    /// The names of its closed list.
    const fn closed(self) -> &'static [&'static str] {
        match self {
            Self::Mode => Mode::NAMES,
            Self::Posture => Posture::NAMES,
            Self::Thematique => Thematique::NAMES,
            Self::Operateur => Operateur::NAMES,
            Self::Duree => Duree::NAMES,
            Self::Issue => Issue::NAMES,
            Self::Orientation => Orientation::NAMES,
            Self::Consentement => Consentement::NAMES,
            Self::Fin => Fin::NAMES,
            Self::Effacement => Effacement::NAMES,
        }
    }

    /// Whether a line may leave it open.
    const fn may_be_open(self) -> bool {
        matches!(self, Self::Posture | Self::Orientation)
    }

    /// Whether it is about the machine, and needs no threshold.
    #[must_use]
    pub const fn of_the_machine(self) -> bool {
        matches!(self, Self::Effacement)
    }

    /// Whether somebody outside may know its numbers exactly: an appointment book says who came for
    /// what, a network's log which service was called, when and for how long (0081).
    #[must_use]
    pub const fn is_logged(self) -> bool {
        match self {
            Self::Operateur | Self::Thematique | Self::Duree => true,
            Self::Mode
            | Self::Posture
            | Self::Issue
            | Self::Orientation
            | Self::Consentement
            | Self::Fin
            | Self::Effacement => false,
        }
    }

    /// How many cells it has: its values, and one for "left open" where that is possible.
    #[must_use]
    pub const fn len(self) -> Rank {
        self.closed().len() as Rank + self.may_be_open() as Rank
    }

    /// Never: every list has values.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        false
    }

    /// The name of a cell; `None` beyond the list.
    #[must_use]
    pub fn cell(self, rank: Rank) -> Option<&'static str> {
        let open = self.may_be_open().then_some(OPEN);
        self.closed()
            .iter()
            .copied()
            .chain(open)
            .nth(usize::from(rank))
    }

    /// The cell of this name.
    #[must_use]
    pub fn rank(self, name: &str) -> Option<Rank> {
        (0..self.len()).find(|rank| self.cell(*rank) == Some(name))
    }
}

impl Line {
    /// The cell of a list that this line adds to.
    #[must_use]
    pub fn rank(&self, dimension: Dimension) -> Rank {
        let open = dimension.closed().len() as Rank;
        match dimension {
            Dimension::Mode => self.mode as Rank,
            Dimension::Posture => self.posture.map_or(open, |value| value as Rank),
            Dimension::Thematique => self.thematique as Rank,
            Dimension::Operateur => self.operateur as Rank,
            Dimension::Duree => self.duree as Rank,
            Dimension::Issue => self.issue as Rank,
            Dimension::Orientation => self.orientation.map_or(open, |value| value as Rank),
            Dimension::Consentement => self.consentement as Rank,
            Dimension::Fin => self.fin as Rank,
            Dimension::Effacement => self.effacement as Rank,
        }
    }
}

impl From<catalogue::Operator> for Operateur {
    fn from(operator: catalogue::Operator) -> Self {
        use catalogue::Operator;
        match operator {
            Operator::Dgfip => Self::Dgfip,
            Operator::Cnaf => Self::Cnaf,
            Operator::Cnam => Self::Cnam,
            Operator::Cnav => Self::Cnav,
            Operator::AgircArrco => Self::AgircArrco,
            Operator::Ccmsa => Self::Ccmsa,
            Operator::FranceTravail => Self::FranceTravail,
            Operator::LaPoste => Self::LaPoste,
            Operator::FranceTitres => Self::FranceTitres,
            Operator::Justice => Self::Justice,
            Operator::Energie => Self::Energie,
            Operator::Anah => Self::Anah,
            Operator::Urssaf => Self::Urssaf,
            Operator::Autre => Self::Autre,
        }
    }
}

impl From<catalogue::Thematique> for Thematique {
    fn from(thematique: catalogue::Thematique) -> Self {
        use catalogue::Thematique as Subject;
        match thematique {
            Subject::PapiersElectionsCitoyennete => Self::PapiersElectionsCitoyennete,
            Subject::FamilleScolarite => Self::FamilleScolarite,
            Subject::SocialSante => Self::SocialSante,
            Subject::TravailFormation => Self::TravailFormation,
            Subject::Logement => Self::Logement,
            Subject::TransportsMobilite => Self::TransportsMobilite,
            Subject::ArgentImpots => Self::ArgentImpots,
            Subject::Justice => Self::Justice,
            Subject::EtrangersEurope => Self::EtrangersEurope,
            Subject::LoisirsSportsCulture => Self::LoisirsSportsCulture,
            Subject::Associations => Self::Associations,
        }
    }
}
