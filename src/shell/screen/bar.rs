//! The trusted bar above the guest, and the menu behind "Plus".
//!
//! Everything on it is ours: no title, address or name of the guest is ever written here.

use iced::widget::{Column, container, mouse_area, opaque, scrollable};
use iced::{Background, Border, Length, Padding};

use super::guest::Message;
use crate::config::TextSize;
use crate::shell::buttons::{Side, button};
use crate::shell::control::{Control, Id, control};
use crate::shell::icon::Icon;
use crate::shell::kit::Element;
use crate::shell::layout::{leading, row, strong, trailing};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::shell::tools::Tool;
use crate::visit::{Gesture, Gestures, Hands};
use crate::wording::Lang;

/// The size of the bar's words, design units.
const WORDS: f32 = 28.0;

/// What can be done now, by whose hands the guest is in. The life refuses the rest anyway; the
/// bar does not offer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four buttons, each offered or not by itself"
)]
pub struct Can {
    /// Choose another démarche, call for help, change the browser.
    pub roam: bool,
    /// Go back a page.
    pub back: bool,
    /// Ask for a private moment.
    pub hide: bool,
    /// Pause.
    pub pause: bool,
}

impl Can {
    /// What `hands` allow.
    pub const fn of(hands: Hands) -> Self {
        let (roam, back, hide, pause) = match hands {
            Hands::Person => (true, true, true, true),
            Hands::Helper { .. } => (false, true, true, true),
            Hands::Private { confirmed, .. } => (false, confirmed, false, true),
            Hands::Asking { .. } | Hands::Choosing | Hands::Paused { .. } | Hands::Gone => {
                (false, false, false, false)
            }
        };
        Self {
            roam,
            back,
            hide,
            pause,
        }
    }
}

/// How much of the bar is written out; the rest is in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Everything of a calm bar.
    Wide,
    /// Size and language are in the menu.
    Narrow,
    /// And the end is said in one word.
    Tight,
}

impl Room {
    /// The widest bar that fits the window of `model`.
    pub fn of(model: &Model) -> Self {
        let t = model.tokens();
        [Self::Wide, Self::Narrow]
            .into_iter()
            .find(|room| room.width(model, t) <= t.window.width)
            .unwrap_or(Self::Tight)
    }

    /// An estimate in pixels: the words' length at a bold letter's mean width.
    fn width(self, model: &Model, t: Tokens) -> f32 {
        let labels: &[&str] = match self {
            Self::Wide => &[
                "guest-home",
                "guest-back",
                "guest-text",
                "guest-help",
                "guest-more",
                "guest-finish",
            ],
            Self::Narrow => &[
                "guest-home",
                "guest-back",
                "guest-help",
                "guest-more",
                "guest-finish",
            ],
            Self::Tight => &[
                "guest-home",
                "guest-back",
                "guest-help",
                "guest-more",
                "guest-finish-short",
            ],
        };
        let said = labels.iter().map(|key| model.say(key));
        let around = t.icon(WORDS * 1.25) + t.px(WORDS * 0.5) + 2.0 * t.px(22.0) + t.px(14.0);
        said.map(|label| label.chars().count() as f32 * t.font(WORDS) * 0.56 + around)
            .sum::<f32>()
            + t.px(110.0)
    }
}

/// The languages beside the one that is shown, each by its own name: who looks for theirs reads
/// only that.
pub fn languages<'a, M: Clone + 'a>(
    model: &Model,
    screen: &str,
    said: impl Fn(Lang) -> M,
) -> Vec<Element<'a, M>> {
    let t = model.tokens();
    others(model)
        .map(|lang| {
            let name = strong(t, lang.own_name(), t.font(28.0));
            let id = format!("{screen}.lang.{}", lang.tag());
            control(t, id, lang.own_name(), Kind::Pill, name)
                .padding([t.px(14.0), t.px(26.0)])
                .on_press(said(lang))
                .into()
        })
        .collect()
}

fn others(model: &Model) -> impl Iterator<Item = Lang> {
    let shown = model.lang;
    let all = model.config.languages.iter().copied();
    all.filter(move |lang| *lang != shown)
}

fn item<'a>(t: Tokens, id: &'static str, drawing: Icon, label: String) -> Control<'a, Message> {
    let least = t.small_target();
    button(t, id, Kind::Bar, (drawing, Side::Before), label, WORDS)
        .padding([t.px(14.0), t.px(22.0)])
        .least(least, least)
}

/// The bar.
pub fn bar<'a>(model: &Model, hands: Hands, more: bool) -> Element<'a, Message> {
    let t = model.tokens();
    let can = Can::of(hands);
    let room = Room::of(model);
    let first = vec![
        item(t, "guest.home", Icon::House, model.say("guest-home"))
            .on_press_maybe(can.roam.then_some(Message::Home))
            .into(),
        item(t, "guest.back", Icon::ArrowLeft, model.say("guest-back"))
            .on_press_maybe(can.back.then_some(Message::Back))
            .into(),
    ];
    let mut last: Vec<Element<'a, Message>> = Vec::new();
    if room == Room::Wide {
        last.push(
            item(t, "guest.text", Icon::TextAa, model.say("guest-text"))
                .on_press(Message::Tool(Tool::Text))
                .into(),
        );
    }
    last.push(
        item(t, "guest.help", Icon::HandWaving, model.say("guest-help"))
            .on_press_maybe(can.roam.then_some(Message::Help))
            .into(),
    );
    last.push(
        item(
            t,
            "guest.more",
            Icon::DotsThreeCircle,
            model.say("guest-more"),
        )
        .chosen(more)
        .on_press(Message::More)
        .into(),
    );
    last.push(finish(model, room));
    let p = t.palette;
    let line = |children| row(t, children).spacing(t.px(14.0));
    let content = split(line(first), line(last), t.px(14.0), t.rtl);
    container(content)
        .padding([t.px(14.0), t.px(24.0)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sea_2)),
            ..container::Style::default()
        })
        .into()
}

fn finish<'a>(model: &Model, room: Room) -> Element<'a, Message> {
    let t = model.tokens();
    let least = t.small_target();
    let key = if room == Room::Tight {
        "guest-finish-short"
    } else {
        "guest-finish"
    };
    button(
        t,
        "guest.finish",
        Kind::DangerBar,
        (Icon::SignOut, Side::Before),
        model.say(key),
        WORDS,
    )
    .padding([t.px(14.0), t.px(22.0)])
    .least(least, least)
    .on_press(Message::Finish)
    .into()
}

/// What is behind "Plus", over the page; a press beside it closes it.
pub fn menu<'a>(model: &Model, hands: Hands) -> Element<'a, Message> {
    panel(model, entries(model, hands), Message::More)
}

/// A list over the page, at the end of the line; a press beside it says `beside`.
fn panel<'a>(
    model: &Model,
    list: Vec<Element<'a, Message>>,
    beside: Message,
) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let list = Column::with_children(list)
        .spacing(t.px(12.0))
        .padding(t.px(24.0));
    let width = t.font(600.0).min(t.window.width);
    let panel = container(scrollable(list).width(Length::Fill))
        .width(width)
        .style(move |_| container::Style {
            text_color: Some(p.ink),
            background: Some(Background::Color(p.card)),
            border: Border {
                color: p.line,
                width: t.px(3.0).max(2.0),
                radius: 0.0.into(),
            },
            ..container::Style::default()
        });
    let align = trailing(t);
    let placed = container(panel)
        .width(Length::Fill)
        .height(Length::Fill)
        .align_x(align)
        .padding(Padding::ZERO);
    opaque(mouse_area(placed).on_press(beside))
}

fn entries<'a>(model: &Model, hands: Hands) -> Vec<Element<'a, Message>> {
    let t = model.tokens();
    let can = Can::of(hands);
    let tool = |tool| Some(Message::Tool(tool));
    let mut list = vec![
        (
            "guest.private",
            Icon::EyeSlash,
            model.say("guest-private"),
            can.hide.then_some(Message::Private),
        ),
        (
            "guest.pause",
            Icon::Coffee,
            model.say("guest-pause"),
            can.pause.then_some(Message::Pause),
        ),
        (
            "guest.other",
            Icon::Browser,
            model.say("guest-other-browser"),
            can.roam.then_some(Message::Other),
        ),
        (
            "guest.contrast",
            Icon::CircleHalf,
            model.say("guest-contrast"),
            tool(Tool::Contrast),
        ),
    ];
    let voice = if model.speaks {
        "listen-stop"
    } else {
        "listen"
    };
    list.push((
        "guest.listen",
        Icon::SpeakerHigh,
        model.say(voice),
        tool(Tool::Listen),
    ));
    if Room::of(model) != Room::Wide {
        list.push((
            "guest.text",
            Icon::TextAa,
            model.say("guest-text"),
            tool(Tool::Text),
        ));
    }
    let mut list = entries_of(model, list);
    list.extend(others(model).map(|lang| {
        let id = format!("guest.lang.{}", lang.tag());
        entry(t, id, Icon::Translate, lang.own_name().to_owned())
            .on_press(Message::Tool(Tool::Language(lang)))
            .into()
    }));
    list
}

/// What is behind "Pour l'aidant", on the banner: the acts that are asked again, more time, and
/// giving the hand back.
pub fn helper_menu<'a>(model: &Model, gestures: Gestures) -> Element<'a, Message> {
    let acts = Gesture::AGAIN
        .into_iter()
        .filter(|act| gestures.contains(*act))
        .map(|act| {
            let (id, drawing, key) = will(act);
            (id, drawing, model.say(key), Some(Message::WillDo(act)))
        });
    let rest = [
        (
            "helper.longer",
            Icon::Clock,
            model.say("helper-longer"),
            Some(Message::Longer),
        ),
        (
            "helper.rights",
            Icon::Scales,
            model.say("rights-title"),
            Some(Message::RightsOpen),
        ),
        (
            "helper.handback",
            Icon::Handshake,
            model.say("helper-hand-back"),
            Some(Message::HandBack),
        ),
    ];
    panel(
        model,
        entries_of(model, acts.chain(rest).collect()),
        Message::HelperMenu,
    )
}

const fn will(act: Gesture) -> (&'static str, Icon, &'static str) {
    match act {
        Gesture::ReadMail => (
            "helper.will.read_mail",
            Icon::EnvelopeSimple,
            "helper-will-read-mail",
        ),
        Gesture::Pay => ("helper.will.pay", Icon::CreditCard, "helper-will-pay"),
        Gesture::Submit
        | Gesture::Write
        | Gesture::Upload
        | Gesture::CreateMail
        | Gesture::CreateAccount
        | Gesture::Print => ("helper.will.submit", Icon::SealCheck, "helper-will-submit"),
    }
}

type Entry = (&'static str, Icon, String, Option<Message>);

fn entries_of<'a>(model: &Model, list: Vec<Entry>) -> Vec<Element<'a, Message>> {
    let t = model.tokens();
    list.into_iter()
        .enumerate()
        .map(|(rank, (id, drawing, label, message))| {
            let entry = entry(t, id, drawing, label).on_press_maybe(message);
            if rank == 0 {
                entry.main().into()
            } else {
                entry.into()
            }
        })
        .collect()
}

fn entry<'a>(t: Tokens, id: impl Into<Id>, drawing: Icon, label: String) -> Control<'a, Message> {
    button(t, id, Kind::Secondary, (drawing, Side::Before), label, 30.0)
        .padding([t.px(16.0), t.px(28.0)])
        .width(Length::Fill)
        .align(leading(t))
}

/// How much larger the guest draws its page for this size of text.
pub fn zoom(text: TextSize) -> f64 {
    f64::from(text.percent()) / 100.0
}
