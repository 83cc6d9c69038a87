//! "Ce poste ne fonctionne pas": the house's files are wrong, or the machine is not what the house
//! declares. For visitors a way out, for staff what is wrong.

use iced::Length;
use iced::widget::container;

use crate::shell::icon::{Icon, icon};
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{card, middle, strong, words};
use crate::shell::theme::Tokens;
use crate::wording::{Lang, Wording};

/// The screen, in every language at once: nobody can choose one without a configuration.
pub fn view<'a, M: 'a>(t: Tokens, wording: &Wording, lines: Vec<String>) -> Element<'a, M> {
    let p = t.palette;
    let french = |key| wording.text(Lang::Fr, key);
    let others = Lang::ALL.into_iter().filter(|lang| *lang != Lang::Fr);
    let mut parts: Vec<Element<'a, M>> = vec![
        icon(Icon::Wrench, t.px(150.0)).color(p.action).into(),
        strong(t, french("out-title"), t.title(84.0))
            .center()
            .into(),
        words(t, french("out-text"), t.font(42.0))
            .color(p.mute)
            .center()
            .into(),
    ];
    parts.extend(others.map(|lang| {
        let said = format!(
            "{}. {}",
            wording.text(lang, "out-title"),
            wording.text(lang, "out-text")
        );
        words(t, said, t.font(34.0)).color(p.mute).center().into()
    }));
    parts.push(staff(t, french("out-staff"), lines));
    middle(t, parts)
}

fn staff<'a, M: 'a>(t: Tokens, title: String, lines: Vec<String>) -> Element<'a, M> {
    let mut said = Column::new()
        .spacing(t.px(12.0))
        .push(strong(t, title, t.font(34.0)));
    for line in lines {
        said = said.push(words(t, line, t.font(30.0)));
    }
    card(t, container(said).padding([t.px(28.0), t.px(40.0)]))
        .width(Length::Fill)
        .into()
}
