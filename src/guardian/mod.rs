//! The one owner of the visit: one thread applies events, runs the timers that the life asks for,
//! gives the custodian its orders and publishes what must be true now.
//!
//! Everything outside is a port ([`Seat`], [`Keeper`]), and time comes in as a number, so that the
//! whole room runs in a test without a thread, a clock or a process.
#![forbid(unsafe_code)]

mod heard;
mod helped;
mod house;
mod orders;
mod published;
mod sensor;
mod tally;
mod thread;
mod timers;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use crate::audit::{Probe, Report};
use crate::custodian::{
    Command, Document, Notice, Paper, Printer, Receipted, Refused, Stick, Target,
};
use crate::usage::{Line, Note, Subject};
use crate::visit::{Clock, Deed, Destination, Event, Field, Life, Machine, Order, Person, Policy};

pub use helped::{Given, Helped};
pub use house::{End, Ending, Hours, Limit, Renewal, Shut};
pub use published::{Delivered, Published};
pub use thread::{Handle, Inbox, Mail, mailbox, start};
pub use timers::Timings;

use helped::Help;
use house::House;
use orders::Carried;
use sensor::Sensor;
use tally::{Said, Tally};
use timers::Timers;

/// The display, as the guardian needs it.
pub trait Seat {
    /// Makes the policy true at the gate.
    fn apply(&mut self, policy: Policy);
    /// Makes a fresh private socket for one guest.
    ///
    /// # Errors
    /// When the socket cannot be made; the guest is then not started.
    fn open(&mut self) -> std::io::Result<PathBuf>;
    /// Ends every client and blanks the picture.
    fn close(&mut self);
}

/// The custodian, as the guardian needs it.
pub trait Keeper {
    /// Sends a command. After a loss, an implementation may start a fresh custodian for `Wipe`.
    ///
    /// # Errors
    /// When the custodian is gone.
    fn send(&mut self, command: &Command) -> Result<(), Lost>;
    /// The rules have changed, between two visits.
    fn renew(&mut self) {}
}

/// The custodian is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the custodian is gone")]
pub struct Lost;

/// What the visitor chose for themselves; given to the browser when it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// BCP 47 tag.
    pub language: String,
    /// Page zoom, percent, 100 to 200.
    pub zoom: u16,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: "fr".to_owned(),
            zoom: 100,
        }
    }
}

/// What reaches the guardian.
#[derive(Debug)]
pub enum Word {
    /// Somebody said something about the visit.
    Say(Event),
    /// A sign of a person: a key, a touch, a movement.
    Activity,
    /// The custodian said something.
    Keeper(Notice),
    /// The guest has (true) or has no longer (false) a picture to show.
    Picture(bool),
    /// The kind of field that the guest's window says has the keyboard.
    Field(Field),
    /// The visitor, asked about a field that nobody could judge: it is not secret, nor are others
    /// like it during this visit.
    NotSecret,
    /// A call or a film is under way: the idle timer waits.
    Inhibited(bool),
    /// The visitor changed language or size.
    Prefer(Preferences),
    /// Something was done with the helper's hand.
    Deed(Deed),
    /// A helper's own devices came (true) or went (false).
    SecondSeat(bool),
    /// A document to print or to copy.
    Take(Command),
    /// What the clock on the wall says of the opening hours.
    Hours(Hours),
    /// Staff close the station from the next welcome on.
    Close(Shut),
    /// Staff open it again, or keep it open beyond its hours.
    Reopen,
    /// A proof runs beside the station (true), or has ended: nobody comes in meanwhile.
    Proving(bool),
    /// Staff say whether others wait.
    OthersWait(bool),
    /// Something of the visitor's is on its way to a site: the idle timer waits.
    Uploading(bool),
    /// New rules, from the next welcome on.
    Renew(Box<Renewal>),
    /// Something about the line that the statistics may count.
    Note(Note),
    /// A mandate, to be put among the visitor's documents; counted once it is printed.
    Mandate(Paper),
    /// The program ends: wipe, then stop.
    Stop,
}

/// The guardian's fixed facts.
pub struct Rules {
    /// How long each timer runs.
    pub timings: Timings,
    /// The probes without which no audit is clean.
    pub demanded: Vec<Probe>,
    /// What a destination means for the custodian; `None` when the configuration forbids it.
    pub target: Box<dyn Fn(Destination) -> Option<Target> + Send>,
    /// How long a visit may last, if that is limited.
    pub limit: Option<Limit>,
    /// What a destination means for the statistics.
    pub subject: Box<dyn Fn(Destination) -> Subject + Send>,
    /// Takes the line of a visit that has ended, if the visitor has seen and not refused it.
    pub count: Box<dyn FnMut(Line) + Send>,
    /// Called once, when these rules begin to count in the place of others.
    pub begin: Box<dyn FnMut() + Send>,
}

/// The owner of the visit.
#[allow(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Guardian<S, K> {
    life: Life,
    seat: S,
    keeper: K,
    rules: Rules,
    timers: Timers,
    carried: Carried,
    applied: Option<Policy>,
    preferences: Preferences,
    documents: Vec<Document>,
    report: Option<Report>,
    picture: bool,
    wipe_millis: Option<u32>,
    refused: Option<Refused>,
    printer: Printer,
    stick: Stick,
    delivered: Delivered,
    inhibited: bool,
    house: House,
    sensor: Sensor,
    /// What the life was last told of it.
    sensitive: bool,
    /// It was told so only because nobody could judge the field.
    doubt: bool,
    help: Help,
    /// Until when it is said that a page was not opened.
    closed: Option<Duration>,
    second_seat: bool,
    tally: Tally,
    /// The name of the mandate that was made in this visit.
    mandate: Option<String>,
    receipt: Option<Receipted>,
}

impl<S: Seat, K: Keeper> Guardian<S, K> {
    /// A guardian of a station that has just started. `now` is any monotonic time.
    pub fn new(seat: S, keeper: K, rules: Rules, now: Duration) -> Self {
        let mut guardian = Self {
            life: Life::booted(),
            seat,
            keeper,
            rules,
            timers: Timers::new(now),
            carried: Carried::default(),
            applied: None,
            preferences: Preferences::default(),
            documents: Vec::new(),
            report: None,
            picture: false,
            wipe_millis: None,
            refused: None,
            printer: Printer::default(),
            stick: Stick::default(),
            delivered: Delivered::default(),
            inhibited: false,
            house: House::default(),
            sensor: Sensor::default(),
            sensitive: false,
            doubt: false,
            help: Help::default(),
            closed: None,
            second_seat: false,
            tally: Tally::default(),
            mandate: None,
            receipt: None,
        };
        guardian.settle(VecDeque::new(), now);
        guardian
    }

    /// Hears one word at the time `now`, and makes true what then must be.
    pub fn hear(&mut self, word: Word, now: Duration) {
        let events = match word {
            Word::Say(Event::Person(Person::Touched)) if self.house.shut().is_some() => {
                VecDeque::new()
            }
            Word::Say(event) => self.said(event),
            Word::Activity => {
                self.timers.active(now);
                self.house.active(now);
                VecDeque::new()
            }
            Word::Keeper(notice) => self.keeper_said_at(notice, now),
            Word::Picture(picture) => {
                self.picture = picture;
                VecDeque::new()
            }
            Word::Field(field) => {
                self.sensor.field = field;
                self.sense()
            }
            Word::NotSecret => {
                self.sensor.trusted = true;
                self.sense()
            }
            Word::Inhibited(inhibited) => {
                self.inhibited = inhibited;
                self.timers.active(now);
                VecDeque::new()
            }
            Word::Prefer(preferences) => {
                self.preferences = preferences;
                VecDeque::new()
            }
            Word::Deed(deed) => {
                self.help.did(deed);
                VecDeque::new()
            }
            Word::SecondSeat(there) => {
                self.second_seat = there;
                VecDeque::new()
            }
            Word::Take(command) => self.take(&command),
            Word::Hours(_)
            | Word::Close(_)
            | Word::Reopen
            | Word::Proving(_)
            | Word::OthersWait(_)
            | Word::Uploading(_)
            | Word::Renew(_) => self.house_said(word, now),
            Word::Note(note) => {
                self.tally.note(note);
                VecDeque::new()
            }
            Word::Mandate(paper) => self.mandate(paper),
            Word::Stop => VecDeque::new(),
        };
        self.settle(events, now);
    }

    /// Lets time pass: what is due is said.
    pub fn tick(&mut self, now: Duration) {
        let mut events = VecDeque::new();
        self.closed = self.closed.filter(|until| *until > now);
        if self.house.upload_is_over(now) {
            self.timers.active(now);
        }
        if self.carried.overdue(now) {
            events.push_back(Event::Machine(Machine::CustodianLost));
        }
        events.extend(self.timers.due(now).map(Event::Clock));
        events.extend(self.house.over(self.rules.limit, now));
        self.settle(events, now);
    }

    /// When [`Self::tick`] must be called next, if ever.
    pub fn next(&self, now: Duration) -> Option<Duration> {
        [
            self.timers.next(now, &self.rules.timings),
            self.carried.deadline(),
            self.closed,
            self.house.next(self.rules.limit, now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// What must be true now, for the screen.
    pub fn published(&self, now: Duration) -> Published {
        Published {
            view: self.life.view(),
            remaining: self.timers.remaining(now),
            idle_left: self.timers.idle_left(now, &self.rules.timings),
            documents: self.documents.clone(),
            picture: self.picture,
            report: self.report.clone(),
            wipe_millis: self.wipe_millis,
            shut: self.house.shut(),
            ending: self.house.ending(self.rules.limit, now),
            others_wait: self.house.do_others_wait(),
            settings: self.house.number(),
            refused: self.refused,
            printer: self.printer,
            stick: self.stick,
            delivered: self.delivered,
            sensor_mute: self.sensor.is_mute(),
            sensor_doubt: self.doubt,
            helped: self.help.ended(),
            given: self.help.given().cloned(),
            closed: self.closed.is_some(),
            second_seat: self.second_seat,
            line: self.tally.preview(),
            receipt: self.receipt,
        }
    }

    fn house_said(&mut self, word: Word, now: Duration) -> VecDeque<Event> {
        match word {
            Word::Hours(hours) => return self.house.clock(hours, now).into_iter().collect(),
            Word::Close(shut) => self.house.close(shut),
            Word::Reopen => self.house.open(),
            Word::Proving(runs) => self.house.proving(runs),
            Word::OthersWait(wait) => self.house.others_wait(wait, now),
            Word::Uploading(uploading) => {
                if self.house.uploading(uploading, now) {
                    self.timers.active(now);
                }
            }
            Word::Renew(renewal) => self.house.renew(*renewal),
            Word::Say(_)
            | Word::Activity
            | Word::Keeper(_)
            | Word::Picture(_)
            | Word::Inhibited(_)
            | Word::Field(_)
            | Word::NotSecret
            | Word::Prefer(_)
            | Word::Deed(_)
            | Word::SecondSeat(_)
            | Word::Note(_)
            | Word::Mandate(_)
            | Word::Take(_)
            | Word::Stop => {}
        }
        VecDeque::new()
    }

    /// What both signals say together, when that is news.
    fn sense(&mut self) -> VecDeque<Event> {
        let sensitive = self.sensor.sensitive();
        if std::mem::replace(&mut self.sensitive, sensitive) == sensitive {
            return VecDeque::new();
        }
        if sensitive {
            // The page is covered next, and then says nothing more of its field.
            self.doubt = self.sensor.is_doubt();
        }
        VecDeque::from([Event::Machine(Machine::Sensitive(sensitive))])
    }

    fn step(&mut self, event: Event, now: Duration) {
        let said = Said::of(&event);
        let before = self.life.view();
        let (life, _heard) = std::mem::take(&mut self.life).on(event);
        self.life = life;
        let views = (before, self.life.view());
        let line = self.tally.follow(views, said, &*self.rules.subject, now);
        if let Some(line) = line {
            (self.rules.count)(line);
        }
    }

    /// Applies events until none is left, then makes the seat, the custodian and the timers agree
    /// with the life. Carrying out an order may itself say something, which is heard in turn.
    fn settle(&mut self, mut events: VecDeque<Event>, now: Duration) {
        loop {
            while let Some(event) = events.pop_front() {
                self.step(event, now);
                self.help.follow(self.life.view(), now);
            }
            let policy = self.life.policy();
            if self.applied != Some(policy) {
                self.seat.apply(policy);
                self.applied = Some(policy);
            }
            if let Some(said) = self.carry_out(policy.order, now) {
                events.push_back(Event::Machine(said));
                continue;
            }
            break;
        }
        if !matches!(self.life.policy().order, Order::Guest { .. }) {
            self.documents.clear();
            self.mandate = None;
            self.refused = None;
            self.closed = None;
            self.sensor = Sensor::default();
            self.sensitive = false;
            self.doubt = false;
            self.picture = false;
        }
        let view = self.life.view();
        self.house.follow(view, now);
        if let Some(rules) = self.house.due(view) {
            self.rules = rules;
            (self.rules.begin)();
            self.keeper.renew();
        }
        self.timers.agree(
            &self.life.timers(),
            now,
            &self.rules.timings,
            self.inhibited || self.house.is_uploading(now),
        );
    }
}

/// Time's own words, for the timers.
type Due = Clock;
