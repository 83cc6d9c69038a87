//! Input that the gate let through, handed to the guest.

use smithay::backend::input::{Axis, AxisSource, ButtonState, KeyState, TouchSlot};
use smithay::desktop::WindowSurfaceType;
use smithay::input::keyboard::FilterResult;
use smithay::input::pointer::{AxisFrame, ButtonEvent, CursorImageStatus, MotionEvent};
use smithay::input::touch;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::utils::{Logical, Point, SERIAL_COUNTER};

use super::state::State;
use super::{Input, clock};

/// xkb counts keys from 8.
const XKB_OFFSET: u32 = 8;

/// Pixels of one wheel detent, the value that clients expect beside the 120ths.
const DETENT: f64 = 15.0;

/// What is at a place, and where its corner is.
pub(super) type Under = Option<(WlSurface, Point<f64, Logical>)>;

/// A finger that is down.
#[derive(Clone, Debug)]
pub(super) struct Finger {
    at: Point<f64, Logical>,
    on: Option<WlSurface>,
}

impl State {
    /// An admitted event.
    pub(super) fn input(&mut self, input: Input) {
        match input {
            Input::Motion { x, y } => self.motion(x, y),
            Input::Left => self.pointer_left(),
            Input::Button { code, pressed } => self.button(code, pressed),
            Input::Wheel { x, y } => self.wheel(x, y),
            Input::Scroll { x, y } => self.scroll(x, y),
            Input::TouchDown { id, x, y } => self.touch_down(id, x, y),
            Input::TouchMotion { id, x, y } => self.touch_motion(id, x, y),
            Input::TouchUp { id } => self.touch_up(id),
            Input::TouchCancel => self.touch_cancel(),
            Input::Key { code, pressed } => self.key(code, pressed),
            // The gate has kept it.
            Input::Focus(_) => {}
        }
    }

    fn logical(&self, x: f64, y: f64) -> Point<f64, Logical> {
        let sane = |v: f64| if v.is_finite() { v } else { 0.0 };
        (sane(x) / self.scale(), sane(y) / self.scale()).into()
    }

    fn under(&self, at: Point<f64, Logical>) -> Under {
        let (window, offset) = self.space.element_under(at)?;
        window
            .surface_under(at - offset.to_f64(), WindowSurfaceType::ALL)
            .map(|(surface, inside)| (surface, (inside + offset).to_f64()))
    }

    fn motion(&mut self, x: f64, y: f64) {
        self.pointer_inside = true;
        let location = self.logical(x, y);
        self.point(location, self.under(location));
        if matches!(self.cursor, CursorImageStatus::Surface(_)) || self.drag_icon.is_some() {
            self.dirty = true;
        }
    }

    fn point(&mut self, location: Point<f64, Logical>, under: Under) {
        self.pointed.clone_from(&under);
        let pointer = self.devices.pointer.clone();
        let event = MotionEvent {
            location,
            serial: SERIAL_COUNTER.next_serial(),
            time: clock::millis(),
        };
        pointer.motion(self, under, &event);
        pointer.frame(self);
    }

    /// A surface that appeared, moved or went under a pointer at rest is told so.
    pub(super) fn refresh_pointer(&mut self) {
        if self.pointer_inside {
            let location = self.devices.pointer.current_location();
            let under = self.under(location);
            if under != self.pointed {
                self.point(location, under);
            }
        }
    }

    /// The pointer goes nowhere: what is under it hears a leave.
    pub(super) fn pointer_left(&mut self) {
        if !std::mem::take(&mut self.pointer_inside) {
            return;
        }
        self.point(self.devices.pointer.current_location(), None);
        self.dirty = true;
    }

    fn button(&mut self, button: u32, pressed: bool) {
        let pointer = self.devices.pointer.clone();
        if pressed && !pointer.is_grabbed() {
            self.raise_under(pointer.current_location());
        }
        let event = ButtonEvent {
            serial: SERIAL_COUNTER.next_serial(),
            time: clock::millis(),
            button,
            state: if pressed {
                ButtonState::Pressed
            } else {
                ButtonState::Released
            },
        };
        pointer.button(self, &event);
        pointer.frame(self);
        if pressed {
            self.text_inputs.unsettle();
        }
    }

    fn raise_under(&mut self, at: Point<f64, Logical>) {
        let window = self.space.element_under(at).map(|(w, _)| w.clone());
        if let Some(window) = window.filter(|window| self.front().as_ref() != Some(window)) {
            self.raise(&window);
            self.refresh_focus();
        }
    }

    fn wheel(&mut self, x: i32, y: i32) {
        let mut frame = AxisFrame::new(clock::millis()).source(AxisSource::Wheel);
        for (axis, steps) in [(Axis::Horizontal, x), (Axis::Vertical, y)] {
            if steps != 0 {
                frame = frame
                    .v120(axis, steps)
                    .value(axis, f64::from(steps) / 120.0 * DETENT);
            }
        }
        self.axis(frame);
    }

    fn scroll(&mut self, x: f64, y: f64) {
        let amount = self.logical(x, y);
        let mut frame = AxisFrame::new(clock::millis()).source(AxisSource::Continuous);
        for (axis, value) in [(Axis::Horizontal, amount.x), (Axis::Vertical, amount.y)] {
            if value != 0.0 {
                frame = frame.value(axis, value);
            }
        }
        self.axis(frame);
    }

    fn axis(&mut self, frame: AxisFrame) {
        let pointer = self.devices.pointer.clone();
        pointer.axis(self, frame);
        pointer.frame(self);
    }

    fn touch_down(&mut self, id: u64, x: f64, y: f64) {
        let location = self.logical(x, y);
        let touch = self.devices.touch.clone();
        if !touch.is_grabbed() {
            self.raise_under(location);
        }
        let under = self.under(location);
        let event = touch::DownEvent {
            slot: slot(id),
            location,
            serial: SERIAL_COUNTER.next_serial(),
            time: clock::millis(),
        };
        let on = under.as_ref().map(|(surface, _)| surface.clone());
        self.fingers.insert(id, Finger { at: location, on });
        touch.down(self, under, &event);
        touch.frame(self);
        self.text_inputs.unsettle();
    }

    fn touch_motion(&mut self, id: u64, x: f64, y: f64) {
        let location = self.logical(x, y);
        let under = self.under(location);
        let touch = self.devices.touch.clone();
        let event = touch::MotionEvent {
            slot: slot(id),
            location,
            time: clock::millis(),
        };
        touch.motion(self, under, &event);
        touch.frame(self);
        if let Some(finger) = self.fingers.get_mut(&id) {
            finger.at = location;
        }
    }

    /// A surface is gone: its client is told that the fingers on it are, too.
    pub(super) fn lift_fingers(&mut self, gone: &WlSurface) {
        let lost: Vec<_> = self
            .fingers
            .iter()
            .filter(|(_, finger)| finger.on.as_ref() == Some(gone))
            .map(|(&id, _)| id)
            .collect();
        for id in lost {
            self.touch_up(id);
        }
    }

    fn touch_cancel(&mut self) {
        let touch = self.devices.touch.clone();
        // The library only cancels fingers that did something since the last frame.
        for (id, finger) in std::mem::take(&mut self.fingers) {
            let event = touch::MotionEvent {
                slot: slot(id),
                location: finger.at,
                time: clock::millis(),
            };
            touch.motion(self, None, &event);
        }
        touch.cancel(self);
        if touch.is_grabbed() {
            touch.unset_grab(self);
        }
    }

    fn touch_up(&mut self, id: u64) {
        let touch = self.devices.touch.clone();
        let event = touch::UpEvent {
            slot: slot(id),
            serial: SERIAL_COUNTER.next_serial(),
            time: clock::millis(),
        };
        touch.up(self, &event);
        touch.frame(self);
        self.fingers.remove(&id);
    }

    fn key(&mut self, code: u32, pressed: bool) {
        /// evdev's Tab: the focus moves to another field.
        const TAB: u32 = 15;
        const ESCAPE: u32 = 1;
        let keyboard = self.devices.keyboard.clone();
        keyboard.input::<(), _>(
            self,
            (code.saturating_add(XKB_OFFSET)).into(),
            key_state(pressed),
            SERIAL_COUNTER.next_serial(),
            clock::millis(),
            |_, held, _| {
                // Both browsers show their processes, and end them, at Shift and Escape; no
                // policy of theirs takes that away.
                if code == ESCAPE && pressed && held.shift {
                    FilterResult::Intercept(())
                } else {
                    FilterResult::Forward
                }
            },
        );
        if code == TAB && pressed {
            self.text_inputs.unsettle();
        }
    }

    /// A lock key while nothing reaches the guest: only the state is kept in step.
    pub(super) fn lock_key(&mut self, code: u32, pressed: bool) {
        let keyboard = self.devices.keyboard.clone();
        keyboard.input_intercept(
            self,
            (code.saturating_add(XKB_OFFSET)).into(),
            key_state(pressed),
            |_, _, _| (),
        );
    }

    /// The shell's own chord (such as Alt and Left for "Retour"), wherever the keyboard is.
    pub(super) fn chord(&mut self, codes: &[u32]) {
        let open = std::mem::replace(&mut self.keyboard_open, true);
        self.refresh_focus();
        for &code in codes {
            self.key(code, true);
        }
        for &code in codes.iter().rev() {
            self.key(code, false);
        }
        self.keyboard_open = open;
        self.refresh_focus();
    }

    /// Nobody may point any more: no grab, no drag, no popup stays.
    pub(super) fn close_pointer(&mut self) {
        let pointer = self.devices.pointer.clone();
        if pointer.is_grabbed() {
            pointer.unset_grab(self, SERIAL_COUNTER.next_serial(), clock::millis());
        }
        self.drag_icon = None;
        self.dismiss_popups();
        self.pointer_left();
    }
}

const fn key_state(pressed: bool) -> KeyState {
    if pressed {
        KeyState::Pressed
    } else {
        KeyState::Released
    }
}

/// Fingers are few; a larger number only loses its upper bits.
fn slot(id: u64) -> TouchSlot {
    Some(id as u32).into()
}
