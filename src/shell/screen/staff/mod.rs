//! The screens of staff, behind their code: the big state, one button to reset, the machine's
//! health, the configuration, and what the house may do.

mod code;
mod panels;
mod proof;

use iced::widget::{column, container};
use iced::{Length, Padding};

use crate::counter::State;
use crate::guardian::Shut;
use crate::shell::buttons::{Side, button, main_action, other_action};
use crate::shell::control::Id;
use crate::shell::desk::{Order, Showing};
use crate::shell::icon::Icon;
use crate::shell::kit::Element;
use crate::shell::layout::{foot, middle, scrolled, strong, title, words};
use crate::shell::look::Kind;
use crate::shell::model::Model;
use crate::shell::screen::{rights, stats};
use crate::shell::split::split;
use crate::shell::tiles::{Height, tiles};
use crate::wording::Arg;

pub use code::LEAST;

/// What staff can do here.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key of the keypad.
    Digit(u8),
    /// The field reads so.
    Typed(String),
    /// "Effacer".
    Erase,
    /// "Valider".
    Enter,
    /// Back, or "Quitter".
    Back,
    /// "Remettre à zéro".
    Reset,
    /// "Oui, terminer la visite".
    Sure,
    /// Close from the next welcome on.
    Close(Shut),
    /// Open again.
    Open,
    /// Others wait, or no longer.
    OthersWait(bool),
    /// "Changer le code".
    NewCode,
    /// "Voir les chiffres".
    Numbers,
    /// On the screen of the numbers.
    Stats(stats::Message),
    /// "Voir la preuve".
    Proof,
    /// "Faire la preuve maintenant".
    Prove,
    /// "Ai-je le droit ?"
    RightsOpen,
    /// On the rights sheet.
    Rights(rights::Message),
}

/// The screens' own state.
#[derive(Debug, Default)]
pub struct Staff {
    typed: code::Typed,
    asks: bool,
    stats: stats::Stats,
    rights: rights::State,
}

impl Staff {
    /// What the probe calls it.
    pub const fn name(&self, showing: Showing) -> &'static str {
        match showing {
            Showing::SetUp => "setup",
            Showing::Code | Showing::Nothing => "code",
            Showing::NewCode => "newcode",
            Showing::Staff if self.asks => "sure",
            Showing::Staff => "staff",
            Showing::Numbers => self.stats.name(),
            Showing::Proof => "proof",
            Showing::Rights => "rights",
        }
    }

    /// Hears what a control said.
    pub fn update(&mut self, message: Message, model: &Model) -> Option<Order> {
        let what = match model.desk.showing {
            Showing::SetUp => code::For::SetUp,
            Showing::NewCode => code::For::New,
            Showing::Nothing | Showing::Code => code::For::Entering,
            Showing::Staff => return self.behind(message, model),
            Showing::Numbers => return self.numbers(message),
            Showing::Proof => return at_the_proof(&message),
            Showing::Rights => return self.on_rights(message),
        };
        match message {
            Message::Back if what == code::For::SetUp => None,
            Message::Back => Some(Order::Leave),
            Message::Digit(_)
            | Message::Typed(_)
            | Message::Erase
            | Message::Enter
            | Message::Reset
            | Message::Sure
            | Message::Close(_)
            | Message::Open
            | Message::OthersWait(_)
            | Message::NewCode
            | Message::Numbers
            | Message::Proof
            | Message::Prove
            | Message::RightsOpen
            | Message::Rights(_)
            | Message::Stats(_) => self.typed.update(&message, what),
        }
    }

    fn behind(&mut self, message: Message, model: &Model) -> Option<Order> {
        match message {
            Message::Back if self.asks => {
                self.asks = false;
                None
            }
            Message::Back => Some(Order::Leave),
            Message::Reset if state(model) == State::Visit => {
                self.asks = true;
                None
            }
            Message::Reset | Message::Sure => {
                self.asks = false;
                Some(Order::Reset)
            }
            Message::Close(shut) => Some(Order::Close(shut)),
            Message::Open => Some(Order::Open),
            Message::OthersWait(wait) => Some(Order::OthersWait(wait)),
            Message::NewCode => {
                self.typed = code::Typed::default();
                Some(Order::NewCode)
            }
            Message::Numbers => {
                self.stats = stats::Stats::default();
                Some(Order::Numbers)
            }
            Message::Proof => Some(Order::Proof),
            Message::RightsOpen => {
                self.rights = rights::State::default();
                Some(Order::Rights)
            }
            Message::Digit(_)
            | Message::Typed(_)
            | Message::Erase
            | Message::Enter
            | Message::Prove
            | Message::Rights(_)
            | Message::Stats(_) => None,
        }
    }

    /// On the screen of the numbers nothing else can be said.
    fn numbers(&mut self, message: Message) -> Option<Order> {
        let said = if let Message::Stats(said) = message {
            said
        } else if matches!(message, Message::Back) {
            stats::Message::Back
        } else {
            return None;
        };
        match self.stats.update(said) {
            stats::Outcome::Stay => Some(Order::Unsaid),
            stats::Outcome::Export(wanted) => Some(Order::Export(wanted)),
            stats::Outcome::Back => Some(Order::Behind),
        }
    }

    /// On the rights sheet nothing else can be said.
    fn on_rights(&mut self, message: Message) -> Option<Order> {
        let said = if let Message::Rights(said) = message {
            said
        } else if matches!(message, Message::Back) {
            rights::Message::Back
        } else {
            return None;
        };
        match self.rights.update(said) {
            // The voice is heard one step above.
            rights::Action::Nothing | rights::Action::Tool(_) => None,
            rights::Action::Close => Some(Order::Behind),
        }
    }

    /// What is read aloud: the rights sheet. What staff do is nobody's to hear.
    pub fn spoken(&self, model: &Model) -> Vec<String> {
        match model.desk.showing {
            Showing::Rights => self.rights.spoken(model),
            Showing::Nothing
            | Showing::SetUp
            | Showing::Code
            | Showing::NewCode
            | Showing::Staff
            | Showing::Numbers
            | Showing::Proof => Vec::new(),
        }
    }

    /// When it changes, the focus starts anew.
    pub fn key(&self, showing: Showing) -> Id {
        match showing {
            Showing::Rights => self.rights.key(),
            Showing::Nothing
            | Showing::SetUp
            | Showing::Code
            | Showing::NewCode
            | Showing::Staff
            | Showing::Numbers
            | Showing::Proof => self.name(showing).into(),
        }
    }

    /// What shows.
    pub fn view<'a>(&'a self, model: &'a Model) -> Element<'a, Message> {
        match model.desk.showing {
            Showing::SetUp => code::view(model, &self.typed, code::For::SetUp),
            Showing::NewCode => code::view(model, &self.typed, code::For::New),
            Showing::Nothing | Showing::Code => code::view(model, &self.typed, code::For::Entering),
            Showing::Staff if self.asks => sure(model),
            Showing::Staff => behind(model),
            Showing::Numbers => self.stats.view(model).map(Message::Stats),
            Showing::Proof => proof::view(model),
            Showing::Rights => self.rights.view(model).map(Message::Rights),
        }
    }
}

/// On the screen of the proof nothing else can be said.
const fn at_the_proof(message: &Message) -> Option<Order> {
    if matches!(message, Message::Prove) {
        Some(Order::Prove)
    } else if matches!(message, Message::Back) {
        Some(Order::Behind)
    } else {
        None
    }
}

/// The station's state, as the guardian published it: never older than the screen.
fn state(model: &Model) -> State {
    crate::counter::state_of(&model.published)
}

/// "Une visite est en cours": the one press that is confirmed.
fn sure<'a>(model: &Model) -> Element<'a, Message> {
    let t = model.tokens();
    let said = middle(
        t,
        vec![
            crate::shell::icon::icon(Icon::Warning, t.px(150.0))
                .color(t.palette.action)
                .into(),
            title(t, model.say("staff-sure-title")).center().into(),
            words(t, model.say("staff-sure-text"), t.font(40.0))
                .center()
                .into(),
        ],
    );
    let no = other_action(t, "staff.no", Icon::ArrowLeft, model.say("staff-sure-no"))
        .on_press(Message::Back)
        .main();
    let yes = button(
        t,
        "staff.sure",
        Kind::Danger,
        (Icon::SignOut, Side::Before),
        model.say("staff-sure-yes"),
        36.0,
    )
    .padding([t.air(24.0), t.air(40.0)])
    .on_press(Message::Sure);
    let end = foot(t, vec![no.into()], vec![yes.into()]);
    column![said, container(end).padding([t.px(48.0), t.margin()])]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

fn behind(model: &Model) -> Element<'_, Message> {
    let t = model.tokens();
    let heading = model.config.place.post.as_ref().map_or_else(
        || model.config.place.name.clone(),
        |post| format!("{post} — {}", model.config.place.name),
    );
    let leave = main_action(t, "staff.leave", Icon::X, model.say("staff-leave"))
        .padding([t.air(18.0), t.air(36.0)])
        .on_press(Message::Back);
    let head = split(
        strong(t, heading, t.title(56.0)).color(t.palette.ink),
        leave,
        t.px(32.0),
        t.rtl,
    );
    let columns = t.columns(t.window.width - 2.0 * t.margin(), 520.0, 3);
    let cards = tiles(
        vec![
            panels::state(model),
            panels::health(model),
            column![
                panels::configuration(model),
                panels::numbers(model),
                panels::proof(model)
            ]
            .spacing(t.px(28.0))
            .into(),
        ],
        columns,
        t.px(28.0),
        t.rtl,
        Height::OfAll,
    );
    let body = column![cards, panels::house(model)].spacing(t.px(28.0));
    let head = container(head).padding(Padding {
        top: t.air(48.0).max(24.0),
        right: t.margin(),
        bottom: t.air(20.0),
        left: t.margin(),
    });
    column![head, scrolled(t, body)]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// "Ce poste est fermé": for visitors, when nobody is welcomed.
pub fn closed<'a, M: 'a>(model: &Model, shut: Shut) -> Element<'a, M> {
    let t = model.tokens();
    let p = t.palette;
    let (heading, text) = match shut {
        Shut::Hours | Shut::Early => ("closed-title", "closed-text"),
        Shut::Maintenance | Shut::Proof => ("closed-maintenance-title", "closed-maintenance-text"),
    };
    let contact = model.read(&model.config.place.contact);
    let hours = model.read(&model.config.place.hours).to_owned();
    let said = model.say_with(text, &[("contact", Arg::Text(contact))]);
    middle(
        t,
        vec![
            crate::shell::icon::icon(Icon::Clock, t.px(190.0))
                .color(p.action)
                .into(),
            strong(t, model.say(heading), t.title(84.0)).center().into(),
            words(t, said, t.font(44.0)).color(p.mute).center().into(),
            strong(t, hours, t.font(40.0)).center().into(),
        ],
    )
}
