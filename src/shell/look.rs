//! How a control looks, by its kind and its state.

use iced::widget::text_input;
use iced::{Background, Border, Color};

use super::theme::Tokens;

/// What a control is for, to the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The screen's main action.
    Primary,
    /// Another action; also both answers to a question.
    Secondary,
    /// Ends or takes back; the main action of its screen.
    Danger,
    /// Ends, in the trusted bar.
    DangerBar,
    /// A tile to choose.
    Tile,
    /// A rounded choice: a language.
    Pill,
    /// A tick box with its words, on a card.
    Tick,
    /// A text field.
    Field,
    /// In the trusted bar.
    Bar,
    /// On the helper's banner.
    Banner,
    /// "Je reprends la main", on the helper's banner.
    TakeBack,
    /// A discreet word in a corner.
    Quiet,
}

/// What is happening to a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Rest,
    /// The pointer is over it.
    Hovered,
    /// It is held down.
    Pressed,
    /// It cannot be used now.
    Disabled,
}

/// Colours and shape, ready to draw. Lengths in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "each is named after what it colours")]
pub struct Look {
    pub background: Color,
    pub border: Color,
    pub border_width: f32,
    pub radius: f32,
    pub text: Color,
}

/// The look of `kind` in `state`; `chosen` for tick boxes and pills.
pub fn look(t: Tokens, kind: Kind, state: State, chosen: Option<bool>) -> Look {
    let base = rest(t, kind, chosen == Some(true));
    match state {
        State::Rest => base,
        State::Hovered => tint(t, base, 0.06),
        State::Pressed => tint(t, base, 0.16),
        State::Disabled if kind == Kind::Bar => faded_bar(t, base),
        State::Disabled => faded(t, base),
    }
}

fn rest(t: Tokens, kind: Kind, chosen: bool) -> Look {
    let p = t.palette;
    let thin = t.px(3.0).max(2.0);
    let thick = t.px(4.0).max(2.0);
    let filled = |background: Color, text: Color| Look {
        background,
        border: background,
        border_width: thin,
        radius: t.px(20.0),
        text,
    };
    let card = |border: Color, border_width: f32, radius: f32, text: Color| Look {
        background: p.card,
        border,
        border_width,
        radius,
        text,
    };
    match kind {
        Kind::Primary => filled(p.sea, p.on_sea),
        Kind::TakeBack if t.contrast => filled(p.on_sun, p.sea),
        Kind::TakeBack | Kind::Danger => filled(p.coral, p.on_sea),
        Kind::Secondary if chosen => picked(t, t.px(20.0)),
        Kind::Secondary => card(p.action, thick, t.px(20.0), p.action),
        Kind::DangerBar => card(p.coral, thin, t.px(16.0), p.coral),
        Kind::Tile => card(p.line, thin, t.px(24.0), p.ink),
        Kind::Pill if chosen => picked(t, t.px(80.0)),
        Kind::Pill | Kind::Field => card(p.line, thin, t.px(80.0), p.ink),
        Kind::Tick => Look {
            background: Color::TRANSPARENT,
            border: Color::TRANSPARENT,
            border_width: 0.0,
            radius: t.px(16.0),
            text: p.ink,
        },
        Kind::Bar => bar(t, thin),
        Kind::Banner => Look {
            background: Color::TRANSPARENT,
            border: p.on_sun,
            border_width: thin,
            radius: t.px(16.0),
            text: p.on_sun,
        },
        Kind::Quiet => Look {
            background: Color::TRANSPARENT,
            border: Color::TRANSPARENT,
            border_width: 0.0,
            radius: t.px(16.0),
            text: p.mute,
        },
    }
}

/// Chosen among others, or switched on.
fn picked(t: Tokens, radius: f32) -> Look {
    let p = t.palette;
    let (background, text) = if t.contrast {
        (p.sea, p.on_sea)
    } else {
        (p.sky, p.action)
    };
    Look {
        background,
        border: p.action,
        border_width: t.px(4.0).max(2.0),
        radius,
        text,
    }
}

fn bar(t: Tokens, thin: f32) -> Look {
    let p = t.palette;
    if t.contrast {
        return Look {
            background: p.sea_2,
            border: p.sea,
            border_width: thin,
            radius: t.px(16.0),
            text: p.sea,
        };
    }
    let background = mix(p.sea_2, Color::WHITE, 0.14);
    Look {
        background,
        border: background,
        border_width: 0.0,
        radius: t.px(16.0),
        text: Color::WHITE,
    }
}

/// Moves the background towards the text: darker on light, lighter on dark.
fn tint(t: Tokens, base: Look, amount: f32) -> Look {
    let ground = if base.background.a == 0.0 {
        t.palette.sand
    } else {
        base.background
    };
    Look {
        background: mix(ground, base.text, amount),
        ..base
    }
}

/// In the bar, what cannot be used sinks into it.
fn faded_bar(t: Tokens, base: Look) -> Look {
    let ground = t.palette.sea_2;
    Look {
        background: mix(ground, base.background, 0.35),
        border: mix(ground, base.border, 0.35),
        text: mix(ground, base.text, 0.5),
        ..base
    }
}

fn faded(t: Tokens, base: Look) -> Look {
    let p = t.palette;
    Look {
        background: if base.background.a == 0.0 {
            base.background
        } else {
            mix(p.sand, p.card, 0.5)
        },
        border: mix(p.sand, p.mute, 0.45),
        text: mix(p.sand, p.mute, 0.75),
        ..base
    }
}

/// `a` with `amount` (0 to 1) of `b`.
pub fn mix(a: Color, b: Color, amount: f32) -> Color {
    let blend = |x: f32, y: f32| x + (y - x) * amount;
    Color::from_rgb(blend(a.r, b.r), blend(a.g, b.g), blend(a.b, b.b))
}

/// How a text input looks inside a field.
pub fn text_field(t: Tokens) -> text_input::Style {
    text_input::Style {
        background: Background::Color(Color::TRANSPARENT),
        border: Border::default(),
        icon: t.palette.ink,
        placeholder: t.palette.mute,
        value: t.palette.ink,
        selection: if t.contrast {
            t.palette.mute
        } else {
            t.palette.sky_2
        },
    }
}
