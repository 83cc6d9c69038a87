//! `estranctl status`, `reset`, `quarantine`, `health`, `close`, `open`, `waiting`, `acts`:
//! the counter of a running station, from a shell.
#![forbid(unsafe_code)]

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Outcome, answers, say};
use crate::counter::{
    self, Act, Answer, Ask, ClientError, ConfigurationState, Entry, Health, Level, Role, State,
    StatisticsState, Status, Why, shut_key, state_key,
};
use crate::wording::{Arg, Lang, Wording};

/// How a station is found, and how its answer is printed.
#[derive(Debug, Args)]
pub(super) struct Via {
    /// As JSON; `estranctl schema` prints its form.
    #[arg(long)]
    json: bool,
    /// The station's socket [default: that of an installed station, or estran-counter.sock in
    /// XDG_RUNTIME_DIR or /run].
    #[arg(long, value_name = "PATH")]
    counter: Option<PathBuf>,
}

/// What can be asked of a running station.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// What the station is doing. Exit code 0: ready or in a visit; 1: quarantine or closed.
    Status(Via),
    /// "Remettre à zéro": ends the visit by its farewell.
    Reset {
        /// At once, without the farewell.
        #[arg(long)]
        now: bool,
        #[command(flatten)]
        via: Via,
    },
    /// The station's quarantine.
    #[command(subcommand)]
    Quarantine(Quarantine),
    /// The machine's health. Exit code 1 when something needs a hand.
    Health(Via),
    /// Closes the station from the next welcome on.
    Close {
        /// Until it is opened again, whatever the hours.
        #[arg(long)]
        maintenance: bool,
        #[command(flatten)]
        via: Via,
    },
    /// Opens the station again, or keeps it open beyond its hours.
    Open(Via),
    /// Says whether others wait: then visits are limited.
    Waiting {
        /// yes or no.
        #[arg(action = clap::ArgAction::Set, value_parser = yes)]
        wait: bool,
        #[command(flatten)]
        via: Via,
    },
    /// The journal of acts of staff: six months, by role and act.
    Acts(Via),
    /// Prints the JSON Schema of what --json prints.
    Schema,
}

/// `estranctl quarantine …`.
#[derive(Debug, Subcommand)]
pub(super) enum Quarantine {
    /// Wipes again; the station welcomes only if the audit is clean.
    Release(Via),
}

fn yes(word: &str) -> Result<bool, String> {
    match word {
        "yes" | "oui" => Ok(true),
        "no" | "non" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

pub(super) fn run(command: Command, lang: Lang) -> std::io::Result<Outcome> {
    let (question, via) = match command {
        Command::Status(via) => (Ask::Status, via),
        Command::Reset { now, via } => (Ask::Reset { now }, via),
        Command::Quarantine(Quarantine::Release(via)) => (Ask::Release, via),
        Command::Health(via) => (Ask::Health, via),
        Command::Close { maintenance, via } => (Ask::Close { maintenance }, via),
        Command::Open(via) => (Ask::Open, via),
        Command::Waiting { wait, via } => (Ask::OthersWait(wait), via),
        Command::Acts(via) => (Ask::Acts, via),
        Command::Schema => return say(&format!("{:#}", answers::schema())),
    };
    ask(question, &via, lang)
}

/// Asks the station where its configuration stands.
pub(super) fn configuration(via: &Via, lang: Lang) -> std::io::Result<Outcome> {
    ask(Ask::Config, via, lang)
}

fn ask(question: Ask, via: &Via, lang: Lang) -> std::io::Result<Outcome> {
    let place = via.counter.clone().unwrap_or_else(counter::place_to_ask);
    match counter::ask(&place, lang, question) {
        Ok(answer) => tell(&answer, via.json, lang),
        Err(error) => {
            writeln!(std::io::stderr().lock(), "estranctl: {error}")?;
            Ok(match error {
                ClientError::Refused(Why::NotNow | Why::Proof) => Outcome::Mistakes,
                ClientError::Refused(Why::Version | Why::Garbage | Why::NotAllowed)
                | ClientError::NotThere(..)
                | ClientError::Frame(_) => Outcome::Failed,
            })
        }
    }
}

fn tell(answer: &Answer, json: bool, lang: Lang) -> std::io::Result<Outcome> {
    if json {
        say(&serde_json::to_string_pretty(answer)?)?;
    } else {
        say(&in_words(answer, &Wording::embedded(), lang))?;
    }
    Ok(outcome(answer))
}

fn outcome(answer: &Answer) -> Outcome {
    let finding = match answer {
        Answer::Status(status) => matches!(status.state, State::Quarantine | State::Closed),
        Answer::Health(health) => health.level() == Level::Attention,
        Answer::Config(ConfigurationState::Broken { .. }) => true,
        Answer::Config(ConfigurationState::Current | ConfigurationState::Pending)
        | Answer::Welcome { .. }
        | Answer::Acts(_)
        | Answer::Done => false,
        Answer::Refused(_) => return Outcome::Failed,
    };
    if finding {
        Outcome::Mistakes
    } else {
        Outcome::Good
    }
}

fn in_words(answer: &Answer, words: &Wording, lang: Lang) -> String {
    let say = |key: &str| words.text(lang, key);
    match answer {
        Answer::Status(status) => status_lines(status, words, lang).join("\n"),
        Answer::Health(health) => health_lines(health, words, lang).join("\n"),
        Answer::Config(state) => configuration_lines(state, words, lang).join("\n"),
        Answer::Acts(acts) => {
            let lines: Vec<String> = acts.iter().map(|one| act_line(one, words, lang)).collect();
            lines.join("\n")
        }
        Answer::Done | Answer::Welcome { .. } => say("staff-done"),
        Answer::Refused(why) => why.to_string(),
    }
}

fn status_lines(status: &Status, words: &Wording, lang: Lang) -> Vec<String> {
    let mut lines = vec![words.text(lang, state_key(status.state))];
    lines.extend(status.closed.map(|shut| words.text(lang, shut_key(shut))));
    lines.extend(status.last_wipe.map(|wiped| {
        let key = if wiped.verified {
            "staff-wiped"
        } else {
            "staff-wiped-not"
        };
        let seconds = f64::from(wiped.millis.unwrap_or(0)) / 1000.0;
        let seconds = format!("{seconds:.1}");
        let args = [
            ("seconds", Arg::Text(seconds.as_str())),
            ("found", Arg::Number(i64::from(wiped.found))),
        ];
        words.text_with(lang, key, &args)
    }));
    lines.extend(configuration_lines(&status.configuration, words, lang));
    lines.extend(statistics_lines(&status.statistics, words, lang));
    if !status.code_set {
        lines.push(words.text(lang, "staff-no-code"));
    }
    if status.others_wait {
        lines.push(words.text(lang, "staff-others-wait"));
    }
    lines
}

fn configuration_lines(state: &ConfigurationState, words: &Wording, lang: Lang) -> Vec<String> {
    match state {
        ConfigurationState::Current => vec![words.text(lang, "staff-config-current")],
        ConfigurationState::Pending => vec![words.text(lang, "staff-config-pending")],
        ConfigurationState::Broken { findings } => {
            let mut lines = vec![words.text(lang, "staff-config-broken")];
            lines.extend(findings.iter().cloned());
            lines
        }
    }
}

/// What staff must know of the counting; nothing where all is well.
fn statistics_lines(state: &StatisticsState, words: &Wording, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = counter::statistics_key(state)
        .map(|key| words.text(lang, key))
        .into_iter()
        .collect();
    if let StatisticsState::SetAside { files } = state {
        lines.extend(files.iter().cloned());
    }
    lines
}

fn health_lines(health: &Health, words: &Wording, lang: Lang) -> Vec<String> {
    counter::health_rows(health, words, lang)
        .into_iter()
        .map(|row| {
            let mark = if row.level == Level::Attention {
                " (!)"
            } else {
                ""
            };
            format!("{} : {}{mark}", row.name, row.value)
        })
        .collect()
}

fn act_line(entry: &Entry, words: &Wording, lang: Lang) -> String {
    let role = words.text(
        lang,
        match entry.role {
            Role::Staff => "staff-role-staff",
            Role::Shell => "staff-role-shell",
        },
    );
    let act = words.text(
        lang,
        match entry.act {
            Act::Unlocked => "staff-act-unlocked",
            Act::WrongCode => "staff-act-wrong-code",
            Act::CodeSet => "staff-act-code-set",
            Act::Reset => "staff-act-reset",
            Act::Released => "staff-act-released",
            Act::ClosedEarly => "staff-act-closed-early",
            Act::StoppedForMaintenance => "staff-act-maintenance",
            Act::Opened => "staff-act-opened",
            Act::Proved => "staff-act-proved",
            Act::Exported => "staff-act-exported",
            Act::ExportFailed => "staff-act-export-failed",
        },
    );
    format!("{} {:02} h  {role}  {act}", entry.day, entry.hour)
}
