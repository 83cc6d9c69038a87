//! The appointment. The slots have no date: the site has no clock.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::check::Problems;
use super::fault::Fault;
use super::fields::Fields;
use super::http::Sent;
use super::layout::{Frame, page};
use super::parts;
use super::record::Form;
use super::request_views::label_of;
use super::store::{Key, Site, Store};

const PLACES: [(&str, &str); 2] = [("agence", "À l’agence"), ("telephone", "Au téléphone")];

const SLOTS: [(&str, &str); 6] = [
    ("lundi-0930", "Lundi à 9 h 30"),
    ("lundi-1400", "Lundi à 14 h"),
    ("mardi-1000", "Mardi à 10 h"),
    ("mercredi-1115", "Mercredi à 11 h 15"),
    ("jeudi-1530", "Jeudi à 15 h 30"),
    ("vendredi-0900", "Vendredi à 9 h"),
];

/// The choice of a slot.
pub async fn form(State(site): State<Site>, key: Key) -> Result<Markup, Fault> {
    let mut store = site.lock();
    let fields = store.session(&key)?.appointment.clone().unwrap_or_default();
    view(&mut store, &key, &fields, &Problems::default())
}

/// Takes the slot.
pub async fn take(State(site): State<Site>, sent: Sent) -> Result<Response, Fault> {
    let Sent { key, fields } = sent;
    let mut store = site.lock();
    let mut problems = Problems::default();
    problems.choice(
        &fields,
        "lieu",
        &PLACES,
        "Choisissez où aura lieu le rendez-vous.",
    );
    problems.choice(
        &fields,
        "creneau",
        &SLOTS,
        "Choisissez un jour et une heure.",
    );
    let accepted = problems.is_empty();
    site.keep(&mut store, &key, Form::Appointment, accepted, &fields, None)?;
    if !accepted {
        return Ok(view(&mut store, &key, &fields, &problems)?.into_response());
    }
    store.session(&key)?.appointment = Some(fields);
    Ok(Redirect::to("/rendez-vous/confirmation").into_response())
}

/// The appointment is taken.
pub async fn taken(State(site): State<Site>, key: Key) -> Result<Response, Fault> {
    let mut store = site.lock();
    let signed_in = store.signed_in(&key).is_some();
    let Some(fields) = &store.session(&key)?.appointment else {
        return Ok(Redirect::to("/rendez-vous").into_response());
    };
    let frame = Frame {
        title: "Votre rendez-vous est pris",
        signed_in,
        current: "/rendez-vous",
        ..Frame::default()
    };
    let content = html! {
        div class="card narrow" {
            p class="done" { "C’est fait" }
            h1 { "Votre rendez-vous est pris" }
            dl class="rows" {
                div { dt { "Jour et heure" } dd { (label_of(&SLOTS, fields.raw("creneau"))) } }
                div { dt { "Lieu" } dd { (label_of(&PLACES, fields.raw("lieu"))) } }
            }
            p { "Notez bien le jour et l’heure." }
            p { a class="button second" href="/rendez-vous" { "Changer le rendez-vous" } }
            p { a href="/" { "Retour aux exercices" } }
        }
    };
    Ok(page(&frame, &content).into_response())
}

fn view(
    store: &mut Store,
    key: &Key,
    fields: &Fields,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let signed_in = store.signed_in(key).is_some();
    let token = &store.session(key)?.token;
    let frame = Frame {
        title: "Prendre rendez-vous",
        problems: !problems.is_empty(),
        signed_in,
        current: "/rendez-vous",
    };
    let content = html! {
        (parts::radios("lieu", "Où aura lieu le rendez-vous ?", &PLACES, fields.raw("lieu"), problems))
        (parts::radios("creneau", "Quand ?", &SLOTS, fields.raw("creneau"), problems))
        (parts::buttons("Prendre ce rendez-vous", None))
    };
    Ok(page(
        &frame,
        &html! {
            div class="card" {
                (parts::summary(problems))
                h1 { "Prendre rendez-vous" }
                p class="lead" { "Répondez aux deux questions." }
                (parts::form("/rendez-vous", token, &content))
            }
        },
    ))
}
