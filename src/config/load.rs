//! Reading a house's files.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::{Config, ConfigError, Finding, Problem, demarches, station};
use crate::wording::{Wording, WordingError};

const STATION: &str = include_str!("../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");

/// A configuration file longer than this is a mistake (bytes).
const LONGEST: u64 = 1 << 20;

impl Config {
    /// Reads `station.toml`, `demarches.toml` and `wording/` of a folder.
    ///
    /// Every mistake that one reading can find is in the error.
    pub fn load(dir: &Path) -> Result<Self, ConfigError> {
        let station = dir.join("station.toml");
        let demarches = dir.join("demarches.toml");
        assemble(
            read(&station).and_then(|text| station::check(&station, &text)),
            read(&demarches).and_then(|text| demarches::check(&demarches, &text)),
            Wording::load(&dir.join("wording")).map_err(|error| vec![finding(error)]),
        )
    }

    /// The configuration compiled into the binary; a test holds it to be right.
    pub fn embedded() -> Result<Self, ConfigError> {
        Self::from_texts(STATION, DEMARCHES)
    }

    /// Checks the text of the two files, with the compiled wording.
    pub fn from_texts(station: &str, demarches: &str) -> Result<Self, ConfigError> {
        assemble(
            station::check(Path::new("station.toml"), station),
            demarches::check(Path::new("demarches.toml"), demarches),
            Ok(Wording::embedded()),
        )
    }
}

fn assemble(
    station: Result<station::Station, Vec<Finding>>,
    catalogue: Result<crate::catalogue::Catalogue, Vec<Finding>>,
    wording: Result<Wording, Vec<Finding>>,
) -> Result<Config, ConfigError> {
    match (station, catalogue, wording) {
        (Ok(station), Ok(catalogue), Ok(wording)) => Ok(Config {
            place: station.place,
            languages: station.languages,
            timers: station.timers,
            help: station.help,
            browsers: station.browsers,
            network_journal: station.network_journal,
            free_browsing: station.free_browsing,
            practice: station.practice,
            screen: station.screen,
            keyboard: station.keyboard,
            session: station.session,
            printer: station.printer,
            custody: station.custody,
            statistics: station.statistics,
            catalogue,
            wording,
        }),
        (station, catalogue, wording) => {
            let mut findings = [station.err(), catalogue.err(), wording.err()]
                .into_iter()
                .flatten()
                .flatten()
                .collect::<Vec<_>>();
            findings.sort_by(|one, other| {
                (&one.file, one.span.start).cmp(&(&other.file, other.span.start))
            });
            Err(ConfigError { findings })
        }
    }
}

fn read(file: &Path) -> Result<String, Vec<Finding>> {
    let found = |problem| vec![nowhere(file, problem)];
    let unreadable = |error: std::io::Error| found(Problem::Unreadable(error.kind()));
    // Opening a pipe would wait for a writer that may never come.
    if !std::fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(found(Problem::Unreadable(ErrorKind::InvalidInput)));
    }
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|open| open.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST {
        return Err(found(Problem::TooLongFile));
    }
    String::from_utf8(bytes).map_err(|_| found(Problem::NotUtf8))
}

fn nowhere(file: &Path, problem: Problem) -> Finding {
    Finding {
        file: file.to_owned(),
        text: Arc::from(""),
        span: 0..0,
        problem,
    }
}

fn finding(error: WordingError) -> Finding {
    match error {
        WordingError::Unreadable {
            path,
            kind: ErrorKind::InvalidData,
        } => nowhere(&path, Problem::NotUtf8),
        WordingError::Unreadable { path, kind } => nowhere(&path, Problem::Unreadable(kind)),
        WordingError::TooLong { path } => nowhere(&path, Problem::TooLongFile),
        WordingError::Syntax {
            path,
            source_text,
            offset,
            cause,
            ..
        } => Finding {
            file: path,
            span: offset..(offset + 1).min(source_text.len()),
            text: Arc::from(source_text),
            problem: Problem::Syntax(cause),
        },
    }
}
