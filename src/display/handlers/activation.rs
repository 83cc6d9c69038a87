//! `xdg_activation`: a window of the guest may come to the front of the guest's own windows.

use std::time::Duration;

use smithay::delegate_xdg_activation;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::wayland::xdg_activation::{
    XdgActivationHandler, XdgActivationState, XdgActivationToken, XdgActivationTokenData,
};

use crate::display::state::State;

/// A token older than this was not made by what the person just did.
const FRESH: Duration = Duration::from_secs(10);

impl XdgActivationHandler for State {
    fn activation_state(&mut self) -> &mut XdgActivationState {
        &mut self.globals.activation
    }

    fn request_activation(
        &mut self,
        token: XdgActivationToken,
        data: XdgActivationTokenData,
        surface: WlSurface,
    ) {
        self.globals.activation.remove_token(&token);
        if data.timestamp.elapsed() < FRESH
            && let Some(window) = self.window_of(&surface)
        {
            self.raise(&window);
        }
    }
}

delegate_xdg_activation!(State);
