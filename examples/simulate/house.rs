//! A house and its visits. People and helpers are invented; what they do goes through the guardian
//! and the ledger as on a station.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use estran::audit::{Outcome, Probe, Report};
use estran::config::Config;
use estran::custodian::{Command, Notice, Target};
use estran::guardian::{Guardian, Keeper, Lost, Rules, Seat, Timings, Word};
use estran::usage::{
    Duree, Issue, Ledger, Line, Month, Note, Operateur, Orientation, Posture, Subject, Thematique,
};
use estran::visit::{
    DemarcheId, Destination, Event, Gesture, Gestures, Hands, Helper, Level, Person, Place, Policy,
    Request, RoleId, View,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

/// What really happened; the attacker knows the month, the subject, how long, and no more.
pub struct Visit {
    pub month: Month,
    pub operateur: Operateur,
    pub thematique: Thematique,
    pub duree: Duree,
    /// `None` when the visitor asked not to be counted.
    pub line: Option<Line>,
}

type Shared<T> = Arc<Mutex<T>>;

fn with<T, R>(shared: &Shared<T>, then: impl FnOnce(&mut T) -> R) -> R {
    then(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

struct NoSeat;

impl Seat for NoSeat {
    fn apply(&mut self, _: Policy) {}
    fn open(&mut self) -> std::io::Result<PathBuf> {
        Ok(PathBuf::from("/nowhere"))
    }
    fn close(&mut self) {}
}

/// Remembers what it is asked, for the answer.
struct Asked(Shared<Vec<Command>>);

impl Keeper for Asked {
    fn send(&mut self, command: &Command) -> Result<(), Lost> {
        with(&self.0, |asked| asked.push(command.clone()));
        Ok(())
    }
}

struct Station {
    guardian: Guardian<NoSeat, Asked>,
    asked: Shared<Vec<Command>>,
    counted: Shared<Vec<Line>>,
    now: Duration,
}

impl Station {
    fn new(subjects: Vec<Subject>) -> Self {
        let asked = Shared::default();
        let counted: Shared<Vec<Line>> = Shared::default();
        let counting = Arc::clone(&counted);
        let of = move |destination| match destination {
            Destination::Practice => Subject::PRACTICE,
            Destination::Free | Destination::App(_) => Subject::FREE,
            Destination::Demarche(DemarcheId(id)) => subjects
                .get(usize::from(id))
                .copied()
                .unwrap_or(Subject::FREE),
        };
        let rules = Rules {
            timings: Timings::default(),
            demanded: Probe::DESK.to_vec(),
            target: Box::new(|_| Some(Target::Practice)),
            limit: None,
            subject: Box::new(of),
            count: Box::new(move |line| with(&counting, |lines| lines.push(line))),
            begin: Box::new(|| ()),
        };
        let keeper = Asked(Arc::clone(&asked));
        let guardian = Guardian::new(NoSeat, keeper, rules, Duration::ZERO);
        let mut station = Self {
            guardian,
            asked,
            counted,
            now: Duration::ZERO,
        };
        station.answer();
        station
    }

    fn hear(&mut self, word: Word) {
        self.guardian.hear(word, self.now);
    }

    fn person(&mut self, said: Person) {
        self.hear(Word::Say(Event::Person(said)));
    }

    fn view(&self) -> View {
        self.guardian.published(self.now).view
    }

    /// Answers wipes and audits until nothing is asked any more.
    fn answer(&mut self) {
        loop {
            let last = with(&self.asked, |asked| std::mem::take(asked).pop());
            let outcomes = Probe::DESK
                .into_iter()
                .map(|probe| (probe, Outcome::Nothing))
                .collect();
            let notice = match last {
                Some(Command::Wipe { round }) => Notice::Wiped { round, millis: 50 },
                Some(Command::Audit { round }) => Notice::Audited {
                    round,
                    report: Report { outcomes },
                },
                Some(_) | None => return,
            };
            self.hear(Word::Keeper(notice));
        }
    }

    /// Minutes pass, with a sign of a person each.
    fn pass(&mut self, minutes: u32) {
        for _ in 0..minutes {
            self.now += Duration::from_mins(1);
            self.hear(Word::Activity);
            self.guardian.tick(self.now);
        }
    }

    fn visit(&mut self, destination: Destination, random: &mut StdRng) -> (Option<Line>, Duree) {
        let began = self.now;
        self.person(Person::Touched);
        self.person(Person::Read);
        self.person(Person::Chose(destination));
        let minutes = *[10, 20, 25, 35, 45, 50, 70, 90, 130]
            .choose(random)
            .unwrap_or(&25);
        self.pass(minutes / 3);
        if random.random_bool(0.45) {
            self.help(minutes / 2, random);
        }
        self.pass(minutes / 3);
        if random.random_bool(0.06) {
            self.now += Duration::from_mins(20);
            self.guardian.tick(self.now);
        } else {
            self.person(Person::Finish);
        }
        let lasted = self.now.saturating_sub(began).as_secs() / 60;
        self.leave(random);
        self.answer();
        let line = with(&self.counted, Vec::pop);
        let duree = match (line.as_ref(), lasted) {
            (Some(line), _) => line.duree,
            (None, 0..30) => Duree::Lt30,
            (None, 30..60) => Duree::De30A60,
            (None, 60..120) => Duree::De60A120,
            (None, _) => Duree::Ge120,
        };
        (line, duree)
    }

    fn help(&mut self, minutes: u32, random: &mut StdRng) {
        let level = if random.random_bool(0.7) {
            Level::Act
        } else {
            Level::Show
        };
        let asked = if level == Level::Act {
            Gestures::only(Gesture::Write)
        } else {
            Gestures::default()
        };
        let request = Request {
            role: RoleId(0),
            level,
            place: Place::Here,
            asked,
            minutes: 60,
        };
        self.hear(Word::Say(Event::Helper(Helper::Asks(request))));
        let View::Guest(guest) = self.view() else {
            return;
        };
        let Hands::Asking { ticket, .. } = guest.hands else {
            return;
        };
        if random.random_bool(0.12) {
            self.person(Person::No(ticket));
            return;
        }
        self.now += Duration::from_secs(3);
        self.guardian.tick(self.now);
        self.person(Person::Yes(ticket, asked));
        self.pass(minutes.min(50));
        if random.random_bool(0.1) {
            self.person(Person::TakeBack);
        } else {
            self.hear(Word::Say(Event::Helper(Helper::HandsBack)));
        }
        if random.random_bool(0.6) {
            let posture = Posture::ALL.choose(random).copied();
            self.hear(Word::Note(Note::Posture(posture)));
        }
    }

    fn leave(&mut self, random: &mut StdRng) {
        let View::Farewell(farewell) = self.view() else {
            return;
        };
        if random.random_bool(0.5) {
            let issue = *Issue::ALL.choose(random).unwrap_or(&Issue::Terminee);
            self.hear(Word::Note(Note::Issue(issue)));
            if issue == Issue::Orientee {
                let to = Orientation::ALL.choose(random).copied();
                self.hear(Word::Note(Note::Orientation(to)));
            }
        }
        if random.random_bool(0.03) {
            self.hear(Word::Note(Note::Count(false)));
        }
        self.person(Person::EraseNow(farewell.ticket));
    }
}

/// Lives through so many visits, day after day, from January 2025 on.
pub fn live(
    config: &Config,
    folder: &Path,
    visits: u32,
    seed: u64,
) -> Result<Vec<Visit>, Box<dyn Error>> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut month = Month::new(2025, 1).ok_or("a month")?;
    let mut ledger = Ledger::open(folder, config.statistics.pairs.clone(), month)?;
    let ids = config
        .catalogue
        .demarches()
        .iter()
        .map(|one| Destination::Demarche(one.id));
    let subjects = ids.map(|id| config.subject(id)).collect();
    let mut station = Station::new(subjects);
    let mut all = Vec::new();
    let mut day = 0;
    while all.len() < visits as usize {
        let left = visits.saturating_sub(u32::try_from(all.len())?);
        let today = random.random_range(super::A_DAY - 4..=super::A_DAY + 4);
        for _ in 0..today.min(left) {
            let destination = destination(config, &mut random);
            let (line, duree) = station.visit(destination, &mut random);
            if let Some(line) = line {
                ledger.count(&line, month);
            }
            let Subject {
                thematique,
                operateur,
            } = config.subject(destination);
            all.push(Visit {
                month,
                operateur,
                thematique,
                duree,
                line,
            });
        }
        ledger.save(month)?;
        day += 1;
        if day % 22 == 0 {
            month = month.after();
        }
    }
    ledger.save(month.after())?;
    Ok(all)
}

/// A few démarches are most of the visits.
fn destination(config: &Config, random: &mut StdRng) -> Destination {
    let count = config.catalogue.demarches().len();
    let skewed = random
        .random_range(0..count)
        .min(random.random_range(0..count));
    match random.random_range(0..20) {
        0 => Destination::Free,
        1 => Destination::Practice,
        _ => Destination::Demarche(DemarcheId(u16::try_from(skewed).unwrap_or(0))),
    }
}
