//! A house and its states, for pictures and tests.

use std::sync::Arc;

use iced::Size;

use super::model::Model;
use crate::config::Config;
use crate::guardian::Published;
use crate::visit::View;
use crate::wording::Lang;

/// What the guardian publishes for `view` when nothing else is known.
pub fn published(view: View) -> Published {
    Published {
        view,
        remaining: None,
        idle_left: None,
        documents: Vec::new(),
        picture: false,
        report: None,
        wipe_millis: None,
        no_device: false,
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
