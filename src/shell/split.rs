//! Two groups at the two ends of a line, or one above the other when the line is too short.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Event, Length, Point, Rectangle, Size, Theme, Vector};

use crate::shell::kit::{Element, Renderer};

struct Split<'a, M> {
    groups: [Element<'a, M>; 2],
    gap: f32,
    rtl: bool,
}

/// `first` at the beginning of the line, `last` at its end, at least `gap` pixels apart.
pub fn split<'a, M: 'a>(
    first: impl Into<Element<'a, M>>,
    last: impl Into<Element<'a, M>>,
    gap: f32,
    rtl: bool,
) -> Element<'a, M> {
    Element::new(Split {
        groups: [first.into(), last.into()],
        gap,
        rtl,
    })
}

/// Where the two groups go, and the height of both together.
fn places(width: f32, first: Size, last: Size, gap: f32, rtl: bool) -> ([Point; 2], f32) {
    let one_line =
        first.width == 0.0 || last.width == 0.0 || first.width + gap + last.width <= width;
    let height = if one_line {
        first.height.max(last.height)
    } else {
        first.height + gap + last.height
    };
    let (y1, y2) = if one_line {
        ((height - first.height) / 2.0, (height - last.height) / 2.0)
    } else {
        (0.0, first.height + gap)
    };
    let (x1, x2) = if rtl {
        (width - first.width, 0.0)
    } else {
        (0.0, width - last.width)
    };
    ([Point::new(x1, y1), Point::new(x2, y2)], height)
}

impl<M> Widget<M, Theme, Renderer> for Split<'_, M> {
    fn children(&self) -> Vec<Tree> {
        self.groups.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.groups);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let width = limits.max().width;
        let loose = layout::Limits::new(Size::ZERO, limits.max());
        let [first, last] = &mut self.groups;
        let first = first
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, &loose);
        let last = last
            .as_widget_mut()
            .layout(&mut tree.children[1], renderer, &loose);
        let ([a, b], height) = places(width, first.size(), last.size(), self.gap, self.rtl);
        layout::Node::with_children(
            Size::new(width, height),
            vec![first.move_to(a), last.move_to(b)],
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((group, tree), layout) in self
                .groups
                .iter_mut()
                .zip(&mut tree.children)
                .zip(layout.children())
            {
                group
                    .as_widget_mut()
                    .operate(tree, layout, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        for ((group, tree), layout) in self
            .groups
            .iter_mut()
            .zip(&mut tree.children)
            .zip(layout.children())
        {
            group.as_widget_mut().update(
                tree, event, layout, cursor, renderer, clipboard, shell, viewport,
            );
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        for ((group, tree), layout) in self
            .groups
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
        {
            group
                .as_widget()
                .draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.groups
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .map(|((group, tree), layout)| {
                group
                    .as_widget()
                    .mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        overlay::from_children(
            &mut self.groups,
            tree,
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_when_it_fits_two_when_not() {
        let (a, b) = (Size::new(300.0, 80.0), Size::new(200.0, 60.0));
        assert_eq!(
            places(600.0, a, b, 20.0, false),
            ([Point::new(0.0, 0.0), Point::new(400.0, 10.0)], 80.0)
        );
        assert_eq!(
            places(510.0, a, b, 20.0, false),
            ([Point::new(0.0, 0.0), Point::new(310.0, 100.0)], 160.0)
        );
    }

    #[test]
    fn mirrored_for_right_to_left() {
        let (a, b) = (Size::new(300.0, 80.0), Size::new(200.0, 80.0));
        assert_eq!(
            places(600.0, a, b, 20.0, true).0,
            [Point::new(300.0, 0.0), Point::new(0.0, 0.0)]
        );
    }
}
