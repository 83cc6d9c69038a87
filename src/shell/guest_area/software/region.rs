//! Rectangles of whole physical pixels.

use iced::Rectangle;

/// Pixels from `left`, `top` up to but without `right`, `bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

impl Region {
    /// A whole window or picture.
    pub fn whole(width: u32, height: u32) -> Self {
        Self {
            left: 0,
            top: 0,
            right: width,
            bottom: height,
        }
    }

    /// The pixels nearest to a logical rectangle: neighbours meet without gap or overlap.
    pub fn nearest(bounds: Rectangle, scale: f32) -> Self {
        let side = |logical: f32| (logical * scale).round().max(0.0) as u32;
        let left = side(bounds.x);
        let top = side(bounds.y);
        Self {
            left,
            top,
            right: left + side(bounds.width),
            bottom: top + side(bounds.height),
        }
    }

    /// Every pixel that a logical rectangle touches.
    pub fn touched(bounds: Rectangle, scale: f32) -> Self {
        let low = |logical: f32| (logical * scale).floor().max(0.0) as u32;
        let high = |logical: f32| (logical * scale).ceil().max(0.0) as u32;
        Self {
            left: low(bounds.x),
            top: low(bounds.y),
            right: high(bounds.x + bounds.width),
            bottom: high(bounds.y + bounds.height),
        }
    }

    /// What both have, if anything.
    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left < both.right && both.top < both.bottom).then_some(both)
    }

    /// What remains without `hole`: up to four pieces that do not overlap.
    pub fn without(self, hole: Self) -> Vec<Self> {
        let Some(hole) = self.meet(hole) else {
            return vec![self];
        };
        let pieces = [
            Self {
                bottom: hole.top,
                ..self
            },
            Self {
                top: hole.bottom,
                ..self
            },
            Self {
                top: hole.top,
                bottom: hole.bottom,
                right: hole.left,
                ..self
            },
            Self {
                top: hole.top,
                bottom: hole.bottom,
                left: hole.right,
                ..self
            },
        ];
        let some = |piece: &Self| piece.left < piece.right && piece.top < piece.bottom;
        pieces.into_iter().filter(some).collect()
    }

    pub fn width(self) -> u32 {
        self.right - self.left
    }

    pub fn height(self) -> u32 {
        self.bottom - self.top
    }

    #[cfg(test)]
    fn area(self) -> u32 {
        self.width() * self.height()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_hole_leaves_pieces_that_do_not_overlap() {
        let whole = Region::whole(10, 10);
        for hole in [
            Region {
                left: 3,
                top: 3,
                right: 6,
                bottom: 6,
            },
            Region {
                left: 0,
                top: 8,
                right: 30,
                bottom: 30,
            },
            Region::whole(10, 10),
        ] {
            let pieces = whole.without(hole);
            let hidden = whole.meet(hole).unwrap().area();
            let seen: u32 = pieces.iter().map(|piece| piece.area()).sum();
            assert_eq!(seen + hidden, 100);
            assert!(pieces.iter().all(|piece| piece.meet(hole).is_none()));
        }
        let away = Region {
            left: 20,
            top: 20,
            right: 30,
            bottom: 30,
        };
        assert_eq!(whole.without(away), [whole]);
    }

    #[test]
    fn neighbours_meet_at_odd_scales() {
        let bar = Rectangle {
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 33.0,
        };
        let area = Rectangle {
            y: 33.0,
            height: 67.0,
            ..bar
        };
        let bar = Region::nearest(bar, 1.5);
        let area = Region::nearest(area, 1.5);
        assert_eq!(bar.bottom, area.top);
        assert!(bar.meet(area).is_none());
    }
}
