//! Account creation.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use zeroize::Zeroizing;

use super::check::{MAX_LINE, Problems, looks_like_email};
use super::fault::Fault;
use super::fields::Fields;
use super::http::Sent;
use super::layout::{Frame, page};
use super::parts::{self, Line};
use super::record::Form;
use super::store::{Account, Key, Site, Store};

/// The shortest password, in characters. The login has a second step, hence 8 (CNIL,
/// deliberation 2022-100: less length with an additional measure).
const SHORTEST: usize = 8;

/// The empty form.
pub async fn form(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let token = site.lock().session(&key)?.token.clone();
    Ok(view(&token, &Fields::default(), &Problems::default()))
}

/// Makes the account, or shows what to correct.
pub async fn create(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    let problems = check(&fields, &store);
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Account, accepted, &fields, None)?;
    if !accepted {
        let token = store.session(&key)?.token.clone();
        return Ok(view(&token, &fields, &problems).into_response());
    }
    store.add_account(Account {
        name: fields.get("nom").to_owned(),
        given_name: fields.get("prenom").to_owned(),
        email: fields.get("email").to_lowercase(),
        password: Zeroizing::new(fields.raw("mot-de-passe").to_owned()),
    });
    Ok(Redirect::to("/compte/cree").into_response())
}

/// The account is made.
pub async fn created() -> Markup {
    let frame = Frame {
        title: "Votre compte est créé",
        ..Frame::default()
    };
    page(
        &frame,
        &html! {
            div class="card narrow" {
                p class="done" { "C’est fait" }
                h1 { "Votre compte est créé" }
                p class="lead" { "Maintenant, vous pouvez vous connecter." }
                p { "Il vous faut votre adresse e-mail et votre mot de passe." }
                p { a class="button" href="/connexion" { "Se connecter" } }
            }
        },
    )
}

fn check(fields: &Fields, store: &Store) -> Problems {
    let mut problems = Problems::default();
    problems.line(fields, "nom", "votre nom");
    problems.line(fields, "prenom", "votre prénom");
    let email = fields.get("email");
    if email.is_empty() {
        problems.add("email", "Écrivez votre adresse e-mail.");
    } else if email.chars().count() > MAX_LINE || !looks_like_email(email) {
        problems.add(
            "email",
            "Cette adresse n’est pas complète. Exemple : eloise.lefevre@example.org",
        );
    } else if store.account(&email.to_lowercase()).is_some() {
        problems.add(
            "email",
            "Cette adresse a déjà un compte. Connectez-vous, ou écrivez une autre adresse.",
        );
    }
    let password = fields.raw("mot-de-passe");
    let length = password.chars().count();
    if length < SHORTEST {
        problems.add(
            "mot-de-passe",
            "Le mot de passe est trop court. Écrivez 8 signes au moins.",
        );
    } else if length > MAX_LINE {
        problems.add("mot-de-passe", "Le mot de passe est trop long.");
    } else if fields.raw("confirmation") != password {
        problems.add(
            "confirmation",
            "Les deux mots de passe ne sont pas pareils. Écrivez-les à nouveau.",
        );
    }
    problems
}

fn view(token: &str, fields: &Fields, problems: &Problems) -> Markup {
    let frame = Frame {
        title: "Créer un compte",
        problems: !problems.is_empty(),
        ..Frame::default()
    };
    let empty = |name| fields.raw(name);
    let content = html! {
        @for line in LINES {
            // A password never travels back to the page.
            (line.show(if line.kind == "password" { "" } else { empty(line.name) }, problems))
        }
        (parts::buttons("Créer mon compte", None))
    };
    page(
        &frame,
        &html! {
            div class="card" {
                (parts::summary(problems))
                h1 { "Créer un compte" }
                p class="lead" { "Toutes les cases sont à remplir." }
                (super::pages::model_link())
                (parts::form("/compte/creer", token, &content))
            }
        },
    )
}

const LINES: [Line<'static>; 5] = [
    Line {
        name: "nom",
        label: "Nom",
        purpose: "family-name",
        ..Line::TEXT
    },
    Line {
        name: "prenom",
        label: "Prénom",
        purpose: "given-name",
        ..Line::TEXT
    },
    Line {
        name: "email",
        label: "Adresse e-mail",
        hint: "Exemple : eloise.lefevre@example.org",
        kind: "email",
        purpose: "email",
        ..Line::TEXT
    },
    Line {
        name: "mot-de-passe",
        label: "Mot de passe",
        hint: "Inventez un mot de passe de 8 signes au moins. N’utilisez pas votre vrai mot de passe.",
        kind: "password",
        purpose: "new-password",
        ..Line::TEXT
    },
    Line {
        name: "confirmation",
        label: "Le même mot de passe, encore une fois",
        kind: "password",
        purpose: "new-password",
        ..Line::TEXT
    },
];
