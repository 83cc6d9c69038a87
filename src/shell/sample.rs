//! A house and its states, for pictures and tests.

use std::sync::Arc;
use std::time::Duration;

use iced::Size;

use super::model::Model;
use crate::catalogue::{
    Catalogue, Demarche, Domain, Group, GroupId, Operator, Pictogram, StartUrl, Text, Thematique,
};
use crate::config::{
    BrowserKind, Browsers, Config, Help, Keyboard, NetworkJournal, Place, Role, Screen, Session,
    TextSize, Timers,
};
use crate::guardian::Published;
use crate::visit::{DemarcheId, RoleId, View};
use crate::wording::{Lang, Wording};

/// What the guardian publishes for `view` when nothing else is known.
pub fn published(view: View) -> Published {
    Published {
        view,
        remaining: None,
        idle_left: None,
        documents: Vec::new(),
        picture: false,
        report: None,
        wipe_millis: None,
        no_device: false,
    }
}

/// A model of the sample house that shows `view`.
pub fn model(view: View, size: Size) -> Model {
    Model::new(Arc::new(config()), published(view), size)
}

/// A house like many.
pub fn config() -> Config {
    let minutes = |n: u64| Duration::from_secs(n * 60);
    Config {
        place: Place {
            name: "France services — Saint-Aubin".to_owned(),
            contact: french("Demandez à l’accueil."),
            dpo: "dpo@departement.example".to_owned(),
            hours: french("du lundi au vendredi, de 9 h à 17 h"),
        },
        languages: Lang::ALL.to_vec(),
        timers: Timers {
            idle_before: minutes(2),
            idle_visit: minutes(5),
            idle_warning: minutes(1),
            question: minutes(2),
            pause: minutes(10),
            farewell: minutes(5),
        },
        help: Help {
            roles: vec![
                Role {
                    id: RoleId(0),
                    label: french("Conseillère numérique"),
                },
                Role {
                    id: RoleId(1),
                    label: french("Agent France services"),
                },
            ],
            default_minutes: 15,
        },
        browsers: Browsers {
            first: BrowserKind::Firefox,
            second: BrowserKind::Chromium,
        },
        network_journal: NetworkJournal::OperateurExterne,
        free_browsing: true,
        practice: true,
        screen: Screen {
            text: TextSize::Normal,
            high_contrast: false,
        },
        keyboard: Keyboard::new("fr", "").unwrap_or_else(|| unreachable!("a plain name")),
        session: Session { memory_mib: 2048 },
        catalogue: catalogue(),
        wording: Wording::embedded(),
    }
}

fn french(text: &str) -> Text {
    Text::new(text.to_owned(), [])
}

const GROUPS: [(&str, &str, Pictogram); 10] = [
    ("Impôts", "Déclarer, payer, avis d’impôt", Pictogram::Bank),
    ("CAF", "RSA, prime d’activité, logement", Pictogram::Baby),
    (
        "Santé — ameli",
        "Carte Vitale, attestation, C2S",
        Pictogram::Heartbeat,
    ),
    (
        "France Travail",
        "Inscription, actualisation",
        Pictogram::Briefcase,
    ),
    (
        "Retraite",
        "Demande, relevé de carrière",
        Pictogram::PiggyBank,
    ),
    ("MSA", "Espace privé", Pictogram::Plant),
    (
        "Carte d’identité, passeport",
        "Pré-demande, rendez-vous",
        Pictogram::IdentityCard,
    ),
    (
        "Carte grise, permis",
        "Immatriculation, permis",
        Pictogram::Car,
    ),
    (
        "Justice",
        "Casier, aide juridictionnelle",
        Pictogram::Scales,
    ),
    (
        "Énergie, logement",
        "Chèque énergie, MaPrimeRénov’",
        Pictogram::Lightning,
    ),
];

const DEMARCHES: [(u8, &str, &[&str], bool); 8] = [
    (
        0,
        "Déclarer ses revenus, avis d’impôt",
        &["Numéro fiscal", "Numéro d’accès en ligne", "RIB"],
        false,
    ),
    (
        0,
        "Acheter un timbre fiscal",
        &["Carte bancaire", "E-mail ou mobile"],
        false,
    ),
    (
        1,
        "Demander le RSA, déclarer ses ressources",
        &[
            "Numéro d’allocataire",
            "Ressources des 3 derniers mois",
            "RIB",
        ],
        false,
    ),
    (
        1,
        "Prime d’activité",
        &["Bulletins de salaire des 3 derniers mois", "RIB"],
        false,
    ),
    (
        1,
        "Aide au logement",
        &["Bail", "Montant du loyer", "Coordonnées du bailleur", "RIB"],
        false,
    ),
    (
        1,
        "Changement de situation, attestation",
        &["Numéro d’allocataire", "Justificatif"],
        false,
    ),
    (
        3,
        "Mon Compte Formation",
        &["Numéro de sécurité sociale", "Identité numérique"],
        true,
    ),
    (
        6,
        "Demande de carte d’identité ou de passeport",
        &["Ancien titre", "Justificatif de domicile"],
        false,
    ),
];

fn catalogue() -> Catalogue {
    let groups = (0u8..)
        .zip(GROUPS)
        .map(|(rank, (label, hint, pictogram))| Group {
            id: GroupId(rank),
            key: format!("groupe-{rank}"),
            label: french(label),
            hint: french(hint),
            pictogram,
        })
        .collect();
    let demarches = (0u16..).zip(DEMARCHES).filter_map(demarche).collect();
    Catalogue::new(groups, demarches, Vec::new())
}

fn demarche(
    (rank, (group, label, documents, plus)): (u16, (u8, &str, &[&str], bool)),
) -> Option<Demarche> {
    Some(Demarche {
        id: DemarcheId(rank),
        key: format!("demarche-{rank}"),
        label: french(label),
        group: GroupId(group),
        operator: Operator::Autre,
        thematique: Thematique::ALL.first().copied()?,
        start: StartUrl::parse("https://www.exemple.fr/").ok()?,
        domains: vec![Domain::parse("exemple.fr").ok()?],
        documents: documents.iter().map(|d| french(d)).collect(),
        aliases: Vec::new(),
        franceconnect_plus: plus,
    })
}
