//! `estranctl`: the command line of staff and IT.
#![forbid(unsafe_code)]

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use estran::config::{Config, ConfigError, Problem};
use estran::wording::{Arg, Lang, Wording};

/// Staff and IT command line of an Estran station.
#[derive(Parser)]
#[command(name = "estranctl", version)]
struct Arguments {
    /// Language of the answers: fr or en.
    #[arg(long, global = true, default_value = "fr", value_parser = language)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The configuration of the station.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// The current screen and its controls, for black-box tests.
    #[cfg(feature = "probe")]
    Ui {
        /// As JSON, the only form there is.
        #[arg(long, required = true)]
        json: bool,
        /// The front-end's probe socket [default: estran-probe.sock in XDG_RUNTIME_DIR].
        #[arg(long)]
        socket: Option<PathBuf>,
    },
    /// The version of this program.
    Version,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Checks a configuration folder. Exit code 0: valid; 1: mistakes, shown; 2: not readable.
    Check {
        /// The folder that holds station.toml.
        #[arg(default_value = "/etc/estran")]
        dir: PathBuf,
    },
}

/// What the caller is told by the exit code.
enum Outcome {
    Good,
    Mistakes,
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0,
            Outcome::Mistakes => 1,
            Outcome::Failed => 2,
        })
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Config(ConfigCommand::Check { dir }) => check(&dir, arguments.lang),
        #[cfg(feature = "probe")]
        Command::Ui { socket, .. } => ui::show(socket),
        Command::Version => say(concat!("estranctl ", env!("CARGO_PKG_VERSION"))),
    };
    // Whoever closed the pipe has read enough.
    outcome.unwrap_or(Outcome::Failed).into()
}

fn language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| {
        let tags = Lang::ALL.map(Lang::tag).join(", ");
        format!("not a language of Estran; allowed: {tags}")
    })
}

fn say(text: &str) -> std::io::Result<Outcome> {
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(Outcome::Good)
}

fn check(dir: &Path, lang: Lang) -> std::io::Result<Outcome> {
    let words = Wording::embedded();
    match Config::load(dir) {
        Ok(config) => {
            let count = |number: usize| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
            let args = [
                ("demarches", count(config.catalogue.demarches().len())),
                ("groups", count(config.catalogue.groups().len())),
                ("languages", count(config.languages.len())),
            ];
            say(&words.text_with(lang, "config-ok", &args))
        }
        Err(error) => show(&error, &words, lang),
    }
}

fn show(error: &ConfigError, words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let count = i64::try_from(error.findings.len()).unwrap_or(i64::MAX);
    let count = words.text_with(lang, "config-count-found", &[("count", Arg::Number(count))]);
    let mut out = stderr.lock();
    write!(out, "{}", error.report(words, lang, colours))?;
    writeln!(out, "{count}")?;
    let unreadable = |problem: &Problem| matches!(problem, Problem::Unreadable(_));
    Ok(
        if error.findings.iter().all(|one| unreadable(&one.problem)) {
            Outcome::Failed
        } else {
            Outcome::Mistakes
        },
    )
}

/// The probe of developer builds.
#[cfg(feature = "probe")]
mod ui {
    use std::io::{Read as _, Write as _};
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;
    use std::time::Duration;

    use super::Outcome;

    /// A description longer than this is not one of a screen (bytes).
    const LONGEST: u64 = 4 << 20;

    /// Copies what the front-end answers, up to the end of the stream, to standard output.
    pub fn show(socket: Option<PathBuf>) -> std::io::Result<Outcome> {
        let place = socket.or_else(|| {
            let dir = std::env::var_os("XDG_RUNTIME_DIR")?;
            Some(PathBuf::from(dir).join("estran-probe.sock"))
        });
        let Some(place) = place else {
            let mut out = std::io::stderr().lock();
            writeln!(
                out,
                "estranctl: XDG_RUNTIME_DIR is not set; give --socket PATH"
            )?;
            return Ok(Outcome::Failed);
        };
        match ask(&place) {
            Ok(answer) => {
                let mut out = std::io::stdout().lock();
                out.write_all(&answer)?;
                writeln!(out)?;
                Ok(Outcome::Good)
            }
            Err(error) => {
                let mut out = std::io::stderr().lock();
                let place = place.display();
                writeln!(
                    out,
                    "estranctl: asking {place}: {error}; is estran running, built with the \
                     feature probe?"
                )?;
                Ok(Outcome::Failed)
            }
        }
    }

    fn ask(place: &std::path::Path) -> std::io::Result<Vec<u8>> {
        let stream = UnixStream::connect(place)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut answer = Vec::new();
        stream.take(LONGEST).read_to_end(&mut answer)?;
        Ok(answer)
    }
}
