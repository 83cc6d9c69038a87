//! What a question says, one idea a line: the same lines are shown and read aloud.

use super::super::banner;
use crate::shell::icon::Icon;
use crate::shell::model::Model;
use crate::visit::{Asks, Gesture, Level, Request};
use crate::wording::Arg;

/// An idea: its pictogram and its sentence.
pub type Line = (Icon, String);

/// The title.
pub fn title(model: &Model, request: Request, asks: Asks) -> String {
    model.say(match (asks, request.level) {
        (Asks::Hand, Level::Act) => "consent-title",
        (Asks::Hand, Level::Show) => "consent-title-show",
        (Asks::Hand, Level::See) => "consent-title-see",
        (Asks::Act(act), _) => act_keys(act).0,
        (Asks::Longer { .. }, _) => "consent-longer-title",
    })
}

/// Who asks: their function, and their first name if they gave one.
pub fn who(model: &Model, request: Request, name: &str) -> String {
    let role = model
        .config
        .help
        .role(request.role)
        .map_or("", |role| model.read(&role.label));
    if name.is_empty() {
        return role.to_owned();
    }
    let args = [("name", Arg::Text(name)), ("role", Arg::Text(role))];
    model.say_with("consent-named", &args)
}

/// What is asked, and what stays the visitor's.
pub fn lines(model: &Model, request: Request, asks: Asks) -> Vec<Line> {
    let minutes =
        |key, minutes: u8| model.say_with(key, &[("minutes", Arg::Number(i64::from(minutes)))]);
    let say = |key| model.say(key);
    let stop = (Icon::HandPalm, say("consent-stop"));
    match asks {
        Asks::Hand => match request.level {
            Level::Act => vec![
                (Icon::Clock, minutes("consent-use", request.minutes)),
                (Icon::Key, say("consent-secret")),
                stop,
            ],
            Level::Show => vec![
                (Icon::HandPointing, minutes("consent-show", request.minutes)),
                (Icon::Prohibit, say("consent-show-only")),
                stop,
            ],
            Level::See => vec![
                (Icon::Eye, minutes("consent-see", request.minutes)),
                (Icon::Prohibit, say("consent-see-only")),
                (Icon::Key, say("consent-secret")),
                stop,
            ],
        },
        Asks::Act(act) => vec![
            (super::boxes::face(act).2, say(act_keys(act).1)),
            (Icon::Eye, say("consent-act-check")),
            (Icon::Check, say("consent-act-once")),
        ],
        Asks::Longer {
            minutes: more,
            gestures,
        } => vec![
            (
                Icon::Clock,
                longer(model, more, &banner::allowed(model, gestures)),
            ),
            (Icon::X, say("consent-longer-no")),
            stop,
        ],
    }
}

fn longer(model: &Model, minutes: u8, gestures: &str) -> String {
    let args = [
        ("minutes", Arg::Number(i64::from(minutes))),
        ("gestures", Arg::Text(gestures)),
    ];
    model.say_with("consent-longer", &args)
}

/// What this station does with data, and whom to ask: on the question for the hand.
pub fn rights(model: &Model) -> Vec<Line> {
    let contact = model.read(&model.config.place.contact);
    vec![
        (Icon::Eraser, model.say("consent-erased")),
        (Icon::ChartBar, model.say("consent-counted")),
        (
            Icon::WifiHigh,
            model.say(model.config.network_journal.key()),
        ),
        (
            Icon::HandWaving,
            model.say_with("consent-question", &[("contact", Arg::Text(contact))]),
        ),
    ]
}

/// The title and the sentence of an act that is asked at its moment.
const fn act_keys(act: Gesture) -> (&'static str, &'static str) {
    match act {
        Gesture::ReadMail => ("consent-act-read-mail-title", "consent-act-read-mail"),
        Gesture::Pay => ("consent-act-pay-title", "consent-act-pay"),
        // The life asks again for three gestures alone.
        Gesture::Submit
        | Gesture::Write
        | Gesture::Upload
        | Gesture::CreateMail
        | Gesture::CreateAccount
        | Gesture::Print => ("consent-act-submit-title", "consent-act-submit"),
    }
}

/// Everything of the question, in the order in which it is read aloud.
pub fn aloud(model: &Model, request: Request, asks: Asks, name: &str) -> Vec<String> {
    let mut all = vec![title(model, request, asks)];
    all.push(who(model, request, name));
    all.extend(lines(model, request, asks).into_iter().map(|line| line.1));
    if asks == Asks::Hand {
        if request.level == Level::Act {
            all.push(model.say("consent-choose"));
            let gestures = request.asked.iter();
            all.extend(gestures.map(|gesture| model.say(super::boxes::face(gesture).1)));
        }
        all.extend(rights(model).into_iter().map(|line| line.1));
    }
    all.push(model.say("consent-silence"));
    all.push(format!(
        "{}. {}.",
        model.say("consent-no"),
        model.say("consent-yes")
    ));
    all
}
