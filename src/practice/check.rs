//! Values → problems in plain French.
//!
//! Each check looks at one control and says what to do next, never only what is wrong.

use super::fields::Fields;

/// The longest text of a one-line control, in characters.
pub const MAX_LINE: usize = 120;
/// The longest text of the free-text control, in characters.
pub const MAX_TEXT: usize = 1000;

/// One thing to correct, tied to a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The control's name; also the `id` that the error summary links to.
    pub field: &'static str,
    /// What to do.
    pub text: String,
}

/// The problems of one page, in the order of its controls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem.
    pub fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push(Problem {
            field,
            text: text.into(),
        });
    }

    /// Whether the page may go on.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every problem, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// The first problem of a control.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find_map(|p| (p.field == field).then_some(p.text.as_str()))
    }

    /// A one-line text that must be there. `what` completes "Écrivez …".
    pub fn line(&mut self, fields: &Fields, field: &'static str, what: &str) {
        let value = fields.get(field);
        if value.is_empty() {
            self.add(field, format!("Écrivez {what}."));
        } else if value.chars().count() > MAX_LINE {
            self.add(
                field,
                format!("C’est trop long. Écrivez {what} en {MAX_LINE} lettres au plus."),
            );
        } else if value.chars().any(char::is_control) {
            self.add(
                field,
                format!("Un signe n’est pas lisible. Écrivez à nouveau {what}."),
            );
        }
    }

    /// A choice that must be one of `allowed`.
    pub fn choice(
        &mut self,
        fields: &Fields,
        field: &'static str,
        allowed: &[(&str, &str)],
        ask: &str,
    ) {
        let value = fields.raw(field);
        if !allowed.iter().any(|(v, _)| *v == value) {
            self.add(field, ask);
        }
    }
}

/// Whether a text looks enough like an e-mail address to teach with: one `@`, a name
/// before it and a domain with a dot after it. Not RFC 5322: no mail is ever sent.
pub fn looks_like_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.is_empty()
            && !part.contains('@')
            && !part.contains(char::is_whitespace)
            && !part.contains(char::is_control)
    };
    clean(name)
        && clean(domain)
        && domain
            .split_once('.')
            .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty() && !b.ends_with('.'))
}

/// Why a date was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// Nothing in any of the three boxes.
    Empty,
    /// The day is not a number from 1 to the length of that month.
    Day,
    /// The month is not a number from 1 to 12.
    Month,
    /// The year is not a number from 1900 to 2100.
    Year,
}

impl DateProblem {
    /// What to do about it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "Écrivez votre date de naissance.",
            Self::Day => "Ce jour n’existe pas. Écrivez le jour en chiffres, par exemple 14.",
            Self::Month => "Ce mois n’existe pas. Écrivez le mois en chiffres, de 1 à 12.",
            Self::Year => "Écrivez l’année avec 4 chiffres, par exemple 1951.",
        }
    }
}

/// A date of the Gregorian calendar typed in three boxes.
///
/// # Errors
/// Returns the first box to correct.
pub fn date(day: &str, month: &str, year: &str) -> Result<(u32, u32, u32), DateProblem> {
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Err(DateProblem::Empty);
    }
    let number = |text: &str, longest: usize| -> Option<u32> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        (digits && text.len() <= longest)
            .then(|| text.parse().ok())
            .flatten()
    };
    let day = number(day, 2).filter(|d| (1..=31).contains(d));
    let day = day.ok_or(DateProblem::Day)?;
    let month = number(month, 2).filter(|m| (1..=12).contains(m));
    let month = month.ok_or(DateProblem::Month)?;
    let year = number(year, 4).filter(|y| (1900..=2100).contains(y));
    let year = year.ok_or(DateProblem::Year)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if day > longest {
        return Err(DateProblem::Day);
    }
    Ok((day, month, year))
}

/// Whether a text is a French social security number (NIR): 13 characters, or 15 with
/// its key, blanks ignored, Corsican departments (2A, 2B) included. The key is
/// 97 − (number mod 97), with 2A read as 19 and 2B as 18 (INSEE).
pub fn is_social_security_number(text: &str) -> bool {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if !compact.is_ascii() || !matches!(compact.len(), 13 | 15) {
        return false;
    }
    let (body, key) = compact.split_at(13);
    let numeric = match body.get(5..7) {
        Some("2A") => body.replacen("2A", "19", 1),
        Some("2B") => body.replacen("2B", "18", 1),
        Some(_) | None => body.to_owned(),
    };
    if !numeric.bytes().all(|b| b.is_ascii_digit())
        || !matches!(numeric.as_bytes().first(), Some(b'1' | b'2'))
    {
        return false;
    }
    let Ok(number) = numeric.parse::<u64>() else {
        return false;
    };
    key.is_empty()
        || (key.bytes().all(|b| b.is_ascii_digit()) && key.parse() == Ok(97 - number % 97))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_follow_the_calendar() {
        assert_eq!(date("14", "5", "1951"), Ok((14, 5, 1951)));
        assert_eq!(date("29", "02", "2000"), Ok((29, 2, 2000)));
        assert_eq!(date("29", "2", "1951"), Err(DateProblem::Day));
        assert_eq!(date("31", "4", "1951"), Err(DateProblem::Day));
        assert_eq!(date("1", "13", "1951"), Err(DateProblem::Month));
        assert_eq!(date("1", "1", "51"), Err(DateProblem::Year));
        assert_eq!(date("", "", ""), Err(DateProblem::Empty));
        assert_eq!(date("+1", "1", "1951"), Err(DateProblem::Day));
    }

    #[test]
    fn social_security_numbers_carry_a_key() {
        assert!(is_social_security_number(super::super::pages::MODEL.number));
        assert!(is_social_security_number("2 51 05 22 999 999"));
        assert!(is_social_security_number("1 51 05 2A 999 999"));
        assert!(!is_social_security_number("2 51 05 22 999 999 00"));
        assert!(!is_social_security_number("3 51 05 22 999 999"));
        assert!(!is_social_security_number("2 51 05 22 999"));
        assert!(!is_social_security_number("é510522999999"));
    }

    #[test]
    fn addresses_have_a_name_and_a_domain() {
        assert!(looks_like_email("eloise.lefevre@example.org"));
        for wrong in [
            "",
            "eloise",
            "eloise@",
            "@example.org",
            "a@b",
            "a b@c.fr",
            "a@@c.fr",
            "a@c.",
        ] {
            assert!(!looks_like_email(wrong), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_a_check_fail_badly(a in ".*", b in ".*", c in ".*") {
            let _ = date(&a, &b, &c);
            let _ = looks_like_email(&a);
            let _ = is_social_security_number(&b);
            let mut problems = Problems::default();
            let mut fields = Fields::default();
            fields.push("nom".into(), a.clone()).unwrap();
            problems.line(&fields, "nom", "votre nom");
            prop_assert_eq!(problems.is_empty(), !a.trim().is_empty()
                && a.trim().chars().count() <= MAX_LINE && !a.trim().chars().any(char::is_control));
        }
    }
}
