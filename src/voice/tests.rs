#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;

/// A voice that waits to be let go after each order, and tells what it was asked.
struct Slow {
    asked: Sender<(Lang, Vec<String>)>,
    go: Receiver<()>,
}

impl Voice for Slow {
    fn say(&mut self, lang: Lang, sentences: &[String]) -> Result<(), Missing> {
        self.asked.send((lang, sentences.to_vec())).unwrap();
        self.go.recv().unwrap();
        match lang {
            Lang::Ar => Err(Missing::Language),
            Lang::Fr | Lang::FrFalc | Lang::En => Ok(()),
        }
    }

    fn hush(&mut self) {
        self.asked.send((Lang::Fr, Vec::new())).unwrap();
    }
}

#[test]
fn only_what_is_on_the_screen_is_read_and_a_missing_voice_is_told() {
    let (asked, orders) = channel();
    let (go, wait) = channel();
    let (told, heard) = channel();
    let speaker = Speaker::start(Slow { asked, go: wait }, move |heard| {
        told.send(heard).unwrap();
    })
    .unwrap();
    let patience = Duration::from_secs(20);
    let next = || orders.recv_timeout(patience).unwrap();
    speaker.say(Lang::Fr, vec!["un".to_owned()]);
    assert_eq!(next().1, ["un"]);
    // While the first screen is still being asked for, two more came and went.
    speaker.say(Lang::Fr, vec!["deux".to_owned()]);
    speaker.say(Lang::Ar, vec!["trois".to_owned()]);
    go.send(()).unwrap();
    assert_eq!(heard.recv_timeout(patience).unwrap(), Heard::Speaking);
    assert_eq!(next(), (Lang::Ar, vec!["trois".to_owned()]));
    go.send(()).unwrap();
    let missing = Heard::Missing(Missing::Language);
    assert_eq!(heard.recv_timeout(patience).unwrap(), missing);
    speaker.hush();
    assert_eq!(next(), (Lang::Fr, Vec::new()));
}
