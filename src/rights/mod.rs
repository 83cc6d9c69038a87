//! "Ai-je le droit de… ?": the questions of helpers, each with a short answer, its reasons and where
//! they come from. The house's own file (`kiosk-config/rights.fr.md`), checked; information, never
//! advice on the law.
//!
//! | a line that begins with | is |
//! |---|---|
//! | `//` | a remark, not shown |
//! | `date = ` | the day of the last reading, 2026-11-25 (once, before the first topic) |
//! | `note = ` | what the sheet is not, and whom to ask (once, before the first topic) |
//! | `# ` | a topic |
//! | `## ` | a question |
//! | `oui : `, `non : `, `seulement si : ` | its answer, and the rest of the sentence |
//! | `- ` | a reason |
//! | `source : ` | where that comes from |
#![forbid(unsafe_code)]

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::catalogue::{covers, words};

pub use parse::{Mistake, Wrong};

/// The sheet that is compiled in: what a house without a file of its own shows.
pub const EMBEDDED: &str = include_str!("../../kiosk-config/rights.fr.md");

/// The whole sheet. With at least one topic, and in each at least one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// When somebody last read all of it.
    pub date: Day,
    /// What the sheet is not, and whom to ask.
    pub note: String,
    /// The topics, in the order of the file.
    pub topics: Vec<Topic>,
}

/// Questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// 1 to 60 characters.
    pub title: String,
    /// The questions, in the order of the file.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// 1 to 120 characters.
    pub asks: String,
    /// The first word of the answer.
    pub answer: Answer,
    /// The rest of that sentence, 1 to 160 characters.
    pub short: String,
    /// Why, one idea each: 1 to 6 of up to 300 characters.
    pub why: Vec<String>,
    /// Where it comes from: 1 to 4 of up to 200 characters.
    pub sources: Vec<String>,
}

/// How an answer begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// "Oui".
    Yes,
    /// "Non".
    No,
    /// "Seulement si…"
    OnlyIf,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

impl Day {
    /// A day that exists, from the year 2000 to 2999.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if year < 2000 || year > 2999 || day == 0 || day > last {
            return None;
        }
        Some(Self {
            year,
            month,
            of_month: day,
        })
    }
}

/// As it is written in France: 25/11/2026.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{:02}/{}", self.of_month, self.month, self.year)
    }
}

/// Where a question stands in the sheet: its topic, then its place there, both from 0.
pub type Rank = (usize, usize);

impl Rights {
    /// Reads a sheet.
    ///
    /// # Errors
    /// Every mistake that one reading finds, in the order of the lines. Never empty.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        parse::parse(text)
    }

    /// A question, if there is one at `rank`.
    #[must_use]
    pub fn question(&self, (topic, place): Rank) -> Option<&Question> {
        self.topics.get(topic)?.questions.get(place)
    }

    /// Every question with its rank.
    pub fn questions(&self) -> impl Iterator<Item = (Rank, &Question)> {
        self.topics.iter().enumerate().flat_map(|(topic, each)| {
            let questions = each.questions.iter().enumerate();
            questions.map(move |(place, question)| ((topic, place), question))
        })
    }

    /// The questions in which every word of `query` begins some word, whatever the accents and the
    /// case: in the question itself first, then in its answer, its reasons and its topic.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<Rank> {
        let wanted = words(&query.chars().take(100).collect::<String>());
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(bool, Rank)> = self
            .questions()
            .filter_map(|(rank, question)| {
                let asks = words(&question.asks);
                if covers(&asks, &wanted) {
                    return Some((false, rank));
                }
                let title = self.topics.get(rank.0).map(|topic| topic.title.as_str());
                let rest = std::iter::once(question.short.as_str())
                    .chain(question.why.iter().map(String::as_str))
                    .chain(title)
                    .flat_map(words);
                let all: Vec<String> = asks.into_iter().chain(rest).collect();
                covers(&all, &wanted).then_some((true, rank))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, rank)| rank).collect()
    }
}
