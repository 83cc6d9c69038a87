//! Login: a password, then a one-time code that arrives on the practice telephone.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::check::Problems;
use super::fault::Fault;
use super::fields::Fields;
use super::http::{Sent, set_cookie};
use super::layout::{Frame, page};
use super::parts::{self, Line};
use super::record::Form;
use super::store::{Key, MAX_TRIES, Pending, Site};

/// The first step.
pub async fn form(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let token = site.lock().session(&key)?.token.clone();
    Ok(view(&token, "", &Problems::default()))
}

/// Checks the password and "sends" a code.
pub async fn password(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    let email = fields.get("email").to_lowercase();
    let mut problems = Problems::default();
    if email.is_empty() {
        problems.add("email", "Écrivez votre adresse e-mail.");
    }
    if fields.raw("mot-de-passe").is_empty() {
        problems.add("mot-de-passe", "Écrivez votre mot de passe.");
    }
    let right = store
        .account(&email)
        .is_some_and(|a| a.password.as_str() == fields.raw("mot-de-passe"));
    if problems.is_empty() && !right {
        problems.add(
            "email",
            "L’adresse ou le mot de passe n’est pas bon. Écrivez-les à nouveau. \
             Pas encore de compte ? Créez-le d’abord.",
        );
    }
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Login, accepted, &fields, None)?;
    let session = store.session(&key)?;
    if !accepted {
        return Ok(view(&session.token, fields.raw("email"), &problems).into_response());
    }
    session.pending = Some(Pending::new(email));
    Ok(Redirect::to("/connexion/code").into_response())
}

/// The second step.
pub async fn code_form(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let session = store.session(&key)?;
    if session.pending.is_none() {
        return Ok(Redirect::to("/connexion").into_response());
    }
    Ok(code_view(&session.token, &Problems::default()).into_response())
}

/// Checks the code and opens the person's space under a new cookie.
pub async fn code(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    let Some(pending) = &mut store.session(&key)?.pending else {
        return Ok(Redirect::to("/connexion").into_response());
    };
    let problems = check_code(&fields, pending);
    let email = pending.email.clone();
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Code, accepted, &fields, None)?;
    let session = store.session(&key)?;
    if !accepted {
        return Ok(code_view(&session.token, &problems).into_response());
    }
    session.pending = None;
    session.email = Some(email);
    let fresh = store.renew(&key)?;
    let mut response = Redirect::to("/mon-espace").into_response();
    if let Some(value) = set_cookie(&fresh) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Compares the code; blanks are forgiven because people group the digits. After
/// [`MAX_TRIES`] wrong codes a new one replaces it.
fn check_code(fields: &Fields, pending: &mut Pending) -> Problems {
    let typed: String = fields
        .raw("code")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let mut problems = Problems::default();
    if typed.is_empty() {
        problems.add("code", "Écrivez le code à 6 chiffres.");
    } else if typed != pending.code {
        pending.tries += 1;
        if pending.tries >= MAX_TRIES {
            *pending = Pending::new(std::mem::take(&mut pending.email));
            problems.add(
                "code",
                "Trop d’essais. Un nouveau code est arrivé. Regardez encore le téléphone.",
            );
        } else {
            problems.add(
                "code",
                "Ce n’est pas le bon code. Regardez encore le téléphone.",
            );
        }
    }
    problems
}

/// Makes a new code.
pub async fn again(State(site): State<Site>, sent: Sent) -> Result<Redirect, Fault> {
    let mut store = site.lock();
    let session = store.session(&sent.key)?;
    match session.pending.take() {
        Some(old) => {
            session.pending = Some(Pending::new(old.email));
            Ok(Redirect::to("/telephone"))
        }
        None => Ok(Redirect::to("/connexion")),
    }
}

/// The practice telephone: there is no real message to read.
pub async fn phone(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let mut store = site.lock();
    let code = store
        .session(&key)?
        .pending
        .as_ref()
        .map(|p| p.code.as_str());
    let frame = Frame {
        title: "Votre téléphone d’entraînement",
        ..Frame::default()
    };
    Ok(page(
        &frame,
        &html! {
            div class="card narrow" {
                h1 { "Votre téléphone d’entraînement" }
                p class="lead" { "Dans la vraie vie, le code arrive sur votre téléphone. Ici, il arrive sur cette page." }
                div class="phone" {
                    @match code {
                        Some(code) => {
                            p class="small" { "Message de la Mutuelle de l’Estran" }
                            p { "Votre code est :" }
                            p class="code" id="le-code" { (code) }
                            p class="small" { "Ne donnez jamais ce code par téléphone." }
                        },
                        None => p { "Aucun message pour le moment." },
                    }
                }
                @if code.is_some() {
                    p { a class="button" href="/connexion/code" { "J’ai noté le code" } }
                } @else {
                    p { a class="button" href="/connexion" { "Se connecter" } }
                }
            }
        },
    ))
}

/// The person's space.
pub async fn space(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let Some(name) = store.signed_in(&key).map(|a| a.given_name.clone()) else {
        return Ok(Redirect::to("/connexion").into_response());
    };
    let session = store.session(&key)?;
    let frame = Frame {
        title: "Votre espace",
        signed_in: true,
        ..Frame::default()
    };
    let leave = html! { button class="button second" type="submit" { "Me déconnecter" } };
    let content = html! {
        div class="card" {
            h1 { "Bonjour " (name) }
            p class="lead" { "Vous êtes connecté à votre espace." }
            ul class="rows" {
                li {
                    @match &session.request {
                        Some(request) => {
                            span { "Votre demande " strong { (request.reference) } " est envoyée." }
                            a href="/demande/confirmation" { "Voir ma demande" }
                        },
                        None => {
                            span { "Vous n’avez pas encore fait de demande." }
                            a href="/demande" { "Faire une demande" }
                        },
                    }
                }
                li {
                    @if session.appointment.is_some() {
                        span { "Vous avez un rendez-vous." }
                        a href="/rendez-vous/confirmation" { "Voir mon rendez-vous" }
                    } @else {
                        span { "Vous n’avez pas de rendez-vous." }
                        a href="/rendez-vous" { "Prendre rendez-vous" }
                    }
                }
            }
            p { "Quand vous avez fini, déconnectez-vous. C’est plus sûr." }
            (parts::form("/deconnexion", &session.token, &leave))
        }
    };
    Ok(page(&frame, &content).into_response())
}

/// Signs out, under a new cookie.
pub async fn leave(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let mut store = site.lock();
    let session = store.session(&sent.key)?;
    session.email = None;
    session.pending = None;
    let fresh = store.renew(&sent.key)?;
    let mut response = Redirect::to("/").into_response();
    if let Some(value) = set_cookie(&fresh) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

fn view(token: &str, email: &str, problems: &Problems) -> Markup {
    let frame = Frame {
        title: "Se connecter",
        problems: !problems.is_empty(),
        ..Frame::default()
    };
    let address = Line {
        name: "email",
        label: "Adresse e-mail",
        kind: "email",
        purpose: "username",
        ..Line::TEXT
    };
    let password = Line {
        name: "mot-de-passe",
        label: "Mot de passe",
        kind: "password",
        purpose: "current-password",
        ..Line::TEXT
    };
    let content = html! {
        (address.show(email, problems))
        (password.show("", problems))
        (parts::buttons("Continuer", None))
    };
    page(
        &frame,
        &html! {
            div class="card" {
                (parts::summary(problems))
                p class="step" { "Connexion, étape 1 sur 2" }
                h1 { "Se connecter" }
                (parts::form("/connexion", token, &content))
                p { "Pas encore de compte ? " a href="/compte/creer" { "Créer un compte" } }
            }
        },
    )
}

fn code_view(token: &str, problems: &Problems) -> Markup {
    let frame = Frame {
        title: "Votre code",
        problems: !problems.is_empty(),
        ..Frame::default()
    };
    let line = Line {
        name: "code",
        label: "Code à 6 chiffres",
        purpose: "one-time-code",
        numeric: true,
        width: "short",
        ..Line::TEXT
    };
    let content = html! {
        (line.show("", problems))
        (parts::buttons("Me connecter", None))
    };
    let again = html! { button class="plain" type="submit" { "Recevoir un nouveau code" } };
    page(
        &frame,
        &html! {
            div class="card" {
                (parts::summary(problems))
                p class="step" { "Connexion, étape 2 sur 2" }
                h1 { "Votre code" }
                p class="lead" { "Un code vient d’arriver sur votre téléphone d’entraînement." }
                p { a class="button second" href="/telephone" { "Regarder le téléphone" } }
                (parts::form("/connexion/code", token, &content))
                (parts::form("/connexion/nouveau-code", token, &again))
            }
        },
    )
}
