//! What the rest of Estran may rely on.

use std::path::PathBuf;
use std::time::Duration;

use super::{App, Custody, Health, Keyboard, Opening, Sites, Theme, UsbPolicy};
use crate::catalogue::{Catalogue, Text};
use crate::rights::Rights;
use crate::usage::{Hour, Pair, Thresholds};
use crate::visit::{Browser, RoleId};
use crate::wording::{Lang, Wording};

/// A checked configuration: everything that a station needs to know of its house.
#[derive(Debug)]
pub struct Config {
    /// The house.
    pub place: Place,
    /// The languages of the station, first the one in which it waits. Never empty.
    pub languages: Vec<Lang>,
    /// When the house is open.
    pub opening: Opening,
    /// How long it waits for what.
    pub timers: Timers,
    /// Who helps here.
    pub help: Help,
    /// Which browsers it opens.
    pub browsers: Browsers,
    /// What is known of the network's own journal.
    pub network_journal: NetworkJournal,
    /// Which sites a visit may open.
    pub sites: Sites,
    /// What visitors may do with a stick.
    pub usb: UsbPolicy,
    /// From when on staff are told.
    pub health: Health,
    /// The house's colours.
    pub theme: Theme,
    /// Programs beside the browsers.
    pub apps: Vec<App>,
    /// "Naviguer librement" is offered.
    pub free_browsing: bool,
    /// "M'entraîner" is offered.
    pub practice: bool,
    /// How the screen starts for each visitor.
    pub screen: Screen,
    /// The keyboard in front of the visitor.
    pub keyboard: Keyboard,
    /// Bounds of the guest session.
    pub session: Session,
    /// The printer that visits may use; none when the house has none.
    pub printer: Option<Printer>,
    /// How the root custodian keeps its guests.
    pub custody: Custody,
    /// What is counted, and what may leave the house.
    pub statistics: Statistics,
    /// The démarches.
    pub catalogue: Catalogue,
    /// The words.
    pub wording: Wording,
    /// "Ai-je le droit de… ?"
    pub rights: Rights,
}

/// The house. Proper names and addresses, shown as they are in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// "France services de …". 1 to 80 characters.
    pub name: String,
    /// The name of this station among the house's, "Poste 2". 1 to 40 characters.
    pub post: Option<String>,
    /// Whom to ask on the spot. 1 to 120 characters.
    pub contact: Text,
    /// How to reach the data protection officer. 1 to 160 characters.
    pub dpo: String,
    /// Opening hours in words. At most 200 characters; may be empty.
    pub hours: Text,
    /// The postal address, for the mandate. 1 to 160 characters.
    pub address: Option<String>,
    /// The number in the register of companies, for the mandate: 14 digits.
    pub siret: Option<String>,
}

/// How long the station waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timers {
    /// Nobody has touched the notice or the choice: back to the welcome. 30 s to 10 min.
    pub idle_before: Duration,
    /// Nobody has touched anything in a visit, before the warning. 2 to 60 min.
    pub idle_visit: Duration,
    /// The warning's own time. 60 s (WCAG 2.2.1 wants at least 20 s) to 5 min.
    pub idle_warning: Duration,
    /// An unanswered question is a No after this. 30 s to 5 min.
    pub question: Duration,
    /// A pause that is not taken up ends the visit. 1 to 30 min.
    pub pause: Duration,
    /// The farewell's own time. 30 s to 15 min.
    pub farewell: Duration,
    /// How long a visit may last, where that is limited. 15 min to 4 h.
    pub visit: Duration,
    /// When that limit counts.
    pub visit_limit: VisitLimit,
}

/// When a visit's length is limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VisitLimit {
    /// Never.
    Never,
    /// While staff say that others wait.
    #[default]
    WhenOthersWait,
    /// Always.
    Always,
}

/// Who helps here, and for how long at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The functions of helpers, never their names. 1 to 8.
    pub roles: Vec<Role>,
    /// The length of a grant that the screen proposes, minutes. 1 to 120.
    pub default_minutes: u8,
    /// A helper may have a keyboard and a mouse of their own: 1, or 0 where the house wants none.
    pub seats: u8,
    /// The evdev code of a physical button that takes the hand back, beside F12 and Pause.
    pub take_back_key: Option<u32>,
}

/// The function of a helper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its rank.
    pub id: RoleId,
    /// What the visitor reads, 1 to 60 characters.
    pub label: Text,
}

impl Help {
    /// A role, if the id is of this list.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(usize::from(id.0))
    }
}

/// A browser that Estran knows how to confine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BrowserKind {
    /// Firefox ESR.
    Firefox,
    /// Chromium.
    Chromium,
}

/// The station's two browsers; never twice the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browsers {
    /// Opened first.
    pub first: BrowserKind,
    /// "Essayer l'autre navigateur".
    pub second: BrowserKind,
}

impl Browsers {
    /// Which program a browser of the visit is.
    #[must_use]
    pub const fn kind(self, browser: Browser) -> BrowserKind {
        match browser {
            Browser::First => self.first,
            Browser::Second => self.second,
        }
    }
}

/// What the house declares of its network's own journal. The station promises nothing for a
/// network that is not its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkJournal {
    /// Whoever runs the access keeps connection data, as the law may ask of them.
    OperateurExterne,
    /// The house declares none.
    AucunDeclare,
    /// Nobody knows.
    Inconnu,
}

impl NetworkJournal {
    /// The wording key of the sentence that the notice shows.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OperateurExterne => "network-journal-operateur-externe",
            Self::AucunDeclare => "network-journal-aucun-declare",
            Self::Inconnu => "network-journal-inconnu",
        }
    }
}

/// The size of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextSize {
    /// ×1.
    #[default]
    Normal,
    /// ×1.5.
    Large,
    /// ×2.
    Largest,
}

impl TextSize {
    /// In percent of the normal size.
    #[must_use]
    pub const fn percent(self) -> u16 {
        match self {
            Self::Normal => 100,
            Self::Large => 150,
            Self::Largest => 200,
        }
    }

    /// The next size, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Normal => Self::Large,
            Self::Large => Self::Largest,
            Self::Largest => Self::Normal,
        }
    }
}

/// How the screen starts for each visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Size of text.
    pub text: TextSize,
    /// Black, white and yellow.
    pub high_contrast: bool,
}

/// The house's printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// ipp:// or ipps://, with a host, without an account. At most 200 characters of ASCII.
    pub uri: String,
}

impl Printer {
    /// The printer at this address, if it is a plain one: it becomes a line of the print
    /// service's own configuration.
    #[must_use]
    pub fn at(uri: &str) -> Option<Self> {
        let plain = uri.len() <= 200 && uri.bytes().all(|byte| byte.is_ascii_graphic());
        let parsed = url::Url::parse(uri).ok()?;
        let known = matches!(parsed.scheme(), "ipp" | "ipps")
            && parsed.host_str().is_some_and(|host| !host.is_empty())
            && parsed.username().is_empty()
            && parsed.password().is_none();
        (plain && known && !uri.starts_with('-')).then(|| Self {
            uri: uri.to_owned(),
        })
    }
}

/// Bounds of the guest session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the session may hold in memory, files and all, MiB. 512 to 16 384.
    pub memory_mib: u32,
}

/// What is counted, and what may leave the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// The place's id in the national cartography; may be empty. Letters, digits, `-` and `_`.
    pub place_id: String,
    /// The pairs of lists that are counted by quarter. At most 4.
    pub pairs: Vec<Pair>,
    /// Below them, numbers are hidden.
    pub thresholds: Thresholds,
    /// When the counters are written, every day.
    pub write_at: Hour,
    /// The folder that staff may export to from their screen. `None`: a stick alone.
    pub folder: Option<PathBuf>,
    /// Where `estranctl metrics --send` sends to: an OTLP/HTTP base address. `None`: nowhere.
    pub collector: Option<String>,
}
