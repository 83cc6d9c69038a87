//! The display's only door to time.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What `wp_presentation` tells its clients about our timestamps: CLOCK_MONOTONIC.
pub(super) const PRESENTATION_CLOCK: u32 = 1;

/// Time since an arbitrary start, never going back.
pub(super) fn now() -> Duration {
    let now = clock_gettime(ClockId::Monotonic);
    Duration::new(
        u64::try_from(now.tv_sec).unwrap_or(0),
        u32::try_from(now.tv_nsec).unwrap_or(0),
    )
}

/// The milliseconds that input events carry; wraps, as the protocol allows.
pub(super) fn millis() -> u32 {
    now().as_millis() as u32
}
