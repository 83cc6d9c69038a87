//! "Un papier à signer": whom it is for comes first, in a closed choice that nothing keeps and
//! nothing counts. A mandate is printed for an adult who decides alone; for anybody else a calm
//! screen says whom to see (Aidants Connect, CGU, article 1: minors and protected adults act with
//! their representative).

use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{column, container};

use super::{Message, Question, idea, panel, pills, silence};
use crate::custodian::{Document, DocumentId, Printer, Refused};
use crate::mandate;
use crate::shell::buttons::{main_action, other_action};
use crate::shell::control::control;
use crate::shell::icon::Icon;
use crate::shell::kit::{Column, Element};
use crate::shell::layout::{flowing_page, foot, leading, plate, strong, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::split::split;
use crate::shell::tiles::{Height, tiles};
use crate::visit::{Destination, Gestures, Ticket, View};
use crate::wording::Arg;

/// Whom the paper is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// An adult who decides alone.
    Adult,
    /// Somebody under 18.
    Minor,
    /// An adult under tutelle, curatelle, sauvegarde de justice or habilitation familiale.
    Protected,
}

impl Whom {
    const ALL: [Self; 3] = [Self::Adult, Self::Minor, Self::Protected];

    /// The name of its control, its words, its pictogram.
    const fn face(self) -> (&'static str, [&'static str; 2], Icon) {
        match self {
            Self::Adult => (
                "consent.whom.adult",
                ["consent-paper-adult", "consent-paper-adult-hint"],
                Icon::UserCircle,
            ),
            Self::Minor => (
                "consent.whom.minor",
                ["consent-paper-minor", "consent-paper-minor-hint"],
                Icon::Baby,
            ),
            Self::Protected => (
                "consent.whom.protected",
                ["consent-paper-protected", "consent-paper-protected-hint"],
                Icon::UsersThree,
            ),
        }
    }
}

/// How far the visitor is with the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// The question itself shows.
    #[default]
    Closed,
    /// Whom is it for?
    Whom,
    /// No mandate for them here.
    Elsewhere(Whom),
    /// There is nothing to print it with.
    NoPrinter,
    /// It lies with the documents.
    Made,
}

/// What the visitor did with the paper of one question. It goes with the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What shows.
    pub step: Step,
    /// What was ticked when the paper was made.
    made: Option<Gestures>,
}

impl State {
    /// Whether a paper says what is ticked now.
    pub fn is_made(self, ticked: Gestures) -> bool {
        self.made == Some(ticked)
    }

    /// "Un papier à signer".
    pub fn open(&mut self, printer: Printer, ticked: Gestures) {
        self.step = match printer {
            Printer::None => Step::NoPrinter,
            Printer::Ready | Printer::NotReached | Printer::NoPaper | Printer::NeedsHand
                if self.is_made(ticked) =>
            {
                Step::Made
            }
            Printer::Ready | Printer::NotReached | Printer::NoPaper | Printer::NeedsHand => {
                Step::Whom
            }
        };
    }

    /// Whom it is for; true when the mandate is to be made.
    #[must_use]
    pub fn answer(&mut self, whom: Whom, ticked: Gestures) -> bool {
        let adult = whom == Whom::Adult && self.step == Step::Whom;
        if adult {
            self.made = Some(ticked);
            self.step = Step::Made;
        } else if self.step == Step::Whom {
            self.step = Step::Elsewhere(whom);
        }
        adult
    }

    /// One step back.
    pub fn back(&mut self) {
        self.step = match self.step {
            Step::Elsewhere(_) => Step::Whom,
            Step::Closed | Step::Whom | Step::NoPrinter | Step::Made => Step::Closed,
        };
    }
}

/// The mandate among the visitor's documents: the newest of that name.
pub fn mandate_of(model: &Model) -> Option<&Document> {
    let file = mandate::Kind::Mandate.file();
    let all = model.published.documents.iter();
    all.filter(|one| one.name == file)
        .max_by_key(|one| one.id.0)
}

/// What a step says: its title, then one idea a line.
fn says(model: &Model, step: Step) -> (String, Vec<(Icon, String)>) {
    let say = |key: &str| model.say(key);
    let contact = model.read(&model.config.place.contact);
    let ask = |key| model.say_with(key, &[("contact", Arg::Text(contact))]);
    let guide = (Icon::SpeakerHigh, say("consent-paper-guide"));
    match step {
        Step::Closed => (String::new(), Vec::new()),
        Step::Whom => (
            say("consent-paper-whom"),
            vec![
                (Icon::FileText, say("consent-paper-what")),
                (Icon::EyeSlash, say("consent-paper-not-kept")),
            ],
        ),
        Step::Elsewhere(Whom::Minor) => (
            say("consent-paper-minor-title"),
            vec![
                (Icon::UsersThree, say("consent-paper-minor-who")),
                (Icon::HandWaving, ask("consent-paper-minor-ask")),
                guide,
            ],
        ),
        Step::Elsewhere(Whom::Protected | Whom::Adult) => (
            say("consent-paper-protected-title"),
            vec![
                (Icon::UsersThree, say("consent-paper-protected-who")),
                (Icon::HandWaving, ask("consent-paper-protected-ask")),
                guide,
            ],
        ),
        Step::NoPrinter => (
            say("consent-paper-no-printer"),
            vec![(Icon::HandWaving, ask("consent-paper-no-printer-ask"))],
        ),
        Step::Made => (say("consent-paper-made"), made(model)),
    }
}

fn made(model: &Model) -> Vec<(Icon, String)> {
    let say = |key: &str| model.say(key);
    let mut lines = vec![
        (Icon::Files, say("consent-paper-two")),
        (Icon::PencilSimple, say("consent-paper-sign")),
    ];
    let destination = match model.view() {
        View::Guest(guest) => guest.destination,
        View::Auditing { .. }
        | View::Welcome { .. }
        | View::Notice
        | View::Choosing
        | View::Farewell(_)
        | View::Wiping { .. }
        | View::Quarantined(_) => Destination::Free,
    };
    if mandate::is_signed_in_person(destination, &model.config) {
        lines.push((Icon::Warning, say("consent-paper-own-signature")));
    }
    lines.extend(trouble(model).map(|key| (Icon::Printer, say(key))));
    lines
}

/// What the printer has to say.
fn trouble(model: &Model) -> Option<&'static str> {
    match (model.published.printer, model.published.refused) {
        (Printer::NotReached | Printer::None, _) | (_, Some(Refused::NoPrinter)) => {
            Some("farewell-printer-away")
        }
        (Printer::NoPaper, _) => Some("farewell-printer-paper"),
        (Printer::NeedsHand, _) => Some("farewell-printer-hand"),
        (Printer::Ready, Some(Refused::NotPrinted)) => Some("farewell-not-printed"),
        (Printer::Ready, _) => None,
    }
}

/// Everything of a step, in the order in which it is read aloud.
pub fn aloud(model: &Model, step: Step) -> Vec<String> {
    let (title, lines) = says(model, step);
    let mut all = vec![title];
    all.extend(lines.into_iter().map(|line| line.1));
    if step == Step::Whom {
        let faces = Whom::ALL.into_iter().flat_map(|whom| whom.face().1);
        all.extend(faces.map(|key| model.say(key)));
    }
    all
}

/// The screen of a step.
pub fn view<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let (title, lines) = says(model, state.step);
    let title = strong(t, title, t.title(54.0)).color(t.palette.ink);
    let head = split(title, pills(model), t.px(24.0), t.rtl);
    let size = if state.step == Step::Whom {
        34.0
    } else if t.is_large() {
        36.0
    } else {
        46.0
    };
    let lines = lines.into_iter().map(|line| idea(t, line, size));
    let lines = Column::with_children(lines).spacing(t.px(24.0));
    let body: Element<'a, Message> = if state.step == Step::Whom {
        column![lines, choice(model, question)]
            .spacing(t.px(36.0))
            .into()
    } else {
        let held = panel(t, lines.into()).max_width(t.font(1500.0));
        container(held).center_x(Length::Fill).into()
    };
    flowing_page(t, head, body, end(model, state, question))
}

/// The closed choice, three tiles of one size.
fn choice<'a>(model: &'a Model, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let ticket = question.ticket;
    let all = Whom::ALL.map(|whom| {
        let (id, [key, hint], drawing) = whom.face();
        let label = model.say(key);
        let said = column![
            plate(t, drawing, 130.0),
            strong(t, label.clone(), t.font(42.0)).width(Length::Fill),
            words(t, model.say(hint), t.font(32.0))
                .color(t.palette.mute)
                .width(Length::Fill),
        ]
        .spacing(t.px(18.0))
        .align_x(leading(t));
        control(t, id, label, Kind::Tile, said)
            .padding([t.px(32.0), t.px(36.0)])
            .width(Length::Fill)
            .height(Length::Fill)
            .align(leading(t))
            .align_y(Vertical::Top)
            .on_press(Message::PaperFor(ticket, whom))
            .into()
    });
    let columns = t.columns(t.window.width - 2.0 * t.margin(), 480.0, 3);
    tiles(all.into(), columns, t.px(28.0), t.rtl, Height::OfAll)
}

/// The way back, the time that is left, and the printer.
fn end<'a>(model: &'a Model, state: State, question: Question<'_>) -> Element<'a, Message> {
    let t = model.tokens();
    let ticket = question.ticket;
    let back = match state.step {
        Step::Elsewhere(_) => "back",
        Step::Closed | Step::Whom | Step::NoPrinter | Step::Made => "consent-paper-back",
    };
    let back = other_action(t, "consent.paper.back", Icon::ArrowLeft, model.say(back))
        .on_press(Message::PaperBack(ticket));
    let more = question.may_extend.then_some(Message::MoreTime(ticket));
    let more = other_action(
        t,
        "consent.more",
        Icon::Clock,
        model.say("consent-more-time"),
    )
    .on_press_maybe(more);
    let mut last: Vec<Element<'a, Message>> = Vec::new();
    if state.step == Step::Made {
        last.push(print(model, ticket));
    }
    let said = container(silence(model))
        .width(Length::Fill)
        .align_x(leading(t));
    let line = foot(t, vec![back.into(), more.into()], last);
    column![said, line].spacing(t.px(14.0)).into()
}

fn print(model: &Model, ticket: Ticket) -> Element<'_, Message> {
    let t = model.tokens();
    let document = mandate_of(model);
    let (drawing, key) = match document {
        Some(one) if one.printing => (Icon::Printer, "farewell-under-way"),
        Some(one) if one.printed => (Icon::Check, "consent-paper-again"),
        Some(_) | None => (Icon::Printer, "consent-paper-print"),
    };
    let ready = document.filter(|one| !one.printing).map(|one| one.id);
    let pressed = ready.map(|id: DocumentId| Message::PaperPrint(ticket, id));
    main_action(t, "consent.paper.print", drawing, model.say(key))
        .on_press_maybe(pressed)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_adult_who_was_asked_gets_a_mandate() {
        let ticked = Gestures::default();
        for whom in Whom::ALL {
            let mut state = State::default();
            assert!(!state.answer(whom, ticked), "{whom:?}: nobody was asked");
            state.open(Printer::Ready, ticked);
            assert_eq!(state.step, Step::Whom);
            assert_eq!(state.answer(whom, ticked), whom == Whom::Adult, "{whom:?}");
            assert_eq!(state.is_made(ticked), whom == Whom::Adult);
        }
        let mut state = State::default();
        state.open(Printer::None, ticked);
        assert_eq!(state.step, Step::NoPrinter);
        assert!(!state.answer(Whom::Adult, ticked));
    }

    #[test]
    fn another_tick_wants_another_paper_and_asks_again() {
        let (first, second) = (
            Gestures::default(),
            Gestures::default().toggled(crate::visit::Gesture::Pay),
        );
        let mut state = State::default();
        state.open(Printer::Ready, first);
        assert!(state.answer(Whom::Adult, first));
        state.back();
        state.open(Printer::Ready, first);
        assert_eq!(state.step, Step::Made);
        state.back();
        state.open(Printer::Ready, second);
        assert_eq!(state.step, Step::Whom);
        assert!(!state.answer(Whom::Minor, second));
        state.back();
        assert_eq!(state.step, Step::Whom, "back to the choice");
        state.back();
        assert_eq!(state.step, Step::Closed);
    }
}
