//! The counter over a real guardian whose seat and keeper are pretended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::audit::{Outcome, Probe, Report};
use crate::custodian::{Command, Notice};
use crate::guardian::{Keeper, Lost, Mail, Seat, Timings, mailbox, start};
use crate::guest::frame;
use crate::secrets::Keyring;
use crate::usage::tests::{a_month, counting, damage};
use crate::visit::{Destination, Person, Policy};

struct NoSeat;

impl Seat for NoSeat {
    fn apply(&mut self, _: Policy) {}
    fn open(&mut self) -> std::io::Result<PathBuf> {
        Ok(PathBuf::from("/nowhere"))
    }
    fn close(&mut self) {}
}

/// A custodian that does at once what it is told, and whose audit finds so much.
struct Pretended {
    mail: Mail,
    found: u32,
}

impl Keeper for Pretended {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        let notice = match command {
            Command::Wipe { round } => Notice::Wiped {
                round: *round,
                millis: 120,
            },
            Command::Audit { round } => Notice::Audited {
                round: *round,
                report: Report {
                    outcomes: Probe::DESK
                        .map(|probe| match (probe, self.found) {
                            (Probe::Files, found @ 1..) => (probe, Outcome::Found(found)),
                            _ => (probe, Outcome::Nothing),
                        })
                        .into(),
                },
            },
            Command::Hello { .. }
            | Command::Open { .. }
            | Command::Print(_)
            | Command::Copy(_)
            | Command::Paper(_)
            | Command::PrintPaper(_)
            | Command::Deliver(_) => return Ok(()),
        };
        if let Command::Wipe { .. } = command {
            // What was found is gone after staff had it wiped again.
            self.found = self.found.saturating_sub(1);
        }
        self.mail.tell(Word::Keeper(notice));
        Ok(())
    }
}

fn rules(_: &Arc<Config>) -> Rules {
    Rules {
        timings: Timings::default(),
        demanded: Probe::DESK.to_vec(),
        target: Box::new(|_| Some(crate::custodian::Target::Practice)),
        limit: None,
        subject: Box::new(|_| crate::usage::Subject::PRACTICE),
        count: Box::new(drop),
        begin: Box::new(|| ()),
    }
}

pub(super) struct Station {
    pub(super) counter: Counter,
    pub(super) guardian: guardian::Handle,
    folder: tempfile::TempDir,
}

fn station(found: u32) -> Station {
    station_of(found, Config::embedded().unwrap(), None)
}

fn station_of(found: u32, config: Config, statistics: Option<crate::usage::Tray>) -> Station {
    with_prover(found, config, statistics, None)
}

pub(super) fn with_prover(
    found: u32,
    config: Config,
    statistics: Option<crate::usage::Tray>,
    prover: Option<PathBuf>,
) -> Station {
    let config = Arc::new(config);
    let (mail, inbox) = mailbox();
    let keeper = Pretended {
        mail: mail.clone(),
        found,
    };
    let (guardian, _) = start(NoSeat, keeper, rules(&config), (mail, inbox), || ()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let counter = Counter::new(Setting {
        guardian: guardian.clone(),
        config,
        rules: Box::new(rules),
        store: Arc::new(Keyring::memory()),
        journal: Some(folder.path().join("state")),
        statistics,
        prover,
    });
    Station {
        counter,
        guardian,
        folder,
    }
}

fn wait_for(is: impl Fn() -> bool) {
    for _ in 0..3000 {
        if is() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("waited in vain");
}

impl Station {
    fn wait(&self, what: &str, is: impl Fn(&Status) -> bool) -> Status {
        for _ in 0..3000 {
            let status = self.counter.status(Lang::Fr);
            if is(&status) {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{what}: {:?}", self.counter.status(Lang::Fr));
    }

    pub(super) fn wait_until(&self, what: &str, is: impl Fn() -> bool) {
        self.wait(what, |_| is());
    }

    pub(super) fn state(&self, state: State) -> Status {
        self.wait("state", |status| status.state == state)
    }

    pub(super) fn visit(&self) {
        self.state(State::Ready);
        for said in [
            Person::Touched,
            Person::Read,
            Person::Chose(Destination::Practice),
        ] {
            self.guardian.say(Event::Person(said));
        }
        self.state(State::Visit);
    }

    pub(super) fn socket(&self) -> PathBuf {
        let place = self.folder.path().join("counter.sock");
        listen(&place, self.counter.clone()).unwrap();
        place
    }

    fn acts(&self) -> Vec<Act> {
        self.counter.acts().iter().map(|entry| entry.act).collect()
    }
}

fn asked(place: &Path, question: Ask) -> Answer {
    ask(place, Lang::En, question).unwrap()
}

#[test]
fn a_visit_is_reset_from_a_shell() {
    let station = station(0);
    let place = station.socket();
    station.state(State::Ready);
    assert!(matches!(
        ask(&place, Lang::En, Ask::Reset { now: true }),
        Err(ClientError::Refused(Why::NotNow))
    ));
    station.visit();
    assert_eq!(asked(&place, Ask::Reset { now: true }), Answer::Done);
    let status = station.state(State::Ready);
    let wiped = status.last_wipe.unwrap();
    assert!(wiped.verified && wiped.millis == Some(120), "{wiped:?}");
    assert_eq!(station.acts(), [Act::Reset]);
}

#[test]
fn a_reset_without_haste_goes_by_the_farewell() {
    let station = station(0);
    station.visit();
    station.counter.reset(Role::Staff, false).unwrap();
    let view = || station.guardian.published().view;
    for _ in 0..500 {
        if matches!(view(), View::Farewell(_)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let View::Farewell(farewell) = view() else {
        panic!("{:?}", view())
    };
    assert_eq!(farewell.cause, crate::visit::FarewellCause::Staff);
    station.counter.reset(Role::Staff, false).unwrap();
    station.state(State::Ready);
}

#[test]
fn quarantine_is_told_and_released_into_a_wipe() {
    let station = station(1);
    let place = station.socket();
    let status = station.state(State::Quarantine);
    assert_eq!(status.quarantine, Some(status::Reason::Residue));
    assert!(!status.last_wipe.unwrap().verified);
    assert_eq!(asked(&place, Ask::Release), Answer::Done);
    station.state(State::Ready);
    assert!(matches!(
        ask(&place, Lang::En, Ask::Release),
        Err(ClientError::Refused(Why::NotNow))
    ));
    assert_eq!(station.acts(), [Act::Released]);
}

#[test]
fn staff_close_and_open() {
    let station = station(0);
    let place = station.socket();
    station.state(State::Ready);
    asked(&place, Ask::Close { maintenance: true });
    let status = station.state(State::Closed);
    assert_eq!(status.closed, Some(Shut::Maintenance));
    station.guardian.say(Event::Person(Person::Touched));
    station.state(State::Closed);
    asked(&place, Ask::Open);
    station.visit();
    asked(&place, Ask::Close { maintenance: false });
    let status = station.wait("closed", |status| status.closed.is_some());
    assert_eq!(status.state, State::Visit, "a visit is not cut off");
    asked(&place, Ask::Reset { now: true });
    station.state(State::Closed);
    asked(&place, Ask::OthersWait(true));
    station.wait("others wait", |status| status.others_wait);
}

#[test]
fn an_edit_waits_for_the_welcome_and_a_broken_one_changes_nothing() {
    let station = station(0);
    let named = |name: &str| {
        let mut config = Config::embedded().unwrap();
        name.clone_into(&mut config.place.name);
        Arc::new(config)
    };
    station.visit();
    station.counter.edited(Edit::Good(named("Second")));
    let pending = ConfigurationState::Pending;
    let status = station.wait("pending", |status| status.configuration == pending);
    assert_eq!(status.state, State::Visit);
    station.counter.edited(Edit::Good(named("Third")));
    let broken = Config::from_texts("languages = []", "").unwrap_err();
    station.counter.edited(Edit::Broken(broken));
    let Answer::Config(ConfigurationState::Broken { findings }) =
        asked(&station.socket(), Ask::Config)
    else {
        panic!("broken")
    };
    assert!(findings[0].contains("station.toml"), "{findings:?}");
    station.counter.reset(Role::Staff, true).unwrap();
    station.state(State::Ready);
    for _ in 0..500 {
        if station.guardian.published().settings == 2 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let config = station
        .counter
        .config(2)
        .expect("the newest good one counts");
    assert_eq!(config.place.name, "Third");
    station.counter.edited(Edit::Good(named("Fourth")));
    let current = ConfigurationState::Current;
    station.wait("at the welcome it counts at once", |status| {
        status.configuration == current
    });
    assert_eq!(station.counter.config(3).unwrap().place.name, "Fourth");
}

#[test]
fn the_code_of_staff_opens_and_is_written_down_by_act_alone() {
    let station = station(0);
    let code = |text: &str| {
        let mut code = Code::default();
        text.bytes().for_each(|byte| code.push(byte));
        code
    };
    assert!(!station.counter.is_code_set().unwrap());
    station.counter.set_code(&code("271828")).unwrap();
    assert_eq!(
        station.counter.attempt(&code("000000")).unwrap(),
        Tried::Wrong(Duration::ZERO)
    );
    assert_eq!(
        station.counter.attempt(&code("271828")).unwrap(),
        Tried::Right
    );
    assert_eq!(
        station.acts(),
        [Act::CodeSet, Act::WrongCode, Act::Unlocked]
    );
    let journal = std::fs::read_to_string(station.folder.path().join("state/acts.jsonl")).unwrap();
    assert!(!journal.contains("271828") && !journal.contains("000000"));
}

#[test]
fn a_damaged_store_is_told_until_somebody_takes_it_away() {
    let folder = tempfile::tempdir().unwrap();
    let aside = folder.path().join("statistiques.illisible-1.csv");
    let told = || {
        let (_counts, tray) = counting(folder.path());
        let station = station_of(0, Config::embedded().unwrap(), Some(tray));
        let Answer::Status(status) = asked(&station.socket(), Ask::Status) else {
            panic!("not a state");
        };
        status.statistics
    };
    assert_eq!(told(), StatisticsState::Kept, "the control");
    damage(folder.path());
    let files = vec![aside.display().to_string()];
    assert_eq!(told(), StatisticsState::SetAside { files });
    assert_ne!(told(), StatisticsState::Kept, "after the next start, too");
    std::fs::remove_file(aside).unwrap();
    assert_eq!(told(), StatisticsState::Kept);
    let station = station_of(0, Config::embedded().unwrap(), None);
    assert_eq!(station.counter.statistics(), StatisticsState::NotKept);
}

#[test]
fn staff_export_a_month_that_is_over_and_that_is_written_down() {
    let (state, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let november = "2025-11".parse().unwrap();
    a_month(state.path(), november, 40);
    let (_counts, tray) = counting(state.path());
    let wanted = |period: &str| Export {
        period: period.parse().unwrap(),
        shape: Shape::All,
        way: Way::Folder,
    };
    let nowhere = station_of(0, Config::embedded().unwrap(), Some(tray.clone()));
    let exported = nowhere.counter.export(wanted("2025-11"), Lang::Fr);
    assert_eq!(exported, Exported::NoPlace, "the house has no folder");
    let mut config = Config::embedded().unwrap();
    config.statistics.folder = Some(out.path().to_owned());
    let station = station_of(0, config, Some(tray));
    let board = station.counter.board().unwrap();
    assert_eq!(board.months().collect::<Vec<_>>(), [november]);
    assert_eq!(
        station.counter.export(wanted("2199-12"), Lang::Fr),
        Exported::Withheld,
        "it is not over"
    );
    assert!(station.acts().is_empty());
    assert_eq!(
        station.counter.export(wanted("2025-11"), Lang::Fr),
        Exported::Done
    );
    assert_eq!(station.acts(), [Act::Exported]);
    for extension in ["csv", "json", "pdf"] {
        let file = out.path().join(format!("statistiques-2025-11.{extension}"));
        assert!(std::fs::metadata(file).unwrap().len() > 100);
    }
}

#[test]
fn what_became_of_an_export_to_a_stick_is_written_down_and_it_can_be_had_again() {
    let state = tempfile::tempdir().unwrap();
    a_month(state.path(), "2025-11".parse().unwrap(), 40);
    let (_counts, tray) = counting(state.path());
    let station = station_of(0, Config::embedded().unwrap(), Some(tray));
    let onto_a_stick = || {
        let wanted = Export {
            period: "2025-11".parse().unwrap(),
            shape: Shape::All,
            way: Way::Stick,
        };
        station.counter.export(wanted, Lang::Fr)
    };
    assert_eq!(onto_a_stick(), Exported::NoPlace, "none is there");
    let plugged = |state| {
        let notice = Notice::Stick(state);
        station.guardian.tell(Word::Keeper(notice));
        wait_for(|| station.guardian.published().stick == state);
    };
    plugged(crate::custodian::Stick::Ready);
    assert_eq!(onto_a_stick(), Exported::OnTheWay);
    wait_for(|| station.guardian.published().stick == crate::custodian::Stick::Copying);
    // Asked for is not arrived: the journal says what became of it, not what was wished.
    assert!(station.acts().is_empty());
    let ended = |whole| {
        station
            .guardian
            .tell(Word::Keeper(Notice::Delivered(whole)));
    };
    ended(false);
    wait_for(|| station.acts().len() == 1);
    plugged(crate::custodian::Stick::Unreadable);
    assert_eq!(station.acts(), [Act::ExportFailed]);
    // The export is still there for another try, and the station goes on.
    assert_eq!(onto_a_stick(), Exported::OnTheWay);
    ended(true);
    wait_for(|| station.acts().len() == 2);
    assert_eq!(station.acts(), [Act::ExportFailed, Act::Exported]);
    plugged(crate::custodian::Stick::SafeToRemove);
    station.visit();
    assert_eq!(onto_a_stick(), Exported::NotNow, "never under a visitor");
}

#[test]
fn the_houses_printer_is_part_of_the_health() {
    use crate::custodian::Printer;
    let station = station(0);
    station.state(State::Ready);
    assert_eq!(station.counter.health().printer, Printer::None);
    for (printer, level) in [
        (Printer::Ready, Level::Good),
        (Printer::NoPaper, Level::Attention),
    ] {
        let notice = Notice::Printer(printer);
        station.guardian.tell(Word::Keeper(notice));
        wait_for(|| station.guardian.published().printer == printer);
        let health = station.counter.health();
        let rows = health_rows(&health, &Wording::embedded(), Lang::En);
        let row = rows.iter().find(|row| row.name == "Printer").unwrap();
        assert_eq!(row.level, level, "{row:?}");
        assert!(level == Level::Good || health.level() == Level::Attention);
    }
}

#[test]
fn the_socket_is_private_and_patient_with_nobody() {
    use std::os::unix::fs::PermissionsExt as _;
    let station = station(0);
    let place = station.socket();
    let mode = std::fs::metadata(&place).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        listen(&place, station.counter.clone()).is_err(),
        "one station, one counter"
    );
    // Without a greeting, or with another version, nothing is done.
    for first in [
        Ask::Reset { now: true },
        Ask::Hello {
            version: 999,
            lang: Lang::Fr,
        },
    ] {
        let stream = UnixStream::connect(&place).unwrap();
        let mut wire = &stream;
        frame::write(&mut wire, &first, 4096).unwrap();
        let answer: Answer = frame::read(&mut wire, frame::LIMIT).unwrap();
        assert_eq!(answer, Answer::Refused(Why::Version));
    }
    let stream = UnixStream::connect(&place).unwrap();
    let mut wire = &stream;
    frame::write(&mut wire, &serde_json::json!({"format_disk": true}), 4096).unwrap();
    let answer: Answer = frame::read(&mut wire, frame::LIMIT).unwrap();
    assert_eq!(answer, Answer::Refused(Why::Garbage));
    let silent = UnixStream::connect(&place).unwrap();
    assert!(
        matches!(asked(&place, Ask::Status), Answer::Status(_)),
        "after the silent one"
    );
    drop(silent);
}

#[test]
fn a_dead_stations_socket_is_replaced_and_other_files_are_not() {
    let station = station(0);
    let place = station.folder.path().join("old.sock");
    drop(std::os::unix::net::UnixListener::bind(&place).unwrap());
    listen(&place, station.counter.clone()).unwrap();
    assert!(matches!(asked(&place, Ask::Health), Answer::Health(_)));
    let file = station.folder.path().join("file");
    std::fs::File::create(&file).unwrap();
    assert!(listen(&file, station.counter.clone()).is_err());
    assert!(file.is_file());
}
