//! The pages of the request.

use maud::{Markup, html};

use super::check::Problems;
use super::fields::Fields;
use super::layout::{Frame, page};
use super::pages::model_link;
use super::parts::{self, Line};
use super::store::{Draft, Request};

/// Housing.
pub const HOUSING: [(&str, &str); 3] = [
    ("locataire", "Je suis locataire"),
    ("proprietaire", "Je suis propriétaire"),
    ("heberge", "Je suis hébergé chez quelqu’un"),
];

/// Family.
pub const FAMILY: [(&str, &str); 4] = [
    ("seul", "Je vis seul ou seule"),
    ("couple", "Je vis en couple"),
    ("veuf", "Je suis veuf ou veuve"),
    ("autre", "Autre situation"),
];

/// Care.
pub const CARE: [(&str, &str); 4] = [
    ("dents", "Les dents"),
    ("yeux", "Les yeux et les lunettes"),
    ("oreilles", "Les oreilles"),
    ("hopital", "L’hôpital"),
];

/// The label of a choice, or nothing for one that is not ours.
pub fn label_of(options: &[(&'static str, &'static str)], value: &str) -> &'static str {
    options
        .iter()
        .find_map(|(v, label)| (*v == value).then_some(*label))
        .unwrap_or_default()
}

fn step(number: u8, title: &str) -> Markup {
    html! {
        p class="step" id="etape" { "Étape " (number) " sur 4" }
        div class="progress" aria-hidden="true" {
            @for i in 1..=4 { span class=[(i <= number).then_some("on")] {} }
        }
        h1 { (title) }
    }
}

fn frame<'a>(title: &'a str, signed_in: bool, problems: &Problems) -> Frame<'a> {
    Frame {
        title,
        problems: !problems.is_empty(),
        signed_in,
        current: "",
    }
}

/// First page.
pub fn identity(token: &str, signed_in: bool, fields: &Fields, problems: &Problems) -> Markup {
    let line = |line: Line<'static>| line.show(fields.raw(line.name), problems);
    let content = html! {
        (line(Line { name: "nom", label: "Nom", purpose: "family-name", ..Line::TEXT }))
        (line(Line { name: "prenom", label: "Prénom", purpose: "given-name", ..Line::TEXT }))
        (parts::date("Date de naissance", "Exemple : 14 5 1951", fields, problems))
        (line(Line { name: "ville", label: "Ville de naissance", ..Line::TEXT }))
        (line(Line {
            name: "numero",
            label: "Numéro de sécurité sociale",
            hint: "Il est sur la carte Vitale. Il a 13 ou 15 chiffres.",
            numeric: true,
            width: "medium",
            ..Line::TEXT
        }))
        (parts::buttons("Continuer", Some("Retour à l’accueil")))
    };
    page(
        &frame("Votre identité, étape 1 sur 4", signed_in, problems),
        &html! {
            div class="card" {
                (parts::summary(problems))
                (step(1, "Votre identité"))
                (model_link())
                (parts::form("/demande/identite", token, &content))
            }
        },
    )
}

/// Second page.
pub fn situation(token: &str, signed_in: bool, fields: &Fields, problems: &Problems) -> Markup {
    let content = html! {
        (parts::radios("logement", "Votre logement", &HOUSING, fields.raw("logement"), problems))
        (parts::select("famille", "Votre situation familiale", &FAMILY, fields.raw("famille"), problems))
        (parts::checks("soins", "Vos besoins de soins", "Vous pouvez cocher plusieurs cases, ou aucune.", &CARE, fields))
        (parts::area("precisions", "Voulez-vous ajouter quelque chose ?", "Ce n’est pas obligatoire.", fields.raw("precisions"), problems))
        (parts::buttons("Continuer", Some("Étape précédente")))
    };
    page(
        &frame("Votre situation, étape 2 sur 4", signed_in, problems),
        &html! {
            div class="card" {
                (parts::summary(problems))
                (step(2, "Votre situation"))
                (parts::form("/demande/situation", token, &content))
            }
        },
    )
}

/// Third page. The form token comes before the file.
pub fn document(token: &str, signed_in: bool, draft: &Draft, problems: &Problems) -> Markup {
    page(
        &frame("Votre justificatif, étape 3 sur 4", signed_in, problems),
        &html! {
            div class="card" {
                (parts::summary(problems))
                (step(3, "Votre justificatif"))
                p class="lead" { "Ajoutez un fichier : une facture ou une attestation à votre nom." }
                @if let Some(upload) = &draft.upload {
                    p class="done typed" { "Fichier déjà reçu : " (upload.name) }
                    p { "Vous pouvez continuer, ou choisir un autre fichier." }
                } @else {
                    p {
                        "Vous n’avez pas de fichier ? "
                        a href="/exemple/justificatif.pdf" { "Téléchargez celui d’Éloïse (PDF)" }
                        "."
                    }
                }
                form method="post" action="/demande/justificatif" enctype="multipart/form-data" novalidate {
                    input type="hidden" name=(parts::TOKEN) value=(token);
                    (parts::file("fichier", "Votre fichier", "PDF, JPEG ou PNG. 10 Mo au plus.", problems))
                    (parts::buttons("Continuer", Some("Étape précédente")))
                }
            }
        },
    )
}

/// Every answer.
pub fn summary(token: &str, signed_in: bool, draft: &Draft) -> Markup {
    let none = Problems::default();
    page(
        &frame("Vérifiez vos réponses, étape 4 sur 4", signed_in, &none),
        &html! {
            div class="card" {
                (step(4, "Vérifiez vos réponses"))
                (answers(draft, true))
                (parts::form("/demande/verification", token, &parts::buttons("Envoyer ma demande", Some("Étape précédente"))))
            }
        },
    )
}

/// Care boxes that were ticked, in words.
fn care(fields: &Fields) -> String {
    let ticked: Vec<&str> = CARE
        .iter()
        .filter(|(value, _)| fields.holds("soins", value))
        .map(|(_, label)| *label)
        .collect();
    if ticked.is_empty() {
        "Aucun".to_owned()
    } else {
        ticked.join(", ")
    }
}

fn answers(draft: &Draft, change: bool) -> Markup {
    let (who, how) = (&draft.identity, &draft.situation);
    let birth = format!(
        "{}/{}/{}",
        who.get("jour"),
        who.get("mois"),
        who.get("annee")
    );
    html! {
        (group("Votre identité", change.then_some("/demande/identite"), &[
            ("Nom", who.get("nom")),
            ("Prénom", who.get("prenom")),
            ("Date de naissance", &birth),
            ("Ville de naissance", who.get("ville")),
            ("Numéro de sécurité sociale", who.get("numero")),
        ]))
        (group("Votre situation", change.then_some("/demande/situation"), &[
            ("Logement", label_of(&HOUSING, how.raw("logement"))),
            ("Situation familiale", label_of(&FAMILY, how.raw("famille"))),
            ("Besoins de soins", &care(how)),
            ("Précisions", how.raw("precisions")),
        ]))
        (group("Votre justificatif", change.then_some("/demande/justificatif"), &[
            ("Fichier", draft.upload.as_ref().map_or("", |u| u.name.as_str())),
        ]))
    }
}

fn group(title: &str, change: Option<&str>, rows: &[(&str, &str)]) -> Markup {
    html! {
        section class="answers" {
            div class="heading" {
                h2 { (title) }
                @if let Some(path) = change {
                    a href=(path) { "Modifier" span class="read" { " : " (title) } }
                }
            }
            dl class="rows" {
                @for (term, value) in rows {
                    div {
                        dt { (term) }
                        dd class="typed" {
                            @if value.is_empty() { span class="mute" { "Rien" } } @else { (value) }
                        }
                    }
                }
            }
        }
    }
}

/// The request is sent.
pub fn confirmation(signed_in: bool, request: &Request) -> Markup {
    let none = Problems::default();
    page(
        &frame("Votre demande est envoyée", signed_in, &none),
        &html! {
            div class="card" {
                p class="done" { "C’est fait" }
                h1 { "Votre demande est envoyée" }
                p class="lead" { "Votre numéro de demande :" }
                p class="code" id="reference" { (request.reference) }
                p { "Gardez votre attestation. Elle prouve que la demande est envoyée." }
                div class="buttons" {
                    a class="button" href="/demande/attestation.pdf" { "Télécharger l’attestation (PDF)" }
                    a class="button second" href="/demande/attestation/imprimer" { "Ouvrir pour imprimer" }
                }
                h2 { "Et après ?" }
                ol {
                    li { "La mutuelle lit votre demande." }
                    li { "Elle vous répond dans 15 jours." }
                    li { a href="/rendez-vous" { "Vous pouvez prendre rendez-vous" } "." }
                }
                (answers(&request.draft, false))
            }
        },
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn answers_are_shown_in_words_and_escaped() {
        let mut draft = Draft::default();
        for (name, value) in [
            ("nom", "<b>Lefèvre</b>"),
            ("jour", "14"),
            ("mois", "5"),
            ("annee", "1951"),
        ] {
            draft.identity.push(name.into(), value.into()).unwrap();
        }
        for (name, value) in [
            ("soins", "dents"),
            ("soins", "hopital"),
            ("soins", "unknown"),
        ] {
            draft.situation.push(name.into(), value.into()).unwrap();
        }
        let text = answers(&draft, true).into_string();
        assert!(text.contains("&lt;b&gt;Lefèvre") && !text.contains("<b>"));
        assert!(
            text.contains("14/5/1951") && text.contains("Les dents, L’hôpital<"),
            "{text}"
        );
    }
}
