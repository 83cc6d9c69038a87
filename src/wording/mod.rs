//! Every sentence, by key, in Fluent files under `kiosk-config/wording`.
//!
//! The default wording is compiled in, so that a lost file is never a station without words. A
//! house changes a sentence by writing the same key in a file of its own.
#![forbid(unsafe_code)]

mod lang;
mod load;
#[cfg(test)]
mod tests;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use lang::Lang;
pub use load::WordingError;

/// The words of every language. Cheap to share behind an `Arc`; `Send` and `Sync`.
pub struct Wording {
    /// One bundle for each of [`Lang::ALL`], in that order.
    bundles: Vec<FluentBundle<FluentResource>>,
}

/// A value to be put into a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A number, which also chooses the plural form.
    Number(i64),
    /// A text that is already in the visitor's language, or a proper name of the house.
    Text(&'a str),
}

impl Wording {
    /// The sentence of `key` in `lang`; see [`Wording::text_with`].
    #[must_use]
    pub fn text(&self, lang: Lang, key: &str) -> String {
        self.text_with(lang, key, &[])
    }

    /// The sentence of `key` in `lang`, with `args` put in.
    ///
    /// A sentence that `lang` lacks is given in French, the language of the law here; a key that
    /// nobody knows is given as `⟦key⟧`, which no test can overlook and which still leaves the
    /// screen usable.
    #[must_use]
    pub fn text_with(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.formatted(lang, key, args)
            .or_else(|| self.formatted(Lang::Fr, key, args))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// Whether `lang` itself has `key`.
    #[must_use]
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundle(lang)
            .and_then(|bundle| bundle.get_message(key))
            .is_some_and(|message| message.value().is_some())
    }

    fn bundle(&self, lang: Lang) -> Option<&FluentBundle<FluentResource>> {
        self.bundles.get(lang.rank())
    }

    fn formatted(&self, lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let bundle = self.bundle(lang)?;
        let message = bundle.get_message(key)?;
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(
                *name,
                match value {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(*text),
                },
            );
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(message.value()?, Some(&fluent), &mut errors);
        // A missing argument shows as `{$name}`, which is better than no sentence at all.
        Some(text.into_owned())
    }
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wording").finish_non_exhaustive()
    }
}
