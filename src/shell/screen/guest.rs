//! The guest below the trusted bar.

use std::time::Duration;

use iced::Length;
use iced::widget::{Space, column, container, stack};

use super::banner::banner;
use super::bar::{bar, helper_menu, menu, zoom};
use super::{help, rights};
use crate::shell::buttons::{Side, button};
use crate::shell::delay::after;
use crate::shell::guest_area::{GuestArea, ShellShortcut};
use crate::shell::guest_side::{GuestSide, page};
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{middle, on_sand, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::tools::Tool;
use crate::visit::{Browser, Gesture, Gestures, GuestView, Hands};

/// An opening that takes longer than this is said to be slow.
const SLOW: Duration = Duration::from_secs(12);

/// What lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// Nothing.
    #[default]
    Nothing,
    /// What is behind "Plus".
    More,
    /// "Vous voulez de l'aide ?"
    Help,
    /// What is behind "Pour l'aidant".
    Helper,
    /// "Ai-je le droit de… ?"
    Rights,
    /// The choice of a pause code; it takes the whole screen.
    Pause,
}

/// What a person can do here.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each is named after its button")]
pub enum Message {
    Home,
    Back,
    Help,
    Tool(Tool),
    More,
    Private,
    Pause,
    Other,
    Finish,
    TakeBack,
    HandBack,
    /// "Pour l'aidant".
    HelperMenu,
    /// "Je vais valider", payer, lire le message.
    WillDo(Gesture),
    /// "C'est fait".
    Did,
    /// "Il me faut plus de temps".
    Longer,
    /// How the help ended was read.
    HelpedRead(u32),
    PrivacyOver,
    /// The opening takes long.
    Slow(Browser),
    /// A key that is the shell's wherever the keyboard is.
    Shortcut(ShellShortcut),
    /// The sheet over the page.
    Sheet(help::Message),
    /// "Ai-je le droit ?"
    RightsOpen,
    /// The rights sheet.
    Rights(rights::Message),
}

/// What the screen knows beside the model.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What the guardian says.
    pub guest: GuestView,
    /// What lies over the page.
    pub sheet: Sheet,
    /// The browser whose opening takes long.
    pub slow: Option<Browser>,
    /// The help sheet's own state.
    pub help: &'a help::State,
    /// The rights sheet's own state.
    pub rights: &'a rights::State,
    /// The last end of a help that was read.
    pub read: u32,
}

/// The screen. Without a `side` the page stays empty.
pub fn view<'a>(
    model: &'a Model,
    look: Look<'a>,
    side: Option<&'a GuestSide>,
) -> Element<'a, Message> {
    let hands = look.guest.hands;
    let below = match look.sheet {
        Sheet::Nothing | Sheet::Pause => ground(model, look, side),
        Sheet::Helper => stack![
            ground(model, look, side),
            helper_menu(model, gestures(hands))
        ]
        .into(),
        Sheet::More => stack![ground(model, look, side), menu(model, hands)].into(),
        Sheet::Rights => look.rights.view(model).map(Message::Rights),
        Sheet::Help => stack![
            ground(model, look, side),
            help::view(model, look.help).map(Message::Sheet)
        ]
        .into(),
    };
    column![
        bar(model, hands, look.sheet == Sheet::More),
        banner(model, hands, look.read),
        super::banner::mute(model, hands),
        super::banner::ending(model),
        super::banner::closed(model, hands),
        below
    ]
    .width(Length::Fill)
    .height(Length::Fill)
    .into()
}

fn ground<'a>(
    model: &'a Model,
    look: Look<'a>,
    side: Option<&'a GuestSide>,
) -> Element<'a, Message> {
    let open = model.published.picture && look.sheet == Sheet::Nothing;
    let shown: Element<'a, Message> = match side {
        Some(side) => stack![
            page(
                area(model, side),
                model.say("guest-page"),
                open,
                model.published.picture,
            ),
            pointer(model, look.guest.hands, side),
        ]
        .width(Length::Fill)
        .height(Length::Fill)
        .into(),
        None => Space::new().width(Length::Fill).height(Length::Fill).into(),
    };
    if model.published.picture {
        shown
    } else {
        stack![shown, opening(model, look)]
            .width(Length::Fill)
            .height(Length::Fill)
            .into()
    }
}

/// What the visitor ticked for the helper who has the hand.
fn gestures(hands: Hands) -> Gestures {
    match hands {
        Hands::Helper { gestures, .. } => gestures,
        Hands::Person
        | Hands::Choosing
        | Hands::Asking { .. }
        | Hands::Private { .. }
        | Hands::Paused { .. }
        | Hands::Gone => Gestures::default(),
    }
}

/// The helper's large pointer, drawn over the page by us: the page never hears of it.
fn pointer<'a>(model: &Model, hands: Hands, side: &GuestSide) -> Element<'a, Message> {
    let (Hands::Helper { .. }, Some((x, y))) = (hands, side.pointer) else {
        return Space::new().into();
    };
    let t = model.tokens();
    let size = t.px(110.0).max(72.0);
    // The finger's tip, in the drawing: the place that is shown.
    let (tip_x, tip_y) = (size * 0.42, size * 0.08);
    let place = |at: f64| (at / side.factor) as f32;
    let hand = stack![
        container(icon(Icon::HandPointing, size).color(t.palette.sun)).padding(2.0),
        icon(Icon::HandPointing, size).color(t.palette.coral),
    ];
    iced::widget::pin(hand)
        .x((place(x) - tip_x).max(0.0))
        .y((place(y) - tip_y).max(0.0))
        .into()
}

fn area<'a>(model: &Model, side: &'a GuestSide) -> GuestArea<'a, Message> {
    GuestArea::new(&side.picture)
        .scale(side.factor)
        .zoom(zoom(model.text))
        .cursor(side.cursor)
        .take_back(model.config.help.take_back_key)
        .on_input(|input| side.seat.input(input))
        .on_resize(|size, scale| side.seat.resize(size, scale))
        .on_shortcut(Message::Shortcut)
}

/// "Le site s'ouvre…"
fn opening<'a>(model: &Model, look: Look<'a>) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let browser = look.guest.browser;
    let slow = look.slow == Some(browser);
    let (first, second) = if slow {
        ("guest-slow", "guest-slow-hint")
    } else {
        ("guest-opening", "guest-opening-hint")
    };
    let mut parts = vec![
        icon(Icon::HourglassMedium, t.px(150.0))
            .color(p.action)
            .into(),
        title(t, model.say(first)).center().into(),
        words(t, model.say(second), t.font(38.0))
            .color(p.mute)
            .center()
            .into(),
    ];
    if slow && look.guest.hands == Hands::Person {
        let other = button(
            t,
            "guest.slow.other",
            Kind::Secondary,
            (Icon::ArrowsClockwise, Side::Before),
            model.say("gone-other"),
            34.0,
        )
        .padding([t.px(22.0), t.px(36.0)])
        .on_press(Message::Other);
        parts.push(other.into());
    }
    parts.push(after(
        format!("opening-{browser:?}"),
        SLOW,
        Message::Slow(browser),
    ));
    on_sand(t, middle(t, parts))
}
