//! All that a screen is drawn from. Every screen is a pure function of it and of its own small
//! state.

use std::sync::Arc;

use iced::Size;

use super::desk::Desk;
use super::door::Door;
use super::theme::Tokens;
use crate::catalogue::Text;
use crate::config::{Config, TextSize};
use crate::guardian::{Preferences, Published};
use crate::visit::{Destination, View};
use crate::wording::{Arg, Lang};

/// What the screens show.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact for the screens"
)]
pub struct Model {
    /// What the guardian published last.
    pub published: Published,
    /// The house.
    pub config: Arc<Config>,
    /// The visitor's language.
    pub lang: Lang,
    /// The visitor's size of text.
    pub text: TextSize,
    /// The visitor's contrast.
    pub contrast: bool,
    /// The window, logical pixels.
    pub size: Size,
    /// The visitor calls for help.
    pub calling: bool,
    /// Staff at the screen.
    pub desk: Desk,
    /// The screens are read aloud.
    pub speaks: bool,
    /// The voice was asked for and cannot be heard.
    pub voice_missing: bool,
    /// What is known of the helper's code.
    pub door: Door,
}

impl Model {
    /// The model of a station that waits.
    pub fn new(config: Arc<Config>, published: Published, size: Size) -> Self {
        let mut model = Self {
            published,
            lang: Lang::Fr,
            text: TextSize::Normal,
            contrast: false,
            size,
            calling: false,
            desk: Desk::default(),
            speaks: false,
            voice_missing: false,
            door: Door::default(),
            config,
        };
        model.forget_visitor();
        model
    }

    /// Language, size and contrast are the house's again: nothing of one visitor reaches the next.
    pub fn forget_visitor(&mut self) {
        self.lang = self.config.languages.first().copied().unwrap_or_default();
        self.text = self.config.screen.text;
        self.contrast = self.config.screen.high_contrast;
        self.speaks = false;
        self.voice_missing = false;
    }

    /// What the browser must know of the visitor's choices. Its zoom stays at 100 %: the size of
    /// text reaches the page live, as the display's scale.
    pub fn preferences(&self) -> Preferences {
        Preferences {
            language: self.lang.plain_tag().to_owned(),
            zoom: 100,
        }
    }

    /// The screen that must show.
    pub const fn view(&self) -> View {
        self.published.view
    }

    /// Sizes and colours.
    pub fn tokens(&self) -> Tokens {
        Tokens::of(self)
    }

    /// Whether the layout is mirrored.
    pub const fn rtl(&self) -> bool {
        self.lang.rtl()
    }

    /// The sentence of `key`.
    pub fn say(&self, key: &str) -> String {
        self.config.wording.text(self.lang, key)
    }

    /// The sentence of `key` with `args` put in.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.config.wording.text_with(self.lang, key, args)
    }

    /// A text of the house in the visitor's language.
    pub fn read<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.lang)
    }

    /// What the screens call a destination.
    pub fn name_of(&self, destination: Destination) -> String {
        match destination {
            Destination::Demarche(id) => self
                .config
                .catalogue
                .get(id)
                .map_or_else(String::new, |d| self.read(&d.label).to_owned()),
            Destination::App(id) => self
                .config
                .app(id)
                .map_or_else(String::new, |app| self.read(&app.label).to_owned()),
            Destination::Free => self.say("choosing-free"),
            Destination::Practice => self.say("choosing-practice"),
        }
    }
}
