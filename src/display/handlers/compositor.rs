//! Surfaces, subsurfaces, shared memory, viewports, scales and single-pixel buffers.

use smithay::backend::renderer::utils::on_commit_buffer_handler;
use smithay::reexports::wayland_server::Client;
use smithay::reexports::wayland_server::protocol::{wl_buffer::WlBuffer, wl_surface::WlSurface};
use smithay::wayland::buffer::BufferHandler;
use smithay::wayland::compositor::{
    CompositorClientState, CompositorHandler, CompositorState, SurfaceData, get_parent,
    is_sync_subsurface, send_surface_state, with_states,
};
use smithay::wayland::fractional_scale::{FractionalScaleHandler, with_fractional_scale};
use smithay::wayland::shm::{ShmHandler, ShmState};
use smithay::{
    delegate_compositor, delegate_fractional_scale, delegate_shm, delegate_single_pixel_buffer,
    delegate_viewporter,
};

use crate::display::state::{GuestClient, State};

impl CompositorHandler for State {
    fn compositor_state(&mut self) -> &mut CompositorState {
        &mut self.globals.compositor
    }

    fn client_compositor_state<'a>(&self, client: &'a Client) -> &'a CompositorClientState {
        static NONE: std::sync::OnceLock<CompositorClientState> = std::sync::OnceLock::new();
        // Every client is inserted with a `GuestClient`; the fallback only spares a panic.
        client.get_data::<GuestClient>().map_or_else(
            || NONE.get_or_init(CompositorClientState::default),
            |guest| &guest.compositor,
        )
    }

    fn new_surface(&mut self, surface: &WlSurface) {
        self.tell_scale(surface);
    }

    fn commit(&mut self, surface: &WlSurface) {
        on_commit_buffer_handler::<Self>(surface);
        if !is_sync_subsurface(surface) {
            let mut root = surface.clone();
            while let Some(parent) = get_parent(&root) {
                root = parent;
            }
            if let Some(window) = self.window_of(&root) {
                window.on_commit();
            }
        }
        self.popups.commit(surface);
        self.commit_toplevel(surface);
        self.commit_popup(surface);
        // Before the answer to the client's next request, so that it never acts on an old place.
        self.refresh_pointer();
        self.dirty = true;
    }

    fn destroyed(&mut self, surface: &WlSurface) {
        if self.drag_icon.as_ref() == Some(surface) {
            self.drag_icon = None;
        }
        self.lift_fingers(surface);
        self.dirty = true;
    }
}

impl State {
    /// Tells a surface at which scale to draw.
    fn tell_scale(&self, surface: &WlSurface) {
        let scale = self.output.current_scale();
        with_states(surface, |states: &SurfaceData| {
            send_surface_state(
                surface,
                states,
                scale.integer_scale(),
                self.output.current_transform(),
            );
            with_fractional_scale(states, |fractional| {
                fractional.set_preferred_scale(scale.fractional_scale());
            });
        });
    }

    /// Tells every surface of every window, after the scale changed.
    pub(in crate::display) fn rescale_surfaces(&self) {
        let mut surfaces = Vec::new();
        for window in self.space.elements() {
            window.with_surfaces(|surface, _| surfaces.push(surface.clone()));
        }
        for surface in surfaces {
            self.tell_scale(&surface);
        }
    }
}

impl BufferHandler for State {
    fn buffer_destroyed(&mut self, _buffer: &WlBuffer) {}
}

impl ShmHandler for State {
    fn shm_state(&self) -> &ShmState {
        &self.globals.shm
    }
}

impl FractionalScaleHandler for State {
    fn new_fractional_scale(&mut self, surface: WlSurface) {
        self.tell_scale(&surface);
    }
}

delegate_compositor!(State);
delegate_shm!(State);
delegate_viewporter!(State);
delegate_fractional_scale!(State);
delegate_single_pixel_buffer!(State);
