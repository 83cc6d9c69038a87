//! What a renderer of ours hands on to the one of iced's that it wraps.

/// Implements for a renderer, whose field `inner` is one of iced's, everything that it leaves to it.
macro_rules! hand_on {
    ($renderer:ty, $inner:ty) => {
        const _: () = {
            use iced::advanced::graphics::{geometry, mesh, text as graphics_text};
            use iced::advanced::{image, text};
            use iced::{Color, Font, Pixels, Point, Rectangle, Size};

            impl text::Renderer for $renderer {
                type Font = Font;
                type Paragraph = <$inner as text::Renderer>::Paragraph;
                type Editor = <$inner as text::Renderer>::Editor;

                const ICON_FONT: Font = <$inner as text::Renderer>::ICON_FONT;
                const CHECKMARK_ICON: char = <$inner as text::Renderer>::CHECKMARK_ICON;
                const ARROW_DOWN_ICON: char = <$inner as text::Renderer>::ARROW_DOWN_ICON;
                const SCROLL_UP_ICON: char = <$inner as text::Renderer>::SCROLL_UP_ICON;
                const SCROLL_DOWN_ICON: char = <$inner as text::Renderer>::SCROLL_DOWN_ICON;
                const SCROLL_LEFT_ICON: char = <$inner as text::Renderer>::SCROLL_LEFT_ICON;
                const SCROLL_RIGHT_ICON: char = <$inner as text::Renderer>::SCROLL_RIGHT_ICON;
                const ICED_LOGO: char = <$inner as text::Renderer>::ICED_LOGO;

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

            impl graphics_text::Renderer for $renderer {
                fn fill_raw(&mut self, raw: graphics_text::Raw) {
                    self.inner.fill_raw(raw);
                }
            }

            impl image::Renderer for $renderer {
                type Handle = image::Handle;

                fn load_image(
                    &self,
                    handle: &image::Handle,
                ) -> Result<image::Allocation, image::Error> {
                    self.inner.load_image(handle)
                }

                fn measure_image(&self, handle: &image::Handle) -> Option<Size<u32>> {
                    self.inner.measure_image(handle)
                }

                fn draw_image(
                    &mut self,
                    image: image::Image,
                    bounds: Rectangle,
                    clip_bounds: Rectangle,
                ) {
                    self.inner.draw_image(image, bounds, clip_bounds);
                }
            }

            impl geometry::Renderer for $renderer {
                type Geometry = <$inner as geometry::Renderer>::Geometry;
                type Frame = <$inner as geometry::Renderer>::Frame;

                fn new_frame(&self, bounds: Rectangle) -> Self::Frame {
                    self.inner.new_frame(bounds)
                }

                fn draw_geometry(&mut self, geometry: Self::Geometry) {
                    self.inner.draw_geometry(geometry);
                }
            }

            impl mesh::Renderer for $renderer {
                fn draw_mesh(&mut self, mesh: mesh::Mesh) {
                    self.inner.draw_mesh(mesh);
                }

                fn draw_mesh_cache(&mut self, cache: mesh::Cache) {
                    self.inner.draw_mesh_cache(cache);
                }
            }
        };
    };
}

pub(super) use hand_on;
