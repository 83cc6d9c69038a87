//! Health in words: one row a thing, the same at the screen and in a shell.

use super::health::{Health, Level, Swap, printer_level};
use super::{State, StatisticsState};
use crate::custodian::Printer;
use crate::guardian::Shut;
use crate::wording::{Arg, Lang, Wording};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub name: String,
    /// How it is.
    pub value: String,
    /// Whether it needs a hand.
    pub level: Level,
}

/// The wording key of a state's big word.
#[must_use]
pub const fn state_key(state: State) -> &'static str {
    match state {
        State::Starting => "staff-state-starting",
        State::Ready => "staff-state-ready",
        State::Closed => "staff-state-closed",
        State::Visit => "staff-state-visit",
        State::Cleaning => "staff-state-cleaning",
        State::Quarantine => "staff-state-quarantine",
    }
}

/// The wording key of why a station is closed.
#[must_use]
pub const fn shut_key(shut: Shut) -> &'static str {
    match shut {
        Shut::Hours => "staff-shut-hours",
        Shut::Early => "staff-shut-early",
        Shut::Maintenance => "staff-shut-maintenance",
        Shut::Proof => "staff-shut-proof",
    }
}

/// The wording key of what staff must know of the counting; none where all is well.
#[must_use]
pub const fn statistics_key(state: &StatisticsState) -> Option<&'static str> {
    match state {
        StatisticsState::Kept => None,
        StatisticsState::InMemory => Some("staff-stats-in-memory"),
        StatisticsState::SetAside { .. } => Some("staff-stats-aside"),
        StatisticsState::NotKept => Some("staff-stats-not-kept"),
    }
}

/// Says rows in one language.
struct Say<'a>(&'a Wording, Lang);

impl Say<'_> {
    fn row(&self, key: &str, value: String, level: Level) -> Row {
        Row {
            name: self.0.text(self.1, key),
            value,
            level,
        }
    }

    /// A row whose value is one of two sentences.
    fn either(&self, key: &str, good: bool, words: [&str; 2]) -> Row {
        let [yes, no] = words;
        let level = if good { Level::Good } else { Level::Attention };
        self.row(key, self.0.text(self.1, if good { yes } else { no }), level)
    }

    fn version(&self, key: &str, version: Option<&String>) -> Row {
        let Some(version) = version else {
            let unknown = self.0.text(self.1, "staff-version-unknown");
            return self.row(key, unknown, Level::Unknown);
        };
        self.row(key, version.clone(), Level::Good)
    }
}

const fn printer_key(printer: Printer) -> &'static str {
    match printer {
        Printer::None => "staff-printer-none",
        Printer::Ready => "staff-printer-ready",
        Printer::NotReached => "staff-printer-not-reached",
        Printer::NoPaper => "staff-printer-no-paper",
        Printer::NeedsHand => "staff-printer-needs-hand",
    }
}

/// The rows of a machine's health.
#[must_use]
pub fn health_rows(health: &Health, words: &Wording, lang: Lang) -> Vec<Row> {
    let say = Say(words, lang);
    let memory = health.memory;
    let mut rows = vec![say.row(
        "staff-memory",
        amount(words, lang, memory.used_mib, memory.total_mib),
        memory.level,
    )];
    rows.extend(health.disk.map(|disk| {
        let used = disk.total_mib.saturating_sub(disk.free_mib);
        say.row(
            "staff-disk",
            amount(words, lang, used, disk.total_mib),
            disk.level,
        )
    }));
    rows.extend(health.temperature_celsius.map(|celsius| {
        let degrees = [("degrees", Arg::Number(i64::from(celsius)))];
        let value = words.text_with(lang, "staff-degrees", &degrees);
        say.row("staff-temperature", value, health.temperature)
    }));
    rows.push(say.either(
        "staff-network",
        health.network,
        ["staff-connected", "staff-not-connected"],
    ));
    let printer = words.text(lang, printer_key(health.printer));
    rows.push(say.row("staff-printer", printer, printer_level(health.printer)));
    rows.push(say.either(
        "staff-memory-cleared",
        health.init_on_free,
        ["staff-yes", "staff-no"],
    ));
    let (swap, level) = match health.swap {
        Swap::Off => ("staff-swap-off", Level::Good),
        Swap::Protected => ("staff-swap-protected", Level::Good),
        Swap::Plain => ("staff-swap-plain", Level::Attention),
    };
    rows.push(say.row("staff-swap", words.text(lang, swap), level));
    rows.push(say.version("staff-firefox", health.firefox.as_ref()));
    rows.push(say.version("staff-chromium", health.chromium.as_ref()));
    rows
}

/// "2,1 / 7,6 Gio".
fn amount(words: &Wording, lang: Lang, used: u64, total: u64) -> String {
    let gib = |mib: u64| {
        let tenths = (mib * 10 + 512) / 1024;
        let point = match lang {
            Lang::En => '.',
            Lang::Fr | Lang::FrFalc | Lang::Ar => ',',
        };
        format!("{}{point}{}", tenths / 10, tenths % 10)
    };
    let (used, total) = (gib(used), gib(total));
    let args = [
        ("used", Arg::Text(used.as_str())),
        ("total", Arg::Text(total.as_str())),
    ];
    words.text_with(lang, "staff-amount", &args)
}
