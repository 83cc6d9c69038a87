//! "Ce poste est en nettoyage": nobody is welcomed until staff have looked.

use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{middle, strong, words};
use crate::shell::model::Model;
use crate::wording::Arg;

/// The screen: nothing to press; staff release the station from their own command.
pub fn view<'a, M: 'a>(model: &Model) -> Element<'a, M> {
    let t = model.tokens();
    let p = t.palette;
    let contact = model.read(&model.config.place.contact);
    let elsewhere = model.say_with("quarantined-text", &[("contact", Arg::Text(contact))]);
    middle(
        t,
        vec![
            icon(Icon::Broom, t.px(190.0)).color(p.action).into(),
            strong(t, model.say("quarantined-title"), t.title(84.0))
                .center()
                .into(),
            words(t, elsewhere, t.font(44.0))
                .color(p.mute)
                .center()
                .into(),
        ],
    )
}
