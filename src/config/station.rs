//! `station.toml`: from raw to checked.

use std::path::Path;
use std::time::Duration;

use toml::Spanned;

use super::checker::Checker;
use super::raw::{
    RawBrowsers, RawCustodian, RawHealth, RawHelp, RawKeyboard, RawNetwork, RawOpening, RawPlace,
    RawPrinter, RawScreen, RawSession, RawSites, RawStation, RawStatistics, RawText, RawTimers,
    RawUsb, keys_of,
};
use super::{
    BrowserKind, Browsers, Custody, Finding, Health, Help, Keyboard, NetworkJournal, Opening,
    Place, Printer, Problem, Role, Screen, Session, Sites, Statistics, TextSize, Timers, UsbPolicy,
    VisitLimit,
};
use super::{custody, devices, opening, sites};
use crate::catalogue::Text;
use crate::visit::RoleId;
use crate::wording::Lang;

/// What `station.toml` says.
pub struct Station {
    pub place: Place,
    pub languages: Vec<Lang>,
    pub opening: Opening,
    pub timers: Timers,
    pub help: Help,
    pub browsers: Browsers,
    pub network_journal: NetworkJournal,
    pub free_browsing: bool,
    pub practice: bool,
    pub screen: Screen,
    pub keyboard: Keyboard,
    pub session: Session,
    pub sites: Sites,
    pub usb: UsbPolicy,
    pub health: Health,
    pub printer: Option<Printer>,
    pub custody: Custody,
    pub statistics: Statistics,
}

pub fn check(file: &Path, text: &str) -> Result<Station, Vec<Finding>> {
    let mut checker = Checker::new(file, text);
    let Some(raw) = checker.raw::<RawStation>(keys) else {
        return Err(checker.findings());
    };
    let place = checker.required(raw.place, "[place]", &(0..0));
    let place = place.map(|raw| place_of(&mut checker, raw));
    let help = checker.required(raw.help, "[help]", &(0..0));
    let help = help.map(|raw| help_of(&mut checker, raw));
    let languages = languages(&mut checker, raw.languages);
    let opening = opening::check(&mut checker, raw.opening);
    let timers = timers(&mut checker, raw.timers);
    let browsers = browsers(&mut checker, raw.browsers);
    let network_journal = network(&mut checker, raw.network);
    let screen = screen(&mut checker, raw.screen);
    let keyboard = keyboard(&mut checker, raw.keyboard);
    let session = session(&mut checker, raw.session);
    let sites = sites::check(&mut checker, raw.sites);
    let usb = devices::usb(&mut checker, raw.usb);
    let health = devices::health(&mut checker, raw.health);
    let printer = raw.printer.and_then(|raw| printer(&mut checker, raw));
    let custody = custody::check(&mut checker, raw.custodian);
    let statistics = super::statistics::check(&mut checker, raw.statistics);
    let findings = checker.findings();
    match (place, help, keyboard) {
        (Some(place), Some(help), Some(keyboard)) if findings.is_empty() => Ok(Station {
            place,
            languages,
            timers,
            help,
            browsers,
            network_journal,
            free_browsing: raw.free_browsing.unwrap_or(true),
            practice: raw.practice.unwrap_or(true),
            screen,
            keyboard,
            session,
            opening,
            sites,
            printer,
            usb,
            health,
            custody,
            statistics,
        }),
        _ => Err(findings),
    }
}

/// The keys of each table; `None` where a value is no table of ours.
fn keys(path: &[&str]) -> Option<&'static [&'static str]> {
    match path {
        [] => Some(keys_of::<RawStation>()),
        ["place"] => Some(keys_of::<RawPlace>()),
        ["opening"] => Some(keys_of::<RawOpening>()),
        ["sites"] => Some(keys_of::<RawSites>()),
        ["printer"] => Some(keys_of::<RawPrinter>()),
        ["usb"] => Some(keys_of::<RawUsb>()),
        ["health"] => Some(keys_of::<RawHealth>()),
        ["timers"] => Some(keys_of::<RawTimers>()),
        ["help"] => Some(keys_of::<RawHelp>()),
        ["browsers"] => Some(keys_of::<RawBrowsers>()),
        ["network"] => Some(keys_of::<RawNetwork>()),
        ["screen"] => Some(keys_of::<RawScreen>()),
        ["keyboard"] => Some(keys_of::<RawKeyboard>()),
        ["session"] => Some(keys_of::<RawSession>()),
        ["custodian"] => Some(keys_of::<RawCustodian>()),
        ["statistics"] => Some(keys_of::<RawStatistics>()),
        ["place", "contact" | "hours"] | ["help", "roles"] => Some(keys_of::<RawText>()),
        _ => None,
    }
}

fn languages(checker: &mut Checker, raw: Option<Spanned<Vec<Spanned<String>>>>) -> Vec<Lang> {
    let Some(raw) = raw else {
        return Lang::ALL.to_vec();
    };
    let list = Lang::ALL.map(|lang| (lang.tag(), lang));
    if raw.get_ref().is_empty() {
        let max = list.len();
        checker.report(raw.span(), Problem::Count { max });
    }
    let mut languages = Vec::new();
    for entry in raw.get_ref() {
        let Some(lang) = checker.choice(entry, &list) else {
            continue;
        };
        if languages.contains(&lang) {
            checker.report(entry.span(), Problem::Twice(lang.tag().to_owned()));
        } else {
            languages.push(lang);
        }
    }
    languages
}

fn place_of(checker: &mut Checker, raw: Spanned<RawPlace>) -> Place {
    let span = raw.span();
    let raw = raw.into_inner();
    let mut line = |value, key, max| {
        checker
            .required(value, key, &span)
            .map_or_else(String::new, |value| checker.words(value, max))
    };
    let name = line(raw.name, "name", 80);
    let dpo = line(raw.dpo, "dpo", 160);
    Place {
        name,
        post: raw.post.map(|post| checker.words(post, 40)),
        contact: checker.required_text(raw.contact, "contact", &span, 120),
        dpo,
        hours: raw.hours.map_or_else(
            || Text::new(String::new(), []),
            |hours| checker.text(hours, 200),
        ),
        address: raw.address.map(|address| checker.words(address, 160)),
        siret: raw.siret.and_then(|siret| siret_of(checker, siret)),
    }
}

/// 14 digits, in groups or not.
fn siret_of(checker: &mut Checker, raw: Spanned<String>) -> Option<String> {
    let digits: String = raw.get_ref().chars().filter(|c| *c != ' ').collect();
    if digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(digits);
    }
    checker.report(raw.span(), Problem::Unfit(super::Unfit::Siret));
    None
}

fn timers(checker: &mut Checker, raw: RawTimers) -> Timers {
    let limits = [
        ("never", VisitLimit::Never),
        ("when_others_wait", VisitLimit::WhenOthersWait),
        ("always", VisitLimit::Always),
    ];
    let seconds = |number: u32| Duration::from_secs(u64::from(number));
    let minutes = |number: u32| Duration::from_secs(60 * u64::from(number));
    Timers {
        idle_before: seconds(checker.number(raw.idle_before_seconds, 90, 30..=600)),
        idle_visit: minutes(checker.number(raw.idle_visit_minutes, 10, 2..=60)),
        idle_warning: seconds(checker.number(raw.idle_warning_seconds, 60, 60..=300)),
        question: seconds(checker.number(raw.question_seconds, 90, 30..=300)),
        pause: minutes(checker.number(raw.pause_minutes, 5, 1..=30)),
        farewell: seconds(checker.number(raw.farewell_seconds, 120, 30..=900)),
        visit: minutes(checker.number(raw.visit_minutes, 60, 15..=240)),
        visit_limit: raw
            .visit_limit
            .and_then(|value| checker.choice(&value, &limits))
            .unwrap_or_default(),
    }
}

fn help_of(checker: &mut Checker, raw: Spanned<RawHelp>) -> Help {
    const MOST: usize = 8;
    let span = raw.span();
    let raw = raw.into_inner();
    let mut roles = Vec::new();
    if let Some(list) = checker.required(raw.roles, "roles", &span) {
        if !(1..=MOST).contains(&list.get_ref().len()) {
            checker.report(list.span(), Problem::Count { max: MOST });
        }
        for (rank, label) in (0..=u8::MAX).zip(list.into_inner()) {
            let label = checker.text(label, 60);
            let id = RoleId(rank);
            roles.push(Role { id, label });
        }
    }
    let minutes = checker.number(raw.default_minutes, 15, 1..=120);
    let seats = checker.number(raw.seats, 1, 0..=1);
    let key = raw.take_back_key;
    let take_back_key = key.map(|key| checker.number(Some(key), 183, 1..=767));
    Help {
        roles,
        default_minutes: u8::try_from(minutes).unwrap_or(15),
        seats: u8::try_from(seats).unwrap_or(1),
        take_back_key,
    }
}

fn browsers(checker: &mut Checker, raw: RawBrowsers) -> Browsers {
    let list = [
        ("firefox", BrowserKind::Firefox),
        ("chromium", BrowserKind::Chromium),
    ];
    let mut choice =
        |value: &Option<Spanned<String>>| value.as_ref().and_then(|v| checker.choice(v, &list));
    let first = choice(&raw.first).unwrap_or(BrowserKind::Firefox);
    let other = match first {
        BrowserKind::Firefox => BrowserKind::Chromium,
        BrowserKind::Chromium => BrowserKind::Firefox,
    };
    let second = choice(&raw.second).unwrap_or(other);
    if let (true, Some(value)) = (first == second, &raw.second) {
        checker.report(value.span(), Problem::SameBrowser);
    }
    Browsers { first, second }
}

fn network(checker: &mut Checker, raw: RawNetwork) -> NetworkJournal {
    let list = [
        ("operateur_externe", NetworkJournal::OperateurExterne),
        ("aucun_declare", NetworkJournal::AucunDeclare),
        ("inconnu", NetworkJournal::Inconnu),
    ];
    raw.journal
        .and_then(|value| checker.choice(&value, &list))
        .unwrap_or(NetworkJournal::Inconnu)
}

fn screen(checker: &mut Checker, raw: RawScreen) -> Screen {
    let list = [
        ("normal", TextSize::Normal),
        ("large", TextSize::Large),
        ("largest", TextSize::Largest),
    ];
    Screen {
        text: raw
            .text
            .and_then(|value| checker.choice(&value, &list))
            .unwrap_or_default(),
        high_contrast: raw.high_contrast.unwrap_or(false),
    }
}

fn keyboard(checker: &mut Checker, raw: RawKeyboard) -> Option<Keyboard> {
    let mut plain = |value: &Option<Spanned<String>>, default: &str| match value {
        Some(value) if !Keyboard::plain(value.get_ref()) => {
            checker.report(value.span(), Problem::Keyboard);
            default.to_owned()
        }
        Some(value) => value.get_ref().clone(),
        None => default.to_owned(),
    };
    let layout = plain(&raw.layout, "fr");
    let variant = plain(&raw.variant, "");
    let keyboard = Keyboard::new(&layout, &variant);
    if let (None, Some(empty)) = (&keyboard, &raw.layout) {
        checker.report(empty.span(), Problem::Keyboard);
    }
    keyboard
}

fn printer(checker: &mut Checker, raw: Spanned<RawPrinter>) -> Option<Printer> {
    let span = raw.span();
    let uri = checker.required(raw.into_inner().uri, "uri", &span)?;
    let printer = Printer::at(uri.get_ref());
    if printer.is_none() {
        checker.report(uri.span(), Problem::Printer);
    }
    printer
}

fn session(checker: &mut Checker, raw: RawSession) -> Session {
    Session {
        memory_mib: checker.number(raw.memory_mib, 2048, 512..=16_384),
    }
}
