#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Arc;

use iced::advanced::graphics::Viewport;
use iced::advanced::renderer::{Headless, Quad, Renderer as _};
use iced::futures::FutureExt;
use iced::{Color, Font, Rectangle, Size};
use proptest::prelude::*;

use super::compositor::{Past, Work};
use super::{Paint, Picture, Renderer};
use crate::display::{Frame, FrameSlot, Rect};
use crate::shell::guest_area::FrameWaker;

const WINDOW: Size<u32> = Size {
    width: 96,
    height: 80,
};
const GUEST: (u32, u32) = (90, 60);

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Rectangle {
    Rectangle {
        x,
        y,
        width,
        height,
    }
}

fn grey(shade: u8) -> u32 {
    u32::from_be_bytes([0xFF, shade, shade, shade])
}

/// A window whose buffer is brought up to date step by step.
struct Window {
    renderer: Renderer,
    picture: Picture,
    slot: Arc<FrameSlot>,
    pixels: Vec<u32>,
    serial: u64,
    scale: f32,
    buffer: Vec<u32>,
    past: Option<Past>,
    veiled: bool,
    top: f32,
    notice: Option<Rectangle>,
}

impl Window {
    fn new(scale: f32) -> Self {
        let slot = Arc::new(FrameSlot::default());
        let renderer = <Renderer as Headless>::new(Font::default(), 16.into(), None);
        Self {
            renderer: renderer.now_or_never().unwrap().unwrap(),
            picture: Picture::new(Arc::clone(&slot), FrameWaker::default()),
            slot,
            pixels: vec![grey(9); (GUEST.0 * GUEST.1) as usize],
            serial: 0,
            scale,
            buffer: vec![0; (WINDOW.width * WINDOW.height) as usize],
            past: None,
            veiled: false,
            top: 12.0,
            notice: None,
        }
    }

    fn put(&mut self, rect: Rect, shade: u8) {
        for y in rect.y..rect.y + rect.height {
            let start = (y * GUEST.0 + rect.x) as usize;
            self.pixels[start..start + rect.width as usize].fill(grey(shade));
        }
        self.serial += 1;
        self.slot.put(Frame {
            serial: self.serial,
            width: GUEST.0,
            height: GUEST.1,
            pixels: Arc::new(self.pixels.clone()),
            damage: vec![rect],
        });
        assert!(self.picture.refresh());
    }

    fn record(&mut self) -> Viewport {
        let viewport = Viewport::with_physical_size(WINDOW, self.scale);
        let (wide, high) = (
            WINDOW.width as f32 / self.scale,
            WINDOW.height as f32 / self.scale,
        );
        let area = rectangle(0.0, self.top, wide, high - self.top);
        let quad = |bounds| Quad {
            bounds,
            ..Quad::default()
        };
        let renderer = &mut self.renderer;
        renderer.reset(Rectangle::with_size(viewport.logical_size()));
        renderer.fill_quad(
            quad(rectangle(0.0, 0.0, wide, self.top)),
            Color::from_rgb8(200, 0, 0),
        );
        renderer.fill_quad(quad(area), Color::WHITE);
        if !self.veiled {
            renderer.paint(&self.picture, area, f64::from(self.scale));
        }
        if let Some(notice) = self.notice {
            renderer.with_layer(area, |renderer| {
                renderer.fill_quad(quad(notice), Color::from_rgb8(0, 90, 0));
            });
        }
        viewport
    }

    /// Draws what changed, and says what a window drawn afresh would show.
    fn draw(&mut self) -> (Vec<u32>, usize) {
        let viewport = self.record();
        let now = self.renderer.past(self.scale);
        let work = self.renderer.work(self.past.as_ref(), &now, &viewport);
        let mut mask = tiny_skia::Mask::new(WINDOW.width, WINDOW.height).unwrap();
        let ground = Color::BLACK;
        self.renderer
            .render(&mut self.buffer, &mut mask, &viewport, ground, &work);
        let fresh = self.renderer.work(None, &now, &viewport);
        let mut afresh = vec![0; self.buffer.len()];
        self.renderer
            .render(&mut afresh, &mut mask, &viewport, ground, &fresh);
        self.past = Some(now);
        if self.scale.fract() != 0.0 {
            // iced's own boxes end inside pixels there, and differ by a shade when drawn in
            // parts. The guest never does.
            self.keep_only_guest(&mut afresh, &fresh);
        }
        (afresh, work.size())
    }

    fn keep_only_guest(&self, afresh: &mut [u32], fresh: &Work) {
        for (index, pixel) in afresh.iter_mut().enumerate() {
            let (x, y) = (index as u32 % WINDOW.width, index as u32 / WINDOW.width);
            let mut regions = fresh.guest.iter();
            if !regions.any(|r| r.left <= x && x < r.right && r.top <= y && y < r.bottom) {
                *pixel = self.buffer[index];
            }
        }
    }

    fn at(&self, x: u32, y: u32) -> u32 {
        self.buffer[(y * WINDOW.width + x) as usize]
    }
}

#[test]
fn the_picture_is_copied_where_it_changed_and_nowhere_else() {
    let mut window = Window::new(1.0);
    window.put(Rect::whole(GUEST.0, GUEST.1), 50);
    window.draw();
    assert_eq!(window.at(0, 12), 0xFF32_3232);
    assert_eq!(window.at(0, 11), 0xFFC8_0000, "the bar");
    assert_eq!(window.at(90, 20), 0xFFFF_FFFF, "beyond the picture");

    let small = Rect {
        x: 4,
        y: 4,
        width: 2,
        height: 2,
    };
    window.put(small, 77);
    window.buffer.fill(1);
    let (_, size) = window.draw();
    assert_eq!(size, 1, "one rectangle");
    assert_eq!(window.at(4, 16), 0xFF4D_4D4D);
    let touched = window.buffer.iter().filter(|pixel| **pixel != 1).count();
    assert_eq!(touched, 4);
    let (_, size) = window.draw();
    assert_eq!(size, 0, "nothing changed, nothing is drawn");
}

#[test]
fn a_notice_lies_above_and_a_veil_hides_everything() {
    let mut window = Window::new(1.0);
    window.put(Rect::whole(GUEST.0, GUEST.1), 50);
    window.notice = Some(rectangle(20.0, 20.0, 30.0, 10.0));
    window.draw();
    assert_eq!(window.at(25, 25), 0xFF00_5A00);
    assert_eq!(window.at(25, 35), 0xFF32_3232);
    window.notice = None;
    window.draw();
    assert_eq!(window.at(25, 25), 0xFF32_3232);
    window.veiled = true;
    window.draw();
    assert!(!window.buffer.contains(&0xFF32_3232));
}

#[test]
fn a_cleared_picture_leaves_the_screen() {
    let mut window = Window::new(1.0);
    window.put(Rect::whole(GUEST.0, GUEST.1), 50);
    window.draw();
    assert!(window.buffer.contains(&0xFF32_3232));
    window.picture.clear();
    window.draw();
    assert!(!window.buffer.contains(&0xFF32_3232));
}

#[derive(Clone, Debug)]
enum Op {
    Put(Rect, u8),
    Veil(bool),
    Bar(u8),
    Notice(Option<(u8, u8)>),
    Clear,
    Skip,
}

fn op() -> impl Strategy<Value = Op> {
    let rect =
        (0..80_u32, 0..50_u32, 1..10_u32, 1..10_u32).prop_map(|(x, y, width, height)| Rect {
            x,
            y,
            width,
            height,
        });
    prop_oneof![
        5 => (rect, any::<u8>()).prop_map(|(rect, shade)| Op::Put(rect, shade)),
        1 => any::<bool>().prop_map(Op::Veil),
        1 => (4..20_u8).prop_map(Op::Bar),
        2 => prop::option::of((0..60_u8, 0..60_u8)).prop_map(Op::Notice),
        1 => Just(Op::Clear),
        1 => Just(Op::Skip),
    ]
}

proptest! {
    #[test]
    fn step_by_step_is_the_same_as_afresh(
        scale in prop::sample::select(vec![1.0_f32, 1.5, 2.0]),
        ops in prop::collection::vec(op(), 1..40),
    ) {
        let mut window = Window::new(scale);
        window.put(Rect::whole(GUEST.0, GUEST.1), 50);
        for op in ops {
            match op.clone() {
                Op::Put(rect, shade) => window.put(rect, shade),
                Op::Veil(veiled) => window.veiled = veiled,
                Op::Bar(top) => window.top = f32::from(top),
                Op::Notice(at) => {
                    window.notice = at.map(|(x, y)| rectangle(x.into(), y.into(), 20.0, 9.0));
                }
                Op::Clear => window.picture.clear(),
                Op::Skip => {}
            }
            let (afresh, _) = window.draw();
            prop_assert!(window.buffer == afresh, "after {op:?}");
        }
    }
}
