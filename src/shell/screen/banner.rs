//! What stands between the bar and the page: the helper has the hand, nobody but the visitor
//! writes, or what the helper did now that it is over.

use iced::widget::{Space, container, mouse_area};
use iced::{Background, Color, Length};

use super::guest::Message;
use super::private::Alone;
use crate::guardian::{End, Helped};
use crate::shell::buttons::{Side, button};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{row, strong};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::visit::{Gesture, Gestures, Hands, Level};
use crate::wording::Arg;

/// The banner for `hands`, or nothing. `read` is the number of the last end that was read.
pub fn banner<'a>(model: &Model, hands: Hands, read: u32) -> Element<'a, Message> {
    match hands {
        Hands::Helper { act, .. } => helper(model, hands, act.is_some()),
        Hands::Private {
            confirmed: true,
            ticket,
            by_field,
            helper_waits,
            returns,
        } => {
            let moment = Alone {
                ticket,
                by_field,
                helper_waits,
                returns,
            };
            private(model, moment)
        }
        Hands::Person => match model.published.helped {
            Some(helped) if helped.number != read => over(model, helped),
            Some(_) | None => Space::new().into(),
        },
        Hands::Choosing
        | Hands::Asking { .. }
        | Hands::Private {
            confirmed: false, ..
        }
        | Hands::Paused { .. }
        | Hands::Gone => Space::new().into(),
    }
}

/// "Il reste 8 minutes": an end that comes nearer, from ten minutes before; amber from five.
pub fn ending<'a>(model: &Model) -> Element<'a, Message> {
    let Some(ending) = model.published.ending else {
        return Space::new().into();
    };
    let t = model.tokens();
    let p = t.palette;
    let key = match ending.end {
        End::Closing => "ending-closing",
        End::Limit => "ending-limit",
    };
    let minutes = [("minutes", Arg::Number(i64::from(ending.minutes)))];
    let said = row(
        t,
        vec![
            icon(Icon::Clock, t.icon(40.0)).into(),
            strong(t, model.say_with(key, &minutes), t.font(30.0)).into(),
        ],
    )
    .spacing(t.px(18.0));
    let (ground, ink) = match (ending.told, t.contrast) {
        (_, true) => (p.sea, p.on_sea),
        (1, false) => (p.sky, p.ink),
        (_, false) => (p.sun, p.on_sun),
    };
    ribbon(t, ground, ink, said.into())
}

/// "Le poste ne sait plus quels champs sont secrets": while a helper has the hand and the
/// companion does not speak.
pub fn mute<'a>(model: &Model, hands: Hands) -> Element<'a, Message> {
    if !model.published.sensor_mute || !matches!(hands, Hands::Helper { .. }) {
        return Space::new().into();
    }
    let t = model.tokens();
    let p = t.palette;
    let said = strong(t, model.say("helper-sensor-mute"), t.font(28.0)).width(Length::Fill);
    let said = row(
        t,
        vec![icon(Icon::Warning, t.icon(40.0)).into(), said.into()],
    );
    ribbon(t, p.sky, p.ink, said.spacing(t.px(18.0)).into())
}

/// "Cette page ne s'ouvre pas ici": why, and the way back.
pub fn closed<'a>(model: &Model, hands: Hands) -> Element<'a, Message> {
    if !model.published.closed {
        return Space::new().into();
    }
    let t = model.tokens();
    let p = t.palette;
    let said = strong(t, model.say("blocked-elsewhere"), t.font(28.0));
    let said = row(
        t,
        vec![icon(Icon::Warning, t.icon(40.0)).into(), said.into()],
    );
    let back = button(
        t,
        "guest.way-back",
        Kind::Banner,
        (Icon::House, Side::Before),
        model.say("blocked-back"),
        28.0,
    )
    .padding([t.px(14.0), t.px(26.0)])
    .on_press_maybe(matches!(hands, Hands::Person).then_some(Message::Home));
    let inside = split(said.spacing(t.px(18.0)), back, t.px(20.0), t.rtl);
    ribbon(t, p.sky, p.ink, inside)
}

/// "L'aidant a la main": a press anywhere on it takes the hand back.
fn helper<'a>(model: &Model, hands: Hands, acting: bool) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let said = row(
        t,
        vec![
            icon(Icon::HandPointing, t.icon(46.0)).into(),
            strong(t, sentence(model, hands), t.font(32.0)).into(),
        ],
    )
    .spacing(t.px(20.0));
    let back = button(
        t,
        "helper.takeback",
        Kind::TakeBack,
        (Icon::HandPalm, Side::Before),
        model.say("helper-take-back"),
        32.0,
    )
    .padding([t.px(16.0), t.px(30.0)])
    .ring(p.on_sun)
    .on_press(Message::TakeBack);
    let (id, drawing, key, message) = if acting {
        ("helper.did", Icon::Check, "helper-did", Message::Did)
    } else {
        (
            "helper.menu",
            Icon::Handshake,
            "helper-menu",
            Message::HelperMenu,
        )
    };
    let theirs = theirs(t, id, drawing, model.say(key), message);
    let mut ends = vec![theirs, back.into()];
    if has_room(model, hands, key) {
        let said = (Icon::Scales, model.say("rights-short"));
        let open = Message::RightsOpen;
        ends.insert(0, self::theirs(t, "helper.right", said.0, said.1, open));
    }
    let ends = row(t, ends).spacing(t.px(28.0));
    let content = split(said, ends, t.px(24.0), t.rtl);
    let ground = if t.contrast { p.sea } else { p.sun };
    mouse_area(ribbon(t, ground, p.on_sun, content))
        .on_press(Message::TakeBack)
        .into()
}

/// A helper's button on the banner.
fn theirs<'a>(
    t: Tokens,
    id: &'static str,
    drawing: Icon,
    label: String,
    message: Message,
) -> Element<'a, Message> {
    button(t, id, Kind::Banner, (drawing, Side::Before), label, 26.0)
        .padding([t.px(14.0), t.px(22.0)])
        .ring(t.palette.on_sun)
        .on_press(message)
        .into()
}

/// Whether the rights sheet has a button of its own on the banner, in one line with the rest: an
/// estimate at a bold letter's mean width. It is in the helper's menu in any case.
fn has_room(model: &Model, hands: Hands, theirs: &str) -> bool {
    let t = model.tokens();
    let letters = |said: &str, size: f32| said.chars().count() as f32 * t.font(size) * 0.56;
    let around = t.icon(34.0) + t.px(28.0 + 44.0 + 14.0);
    let buttons = letters(&model.say("rights-short"), 26.0)
        + letters(&model.say(theirs), 26.0)
        + letters(&model.say("helper-take-back"), 32.0)
        + 3.0 * around;
    let said = t.icon(46.0) + t.px(20.0) + letters(&sentence(model, hands), 32.0);
    said + buttons + t.px(72.0) <= t.window.width
}

/// "L'aidant a la main — écrire, imprimer — encore 12 min".
pub fn sentence(model: &Model, hands: Hands) -> String {
    let Hands::Helper {
        request,
        gestures,
        act,
        ..
    } = hands
    else {
        return String::new();
    };
    let first = model.say(match request.level {
        Level::Act => "helper-has-hand",
        Level::Show => "helper-shows",
        Level::See => "helper-sees",
    });
    let mut parts = vec![first];
    match act {
        Some(act) => parts.push(model.say(now(act))),
        None if gestures.is_empty() => {}
        None => parts.push(allowed(model, gestures)),
    }
    parts.extend(
        model
            .published
            .remaining
            .map(|seconds| left(model, seconds)),
    );
    parts.join(" — ")
}

/// Gestures in short words.
pub fn allowed(model: &Model, gestures: Gestures) -> String {
    let words: Vec<String> = gestures
        .iter()
        .map(|gesture| model.say(short(gesture)))
        .collect();
    words.join(if model.rtl() { "، " } else { ", " })
}

fn left(model: &Model, seconds: u32) -> String {
    if seconds > 120 {
        model.say_with(
            "helper-left",
            &[("minutes", Arg::Number(i64::from(seconds.div_ceil(60))))],
        )
    } else {
        model.say_with(
            "helper-left-seconds",
            &[("seconds", Arg::Number(i64::from(seconds)))],
        )
    }
}

const fn short(gesture: Gesture) -> &'static str {
    match gesture {
        Gesture::Write => "helper-short-write",
        Gesture::Upload => "helper-short-upload",
        Gesture::CreateMail => "helper-short-create-mail",
        Gesture::CreateAccount => "helper-short-create-account",
        Gesture::ReadMail => "helper-short-read-mail",
        Gesture::Submit => "helper-short-submit",
        Gesture::Pay => "helper-short-pay",
        Gesture::Print => "helper-short-print",
    }
}

/// What may be done at this moment.
const fn now(act: Gesture) -> &'static str {
    match act {
        Gesture::ReadMail => "helper-now-read-mail",
        Gesture::Pay => "helper-now-pay",
        Gesture::Submit
        | Gesture::Write
        | Gesture::Upload
        | Gesture::CreateMail
        | Gesture::CreateAccount
        | Gesture::Print => "helper-now-submit",
    }
}

/// What the helper did, in closed words.
pub fn done(model: &Model, helped: Helped) -> Vec<String> {
    let minutes = ("minutes", Arg::Number(i64::from(helped.minutes)));
    let key = match (helped.level, helped.wrote, helped.clicked) {
        (Level::Show, ..) => "helped-showed",
        (Level::See, ..) => "helped-saw",
        (Level::Act, true, _) => "helped-wrote",
        (Level::Act, false, true) => "helped-clicked",
        (Level::Act, false, false) => "helped-nothing",
    };
    let mut said = vec![model.say("helped-over"), model.say_with(key, &[minutes])];
    if !helped.acts.is_empty() {
        let acts = allowed(model, helped.acts);
        said.push(model.say_with("helped-acts", &[("acts", Arg::Text(&acts))]));
    }
    said
}

/// "L'aidant n'a plus la main."
fn over<'a>(model: &Model, helped: Helped) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let said = row(
        t,
        vec![
            icon(Icon::HandPalm, t.icon(46.0)).color(p.action).into(),
            strong(t, done(model, helped).join(" "), t.font(30.0)).into(),
        ],
    )
    .spacing(t.px(20.0));
    let seen = button(
        t,
        "helped.ok",
        Kind::Secondary,
        (Icon::Check, Side::Before),
        model.say("helped-ok"),
        30.0,
    )
    .padding([t.px(14.0), t.px(28.0)])
    .on_press(Message::HelpedRead(helped.number));
    ribbon(t, p.sky, p.ink, split(said, seen, t.px(24.0), t.rtl))
}

/// "Moment privé : vous seul écrivez".
fn private<'a>(model: &Model, moment: Alone) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let said = row(
        t,
        vec![
            icon(Icon::LockKey, t.icon(46.0)).color(p.action).into(),
            strong(t, model.say("private-banner"), t.font(32.0)).into(),
        ],
    )
    .spacing(t.px(20.0));
    let over = button(
        t,
        "private.over",
        Kind::Secondary,
        (Icon::Check, Side::Before),
        model.say(moment.over()),
        30.0,
    )
    .padding([t.px(14.0), t.px(28.0)])
    .on_press(Message::PrivacyOver);
    ribbon(t, p.sky, p.ink, split(said, over, t.px(24.0), t.rtl))
}

fn ribbon(
    t: Tokens,
    ground: Color,
    ink: Color,
    content: Element<'_, Message>,
) -> Element<'_, Message> {
    container(content)
        .padding([t.px(14.0), t.px(24.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(ink),
            background: Some(Background::Color(ground)),
            ..container::Style::default()
        })
        .into()
}
