//! Reading a house's files.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::{
    App, Config, ConfigError, Finding, Problem, Theme, apps, demarches, rights, station, theme,
};
use crate::rights::Rights;
use crate::wording::{Wording, WordingError};

const STATION: &str = include_str!("../../kiosk-config/station.toml");
const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");

/// What one file said, or what is wrong with it.
type Read<T> = Result<T, Vec<Finding>>;

/// A configuration file longer than this is a mistake (bytes).
const LONGEST: u64 = 1 << 20;

impl Config {
    /// Reads `station.toml`, `demarches.toml`, `wording/`, and where there are any `theme.toml`,
    /// `apps.toml` and `rights.fr.md` of a folder.
    ///
    /// Every mistake that one reading can find is in the error.
    pub fn load(dir: &Path) -> Result<Self, ConfigError> {
        let station = dir.join("station.toml");
        let demarches = dir.join("demarches.toml");
        assemble(
            read(&station).and_then(|text| station::check(&station, &text)),
            read(&demarches).and_then(|text| demarches::check(&demarches, &text)),
            Wording::load(&dir.join("wording")).map_err(|error| vec![finding(error)]),
            optional(&dir.join("theme.toml"), theme::check, || {
                Ok(Theme::default())
            }),
            optional(&dir.join("apps.toml"), apps::check, || Ok(Vec::new())),
            optional(&dir.join("rights.fr.md"), rights::check, rights::embedded),
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
            Ok(Theme::default()),
            Ok(Vec::new()),
            rights::embedded(),
        )
    }
}

fn assemble(
    station: Read<station::Station>,
    catalogue: Read<crate::catalogue::Catalogue>,
    wording: Read<Wording>,
    theme: Read<Theme>,
    apps: Read<Vec<App>>,
    rights: Read<Rights>,
) -> Result<Config, ConfigError> {
    match (station, catalogue, wording, theme, apps, rights) {
        (Ok(station), Ok(catalogue), Ok(wording), Ok(theme), Ok(apps), Ok(rights)) => {
            whole(station, catalogue, wording, (theme, apps, rights))
        }
        (station, catalogue, wording, theme, apps, rights) => {
            let mut findings = [
                station.err(),
                catalogue.err(),
                wording.err(),
                theme.err(),
                apps.err(),
                rights.err(),
            ]
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

fn whole(
    station: station::Station,
    catalogue: crate::catalogue::Catalogue,
    wording: Wording,
    (theme, apps, rights): (Theme, Vec<App>, Rights),
) -> Result<Config, ConfigError> {
    let config = Config {
        place: station.place,
        languages: station.languages,
        opening: station.opening,
        timers: station.timers,
        help: station.help,
        browsers: station.browsers,
        network_journal: station.network_journal,
        sites: station.sites,
        usb: station.usb,
        health: station.health,
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
        theme,
        apps,
        rights,
    };
    match config.left_out().map(str::to_owned) {
        None => Ok(config),
        Some(key) => Err(ConfigError {
            findings: vec![nowhere(Path::new("station.toml"), Problem::LeftOut(key))],
        }),
    }
}

/// A file that a house need not have.
fn optional<T>(
    file: &Path,
    check: fn(&Path, &str) -> Read<T>,
    without: fn() -> Read<T>,
) -> Read<T> {
    // A link that leads nowhere is a mistake, not an absence.
    if std::fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return without();
    }
    read(file).and_then(|text| check(file, &text))
}

fn read(file: &Path) -> Read<String> {
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
