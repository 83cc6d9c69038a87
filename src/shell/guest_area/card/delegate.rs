//! What iced asks of a renderer, handed on to its own.

use iced::advanced::graphics::compositor;
use iced::advanced::{image, renderer};
use iced::{Background, Color, Font, Pixels, Rectangle, Size, Transformation};

use super::{Compositor, Renderer};
use crate::shell::guest_area::hand_on::hand_on;

type Inner = iced_renderer::wgpu::Renderer;

impl renderer::Renderer for Renderer {
    fn start_layer(&mut self, bounds: Rectangle) {
        self.inner.start_layer(bounds);
    }

    fn end_layer(&mut self) {
        self.inner.end_layer();
    }

    fn start_transformation(&mut self, transformation: Transformation) {
        self.inner.start_transformation(transformation);
    }

    fn end_transformation(&mut self) {
        self.inner.end_transformation();
    }

    fn fill_quad(&mut self, quad: renderer::Quad, background: impl Into<Background>) {
        self.inner.fill_quad(quad, background);
    }

    fn reset(&mut self, new_bounds: Rectangle) {
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

/// Screens without a window are always drawn in software: the same pixels on every machine.
impl renderer::Headless for Renderer {
    async fn new(_: Font, _: Pixels, _: Option<&str>) -> Option<Self> {
        None
    }

    fn name(&self) -> String {
        renderer::Headless::name(&self.inner)
    }

    fn screenshot(&mut self, size: Size<u32>, scale_factor: f32, background: Color) -> Vec<u8> {
        renderer::Headless::screenshot(&mut self.inner, size, scale_factor, background)
    }
}
