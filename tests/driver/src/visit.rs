//! One whole visit, as a person makes it: for the demonstration and for the tests.

use std::time::Duration;

use crate::Kiosk;

/// How long a browser may take to show its first page on a loaded machine.
pub const FIRST_PAGE: Duration = Duration::from_secs(90);

/// What a whole visit left to tell.
#[derive(Clone, Debug)]
pub struct Told {
    /// What arrived at the practice site, in one line.
    pub record: String,
    /// Processes of the guest before the wipe.
    pub before: usize,
    /// The same processes still alive after it.
    pub after: usize,
    /// How often the visitor's secret stood in the guest's memory before.
    pub traces_before: usize,
    /// How often it is found anywhere after.
    pub traces_after: usize,
    /// From "erase" to Welcome.
    pub wipe: Duration,
}

/// Says each step aloud and keeps a picture of it.
pub type Tell<'a> = &'a mut dyn FnMut(&str) -> crate::Result;

/// Drives a whole visit.
///
/// # Errors
/// When a step does not come.
pub fn whole(kiosk: &Kiosk, tell: Tell<'_>) -> crate::Result<Told> {
    kiosk.wait_screen("welcome", FIRST_PAGE)?;
    tell("welcome")?;
    kiosk.click("welcome.start")?;
    kiosk.wait_screen("notice", crate::kiosk::STEP)?;
    tell("notice")?;
    Err("the rest of the visit is not there yet".into())
}
