//! The running front-end: what the guardian publishes goes to a screen, what a screen says goes to
//! the guardian.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::{Event, Size, Subscription, Task, Theme, time, window};

use super::control::Id;
use super::desk::{News, Showing};
use super::door::{self, Answer, Door, Doorman};
use super::focus::frame;
use super::guest_area::{FrameWaker, Picture, frame_stream};
use super::guest_side::GuestSide;
use super::kit::Element;
use super::model::Model;
use super::reader::Reader;
use super::screen::{self, Action, Kind, Screen};
use super::signal::Ear;
use super::{fonts, theme};
use crate::config::Config;
use crate::counter::Counter;
use crate::visit::{self, View};
use crate::{display, guardian, secrets, voice};

/// How long "Poste nettoyé et vérifié" stays before the welcome, if nobody touches it.
const CLEAN_SHOWN: Duration = Duration::from_secs(4);

/// How often the screen of staff is looked at anew.
const DESK_LOOK: Duration = Duration::from_secs(2);

/// What the front-end needs.
pub struct Start {
    /// The house.
    pub config: Arc<Config>,
    /// What staff may ask.
    pub counter: Counter,
    /// The owner of the visit.
    pub guardian: guardian::Handle,
    /// Rings after each new level of the guardian.
    pub changes: Ear,
    /// The guest's display.
    pub display: display::Handle,
    /// Woken after each new picture of the guest.
    pub frames: FrameWaker,
    /// A window of this many pixels instead of the full screen.
    pub windowed: Option<(u32, u32)>,
    /// The door behind the helper's code; nobody passes where it could not be opened.
    pub door: Option<secrets::Door>,
    /// Where the probe listens (developer builds).
    pub probe: Option<PathBuf>,
}

/// What reaches the front-end.
#[derive(Clone, Debug)]
enum Message {
    /// The guardian published something.
    Changed,
    /// The guest drew something.
    Drawn,
    /// The window has this size.
    Resized(Size),
    /// The window has this many physical pixels a logical one.
    Rescaled(f32),
    /// The keyboard speaks to this control.
    Focused(Option<Id>),
    /// A control of the screen said something.
    Screen(screen::Message),
    /// The clean screen has been seen.
    CleanSeen,
    /// Something came back for staff.
    Desk(News),
    /// The screen of staff is looked at anew.
    DeskLook,
    /// The keeper of the helper's code answered.
    Door(Answer),
    /// Whether the voice is heard.
    Voice(voice::Heard),
    /// The probe asks what shows.
    #[cfg(feature = "probe")]
    Probe(super::probe::Question),
    /// What shows was looked up for the probe.
    #[cfg(feature = "probe")]
    Probed(super::probe::Question, Vec<super::focus::Found>),
}

struct App {
    model: Model,
    screen: Screen,
    guest: GuestSide,
    guardian: guardian::Handle,
    counter: Counter,
    settings: u32,
    focus: Option<Id>,
    clean_due: bool,
    doorman: Doorman,
    reader: Reader,
}

/// Runs the front-end until its window closes.
///
/// # Errors
/// When no window can be opened.
pub fn run(start: Start) -> iced::Result {
    let window = window(start.windowed);
    let size = window.size;
    let start = Mutex::new(Some(start));
    let boot = move || {
        let start = start.lock().unwrap_or_else(PoisonError::into_inner).take();
        App::boot(start, size)
    };
    iced::application::<Option<App>, Message, Theme, super::kit::Renderer>(boot, update, view)
        .settings(settings())
        .window(window)
        .title("Estran")
        .style(style)
        .subscription(subscription)
        .run()
}

pub(super) fn settings() -> iced::Settings {
    iced::Settings {
        id: Some("estran".to_owned()),
        fonts: fonts::FILES.into_iter().map(Into::into).collect(),
        default_font: fonts::REGULAR,
        ..iced::Settings::default()
    }
}

pub(super) fn ground(palette: &theme::Palette) -> iced::theme::Style {
    iced::theme::Style {
        background_color: palette.sand,
        text_color: palette.ink,
    }
}

pub(super) fn window(windowed: Option<(u32, u32)>) -> window::Settings {
    let (width, height) = windowed.unwrap_or((1920, 1080));
    let mut settings = window::Settings {
        size: Size::new(width as f32, height as f32),
        fullscreen: windowed.is_none(),
        decorations: false,
        ..window::Settings::default()
    };
    #[cfg(target_os = "linux")]
    {
        "estran".clone_into(&mut settings.platform_specific.application_id);
    }
    settings
}

impl App {
    /// iced may boot again only for its own tests; there is one start.
    fn boot(start: Option<Start>, size: Size) -> (Option<Self>, Task<Message>) {
        let Some(start) = start else {
            return (None, iced::exit());
        };
        let mut model = Model::new(start.config, start.guardian.published(), size);
        // A store that does not answer is told when a code is tried; it must not open the set-up.
        if !start.counter.is_code_set().unwrap_or(true) {
            model.desk.showing = Showing::SetUp;
        }
        let screen = Screen::new(Kind::of(&model, false));
        let picture = Picture::new(start.display.frames(), start.frames.clone());
        let (doorman, answers) = door::keep(start.door);
        doorman.look();
        let (reader, heard) = Reader::start();
        let app = Self {
            model,
            screen,
            guest: GuestSide::new(picture, start.display),
            guardian: start.guardian,
            counter: start.counter,
            settings: 0,
            focus: None,
            clean_due: false,
            doorman,
            reader,
        };
        let tasks = [
            Task::run(start.changes.rings(), |()| Message::Changed),
            Task::run(frame_stream(start.frames), |()| Message::Drawn),
            Task::run(answers, Message::Door),
            Task::run(heard, Message::Voice),
            window::oldest()
                .and_then(window::size)
                .map(Message::Resized),
            window::oldest()
                .and_then(window::scale_factor)
                .map(Message::Rescaled),
            Task::done(Message::Changed),
            #[cfg(feature = "probe")]
            super::probe::listen(start.probe)
                .map_or_else(Task::none, |questions| Task::run(questions, Message::Probe)),
        ];
        (Some(app), Task::batch(tasks))
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Changed => self.follow(self.guardian.published()),
            Message::Drawn => {
                self.guest.picture.refresh();
                self.guest.pointer = self.guest.seat.helper_pointer();
            }
            Message::Door(answer) => return self.door(answer),
            Message::Voice(heard) => {
                self.model.voice_missing = matches!(heard, voice::Heard::Missing(_));
            }
            Message::Resized(size) => self.model.size = size,
            Message::Rescaled(factor) => self.guest.factor = factor.into(),
            Message::Focused(id) => self.focus = id,
            Message::CleanSeen => self.clean_seen(),
            Message::Screen(message) => {
                let action = self.screen.update(message, &mut self.model, &self.guest);
                return self.act(action);
            }
            Message::Desk(news) => {
                let look = self.model.desk.hear(news);
                self.show();
                if look {
                    return self.look();
                }
            }
            Message::DeskLook => return self.look(),
            #[cfg(feature = "probe")]
            Message::Probe(question) => {
                return super::probe::look(question)
                    .map(|(question, found)| Message::Probed(question, found));
            }
            #[cfg(feature = "probe")]
            Message::Probed(question, found) => {
                question.answer(&super::probe::document(
                    &self.model,
                    self.screen.name(&self.model),
                    self.focus.as_ref(),
                    &found,
                    self.guest.factor as f32,
                ));
            }
        }
        Task::none()
    }

    /// Looks at station and machine for the screen of staff.
    fn look(&mut self) -> Task<Message> {
        let lang = self.model.lang;
        let task = self.model.desk.renew(&self.counter, lang);
        self.show();
        task.map(Message::Desk)
    }

    fn act(&mut self, action: Action) -> Task<Message> {
        let mut task = Task::none();
        match action {
            Action::Nothing => (),
            Action::Say(event) => self.guardian.say(event),
            Action::Take(command) => self.guardian.tell(guardian::Word::Take(command)),
            Action::Tell(word) => self.guardian.tell(word),
            Action::CleanSeen => self.clean_seen(),
            Action::NotSecret(ticket) => {
                self.guardian.tell(guardian::Word::NotSecret);
                let over = visit::Person::PrivacyOver(ticket);
                self.guardian.say(visit::Event::Person(over));
            }
            Action::Desk(order) => {
                let lang = self.model.lang;
                let desk = self.model.desk.obey(order, &self.counter, lang);
                task = desk.map(Message::Desk);
            }
            Action::LookAtDoor => self.doorman.look(),
            Action::Knock(code) => {
                self.model.door = Door::Asked;
                self.doorman.knock(code);
            }
            Action::Tool(tool) => {
                if tool.apply(&mut self.model) {
                    self.guardian
                        .tell(guardian::Word::Prefer(self.model.preferences()));
                }
            }
        }
        self.show();
        task
    }

    /// What the keeper of the helper's code said goes to the sheet that asked.
    fn door(&mut self, answer: Answer) -> Task<Message> {
        match answer {
            // A code that is not needed is not asked for.
            Answer::Is(Door::Open) => self.passed(Door::Open),
            Answer::Is(door) => {
                self.model.door = door;
                Task::none()
            }
            Answer::Right => self.passed(Door::Closed),
        }
    }

    fn passed(&mut self, door: Door) -> Task<Message> {
        self.model.door = door;
        let action = self
            .screen
            .update(screen::passed(), &mut self.model, &self.guest);
        self.act(action)
    }

    /// Takes over what must be true now.
    fn follow(&mut self, published: guardian::Published) {
        let before = self.model.view();
        if published.settings != self.settings {
            self.settings = published.settings;
            if let Some(config) = self.counter.config(self.settings) {
                self.model.config = config;
                self.forget_visitor();
            }
        }
        self.model.published = published;
        let now = self.model.view();
        if before != now {
            self.model.calling = false;
        }
        if let View::Welcome { after_visit } = now {
            if before != now {
                self.clean_due = after_visit;
            }
            if visitor_left(before, now, self.clean_due) {
                self.forget_visitor();
            }
        } else {
            self.clean_due = false;
        }
        self.show();
    }

    fn clean_seen(&mut self) {
        if self.clean_due {
            self.clean_due = false;
            self.forget_visitor();
            self.show();
        }
    }

    fn forget_visitor(&mut self) {
        self.model.forget_visitor();
        self.guardian
            .tell(guardian::Word::Prefer(self.model.preferences()));
    }

    /// A screen of another kind starts afresh; the same kind keeps its state.
    fn show(&mut self) {
        let kind = Kind::of(&self.model, self.clean_due);
        if self.screen.kind() != kind {
            self.screen = Screen::new(kind);
        }
        self.reader.follow(&self.screen, &self.model);
    }

    fn view(&self) -> Element<'_, Message> {
        let screen = self
            .screen
            .view(&self.model, Some(&self.guest))
            .map(Message::Screen);
        frame(
            self.screen.key(&self.model),
            self.screen.start(&self.model),
            screen,
            Message::Focused,
        )
        .on_back(self.screen.back(&self.model).map(Message::Screen))
        .on_staff(
            (!self.model.desk.is_up()).then_some(Message::Screen(screen::Message::Enter)),
            !matches!(self.model.view(), View::Guest(_)),
        )
        .from_right(self.model.tokens().rtl)
        .on_activity(|| self.guardian.tell(guardian::Word::Activity))
        .into()
    }
}

/// Whether language, size and contrast go back to the house's: on each arrival at the welcome,
/// once "Poste nettoyé et vérifié" has been seen. From the welcome to the notice they stay.
fn visitor_left(before: View, now: View, clean_due: bool) -> bool {
    matches!(now, View::Welcome { .. }) && before != now && !clean_due
}

fn update(app: &mut Option<App>, message: Message) -> Task<Message> {
    app.as_mut()
        .map_or_else(Task::none, |app| app.update(message))
}

#[allow(clippy::ref_option, reason = "iced lends the whole state")]
fn view(app: &Option<App>) -> Element<'_, Message> {
    app.as_ref()
        .map_or_else(|| iced::widget::Space::new().into(), App::view)
}

#[allow(clippy::ref_option, reason = "iced lends the whole state")]
fn style(app: &Option<App>, _: &Theme) -> iced::theme::Style {
    let palette = app
        .as_ref()
        .map_or(&theme::Palette::SHORE, |app| app.model.tokens().palette);
    ground(palette)
}

/// Nothing ticks but the four seconds of the clean screen, and the screen of staff while it shows.
#[allow(clippy::ref_option, reason = "iced lends the whole state")]
fn subscription(app: &Option<App>) -> Subscription<Message> {
    let changed = iced::event::listen_with(|event, _, _| window_changed(&event));
    let mut all = vec![changed];
    if let Some(app) = app {
        if app.clean_due {
            all.push(time::every(CLEAN_SHOWN).map(|_| Message::CleanSeen));
        }
        if !matches!(app.model.desk.showing, Showing::Nothing | Showing::SetUp) {
            all.push(time::every(DESK_LOOK).map(|_| Message::DeskLook));
        }
    }
    Subscription::batch(all)
}

/// Another size, or a screen with other pixels.
fn window_changed(event: &Event) -> Option<Message> {
    if let Event::Window(window::Event::Resized(size)) = event {
        Some(Message::Resized(*size))
    } else if let Event::Window(window::Event::Rescaled(factor)) = event {
        Some(Message::Rescaled(*factor))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_welcome_stays_for_the_visit_and_goes_with_the_visitor() {
        let welcome = |after_visit| View::Welcome { after_visit };
        for next in [View::Notice, View::Choosing, View::Wiping { attempt: 1 }] {
            assert!(!visitor_left(welcome(false), next, false), "{next:?}");
        }
        assert!(!visitor_left(welcome(false), welcome(false), false));
        assert!(visitor_left(View::Notice, welcome(false), false));
        let audit = View::Auditing { after_visit: true };
        assert!(
            !visitor_left(audit, welcome(true), true),
            "still to be said"
        );
        assert!(visitor_left(audit, welcome(true), false));
    }
}
