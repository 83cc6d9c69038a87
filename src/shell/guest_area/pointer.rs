//! Pointer, wheel and touch: what the guest is told of what happens over its area.
//!
//! A press that began inside belongs to the guest until its release, wherever that happens; a
//! press that began on the bar never does.

use iced::mouse::{self, ScrollDelta};
use iced::{Point, Rectangle, touch};

use crate::display::Input;

/// A notch of a wheel, in the unit of high-resolution scrolling.
const DETENT: f32 = 120.0;

/// What the guest believes about pointer and fingers, so that nothing stays pressed behind it.
#[derive(Debug, Default)]
pub(super) struct Pointer {
    inside: bool,
    held: Vec<u32>,
    fingers: Vec<u64>,
    wheel: (f32, f32),
}

/// Where the guest area is and how large its pixels are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// In the window's logical pixels.
    pub bounds: Rectangle,
    /// Physical pixels a logical one.
    pub scale: f64,
}

impl Place {
    fn to_guest(self, point: Point) -> (f64, f64) {
        (
            f64::from(point.x - self.bounds.x) * self.scale,
            f64::from(point.y - self.bounds.y) * self.scale,
        )
    }
}

impl Pointer {
    /// Tells `send` what a mouse event means to the guest. `over` is the cursor where nothing
    /// covers the area. Returns whether the event was the guest's.
    pub fn mouse(
        &mut self,
        event: &mouse::Event,
        place: Place,
        over: Option<Point>,
        send: &mut dyn FnMut(Input),
    ) -> bool {
        match event {
            mouse::Event::CursorEntered => false,
            mouse::Event::CursorLeft => {
                if self.held.is_empty() {
                    self.leave(send);
                }
                false
            }
            mouse::Event::CursorMoved { position } => self.moved(*position, place, over, send),
            mouse::Event::ButtonPressed(button) => self.pressed(*button, place, over, send),
            mouse::Event::ButtonReleased(button) => self.released(*button, place, over, send),
            mouse::Event::WheelScrolled { delta } => {
                if over.is_some() {
                    self.scrolled(*delta, send);
                }
                over.is_some()
            }
        }
    }

    fn moved(
        &mut self,
        position: Point,
        place: Place,
        over: Option<Point>,
        send: &mut dyn FnMut(Input),
    ) -> bool {
        if over.is_none() && self.held.is_empty() {
            self.leave(send);
            return false;
        }
        self.inside = true;
        let (x, y) = place.to_guest(over.unwrap_or(position));
        send(Input::Motion { x, y });
        true
    }

    fn pressed(
        &mut self,
        button: mouse::Button,
        place: Place,
        over: Option<Point>,
        send: &mut dyn FnMut(Input),
    ) -> bool {
        let (Some(point), Some(code)) = (over, evdev_button(button)) else {
            return false;
        };
        if !self.inside {
            // The area appeared under a resting pointer: the guest must know where it is.
            let (x, y) = place.to_guest(point);
            send(Input::Motion { x, y });
            self.inside = true;
        }
        if !self.held.contains(&code) {
            self.held.push(code);
            send(Input::Button {
                code,
                pressed: true,
            });
        }
        true
    }

    fn released(
        &mut self,
        button: mouse::Button,
        place: Place,
        over: Option<Point>,
        send: &mut dyn FnMut(Input),
    ) -> bool {
        let held =
            evdev_button(button).and_then(|code| self.held.iter().position(|held| *held == code));
        let Some(index) = held else {
            return false;
        };
        let code = self.held.swap_remove(index);
        send(Input::Button {
            code,
            pressed: false,
        });
        if self.held.is_empty() {
            match over {
                Some(point) => {
                    let (x, y) = place.to_guest(point);
                    send(Input::Motion { x, y });
                }
                None => self.leave(send),
            }
        }
        true
    }

    fn scrolled(&mut self, delta: ScrollDelta, send: &mut dyn FnMut(Input)) {
        match delta {
            // Windows count up and left as positive, the guest down and right.
            ScrollDelta::Lines { x, y } => {
                self.wheel.0 -= x * DETENT;
                self.wheel.1 -= y * DETENT;
                let whole = (self.wheel.0.trunc(), self.wheel.1.trunc());
                self.wheel.0 -= whole.0;
                self.wheel.1 -= whole.1;
                if whole != (0.0, 0.0) {
                    send(Input::Wheel {
                        x: whole.0 as i32,
                        y: whole.1 as i32,
                    });
                }
            }
            ScrollDelta::Pixels { x, y } => send(Input::Scroll {
                x: f64::from(-x),
                y: f64::from(-y),
            }),
        }
    }

    /// Tells `send` what a touch means to the guest. `over` says whether nothing covers the area
    /// at that point. Returns whether the event was the guest's.
    pub fn touch(
        &mut self,
        event: touch::Event,
        place: Place,
        over: bool,
        send: &mut dyn FnMut(Input),
    ) -> bool {
        match event {
            touch::Event::FingerPressed { id, position } => {
                if !over || !place.bounds.contains(position) || self.fingers.contains(&id.0) {
                    return false;
                }
                self.fingers.push(id.0);
                let (x, y) = place.to_guest(position);
                send(Input::TouchDown { id: id.0, x, y });
                true
            }
            touch::Event::FingerMoved { id, position } => {
                let ours = self.fingers.contains(&id.0);
                if ours {
                    let (x, y) = place.to_guest(position);
                    send(Input::TouchMotion { id: id.0, x, y });
                }
                ours
            }
            touch::Event::FingerLifted { id, .. } => {
                let ours = self.fingers.iter().position(|finger| *finger == id.0);
                if let Some(index) = ours {
                    self.fingers.swap_remove(index);
                    send(Input::TouchUp { id: id.0 });
                }
                ours.is_some()
            }
            touch::Event::FingerLost { id, .. } => {
                let ours = self.fingers.contains(&id.0);
                if ours {
                    self.fingers.clear();
                    send(Input::TouchCancel);
                }
                ours
            }
        }
    }

    /// Whether a press or a finger that began inside is still down.
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty() || !self.fingers.is_empty()
    }

    /// Lets go of everything: the guest is no longer touched.
    pub fn let_go(&mut self, send: &mut dyn FnMut(Input)) {
        for code in self.held.drain(..) {
            send(Input::Button {
                code,
                pressed: false,
            });
        }
        if !self.fingers.is_empty() {
            self.fingers.clear();
            send(Input::TouchCancel);
        }
        self.wheel = (0.0, 0.0);
        self.leave(send);
    }

    fn leave(&mut self, send: &mut dyn FnMut(Input)) {
        if self.inside {
            self.inside = false;
            send(Input::Left);
        }
    }
}

/// The evdev code of a mouse button; browsers read SIDE and EXTRA as back and forward.
fn evdev_button(button: mouse::Button) -> Option<u32> {
    match button {
        mouse::Button::Left => Some(0x110),
        mouse::Button::Right => Some(0x111),
        mouse::Button::Middle => Some(0x112),
        mouse::Button::Back => Some(0x113),
        mouse::Button::Forward => Some(0x114),
        mouse::Button::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use iced::mouse::Button::{Left, Other};
    use iced::touch::Finger;

    use super::*;

    const PLACE: Place = Place {
        bounds: Rectangle {
            x: 0.0,
            y: 100.0,
            width: 400.0,
            height: 300.0,
        },
        scale: 2.0,
    };

    fn tell(pointer: &mut Pointer, event: mouse::Event, at: (f32, f32)) -> Vec<Input> {
        let mut told = Vec::new();
        let point = Point::new(at.0, at.1);
        let over = PLACE.bounds.contains(point).then_some(point);
        pointer.mouse(&event, PLACE, over, &mut |input| told.push(input));
        told
    }

    fn moved(pointer: &mut Pointer, at: (f32, f32)) -> Vec<Input> {
        let position = Point::new(at.0, at.1);
        tell(pointer, mouse::Event::CursorMoved { position }, at)
    }

    fn button(pressed: bool) -> Input {
        Input::Button {
            code: 0x110,
            pressed,
        }
    }

    #[test]
    fn motion_is_in_the_guests_physical_pixels() {
        let mut pointer = Pointer::default();
        assert_eq!(
            moved(&mut pointer, (10.5, 101.0)),
            [Input::Motion { x: 21.0, y: 2.0 }]
        );
        assert_eq!(moved(&mut pointer, (10.5, 99.0)), [Input::Left]);
        assert_eq!(moved(&mut pointer, (11.0, 98.0)), []);
    }

    #[test]
    fn a_press_inside_is_released_outside() {
        let mut pointer = Pointer::default();
        moved(&mut pointer, (10.0, 110.0));
        let press = mouse::Event::ButtonPressed(Left);
        let release = mouse::Event::ButtonReleased(Left);
        assert_eq!(tell(&mut pointer, press, (10.0, 110.0)), [button(true)]);
        assert_eq!(
            moved(&mut pointer, (10.0, 90.0)),
            [Input::Motion { x: 20.0, y: -20.0 }]
        );
        assert_eq!(
            tell(&mut pointer, release, (10.0, 90.0)),
            [button(false), Input::Left]
        );
    }

    #[test]
    fn a_press_on_the_bar_never_reaches_the_guest() {
        let mut pointer = Pointer::default();
        let press = mouse::Event::ButtonPressed(Left);
        let release = mouse::Event::ButtonReleased(Left);
        assert_eq!(tell(&mut pointer, press, (10.0, 50.0)), []);
        assert_eq!(
            moved(&mut pointer, (10.0, 110.0)),
            [Input::Motion { x: 20.0, y: 20.0 }]
        );
        assert_eq!(tell(&mut pointer, release, (10.0, 110.0)), []);
        let unknown = mouse::Event::ButtonPressed(Other(9));
        assert_eq!(tell(&mut pointer, unknown, (10.0, 110.0)), []);
    }

    #[test]
    fn wheels_count_in_120ths_and_keep_the_rest() {
        let mut pointer = Pointer::default();
        let wheel = |y| mouse::Event::WheelScrolled {
            delta: ScrollDelta::Lines { x: 0.0, y },
        };
        let inside = (10.0, 110.0);
        assert_eq!(
            tell(&mut pointer, wheel(-1.0), inside),
            [Input::Wheel { x: 0, y: 120 }]
        );
        assert_eq!(tell(&mut pointer, wheel(0.005), inside), []);
        assert_eq!(
            tell(&mut pointer, wheel(0.005), inside),
            [Input::Wheel { x: 0, y: -1 }]
        );
        assert_eq!(tell(&mut pointer, wheel(1.0), (10.0, 50.0)), []);
    }

    #[test]
    fn fingers_keep_their_ids_and_letting_go_cancels_them() {
        let mut pointer = Pointer::default();
        let mut told = Vec::new();
        let down = |id, y| touch::Event::FingerPressed {
            id: Finger(id),
            position: Point::new(1.0, y),
        };
        let mut send = |input| told.push(input);
        assert!(pointer.touch(down(7, 110.0), PLACE, true, &mut send));
        assert!(!pointer.touch(down(8, 50.0), PLACE, true, &mut send));
        assert!(!pointer.touch(down(9, 120.0), PLACE, false, &mut send));
        assert!(pointer.is_holding());
        pointer.let_go(&mut send);
        assert!(!pointer.is_holding());
        assert_eq!(
            told,
            [
                Input::TouchDown {
                    id: 7,
                    x: 2.0,
                    y: 20.0
                },
                Input::TouchCancel
            ]
        );
    }
}
