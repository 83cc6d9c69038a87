//! What can be said to a visit, and by whom.

use super::{Clean, Destination, Gesture, Gestures, Request, Ticket};

/// Something said by one of the five speakers. A helper has no word that answers a question:
/// the type leaves no room for it.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The visitor, at the station's own keyboard, mouse or screen.
    Person(Person),
    /// The helper.
    Helper(Helper),
    /// A timer that the life asked for.
    Clock(Clock),
    /// The custodian, the display, the sensor.
    Machine(Machine),
    /// Staff, behind their code.
    Staff(Staff),
}

/// What the visitor can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// "Toucher pour commencer".
    Touched,
    /// "J'ai compris".
    Read,
    /// "Revenir" or leaving before a guest exists; inside a visit, back to the démarche.
    Left,
    /// A tile.
    Chose(Destination),
    /// "Accueil", inside a visit: choose another démarche without ending it.
    Home,
    /// Oui, with the gestures ticked.
    Yes(Ticket, Gestures),
    /// Non.
    No(Ticket),
    /// "Plus de temps": the question waits as long again.
    MoreTime(Ticket),
    /// "Je reprends la main".
    TakeBack,
    /// "Moment privé".
    WantsPrivacy,
    /// "C'est moi, je continue".
    ItIsMe(Ticket),
    /// "J'ai fini, la page peut être vue".
    PrivacyOver(Ticket),
    /// On the private screen: the helper goes on afterwards without another question (true), or is
    /// asked about again (false, and so it is without a word).
    Returns(Ticket, bool),
    /// "Je reviens".
    Pause,
    /// The right pause code was given.
    Resume(Ticket),
    /// "Recommencer" after the browser stopped.
    Restart,
    /// "Essayer l'autre navigateur".
    OtherBrowser,
    /// "Terminer et tout effacer".
    Finish,
    /// "Revenir à ma démarche", from a farewell that the visitor opened.
    ComeBack(Ticket),
    /// "Tout effacer maintenant".
    EraseNow(Ticket),
}

/// What a helper can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helper {
    /// Asks for the hand.
    Asks(Request),
    /// "Je vais valider", payer, lire le message: asked again at the moment of the act.
    WillDo(Gesture),
    /// "C'est fait": the act that was agreed to is over.
    Did,
    /// Asks for so many minutes more (1 to 120).
    WantsLonger(u8),
    /// Gives it back.
    HandsBack,
}

/// What a timer can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Nobody has touched anything for the configured time, and the warning went unanswered.
    Idle,
    /// There was time to read the question of this ticket: a Yes may be heard from now on.
    Read(Ticket),
    /// The question, grant, act, pause or farewell of this ticket ran out.
    Expired(Ticket),
    /// The house closes.
    Closing,
    /// The visit has lasted as long as it may while others wait.
    LongEnough,
}

/// The audit's word. Only [`crate::audit`] makes a `Clean`.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every probe ran and found nothing.
    Clean(Clean),
    /// Something remained, or a probe could not run.
    Residue,
}

/// What the machine can say.
#[derive(Debug, PartialEq, Eq)]
pub enum Machine {
    /// An audit ended.
    Audited(Verdict),
    /// The browser stopped by itself.
    GuestGone,
    /// A sensitive field has (true) or lost (false) the focus; unknown counts as true.
    Sensitive(bool),
    /// A print job of the visit is under way (true) or none is (false).
    Printing(bool),
    /// The kill and the wipe ended well.
    Wiped,
    /// The wipe could not be done.
    WipeFailed,
    /// The custodian itself is lost: nothing can be promised any more.
    CustodianLost,
}

/// What staff can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staff {
    /// "Remettre à zéro".
    Reset,
    /// Release from quarantine: leads to a wipe, never to a welcome.
    Release,
}
