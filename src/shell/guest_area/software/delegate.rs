//! What iced asks of a renderer, handed on to its own.

use iced::advanced::graphics::geometry;
use iced::advanced::graphics::{compositor, mesh, text as graphics_text};
use iced::advanced::{image, renderer, text};
use iced::{Background, Color, Font, Pixels, Point, Rectangle, Size, Transformation};

use super::{Renderer, compositor::Compositor};

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

impl text::Renderer for Renderer {
    type Font = Font;
    type Paragraph = <Inner as text::Renderer>::Paragraph;
    type Editor = <Inner as text::Renderer>::Editor;

    const ICON_FONT: Font = Inner::ICON_FONT;
    const CHECKMARK_ICON: char = Inner::CHECKMARK_ICON;
    const ARROW_DOWN_ICON: char = Inner::ARROW_DOWN_ICON;
    const SCROLL_UP_ICON: char = Inner::SCROLL_UP_ICON;
    const SCROLL_DOWN_ICON: char = Inner::SCROLL_DOWN_ICON;
    const SCROLL_LEFT_ICON: char = Inner::SCROLL_LEFT_ICON;
    const SCROLL_RIGHT_ICON: char = Inner::SCROLL_RIGHT_ICON;
    const ICED_LOGO: char = Inner::ICED_LOGO;

    fn default_font(&self) -> Font {
        self.inner.default_font()
    }

    fn default_size(&self) -> Pixels {
        self.inner.default_size()
    }

    fn fill_paragraph(
        &mut self,
        text: &Self::Paragraph,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.inner
            .fill_paragraph(text, position, color, clip_bounds);
    }

    fn fill_editor(
        &mut self,
        editor: &Self::Editor,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.inner.fill_editor(editor, position, color, clip_bounds);
    }

    fn fill_text(
        &mut self,
        text: text::Text,
        position: Point,
        color: Color,
        clip_bounds: Rectangle,
    ) {
        self.inner.fill_text(text, position, color, clip_bounds);
    }
}

impl graphics_text::Renderer for Renderer {
    fn fill_raw(&mut self, raw: graphics_text::Raw) {
        self.inner.fill_raw(raw);
    }
}

impl image::Renderer for Renderer {
    type Handle = image::Handle;

    fn load_image(&self, handle: &image::Handle) -> Result<image::Allocation, image::Error> {
        self.inner.load_image(handle)
    }

    fn measure_image(&self, handle: &image::Handle) -> Option<Size<u32>> {
        self.inner.measure_image(handle)
    }

    fn draw_image(&mut self, image: image::Image, bounds: Rectangle, clip_bounds: Rectangle) {
        self.inner.draw_image(image, bounds, clip_bounds);
    }
}

impl geometry::Renderer for Renderer {
    type Geometry = <Inner as geometry::Renderer>::Geometry;
    type Frame = <Inner as geometry::Renderer>::Frame;

    fn new_frame(&self, bounds: Rectangle) -> Self::Frame {
        self.inner.new_frame(bounds)
    }

    fn draw_geometry(&mut self, geometry: Self::Geometry) {
        self.inner.draw_geometry(geometry);
    }
}

impl mesh::Renderer for Renderer {
    fn draw_mesh(&mut self, mesh: mesh::Mesh) {
        self.inner.draw_mesh(mesh);
    }

    fn draw_mesh_cache(&mut self, cache: mesh::Cache) {
        self.inner.draw_mesh_cache(cache);
    }
}

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
