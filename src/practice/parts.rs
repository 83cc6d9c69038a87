//! The form controls of the site, each with its label, its help and its problem.

use maud::{Markup, html};

use super::check::Problems;
use super::fields::Fields;

/// The name of the hidden control that carries the form token.
pub const TOKEN: &str = "jeton";

/// A form that posts to `action`. `novalidate`: the site explains problems itself, in
/// the same words in every browser.
pub fn form(action: &str, token: &str, content: &Markup) -> Markup {
    html! {
        form method="post" action=(action) novalidate accept-charset="utf-8" {
            input type="hidden" name=(TOKEN) value=(token);
            (content)
        }
    }
}

/// The list of problems at the top of the page, each linked to its control.
pub fn summary(problems: &Problems) -> Markup {
    let count = problems.iter().count();
    html! {
        @if count > 0 {
            div class="summary" role="alert" aria-labelledby="probleme-titre" {
                h2 id="probleme-titre" {
                    @if count == 1 { "Il y a 1 chose à corriger" }
                    @else { "Il y a " (count) " choses à corriger" }
                }
                ul {
                    @for problem in problems.iter() {
                        li { a href={ "#" (problem.field) } { (problem.text) } }
                    }
                }
            }
        }
    }
}

/// The message next to a control.
fn problem(field: &str, problems: &Problems) -> Markup {
    html! {
        @if let Some(text) = problems.of(field) {
            p class="problem" id={ (field) "-erreur" } {
                span class="read" { "Erreur : " } (text)
            }
        }
    }
}

/// The `aria-describedby` of a control: its help, then its problem.
fn described(field: &str, hint: bool, problems: &Problems) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{field}-aide"));
    }
    if problems.of(field).is_some() {
        ids.push(format!("{field}-erreur"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn invalid(field: &str, problems: &Problems) -> Option<&'static str> {
    problems.of(field).map(|_| "true")
}

/// A one-line control.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Name and `id`.
    pub name: &'static str,
    /// The visible label.
    pub label: &'a str,
    /// Help, always visible.
    pub hint: &'a str,
    /// `text`, `email` or `password`.
    pub kind: &'a str,
    /// The `autocomplete` purpose (HTML standard, WCAG 1.3.5), or empty.
    pub purpose: &'a str,
    /// Whether a numeric keyboard is offered.
    pub numeric: bool,
    /// `wide`, `medium` or `short`: the width hints at the length.
    pub width: &'a str,
}

impl Line<'_> {
    /// A text control of ordinary width.
    pub const TEXT: Self = Self {
        name: "",
        label: "",
        hint: "",
        kind: "text",
        purpose: "",
        numeric: false,
        width: "wide",
    };

    /// The control with a value and its problem.
    pub fn show(&self, value: &str, problems: &Problems) -> Markup {
        let Self {
            name,
            label,
            hint,
            kind,
            purpose,
            numeric,
            width,
        } = *self;
        let has_hint = !hint.is_empty();
        html! {
            div class="field" {
                label for=(name) { (label) }
                @if has_hint { p class="hint" id={ (name) "-aide" } { (hint) } }
                (problem(name, problems))
                input class=(width) id=(name) name=(name) type=(kind) value=(value)
                    spellcheck="false"
                    autocomplete=(if purpose.is_empty() { "off" } else { purpose })
                    inputmode=[numeric.then_some("numeric")]
                    aria-invalid=[invalid(name, problems)]
                    aria-describedby=[described(name, has_hint, problems)];
            }
        }
    }
}

/// A question with round boxes: one answer.
pub fn radios(
    name: &'static str,
    legend: &str,
    options: &[(&str, &str)],
    chosen: &str,
    problems: &Problems,
) -> Markup {
    html! {
        fieldset class="field" aria-describedby=[described(name, false, problems)] {
            legend { (legend) }
            (problem(name, problems))
            div class="choices" {
                @for (index, (value, label)) in options.iter().enumerate() {
                    @let id = choice_id(name, value, index);
                    div class="choice" {
                        input type="radio" id=(id) name=(name) value=(value) checked[*value == chosen];
                        label for=(id) { (label) }
                    }
                }
            }
        }
    }
}

/// A question with square boxes: several answers, or none.
pub fn checks(
    name: &'static str,
    legend: &str,
    hint: &str,
    options: &[(&str, &str)],
    fields: &Fields,
) -> Markup {
    html! {
        fieldset class="field" aria-describedby={ (name) "-aide" } {
            legend { (legend) }
            p class="hint" id={ (name) "-aide" } { (hint) }
            div class="choices" {
                @for (index, (value, label)) in options.iter().enumerate() {
                    @let id = choice_id(name, value, index);
                    div class="choice" {
                        input type="checkbox" id=(id) name=(name) value=(value)
                            checked[fields.holds(name, value)];
                        label for=(id) { (label) }
                    }
                }
            }
        }
    }
}

/// The first box of a question bears the question's own name, so that the error
/// summary's link lands on it.
fn choice_id(name: &str, value: &str, index: usize) -> String {
    if index == 0 {
        name.to_owned()
    } else {
        format!("{name}-{value}")
    }
}

/// A drop-down list.
pub fn select(
    name: &'static str,
    label: &str,
    options: &[(&str, &str)],
    chosen: &str,
    problems: &Problems,
) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (label) }
            (problem(name, problems))
            select class="medium" id=(name) name=(name) autocomplete="off"
                aria-invalid=[invalid(name, problems)]
                aria-describedby=[described(name, false, problems)] {
                option value="" { "Choisissez" }
                @for (value, label) in options {
                    option value=(value) selected[*value == chosen] { (label) }
                }
            }
        }
    }
}

/// A free text. A browser drops the first line break of a text area, hence the one
/// before the value.
pub fn area(
    name: &'static str,
    label: &str,
    hint: &str,
    value: &str,
    problems: &Problems,
) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (label) }
            p class="hint" id={ (name) "-aide" } { (hint) }
            (problem(name, problems))
            textarea class="wide" id=(name) name=(name) rows="4" autocomplete="off"
                aria-invalid=[invalid(name, problems)]
                aria-describedby=[described(name, true, problems)] { "\n" (value) }
        }
    }
}

/// A date in three boxes. `name` is the question; the boxes are `jour`, `mois`,
/// `annee`, and the problem belongs to the first of them.
pub fn date(legend: &str, hint: &str, fields: &Fields, problems: &Problems) -> Markup {
    html! {
        fieldset class="field" aria-describedby=[described("jour", true, problems)] {
            legend { (legend) }
            p class="hint" id="jour-aide" { (hint) }
            (problem("jour", problems))
            div class="date" {
                @for (name, label, purpose, width) in [
                    ("jour", "Jour", "bday-day", "two"),
                    ("mois", "Mois", "bday-month", "two"),
                    ("annee", "Année", "bday-year", "four"),
                ] {
                    div {
                        label for=(name) { (label) }
                        input class=(width) id=(name) name=(name) type="text" inputmode="numeric"
                            autocomplete=(purpose) value=(fields.raw(name))
                            aria-invalid=[invalid("jour", problems)];
                    }
                }
            }
        }
    }
}

/// The label, help and problem around a file control.
pub fn file(name: &'static str, label: &str, hint: &str, problems: &Problems) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (label) }
            p class="hint" id={ (name) "-aide" } { (hint) }
            (problem(name, problems))
            input class="wide" id=(name) name=(name) type="file"
                accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
                aria-invalid=[invalid(name, problems)]
                aria-describedby=[described(name, true, problems)];
        }
    }
}

/// The buttons at the end of a form. The main one comes first, so that the Enter key
/// goes on and never back.
pub fn buttons(main: &str, back: Option<&str>) -> Markup {
    html! {
        div class="buttons" {
            button class="button" type="submit" { (main) }
            @if let Some(label) = back {
                button class="button second" type="submit" name="aller" value="retour" { (label) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;

    #[test]
    fn what_was_typed_cannot_become_markup() {
        let nasty = "\"><script>alert(1)</script>";
        let line = Line {
            name: "nom",
            label: "Nom",
            ..Line::TEXT
        };
        let text = line.show(nasty, &Problems::default()).into_string();
        assert!(
            text.contains("&lt;script&gt;") && !text.contains("<script>"),
            "{text}"
        );
        let text = area("t", "T", "", "</textarea><script>", &Problems::default()).into_string();
        assert!(!text.contains("<script>"), "{text}");
    }

    #[test]
    fn a_problem_is_tied_to_its_control_and_linked_from_the_summary() {
        let mut problems = Problems::default();
        problems.add("nom", "Écrivez votre nom.");
        let line = Line {
            name: "nom",
            label: "Nom",
            hint: "Aide",
            ..Line::TEXT
        };
        let text = line.show("", &problems).into_string();
        assert!(
            text.contains("aria-describedby=\"nom-aide nom-erreur\"")
                && text.contains("aria-invalid=\"true\"")
        );
        assert!(summary(&problems).into_string().contains("href=\"#nom\""));
        assert_eq!(summary(&Problems::default()).into_string(), "");
    }
}
