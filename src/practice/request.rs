//! The request: two pages of questions, a file, a summary, a confirmation.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use super::attestation;
use super::check::{MAX_TEXT, Problems, date, is_social_security_number};
use super::fault::Fault;
use super::fields::Fields;
use super::http::Sent;
use super::record::Form;
use super::request_views::{self as views, FAMILY, HOUSING};
use super::store::{Key, Request, Site, Store, reference};

/// Whether the "back" button was pressed.
pub fn goes_back(fields: &Fields) -> bool {
    fields.raw("aller") == "retour"
}

/// The first page to fill in.
pub async fn start() -> Redirect {
    Redirect::to("/demande/identite")
}

/// First page. A signed-in person finds their names already there.
pub async fn identity_form(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let mut store = site.lock();
    let mut fields = store.session(&key)?.draft.identity.clone();
    if fields.is_empty() {
        if let Some(account) = store.signed_in(&key) {
            fields.push("nom".to_owned(), account.name.clone())?;
            fields.push("prenom".to_owned(), account.given_name.clone())?;
        }
    }
    show(&mut store, &key, |token, signed_in| {
        views::identity(token, signed_in, &fields, &Problems::default())
    })
}

/// Checks and keeps the first page.
pub async fn identity(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    store.session(&key)?.draft.identity = fields.clone();
    if goes_back(&fields) {
        return Ok(Redirect::to("/").into_response());
    }
    let problems = check_identity(&fields);
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Identity, accepted, &fields, None)?;
    if accepted {
        return Ok(Redirect::to("/demande/situation").into_response());
    }
    let page = show(&mut store, &key, |token, signed_in| {
        views::identity(token, signed_in, &fields, &problems)
    })?;
    Ok(page.into_response())
}

/// Second page.
pub async fn situation_form(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let draft = &store.session(&key)?.draft;
    if !check_identity(&draft.identity).is_empty() {
        return Ok(Redirect::to("/demande/identite").into_response());
    }
    let fields = draft.situation.clone();
    let page = show(&mut store, &key, |token, signed_in| {
        views::situation(token, signed_in, &fields, &Problems::default())
    })?;
    Ok(page.into_response())
}

/// Checks and keeps the second page.
pub async fn situation(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    store.session(&key)?.draft.situation = fields.clone();
    if goes_back(&fields) {
        return Ok(Redirect::to("/demande/identite").into_response());
    }
    let problems = check_situation(&fields);
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Situation, accepted, &fields, None)?;
    if accepted {
        return Ok(Redirect::to("/demande/justificatif").into_response());
    }
    let page = show(&mut store, &key, |token, signed_in| {
        views::situation(token, signed_in, &fields, &problems)
    })?;
    Ok(page.into_response())
}

/// The first page that still needs an answer.
pub fn unfinished(store: &mut Store, key: &Key) -> Result<Option<&'static str>, Fault> {
    let draft = &store.session(key)?.draft;
    Ok(if !check_identity(&draft.identity).is_empty() {
        Some("/demande/identite")
    } else if !check_situation(&draft.situation).is_empty() {
        Some("/demande/situation")
    } else if draft.upload.is_none() {
        Some("/demande/justificatif")
    } else {
        None
    })
}

/// Every answer on one page, each with its way back.
pub async fn summary(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    if let Some(path) = unfinished(&mut store, &key)? {
        return Ok(Redirect::to(path).into_response());
    }
    let draft = store.session(&key)?.draft.clone();
    let page = show(&mut store, &key, |token, signed_in| {
        views::summary(token, signed_in, &draft)
    })?;
    Ok(page.into_response())
}

/// Sends the request and begins an empty one.
pub async fn send(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    if goes_back(&fields) {
        return Ok(Redirect::to("/demande/justificatif").into_response());
    }
    if let Some(path) = unfinished(&mut store, &key)? {
        return Ok(Redirect::to(path).into_response());
    }
    let draft = std::mem::take(&mut store.session(&key)?.draft);
    let mut all = Fields::default();
    for (name, value) in draft.identity.iter().chain(draft.situation.iter()) {
        all.push(name.to_owned(), value.to_owned())?;
    }
    let upload = draft.upload.clone();
    store.session(&key)?.request = Some(Request {
        reference: reference(),
        draft,
    });
    site.keep(&mut store, &key, Form::Request, true, &all, upload)?;
    Ok(Redirect::to("/demande/confirmation").into_response())
}

/// The request is sent.
pub async fn confirmation(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let Some(request) = store.session(&key)?.request.clone() else {
        return Ok(Redirect::to("/demande/identite").into_response());
    };
    let page = show(&mut store, &key, |_, signed_in| {
        views::confirmation(signed_in, &request)
    })?;
    Ok(page.into_response())
}

/// The certificate, to keep.
pub async fn download(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let (pdf, reference) = certificate(&site, &key)?;
    let name = format!("attestation-{reference}.pdf");
    Ok(attestation::download(pdf, &name))
}

/// The certificate, opened in the browser's viewer, where the printer's button is.
pub async fn print(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let (pdf, _) = certificate(&site, &key)?;
    Ok(attestation::inline(pdf))
}

fn certificate(site: &Site, key: &Key) -> Result<(Vec<u8>, String), Fault> {
    let mut store = site.lock();
    let request = store.session(key)?.request.clone();
    drop(store);
    let request = request.ok_or(Fault::NotFound)?;
    Ok((attestation::certificate(&request)?, request.reference))
}

/// Renders a page with the session's form token and whether someone is signed in.
pub fn show(
    store: &mut Store,
    key: &Key,
    view: impl FnOnce(&str, bool) -> Markup,
) -> Result<Markup, Fault> {
    let signed_in = store.signed_in(key).is_some();
    let token = &store.session(key)?.token;
    Ok(view(token, signed_in))
}

fn check_identity(fields: &Fields) -> Problems {
    let mut problems = Problems::default();
    problems.line(fields, "nom", "votre nom");
    problems.line(fields, "prenom", "votre prénom");
    if let Err(problem) = date(fields.get("jour"), fields.get("mois"), fields.get("annee")) {
        problems.add("jour", problem.text());
    }
    problems.line(fields, "ville", "votre ville de naissance");
    if fields.get("numero").is_empty() {
        problems.add("numero", "Écrivez votre numéro de sécurité sociale.");
    } else if !is_social_security_number(fields.get("numero")) {
        problems.add(
            "numero",
            "Ce numéro n’est pas bon. Vérifiez chaque chiffre. Il y en a 13 ou 15.",
        );
    }
    problems
}

fn check_situation(fields: &Fields) -> Problems {
    let mut problems = Problems::default();
    problems.choice(fields, "logement", &HOUSING, "Choisissez votre logement.");
    problems.choice(
        fields,
        "famille",
        &FAMILY,
        "Choisissez votre situation familiale.",
    );
    if fields.raw("precisions").chars().count() > MAX_TEXT {
        problems.add(
            "precisions",
            "Le texte est trop long. Écrivez 1000 lettres au plus.",
        );
    }
    problems
}
