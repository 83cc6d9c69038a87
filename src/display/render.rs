//! Composition in software: the guest's windows into one picture, only where something changed.

use smithay::backend::allocator::Fourcc;
use smithay::backend::renderer::damage::OutputDamageTracker;
use smithay::backend::renderer::element::surface::{
    WaylandSurfaceRenderElement, render_elements_from_surface_tree,
};
use smithay::backend::renderer::element::{AsRenderElements, Kind};
use smithay::backend::renderer::pixman::{PixmanError, PixmanRenderer};
use smithay::backend::renderer::{Bind, Color32F, Offscreen};
use smithay::desktop::utils::{
    OutputPresentationFeedback, send_frames_surface_tree, take_presentation_feedback_surface_tree,
};
use smithay::input::pointer::{CursorImageStatus, CursorImageSurfaceData};
use smithay::output::Output;
use smithay::reexports::pixman::{FormatCode, Image, Operation};
use smithay::reexports::wayland_protocols::wp::presentation_time::server::wp_presentation_feedback;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::utils::{Logical, Physical, Point, Rectangle, Size};
use smithay::wayland::compositor::with_states;
use smithay::wayland::presentation::Refresh;

use super::clock;
use super::frame::{Frame, Rect, merge};
use super::picture::Picture;
use super::state::{REFRESH_HZ, State};

type Element = WaylandSurfaceRenderElement<PixmanRenderer>;

/// Behind the windows: what a page shows before its first picture.
const BACKGROUND: Color32F = Color32F::new(1.0, 1.0, 1.0, 1.0);

/// The composer of one guest's picture.
pub(super) struct Composer {
    renderer: PixmanRenderer,
    tracker: OutputDamageTracker,
    target: Option<Image<'static, 'static>>,
    sequence: u64,
}

impl Composer {
    pub(super) fn new(output: &Output) -> Result<Self, PixmanError> {
        Ok(Self {
            renderer: PixmanRenderer::new()?,
            tracker: OutputDamageTracker::from_output(output),
            target: None,
            sequence: 0,
        })
    }

    /// The next composition repaints everything.
    pub(super) fn start_over(&mut self) {
        self.target = None;
    }

    /// Composes what changed; `None` when no pixel did.
    pub(super) fn compose(
        &mut self,
        state: &State,
        picture: &mut Picture,
    ) -> Result<Option<Frame>, PixmanError> {
        let size = size_of(&state.output);
        let kept = self
            .target
            .take()
            .filter(|image| (image.width(), image.height()) == (size.w as usize, size.h as usize));
        let age = usize::from(kept.is_some());
        let mut target = match kept {
            Some(image) => image,
            None => self
                .renderer
                .create_buffer(Fourcc::Xrgb8888, (size.w, size.h).into())?,
        };
        let elements = elements(&mut self.renderer, state);
        let damage = self.draw(&mut target, age, &elements)?;
        let frame = if damage.is_empty() {
            None
        } else {
            Some(export(&target, size, damage, picture))
        };
        // After an error above the target is gone, and the next composition starts over.
        self.target = Some(target);
        Ok(frame)
    }

    fn draw(
        &mut self,
        target: &mut Image<'static, 'static>,
        age: usize,
        elements: &[Element],
    ) -> Result<Vec<Rect>, PixmanError> {
        let mut framebuffer = self.renderer.bind(target)?;
        let drawn = self.tracker.render_output(
            &mut self.renderer,
            &mut framebuffer,
            age,
            elements,
            BACKGROUND,
        );
        match drawn {
            Ok(drawn) => Ok(drawn.damage.map(|all| rects(all)).unwrap_or_default()),
            Err(smithay::backend::renderer::damage::Error::Rendering(error)) => Err(error),
            Err(smithay::backend::renderer::damage::Error::OutputNoMode(_)) => Ok(Vec::new()),
        }
    }

    /// Tells every surface that its picture was shown and that it may draw the next one.
    pub(super) fn shown(&mut self, state: &State) {
        self.sequence += 1;
        let output = &state.output;
        let now = clock::now();
        let mut feedback = OutputPresentationFeedback::new(output);
        for window in state.space.elements() {
            window.take_presentation_feedback(
                &mut feedback,
                |_, _| Some(output.clone()),
                |_, _| wp_presentation_feedback::Kind::empty(),
            );
            window.send_frame(output, now, None, |_, _| Some(output.clone()));
        }
        for surface in extra_surfaces(state) {
            take_presentation_feedback_surface_tree(
                surface,
                &mut feedback,
                |_, _| Some(output.clone()),
                |_, _| wp_presentation_feedback::Kind::empty(),
            );
            send_frames_surface_tree(surface, output, now, None, |_, _| Some(output.clone()));
        }
        feedback.presented::<_, smithay::utils::Monotonic>(
            now,
            Refresh::fixed(std::time::Duration::from_secs(1) / REFRESH_HZ),
            self.sequence,
            wp_presentation_feedback::Kind::empty(),
        );
    }
}

fn export(
    target: &Image<'static, 'static>,
    size: Size<i32, Physical>,
    damage: Vec<Rect>,
    picture: &mut Picture,
) -> Frame {
    let (width, height) = (size.w as u32, size.h as u32);
    picture.resize(width, height);
    picture.frame(damage, |pixels, rect| {
        if copy(target, rect, pixels, (width, height)).is_none() {
            tracing::warn!("a part of the guest's picture could not be read");
        }
    })
}

/// Copies `rect` of the composed picture into the same place of a frame. The composed picture has
/// no alpha, whatever a client wrote into its own, so the frame's becomes opaque.
fn copy(
    target: &Image<'static, 'static>,
    rect: Rect,
    pixels: &mut [u32],
    (width, height): (u32, u32),
) -> Option<()> {
    let (wide, high) = (width as usize, height as usize);
    if pixels.len() != wide * high {
        return None;
    }
    let opaque = FormatCode::A8R8G8B8;
    let mut frame = Image::from_slice_mut(opaque, wide, high, pixels, wide * 4, false).ok()?;
    let at = (rect.x as i32, rect.y as i32);
    let size = (rect.width as i32, rect.height as i32);
    frame.composite32(Operation::Src, target, None, at, (0, 0), at, size);
    Some(())
}

fn size_of(output: &Output) -> Size<i32, Physical> {
    output
        .current_mode()
        .map_or_else(|| (1, 1).into(), |mode| mode.size)
}

/// Damage inside the picture, joined into few rectangles.
fn rects(damage: &[Rectangle<i32, Physical>]) -> Vec<Rect> {
    let mut rects: Vec<Rect> = damage
        .iter()
        .map(|rect| Rect {
            x: rect.loc.x.max(0) as u32,
            y: rect.loc.y.max(0) as u32,
            width: rect.size.w.max(0) as u32,
            height: rect.size.h.max(0) as u32,
        })
        .collect();
    merge(&mut rects);
    rects
}

/// The cursor and the drag icon, which belong to no window.
fn extra_surfaces(state: &State) -> impl Iterator<Item = &WlSurface> {
    let cursor = match &state.cursor {
        CursorImageStatus::Surface(surface) => Some(surface),
        CursorImageStatus::Hidden | CursorImageStatus::Named(_) => None,
    };
    cursor.into_iter().chain(state.drag_icon.as_ref())
}

fn hotspot(surface: &WlSurface) -> Point<i32, Logical> {
    with_states(surface, |states| {
        states
            .data_map
            .get::<CursorImageSurfaceData>()
            .and_then(|data| data.lock().ok().map(|data| data.hotspot))
            .unwrap_or_default()
    })
}

/// Everything to draw, front to back.
fn elements(renderer: &mut PixmanRenderer, state: &State) -> Vec<Element> {
    let scale = state.scale();
    let mut elements = Vec::new();
    if state.pointer_inside {
        let pointer = state.devices.pointer.current_location();
        for surface in extra_surfaces(state) {
            let at = pointer - hotspot(surface).to_f64();
            elements.extend(render_elements_from_surface_tree::<_, Element>(
                renderer,
                surface,
                at.to_physical(scale).to_i32_round(),
                scale,
                1.0,
                Kind::Cursor,
            ));
        }
    }
    for window in state.space.elements().rev() {
        let Some(at) = state.space.element_location(window) else {
            continue;
        };
        let origin = (at - window.geometry().loc).to_physical_precise_round(scale);
        elements.extend(
            AsRenderElements::<PixmanRenderer>::render_elements::<Element>(
                window,
                renderer,
                origin,
                scale.into(),
                1.0,
            ),
        );
    }
    elements
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    /// A composed picture of 3 × 2 pixels.
    fn composed(mut pixels: [u32; 6]) -> Image<'static, 'static> {
        let mut target = Image::new(FormatCode::X8R8G8B8, 3, 2, true).unwrap();
        let image = Image::from_slice_mut(FormatCode::X8R8G8B8, 3, 2, &mut pixels, 12, false);
        let (origin, size) = ((0, 0), (3, 2));
        target.composite32(
            Operation::Src,
            &image.unwrap(),
            None,
            origin,
            origin,
            origin,
            size,
        );
        target
    }

    #[test]
    fn only_the_rectangle_is_copied_and_it_is_opaque() {
        let target = composed([1, 2, 3, 4, 0x5012_3456, 0x00AB_CDEF]);
        let mut pixels = [7; 6];
        let rect = Rect {
            x: 1,
            y: 1,
            width: 2,
            height: 1,
        };
        assert!(copy(&target, rect, &mut pixels, (3, 2)).is_some());
        assert_eq!(pixels, [7, 7, 7, 7, 0xFF12_3456, 0xFFAB_CDEF]);
    }

    #[test]
    fn a_frame_of_another_size_is_left_alone() {
        let target = composed([1; 6]);
        let mut pixels = [7; 5];
        let rect = Rect::whole(3, 2);
        assert!(copy(&target, rect, &mut pixels, (3, 2)).is_none());
        assert_eq!(pixels, [7; 5]);
    }
}
