//! A house and its states, for pictures and tests.

use std::sync::Arc;

use iced::Size;

use super::model::Model;
use super::sample_visit;
use crate::config::{Config, ConfigError};
use crate::custodian::{Printer, Stick};
use crate::guardian::{Delivered, Published};
use crate::usage::{Board, Book, Line, Mode, Month, Operateur, Thematique, Thresholds};
use crate::visit::View;
use crate::wording::Lang;

/// What the guardian publishes for `view` when nothing else is known.
pub fn published(view: View) -> Published {
    Published {
        closed: false,
        view,
        remaining: None,
        idle_left: None,
        documents: Vec::new(),
        picture: false,
        report: None,
        wipe_millis: None,
        shut: None,
        ending: None,
        others_wait: false,
        settings: 0,
        refused: None,
        printer: Printer::Ready,
        stick: Stick::Absent,
        delivered: Delivered::default(),
        sensor_mute: false,
        sensor_doubt: false,
        helped: None,
        given: None,
        second_seat: false,
        line: None,
        receipt: None,
    }
}

/// A model of the sample house that shows `view`.
pub fn model(view: View, size: Size) -> Model {
    Model::new(Arc::new(config()), published(view), size)
}

/// The house that is compiled in, with a name of its own and everything offered.
#[allow(
    clippy::expect_used,
    reason = "only pictures and tests are made here; the compiled configuration has its own test"
)]
pub fn config() -> Config {
    let mut config = Config::embedded().expect("the compiled configuration is valid");
    "France services — Saint-Aubin".clone_into(&mut config.place.name);
    config.languages = Lang::ALL.to_vec();
    config.free_browsing = true;
    config.practice = true;
    config
}

/// The same house, with a folder to export to.
pub fn config_with_folder() -> Config {
    let mut config = config();
    config.statistics.folder = Some("/srv/partage/statistiques".into());
    config
}

/// What is said of the same house with two mistakes in its `station.toml`.
#[allow(
    clippy::expect_used,
    reason = "only pictures and tests are made here; the mistakes are written below"
)]
pub fn broken() -> ConfigError {
    let station = include_str!("../../kiosk-config/station.toml")
        .replace("idle_before_seconds", "idle_befor_seconds")
        .replace("pause_minutes = 5", "pause_minutes = 90");
    Config::from_texts(&station, include_str!("../../kiosk-config/demarches.toml"))
        .expect_err("two mistakes were made")
}

/// Twelve made-up months, large and small numbers among them.
pub fn board() -> Board {
    let mut month = Month::FIRST;
    let mut book = Book::new(month);
    for round in 0..12_usize {
        for visit in 0..140 + 7 * round {
            let theme = visit % 17 * (visit % 5) / 4;
            let line = Line {
                mode: Mode::ALL[usize::from(visit % 3 == 0) + usize::from(visit % 60 == 0)],
                thematique: Thematique::ALL
                    .get(theme)
                    .copied()
                    .unwrap_or(Thematique::Autre),
                operateur: Operateur::ALL
                    .get(theme)
                    .copied()
                    .unwrap_or(Operateur::Aucun),
                ..sample_visit::line().line
            };
            book.count(&line, month, &[]);
        }
        month = month.after();
    }
    book.close(month);
    Board::of(&book, Thresholds::default()).unwrap_or_default()
}
