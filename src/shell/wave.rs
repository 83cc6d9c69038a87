//! The wave at the foot of Welcome and Clean: the tide that leaves the shore smooth.

use iced::advanced::graphics::geometry::{Frame, Path, Renderer as _, Stroke};
use iced::advanced::{Layout, Renderer as _, Widget, layout, mouse, renderer, widget};
use iced::{Color, Length, Point, Rectangle, Size, Theme, Vector};

use super::theme::Tokens;
use crate::shell::kit::{Element, Renderer};

/// One crest line: the points where it is level, as (share of the width, height above the foot in
/// design units over the foot's own height).
type Crest = [(f32, f32); 5];

const FAR: Crest = [
    (-0.08, 132.0),
    (0.08, 156.0),
    (0.32, 98.0),
    (0.68, 196.0),
    (1.02, 128.0),
];
const MIDDLE: Crest = [
    (-0.08, 70.0),
    (0.08, 88.0),
    (0.33, 44.0),
    (0.69, 124.0),
    (1.04, 72.0),
];
const NEAR: Crest = [
    (-0.10, 6.0),
    (0.12, 22.0),
    (0.36, 2.0),
    (0.72, 44.0),
    (1.10, 18.0),
];

/// The wave, filling its place; the sea covers the lowest `foot` pixels on the whole width.
pub fn wave<'a, M: 'a>(t: Tokens, foot: f32) -> Element<'a, M> {
    Element::new(Wave { t, foot })
}

struct Wave {
    t: Tokens,
    foot: f32,
}

impl Wave {
    fn point(&self, size: Size, (x, y): (f32, f32)) -> Point {
        Point::new(
            x * size.width,
            size.height - self.foot - self.t.px(y.max(1.0)),
        )
    }

    fn crest(&self, size: Size, crest: Crest, closed: bool) -> Path {
        Path::new(|path| {
            let points = crest.map(|p| self.point(size, p));
            path.move_to(points[0]);
            for pair in points.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let reach = (b.x - a.x) * 0.45;
                path.bezier_curve_to(
                    Point::new(a.x + reach, a.y),
                    Point::new(b.x - reach, b.y),
                    b,
                );
            }
            if closed {
                path.line_to(Point::new(points[4].x, size.height));
                path.line_to(Point::new(points[0].x, size.height));
                path.close();
            }
        })
    }
}

impl<M> Widget<M, Theme, Renderer> for Wave {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(
        &mut self,
        _: &mut widget::Tree,
        _: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        layout::Node::new(limits.max())
    }

    fn draw(
        &self,
        _: &widget::Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let size = bounds.size();
        let p = self.t.palette;
        let mut frame = Frame::new(renderer, size);
        let line = |color: Color| {
            Stroke::default()
                .with_color(color)
                .with_width(self.t.px(3.0).max(2.0))
        };
        for (crest, color) in [
            (FAR, p.sky),
            (MIDDLE, p.sky_2),
            (NEAR, if self.t.contrast { p.sea_2 } else { p.sea }),
        ] {
            frame.fill(&self.crest(size, crest, true), color);
            if self.t.contrast {
                frame.stroke(&self.crest(size, crest, false), line(p.line));
            }
        }
        let drawing = frame.into_geometry();
        renderer.with_translation(Vector::new(bounds.x, bounds.y), |r| {
            r.draw_geometry(drawing);
        });
    }
}
