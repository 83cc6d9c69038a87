//! The shapes of controls that screens use again and again.

use iced::widget::text_input;

use super::control::{Control, Id, control};
use super::fonts;
use super::icon::{Icon, icon};
use super::layout::{row, strong};
use super::look::{Kind, text_field};
use super::theme::Tokens;
use crate::shell::kit::Element;

/// Which side of its words a pictogram stands on, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the words.
    Before,
    /// After the words: what leads further.
    After,
}

/// A button with a pictogram and words; `size` of the words in design units.
pub fn button<'a, M: Clone + 'a>(
    t: Tokens,
    id: impl Into<Id>,
    kind: Kind,
    (drawing, stands): (Icon, Side),
    label: String,
    size: f32,
) -> Control<'a, M> {
    let picture: Element<'a, M> = icon(drawing.toward(t.rtl), t.icon(size * 1.25)).into();
    let said: Element<'a, M> = strong(t, label.clone(), t.font(size)).into();
    let parts = match stands {
        Side::Before => vec![picture, said],
        Side::After => vec![said, picture],
    };
    control(t, id, label, kind, row(t, parts).spacing(t.air(size * 0.5)))
}

/// The main action of a page.
pub fn main_action<'a, M: Clone + 'a>(
    t: Tokens,
    id: impl Into<Id>,
    drawing: Icon,
    label: String,
) -> Control<'a, M> {
    let padding = [t.air(26.0), t.air(48.0)];
    button(t, id, Kind::Primary, (drawing, Side::After), label, 38.0)
        .padding(padding)
        .main()
}

/// The way back, or any other action of a foot.
pub fn other_action<'a, M: Clone + 'a>(
    t: Tokens,
    id: impl Into<Id>,
    drawing: Icon,
    label: String,
) -> Control<'a, M> {
    button(t, id, Kind::Secondary, (drawing, Side::Before), label, 33.0)
        .padding([t.air(22.0), t.air(36.0)])
}

/// Longer queries are nobody's words (characters).
const LONGEST_QUERY: usize = 60;

/// A search over what a page shows. What it says is never longer than somebody's words.
pub fn search<'a, M: Clone + 'a>(
    t: Tokens,
    id: &'static str,
    hint: String,
    query: &str,
    says: fn(String) -> M,
) -> Element<'a, M> {
    let width = t
        .px(520.0)
        .max(t.font(34.0) * 14.0)
        .min(t.window.width - 2.0 * t.margin());
    let input = text_input(&hint, query)
        .on_input(move |query| says(query.chars().take(LONGEST_QUERY).collect()))
        .font(fonts::REGULAR)
        .size(t.font(34.0))
        .padding([t.px(20.0), t.px(8.0)])
        .style(move |_, _| text_field(t));
    let glass = icon(Icon::MagnifyingGlass, t.icon(44.0)).color(t.palette.ink);
    let inside = row(t, vec![glass.into(), input.into()]).spacing(t.px(16.0));
    control(t, id, hint, Kind::Field, inside)
        .field()
        .padding([t.px(4.0), t.px(32.0)])
        .width(width)
        .into()
}
