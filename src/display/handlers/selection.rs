//! Clipboard, primary selection and drag: between the guest's own clients only. The compositor
//! never reads a selection, so it holds no byte of one; all end with the session.

use smithay::input::Seat;
use smithay::reexports::wayland_server::protocol::{
    wl_data_source::WlDataSource, wl_surface::WlSurface,
};
use smithay::wayland::selection::SelectionHandler;
use smithay::wayland::selection::data_device::{
    ClientDndGrabHandler, DataDeviceHandler, DataDeviceState, ServerDndGrabHandler,
};
use smithay::wayland::selection::primary_selection::{
    PrimarySelectionHandler, PrimarySelectionState,
};
use smithay::{delegate_data_device, delegate_primary_selection};

use crate::display::state::State;

impl SelectionHandler for State {
    type SelectionUserData = ();
}

impl DataDeviceHandler for State {
    fn data_device_state(&self) -> &DataDeviceState {
        &self.globals.data_device
    }
}

impl PrimarySelectionHandler for State {
    fn primary_selection_state(&self) -> &PrimarySelectionState {
        &self.globals.primary_selection
    }
}

impl ClientDndGrabHandler for State {
    fn started(
        &mut self,
        _source: Option<WlDataSource>,
        icon: Option<WlSurface>,
        _seat: Seat<Self>,
    ) {
        self.drag_icon = icon;
        self.dirty = true;
    }

    fn dropped(&mut self, _target: Option<WlSurface>, _validated: bool, _seat: Seat<Self>) {
        self.drag_icon = None;
        self.dirty = true;
    }
}

impl ServerDndGrabHandler for State {}

delegate_data_device!(State);
delegate_primary_selection!(State);
