//! Follows the screens with the voice: what is new on the screen is read, once.

use iced::futures::Stream;
use iced::futures::channel::mpsc;

use super::control::Id;
use super::model::Model;
use super::screen::{Screen, inside};
use crate::visit::Hands;
use crate::voice::{Dispatcher, Heard, Missing, Speaker};
use crate::wording::Lang;

/// What was read last: the screen, its language, whose hands, the end of a help.
type Read = (Id, Lang, bool, Option<u32>);

/// Reads the screens, while the visitor wants it.
pub struct Reader {
    speaker: Option<Speaker>,
    told: mpsc::UnboundedSender<Heard>,
    read: Option<Read>,
}

impl Reader {
    /// A reader that is silent until it is asked, and what became of its words.
    pub fn start() -> (Self, impl Stream<Item = Heard> + Send + 'static) {
        let (told, heard) = mpsc::unbounded();
        let sender = told.clone();
        let speaker = Speaker::start(Dispatcher::default(), move |heard| {
            // The front-end has ended: nobody is left to be told.
            drop(sender.unbounded_send(heard));
        });
        let reader = Self {
            speaker: speaker.ok(),
            told,
            read: None,
        };
        (reader, heard)
    }

    /// Reads `screen` if it is new; stops when the visitor wants no voice.
    pub fn follow(&mut self, screen: &Screen, model: &Model) {
        if !model.speaks {
            if self.read.take().is_some()
                && let Some(speaker) = &self.speaker
            {
                speaker.hush();
            }
            return;
        }
        let helped = model.published.helped.map(|helped| helped.number);
        let now = Some((screen.key(model), model.lang, has_hand(model), helped));
        if self.read == now {
            return;
        }
        self.read = now;
        match &self.speaker {
            Some(speaker) => speaker.say(model.lang, screen.spoken(model)),
            None => drop(self.told.unbounded_send(Heard::Missing(Missing::Service))),
        }
    }
}

/// A helper has the hand: the same screen as without, and something else to say.
const fn has_hand(model: &Model) -> bool {
    match inside::guest(model) {
        Some(guest) => matches!(guest.hands, Hands::Helper { .. }),
        None => false,
    }
}
