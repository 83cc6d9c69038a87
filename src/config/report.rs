//! Mistakes as `miette` shows them: place, the line itself, what is wrong, what to do.

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource};

use super::{ConfigError, Finding};
use crate::wording::{Lang, Wording};

/// A finding whose words are chosen.
#[derive(Debug)]
struct Shown {
    sentence: String,
    remedy: String,
    source: NamedSource<String>,
    span: std::ops::Range<usize>,
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(&self.remedy))
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        let read = !self.source.inner().is_empty();
        read.then_some(&self.source as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let read = self.source_code().is_some();
        let label = read.then(|| LabeledSpan::new_with_span(None, self.span.clone()));
        Some(Box::new(label.into_iter()))
    }
}

impl Shown {
    fn new(finding: &Finding, words: &Wording, lang: Lang) -> Self {
        let end = finding.span.end.min(finding.text.len());
        let name = finding.file.display().to_string();
        let sentence = finding.problem.sentence(words, lang);
        Self {
            // Without a line to show, the sentence itself must name the file.
            sentence: if finding.text.is_empty() {
                format!("{name} — {sentence}")
            } else {
                sentence
            },
            remedy: finding.problem.remedy(words, lang),
            source: NamedSource::new(name, finding.text.to_string()),
            span: finding.span.start.min(end)..end,
        }
    }
}

impl ConfigError {
    /// The whole report, with colours for a terminal or plain.
    #[must_use]
    pub fn report(&self, words: &Wording, lang: Lang, colours: bool) -> String {
        let theme = if colours {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(96);
        let mut report = String::new();
        for finding in &self.findings {
            let shown = Shown::new(finding, words, lang);
            if handler.render_report(&mut report, &shown).is_err() {
                report.push_str(&finding.line(words, lang));
            }
            report.push('\n');
        }
        report
    }
}
