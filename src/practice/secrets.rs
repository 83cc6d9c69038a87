//! A page with every kind of secret field, for helpers to see how the station stops their hand: in the
//! page itself, in a frame of it, in a frame from elsewhere, in a closed shadow tree, and a password
//! whose letters are shown. What is written there goes nowhere: there is no form.

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::store::Site;

/// Its own script, style and frames, and nothing else. One frame is in a sandbox: to the browser it is
/// of an origin of its own, for which "self" is nobody.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self' http://127.0.0.1:*; \
     script-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self' http://127.0.0.1:*";

const PAGE: &str = include_str!("assets/secrets.html");
const FRAME: &str = include_str!("assets/secrets-frame.html");
const STYLE: &str = include_str!("assets/secrets.css");
const SCRIPT: &str = include_str!("assets/secrets.js");

/// Its routes, with headers of their own.
pub fn routes() -> Router<Site> {
    let html = "text/html; charset=utf-8";
    Router::new()
        .route("/exercice/secrets", get(async move || answer(html, PAGE)))
        .route(
            "/exercice/secrets/cadre",
            get(async move || answer(html, FRAME)),
        )
        .route(
            "/exercice/secrets.css",
            get(async || answer("text/css; charset=utf-8", STYLE)),
        )
        .route(
            "/exercice/secrets.js",
            get(async || answer("text/javascript; charset=utf-8", SCRIPT)),
        )
}

fn answer(kind: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, content).into_response()
}
