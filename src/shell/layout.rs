//! The bones that all screens share: mirrored rows, the page with its foot, cards.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::scrollable::{Direction, Scrollbar};
use iced::widget::text::IntoFragment;
use iced::widget::{column, container, scrollable};
use iced::{Background, Border, Color, Length, Padding, Theme};

use super::fonts;
use super::icon::{Icon, icon};
use super::said::said;
use super::split::split;
use super::theme::Tokens;
use crate::shell::kit::{Column, Container, Element, Row, Text};

/// Words in the regular weight, `size` in pixels (see [`Tokens::font`]).
pub fn words<'a>(t: Tokens, text: impl IntoFragment<'a>, size: f32) -> Text<'a> {
    said(text, (fonts::REGULAR, size, 1.3), leading(t))
}

/// Words in bold.
pub fn strong<'a>(t: Tokens, text: impl IntoFragment<'a>, size: f32) -> Text<'a> {
    said(text, (fonts::BOLD, size, 1.2), leading(t))
}

/// The title of a screen.
pub fn title<'a>(t: Tokens, said: impl IntoFragment<'a>) -> Text<'a> {
    let size = if t.is_large() { 70.0 } else { 84.0 };
    strong(t, said, t.title(size)).color(t.palette.ink)
}

/// Where a line begins.
pub fn leading(t: Tokens) -> Horizontal {
    if t.rtl {
        Horizontal::Right
    } else {
        Horizontal::Left
    }
}

/// Where a line ends.
pub fn trailing(t: Tokens) -> Horizontal {
    if t.rtl {
        Horizontal::Left
    } else {
        Horizontal::Right
    }
}

/// A row in reading order: mirrored where the writing is.
pub fn row<'a, M: 'a>(t: Tokens, mut children: Vec<Element<'a, M>>) -> Row<'a, M> {
    if t.rtl {
        children.reverse();
    }
    Row::with_children(children).align_y(Vertical::Center)
}

/// A page: head and foot stand still, the body scrolls when it does not fit.
pub fn page<'a, M: 'a>(
    t: Tokens,
    head: impl Into<Element<'a, M>>,
    body: impl Into<Element<'a, M>>,
    foot: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let side = t.margin();
    let head = container(head).padding(Padding {
        top: t.air(60.0).max(28.0),
        right: side,
        bottom: t.air(24.0),
        left: side,
    });
    let foot = container(foot).padding(Padding {
        top: t.air(24.0),
        right: side,
        bottom: t.air(48.0).max(24.0),
        left: side,
    });
    column![
        head.width(Length::Fill),
        scrolled(t, body),
        foot.width(Length::Fill)
    ]
    .width(Length::Fill)
    .height(Length::Fill)
    .into()
}

/// A page whose head goes with the body as soon as the text is larger than normal: what it says is
/// then long, and little of the body would be left.
pub fn flowing_page<'a, M: 'a>(
    t: Tokens,
    head: impl Into<Element<'a, M>>,
    body: impl Into<Element<'a, M>>,
    foot: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    if t.is_large() {
        let all = column![head.into(), body.into()].spacing(t.px(28.0));
        page(t, iced::widget::Space::new(), all, foot)
    } else {
        page(t, head, body, foot)
    }
}

/// A body that scrolls when it must, with room for the focus ring.
pub fn scrolled<'a, M: 'a>(t: Tokens, body: impl Into<Element<'a, M>>) -> Element<'a, M> {
    scrolled_in(t, t.margin(), Length::Fill, body)
}

/// A body that scrolls when it must, `side` pixels from the edges; as high as it is with
/// `Length::Shrink`, as there is room with `Length::Fill`.
pub fn scrolled_in<'a, M: 'a>(
    t: Tokens,
    side: f32,
    height: Length,
    body: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let inner = container(body)
        .padding(Padding::from([t.px(16.0), side]))
        .width(Length::Fill);
    let bar = Scrollbar::new()
        .width(t.px(16.0).max(10.0))
        .scroller_width(t.px(12.0).max(8.0))
        .margin(t.px(8.0));
    scrollable(inner)
        .direction(Direction::Vertical(bar))
        .style(move |_: &Theme, _| rail(t))
        .width(Length::Fill)
        .height(height)
        .into()
}

fn rail(t: Tokens) -> scrollable::Style {
    let round = Border {
        color: Color::TRANSPARENT,
        width: 0.0,
        radius: t.px(8.0).into(),
    };
    let rail = scrollable::Rail {
        background: Some(Background::Color(if t.contrast {
            t.palette.card
        } else {
            t.palette.sand_2
        })),
        border: round,
        scroller: scrollable::Scroller {
            background: Background::Color(t.palette.mute),
            border: round,
        },
    };
    scrollable::Style {
        container: container::Style::default(),
        vertical_rail: rail,
        horizontal_rail: rail,
        gap: None,
        auto_scroll: scrollable::AutoScroll {
            background: Background::Color(t.palette.card),
            border: round,
            shadow: iced::Shadow::default(),
            icon: t.palette.ink,
        },
    }
}

/// The foot of a page: the way back and the tools first, the main action last; two lines when one
/// is too short.
pub fn foot<'a, M: 'a>(
    t: Tokens,
    first: Vec<Element<'a, M>>,
    last: Vec<Element<'a, M>>,
) -> Element<'a, M> {
    let gap = t.air(32.0);
    split(group(t, first), group(t, last), gap, t.rtl)
}

fn group<'a, M: 'a>(t: Tokens, children: Vec<Element<'a, M>>) -> Element<'a, M> {
    let align = leading(t);
    row(t, children)
        .spacing(t.air(28.0))
        .wrap()
        .vertical_spacing(t.air(24.0))
        .align_x(align)
        .into()
}

/// A white card.
pub fn card<'a, M: 'a>(t: Tokens, content: impl Into<Element<'a, M>>) -> Container<'a, M> {
    let p = t.palette;
    container(content).style(move |_| container::Style {
        text_color: Some(p.ink),
        background: Some(Background::Color(p.card)),
        border: Border {
            color: if t.contrast { p.line } else { p.sand_2 },
            width: t.px(3.0).max(2.0),
            radius: t.px(24.0).into(),
        },
        ..container::Style::default()
    })
}

/// A pictogram on its plate, `side` in design units.
pub fn plate<'a, M: 'a>(t: Tokens, drawing: Icon, side: f32) -> Element<'a, M> {
    let p = t.palette;
    let side = t.icon(side);
    container(icon(drawing, (side * 0.66).round()).color(p.action))
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sky)),
            border: Border {
                color: if t.contrast { p.line } else { p.sky },
                width: if t.contrast { 2.0 } else { 0.0 },
                radius: (side * 0.22).into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// One idea in the middle of what is left of a page, which scrolls when it must.
pub fn middle<'a, M: 'a>(t: Tokens, parts: Vec<Element<'a, M>>) -> Element<'a, M> {
    let column = Column::with_children(parts)
        .spacing(t.air(32.0))
        .align_x(Horizontal::Center)
        .max_width(t.font(1500.0));
    let centred = container(column)
        .center_x(Length::Fill)
        .padding([t.px(24.0), 0.0]);
    container(scrolled_in(t, t.margin(), Length::Shrink, centred))
        .width(Length::Fill)
        .height(Length::Fill)
        .align_y(Vertical::Center)
        .into()
}

/// A whole screen of the kiosk's own ground, whatever lies below it.
pub fn on_sand<'a, M: 'a>(t: Tokens, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    let p = t.palette;
    container(content)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style {
            text_color: Some(p.ink),
            background: Some(Background::Color(p.sand)),
            ..container::Style::default()
        })
        .into()
}
