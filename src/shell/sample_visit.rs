//! A visit of the sample house, for pictures and tests: what the guardian would publish, and a
//! guest that is a drawing.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use iced::widget::{Space, column, container};
use iced::{Background, Border, Color, Length, Padding};

use super::guest_area::{FrameWaker, Picture};
use super::guest_side::{GuestSeat, GuestSide};
use super::headless::Stage;
use super::kit::Element;
use super::layout::{strong, words};
use super::model::Model;
use super::theme::Tokens;
use crate::custodian::{Document, DocumentId};
use crate::display::{Frame, FrameSlot, Input, Rect, Size};
use crate::guardian::Given;
use crate::usage::{
    Consentement, Duree, Effacement, Fin, Issue, Line, Mode, Operateur, Preview, Thematique,
};
use crate::visit::{
    Browser, Destination, FarewellCause, FarewellView, Gesture, Gestures, GuestView, Hands, Level,
    Place, Request, RoleId, Ticket, View,
};

/// A ticket of this number, as it would come over a wire.
pub fn ticket(number: u32) -> Option<Ticket> {
    serde_json::from_value(number.into()).ok()
}

/// A visit at the practice site in these hands.
pub const fn guest(hands: Hands) -> View {
    View::Guest(GuestView {
        destination: Destination::Practice,
        browser: Browser::First,
        hands,
    })
}

/// Every gesture.
pub const EVERY: Gestures = {
    let mut all = Gestures::only(Gesture::Write);
    let mut rank = 1;
    while rank < Gesture::ALL.len() {
        all = all.toggled(Gesture::ALL[rank]);
        rank += 1;
    }
    all
};

/// What the sample helper asks for.
pub const REQUEST: Request = Request {
    role: RoleId(0),
    level: Level::Act,
    place: Place::Here,
    asked: EVERY,
    minutes: 15,
};

/// What a helper asks for who only points.
pub const SHOW: Request = Request {
    level: Level::Show,
    ..REQUEST
};

/// What the sample visitor ticks.
pub fn gestures() -> Gestures {
    Gestures::default()
        .toggled(Gesture::Write)
        .toggled(Gesture::Print)
}

/// "Avant de partir", after the visitor said so.
pub const fn farewell(ticket: Ticket) -> FarewellView {
    FarewellView {
        ticket,
        cause: FarewellCause::Finished,
        may_come_back: true,
        printing: false,
        leaving: false,
        destination: Destination::Practice,
    }
}

/// Two documents of a visit.
pub fn documents() -> Vec<Document> {
    [
        ("attestation-caf.pdf", false),
        ("numero-de-dossier.txt", true),
    ]
    .into_iter()
    .zip(0u32..)
    .map(|((name, printed), rank)| Document {
        id: DocumentId(rank),
        name: name.to_owned(),
        size: 48_000,
        printing: false,
        printed,
        copied: false,
    })
    .collect()
}

/// The mandate, as it lies with the documents.
pub fn mandate() -> Document {
    Document {
        id: DocumentId(2),
        name: crate::mandate::Kind::Mandate.file().to_owned(),
        size: 40_000,
        printing: false,
        printed: false,
        copied: false,
    }
}

/// Some help, of two kinds.
pub fn given() -> Given {
    Given {
        roles: vec![RoleId(0)],
        levels: vec![Level::Show, Level::Act],
        gestures: gestures(),
        acts: Gestures::only(Gesture::Submit),
        length: Duration::from_mins(7),
    }
}

/// What was done at a seat where nobody sits.
#[derive(Clone, Debug, Default)]
pub struct Seat(pub Rc<RefCell<Vec<Done>>>);

/// One thing done at it.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// An event of the desk.
    Input(Input),
    /// A new size and scale.
    Resize(Size, f64),
    /// A chord.
    Chord(Vec<u32>),
    /// The helper lost the hand.
    Revoked,
}

impl GuestSeat for Seat {
    fn input(&self, input: Input) {
        self.0.borrow_mut().push(Done::Input(input));
    }

    fn resize(&self, size: Size, scale: f64) {
        self.0.borrow_mut().push(Done::Resize(size, scale));
    }

    fn chord(&self, codes: &[u32]) {
        self.0.borrow_mut().push(Done::Chord(codes.to_vec()));
    }

    fn helper_pointer(&self) -> Option<(f64, f64)> {
        None
    }

    fn revoke_helper(&self) {
        self.0.borrow_mut().push(Done::Revoked);
    }
}

/// A guest that has drawn nothing.
pub fn blank(seat: &Seat) -> GuestSide {
    let picture = Picture::new(Arc::default(), FrameWaker::default());
    GuestSide::new(picture, seat.clone())
}

/// A guest that shows a form, drawn for the window of `model`.
pub fn drawn(model: &Model) -> Option<GuestSide> {
    let (width, height) = (model.size.width as u32, model.size.height as u32);
    let mut stage = Stage::new(model.size)?;
    let drawn = stage.draw(model.tokens(), form(model.tokens()));
    let word = |rgba: &[u8]| u32::from_be_bytes([255, rgba[0], rgba[1], rgba[2]]);
    let pixels = drawn.chunks_exact(4).map(word).collect();
    let slot = Arc::new(FrameSlot::default());
    slot.put(Frame {
        serial: 1,
        width,
        height,
        pixels: Arc::new(pixels),
        damage: vec![Rect::whole(width, height)],
    });
    let mut picture = Picture::new(slot, FrameWaker::default());
    picture.refresh();
    Some(GuestSide::new(picture, Seat::default()))
}

fn form<'a>(t: Tokens) -> Element<'a, ()> {
    let ink = Color::from_rgb8(0x12, 0x22, 0x33);
    let field = |label: &'static str, value: &'static str| -> Element<'a, ()> {
        let inside = container(words(t, value, t.font(28.0)).color(ink))
            .padding(t.px(18.0))
            .width(t.font(800.0))
            .style(|_| container::Style {
                border: Border {
                    color: Color::from_rgb8(0x77, 0x77, 0x77),
                    width: 2.0,
                    radius: 4.0.into(),
                },
                ..container::Style::default()
            });
        let label = strong(t, label, t.font(28.0)).color(ink);
        column![label, inside].spacing(t.px(12.0)).into()
    };
    let button = container(strong(t, "Continuer", t.font(28.0)).color(Color::WHITE))
        .padding([t.px(22.0), t.px(44.0)])
        .style(move |_| container::Style {
            background: Some(Background::Color(ink)),
            border: Border {
                radius: 6.0.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    let page = column![
        words(
            t,
            "Mutuelle de l’Estran — démarche d’entraînement",
            t.font(24.0)
        )
        .color(ink),
        strong(t, "Votre demande", t.font(52.0)).color(ink),
        field("Nom", "Lefèvre"),
        field("Prénom", "Éloïse"),
        field("Numéro de sécurité sociale", " "),
        Space::new().height(t.px(12.0)),
        button,
    ]
    .spacing(t.px(28.0));
    container(page)
        .padding(Padding::from([t.px(60.0), t.px(180.0)]))
        .width(Length::Fill)
        .height(Length::Fill)
        .style(|_| container::Style {
            background: Some(Background::Color(Color::WHITE)),
            ..container::Style::default()
        })
        .into()
}

/// What would be counted of a visit with some help.
pub fn line() -> Preview {
    Preview {
        line: Line {
            mode: Mode::PartiellementAutonome,
            posture: None,
            thematique: Thematique::SocialSante,
            operateur: Operateur::Cnaf,
            duree: Duree::De30A60,
            issue: Issue::Orientee,
            orientation: None,
            consentement: Consentement::Accorde,
            fin: Fin::Usager,
            effacement: Effacement::Ok,
        },
        counted: true,
    }
}
