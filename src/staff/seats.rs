//! `estranctl seats`: which keyboard and mouse are the helper's.
//!
//! The helper's devices carry the udev property `ID_SEAT=seat-helper`; then the host's display
//! leaves them alone, and Estran alone opens them. The assignment is one line of a udev rules file
//! for each device, by its place on the machine (`ID_PATH`): the same plug stays the helper's.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use schemars::JsonSchema;
use serde::Serialize;

use super::answers::{Plugged, Seats};
use super::{Outcome, print, say};
use crate::wording::{Arg, Lang, Wording};

/// The longest file of udev that is read, bytes.
const LONGEST: u64 = 64 * 1024;

/// `estranctl seats …`.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The keyboards and mice of this machine, and whose they are.
    List {
        /// As JSON; `estranctl schema` prints its form.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        places: Places,
    },
    /// Gives the device at a place of the machine to the helper, or back to the visitor.
    Assign {
        /// Its place, as `seats list` shows it.
        place: String,
        /// Whose it is.
        #[arg(value_enum)]
        whose: Whose,
        #[command(flatten)]
        places: Places,
    },
}

/// Whose a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Whose {
    /// The station's own: whoever sits there.
    Visitor,
    /// The helper's.
    Helper,
}

impl Whose {
    const fn of(helper: bool) -> Self {
        if helper { Self::Helper } else { Self::Visitor }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Places {
    /// Where udev keeps what it knows.
    #[arg(long, default_value = "/run/udev/data", hide = true)]
    data: PathBuf,
    /// The rules file that is written.
    #[arg(long, default_value = "/etc/udev/rules.d/72-estran-seats.rules")]
    rules: PathBuf,
}

pub(super) fn run(command: Command, lang: Lang) -> std::io::Result<Outcome> {
    let words = Wording::embedded();
    match command {
        Command::List { json, places } => list(&places, json, &words, lang),
        Command::Assign {
            place,
            whose,
            places,
        } => assign(&place, whose, &places, &words, lang),
    }
}

/// What udev knows of one plug: its kinds of devices.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plug {
    keyboard: bool,
    mouse: bool,
    helper: bool,
}

/// The plugs with a keyboard or a mouse, by their place.
fn plugs(data: &Path) -> std::io::Result<BTreeMap<String, Plug>> {
    let mut plugs = BTreeMap::<String, Plug>::new();
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        // Character devices of the input subsystem have the major number 13.
        if !name.is_some_and(|name| name.starts_with("c13:")) {
            continue;
        }
        // A device that went meanwhile is no device.
        let Ok(text) = read(&path) else { continue };
        let facts = facts(&text);
        let is = |key| facts.get(key) == Some(&"1");
        let Some(place) = facts.get("ID_PATH").filter(|place| plain(place)) else {
            continue;
        };
        let (keyboard, mouse) = (is("ID_INPUT_KEYBOARD"), is("ID_INPUT_MOUSE"));
        if keyboard || mouse {
            let plug = plugs.entry((*place).to_owned()).or_default();
            plug.keyboard |= keyboard;
            plug.mouse |= mouse;
            plug.helper |= facts.get("ID_SEAT") == Some(&"seat-helper");
        }
    }
    Ok(plugs)
}

fn read(path: &Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    fs::File::open(path)?
        .take(LONGEST)
        .read_to_string(&mut text)?;
    Ok(text)
}

/// The properties of a file of udev's database: lines "E:KEY=value".
fn facts(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("E:")?.split_once('='))
        .collect()
}

/// A place that may stand in a rules file: nothing that could end a string or begin a pattern.
fn plain(place: &str) -> bool {
    (1..=120).contains(&place.len())
        && place
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '-' | '_' | '+'))
}

fn list(places: &Places, json: bool, words: &Wording, lang: Lang) -> std::io::Result<Outcome> {
    let plugs = match plugs(&places.data) {
        Ok(plugs) => plugs,
        Err(error) => return failed(&places.data, &error),
    };
    let assigned = assigned(&places.rules)?;
    if json {
        let plugs = plugs.into_iter().map(|(place, plug)| Plugged {
            keyboard: plug.keyboard,
            mouse: plug.mouse,
            whose: Whose::of(plug.helper),
            next: Whose::of(assigned.contains(&place)),
            place,
        });
        return print(&Seats::of(plugs.collect()));
    }
    if plugs.is_empty() {
        return say(&words.text(lang, "seats-none"));
    }
    for (place, plug) in &plugs {
        let kind = match (plug.keyboard, plug.mouse) {
            (true, true) => "seats-both",
            (true, false) => "seats-keyboard",
            (false, _) => "seats-mouse",
        };
        let whose = match (plug.helper, assigned.contains(place)) {
            (true, true) => "seats-helper",
            (false, true) => "seats-helper-soon",
            (true, false) => "seats-visitor-soon",
            (false, false) => "seats-visitor",
        };
        say(&format!(
            "{place}\t{}\t{}",
            words.text(lang, kind),
            words.text(lang, whose)
        ))?;
    }
    Ok(Outcome::Good)
}

/// The places that the rules file gives to the helper.
fn assigned(rules: &Path) -> std::io::Result<Vec<String>> {
    match read(rules) {
        Ok(text) => Ok(text.lines().filter_map(place_of).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn rule(place: &str) -> String {
    format!("SUBSYSTEM==\"input\", ENV{{ID_PATH}}==\"{place}\", ENV{{ID_SEAT}}=\"seat-helper\"")
}

fn place_of(line: &str) -> Option<String> {
    let place = line
        .strip_prefix("SUBSYSTEM==\"input\", ENV{ID_PATH}==\"")?
        .split('"')
        .next()?;
    (plain(place) && line == rule(place)).then(|| place.to_owned())
}

fn assign(
    place: &str,
    whose: Whose,
    places: &Places,
    words: &Wording,
    lang: Lang,
) -> std::io::Result<Outcome> {
    let known = match plugs(&places.data) {
        Ok(plugs) => plugs.contains_key(place),
        Err(error) => return failed(&places.data, &error),
    };
    let mut assigned = assigned(&places.rules)?;
    let was = assigned.iter().any(|one| one == place);
    // One that was unplugged can still be given back.
    if !plain(place) || !(known || was) {
        let mut out = std::io::stderr().lock();
        let args = [("place", Arg::Text(place))];
        writeln!(out, "{}", words.text_with(lang, "seats-unknown", &args))?;
        return Ok(Outcome::Failed);
    }
    assigned.retain(|one| one != place);
    if whose == Whose::Helper {
        assigned.push(place.to_owned());
    }
    assigned.sort_unstable();
    if let Err(error) = write(&places.rules, &assigned) {
        return failed(&places.rules, &error);
    }
    say(&words.text(lang, "seats-written"))
}

fn write(rules: &Path, assigned: &[String]) -> std::io::Result<()> {
    let mut text = String::from(
        "# Written by estranctl seats assign: the helper's keyboards and mice, by their place.\n",
    );
    for place in assigned {
        text.push_str(&rule(place));
        text.push('\n');
    }
    let fresh = rules.with_extension("rules.new");
    #[allow(
        clippy::disallowed_methods,
        reason = "the assignment of devices is the machine's, and nothing of a visit"
    )]
    fs::write(&fresh, text)?;
    fs::rename(&fresh, rules)
}

fn failed(path: &Path, error: &std::io::Error) -> std::io::Result<Outcome> {
    let mut out = std::io::stderr().lock();
    writeln!(
        out,
        "estranctl: {}: {error}; run it as root on the station itself",
        path.display()
    )?;
    Ok(Outcome::Failed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_rule_comes_back_and_nothing_else_is_one() {
        let place = "pci-0000:00:14.0-usb-0:2:1.0";
        assert_eq!(place_of(&rule(place)).as_deref(), Some(place));
        for other in [
            "",
            "# x",
            "SUBSYSTEM==\"input\", ENV{ID_PATH}==\"a\", RUN+=\"/bin/sh\"",
        ] {
            assert_eq!(place_of(other), None);
        }
    }

    #[test]
    fn the_database_tells_keyboards_and_mice_by_place() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            #[allow(clippy::disallowed_methods, reason = "a test's own folder")]
            fs::write(dir.path().join(name), text).unwrap();
        };
        file(
            "c13:64",
            "E:ID_PATH=usb-1\nE:ID_INPUT_KEYBOARD=1\nE:ID_SEAT=seat-helper\n",
        );
        file("c13:65", "E:ID_PATH=usb-1\nE:ID_INPUT_MOUSE=1\n");
        file("c13:66", "E:ID_PATH=usb\"2\nE:ID_INPUT_MOUSE=1\n");
        file("c13:67", "E:ID_PATH=usb-3\nE:ID_INPUT_JOYSTICK=1\n");
        file("b8:0", "E:ID_PATH=usb-4\nE:ID_INPUT_MOUSE=1\n");
        let found = plugs(dir.path()).unwrap();
        let both = Plug {
            keyboard: true,
            mouse: true,
            helper: true,
        };
        assert_eq!(found, BTreeMap::from([("usb-1".to_owned(), both)]));
    }

    proptest! {
        #[test]
        fn any_text_of_udev_is_read_and_no_place_leaves_its_quotes(text in ".*", place in ".*") {
            let _read = facts(&text);
            if plain(&place) {
                prop_assert_eq!(rule(&place).matches('"').count(), 6);
            }
        }
    }
}
