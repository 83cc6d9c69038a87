//! Papers that a house may word itself: a text file with one idea a line, and a closed list of
//! `{words}` that the station fills in. What it does not know stays a line for the pen.
//!
//! | a line that begins with | is |
//! |---|---|
//! | `//` | a remark, not printed |
//! | `version =` | the model's number and date, at the foot of each page |
//! | `# `, `## `, `### ` | the title (once), a heading, a smaller heading |
//! | `+ `, `~ ` | large text, small text |
//! | `**…**` | bold text |
//! | `- ` | an item of a list |
//! | `[ ] `, `[x] ` | a box to tick, a ticked box |
//! | `@ Label` or `@ Label = {word}` | a line for the pen, or a value |
//! | `@@ 3` | so many empty lines for the pen |
//! | `> ` | a tinted panel |
//! | `\|\| One \| Two` | places to sign |
//! | `8< word` | where to cut; what follows stays together |
//! | `===` | a new page |
//! | `{gestes}` alone | the gestures, ticked or not |
//!
//! A panel or a paragraph that is empty once it is filled in is left out.

use std::ops::Range;

use super::{Block, Paper, Style};

/// What the station can fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The place's name.
    Place,
    /// Its address.
    Address,
    /// Its number in the register of companies.
    Siret,
    /// How to reach the data protection officer.
    Dpo,
    /// Whom to ask on the spot.
    Contact,
    /// The helper's function.
    Role,
    /// The démarche.
    Demarche,
    /// Its sites.
    Sites,
    /// How long.
    Duration,
    /// Whose copy this is.
    Copy,
    /// In which way somebody helped.
    Help,
    /// The acts that were agreed to at their moment.
    Acts,
    /// That the signature stays the person's own, where it does.
    Signature,
}

impl Word {
    /// Every word, as it is written between braces.
    pub const ALL: [(&'static str, Self); 13] = [
        ("lieu", Self::Place),
        ("adresse", Self::Address),
        ("siret", Self::Siret),
        ("dpo", Self::Dpo),
        ("contact", Self::Contact),
        ("fonction", Self::Role),
        ("demarche", Self::Demarche),
        ("sites", Self::Sites),
        ("duree", Self::Duration),
        ("exemplaire", Self::Copy),
        ("aide", Self::Help),
        ("actes", Self::Acts),
        ("signature", Self::Signature),
    ];
}

/// What is wrong in a model, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {wrong}")]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// The bytes in question.
    pub span: Range<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong in a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A word between braces that the station does not know.
    #[error("{{{0}}} means nothing here")]
    UnknownWord(String),
    /// A brace without its other half.
    #[error("a brace is not closed")]
    Brace,
    /// There is no title, or a second one.
    #[error("a model has one title, \"# …\"")]
    Title,
    /// There is no version.
    #[error("a model has a version, \"version = …\"")]
    Version,
    /// Not a number of lines from 1 to 20.
    #[error("\"@@\" wants a number from 1 to 20")]
    Lines,
    /// More lines than any paper needs.
    #[error("the model is longer than 400 lines")]
    Long,
}

/// A checked model.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    version: String,
    title: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Heading(u8, String),
    Text(Style, String),
    Item(String),
    Box(bool, String),
    Field(String, Option<String>),
    Lines(u8),
    Panel(String),
    Signatures(Vec<String>),
    Cut(String),
    NewPage,
    Gestures,
}

/// No model needs more.
const LONGEST: usize = 400;

impl Template {
    /// Reads a model.
    ///
    /// # Errors
    /// The first [`Mistake`].
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let (mut version, mut title, mut pieces) = (None, None, Vec::new());
        let mut start = 0;
        for (line, raw) in (1..).zip(text.split_inclusive('\n')) {
            let span = start..start + raw.trim_end().len();
            start += raw.len();
            let mistake = |wrong| Mistake {
                line,
                span: span.clone(),
                wrong,
            };
            let written = raw.trim();
            if line > LONGEST {
                return Err(mistake(Wrong::Long));
            }
            if written.is_empty() || written.starts_with("//") {
                continue;
            }
            check_words(written).map_err(mistake)?;
            if let Some(words) = written.strip_prefix("version =") {
                version = Some(words.trim().to_owned());
            } else if let Some(words) = written.strip_prefix("# ") {
                if title.replace(words.to_owned()).is_some() {
                    return Err(mistake(Wrong::Title));
                }
            } else {
                pieces.push(piece(written).map_err(mistake)?);
            }
        }
        let end = |wrong| Mistake {
            line: 1,
            span: 0..0,
            wrong,
        };
        Ok(Self {
            version: version.ok_or_else(|| end(Wrong::Version))?,
            title: title.ok_or_else(|| end(Wrong::Title))?,
            pieces,
        })
    }

    /// The paper: once, or once for each copy. `value` gives a word's text, empty when it is not
    /// known; `gestures` are the boxes of `{gestes}`.
    pub fn fill(
        &self,
        language: &str,
        copies: &[&str],
        value: &dyn Fn(Word) -> String,
        gestures: &[(bool, String)],
    ) -> Paper {
        let mut paper = Paper::new(self.title.clone(), language)
            .with_foot(format!("{}, modèle {}", self.title, self.version));
        let once = [""];
        for (at, copy) in if copies.is_empty() { &once } else { copies }
            .iter()
            .enumerate()
        {
            let value = |word: Word| {
                if word == Word::Copy {
                    (*copy).to_owned()
                } else {
                    value(word)
                }
            };
            if at > 0 {
                paper.extend([Block::NewPage, Block::Heading(1, self.title.clone())]);
            }
            paper.extend(self.blocks(&value, gestures));
        }
        paper
    }

    fn blocks(&self, value: &dyn Fn(Word) -> String, gestures: &[(bool, String)]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut slip: Option<Vec<Block>> = None;
        for piece in &self.pieces {
            if let Piece::Cut(_) = piece {
                blocks.extend(slip.take().map(Block::Together));
                slip = Some(Vec::new());
            }
            let to = slip.as_mut().unwrap_or(&mut blocks);
            add(to, piece, value, gestures);
        }
        blocks.extend(slip.map(Block::Together));
        blocks
    }
}

/// Adds a piece, or lengthens the list that it continues.
fn add(
    to: &mut Vec<Block>,
    piece: &Piece,
    value: &dyn Fn(Word) -> String,
    gestures: &[(bool, String)],
) {
    let full = |text: &str| filled(text, value);
    if let Piece::Text(_, text) | Piece::Panel(text) = piece
        && full(text).trim().is_empty()
    {
        return;
    }
    match (piece, to.last_mut()) {
        (Piece::Item(text), Some(Block::List(items))) => items.push(full(text)),
        (Piece::Item(text), _) => to.push(Block::List(vec![full(text)])),
        (Piece::Box(on, text), Some(Block::Boxes(items))) => items.push((*on, full(text))),
        (Piece::Box(on, text), _) => to.push(Block::Boxes(vec![(*on, full(text))])),
        (Piece::Field(label, text), last) => {
            let text = text.as_deref().map(full).filter(|text| !text.is_empty());
            let field = (label.clone(), text);
            match last {
                Some(Block::Fields(fields)) => fields.push(field),
                _ => to.push(Block::Fields(vec![field])),
            }
        }
        (Piece::Panel(text), Some(Block::Panel(inside))) => inside.push(Block::text(full(text))),
        (Piece::Panel(text), _) => to.push(Block::Panel(vec![Block::text(full(text))])),
        (Piece::Heading(level, text), _) => to.push(Block::Heading(*level, full(text))),
        (Piece::Text(style, text), _) => to.push(Block::Text(*style, full(text))),
        (Piece::Lines(count), _) => to.push(Block::Lines(*count)),
        (Piece::Signatures(places), _) => to.push(Block::Signatures(places.clone())),
        (Piece::Cut(word), _) => to.push(Block::Cut(full(word))),
        (Piece::NewPage, _) => to.push(Block::NewPage),
        (Piece::Gestures, _) => to.push(Block::Boxes(gestures.to_vec())),
    }
}

fn piece(line: &str) -> Result<Piece, Wrong> {
    let after = |start: &str| line.strip_prefix(start).map(|rest| rest.trim().to_owned());
    if line == "===" {
        return Ok(Piece::NewPage);
    }
    if line == "{gestes}" {
        return Ok(Piece::Gestures);
    }
    if let Some(count) = after("@@ ") {
        let count = count.parse::<u8>().ok();
        let count = count.filter(|count| (1..=20).contains(count));
        return count.map(Piece::Lines).ok_or(Wrong::Lines);
    }
    if let Some(field) = after("@ ") {
        return Ok(match field.split_once('=') {
            Some((label, text)) => {
                Piece::Field(label.trim().to_owned(), Some(text.trim().to_owned()))
            }
            None => Piece::Field(field, None),
        });
    }
    if let Some(places) = after("|| ") {
        let places = places.split('|').map(|place| place.trim().to_owned());
        return Ok(Piece::Signatures(places.take(3).collect()));
    }
    let strong = line
        .strip_prefix("**")
        .and_then(|rest| rest.strip_suffix("**"));
    Ok(strong
        .map(|text| Piece::Text(Style::Strong, text.to_owned()))
        .or_else(|| after("## ").map(|text| Piece::Heading(2, text)))
        .or_else(|| after("### ").map(|text| Piece::Heading(3, text)))
        .or_else(|| after("+ ").map(|text| Piece::Text(Style::Large, text)))
        .or_else(|| after("~ ").map(|text| Piece::Text(Style::Small, text)))
        .or_else(|| after("- ").map(Piece::Item))
        .or_else(|| after("[ ] ").map(|text| Piece::Box(false, text)))
        .or_else(|| after("[x] ").map(|text| Piece::Box(true, text)))
        .or_else(|| after("> ").map(Piece::Panel))
        .or_else(|| after("8< ").map(Piece::Cut))
        .unwrap_or_else(|| Piece::Text(Style::Normal, line.to_owned())))
}

/// Every `{word}` is known, and every brace has its other half.
fn check_words(line: &str) -> Result<(), Wrong> {
    if line == "{gestes}" {
        return Ok(());
    }
    let mut parts = line.split('{');
    if parts.next().is_some_and(|first| first.contains('}')) {
        return Err(Wrong::Brace);
    }
    for part in parts {
        let (name, rest) = part.split_once('}').ok_or(Wrong::Brace)?;
        if rest.contains('}') {
            return Err(Wrong::Brace);
        }
        if !Word::ALL.iter().any(|(known, _)| *known == name) {
            return Err(Wrong::UnknownWord(name.chars().take(40).collect()));
        }
    }
    Ok(())
}

fn filled(text: &str, value: &dyn Fn(Word) -> String) -> String {
    let mut parts = text.split('{');
    let mut full = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        if let Some((_, word)) = Word::ALL.iter().find(|(known, _)| *known == name) {
            full += &value(*word);
        }
        full += rest;
    }
    full
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    const MODEL: &str = "version = 1\n# Titre\n// rien\n@ Lieu = {lieu}\n@ Nom\n- a\n- b\n\n{gestes}\n8< ici\n|| Vous | Nous\n";

    #[test]
    fn a_model_is_filled_and_what_is_not_known_is_left_to_the_pen() {
        let template = Template::parse(MODEL).unwrap();
        let value = |word: Word| {
            if word == Word::Place {
                "Ici".to_owned()
            } else {
                String::new()
            }
        };
        let gestures = [(true, "écrire".to_owned())];
        let blocks = template.blocks(&value, &gestures);
        assert_eq!(
            blocks[..3],
            [
                Block::Fields(vec![
                    ("Lieu".into(), Some("Ici".into())),
                    ("Nom".into(), None)
                ]),
                Block::List(vec!["a".into(), "b".into()]),
                Block::Boxes(gestures.to_vec()),
            ]
        );
        assert!(matches!(&blocks[3], Block::Together(slip) if slip.len() == 2));
    }

    #[test]
    fn a_panel_or_paragraph_of_nothing_is_left_out() {
        let text = "version = 1\n# Titre\n> {signature}\n~ {exemplaire}\nOui\n@ Lieu = {lieu}";
        let template = Template::parse(text).unwrap();
        let lengths = |said: &str| template.blocks(&|_| said.to_owned(), &[]).len();
        assert_eq!((lengths(""), lengths("x")), (2, 4));
    }

    #[test]
    fn mistakes_name_their_line() {
        let wrong = |text: &str| {
            let mistake = Template::parse(text).unwrap_err();
            (mistake.line, mistake.wrong)
        };
        assert_eq!(
            wrong("version = 1\n# T\n\nbonjour {lieux}"),
            (4, Wrong::UnknownWord("lieux".into()))
        );
        assert_eq!(wrong("# T\n{lieu"), (2, Wrong::Brace));
        assert_eq!(wrong("# T\n# U"), (2, Wrong::Title));
        assert_eq!(wrong("# T"), (1, Wrong::Version));
        assert_eq!(wrong("version = 1"), (1, Wrong::Title));
        assert_eq!(wrong("@@ 99"), (1, Wrong::Lines));
    }

    proptest! {
        #[test]
        fn any_text_is_a_model_or_a_mistake_at_a_place(text in "[\\s\\S]{0,200}") {
            match Template::parse(&text) {
                Ok(template) => {
                    let paper = template.fill("fr", &[], &|_| "x".into(), &[]);
                    prop_assert!(paper.pdf().is_ok());
                }
                Err(mistake) => prop_assert!(mistake.span.end <= text.len()),
            }
        }
    }
}
