//! Tiles of one size in even columns.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::{Event, Length, Point, Rectangle, Size, Theme};

use super::kit::{Element, Renderer};

struct Tiles<'a, M> {
    all: Vec<Element<'a, M>>,
    columns: usize,
    gap: f32,
    rtl: bool,
    height: Height,
}

/// How high a tile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// As the highest of all.
    OfAll,
    /// As the highest of its line.
    OfLine,
}

/// `tiles` in `columns` (at least 1), `gap` pixels apart, in reading order, from the right when
/// `rtl`.
pub fn tiles<'a, M: 'a>(
    tiles: Vec<Element<'a, M>>,
    columns: usize,
    gap: f32,
    rtl: bool,
    height: Height,
) -> Element<'a, M> {
    Element::new(Tiles {
        all: tiles,
        columns: columns.max(1),
        gap,
        rtl,
        height,
    })
}

impl<M> Tiles<'_, M> {
    fn left(&self, rank: usize, width: f32) -> f32 {
        let column = rank % self.columns;
        let column = if self.rtl {
            self.columns - 1 - column
        } else {
            column
        };
        column as f32 * (width + self.gap)
    }
}

impl<M> Widget<M, Theme, Renderer> for Tiles<'_, M> {
    fn children(&self) -> Vec<Tree> {
        self.all.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.all);
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
        let whole = limits.max();
        let between = self.gap * (self.columns - 1) as f32;
        let width = ((whole.width - between) / self.columns as f32)
            .floor()
            .max(0.0);
        // As high as its content: "fill" has no meaning before the line's height is known.
        let free = layout::Limits::with_compression(
            Size::new(width, 0.0),
            Size::new(width, whole.height),
            Size::new(false, true),
        );
        let mut heights: Vec<f32> = Vec::with_capacity(self.all.len());
        for (tile, tree) in self.all.iter_mut().zip(&mut tree.children) {
            let natural = tile.as_widget_mut().layout(tree, renderer, &free);
            heights.push(natural.size().height.ceil());
        }
        let highest = |heights: &[f32]| heights.iter().copied().fold(0.0, f32::max);
        let of_all = highest(&heights);
        let lines: Vec<f32> = heights
            .chunks(self.columns)
            .map(|line| match self.height {
                Height::OfAll => of_all,
                Height::OfLine => highest(line),
            })
            .collect();
        let mut nodes = Vec::with_capacity(self.all.len());
        let mut top = 0.0;
        for rank in 0..self.all.len() {
            let height = lines[rank / self.columns];
            let cell = Size::new(width, height);
            let exact = layout::Limits::new(cell, cell);
            let left = self.left(rank, width);
            let tile = self.all[rank].as_widget_mut();
            let node = tile.layout(&mut tree.children[rank], renderer, &exact);
            nodes.push(node.move_to(Point::new(left, top)));
            if (rank + 1) % self.columns == 0 || rank + 1 == self.all.len() {
                top += height + self.gap;
            }
        }
        layout::Node::with_children(Size::new(whole.width, (top - self.gap).max(0.0)), nodes)
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
            for ((tile, tree), layout) in self
                .all
                .iter_mut()
                .zip(&mut tree.children)
                .zip(layout.children())
            {
                tile.as_widget_mut()
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
        for ((tile, tree), layout) in self
            .all
            .iter_mut()
            .zip(&mut tree.children)
            .zip(layout.children())
        {
            tile.as_widget_mut().update(
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
        for ((tile, tree), layout) in self.all.iter().zip(&tree.children).zip(layout.children()) {
            tile.as_widget()
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
        self.all
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .map(|((tile, tree), layout)| {
                tile.as_widget()
                    .mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }
}
