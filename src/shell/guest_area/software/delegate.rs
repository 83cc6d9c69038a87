//! What iced asks of a renderer, handed on to its own.

use iced::advanced::graphics::compositor;
use iced::advanced::{image, renderer};
use iced::{Background, Color, Font, Pixels, Rectangle, Size, Transformation};

use super::{Renderer, compositor::Compositor};
use crate::shell::guest_area::hand_on::hand_on;

type Inner = iced_tiny_skia::Renderer;

impl renderer::Renderer for Renderer {
    fn start_layer(&mut self, bounds: Rectangle) {
        self.inner.start_layer(bounds);
    }

    fn end_layer(&mut self) {
        self.inner.end_layer();
    }

    fn start_transformation(&mut self, transformation: Transformation) {
        self.moves.push(self.moved() * transformation);
        self.inner.start_transformation(transformation);
    }

    fn end_transformation(&mut self) {
        self.moves.pop();
        self.inner.end_transformation();
    }

    fn fill_quad(&mut self, quad: renderer::Quad, background: impl Into<Background>) {
        let Rectangle {
            x,
            y,
            width,
            height,
        } = quad.bounds;
        if ![x, y, width, height].iter().all(|n| n.is_finite()) {
            return; // a window without a size yet: the engine would panic
        }
        self.cover(quad.bounds);
        self.inner.fill_quad(quad, background);
    }

    fn reset(&mut self, new_bounds: Rectangle) {
        self.moves.clear();
        self.guest = None;
        self.covers.clear();
        self.inner.reset(new_bounds);
    }

    fn allocate_image(
        &mut self,
        handle: &image::Handle,
        callback: impl FnOnce(Result<image::Allocation, image::Error>) + Send + 'static,
    ) {
        self.inner.allocate_image(handle, callback);
    }
}

hand_on!(Renderer, Inner);

impl compositor::Default for Renderer {
    type Compositor = Compositor;
}

impl renderer::Headless for Renderer {
    async fn new(font: Font, size: Pixels, backend: Option<&str>) -> Option<Self> {
        let inner = <Inner as renderer::Headless>::new(font, size, backend).await?;
        Some(Self::wrap(inner))
    }

    fn name(&self) -> String {
        renderer::Headless::name(&self.inner)
    }

    fn screenshot(&mut self, size: Size<u32>, scale_factor: f32, background: Color) -> Vec<u8> {
        let viewport = iced::advanced::graphics::Viewport::with_physical_size(size, scale_factor);
        self.photograph(&viewport, background)
    }
}
