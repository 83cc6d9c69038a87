//! Every refusal, as a kind page: what happened, and the next step.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::fields::Unreadable;
use super::layout::{self, Frame};

/// Why a request was not answered with its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No such page (404).
    NotFound,
    /// The page exists but is not asked for in this way (405).
    Method,
    /// More bytes than a form may carry (413).
    TooLarge,
    /// The form could not be read (400).
    Unreadable(Unreadable),
    /// The request broke off, or is not a form (400).
    Broken,
    /// The form's token is missing or old: another site, or a forgotten session (403).
    Expired,
    /// The record could not be written (500).
    Record,
    /// The PDF could not be made (500).
    Document,
}

impl From<Unreadable> for Fault {
    fn from(cause: Unreadable) -> Self {
        Self::Unreadable(cause)
    }
}

impl Fault {
    /// The HTTP status (RFC 9110, section 15).
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable(_) | Self::Broken => StatusCode::BAD_REQUEST,
            Self::Expired => StatusCode::FORBIDDEN,
            Self::Record | Self::Document => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => (
                "Cette page n’existe pas",
                "L’adresse est peut-être mal écrite. Retournez à l’accueil et choisissez un exercice.",
            ),
            Self::Method => (
                "Cette page s’ouvre autrement",
                "Retournez à l’accueil et recommencez l’exercice.",
            ),
            Self::TooLarge => (
                "Votre envoi est trop lourd",
                "Revenez à la page d’avant. Choisissez un fichier plus petit ou écrivez un texte plus court.",
            ),
            Self::Unreadable(_) | Self::Broken => (
                "Votre envoi n’est pas lisible",
                "Revenez à la page d’avant et envoyez à nouveau.",
            ),
            Self::Expired => (
                "Cette page est trop ancienne",
                "Rien n’a été envoyé. Retournez à l’accueil et recommencez l’exercice.",
            ),
            Self::Record | Self::Document => (
                "Le site a un problème",
                "Ce n’est pas votre faute. Appelez votre aidant ou réessayez.",
            ),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (title, next) = self.words();
        let frame = Frame {
            title,
            ..Frame::default()
        };
        let page = layout::page(
            &frame,
            &html! {
                div class="card narrow" {
                    h1 { (title) }
                    p class="lead" { (next) }
                    p { a class="button" href="/" { "Retour à l’accueil" } }
                    p class="mute small" { "Numéro de l’erreur : " (self.status().as_u16()) }
                }
            },
        );
        (self.status(), page).into_response()
    }
}
