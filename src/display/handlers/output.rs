//! The one output, and when its pictures were shown.

use smithay::wayland::output::OutputHandler;
use smithay::{delegate_output, delegate_presentation};

use crate::display::state::State;

impl OutputHandler for State {}

delegate_output!(State);
delegate_presentation!(State);
