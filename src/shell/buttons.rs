//! The shapes of controls that screens use again and again.

use super::control::{Control, Id, control};
use super::icon::{Icon, icon};
use super::layout::{row, strong};
use super::look::Kind;
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
