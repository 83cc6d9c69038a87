//! From drawn layers to the window, touching only what changed.

use std::collections::VecDeque;
use std::num::NonZeroU32;

use iced::advanced::graphics::compositor::{self, Information, SurfaceError};
use iced::advanced::graphics::{self, Shell, Text, Viewport, damage, error};
use iced::{Color, Rectangle};
use iced_tiny_skia::Layer;

use super::region::Region;
use super::{Placed, Renderer, blit};

type Window = Box<dyn compositor::Window>;
type Display = Box<dyn compositor::Display>;

/// Opens windows that are drawn by the processor.
pub struct Compositor {
    context: softbuffer::Context<Display>,
    settings: graphics::Settings,
}

/// A window's buffers and what each of them holds.
pub struct Surface {
    window: softbuffer::Surface<Display, Window>,
    mask: tiny_skia::Mask,
    /// What the last buffers showed, the latest first.
    past: VecDeque<Past>,
    background: Color,
    max_age: u8,
}

pub(super) struct Past {
    layers: Vec<Layer>,
    guest: Option<Seen>,
    covers: Vec<Rectangle>,
}

/// The guest as a buffer shows it.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    generation: u64,
    bounds: Rectangle,
    region: Region,
}

/// What must be done to bring a buffer up to date.
pub(super) struct Work {
    shell: Vec<Rectangle>,
    pub guest: Vec<Region>,
}

#[cfg(test)]
impl Work {
    pub fn size(&self) -> usize {
        self.shell.len() + self.guest.len()
    }
}

impl graphics::Compositor for Compositor {
    type Renderer = Renderer;
    type Surface = Surface;

    async fn with_backend(
        settings: graphics::Settings,
        display: impl compositor::Display + Clone,
        _compatible_window: impl compositor::Window + Clone,
        _shell: Shell,
        backend: Option<&str>,
    ) -> Result<Self, graphics::Error> {
        let refuse = |reason| graphics::Error::GraphicsAdapterNotFound {
            backend: "software",
            reason,
        };
        if let Some(other) = backend.filter(|name| !["tiny-skia", "tiny_skia"].contains(name)) {
            return Err(refuse(error::Reason::DidNotMatch {
                preferred_backend: other.to_owned(),
            }));
        }
        let context = softbuffer::Context::new(Box::new(display) as Display)
            .map_err(|failure| refuse(error::Reason::RequestFailed(failure.to_string())))?;
        Ok(Self { context, settings })
    }

    fn create_renderer(&self) -> Renderer {
        Renderer::wrap(iced_tiny_skia::Renderer::new(
            self.settings.default_font,
            self.settings.default_text_size,
        ))
    }

    #[allow(
        clippy::expect_used,
        reason = "iced's trait has no way to refuse a window"
    )]
    fn create_surface<W: compositor::Window + Clone>(
        &mut self,
        window: W,
        width: u32,
        height: u32,
    ) -> Surface {
        let window = softbuffer::Surface::new(&self.context, Box::new(window) as Window)
            .expect("a window has a surface");
        let mut surface = Surface {
            window,
            mask: tiny_skia::Mask::new(1, 1).expect("one pixel"),
            past: VecDeque::new(),
            background: Color::BLACK,
            max_age: 0,
        };
        self.configure_surface(&mut surface, width, height);
        surface
    }

    fn configure_surface(&mut self, surface: &mut Surface, width: u32, height: u32) {
        let sides = NonZeroU32::new(width).zip(NonZeroU32::new(height));
        let mask = tiny_skia::Mask::new(width, height);
        if let (Some((width, height)), Some(mask)) = (sides, mask) {
            // A window that cannot be resized now says so again when it is presented.
            if surface.window.resize(width, height).is_ok() {
                surface.mask = mask;
            }
            surface.past.clear();
        }
    }

    fn information(&self) -> Information {
        Information {
            adapter: String::from("CPU"),
            backend: String::from("software"),
        }
    }

    fn present(
        &mut self,
        renderer: &mut Renderer,
        surface: &mut Surface,
        viewport: &Viewport,
        background: Color,
        on_pre_present: impl FnOnce(),
    ) -> Result<(), SurfaceError> {
        surface.present(renderer, viewport, background, on_pre_present)
    }

    fn screenshot(
        &mut self,
        renderer: &mut Renderer,
        viewport: &Viewport,
        background: Color,
    ) -> Vec<u8> {
        renderer.photograph(viewport, background)
    }
}

impl Surface {
    fn present(
        &mut self,
        renderer: &mut Renderer,
        viewport: &Viewport,
        background: Color,
        on_pre_present: impl FnOnce(),
    ) -> Result<(), SurfaceError> {
        let size = viewport.physical_size();
        let whole = Region::whole(size.width, size.height);
        let scale = viewport.scale_factor();
        let mut buffer = self.window.buffer_mut().map_err(|_| SurfaceError::Lost)?;
        if buffer.len() != size.width as usize * size.height as usize {
            return Err(SurfaceError::Outdated);
        }

        let age = buffer.age();
        self.max_age = self.max_age.max(age);
        self.past.truncate(usize::from(self.max_age));
        let past = usize::from(age)
            .checked_sub(1)
            .filter(|_| self.background == background)
            .and_then(|index| self.past.get(index));
        let now = renderer.past(scale);
        let work = renderer.work(past, &now, viewport);
        if work.shell.is_empty() && work.guest.is_empty() {
            return Ok(());
        }

        renderer.render(&mut buffer, &mut self.mask, viewport, background, &work);
        let changed: Vec<softbuffer::Rect> = work
            .shell
            .iter()
            .map(|rect| Region::touched(*rect, scale))
            .chain(work.guest.iter().copied())
            .filter_map(|region| region.meet(whole).and_then(to_rect))
            .collect();
        self.past.push_front(now);
        self.background = background;
        on_pre_present();
        buffer
            .present_with_damage(&changed)
            .map_err(|_| SurfaceError::Lost)
    }
}

impl Renderer {
    /// What a buffer holds once everything recorded is drawn.
    pub(super) fn past(&mut self, scale: f32) -> Past {
        Past {
            layers: self.inner.layers().to_vec(),
            guest: self.guest.as_ref().map(|guest| Seen {
                generation: guest.shown.generation,
                bounds: guest.bounds,
                region: guest.region(scale),
            }),
            covers: self.covers.clone(),
        }
    }

    /// What differs between a buffer and what is to be seen; everything when nothing is known.
    pub(super) fn work(&self, past: Option<&Past>, now: &Past, viewport: &Viewport) -> Work {
        let window = Rectangle::with_size(viewport.logical_size());
        let scale = viewport.scale_factor();
        let mut shell = past.map_or_else(
            || vec![window],
            |past| {
                damage::diff(
                    &past.layers,
                    &now.layers,
                    |layer| vec![layer.bounds],
                    changed,
                )
            },
        );
        let before = past.and_then(|past| past.guest);
        let place = |seen: Option<Seen>| seen.map(|seen| seen.region);
        if let Some(before) = before.filter(|_| place(before) != place(now.guest)) {
            // The picture lies above the layers, so they do not know that it has gone.
            shell.push(before.bounds);
        }
        let shell = shell.into_iter().map(|rect| rounded_out(rect, scale));
        let shell = damage::group(shell.collect(), window);
        let kept =
            past.is_some_and(|past| past.covers == now.covers) && place(before) == place(now.guest);
        let known = before.filter(|_| kept).map(|seen| seen.generation);
        let guest = self
            .guest
            .as_ref()
            .map_or_else(Vec::new, |guest| guest.stale(known, &shell, scale));
        let guest = now.covers.iter().fold(guest, |regions, cover| {
            let cover = Region::touched(*cover, scale);
            regions
                .into_iter()
                .flat_map(|region| region.without(cover))
                .collect()
        });
        Work { shell, guest }
    }

    pub(super) fn render(
        &mut self,
        buffer: &mut [u32],
        mask: &mut tiny_skia::Mask,
        viewport: &Viewport,
        background: Color,
        work: &Work,
    ) {
        let size = viewport.physical_size();
        let whole = Region::whole(size.width, size.height);
        if !work.shell.is_empty() {
            let bytes = bytemuck::cast_slice_mut(buffer);
            let pixels = tiny_skia::PixmapMut::from_bytes(bytes, size.width, size.height);
            if let Some(mut pixels) = pixels {
                self.inner
                    .draw(&mut pixels, mask, viewport, &work.shell, background);
            }
        }
        let Some(guest) = &self.guest else {
            return;
        };
        let place = guest.region(viewport.scale_factor());
        for region in work.guest.iter().filter_map(|region| region.meet(whole)) {
            blit::copy(
                buffer,
                size.width,
                &guest.shown.pixels,
                guest.shown.size.width,
                (place.left, place.top),
                region,
            );
        }
    }

    /// The whole window as RGBA bytes, drawn apart from any screen.
    pub(super) fn photograph(&mut self, viewport: &Viewport, background: Color) -> Vec<u8> {
        let size = viewport.physical_size();
        let Some(mut mask) = tiny_skia::Mask::new(size.width, size.height) else {
            return Vec::new();
        };
        let mut buffer = vec![0_u32; size.width as usize * size.height as usize];
        let now = self.past(viewport.scale_factor());
        let work = self.work(None, &now, viewport);
        self.render(&mut buffer, &mut mask, viewport, background, &work);
        let rgba = |pixel: &u32| {
            let [blue, green, red, alpha] = pixel.to_le_bytes();
            [red, green, blue, alpha]
        };
        buffer.iter().flat_map(rgba).collect()
    }
}

impl Placed {
    /// The pixels that the picture fills: no more than the area, no more than it has.
    fn region(&self, scale: f32) -> Region {
        let area = Region::nearest(self.bounds, scale);
        Region {
            right: area.right.min(area.left + self.shown.size.width),
            bottom: area.bottom.min(area.top + self.shown.size.height),
            ..area
        }
    }

    /// The pixels that a buffer lacks which showed generation `known` and was then drawn over in
    /// `drawn`.
    fn stale(&self, known: Option<u64>, drawn: &[Rectangle], scale: f32) -> Vec<Region> {
        let place = self.region(scale);
        let Some(damage) = known.and_then(|known| self.shown.damage_since(known)) else {
            return vec![place];
        };
        let damage = damage.iter().map(|rect| Region {
            left: place.left + rect.x,
            top: place.top + rect.y,
            right: place.left + rect.x + rect.width,
            bottom: place.top + rect.y + rect.height,
        });
        let drawn = drawn.iter().map(|rect| Region::touched(*rect, scale));
        damage
            .chain(drawn)
            .filter_map(|region| region.meet(place))
            .collect()
    }
}

/// What differs between two layers.
///
/// iced places a text that is new with the transformation of whatever stood before it at the same
/// place of the list (0.14): beside a pictogram, which is moved, that is somewhere else.
fn changed(past: &Layer, now: &Layer) -> Vec<Rectangle> {
    let mut damage = Layer::damage(past, now);
    for (before, after) in past.text.iter().zip(&now.text) {
        if before.transformation() != after.transformation() {
            for item in [before, after] {
                let bounds = item.as_slice().iter().filter_map(Text::visible_bounds);
                damage.extend(bounds.map(|bounds| bounds * item.transformation()));
            }
        }
    }
    damage
}

/// Whole pixels, and room for what reaches beyond its box: the soft edge of a drawing, the end of a
/// letter.
fn rounded_out(rect: Rectangle, scale: f32) -> Rectangle {
    const BEYOND: f32 = 2.0;
    let [left, top] = [rect.x, rect.y].map(|at| (at * scale - BEYOND).floor());
    let [right, bottom] =
        [rect.x + rect.width, rect.y + rect.height].map(|at| (at * scale + BEYOND).ceil());
    if ![left, top, right, bottom].into_iter().all(f32::is_finite) {
        return rect; // everything: the window bounds it
    }
    Rectangle {
        x: left / scale,
        y: top / scale,
        width: (right - left) / scale,
        height: (bottom - top) / scale,
    }
}

fn to_rect(region: Region) -> Option<softbuffer::Rect> {
    Some(softbuffer::Rect {
        x: region.left,
        y: region.top,
        width: NonZeroU32::new(region.width())?,
        height: NonZeroU32::new(region.height())?,
    })
}
