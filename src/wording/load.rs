//! Reading the wording: what is compiled in, then what the house changed.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::{Lang, Wording};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kiosk-config/wording");

/// A wording file longer than this is a mistake, not a translation (bytes).
const LONGEST: u64 = 1 << 20;

/// Why the wording of a house could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    /// A folder or a file could not be read.
    #[error("reading {}: {kind}; check that it exists, is UTF-8 and may be read", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system answered.
        kind: std::io::ErrorKind,
    },
    /// A file is too long to be a wording.
    #[error("reading {}: longer than 1 MiB; split it", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// A file is not valid Fluent.
    #[error("reading {}:{line}:{column}: {cause}; correct this line", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The whole text of the file, to show the line.
        source_text: String,
        /// Byte offset of the mistake.
        offset: usize,
        /// What the parser met.
        cause: String,
    },
}

impl Wording {
    /// The wording compiled into the binary. It cannot fail: a broken default file is left out
    /// here and reported by a test.
    #[must_use]
    pub fn embedded() -> Self {
        let bundles = Lang::ALL
            .into_iter()
            .map(|lang| {
                let mut bundle = empty(lang);
                for text in embedded_files(lang) {
                    let resource = match FluentResource::try_new(text.to_owned()) {
                        Ok(resource) | Err((resource, _)) => resource,
                    };
                    bundle.add_resource_overriding(resource);
                }
                bundle
            })
            .collect();
        Self { bundles }
    }

    /// The compiled wording, overridden key by key by `<dir>/<tag>/*.ftl`, in file-name order.
    /// A language whose folder is absent keeps its compiled words.
    pub fn load(dir: &Path) -> Result<Self, WordingError> {
        let mut wording = Self::embedded();
        for (lang, bundle) in Lang::ALL.into_iter().zip(&mut wording.bundles) {
            for path in files(&dir.join(lang.tag()))? {
                bundle.add_resource_overriding(read(&path)?);
            }
        }
        Ok(wording)
    }
}

/// The compiled files of a language.
pub(super) fn embedded_files(lang: Lang) -> impl Iterator<Item = &'static str> {
    EMBEDDED
        .get_dir(lang.tag())
        .into_iter()
        .flat_map(Dir::files)
        .filter_map(include_dir::File::contents_utf8)
}

fn empty(lang: Lang) -> FluentBundle<FluentResource> {
    let id = LanguageIdentifier::from_str(lang.tag()).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks would be drawn as boxes by fonts that lack them.
    bundle.set_use_isolating(false);
    bundle
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, WordingError> {
    let unreadable = |error: std::io::Error| WordingError::Unreadable {
        path: dir.to_owned(),
        kind: error.kind(),
    };
    if !dir.exists() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<FluentResource, WordingError> {
    let unreadable = |error: std::io::Error| WordingError::Unreadable {
        path: path.to_owned(),
        kind: error.kind(),
    };
    // Opening a pipe would wait for a writer that may never come.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(unreadable(ErrorKind::InvalidInput.into()));
    }
    let mut text = String::new();
    File::open(path)
        .and_then(|open| open.take(LONGEST + 1).read_to_string(&mut text))
        .map_err(unreadable)?;
    if text.len() as u64 > LONGEST {
        return Err(WordingError::TooLong {
            path: path.to_owned(),
        });
    }
    parse(path, text)
}

pub(super) fn parse(path: &Path, text: String) -> Result<FluentResource, WordingError> {
    FluentResource::try_new(text).map_err(|(resource, errors)| {
        let source_text = resource.source().to_owned();
        let first = errors.into_iter().next();
        let offset = first.as_ref().map_or(0, |error| error.pos.start);
        let (line, column) = position(&source_text, offset);
        WordingError::Syntax {
            path: path.to_owned(),
            line,
            column,
            source_text,
            offset,
            cause: first.map_or_else(String::new, |error| error.kind.to_string()),
        }
    })
}

/// Line and column, from 1, of a byte offset; the end of the text for one beyond it.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before: String = text
        .char_indices()
        .take_while(|(at, _)| *at < offset)
        .map(|(_, character)| character)
        .collect();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |rest| rest.chars().count())
        + 1;
    (line, column)
}
