//! What each screen says aloud: sentences of the wording and of the house, never a word that came
//! from the guest. The names of documents are such words.

use iced::widget::{container, stack};
use iced::{Background, Length};

use super::{Screen, banner, calling, inside};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{row, strong, trailing};
use crate::shell::model::Model;
use crate::shell::tools;
use crate::visit::Hands;

impl Screen {
    /// The main text, in reading order.
    pub fn spoken(&self, model: &Model) -> Vec<String> {
        let say = |keys: &[&str]| keys.iter().map(|key| model.say(key)).collect::<Vec<_>>();
        if model.published.idle_left.is_some() && !model.desk.is_up() {
            return say(&["idle-title", "idle-text", "idle-stay"]);
        }
        match self {
            Self::Starting => say(&["starting-title", "starting-text"]),
            Self::Welcome => say(&["welcome-title", "welcome-lead", "welcome-start"]),
            Self::Clean => say(&["clean-title", "clean-text"]),
            Self::Notice => notice(model),
            Self::Choosing(_) => choosing(model),
            Self::Calling => vec![
                model.say("calling-title"),
                model.say("calling-text"),
                calling::contact(model),
            ],
            Self::Farewell(_) => say(&[
                "farewell-title",
                "farewell-forget",
                "farewell-papers",
                "farewell-card",
                "farewell-stick",
                "farewell-phone",
                "farewell-sign-out",
                "farewell-erase",
            ]),
            Self::Wiping => say(&["wiping-title", "wiping-text"]),
            Self::Quarantined => quarantined(model),
            Self::Closed => say(&["closed-title"]),
            Self::Staff(screen) => screen.spoken(model),
            Self::Guest(screen) => match inside::guest(model) {
                Some(guest) => in_visit(model, screen, guest.hands),
                None => Vec::new(),
            },
        }
    }
}

fn notice(model: &Model) -> Vec<String> {
    [
        "notice-title",
        "notice-erased",
        "notice-kept",
        "notice-sites",
        "notice-helper",
        model.config.network_journal.key(),
        "notice-read",
    ]
    .map(|key| model.say(key))
    .into()
}

fn choosing(model: &Model) -> Vec<String> {
    let groups = model.config.catalogue.groups().iter();
    std::iter::once(model.say("choosing-title"))
        .chain(groups.map(|group| model.read(&group.label).to_owned()))
        .collect()
}

fn quarantined(model: &Model) -> Vec<String> {
    vec![model.say("quarantined-title"), calling::contact(model)]
}

fn in_visit(model: &Model, screen: &inside::Inside, hands: Hands) -> Vec<String> {
    let say = |keys: &[&str]| keys.iter().map(|key| model.say(key)).collect::<Vec<_>>();
    if let Some(rights) = screen.rights_aloud(model, hands) {
        return rights;
    }
    match hands {
        Hands::Asking { .. } => screen.aloud(model, hands).unwrap_or_default(),
        Hands::Helper { .. } => vec![banner::sentence(model, hands), model.say("consent-stop")],
        Hands::Person => model
            .published
            .helped
            .map_or_else(Vec::new, |helped| banner::done(model, helped)),
        Hands::Private {
            confirmed: false,
            by_field,
            helper_waits,
            returns,
            ..
        } => {
            let first = if by_field {
                "private-field"
            } else {
                "private-asked"
            };
            let second = if helper_waits {
                "private-helper"
            } else {
                "private-alone"
            };
            let mut keys = vec!["private-title", first, second];
            keys.extend(returns.map(|_| "private-returns"));
            keys.push("private-its-me");
            say(&keys)
        }
        Hands::Private { .. } => say(&["private-banner"]),
        Hands::Paused { .. } => say(&["pause-title", "pause-resume"]),
        Hands::Gone => say(&["gone-title", "gone-text", "gone-restart"]),
        Hands::Choosing => choosing(model),
    }
}

/// "La voix ne marche pas": over every screen, as long as a voice is wanted and not heard.
pub fn missing<'a, M: 'a>(model: &Model) -> Element<'a, M> {
    let t = model.tokens();
    let p = t.palette;
    let said = row(
        t,
        vec![
            icon(Icon::Warning, t.icon(40.0)).into(),
            strong(t, model.say("voice-missing"), t.font(28.0))
                .width(Length::Fill)
                .into(),
        ],
    )
    .spacing(t.px(20.0));
    container(said)
        .padding([t.px(12.0), t.px(24.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(p.on_sun),
            background: Some(Background::Color(p.sun)),
            ..container::Style::default()
        })
        .into()
}

/// "Écouter" in the upper corner where a line ends, over `shown`.
pub fn over<'a, M: Clone + 'a>(model: &Model, shown: Element<'a, M>, listen: M) -> Element<'a, M> {
    let t = model.tokens();
    let button = tools::listen(model, "screen").map(move |_| listen.clone());
    let corner = container(button)
        .padding(t.px(24.0))
        .width(Length::Fill)
        .align_x(trailing(t));
    stack![shown, corner].into()
}
