//! `estranctl receipt`.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Outcome, say};
use crate::audit;
use crate::receipt::{self, Counters, HalfDay, Key, PublicKey, Receipt, Signed, Swap};
use crate::secrets;
use crate::wording::{Arg, Lang, Wording};

/// The receipt of the latest wipe: shown, exported, verified. Exit code 0: there is one, and it is
/// good; 1: the wipe left something, or the receipt is not this key's; 2: there is none.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Prints the signed receipt as JSON (docs/preuve.md says what it means).
    #[arg(long)]
    json: bool,
    /// The custodian's folder [default: /var/lib/estran for root, else estran in XDG_STATE_HOME].
    #[arg(long, global = true, value_name = "FOLDER")]
    state: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints the public key, with which others verify this station's receipts.
    Key,
    /// Verifies a receipt that `estranctl receipt --json` printed.
    Verify(Verify),
}

#[derive(Debug, Args)]
struct Verify {
    /// The file.
    file: PathBuf,
    /// The public key that the station gave you [default: this station's].
    #[arg(long, value_parser = |text: &str| text.parse::<PublicKey>().map(Box::new))]
    key: Option<Box<PublicKey>>,
}

/// The file of one receipt is shorter, bytes.
const LONGEST: u64 = 64 << 10;

pub(super) fn run(arguments: Arguments, lang: Lang) -> io::Result<Outcome> {
    let Some(folder) = arguments.state.or_else(receipt::directory) else {
        return failed("no folder: set HOME, or give --state FOLDER");
    };
    match arguments.command {
        None => show(&folder, arguments.json, lang),
        Some(Command::Key) => match own_key(&folder) {
            Ok(key) => say(&key.to_string()),
            Err(error) => failed(&error),
        },
        Some(Command::Verify(wanted)) => verify(&folder, &wanted, lang),
    }
}

fn failed(why: &str) -> io::Result<Outcome> {
    writeln!(io::stderr().lock(), "estranctl: {why}")?;
    Ok(Outcome::Failed)
}

/// The public half, as the custodian wrote it down; a station that has no key yet is not given one
/// here.
fn own_key(folder: &Path) -> Result<PublicKey, String> {
    if let Some(key) = receipt::published(folder) {
        return Ok(key);
    }
    let place = secrets::Place::Folder(receipt::secrets(folder));
    let bytes = place
        .open()
        .and_then(|store| store.get(secrets::Name::ReceiptKey))
        .map_err(|error| error.to_string())?;
    let key = bytes.as_deref().and_then(|bytes| Key::from_bytes(bytes));
    key.map(|key| key.public())
        .ok_or_else(|| "this station has no key yet: it makes one when it starts".to_owned())
}

fn show(folder: &Path, json: bool, lang: Lang) -> io::Result<Outcome> {
    let words = Wording::embedded();
    let kept = match receipt::latest(folder) {
        Ok(Some(kept)) => kept,
        Ok(None) => return failed(&words.text(lang, "receipt-none")),
        Err(error) => return failed(&error.to_string()),
    };
    if json {
        say(&serde_json::to_string_pretty(&kept.latest)?)?;
    } else {
        let own = own_key(folder).is_ok_and(|key| kept.latest.is_from(&key));
        let mut lines = lines(&kept.latest.receipt, &words, lang);
        lines.push(counted(kept.counters, &words, lang));
        lines.push(words.text(lang, signed_key(own)));
        say(&lines.join("\n"))?;
    }
    Ok(if kept.latest.receipt.clean {
        Outcome::Good
    } else {
        Outcome::Mistakes
    })
}

fn verify(folder: &Path, wanted: &Verify, lang: Lang) -> io::Result<Outcome> {
    let words = Wording::embedded();
    let key = match wanted
        .key
        .as_deref()
        .map_or_else(|| own_key(folder), |key| Ok(*key))
    {
        Ok(key) => key,
        Err(error) => return failed(&error),
    };
    let mut text = Vec::new();
    let file = &wanted.file;
    let read = File::open(file).and_then(|file| file.take(LONGEST).read_to_end(&mut text));
    if let Err(error) = read {
        return failed(&format!("reading {}: {error}", file.display()));
    }
    let signed: Option<Signed> = serde_json::from_slice(&text).ok();
    let Some(signed) = signed.filter(|signed| signed.is_from(&key)) else {
        say(&words.text(lang, signed_key(false)))?;
        return Ok(Outcome::Mistakes);
    };
    let mut lines = lines(&signed.receipt, &words, lang);
    lines.push(words.text(lang, signed_key(true)));
    say(&lines.join("\n"))
}

const fn signed_key(good: bool) -> &'static str {
    if good {
        "receipt-signed"
    } else {
        "receipt-not-signed"
    }
}

/// A receipt in words.
fn lines(receipt: &Receipt, words: &Wording, lang: Lang) -> Vec<String> {
    let clean = if receipt.clean {
        "receipt-clean"
    } else {
        "receipt-residue"
    };
    let memory = if receipt.init_on_free {
        "receipt-memory-cleared"
    } else {
        "receipt-memory-not-cleared"
    };
    let swap = match receipt.swap {
        Swap::None => "receipt-swap-none",
        Swap::Memory => "receipt-swap-memory",
        Swap::Encrypted => "receipt-swap-encrypted",
        Swap::Plain => "receipt-swap-plain",
    };
    let millis = Arg::Number(i64::from(receipt.wipe_millis));
    let excused = receipt
        .probes
        .iter()
        .any(|(_, outcome)| *outcome == audit::Outcome::Excused);
    let excused = excused.then(|| words.text(lang, "receipt-excused"));
    let mut lines = vec![
        when(receipt.when, words, lang),
        words.text(lang, clean),
        probes(receipt, words, lang),
        words.text_with(lang, "receipt-wipe", &[("millis", millis)]),
        words.text(lang, memory),
        words.text(lang, swap),
    ];
    lines.extend(excused);
    lines
}

fn when(when: HalfDay, words: &Wording, lang: Lang) -> String {
    let date = when.date().to_string();
    let half = if when.is_afternoon() {
        "afternoon"
    } else {
        "morning"
    };
    let args = [("date", Arg::Text(&date)), ("half", Arg::Text(half))];
    words.text_with(lang, "receipt-when", &args)
}

fn probes(receipt: &Receipt, words: &Wording, lang: Lang) -> String {
    let nothing =
        |(_, outcome): &&(audit::Probe, audit::Outcome)| *outcome == audit::Outcome::Nothing;
    let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let args = [
        ("all", number(receipt.probes.len())),
        (
            "nothing",
            number(receipt.probes.iter().filter(nothing).count()),
        ),
    ];
    words.text_with(lang, "receipt-probes", &args)
}

fn counted(counters: Counters, words: &Wording, lang: Lang) -> String {
    let number = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let args = [
        ("clean", number(counters.clean)),
        ("residue", number(counters.residue)),
    ];
    words.text_with(lang, "receipt-counters", &args)
}
