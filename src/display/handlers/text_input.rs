//! `zwp_text_input_v3`, for one purpose: the guest says what kind of field has the focus, so that
//! a helper's hand stops at a password. What the field contains is never kept.

use std::time::Duration;

use smithay::reexports::wayland_protocols::wp::text_input::zv3::server::zwp_text_input_manager_v3::{
    self, ZwpTextInputManagerV3,
};
use smithay::reexports::wayland_protocols::wp::text_input::zv3::server::zwp_text_input_v3::{
    self, ContentHint, ContentPurpose, ZwpTextInputV3,
};
use smithay::reexports::wayland_server::backend::ClientId;
use smithay::reexports::wayland_server::protocol::wl_surface::WlSurface;
use smithay::reexports::wayland_server::{
    Client, DataInit, Dispatch, DisplayHandle, GlobalDispatch, New, Resource, WEnum,
};

use crate::display::clock;
use crate::display::state::State;
use crate::visit::Field;

/// How long a client may take to announce a field after the focus moved; both browsers take some
/// tens of milliseconds. No answer in this time means that no field has the focus.
const GAP: Duration = Duration::from_millis(250);

/// A page's words about a field, judged. What we do not understand counts as sensitive.
fn judge(hint: WEnum<ContentHint>, purpose: WEnum<ContentPurpose>) -> Field {
    let (WEnum::Value(hint), WEnum::Value(purpose)) = (hint, purpose) else {
        return Field::Sensitive;
    };
    let secret = matches!(
        purpose,
        ContentPurpose::Password | ContentPurpose::Pin | ContentPurpose::Digits
    );
    if secret || hint.intersects(ContentHint::HiddenText | ContentHint::SensitiveData) {
        Field::Sensitive
    } else {
        Field::Plain
    }
}

#[derive(Debug)]
struct Instance {
    object: ZwpTextInputV3,
    commits: u32,
    pending: Option<Field>,
    current: Field,
}

/// Every text input of the guest.
#[derive(Debug, Default)]
pub(in crate::display) struct TextInputs {
    instances: Vec<Instance>,
    focus: Option<WlSurface>,
    unsettled_until: Option<Duration>,
}

impl TextInputs {
    /// The keyboard moved.
    pub(in crate::display) fn focus(&mut self, focused: Option<&WlSurface>) {
        if self.focus.as_ref() == focused {
            return;
        }
        if let Some(old) = self.focus.take().filter(Resource::is_alive) {
            for instance in self.of_client(&old) {
                instance.object.leave(&old);
                // The protocol wants the client to enable again after an enter.
                instance.current = Field::None;
                instance.pending = None;
            }
        }
        if let Some(new) = focused {
            for instance in self.of_client(new) {
                instance.object.enter(new);
            }
            self.focus = Some(new.clone());
            self.unsettle();
        }
    }

    /// The focus may move within the window now: a click, a Tab.
    pub(in crate::display) fn unsettle(&mut self) {
        self.unsettled_until = Some(clock::now() + GAP);
    }

    /// The focus moved and the guest has not announced a field yet. Forgets the gap once it is
    /// over.
    pub(in crate::display) fn unsettled(&mut self) -> bool {
        if self.unsettled_until.is_some_and(|end| clock::now() >= end) {
            self.unsettled_until = None;
        }
        self.unsettled_until.is_some()
    }

    /// When to ask again.
    pub(in crate::display) fn settles_at(&self) -> Option<Duration> {
        self.unsettled_until
    }

    /// The field that has the focus, as far as the client says.
    pub(in crate::display) fn field(&self) -> Field {
        let mut fields = self.focused().map(|instance| instance.current);
        // With several text inputs the strictest speaks.
        fields
            .clone()
            .find(|field| *field == Field::Sensitive)
            .or_else(|| fields.find(|field| *field == Field::Plain))
            .unwrap_or_default()
    }

    /// A window has the keyboard whose client never says what its fields are.
    pub(in crate::display) fn unknown(&self) -> bool {
        self.focus.is_some() && self.focused().next().is_none()
    }

    fn focused(&self) -> impl Iterator<Item = &Instance> + Clone {
        let focus = self.focus.as_ref().map(Resource::id);
        self.instances.iter().filter(move |instance| {
            focus
                .as_ref()
                .is_some_and(|focus| instance.object.id().same_client_as(focus))
        })
    }

    fn of_client(&mut self, surface: &WlSurface) -> impl Iterator<Item = &mut Instance> {
        let id = surface.id();
        self.instances
            .iter_mut()
            .filter(move |instance| instance.object.id().same_client_as(&id))
    }

    fn add(&mut self, object: ZwpTextInputV3) {
        if let Some(focus) = &self.focus
            && focus.id().same_client_as(&object.id())
        {
            object.enter(focus);
        }
        self.instances.push(Instance {
            object,
            commits: 0,
            pending: None,
            current: Field::None,
        });
    }

    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "the protocol's list grows; what is new there is of no use here"
    )]
    fn request(&mut self, object: &ZwpTextInputV3, request: zwp_text_input_v3::Request) {
        let has_focus = self
            .focus
            .as_ref()
            .is_some_and(|focus| focus.id().same_client_as(&object.id()));
        let Some(instance) = self.instances.iter_mut().find(|i| i.object == *object) else {
            return;
        };
        match request {
            zwp_text_input_v3::Request::Enable => instance.pending = Some(Field::Plain),
            zwp_text_input_v3::Request::Disable => instance.pending = Some(Field::None),
            zwp_text_input_v3::Request::SetContentType { hint, purpose } => {
                instance.pending = Some(judge(hint, purpose));
            }
            zwp_text_input_v3::Request::Commit => {
                instance.commits = instance.commits.wrapping_add(1);
                if let Some(field) = instance.pending.take().filter(|_| has_focus) {
                    instance.current = field;
                    self.unsettled_until = None;
                }
            }
            // The surrounding text is what the person wrote: it is dropped unread. The rest is
            // of no use here.
            _ => {}
        }
    }
}

pub(in crate::display) fn create_global(display: &DisplayHandle) {
    display.create_global::<State, ZwpTextInputManagerV3, ()>(1, ());
}

impl GlobalDispatch<ZwpTextInputManagerV3, ()> for State {
    fn bind(
        _state: &mut Self,
        _display: &DisplayHandle,
        _client: &Client,
        resource: New<ZwpTextInputManagerV3>,
        _data: &(),
        init: &mut DataInit<'_, Self>,
    ) {
        init.init(resource, ());
    }
}

impl Dispatch<ZwpTextInputManagerV3, ()> for State {
    fn request(
        state: &mut Self,
        _client: &Client,
        _manager: &ZwpTextInputManagerV3,
        request: zwp_text_input_manager_v3::Request,
        _data: &(),
        _display: &DisplayHandle,
        init: &mut DataInit<'_, Self>,
    ) {
        // There is one seat. Destruction is handled by the library.
        if let zwp_text_input_manager_v3::Request::GetTextInput { id, seat: _ } = request {
            let object = init.init(id, ());
            state.text_inputs.add(object);
        }
    }
}

impl Dispatch<ZwpTextInputV3, ()> for State {
    fn request(
        state: &mut Self,
        _client: &Client,
        object: &ZwpTextInputV3,
        request: zwp_text_input_v3::Request,
        _data: &(),
        _display: &DisplayHandle,
        _init: &mut DataInit<'_, Self>,
    ) {
        state.text_inputs.request(object, request);
    }

    fn destroyed(state: &mut Self, _client: ClientId, object: &ZwpTextInputV3, _data: &()) {
        state.text_inputs.instances.retain(|i| i.object != *object);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn what_counts_as_sensitive() {
        let plain = WEnum::Value(ContentHint::None);
        for (purpose, field) in [
            (ContentPurpose::Normal, Field::Plain),
            (ContentPurpose::Email, Field::Plain),
            (ContentPurpose::Url, Field::Plain),
            (ContentPurpose::Phone, Field::Plain),
            (ContentPurpose::Number, Field::Plain),
            (ContentPurpose::Digits, Field::Sensitive),
            (ContentPurpose::Pin, Field::Sensitive),
            (ContentPurpose::Password, Field::Sensitive),
        ] {
            assert_eq!(judge(plain, WEnum::Value(purpose)), field, "{purpose:?}");
        }
        for hint in [ContentHint::HiddenText, ContentHint::SensitiveData] {
            let normal = WEnum::Value(ContentPurpose::Normal);
            assert_eq!(judge(WEnum::Value(hint), normal), Field::Sensitive);
        }
        assert_eq!(judge(plain, WEnum::Unknown(99)), Field::Sensitive);
    }
}
