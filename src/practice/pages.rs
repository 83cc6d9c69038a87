//! The pages that only show: home, the model person, the statement, accessibility.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::attestation;
use super::fault::Fault;
use super::layout::{Frame, page};
use super::record::{Receipt, Value};
use super::store::{Key, Site};

/// The invented person whose data may be copied, so that nobody types their own.
pub struct Model {
    /// Family name.
    pub name: &'static str,
    /// Given name.
    pub given_name: &'static str,
    /// Date of birth.
    pub birth: &'static str,
    /// Place of birth.
    pub town: &'static str,
    /// Social security number with a right key; its order number does not exist.
    pub number: &'static str,
    /// E-mail address, in a domain reserved for examples (RFC 2606).
    pub email: &'static str,
}

/// Éloïse Lefèvre: accents on purpose.
pub const MODEL: Model = Model {
    name: "Lefèvre",
    given_name: "Éloïse",
    birth: "14 mai 1951",
    town: "Saint-Brieuc",
    number: "2 51 05 22 999 999 62",
    email: "eloise.lefevre@example.org",
};

/// The invitation to copy the model's data instead of one's own.
pub fn model_link() -> Markup {
    html! {
        details class="model" {
            summary { "Voir la fiche d’Éloïse, à recopier" }
            (model_rows())
        }
    }
}

fn model_rows() -> Markup {
    html! {
        dl class="rows" {
            @for (term, value) in [
                ("Nom", MODEL.name),
                ("Prénom", MODEL.given_name),
                ("Date de naissance", MODEL.birth),
                ("Ville de naissance", MODEL.town),
                ("Numéro de sécurité sociale", MODEL.number),
                ("Adresse e-mail", MODEL.email),
            ] {
                div { dt { (term) } dd { (value) } }
            }
        }
    }
}

const EXERCISES: [(&str, &str, &str); 4] = [
    (
        "/compte/creer",
        "Créer un compte",
        "Choisir une adresse e-mail et un mot de passe.",
    ),
    (
        "/connexion",
        "Se connecter",
        "Avec un mot de passe, puis un code.",
    ),
    (
        "/demande",
        "Faire une demande",
        "Remplir trois pages, ajouter un fichier, imprimer.",
    ),
    (
        "/rendez-vous",
        "Prendre rendez-vous",
        "Choisir un jour et une heure.",
    ),
];

/// Home.
pub async fn home(State(site): State<Site>, key: Key) -> Markup {
    let store = site.lock();
    let frame = Frame {
        title: "S’entraîner aux démarches en ligne",
        signed_in: store.signed_in(&key).is_some(),
        current: "/",
        ..Frame::default()
    };
    page(
        &frame,
        &html! {
            div class="hero" {
                h1 { "S’entraîner aux démarches en ligne" }
                p class="lead" { "Ici, vous pouvez essayer. Vous pouvez vous tromper. Rien n’est envoyé pour de vrai." }
            }
            ol class="tiles" {
                @for (index, (path, title, text)) in EXERCISES.iter().enumerate() {
                    li {
                        a href=(path) {
                            span class="number" aria-hidden="true" { (index + 1) }
                            span {
                                strong { (title) }
                                span class="mute" { (text) }
                            }
                        }
                    }
                }
            }
            p class="note" {
                "N’écrivez pas vos vraies informations. Recopiez "
                a href="/fiche" { "la fiche d’Éloïse" }
                "."
            }
        },
    )
}

/// The model person.
pub async fn card(State(site): State<Site>, key: Key) -> Markup {
    let store = site.lock();
    let frame = Frame {
        title: "La fiche d’Éloïse",
        signed_in: store.signed_in(&key).is_some(),
        current: "/fiche",
        ..Frame::default()
    };
    page(
        &frame,
        &html! {
            div class="card" {
                h1 { "La fiche d’Éloïse" }
                p class="lead" { "Éloïse n’existe pas. Recopiez ses informations pour vous entraîner." }
                (model_rows())
                h2 { "Un fichier pour vous entraîner" }
                p { "Téléchargez ce fichier. Vous pourrez l’ajouter à votre demande." }
                p { a class="button second" href="/exemple/justificatif.pdf" { "Télécharger le justificatif d’Éloïse (PDF)" } }
            }
        },
    )
}

/// A file to upload for those who have none.
pub async fn example() -> Result<Response, Fault> {
    let pdf = attestation::example(&MODEL)?;
    Ok(attestation::download(pdf, "justificatif-eloise.pdf"))
}

/// What the site received in this session.
pub async fn statement(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let mut store = site.lock();
    let number = store.session(&key)?.number;
    let frame = Frame {
        title: "Mon relevé",
        signed_in: store.signed_in(&key).is_some(),
        current: "/releve",
        ..Frame::default()
    };
    let receipts: Vec<&Receipt> = store.received(number).collect();
    Ok(page(
        &frame,
        &html! {
            div class="card" {
                h1 { "Mon relevé" }
                p class="lead" { "Voici tout ce que le site a reçu de vous." }
                @if receipts.is_empty() {
                    p { "Le site n’a encore rien reçu." }
                } @else {
                    p { "Tout sera effacé à la fin de votre passage." }
                }
                @for (index, receipt) in receipts.iter().enumerate() {
                    section class="receipt" aria-labelledby={ "envoi-" (index + 1) } {
                        h2 id={ "envoi-" (index + 1) } {
                            (index + 1) ". " (receipt.form.label())
                        }
                        (receipt_rows(receipt))
                    }
                }
            }
        },
    ))
}

fn receipt_rows(receipt: &Receipt) -> Markup {
    html! {
        p class=(if receipt.accepted { "done" } else { "again" }) {
            @if receipt.accepted { "Accepté" } @else { "À corriger" }
        }
        @if !receipt.fields.is_empty() || receipt.upload.is_some() {
            dl class="rows" {
                @for field in &receipt.fields {
                    div {
                        dt { (field.name) }
                        dd class="typed" {
                            @match &field.value {
                                Value::Value(text) if text.is_empty() => span class="mute" { "(vide)" },
                                Value::Value(text) => (text),
                                Value::HiddenCharacters(count) => {
                                    span class="mute" { "(" (count) " signes, non montrés)" }
                                },
                            }
                        }
                    }
                }
                @if let Some(upload) = &receipt.upload {
                    div { dt { "fichier" } dd class="typed" { (upload.name) " (" (upload.bytes) " octets)" } }
                }
            }
        }
    }
}

/// The accessibility statement of a site that is a teaching tool.
pub async fn accessibility() -> Markup {
    let frame = Frame {
        title: "Accessibilité",
        ..Frame::default()
    };
    page(
        &frame,
        &html! {
            div class="card narrow" {
                h1 { "Accessibilité" }
                p class="lead" { "Ce site est fait pour tout le monde." }
                ul {
                    li { "Vous pouvez utiliser le clavier seul." }
                    li { "Vous pouvez agrandir les lettres." }
                    li { "Vous pouvez utiliser un lecteur d’écran." }
                    li { "Aucun exercice n’est limité dans le temps." }
                }
                p { "Quelque chose ne va pas ? Dites-le à votre aidant." }
            }
        },
    )
}
