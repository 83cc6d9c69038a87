//! "Ce poste ne fonctionne pas": the program without a configuration, until there is one.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use iced::futures::channel::mpsc::{UnboundedReceiver, unbounded};
use iced::{Size, Task, Theme, window as windows};

use super::app::{ground, settings, window};
use super::kit::{Element, Renderer};
use super::screen;
use super::theme::{self, Tokens};
use crate::config::{self, Config, Edit, TextSize};
use crate::wording::{Lang, Wording};

/// How the screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its window was closed.
    Closed,
    /// The house's files can be used now.
    Mended,
}

/// What a screen without a configuration hears.
#[derive(Clone, Debug)]
enum Message {
    Size(Size),
    Edited(Edit),
}

/// Shows staff what is wrong with the house's files or with the machine. With `files`, the folder of
/// the house is followed: another mistake is shown in the place of the first, and files that can be
/// used end this screen.
///
/// # Errors
/// When no window can be opened.
pub fn out_of_service(
    lines: Vec<String>,
    windowed: Option<(u32, u32)>,
    files: Option<&Path>,
) -> Result<Ended, iced::Error> {
    let edits = Mutex::new(files.and_then(follow));
    let mended = Arc::new(AtomicBool::new(false));
    let window = window(windowed);
    let (size, heard) = (window.size, Arc::clone(&mended));
    let boot = move || {
        let edits = edits.lock().unwrap_or_else(PoisonError::into_inner).take();
        let broken = Broken {
            size,
            lines: lines.clone(),
            wording: Wording::embedded(),
            mended: Arc::clone(&heard),
        };
        let listen = edits.map_or_else(Task::none, |edits| Task::run(edits, Message::Edited));
        (broken, listen)
    };
    iced::application::<Broken, Message, Theme, Renderer>(boot, Broken::update, Broken::view)
        .settings(settings())
        .window(window)
        .title("Estran")
        .style(|_, _| ground(&theme::Palette::SHORE))
        .subscription(|_| windows::resize_events().map(|(_, size)| Message::Size(size)))
        .run()?;
    Ok(if mended.load(Ordering::SeqCst) {
        Ended::Mended
    } else {
        Ended::Closed
    })
}

/// The edits of the folder from now on; one that came before is the first of them.
fn follow(files: &Path) -> Option<UnboundedReceiver<Edit>> {
    let (sender, edits) = unbounded();
    let tell = sender.clone();
    // Nobody listens any more once the screen has ended.
    let heard = move |edit| drop(tell.unbounded_send(edit));
    if let Err(error) = config::watch(files, heard) {
        tracing::warn!(%error, "the configuration is not followed");
        return None;
    }
    if let Ok(config) = Config::load(files) {
        drop(sender.unbounded_send(Edit::Good(Arc::new(config))));
    }
    Some(edits)
}

struct Broken {
    size: Size,
    lines: Vec<String>,
    wording: Wording,
    mended: Arc<AtomicBool>,
}

impl Broken {
    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Size(size) => self.size = size,
            Message::Edited(Edit::Broken(error)) => {
                self.lines = error.lines(&self.wording, Lang::Fr);
            }
            Message::Edited(Edit::Good(_)) => {
                self.mended.store(true, Ordering::SeqCst);
                return iced::exit();
            }
        }
        Task::none()
    }

    fn view(&self) -> Element<'_, Message> {
        let tokens = Tokens::new(self.size, TextSize::Normal, false, false);
        screen::out_of_service::view(tokens, &self.wording, self.lines.clone())
    }
}
