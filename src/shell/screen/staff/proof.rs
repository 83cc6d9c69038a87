//! "La preuve": what a visit leaves behind after the wipe, shown on this very machine.

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, column, container};

use super::Message;
use crate::counter::{Proved, Proving};
use crate::shell::buttons::{main_action, other_action};
use crate::shell::desk::Told;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{card, foot, leading, page, row, strong, title, words};
use crate::shell::model::Model;
use crate::shell::theme::Tokens;
use crate::visit::View;

/// The screen.
pub fn view(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let body: Element<'_, Message> = match &model.desk.proving {
        Proving::Elsewhere => text(model, "staff-proof-elsewhere"),
        Proving::Nothing => text(model, "staff-proof-about"),
        Proving::Running => column![
            headline(t, Icon::Clock, model.say("staff-proof-running")),
            text(model, "staff-proof-wait")
        ]
        .spacing(t.px(28.0))
        .align_x(leading(t))
        .into(),
        Proving::Failed => column![
            headline(t, Icon::Warning, model.say("staff-proof-failed")),
            text(model, "staff-proof-about")
        ]
        .spacing(t.px(28.0))
        .align_x(leading(t))
        .into(),
        Proving::Proved(proved) => result(t, proved),
    };
    let body: Element<'_, Message> = if model.desk.told == Told::NotNow {
        let not_now = strong(t, model.say("staff-not-now"), t.font(32.0));
        column![not_now, body].spacing(t.px(24.0)).into()
    } else {
        body
    };
    let back = other_action(t, "proof.back", Icon::ArrowLeft, model.say("stats-back"))
        .on_press(Message::Back);
    let may = match &model.desk.proving {
        Proving::Elsewhere | Proving::Running => false,
        Proving::Nothing | Proving::Failed | Proving::Proved(_) => {
            matches!(model.view(), View::Welcome { .. })
        }
    };
    let again = matches!(&model.desk.proving, Proving::Proved(proved) if proved.clean);
    let key = if again {
        "staff-proof-again"
    } else {
        "staff-proof-now"
    };
    let now = main_action(t, "proof.now", Icon::SealCheck, model.say(key))
        .on_press_maybe(may.then_some(Message::Prove));
    let foot = foot(t, vec![back.into()], vec![now.into()]);
    page(
        t,
        title(t, model.say("staff-proof-title")).width(Length::Fill),
        body,
        foot,
    )
}

fn text<'a>(model: &Model, key: &str) -> Element<'a, Message> {
    let t = model.tokens();
    words(t, model.say(key), t.font(34.0))
        .width(Length::Fill)
        .into()
}

fn headline<'a>(t: Tokens, drawing: Icon, said: String) -> Element<'a, Message> {
    let picture = icon(drawing, t.icon(64.0)).color(t.palette.action);
    let said = strong(t, said, t.font(40.0)).width(Length::Fill);
    row(t, vec![picture.into(), said.into()])
        .spacing(t.px(24.0))
        .into()
}

/// The verdict first, then what must be known beside it, then every trace with its two counts.
fn result<'a>(t: Tokens, proved: &Proved) -> Element<'a, Message> {
    let drawing = if proved.clean {
        Icon::SealCheck
    } else {
        Icon::Warning
    };
    let mut said = column![headline(t, drawing, proved.verdict.clone())]
        .spacing(t.px(14.0))
        .align_x(leading(t));
    for remark in &proved.remarks {
        said = said.push(words(t, remark.clone(), t.font(28.0)).width(Length::Fill));
    }
    let mut table = Column::new().spacing(t.px(10.0)).width(Length::Fill);
    for (rank, cells) in proved.rows.iter().enumerate() {
        table = table.push(line(t, cells, rank == 0));
    }
    let table = card(t, container(table).padding([t.px(28.0), t.px(36.0)])).width(Length::Fill);
    column![said, table].spacing(t.px(28.0)).into()
}

/// One trace: its name has the most room.
fn line<'a>(t: Tokens, cells: &[String; 4], head: bool) -> Element<'a, Message> {
    let cells = cells.iter().enumerate().map(|(rank, cell)| {
        let size = t.font(27.0);
        let said = if head {
            strong(t, cell.clone(), size)
        } else {
            words(t, cell.clone(), size)
        };
        let share = if rank == 0 { 4 } else { 2 };
        said.width(Length::FillPortion(share)).into()
    });
    row(t, cells.collect())
        .spacing(t.px(16.0))
        .align_y(Vertical::Top)
        .into()
}
