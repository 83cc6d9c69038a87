//! The session's documents as the front-end may show them. Names come from the guest.
#![forbid(unsafe_code)]

use super::protocol::{Document, DocumentId};
use crate::guest::words;

/// The longest name that is shown, characters.
const NAME: usize = 80;

/// Documents by rank: a rank is given once in a session and never to another file.
#[derive(Debug, Default)]
pub struct Documents {
    ranks: Vec<String>,
    now: Vec<Document>,
    /// As they were before they went along into a session of their own.
    before: Vec<Document>,
}

impl Documents {
    /// Takes the agent's list.
    pub fn told(&mut self, list: Vec<(String, u64)>) -> &[Document] {
        let mut now = Vec::new();
        for (name, size) in list.into_iter().take(words::DOCUMENTS) {
            let rank = self
                .ranks
                .iter()
                .position(|known| *known == name)
                .or_else(|| {
                    // A guest that renames for ever gets no more ranks than this.
                    (self.ranks.len() < words::DOCUMENTS * 10 && name.len() <= 1024).then(|| {
                        self.ranks.push(name.clone());
                        self.ranks.len() - 1
                    })
                });
            let Some(id) = rank
                .and_then(|rank| u32::try_from(rank).ok())
                .map(DocumentId)
            else {
                continue;
            };
            let mut known = self.now.iter().chain(&self.before);
            let known = known.find(|document| document.id == id);
            now.push(Document {
                id,
                name: clean(&name),
                size,
                printing: known.is_some_and(|document| document.printing),
                printed: known.is_some_and(|document| document.printed),
                copied: known.is_some_and(|document| document.copied),
            });
        }
        self.now = now;
        &self.now
    }

    /// The same for a session that comes after this one: what was printed or copied stays so, whenever
    /// the files arrive there.
    pub fn carried(&self) -> Self {
        let mut now = self.now.clone();
        for document in &mut now {
            document.printing = false;
        }
        Self {
            ranks: self.ranks.clone(),
            before: now.clone(),
            now,
        }
    }

    /// What is there now.
    pub fn ids(&self) -> Vec<DocumentId> {
        self.now.iter().map(|document| document.id).collect()
    }

    /// The guest's own name of a document that is there now.
    pub fn name(&self, id: DocumentId) -> Option<&str> {
        let rank = usize::try_from(id.0).ok()?;
        self.has(id)
            .then(|| self.ranks.get(rank))?
            .map(String::as_str)
    }

    /// Changes what is known of a document; returns the whole list.
    pub fn change(&mut self, id: DocumentId, change: impl FnOnce(&mut Document)) -> &[Document] {
        let known = self.now.iter_mut().find(|document| document.id == id);
        if let Some(document) = known {
            change(document);
        }
        &self.now
    }

    /// Whether such a document is there now.
    pub fn has(&self, id: DocumentId) -> bool {
        self.now.iter().any(|document| document.id == id)
    }
}

/// Without control characters, without those that change the direction of writing (a name could
/// hide its true ending), without invisible ones, and short.
fn clean(name: &str) -> String {
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            && !matches!(
                c,
                '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '/' | '\\'
            )
            && !matches!(c, '\u{e0000}'..='\u{e007f}')
    };
    let name: Vec<char> = name.chars().filter(shown).collect();
    if name.len() <= NAME {
        return name.into_iter().collect();
    }
    // The ending says what kind of document it is: the middle goes.
    let (front, back) = (&name[..NAME - 20], &name[name.len() - 19..]);
    front.iter().chain(['…'].iter()).chain(back).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_what_could_deceive() {
        assert_eq!(clean("facture\u{202e}fdp.exe"), "facturefdp.exe");
        assert_eq!(clean("a\u{1b}[31m\nb\u{0}.pdf"), "a[31mb.pdf");
        assert_eq!(clean("élève – n° 3.pdf"), "élève – n° 3.pdf");
        let long = clean(&format!("{}.pdf", "x".repeat(300)));
        assert_eq!(long.chars().count(), 80);
        assert!(long.ends_with("xxx.pdf"));
    }

    #[test]
    fn a_rank_stays_with_its_file() {
        let mut documents = Documents::default();
        documents.told(vec![("a".into(), 1), ("b".into(), 2)]);
        let now = documents.told(vec![("b".into(), 3)]).to_vec();
        assert_eq!((now[0].id, now[0].size), (DocumentId(1), 3));
        assert!(documents.has(DocumentId(1)) && !documents.has(DocumentId(0)));
        assert_eq!(documents.told(vec![("c".into(), 1)])[0].id, DocumentId(2));
    }

    proptest! {
        #[test]
        fn any_name_is_short_and_plain(name in "\\PC*|[\\s\\S]{0,300}") {
            let clean = clean(&name);
            prop_assert!(clean.chars().count() <= 80);
            prop_assert!(!clean.chars().any(char::is_control));
        }
    }
}
