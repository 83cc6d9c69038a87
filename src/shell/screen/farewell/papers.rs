//! "Des papiers pour vous": the summary of the help and the memo card, printed from memory. They are
//! offered where there is a printer; where there is none, that is said, and whom to ask.

use iced::Length;
use iced::widget::column;

use super::Message;
use crate::custodian::{Command, Paper, Printer};
use crate::mandate::{self, About};
use crate::shell::control::control;
use crate::shell::icon::{Icon, icon};
use crate::shell::kit::Element;
use crate::shell::layout::{leading, row, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::screen::Action;
use crate::shell::split::split;
use crate::visit::{Destination, FarewellView, View};
use crate::wording::Arg;

/// A paper that is offered before leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// What was permitted and done.
    Summary,
    /// To be filled in by hand.
    Memo,
}

impl Offer {
    const fn kind(self) -> mandate::Kind {
        match self {
            Self::Summary => mandate::Kind::Summary,
            Self::Memo => mandate::Kind::Memo,
        }
    }

    /// The name of its control and its words.
    const fn face(self) -> (&'static str, &'static str) {
        match self {
            Self::Summary => ("farewell.summary", "farewell-summary"),
            Self::Memo => ("farewell.memo", "farewell-memo"),
        }
    }
}

/// What was sent to the printer from this farewell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    summary: bool,
    memo: bool,
}

impl State {
    const fn has(self, offer: Offer) -> bool {
        match offer {
            Offer::Summary => self.summary,
            Offer::Memo => self.memo,
        }
    }

    /// A paper is typeset and sent to the printer.
    pub fn print(&mut self, offer: Offer, model: &Model) -> Action {
        if model.published.printer == Printer::None {
            return Action::Nothing;
        }
        match mandate::pdf(offer.kind(), &about(offer, model), &model.config) {
            Ok(pdf) => {
                match offer {
                    Offer::Summary => self.summary = true,
                    Offer::Memo => self.memo = true,
                }
                let name = offer.kind().file().to_owned();
                Action::Take(Command::PrintPaper(Paper { name, pdf }))
            }
            Err(error) => {
                tracing::error!(%error, "no paper");
                Action::Nothing
            }
        }
    }
}

/// What the paper says of the visit: functions, levels, gestures and minutes, and nothing else.
fn about(offer: Offer, model: &Model) -> About {
    let destination = match model.view() {
        View::Farewell(farewell) => farewell.destination,
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Guest(_)
        | View::Wiping { .. }
        | View::Quarantined(_) => Destination::Free,
    };
    match (&model.published.given, offer) {
        (Some(given), Offer::Summary) => About {
            destination,
            roles: given.roles.clone(),
            levels: given.levels.clone(),
            minutes: Some(given.minutes()),
            gestures: given.gestures,
            acts: given.acts,
        },
        (_, Offer::Summary | Offer::Memo) => About::nothing(destination),
    }
}

/// The papers of this visit: a summary only where somebody helped.
fn offers(model: &Model) -> Vec<Offer> {
    let helped = model.published.given.is_some();
    let summary = helped.then_some(Offer::Summary);
    summary.into_iter().chain([Offer::Memo]).collect()
}

/// What is offered, or that nothing can be: one line below the documents.
pub fn view(model: &Model, state: State, farewell: FarewellView) -> Element<'_, Message> {
    let t = model.tokens();
    if model.published.printer == Printer::None {
        return none(model);
    }
    let open = !farewell.leaving;
    let offers = offers(model).into_iter();
    let papers = offers.map(|offer| paper(model, offer, state.has(offer), open));
    let papers = row(t, papers.collect())
        .spacing(t.px(20.0))
        .wrap()
        .vertical_spacing(t.px(14.0))
        .align_x(leading(t));
    let mut said = column![strong(t, model.say("farewell-for-you"), t.font(32.0))]
        .spacing(t.px(4.0))
        .align_x(leading(t));
    if state != State::default() {
        let sent = words(t, model.say("farewell-sent"), t.font(30.0));
        said = said.push(sent.color(t.palette.leaf));
    }
    split(said, papers, t.px(20.0), t.rtl)
}

fn none<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let contact = model.read(&model.config.place.contact);
    let said = model.say_with("farewell-no-printer", &[("contact", Arg::Text(contact))]);
    let mark = icon(Icon::Printer, t.icon(44.0)).color(t.palette.mute);
    let said = words(t, said, t.font(30.0))
        .color(t.palette.mute)
        .width(Length::Fill);
    row(t, vec![mark.into(), said.into()])
        .spacing(t.px(20.0))
        .into()
}

/// One paper, and whether it is on its way.
fn paper<'a>(model: &Model, offer: Offer, sent: bool, open: bool) -> Element<'a, Message> {
    let t = model.tokens();
    let (id, key) = offer.face();
    let (mark, colour) = if sent {
        (Icon::Check, t.palette.leaf)
    } else {
        (Icon::Printer, t.palette.action)
    };
    let said = model.say(key);
    let label = format!("{}, {said}", model.say("farewell-print"));
    let mark = icon(mark, t.icon(38.0)).color(colour);
    let content = row(t, vec![mark.into(), strong(t, said, t.font(28.0)).into()]);
    control(t, id, label, Kind::Secondary, content.spacing(t.px(14.0)))
        .padding([t.px(16.0), t.px(26.0)])
        .on_press_maybe(open.then_some(Message::Paper(offer)))
        .into()
}
