//! Routes, security headers, the session cookie, and the extractors that check them.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, request::Parts};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::fault::Fault;
use super::fields::{Fields, MAX_BODY};
use super::parts::TOKEN;
use super::store::{Key, Site};
use super::{account, appointment, login, pages, request, secrets, upload};
use crate::paper;

/// The session cookie's name.
const COOKIE: &str = "seance";

/// Nothing but our own style, font, pictures and forms; no script at all.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; \
     img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole site.
pub fn router(site: Site) -> Router {
    exercises()
        .merge(the_request())
        .fallback(async || Fault::NotFound)
        .method_not_allowed_fallback(async || Fault::Method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(site.clone(), with_session))
        .merge(files())
        .layer(map_response(secure))
        .merge(secrets::routes())
        .with_state(site)
}

/// The pages around the request.
fn exercises() -> Router<Site> {
    Router::new()
        .route("/", get(pages::home))
        .route("/fiche", get(pages::card))
        .route("/releve", get(pages::statement))
        .route("/accessibilite", get(pages::accessibility))
        .route("/exemple/justificatif.pdf", get(pages::example))
        .route("/compte/creer", get(account::form).post(account::create))
        .route("/compte/cree", get(account::created))
        .route("/connexion", get(login::form).post(login::password))
        .route("/connexion/code", get(login::code_form).post(login::code))
        .route("/connexion/nouveau-code", post(login::again))
        .route("/telephone", get(login::phone))
        .route("/mon-espace", get(login::space))
        .route("/deconnexion", post(login::leave))
        .route(
            "/rendez-vous",
            get(appointment::form).post(appointment::take),
        )
        .route("/rendez-vous/confirmation", get(appointment::taken))
}

/// The request, page by page.
fn the_request() -> Router<Site> {
    let document = get(upload::form)
        .post(upload::receive)
        .layer(DefaultBodyLimit::max(upload::MAX_DRAINED));
    Router::new()
        .route("/demande", get(request::start))
        .route(
            "/demande/identite",
            get(request::identity_form).post(request::identity),
        )
        .route(
            "/demande/situation",
            get(request::situation_form).post(request::situation),
        )
        .route("/demande/justificatif", document)
        .route(
            "/demande/verification",
            get(request::summary).post(request::send),
        )
        .route("/demande/confirmation", get(request::confirmation))
        .route("/demande/attestation.pdf", get(request::download))
        .route("/demande/attestation/imprimer", get(request::print))
}

/// What a page needs beside itself; no session.
fn files() -> Router<Site> {
    Router::new()
        .route(
            "/style.css",
            get(async || file("text/css; charset=utf-8", STYLE)),
        )
        .route(
            "/image/vague.svg",
            get(async || file("image/svg+xml", WAVE)),
        )
        .route("/favicon.ico", get(async || file("image/svg+xml", ICON)))
        .route(
            "/police/normal.ttf",
            get(async || file("font/ttf", paper::REGULAR)),
        )
        .route(
            "/police/gras.ttf",
            get(async || file("font/ttf", paper::BOLD)),
        )
}

const STYLE: &[u8] = include_bytes!("assets/style.css");
const WAVE: &[u8] = include_bytes!("assets/wave.svg");
const ICON: &[u8] = include_bytes!("assets/icon.svg");

fn file(kind: &'static str, content: &'static [u8]) -> Response {
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}

/// The headers of every answer. `no-store` because the next visitor must find nothing,
/// not even in a browser cache that was forgotten.
async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Gives every request a session.
async fn with_session(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let (key, fresh) = site.lock().enter(cookie(request.headers()));
    request.extensions_mut().insert(key.clone());
    let mut response = next.run(request).await;
    if fresh && !response.headers().contains_key(header::SET_COOKIE) {
        if let Some(value) = set_cookie(&key) {
            response.headers_mut().insert(header::SET_COOKIE, value);
        }
    }
    response
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// The `Set-Cookie` value of a session (RFC 6265). Not `Secure`: the site is plain HTTP
/// on the loopback of a private network namespace.
pub fn set_cookie(key: &Key) -> Option<HeaderValue> {
    let text = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", key.text());
    HeaderValue::from_str(&text).ok()
}

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Fault::Expired)
    }
}

/// A form whose token was checked: a handler cannot read fields without it.
pub struct Sent {
    /// The session.
    pub key: Key,
    /// What came.
    pub fields: Fields,
}

impl FromRequest<Site> for Sent {
    type Rejection = Fault;

    async fn from_request(mut request: Request, site: &Site) -> Result<Self, Fault> {
        let key = request
            .extensions_mut()
            .get::<Key>()
            .cloned()
            .ok_or(Fault::Expired)?;
        let body = Bytes::from_request(request, site).await.map_err(|cause| {
            if cause.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                Fault::TooLarge
            } else {
                Fault::Broken
            }
        })?;
        let fields = Fields::decode(&body)?;
        check_token(site, &key, &fields)?;
        Ok(Self { key, fields })
    }
}

/// Refuses a form that did not come from a page of this session.
///
/// # Errors
/// Returns [`Fault::Expired`] for a missing or foreign token.
pub fn check_token(site: &Site, key: &Key, fields: &Fields) -> Result<(), Fault> {
    if site.lock().session(key)?.token == fields.raw(TOKEN) {
        Ok(())
    } else {
        Err(Fault::Expired)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    fn with(text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(text).unwrap());
        headers
    }

    #[test]
    fn the_session_cookie_is_found_among_others() {
        assert_eq!(cookie(&with("a=1; seance=abc; b=2")), Some("abc"));
        assert_eq!(cookie(&with("seances=abc")), None);
        assert_eq!(cookie(&with("; ;=;seance")), None);
        assert_eq!(cookie(&HeaderMap::new()), None);
    }
}
