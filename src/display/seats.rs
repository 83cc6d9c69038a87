//! A helper's keyboard and mouse, read through libinput from a seat that the host does not own.
//!
//! Devices with the udev property `ID_SEAT=seat-helper` are opened here and nowhere else, and each
//! is grabbed (EVIOCGRAB): the kernel gives its events to us alone, so that neither the host's
//! display nor a console behind it hears what the helper types.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "libinput's own words, and more may come"
)]

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use evdev::raw_stream::RawDevice;
use input::event::keyboard::{KeyState, KeyboardEventTrait as _};
use input::event::pointer::{Axis, ButtonState, PointerScrollEvent as _};
use input::event::{DeviceEvent, KeyboardEvent, PointerEvent};
use input::{Event, Libinput, LibinputInterface};
use rustix::event::{PollFd, PollFlags, poll};

use super::{HelperEvent, HelperSource};

/// The udev seat of a helper's devices.
pub const SEAT: &str = "seat-helper";

/// Absolute places are asked for in so many units of the whole width and height.
const UNITS: u32 = 10_000;

/// "No such device", for libinput, when the grab was refused.
const REFUSED: i32 = -19;

struct Grabbing;

impl LibinputInterface for Grabbing {
    fn open_restricted(&mut self, path: &Path, flags: i32) -> Result<OwnedFd, i32> {
        let access = flags & libc::O_ACCMODE;
        let errno = |error: std::io::Error| error.raw_os_error().map_or(REFUSED, |code| -code);
        let file = OpenOptions::new()
            .custom_flags(flags)
            .read(access == libc::O_RDONLY || access == libc::O_RDWR)
            .write(access == libc::O_WRONLY || access == libc::O_RDWR)
            .open(path)
            .map_err(errno)?;
        grab(&file).map_err(errno)?;
        Ok(file.into())
    }

    fn close_restricted(&mut self, fd: OwnedFd) {
        // Closing gives the device free again.
        drop(fd);
    }
}

/// Takes the device for this file alone. A device that cannot be grabbed is not used.
fn grab(file: &File) -> std::io::Result<()> {
    // A second handle on the same open file: the grab is the file's, and stays with the first.
    let again: OwnedFd = file.try_clone()?.into();
    RawDevice::from_fd(again)?.grab()
}

/// The helper's devices. A device that is plugged in later joins by itself.
pub struct Seat {
    libinput: Libinput,
    devices: u32,
    waiting: VecDeque<HelperEvent>,
}

impl Seat {
    /// Opens the seat; without any device on it, it waits for one.
    ///
    /// # Errors
    /// When udev or libinput cannot be reached.
    pub fn open() -> std::io::Result<Self> {
        let mut libinput = Libinput::new_with_udev(Grabbing);
        libinput
            .udev_assign_seat(SEAT)
            .map_err(|()| std::io::Error::other("libinput does not take the seat"))?;
        Ok(Self {
            libinput,
            devices: 0,
            waiting: VecDeque::new(),
        })
    }

    fn hear(&mut self, event: &Event) {
        match event {
            Event::Device(DeviceEvent::Added(_)) => self.count(1),
            Event::Device(DeviceEvent::Removed(_)) => self.count(-1),
            Event::Keyboard(KeyboardEvent::Key(key)) => self.waiting.push_back(HelperEvent::Key {
                code: key.key(),
                pressed: key.key_state() == KeyState::Pressed,
            }),
            Event::Pointer(event) => self.waiting.extend(pointer(event)),
            // Touch screens, tablets and gestures of a helper are not heard.
            _ => {}
        }
    }

    fn count(&mut self, change: i32) {
        let before = self.devices;
        self.devices = before.saturating_add_signed(change);
        if (before == 0) != (self.devices == 0) {
            self.waiting.push_back(HelperEvent::Here(self.devices > 0));
        }
    }
}

fn pointer(event: &PointerEvent) -> Option<HelperEvent> {
    match event {
        PointerEvent::Motion(motion) => Some(HelperEvent::MoveBy {
            x: motion.dx(),
            y: motion.dy(),
        }),
        PointerEvent::MotionAbsolute(motion) => Some(HelperEvent::MoveTo {
            x: motion.absolute_x_transformed(UNITS) / f64::from(UNITS),
            y: motion.absolute_y_transformed(UNITS) / f64::from(UNITS),
        }),
        PointerEvent::Button(button) => Some(HelperEvent::Button {
            code: button.button(),
            pressed: button.button_state() == ButtonState::Pressed,
        }),
        PointerEvent::ScrollWheel(wheel) => {
            let turn = |axis| wheel.has_axis(axis).then(|| wheel.scroll_value_v120(axis));
            Some(HelperEvent::Wheel {
                x: turn(Axis::Horizontal).unwrap_or_default() as i32,
                y: turn(Axis::Vertical).unwrap_or_default() as i32,
            })
        }
        // The wheel's older form, said once more; two fingers on a touchpad.
        _ => None,
    }
}

impl HelperSource for Seat {
    fn next(&mut self) -> Option<HelperEvent> {
        loop {
            // Before any waiting: what is there when the seat is opened is told without an event.
            self.libinput.dispatch().ok()?;
            let events: Vec<Event> = self.libinput.by_ref().collect();
            for event in &events {
                self.hear(event);
            }
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let mut ready = [PollFd::from_borrowed_fd(
                self.libinput.as_fd(),
                PollFlags::IN,
            )];
            rustix::io::retry_on_intr(|| poll(&mut ready, None)).ok()?;
        }
    }
}
