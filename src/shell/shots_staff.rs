//! The screens of staff, for pictures and for the tests of every screen.

use super::desk::{Showing, Told};
use super::model::Model;
use super::screen::{Message, staff};
use super::shots_visit::Subject;
use crate::counter::{ConfigurationState, Disk, Health, Level, Memory, State, Status, Swap, Wiped};
use crate::guardian::{End, Ending, Shut};
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
        printing: true,
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
        others_wait: false,
        code_set: true,
        program: "0.1.0".to_owned(),
    }
}

fn up(model: &mut Model, configuration: ConfigurationState) {
    model.desk.showing = Showing::Staff;
    model.desk.status = Some(status(configuration));
    model.desk.health = Some(health());
    model.published.wipe_millis = Some(1240);
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
    let subject = |name, view, set: fn(&mut Model), said| Subject {
        name,
        view,
        set,
        said,
    };
    vec![
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
        subject("13-closed", welcome, closed, Vec::new()),
        subject("13-maintenance", welcome, maintenance, Vec::new()),
        subject("13-ending", visit, ending, Vec::new()),
        subject("13-closing", visit, closing, Vec::new()),
    ]
}
