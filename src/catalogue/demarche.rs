//! A démarche and the closed lists that describe it.

use serde::{Deserialize, Serialize};

use super::{Domain, StartUrl, Text};
use crate::visit::DemarcheId;

/// One démarche.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demarche {
    /// Its rank in the catalogue.
    pub id: DemarcheId,
    /// Its stable name in the files, `caf-rsa`.
    pub key: String,
    /// What the visitor reads.
    pub label: Text,
    /// The tile behind which it is found.
    pub group: GroupId,
    /// Who answers for it.
    pub operator: Operator,
    /// Its subject, in the words of La Coop de la médiation numérique.
    pub thematique: Thematique,
    /// The first page.
    pub start: StartUrl,
    /// The sites that it needs, beside the transversal ones.
    pub domains: Vec<Domain>,
    /// What to have at hand.
    pub documents: Vec<Text>,
    /// Other words under which people look for it.
    pub aliases: Vec<String>,
    /// FranceConnect+ is required: a digital identity, not only an account.
    pub franceconnect_plus: bool,
    /// Its signature can be nobody's but the person's own, whatever a mandate says: a helper may type
    /// the file, never sign it (over-indebtedness: code de la consommation, R.721-2 and R.761-1, as
    /// the Banque de France explains them).
    pub own_signature: bool,
}

/// A tile: its rank in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u8);

/// One tile of the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its rank.
    pub id: GroupId,
    /// Its stable name in the files, `impots`.
    pub key: String,
    /// What the visitor reads.
    pub label: Text,
    /// The small line under the label.
    pub hint: Text,
    /// Its drawing.
    pub pictogram: Pictogram,
}

/// Declares a closed list whose values are written in snake case in files and statistics.
macro_rules! closed {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Every name, in the order of the list.
            pub const NAMES: &'static [&'static str] = &[$($text,)+];

            /// The name in files and statistics.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

pub(crate) use closed;

closed! {
    /// Who answers for a démarche: the partners of France services, by the names used in the
    /// statistics.
    Operator {
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
        /// France Titres (ANTS).
        FranceTitres = "france_titres",
        /// Justice.
        Justice = "justice",
        /// Chèque énergie (DGEC).
        Energie = "energie",
        /// Agence nationale de l'habitat.
        Anah = "anah",
        /// Urssaf.
        Urssaf = "urssaf",
        /// Any other.
        Autre = "autre",
    }
}

closed! {
    /// The administrative subjects of La Coop de la médiation numérique.
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
    }
}

closed! {
    /// The drawings that a tile may carry.
    Pictogram {
        /// A public building.
        Bank = "bank",
        /// A child's face.
        Baby = "baby",
        /// A heart and its beat.
        Heartbeat = "heartbeat",
        /// A briefcase.
        Briefcase = "briefcase",
        /// A piggy bank.
        PiggyBank = "piggy_bank",
        /// A young plant.
        Plant = "plant",
        /// An identity card.
        IdentityCard = "identity_card",
        /// A car.
        Car = "car",
        /// Scales.
        Scales = "scales",
        /// A lightning bolt.
        Lightning = "lightning",
        /// A house.
        House = "house",
        /// A sheet of paper.
        Document = "document",
    }
}
