//! Reading the sheet, line by line. A line of no known form is a mistake, never a text.

use std::ops::Range;

use super::{Answer, Day, Question, Rights, Topic};

/// More than any sheet that somebody reads.
const TOPICS: usize = 12;
const QUESTIONS: usize = 20;
const WHY: usize = 6;
const SOURCES: usize = 4;

/// The longest texts, characters.
const NOTE: usize = 300;
const TITLE: usize = 60;
const ASKS: usize = 120;
const SHORT: usize = 160;
const REASON: usize = 300;
const SOURCE: usize = 200;

/// So many mistakes are told; a file that is no sheet at all has one in each line.
const TOLD: usize = 20;

/// A mistake, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// The bytes in question.
    pub span: Range<usize>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A line that begins like nothing known.
    Form,
    /// It does not belong here: a question before the first topic, a reason before the answer.
    Place,
    /// Not a day of the calendar, 2026-11-25.
    Day,
    /// Said a second time.
    Twice(&'static str),
    /// Not there.
    Missing(&'static str),
    /// Empty, or longer than so many characters.
    Length(usize),
    /// More than so many.
    Count(usize),
    /// A control or direction character.
    Control,
}

/// What a line is.
enum Line<'a> {
    Nothing,
    Day(&'a str),
    Note(&'a str),
    Topic(&'a str),
    Asks(&'a str),
    Answers(Answer, &'a str),
    Reason(&'a str),
    Source(&'a str),
}

/// One line's form; `None` when it has none that is known.
fn form(line: &str) -> Option<Line<'_>> {
    if line.is_empty() || line.starts_with("//") {
        return Some(Line::Nothing);
    }
    for (mark, line_of) in [
        ("## ", Line::Asks as fn(_) -> _),
        ("# ", Line::Topic),
        ("- ", Line::Reason),
    ] {
        if let Some(text) = line.strip_prefix(mark) {
            return Some(line_of(text.trim()));
        }
    }
    if let Some((key, text)) = line.split_once('=') {
        match key.trim() {
            "date" => return Some(Line::Day(text.trim())),
            "note" => return Some(Line::Note(text.trim())),
            _ => {}
        }
    }
    let (key, text) = line.split_once(':')?;
    let text = text.trim();
    match key.trim() {
        "oui" => Some(Line::Answers(Answer::Yes, text)),
        "non" => Some(Line::Answers(Answer::No, text)),
        "seulement si" => Some(Line::Answers(Answer::OnlyIf, text)),
        "source" => Some(Line::Source(text)),
        _ => None,
    }
}

/// A question as far as it is read.
struct Open {
    line: usize,
    span: Range<usize>,
    asks: String,
    answer: Option<(Answer, String)>,
    why: Vec<String>,
    sources: Vec<String>,
}

#[derive(Default)]
struct Reader {
    day: Option<Day>,
    day_said: bool,
    note: Option<String>,
    topics: Vec<(usize, Range<usize>, Topic)>,
    open: Option<Open>,
    mistakes: Vec<Mistake>,
    line: usize,
    span: Range<usize>,
}

pub(super) fn parse(text: &str) -> Result<Rights, Vec<Mistake>> {
    let mut reader = Reader::default();
    let mut start = 0;
    for (line, raw) in (1..).zip(text.split_inclusive('\n')) {
        let written = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        let from = start + indent.min(raw.len());
        (reader.line, reader.span) = (line, from..from + written.len());
        start += raw.len();
        match form(written) {
            Some(known) => reader.take(known),
            None => reader.mistake(Wrong::Form),
        }
        if reader.mistakes.len() >= TOLD {
            return Err(reader.mistakes);
        }
    }
    reader.end(start)
}

impl Reader {
    fn mistake(&mut self, wrong: Wrong) {
        self.mistakes.push(Mistake {
            line: self.line,
            span: self.span.clone(),
            wrong,
        });
    }

    /// The text, if it may be shown; what is wrong with it is noted.
    fn text(&mut self, text: &str, longest: usize) -> String {
        if text.is_empty() || text.chars().count() > longest {
            self.mistake(Wrong::Length(longest));
        } else if text.chars().any(hidden) {
            self.mistake(Wrong::Control);
        }
        text.to_owned()
    }

    fn take(&mut self, line: Line<'_>) {
        match line {
            Line::Nothing => {}
            Line::Day(text) => self.take_day(text),
            Line::Note(text) => {
                let note = self.text(text, NOTE);
                if !self.topics.is_empty() {
                    self.mistake(Wrong::Place);
                } else if self.note.replace(note).is_some() {
                    self.mistake(Wrong::Twice("note"));
                }
            }
            Line::Topic(text) => {
                self.close();
                let title = self.text(text, TITLE);
                if self.topics.len() == TOPICS {
                    self.mistake(Wrong::Count(TOPICS));
                }
                let topic = Topic {
                    title,
                    questions: Vec::new(),
                };
                self.topics.push((self.line, self.span.clone(), topic));
            }
            Line::Asks(text) => self.take_question(text),
            Line::Answers(answer, text) => {
                let short = self.text(text, SHORT);
                match &mut self.open {
                    Some(open) if open.answer.is_none() => open.answer = Some((answer, short)),
                    Some(_) => self.mistake(Wrong::Twice("oui, non, seulement si")),
                    None => self.mistake(Wrong::Place),
                }
            }
            Line::Reason(text) => {
                let reason = self.text(text, REASON);
                self.add(|open| &mut open.why, reason, WHY);
            }
            Line::Source(text) => {
                let source = self.text(text, SOURCE);
                self.add(|open| &mut open.sources, source, SOURCES);
            }
        }
    }

    fn take_day(&mut self, text: &str) {
        if !self.topics.is_empty() {
            self.mistake(Wrong::Place);
        } else if std::mem::replace(&mut self.day_said, true) {
            self.mistake(Wrong::Twice("date"));
        } else {
            self.day = day(text);
            if self.day.is_none() {
                self.mistake(Wrong::Day);
            }
        }
    }

    fn take_question(&mut self, text: &str) {
        self.close();
        let asks = self.text(text, ASKS);
        match self.topics.last() {
            None => self.mistake(Wrong::Place),
            Some((_, _, topic)) if topic.questions.len() == QUESTIONS => {
                self.mistake(Wrong::Count(QUESTIONS));
            }
            Some(_) => {}
        }
        self.open = Some(Open {
            line: self.line,
            span: self.span.clone(),
            asks,
            answer: None,
            why: Vec::new(),
            sources: Vec::new(),
        });
    }

    /// One reason or source more, after the answer.
    fn add(&mut self, list: fn(&mut Open) -> &mut Vec<String>, text: String, most: usize) {
        match &mut self.open {
            Some(open) if open.answer.is_some() => {
                let list = list(open);
                list.push(text);
                if list.len() > most {
                    self.mistake(Wrong::Count(most));
                }
            }
            Some(_) | None => self.mistake(Wrong::Place),
        }
    }

    /// The question that was open is whole, or something is missing in it.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let here = (self.line, self.span.clone());
        (self.line, self.span) = (open.line, open.span);
        if open.answer.is_none() {
            self.mistake(Wrong::Missing("oui : … / non : … / seulement si : …"));
        } else if open.why.is_empty() {
            self.mistake(Wrong::Missing("- …"));
        } else if open.sources.is_empty() {
            self.mistake(Wrong::Missing("source : …"));
        }
        if let (Some((answer, short)), Some((_, _, topic))) = (open.answer, self.topics.last_mut())
        {
            topic.questions.push(Question {
                asks: open.asks,
                answer,
                short,
                why: open.why,
                sources: open.sources,
            });
        }
        (self.line, self.span) = here;
    }

    fn end(mut self, length: usize) -> Result<Rights, Vec<Mistake>> {
        self.close();
        let empty = self.topics.iter().find(|each| each.2.questions.is_empty());
        if let Some((line, span, _)) = empty
            && self.mistakes.is_empty()
        {
            (self.line, self.span) = (*line, span.clone());
            self.mistake(Wrong::Missing("## …"));
        }
        (self.line, self.span) = (1, 0..length.min(1));
        if !self.day_said {
            self.mistake(Wrong::Missing("date = …"));
        }
        if self.note.is_none() {
            self.mistake(Wrong::Missing("note = …"));
        }
        if self.topics.is_empty() {
            self.mistake(Wrong::Missing("# …"));
        }
        match (self.day, self.note) {
            (Some(date), Some(note)) if self.mistakes.is_empty() => Ok(Rights {
                date,
                note,
                topics: self.topics.into_iter().map(|each| each.2).collect(),
            }),
            (Some(_) | None, Some(_) | None) => {
                self.mistakes.sort_by_key(|mistake| mistake.line);
                Err(self.mistakes)
            }
        }
    }
}

/// A control character, or one that turns the direction of writing.
fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// "2026-11-25".
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let mut next = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if parts.next().is_some() {
        return None;
    }
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
