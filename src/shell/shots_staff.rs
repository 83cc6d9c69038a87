//! The screens of staff, for pictures and for the tests of every screen.

use super::desk::{Numbers, Sent, Showing, Told};
use super::model::Model;
use super::screen::{Message, export, staff, stats};
use super::shots_visit::Subject;
use crate::counter::{
    ConfigurationState, Disk, Exported, Health, Level, Memory, Proved, Proving, Shape, State,
    StatisticsState, Status, Swap, Wiped,
};
use crate::custodian::{Receipted, Stick};
use crate::guardian::{End, Ending, Shut};
use crate::receipt::{Counters, HalfDay};
use crate::usage::{Board, Budget, Dimension, Month};
use crate::visit::{Browser, Destination, GuestView, Hands, Quarantine, View};

/// A machine that wants one hand.
pub fn health() -> Health {
    Health {
        memory: Memory {
            used_mib: 2150,
            total_mib: 7782,
            level: Level::Good,
        },
        disk: Some(Disk {
            free_mib: 90_000,
            total_mib: 120_000,
            level: Level::Good,
        }),
        temperature_celsius: Some(52),
        temperature: Level::Good,
        swap: Swap::Off,
        init_on_free: false,
        firefox: Some("153.0".to_owned()),
        chromium: Some("156.0.7".to_owned()),
        printer: crate::custodian::Printer::Ready,
        network: true,
    }
}

fn status(configuration: ConfigurationState) -> Status {
    Status {
        version: crate::counter::VERSION,
        state: State::Ready,
        quarantine: None,
        closed: None,
        last_wipe: Some(Wiped {
            verified: true,
            millis: Some(1240),
            found: 0,
            blind: 0,
        }),
        configuration,
        statistics: StatisticsState::Kept,
        others_wait: false,
        code_set: true,
        program: "0.1.0".to_owned(),
    }
}

fn sample_receipt() -> Option<Receipted> {
    Some(Receipted {
        when: HalfDay::from_text("2026-11-25 matin")?,
        clean: true,
        signed: true,
        counters: Counters {
            clean: 212,
            residue: 0,
        },
    })
}

fn up(model: &mut Model, configuration: ConfigurationState) {
    model.desk.showing = Showing::Staff;
    model.desk.status = Some(status(configuration));
    model.desk.health = Some(health());
    model.published.wipe_millis = Some(1240);
    model.published.receipt = sample_receipt();
    model.published.report = Some(crate::audit::Report {
        outcomes: crate::audit::Probe::DESK
            .map(|probe| (probe, crate::audit::Outcome::Nothing))
            .into(),
    });
}

fn ready(model: &mut Model) {
    let lines = super::sample::broken().lines(&model.config.wording, model.lang);
    up(model, ConfigurationState::Broken { findings: lines });
}

fn busy(model: &mut Model) {
    up(model, ConfigurationState::Pending);
    model.published.others_wait = true;
}

fn calm(model: &mut Model) {
    up(model, ConfigurationState::Current);
    model.published.shut = Some(Shut::Maintenance);
}

fn damaged(model: &mut Model) {
    busy(model);
    let file = "/var/lib/estran/statistiques.illisible-1.csv".to_owned();
    if let Some(status) = &mut model.desk.status {
        status.statistics = StatisticsState::SetAside { files: vec![file] };
    }
}

fn numbers(model: &mut Model) {
    up(model, ConfigurationState::Current);
    model.desk.showing = Showing::Numbers;
    model.desk.numbers = Numbers::There(super::sample::board());
}

fn no_numbers(model: &mut Model) {
    numbers(model);
    model.desk.numbers = Numbers::There(Board::default());
}

fn noisy(model: &mut Model) {
    copied(model);
    let mut board = super::sample::board();
    board.budget = Some(Budget {
        year: 2020,
        spent: 30,
        most: 120,
    });
    model.desk.numbers = Numbers::There(board);
    model.desk.sent = Sent::Ended(Exported::Withheld);
}

fn on_a_stick(model: &mut Model) {
    numbers(model);
    model.desk.sent = Sent::Ended(Exported::OnTheWay);
    model.published.stick = Stick::SafeToRemove;
}

fn copied(model: &mut Model) {
    numbers(model);
    model.desk.sent = Sent::Ended(Exported::Done);
    let config = super::sample::config_with_folder();
    model.config = std::sync::Arc::new(config);
}

fn code(model: &mut Model) {
    model.desk.showing = Showing::Code;
    model.desk.told = Told::Wrong(8);
}

fn set_up(model: &mut Model) {
    model.desk.showing = Showing::SetUp;
}

fn closed(model: &mut Model) {
    model.published.shut = Some(Shut::Hours);
}

fn maintenance(model: &mut Model) {
    model.published.shut = Some(Shut::Maintenance);
}

fn ending(model: &mut Model) {
    model.published.picture = true;
    model.published.ending = Some(Ending {
        end: End::Limit,
        minutes: 5,
        told: 2,
    });
}

fn closing(model: &mut Model) {
    model.published.picture = true;
    model.published.ending = Some(Ending {
        end: End::Closing,
        minutes: 10,
        told: 1,
    });
}

const fn subject(
    name: &'static str,
    view: View,
    set: fn(&mut Model),
    said: Vec<Message>,
) -> Subject {
    Subject {
        name,
        view,
        set,
        said,
    }
}

/// The house's numbers, and the sheet that copies them.
fn numbers_subjects() -> Vec<Subject> {
    let welcome = View::Welcome { after_visit: false };
    let stats = |said| Message::Staff(staff::Message::Stats(said));
    let december = Month::new(2020, 12).unwrap_or(Month::FIRST);
    let mut house = super::sample::model(welcome, iced::Size::new(1280.0, 720.0));
    let stick = export::Sheet::of(december, &super::sample::board(), &house);
    house.config = std::sync::Arc::new(super::sample::config_with_folder());
    let sheet = export::Sheet::of(december, &super::sample::board(), &house);
    let shape = stats::Message::Export(export::Message::Shape(Shape::All));
    vec![
        subject("12-staff-damaged", welcome, damaged, Vec::new()),
        subject("12-stats-none", welcome, no_numbers, Vec::new()),
        subject("12-stats-mode", welcome, numbers, Vec::new()),
        subject(
            "12-stats",
            welcome,
            numbers,
            vec![stats(stats::Message::List(Dimension::Thematique))],
        ),
        subject(
            "12-stats-export",
            welcome,
            numbers,
            vec![stats(stats::Message::Open(sheet))],
        ),
        subject(
            "12-stats-copied",
            welcome,
            copied,
            vec![stats(stats::Message::Open(sheet)), stats(shape)],
        ),
        subject(
            "12-stats-stick",
            welcome,
            on_a_stick,
            vec![stats(stats::Message::Open(stick))],
        ),
        subject(
            "12-stats-noise",
            welcome,
            noisy,
            vec![stats(stats::Message::Open(sheet))],
        ),
    ]
}

fn proof(model: &mut Model) {
    up(model, ConfigurationState::Current);
    model.desk.showing = Showing::Proof;
    let words = &model.config.wording;
    let say = |key: &str| words.text(model.lang, key);
    let head = [
        "prove-plant",
        "prove-planted",
        "prove-before",
        "prove-after",
    ];
    let mut rows = vec![head.map(say)];
    for (plant, seen) in [
        ("plant-address", "11"),
        ("plant-cookie", "4"),
        ("plant-indexed-db", "6"),
        ("plant-clipboard", "2"),
        ("plant-print-job", "3"),
    ] {
        rows.push([say(plant), say("planted-yes"), seen.into(), "0".into()]);
    }
    model.desk.proving = Proving::Proved(Proved {
        clean: true,
        verdict: say("prove-clean"),
        remarks: vec![say("prove-free-memory")],
        rows,
    });
}

fn proving(model: &mut Model) {
    proof(model);
    model.desk.proving = Proving::Running;
}

/// Every picture of staff, and of what they bring about.
pub fn subjects() -> Vec<Subject> {
    let welcome = View::Welcome { after_visit: false };
    let visit = View::Guest(GuestView {
        destination: Destination::Practice,
        browser: Browser::First,
        hands: Hands::Person,
    });
    let typed = |digits: &[u8]| {
        let digit = |digit: &u8| Message::Staff(staff::Message::Digit(*digit));
        digits.iter().map(digit).collect::<Vec<_>>()
    };
    let mut all = vec![
        subject("12-staff-code", welcome, code, typed(&[2, 7, 1])),
        subject("12-staff-setup", welcome, set_up, typed(&[1, 2])),
        subject("12-staff-ready", welcome, ready, Vec::new()),
        subject("12-staff-visit", visit, busy, Vec::new()),
        subject(
            "12-staff-sure",
            visit,
            busy,
            vec![Message::Staff(staff::Message::Reset)],
        ),
        subject("12-staff-closed", welcome, calm, Vec::new()),
        subject(
            "12-staff-quarantine",
            View::Quarantined(Quarantine::Residue),
            busy,
            Vec::new(),
        ),
        subject("12-staff-proof", welcome, proof, Vec::new()),
        subject("12-staff-proving", welcome, proving, Vec::new()),
        subject("13-closed", welcome, closed, Vec::new()),
        subject("13-maintenance", welcome, maintenance, Vec::new()),
        subject("13-ending", visit, ending, Vec::new()),
        subject("13-closing", visit, closing, Vec::new()),
    ];
    all.extend(numbers_subjects());
    all
}
