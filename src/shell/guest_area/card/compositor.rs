//! iced's compositor on a card, refused where the card is not real.

use iced::Color;
use iced::advanced::graphics::compositor::{self, Information, SurfaceError};
use iced::advanced::graphics::{self, Shell, Viewport, error};
use iced::wgpu;
use iced_renderer::wgpu::window;

use super::{Renderer, adapter};

/// Opens windows that are drawn by a real graphics card.
pub struct Compositor {
    inner: window::Compositor,
}

impl graphics::Compositor for Compositor {
    type Renderer = Renderer;
    type Surface = wgpu::Surface<'static>;

    async fn with_backend(
        settings: graphics::Settings,
        display: impl compositor::Display + Clone,
        compatible_window: impl compositor::Window + Clone,
        shell: Shell,
        backend: Option<&str>,
    ) -> Result<Self, graphics::Error> {
        let refuse = |adapter: &str| graphics::Error::GraphicsAdapterNotFound {
            backend: "wgpu",
            reason: error::Reason::RequestFailed(format!("not a real card: {adapter}")),
        };
        let real = adapter::real();
        if real.is_empty() {
            return Err(refuse("none"));
        }
        let inner =
            window::Compositor::with_backend(settings, display, compatible_window, shell, backend)
                .await?;
        // The card that can show this window need not be a real one of those that were found.
        let chosen = inner.information().adapter;
        if !real.contains(&chosen) {
            return Err(refuse(&chosen));
        }
        tracing::info!("the graphics card draws the window");
        Ok(Self { inner })
    }

    fn create_renderer(&self) -> Renderer {
        Renderer {
            inner: self.inner.create_renderer(),
        }
    }

    fn create_surface<W: compositor::Window + Clone>(
        &mut self,
        window: W,
        width: u32,
        height: u32,
    ) -> Self::Surface {
        self.inner.create_surface(window, width, height)
    }

    fn configure_surface(&mut self, surface: &mut Self::Surface, width: u32, height: u32) {
        self.inner.configure_surface(surface, width, height);
    }

    fn information(&self) -> Information {
        self.inner.information()
    }

    fn present(
        &mut self,
        renderer: &mut Renderer,
        surface: &mut Self::Surface,
        viewport: &Viewport,
        background: Color,
        on_pre_present: impl FnOnce(),
    ) -> Result<(), SurfaceError> {
        self.inner.present(
            &mut renderer.inner,
            surface,
            viewport,
            background,
            on_pre_present,
        )
    }

    fn screenshot(
        &mut self,
        renderer: &mut Renderer,
        viewport: &Viewport,
        background: Color,
    ) -> Vec<u8> {
        self.inner
            .screenshot(&mut renderer.inner, viewport, background)
    }
}
