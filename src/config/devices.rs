//! Sticks, and what counts as healthy.

use super::checker::Checker;
use super::raw::{RawHealth, RawUsb};

/// What visitors may do with a stick of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsbPolicy {
    /// Nothing: sticks are ignored.
    Off,
    /// Take the visit's documents away.
    #[default]
    Take,
    /// Take documents away, and open those that are on the stick.
    BringAndTake,
}

/// From when on staff are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Less free memory than this, percent. 1 to 50.
    pub free_memory_percent: u8,
    /// Less free disk than this, percent. 1 to 50.
    pub free_disk_percent: u8,
    /// Hotter than this, degrees Celsius. 50 to 110.
    pub temperature_celsius: u8,
}

pub fn usb(checker: &mut Checker, raw: RawUsb) -> UsbPolicy {
    let list = [
        ("off", UsbPolicy::Off),
        ("take", UsbPolicy::Take),
        ("bring_and_take", UsbPolicy::BringAndTake),
    ];
    raw.policy
        .and_then(|value| checker.choice(&value, &list))
        .unwrap_or_default()
}

pub fn health(checker: &mut Checker, raw: RawHealth) -> Health {
    let mut number = |value, default, bounds| {
        u8::try_from(checker.number(value, default, bounds)).unwrap_or_default()
    };
    Health {
        free_memory_percent: number(raw.free_memory_percent, 10, 1..=50),
        free_disk_percent: number(raw.free_disk_percent, 10, 1..=50),
        temperature_celsius: number(raw.temperature_celsius, 85, 50..=110),
    }
}
