//! What the browser is asked to do, from what the front-end said.

use super::protocol::Target;
use crate::guest::browser::Journey;
use crate::guest::sandbox::PRACTICE_ADDRESS;

/// The journey to `target`. Every value that becomes an argument is looked at first.
pub(super) fn journey(target: Target, language: &str, zoom: u16) -> Journey {
    let practice = !matches!(target, Target::Web { .. });
    let (home, allowed, refused) = match target {
        Target::Web {
            url,
            allowed,
            refused,
        } => (url, allowed, refused),
        Target::Practice | Target::App { .. } | Target::Proof { .. } | Target::Program { .. } => {
            let home = format!("http://{PRACTICE_ADDRESS}/");
            (home, Vec::new(), Vec::new())
        }
    };
    // A language tag and nothing else: it becomes an argument.
    let plain = !language.is_empty()
        && language.len() <= 16
        && language
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    let language = if plain { language } else { "fr" };
    Journey {
        home,
        allowed,
        refused,
        practice,
        passage: false,
        language: language.to_owned(),
        zoom: zoom.clamp(100, 200),
    }
}
