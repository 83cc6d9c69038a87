//! What a visitor can change on any screen: size of text, contrast, language; and calling for
//! help.

use super::buttons::{Side, button, other_action};
use super::icon::Icon;
use super::look::Kind;
use super::model::Model;
use crate::shell::kit::Element;
use crate::wording::Lang;

/// Something of the toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The next size of text.
    Text,
    /// High contrast on or off.
    Contrast,
    /// This language.
    Language(Lang),
    /// "Écouter": the voice reads this screen and those that follow, until it is stopped.
    Listen,
    /// "Appeler l'aidant".
    Help,
}

impl Tool {
    /// Changes `model`. Whether the browser must hear of it.
    pub fn apply(self, model: &mut Model) -> bool {
        match self {
            Self::Text => model.text = model.text.next(),
            Self::Contrast => model.contrast = !model.contrast,
            Self::Language(lang) => model.lang = lang,
            Self::Listen => {
                model.speaks = !model.speaks;
                return false;
            }
            Self::Help => {
                model.calling = true;
                return false;
            }
        }
        true
    }
}

/// "Écouter", or "Arrêter la voix".
pub fn listen<'a>(model: &Model, screen: &str) -> Element<'a, Tool> {
    let t = model.tokens();
    let key = if model.speaks {
        "listen-stop"
    } else {
        "listen"
    };
    let face = (Icon::SpeakerHigh, Side::Before);
    let id = format!("{screen}.listen");
    button(t, id, Kind::Pill, face, model.say(key), 28.0)
        .padding([t.px(14.0), t.px(26.0)])
        .chosen(model.speaks)
        .on_press(Tool::Listen)
        .into()
}

/// The tools for the foot of `screen`: size, contrast and voice.
pub fn sight<'a>(model: &Model, screen: &str) -> Vec<Element<'a, Tool>> {
    let t = model.tokens();
    vec![
        other_action(
            t,
            format!("{screen}.text"),
            Icon::TextAa,
            model.say("tool-text"),
        )
        .on_press(Tool::Text)
        .into(),
        other_action(
            t,
            format!("{screen}.contrast"),
            Icon::CircleHalf,
            model.say("tool-contrast"),
        )
        .chosen(model.contrast)
        .on_press(Tool::Contrast)
        .into(),
        listen(model, screen),
    ]
}

/// "Appeler l'aidant".
pub fn help<'a>(model: &Model, screen: &str) -> Element<'a, Tool> {
    other_action(
        model.tokens(),
        format!("{screen}.help"),
        Icon::HandWaving,
        model.say("tool-help"),
    )
    .on_press(Tool::Help)
    .into()
}
