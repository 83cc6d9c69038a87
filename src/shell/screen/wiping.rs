//! The wipe, told as it is: which step is done, which is under way. No invented percentage.

use iced::Length;
use iced::widget::{Column, container};

use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{card, middle, row, strong, words};
use crate::shell::model::Model;
use crate::visit::View;

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Done,
    UnderWay,
    ToCome,
}

/// Closing, erasing, checking. The custodian closes and erases in one piece of work and says when
/// both are done: until then both are under way.
const fn steps(view: View) -> [Progress; 3] {
    use Progress::{Done, ToCome, UnderWay};
    match view {
        View::Wiping { .. } => [UnderWay, UnderWay, ToCome],
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Guest(_)
        | View::Farewell(_)
        | View::Quarantined(_) => [Done, Done, UnderWay],
    }
}

/// The screen: nothing to press, nothing to decide.
pub fn view<'a, M: 'a>(model: &Model) -> Element<'a, M> {
    let t = model.tokens();
    let keys = ["wiping-close", "wiping-erase", "wiping-check"];
    let lines = keys
        .into_iter()
        .zip(steps(model.view()))
        .map(|(key, progress)| step(model, key, progress));
    let card = card(t, Column::with_children(lines).spacing(t.px(24.0)))
        .padding([t.px(40.0), t.px(56.0)])
        .width(Length::Fixed(
            t.px(900.0)
                .max(t.font(36.0) * 16.0)
                .min(t.window.width - 2.0 * t.margin()),
        ));
    middle(
        t,
        vec![
            icon(Icon::Eraser, t.px(150.0))
                .color(t.palette.action)
                .into(),
            strong(t, model.say("wiping-title"), t.title(84.0))
                .center()
                .into(),
            words(t, model.say("wiping-text"), t.font(40.0))
                .color(t.palette.mute)
                .center()
                .into(),
            card.into(),
        ],
    )
}

fn step<'a, M: 'a>(model: &Model, key: &str, progress: Progress) -> Element<'a, M> {
    let t = model.tokens();
    let p = t.palette;
    let (drawing, color, state) = match progress {
        Progress::Done => (Icon::SealCheck, p.leaf, "wiping-done"),
        Progress::UnderWay => (Icon::HourglassMedium, p.action, "wiping-now"),
        Progress::ToCome => (Icon::Clock, p.mute, "wiping-later"),
    };
    let said = model.say(key);
    let said: Element<'a, M> = match progress {
        Progress::UnderWay => strong(t, said, t.font(38.0))
            .color(p.ink)
            .width(Length::Fill)
            .into(),
        Progress::Done | Progress::ToCome => words(t, said, t.font(38.0))
            .color(p.ink)
            .width(Length::Fill)
            .into(),
    };
    let state = words(t, model.say(state), t.font(30.0)).color(color);
    row(
        t,
        vec![
            icon(drawing, t.icon(56.0)).color(color).into(),
            said,
            container(state).into(),
        ],
    )
    .spacing(t.px(28.0))
    .width(Length::Fill)
    .into()
}

/// Before the first visitor: the station looks at itself.
pub fn starting<'a, M: 'a>(model: &Model) -> Element<'a, M> {
    let t = model.tokens();
    middle(
        t,
        vec![
            icon(Icon::ShieldCheck, t.px(170.0))
                .color(t.palette.action)
                .into(),
            strong(t, model.say("starting-title"), t.title(84.0))
                .center()
                .into(),
            words(t, model.say("starting-text"), t.font(42.0))
                .color(t.palette.mute)
                .center()
                .into(),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_shows_its_own_step() {
        use Progress::{Done, ToCome, UnderWay};
        let wiping = View::Wiping { attempt: 1 };
        assert_eq!(steps(wiping), [UnderWay, UnderWay, ToCome]);
        assert_eq!(
            steps(View::Auditing { after_visit: true }),
            [Done, Done, UnderWay]
        );
    }
}
