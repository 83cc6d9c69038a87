//! `rights.fr.md`: "Ai-je le droit de… ?".

use std::path::Path;
use std::sync::Arc;

use super::problem::Unfit;
use super::{Finding, Problem};
use crate::rights::{Mistake, Rights, Wrong};

pub fn check(file: &Path, text: &str) -> Result<Rights, Vec<Finding>> {
    Rights::parse(text).map_err(|mistakes| {
        let whole: Arc<str> = Arc::from(text);
        let found = |mistake: Mistake| Finding {
            file: file.to_owned(),
            text: Arc::clone(&whole),
            span: mistake.span,
            problem: problem(mistake.wrong),
        };
        mistakes.into_iter().map(found).collect()
    })
}

/// The sheet of a house that wrote none.
pub fn embedded() -> Result<Rights, Vec<Finding>> {
    check(Path::new("rights.fr.md"), crate::rights::EMBEDDED)
}

fn problem(wrong: Wrong) -> Problem {
    match wrong {
        Wrong::Form => Problem::Unfit(Unfit::RightsForm),
        Wrong::Place => Problem::Unfit(Unfit::RightsPlace),
        Wrong::Day => Problem::Unfit(Unfit::Day),
        Wrong::Twice(what) => Problem::Twice(what.to_owned()),
        Wrong::Missing(what) => Problem::Missing(what),
        Wrong::Length(max) => Problem::Length { max },
        Wrong::Count(max) => Problem::Count { max },
        Wrong::Control => Problem::ControlCharacter,
    }
}
