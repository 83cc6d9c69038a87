//! The documents of the visit, as "Avant de partir" shows them: what is still to be taken, and how
//! the printer and the stick are. What is said of these two comes and goes while somebody is about
//! to press a button, so it stands where it moves none: in the foot, or below the list.

use iced::widget::text::Wrapping;
use iced::widget::{Column, Space, column, container};
use iced::{Background, Length};

use super::farewell::Message;
use crate::config::UsbPolicy;
use crate::custodian::{Document, DocumentId, Printer, Refused, Stick};
use crate::shell::control::control;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{leading, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::theme::Tokens;
use crate::visit::FarewellView;
use crate::wording::Arg;

/// The room above and below what is said of a document: the same whatever is said.
const KEPT: f32 = 4.0;

/// The list.
pub fn view(model: &Model, farewell: FarewellView) -> Element<'_, Message> {
    let t = model.tokens();
    let p = t.palette;
    let mut list = Column::new().spacing(t.px(18.0)).push(strong(
        t,
        model.say("farewell-documents"),
        t.font(40.0),
    ));
    if !has_documents(model) {
        list = list.push(words(t, model.say("farewell-none"), t.font(32.0)).color(p.mute));
    }
    for (rank, each) in model.published.documents.iter().enumerate() {
        if rank > 0 {
            list = list.push(rule(t));
        }
        list = list.push(document(model, each, rank + 1, farewell));
    }
    if plugs(model) {
        let mark = icon(Icon::Usb, t.icon(44.0)).color(p.action);
        let said = words(t, model.say("farewell-plug"), t.font(30.0)).width(Length::Fill);
        list = list.push(row(t, vec![mark.into(), said.into()]).spacing(t.px(20.0)));
    }
    list.into()
}

/// What there is to say about the printer and the stick, side by side where there is room.
pub fn devices(model: &Model, farewell: FarewellView) -> Element<'_, Message> {
    let t = model.tokens();
    let said = said(model, farewell);
    let notes: Vec<_> = said
        .into_iter()
        .map(|(drawing, key)| note(model, drawing, key))
        .collect();
    let room = t.window.width - 2.0 * t.margin();
    if t.columns(room, 700.0, notes.len().max(1)) == notes.len() {
        row(t, notes).spacing(t.px(16.0)).into()
    } else {
        Column::with_children(notes).spacing(t.px(16.0)).into()
    }
}

const fn has_documents(model: &Model) -> bool {
    !model.published.documents.is_empty()
}

/// Whether documents leave by a stick here.
fn copies(model: &Model) -> bool {
    model.config.usb != UsbPolicy::Off && model.published.stick != Stick::Never
}

/// Whether to say how a stick is used: none is there yet, and nothing more urgent is said of it.
fn plugs(model: &Model) -> bool {
    copies(model)
        && model.published.stick == Stick::Absent
        && model.published.refused != Some(Refused::NoStick)
        && has_documents(model)
}

/// The pictogram of a document, by the end of its name.
fn face(name: &str) -> Icon {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    if end.eq_ignore_ascii_case("pdf") {
        Icon::FilePdf
    } else {
        Icon::FileText
    }
}

/// One sentence for each device that has something to say, the most urgent first.
fn said(model: &Model, farewell: FarewellView) -> Vec<(Icon, &'static str)> {
    let stick = match model.published.stick {
        Stick::Absent | Stick::Never | Stick::Ready => None,
        Stick::Copying => Some("farewell-stick-copying"),
        Stick::SafeToRemove => Some("farewell-stick-safe"),
        Stick::Full => Some("farewell-stick-full"),
        Stick::Unreadable => Some("farewell-stick-unreadable"),
    };
    let printer = match model.published.printer {
        Printer::NotReached => Some("farewell-printer-away"),
        Printer::NoPaper => Some("farewell-printer-paper"),
        Printer::NeedsHand => Some("farewell-printer-hand"),
        Printer::Ready if farewell.printing && farewell.leaving => Some("farewell-printing"),
        Printer::Ready if farewell.printing => Some("farewell-printing-now"),
        Printer::None | Printer::Ready => None,
    };
    let refused = match model.published.refused {
        Some(Refused::NoPrinter) if printer.is_none() => {
            Some((Icon::Printer, "farewell-printer-away"))
        }
        Some(Refused::NoStick) => Some((Icon::Usb, "farewell-stick-absent")),
        Some(Refused::NotPrinted) => Some((Icon::Printer, "farewell-not-printed")),
        Some(Refused::NoDocument) => Some((Icon::FileText, "farewell-no-document")),
        // The stick's own state says why.
        Some(
            Refused::NotCopied
            | Refused::NoPrinter
            | Refused::Version
            | Refused::Garbage
            | Refused::Stranger
            | Refused::Busy
            | Refused::NoProof
            | Refused::CannotStart,
        )
        | None => None,
    };
    let stick = stick.map(|key| (Icon::Usb, key));
    let printer = printer.map(|key| (Icon::Printer, key));
    [stick, printer, refused].into_iter().flatten().collect()
}

/// A line between two rows of the card.
pub fn rule<'a>(t: Tokens) -> Element<'a, Message> {
    let p = t.palette;
    container(Space::new().width(Length::Fill).height(t.px(3.0).max(1.0)))
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sand_2)),
            ..container::Style::default()
        })
        .into()
}

/// One document. Its name is for the visitor's eyes: the controls are named by its rank.
fn document<'a>(
    model: &'a Model,
    document: &'a Document,
    rank: usize,
    farewell: FarewellView,
) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let safe = !document.printing && (document.printed || document.copied);
    // One short line, so that the row keeps its height.
    let kept = match (document.printing, document.printed, document.copied) {
        (true, _, _) => "farewell-under-way",
        (false, true, true) => "farewell-both",
        (false, true, false) => "farewell-printed",
        (false, false, true) => "farewell-copied",
        (false, false, false) => "farewell-not-taken",
    };
    let kept = words(t, model.say(kept), t.font(30.0)).color(if safe { p.leaf } else { p.ink });
    let kept: Element<'a, Message> = if safe || document.printing {
        let drawing = if safe { Icon::Check } else { Icon::Printer };
        let colour = if safe { p.leaf } else { p.action };
        let mark = icon(drawing, t.icon(32.0)).color(colour).into();
        let kept = row(t, vec![mark, kept.into()]).spacing(t.px(10.0));
        container(kept).padding([t.px(KEPT), 0.0]).into()
    } else {
        highlighted(t, kept.into())
    };
    let name = strong(t, document.name.as_str(), t.font(32.0)).wrapping(Wrapping::WordOrGlyph);
    let face = icon(face(&document.name), t.icon(60.0)).color(p.action);
    let said = column![name, kept]
        .spacing(t.px(4.0))
        .align_x(leading(t))
        .max_width(t.font(430.0));
    let said = row(t, vec![face.into(), said.into()]).spacing(t.px(20.0));
    let takes = takes(model, document, rank, !farewell.leaving);
    split(said, takes, t.px(20.0), t.rtl)
}

/// "Imprimer" and "Copier".
fn takes<'a>(model: &Model, document: &Document, rank: usize, open: bool) -> Element<'a, Message> {
    let t = model.tokens();
    let id: DocumentId = document.id;
    let take = |what: &str, drawing, key: &str, message: Option<Message>| {
        let word = model.say(key);
        let rank_said = ("rank", Arg::Number(rank as i64));
        let label = model.say_with("farewell-of", &[("action", Arg::Text(&word)), rank_said]);
        let picture = icon(drawing, t.icon(38.0)).into();
        let content = row(t, vec![picture, strong(t, word, t.font(28.0)).into()]);
        let name = format!("farewell.{what}.{rank}");
        control(t, name, label, Kind::Secondary, content.spacing(t.px(14.0)))
            .padding([t.px(16.0), t.px(26.0)])
            .on_press_maybe(message.filter(|_| open))
            .into()
    };
    let printed = (!document.printing).then_some(Message::Print(id));
    let copied = (model.published.stick != Stick::Copying).then_some(Message::Copy(id));
    let mut takes = Vec::new();
    if model.published.printer != Printer::None {
        takes.push(take("print", Icon::Printer, "farewell-print", printed));
    }
    // Before a stick is there, the line above says how to have one.
    if copies(model) && model.published.stick != Stick::Absent {
        takes.push(take("copy", Icon::Usb, "farewell-copy", copied));
    }
    row(t, takes).spacing(t.px(20.0)).into()
}

/// What is still to be done stands out by more than its colour.
fn highlighted(t: Tokens, said: Element<'_, Message>) -> Element<'_, Message> {
    let p = t.palette;
    container(said)
        .padding([t.px(KEPT), t.px(14.0)])
        .style(move |_| container::Style {
            background: (!t.contrast).then_some(Background::Color(p.sun.scale_alpha(0.35))),
            border: iced::Border {
                color: p.sun,
                width: 2.0,
                radius: t.px(10.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// A sentence that must not be overlooked.
pub fn note<'a>(model: &Model, drawing: Icon, key: &str) -> Element<'a, Message> {
    let t = model.tokens();
    let p = t.palette;
    let said = row(
        t,
        vec![
            icon(drawing, t.icon(48.0)).color(p.action).into(),
            words(t, model.say(key), t.font(32.0))
                .width(Length::Fill)
                .into(),
        ],
    )
    .spacing(t.px(20.0));
    container(said)
        .padding(t.px(24.0))
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(p.sky)),
            border: iced::Border {
                color: if t.contrast { p.line } else { p.sky },
                width: if t.contrast { 2.0 } else { 0.0 },
                radius: t.px(16.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}
