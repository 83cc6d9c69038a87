//! The pictures of the screens inside a visit.

use super::door::Door;
use super::model::Model;
use super::sample_visit::{self, REQUEST, SHOW, gestures, guest};
use super::screen::consent::Whom;
use super::screen::farewell::papers::Offer;
use super::screen::{
    Message, consent, counted, farewell, guest as page, help, inside, paused, rights,
};
use crate::custodian::{DocumentId, Printer, Refused, Stick};
use crate::guardian::Helped;
use crate::visit::{
    Asks, Browser, FarewellCause, FarewellView, Gesture, Gestures, Hands, Level, Ticket, View,
};

/// One picture: what is published, then what the visitor does.
pub struct Subject {
    /// The file's name.
    pub name: &'static str,
    /// The screen.
    pub view: View,
    /// Changes what is published.
    pub set: fn(&mut Model),
    /// What the controls say before the picture is taken.
    pub said: Vec<Message>,
}

fn subject(name: &'static str, view: View, set: fn(&mut Model), said: Vec<Message>) -> Subject {
    Subject {
        name,
        view,
        set,
        said,
    }
}

fn shown(model: &mut Model) {
    model.published.picture = true;
}

fn helped(model: &mut Model) {
    shown(model);
    model.published.remaining = Some(720);
}

fn sensor_mute(model: &mut Model) {
    helped(model);
    model.published.sensor_mute = true;
}

fn asked(model: &mut Model) {
    shown(model);
    model.published.remaining = Some(72);
}

fn with_documents(model: &mut Model) {
    model.published.documents = sample_visit::documents();
    model.published.remaining = Some(240);
    model.published.line = Some(sample_visit::line());
    model.published.given = Some(sample_visit::given());
}

fn no_printer(model: &mut Model) {
    with_documents(model);
    model.published.printer = Printer::None;
    model.published.stick = Stick::Ready;
}

fn with_mandate(model: &mut Model) {
    asked(model);
    model.published.documents = vec![sample_visit::mandate()];
}

fn without_printer(model: &mut Model) {
    asked(model);
    model.published.printer = Printer::None;
}

fn extended(model: &mut Model) {
    shown(model);
    model.published.remaining = Some(90);
}

fn lined(model: &mut Model) {
    model.published.remaining = Some(240);
    model.published.line = Some(sample_visit::line());
}

fn not_counted(model: &mut Model) {
    lined(model);
    if let Some(line) = &mut model.published.line {
        line.counted = false;
    }
}

fn refused(model: &mut Model) {
    with_documents(model);
    model.published.refused = Some(Refused::NoStick);
    model.published.printer = Printer::NoPaper;
}

fn copied(model: &mut Model) {
    with_documents(model);
    model.published.stick = Stick::SafeToRemove;
    for (each, done) in model.published.documents.iter_mut().zip([true, false]) {
        each.copied = done;
        each.printing = !done;
    }
}

fn wrong_code(model: &mut Model) {
    shown(model);
    model.door = Door::Wrong { seconds: 4 };
}

fn no_code(model: &mut Model) {
    shown(model);
    model.door = Door::Open;
    model.published.second_seat = true;
}

fn over(model: &mut Model) {
    shown(model);
    model.published.helped = Some(Helped {
        number: 1,
        level: Level::Act,
        minutes: 4,
        wrote: true,
        clicked: true,
        acts: Gestures::only(Gesture::Submit),
    });
}

fn mute(model: &mut Model) {
    shown(model);
    model.speaks = true;
    model.voice_missing = true;
}

fn idle(model: &mut Model) {
    shown(model);
    model.published.idle_left = Some(42);
}

fn on_page(message: page::Message) -> Message {
    Message::Inside(inside::Message::Guest(message))
}

fn on_pause(messages: Vec<paused::Message>) -> Vec<Message> {
    let message = |message| Message::Inside(inside::Message::Paused(message));
    messages.into_iter().map(message).collect()
}

/// Every picture of a visit.
pub fn subjects() -> Vec<Subject> {
    let Some(ticket) = sample_visit::ticket(1) else {
        return Vec::new();
    };
    let mut all = on_the_page();
    all.extend(with_a_helper(ticket));
    all.extend(rights_sheet(ticket));
    all.extend(questions(ticket));
    all.extend(to_sign(ticket));
    all.extend(around_the_page(ticket));
    all.extend(leaving(ticket));
    all
}

fn on_the_page() -> Vec<Subject> {
    let person = guest(Hands::Person);
    let help = |message| on_page(page::Message::Sheet(message));
    vec![
        subject("04-guest", person, shown, vec![]),
        subject("04-opening", person, |_| (), vec![]),
        subject(
            "04-slow",
            person,
            |_| (),
            vec![on_page(page::Message::Slow(Browser::First))],
        ),
        subject("04-more", person, shown, vec![on_page(page::Message::More)]),
        subject("04-help", person, shown, vec![on_page(page::Message::Help)]),
        subject(
            "04-help-code",
            person,
            wrong_code,
            vec![
                on_page(page::Message::Help),
                help(help::Message::Helper),
                help(help::Message::Digit(4)),
                help(help::Message::Digit(2)),
            ],
        ),
        subject(
            "04-help-form",
            person,
            no_code,
            vec![
                on_page(page::Message::Help),
                help(help::Message::Helper),
                help(help::Message::Gesture(Gesture::Write)),
                help(help::Message::Name("Samira".to_owned())),
            ],
        ),
    ]
}

fn with_a_helper(ticket: Ticket) -> Vec<Subject> {
    let helper = Hands::Helper {
        ticket,
        request: REQUEST,
        gestures: gestures(),
        act: None,
    };
    let acting = Hands::Helper {
        ticket,
        request: REQUEST,
        gestures: gestures(),
        act: Some(Gesture::Submit),
    };
    let showing = Hands::Helper {
        ticket,
        request: SHOW,
        gestures: Gestures::default(),
        act: None,
    };
    let alone = Hands::Private {
        ticket,
        confirmed: true,
        by_field: true,
        helper_waits: true,
        returns: Some(false),
    };
    let person = guest(Hands::Person);
    vec![
        subject("06-helper", guest(helper), helped, vec![]),
        subject(
            "06-helper-menu",
            guest(helper),
            helped,
            vec![on_page(page::Message::HelperMenu)],
        ),
        subject("06-helper-mute", guest(helper), sensor_mute, vec![]),
        subject("06-helper-acting", guest(acting), helped, vec![]),
        subject("06-helper-shows", guest(showing), helped, vec![]),
        subject("06-helped", person, over, vec![]),
        subject("06-voice-missing", person, mute, vec![]),
        subject("07-private-confirmed", guest(alone), shown, vec![]),
    ]
}

/// "Ai-je le droit de… ?"
fn rights_sheet(ticket: Ticket) -> Vec<Subject> {
    let helper = guest(Hands::Helper {
        ticket,
        request: REQUEST,
        gestures: gestures(),
        act: None,
    });
    let open = on_page(page::Message::RightsOpen);
    let sheet = |message| on_page(page::Message::Rights(message));
    let found = sheet(rights::Message::Query("passe".to_owned()));
    let asks = |rank| sheet(rights::Message::Open(rank));
    let person = guest(Hands::Person);
    vec![
        subject("06-rights", helper, helped, vec![open.clone()]),
        subject("06-rights-found", helper, helped, vec![open.clone(), found]),
        subject(
            "06-rights-only-if",
            helper,
            helped,
            vec![open.clone(), asks((0, 1))],
        ),
        subject("06-rights-no", person, shown, vec![open, asks((1, 1))]),
    ]
}

fn questions(ticket: Ticket) -> Vec<Subject> {
    let question = |request, asks, ready| {
        guest(Hands::Asking {
            ticket,
            request,
            asks,
            ready,
            may_extend: true,
        })
    };
    let asking = |ready| question(REQUEST, Asks::Hand, ready);
    let act = |gesture| question(REQUEST, Asks::Act(gesture), true);
    let longer = Asks::Longer {
        minutes: 15,
        gestures: gestures(),
    };
    let consent = |message| Message::Inside(inside::Message::Consent(message));
    let boxes = [Gesture::Write, Gesture::Print]
        .map(|gesture| consent(consent::Message::Gesture(ticket, gesture)));
    let last = guest(Hands::Asking {
        ticket,
        request: REQUEST,
        asks: Asks::Hand,
        ready: true,
        may_extend: false,
    });
    vec![
        subject("05-consent-extended", last, extended, vec![]),
        subject("05-consent-fresh", asking(false), asked, vec![]),
        subject("05-consent", asking(true), asked, boxes.into()),
        subject(
            "05-consent-show",
            question(SHOW, Asks::Hand, true),
            asked,
            vec![],
        ),
        subject("05-consent-submit", act(Gesture::Submit), asked, vec![]),
        subject("05-consent-pay", act(Gesture::Pay), asked, vec![]),
        subject("05-consent-mail", act(Gesture::ReadMail), asked, vec![]),
        subject(
            "05-consent-longer",
            question(REQUEST, longer, true),
            asked,
            vec![],
        ),
    ]
}

/// "Je veux un papier à signer".
fn to_sign(ticket: Ticket) -> Vec<Subject> {
    let asking = guest(Hands::Asking {
        ticket,
        request: REQUEST,
        asks: Asks::Hand,
        ready: true,
        may_extend: true,
    });
    let consent = |message| Message::Inside(inside::Message::Consent(message));
    let paper = |whom: Option<Whom>| {
        let opened = consent(consent::Message::Paper(ticket));
        let whom = whom.map(|whom| consent(consent::Message::PaperFor(ticket, whom)));
        std::iter::once(opened).chain(whom).collect::<Vec<_>>()
    };
    let to = |name, set, whom| subject(name, asking, set, paper(whom));
    vec![
        to("05-paper-whom", asked, None),
        to("05-paper-minor", asked, Some(Whom::Minor)),
        to("05-paper-protected", asked, Some(Whom::Protected)),
        to("05-paper-made", with_mandate, Some(Whom::Adult)),
        to("05-paper-no-printer", without_printer, None),
    ]
}

fn around_the_page(ticket: Ticket) -> Vec<Subject> {
    let private = guest(Hands::Private {
        ticket,
        confirmed: false,
        by_field: true,
        helper_waits: true,
        returns: Some(false),
    });
    let returns = guest(Hands::Private {
        ticket,
        confirmed: false,
        by_field: true,
        helper_waits: true,
        returns: Some(true),
    });
    let pause = on_page(page::Message::Pause);
    let chosen = |pictures: &[u8]| {
        on_pause(
            pictures
                .iter()
                .map(|p| paused::Message::Choose(*p))
                .collect(),
        )
    };
    let wrong = [8, 7, 6, 4]
        .map(|p| paused::Message::Touch(ticket, p))
        .to_vec();
    vec![
        subject("07-private", private, shown, vec![]),
        subject("07-private-returns", returns, shown, vec![]),
        subject(
            "07-pause-code",
            guest(Hands::Person),
            shown,
            [vec![pause], chosen(&[0, 5])].concat(),
        ),
        subject(
            "07-paused",
            guest(Hands::Paused { ticket }),
            helped,
            [chosen(&[0, 5, 2]), on_pause(wrong)].concat(),
        ),
        subject("07-gone", guest(Hands::Gone), shown, vec![]),
        subject("07-idle", guest(Hands::Person), idle, vec![]),
    ]
}

fn leaving(ticket: Ticket) -> Vec<Subject> {
    let farewell = sample_visit::farewell(ticket);
    let closing = FarewellView {
        cause: FarewellCause::Closing,
        may_come_back: false,
        printing: true,
        leaving: true,
        ..farewell
    };
    let counted = |message| Message::Farewell(farewell::Message::Counted(message));
    let refuse = counted(counted::Message::Open(true));
    let print = Message::Farewell(farewell::Message::Print(DocumentId(0)));
    let paper = Message::Farewell(farewell::Message::Paper(Offer::Summary));
    vec![
        subject(
            "08-farewell",
            View::Farewell(farewell),
            with_documents,
            vec![],
        ),
        subject(
            "08-farewell-counted",
            View::Farewell(farewell),
            lined,
            vec![refuse],
        ),
        subject(
            "08-farewell-not-counted",
            View::Farewell(farewell),
            not_counted,
            vec![],
        ),
        subject(
            "08-farewell-copied",
            View::Farewell(farewell),
            copied,
            vec![paper],
        ),
        subject(
            "08-farewell-no-printer",
            View::Farewell(farewell),
            no_printer,
            vec![],
        ),
        subject("08-farewell-none", View::Farewell(farewell), |_| (), vec![]),
        subject(
            "08-farewell-no-device",
            View::Farewell(farewell),
            refused,
            vec![print],
        ),
        subject(
            "08-farewell-printing",
            View::Farewell(closing),
            with_documents,
            vec![],
        ),
    ]
}
