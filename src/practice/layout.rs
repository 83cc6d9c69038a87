//! The frame of every page.

use maud::{DOCTYPE, Markup, html};

/// What the frame needs to know.
#[derive(Debug, Clone, Default)]
pub struct Frame<'a> {
    /// The page's title; the site's name is added.
    pub title: &'a str,
    /// Whether the page came back with problems: said first in the title, because a
    /// screen reader reads it first.
    pub problems: bool,
    /// Whether a person is signed in.
    pub signed_in: bool,
    /// The path of the navigation entry that this page belongs to.
    pub current: &'a str,
}

const NAVIGATION: [(&str, &str); 4] = [
    ("/", "Exercices"),
    ("/rendez-vous", "Rendez-vous"),
    ("/fiche", "Fiche d’Éloïse"),
    ("/releve", "Mon relevé"),
];

/// One whole page.
pub fn page(frame: &Frame<'_>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title {
                    @if frame.problems { "Erreur : " }
                    (frame.title) " – Mutuelle de l’Estran (entraînement)"
                }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/favicon.ico" type="image/svg+xml";
            }
            body {
                a class="skip" href="#contenu" { "Aller au contenu" }
                (header(frame))
                main id="contenu" tabindex="-1" { (content) }
                (footer())
            }
        }
    }
}

fn header(frame: &Frame<'_>) -> Markup {
    html! {
        header {
            div class="band" {
                a class="brand" href="/" {
                    img src="/image/vague.svg" alt="" width="44" height="44";
                    span { "Mutuelle de l’Estran" }
                }
                p class="badge" { "Site d’entraînement" }
                @if frame.signed_in { a class="person" href="/mon-espace" { "Mon espace" } }
                @else { a class="person" href="/connexion" { "Se connecter" } }
            }
            nav aria-label="Menu principal" {
                ul {
                    @for (path, label) in NAVIGATION {
                        li {
                            a href=(path) aria-current=[(path == frame.current).then_some("page")] {
                                (label)
                            }
                        }
                    }
                }
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer {
            p {
                strong { "Ce site n’est pas une vraie mutuelle." }
                " Il sert à apprendre. Rien ne sort de ce poste. Tout est effacé à la fin."
            }
            p { a href="/accessibilite" { "Accessibilité" } }
        }
    }
}
